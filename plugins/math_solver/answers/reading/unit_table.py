"""Units by name: ``base factor: names``. Data only; units of one base convert into each other."""

from __future__ import annotations

__all__ = ["CASED", "CURRENCIES", "GENERIC", "MEASURE_WORDS", "NOT_IN_UNITS", "NOT_UNITS", "TABLE"]

# Case matters for the names in CASED, elsewhere it does not.
TABLE = """
m 1000: km kilometer kilometers kilometre kilometres 千米 公里
m 1: m meter meters metre metres 米
m 1/10: dm decimeter decimeters decimetre decimetres 分米
m 1/100: cm centimeter centimeters centimetre centimetres 厘米
m 1/1000: mm millimeter millimeters millimetre millimetres 毫米
m 1/1000000: um μm micrometer micrometers micron microns 微米
m 1/1000000000: nm nanometer nanometers 纳米
m 1609344/1000: mi mile miles 英里
m 9144/10000: yd yds yard yards 码
m 3048/10000: ft foot feet 英尺
m 254/10000: in inch inches 英寸
m 500: 里
g 1000: kg kgs kilogram kilograms kilogramme kilogrammes kilo kilos 千克 公斤
g 1: g gm gms gram grams gramme grammes 克
g 1/1000: mg milligram milligrams 毫克
g 500: 斤
g 1000000: t tonne tonnes 吨
ton 1: ton tons
g 45359237/100000: lb lbs pound pounds
g 28349523125/1000000000: oz ounce ounces
s 1: s sec secs second seconds 秒 秒钟
s 1/1000: ms millisecond milliseconds 毫秒
s 60: min mins minute minutes 分钟
s 3600: h hr hrs hour hours 小时 个小时 时 钟头
s 86400: d day days 天 日
s 604800: week weeks 周 星期 个星期
month 1: month months 月 个月
month 12: yr yrs year years 年
m^3 1/1000: L l liter liters litre litres 升
m^3 1/1000000: mL ml milliliter milliliters millilitre millilitres cc 毫升
gal 1: gal gallon gallons 加仑
gal 1/4: qt quart quarts
gal 1/8: pt pint pints
m^2 10000: ha hectare hectares 公顷
m^2 2000/3: 亩
acre 1: acre acres 英亩
m/s 1609344/3600000: mph
m/s 1000/3600: kmh kph kmph
USD 1: dollar dollars USD usd buck bucks 美元
USD 1/100: cent cents ¢ penny pennies 美分
CNY 1: 元 圆 块钱 元钱 yuan RMB rmb CNY 人民币 元人民币
CNY 1/10: 角 毛钱 jiao
EUR 1: euro euros EUR € 欧元
GBP 1: GBP £ 英镑
GBP 1/100: pence 便士
JPY 1: yen JPY 日元
INR 1: rupee rupees rs Rs INR ₹ 卢比
deg 1: degree degrees deg 度 °
rad 1: rad radian radians 弧度
deg 1/60: arcmin
deg 1/3600: arcsec
celsius 1: °C celsius 摄氏度 degC
fahrenheit 1: °F fahrenheit 华氏度 degF
kelvin 1: K kelvin kelvins
N 1: N newton newtons 牛 牛顿
N 1000: kN
J 1: J joule joules 焦 焦耳
J 1000: kJ 千焦
J 3600000: kWh 千瓦时
eV 1: eV
W 1: W watt watts 瓦 瓦特
W 1000: kW kilowatt kilowatts 千瓦
V 1: V volt volts 伏 伏特
V 1000: kV
A 1: A amp amps ampere amperes 安 安培
A 1/1000: mA
ohm 1: ohm ohms Ω 欧 欧姆
Hz 1: Hz hertz 赫兹
Hz 1000: kHz
Hz 1000000: MHz
Pa 1: Pa pascal pascals 帕
Pa 1000: kPa
mol 1: mol moles
bit 1: bit bits
bit 8: byte bytes
"""
CASED = frozenset("m s t h d g l L N J W V A K min mL ml kN MHz in".split()) - {"min", "ml", "mL"}

CURRENCIES = {"\\dollar": "dollar", "$": "dollar", "€": "€", "£": "£", "¥": "元", "₹": "₹", "\\pounds": "£",
              "\\euro": "€", "US\\dollar": "dollar", "￥": "元"}  # fmt: skip

# Words that count without saying what
GENERIC = frozenset(
    "unit units 单位 个单位 piece pieces item items total altogether left remaining more all each "
    "times 个 件 only".split()
)
# Chinese measure words: what may follow a number written in Chinese numerals
MEASURE_WORDS = (
    "个 只 条 本 页 张 人 名 位 颗 棵 朵 件 辆 台 架 艘 支 枝 根 块 盒 箱 袋 包 瓶 杯 碗 桶 筐 篮 份 套 双 对 副 "
    "组 排 行 列 层 楼 班 级 间 座 栋 家 所 头 匹 羽 尾 道 题 次 遍 趟 回 倍 步 圈 户 节 篇 首 枚 粒 把 顶 片 滴 串 "
    "束 捆 堆 群 队 盏 幅 面 扇 词 字 种 样 场 局 轮 岁 分 票 点 期 届 批 车 船 盘 壶 罐 听 卷 扎 打 株 丛 口 门 封 "
    "则 项"
).split()
# Words after a number that say it is not the number itself
NOT_UNITS = frozenset(
    "or and not than least most no none minus plus times divided if when for where but is are was equals "
    "percent squared cubed pi sqrt root to from between except base mod 或 多 左右 以上 以下 不 非 之间 至少 至多 "
    "到 余 几 加 减 乘 除".split()
)
# What no unit has in it, as it says how the number is meant, or that it is wrong
NOT_IN_UNITS = (
    "左右",
    "以上",
    "以下",
    "以外",
    "之间",
    "至少",
    "至多",
    "分之",
    "不是",
    "不对",
    "不正确",
    "错误",
    "错的",
)
