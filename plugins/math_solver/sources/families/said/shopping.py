"""How people put the questions of the families of ``shopping``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "money_left": {
        "en": (
            (
                "[My wallet holds|We have|I have got] {m} dollars. If I get {one} for {p} dollars and {two} that "
                "is {d} dollars [more expensive|dearer|pricier], how much [money |]will [I have left|be left]?"
            ),
            (
                "How much [money |]does {who} have left [after|once] {who} [buys|has bought|pays for] {one} for {p}"
                " dollars and {two} that costs {d} dollars more[, out of|, starting with] {m} dollars?"
            ),
            (
                "{who} [takes|brings|carries] {m} [euros|dollars|pounds] to the [shop|store|market]. There {who} ["
                "picks|chooses|gets] {one}, price {p}, and {two}, which is {d} more. [How much is still left?|How "
                "much is left in the end?|What is left?]"
            ),
            (
                "i had {m} bucks, [got|bought|grabbed] {one} for {p} and {two} for {d} more than the {bare}, [how "
                "much do i still have|how much have i got left|what do i have left now]"
            ),
            (
                "[My son|My daughter|Our niece|My brother] [was given|got|received] {m} dollars for [a birthday|"
                "the holidays|pocket money]. The {bare} cost {p} dollars, the {bare2} {d} dollars more than that. ["
                "So|Now], after {one} and {two}, how much of the money is left?"
            ),
            (
                "[Budget|Money|Cash]: {m} dollars. {one}: {p} dollars; {two}: {d} dollars more than the {bare}. ["
                "Money left?|What is left?|How much left over?]"
            ),
            (
                "We [start|set out|begin] with {m} dollars. [Buying|Getting] {one} takes {p} dollars, and {two} "
                "takes {d} dollars more than the {bare}. How many dollars [are left|do we have left|remain]?"
            ),
            (
                "{who} spends {p} [yuan|dollars] on {one} and {d} more than that on {two}. {who} had {m} [at first|"
                "before shopping|to begin with]. How much [has {who} left|does {who} still have]?"
            ),
            (
                "[Find|Work out|Calculate] the money left from {m} dollars after [buying|purchasing|paying for] "
                "{one} at {p} dollars and {two} at {d} dollars more than the {bare}."
            ),
            (
                "[Suppose|Say|Let's say] you have {m} pounds. You buy {one} that costs {p} pounds, then {two} that "
                "costs {d} pounds more than the {bare}. How [many pounds|much] do you have [left|left over|at the "
                "end]?"
            ),
            (
                "From [a gift card|a voucher|savings|an allowance] of {m} dollars {who} pays {p} dollars for {one}."
                " [Next|Then] {who} buys {two} whose price is {d} dollars [higher|above that]. How much [remains|"
                "is left|is still there]?"
            ),
            (
                "The {bare} [is|costs] ${p} and the {bare2} [is|costs] ${d} more than the {bare}. [If|When] I buy "
                "{one} and {two} with ${m} in my [pocket|wallet], how much money [will remain|is left over|do I "
                "have left]?"
            ),
            (
                "[hi, |hey, |]can you help: {who} has {m} dollars, buys {one} ({p} dollars) and {two} ({d} dollars "
                "more than the {bare}). [how much left|money left over|what is left of the money]?"
            ),
            (
                "With a budget of {m} [euros|dollars], {who} purchases {one} for {p} [|of them ]and {two} costing "
                "{d} more than the {bare}. What amount [remains|is left over|does {who} have left]?"
            ),
            (
                "{who} [wants|needs|would like] {one} and {two}. The {bare2} costs {d} dollars more than the {bare}"
                ", and the {bare} costs {p} dollars. [Out of|From] {m} dollars, how many [will be left|are left] ["
                "after paying for them|after that]?"
            ),
            (
                "{who} had {m} dollars [this morning|yesterday|in the piggy bank]; {p} dollars [went on|were spent "
                "on] {one}, and {two} took {d} dollars more than the {bare} did. How many dollars does {who} have ["
                "now|left]?"
            ),
            (
                "The price of {one} is {p} dollars. The price of {two} exceeds it by {d} dollars. A [customer|"
                "shopper|student|tourist] with {m} dollars buys them. [Determine|Find|State] how much money is left"
                "."
            ),
            (
                "If the {bare} [costs|is sold for] {p} dollars and the {bare2} costs {d} dollars more, what does "
                "{who} [keep|have left] of {m} dollars after [buying|getting] {one} and {two}?"
            ),
            (
                "[I'm buying|I am getting|I want to buy] {one} for {p} euros. I also [want|need] {two}, it is {d} "
                "euros more than the {bare}. I have {m} euros [on me|with me|in cash], so [how much will I be left "
                "with|what will be left|how much is left after that]?"
            ),
            (
                "{m} dollars [in hand|in the purse|available]. Spent: {p} dollars on {one}, and for {two} {d} "
                "dollars more than for the {bare}. [How much is left now?|Balance?|How much money is still there?]"
            ),
            (
                "[My aunt|A teacher|Grandpa|A friend] [handed|gave] {who} {m} dollars. {who} bought {one} for {p} "
                "dollars. {who} also bought {two}; it was {d} dollars more expensive than the {bare}. How much [did"
                "|does] {who} have left?"
            ),
            (
                "After buying {one} and {two}, what is left of {m} [dollars|pounds|euros] [when|if] the {bare} is "
                "{p} and the {bare2} is {d} more than the {bare}?"
            ),
            (
                "{who}'s [purse|pocket|envelope] [contained|held] {m} dollars before {who} [bought|paid for] {one} "
                "at {p} dollars and {two} at {d} dollars above the price of the {bare}. How much does it contain ["
                "now|afterwards]?"
            ),
            (
                "money: {m} dollars, {one}: {p} dollars, {two}: {d} dollars [dearer|more expensive], [left over|"
                "what's left|so left]?"
            ),
            (
                "The {bare2} is {d} dollars more than the {bare}. I bought {one} and {two}. I had {m} dollars and "
                "the {bare} [was|cost] {p} dollars. [How much do I have left?|How many dollars are left?]"
            ),
            (
                "For {one} {who} pays {p} [euros|pounds], for {two} {d} more than for the {bare}. Before that {who}"
                " had {m}. What is [left|left over|still there]?"
            ),
            (
                "{who} has saved {m} dollars. [Subtract|Take away] the cost of {one} ({p} dollars) and of {two} ("
                "{d} dollars more than the {bare}). How much [savings|money] [is|remains] left?"
            ),
            (
                "[Pocket money|My pay|The prize] is {m} dollars. First {p} dollars [go|are gone] for {one}; then "
                "comes {two}, {d} dollars [above|over] that price. [How much of it is left?|What amount is left?]"
            ),
            (
                "How many dollars [does {who} have|has {who}] left if {two} costs {d} dollars more than the {bare},"
                " {one} costs {p} dollars, {who} buys them and {who} started with {m} dollars?"
            ),
        ),
        "zh": (
            (
                "[妈妈|爸爸|奶奶|姑姑]给了{who}{m}元，{who}买{one}花了{p}元，买{two}比{bare}多花了{d}元，[还剩多少"
                "钱|还剩下多少元|手里还有多少钱]？"
            ),
            (
                "{who}带[着|了]{m}元去[超市|文具店|书店|商场]，[一个书包|一盒彩笔|一本字典]{p}元，[一双球鞋|一个台"
                "灯|一副球拍]比它贵{d}元，两样都买，还剩[多少钱|多少元|几块钱]？"
            ),
            (
                "买完{one}和{two}之后[还剩多少元|还有多少钱|钱还剩多少]？已知[总共|一共|原来]有{m}元，{bare}{p}元，"
                "{bare2}比{bare}贵{d}元。"
            ),
            (
                "我[身上|兜里|钱包里|微信里][只有|有]{m}块，[早饭|午饭|打车]花了{p}块，[看电影|晚饭|理发]比这个还多"
                "花{d}块，[现在还剩多少|还剩几块钱|剩多少钱了]"
            ),
            (
                "[帮忙算下|帮我算算|算一下]：{m}元，买{bare}用{p}元，买{bare2}比{bare}多用{d}元，[剩多少|还剩多少元"
                "|最后还有多少钱]"
            ),
            (
                "一[件上衣|条裙子|双鞋]{p}元，一[条裤子|个背包|顶帽子]比它贵{d}元。{who}有{m}元，[各买一件|两样都买"
                "]后还剩多少[元|钱]？"
            ),
            (
                "{who}[攒了|存了|原有|准备了]{m}元[零花钱|压岁钱|]，用{p}元买了{one}，接着买了{two}，{bare2}的价钱"
                "比{bare}[高|贵]{d}元，求剩余的钱数。"
            ),
            (
                "[水壶|饭盒|雨伞]的[价格|售价|单价]是{p}元，[风扇|台灯|闹钟]的[价格|售价|单价]比它多{d}元，用{m}元"
                "各买一个，[则剩余|还剩|可剩]多少元？"
            ),
            (
                "{who}先花{p}元买了{one}，又花了比这多{d}元的钱买{two}，[原来|出门时|本来]{who}有{m}元，现在[还有|"
                "剩下|还剩]多少元？"
            ),
            (
                "[我们班|班里|小组][有|共有]班费{m}元，买[篮球|彩带|气球]用去{p}元，买[排球|奖品|饮料]比前面多用{d}"
                "元，班费还剩多少[元|钱]？"
            ),
            (
                "[哥哥|弟弟|姐姐|儿子]有{m}元，[想买|要买|打算买]{one}和{two}。{bare2}比{bare}贵{d}元，{bare}要{p}"
                "元。买完[还剩|会剩下|还能剩]多少元？"
            ),
            "共{m}元，{bare}{p}元，{bare2}比{bare}贵{d}元，各买一件，[剩多少元|剩余多少|还剩多少钱]",
            (
                "[试求|请计算|求]：{m}元中支出{p}元购买{bare}，再购买比{bare}贵{d}元的{bare2}，[剩余金额|剩下的钱]"
                "是多少元？"
            ),
            (
                "{who}的[卡|饭卡|购物卡]里有{m}元，[第一次|上午|先]刷了{p}元，[后来|接着|下一次]比[前面那次|上一次]"
                "多刷了{d}元，卡里还剩多少[元|钱]？"
            ),
            (
                "[老师|爷爷|阿姨]带{m}元[去买教具|去采购|上街]，[圆规|地图|磁铁]花{p}元，[地球仪|放大镜|算盘]的花费"
                "比它多{d}元，[最后|这样]剩下多少元？"
            ),
            "{m}块钱，[买本子|买盐|买票]{p}块，[买圆珠笔|买酱油|买零食]比它多{d}块，[请问|问一下|]还剩多少[钱|块]？",
            (
                "{who}有{m}元，{one}卖{p}元，{two}[再贵|比它贵]{d}元，[付完钱|买下这两样|结账后]{who}[还剩|手里还有"
                "]多少元？"
            ),
            "钱[还剩|剩]多少？{who}[本来|一开始]有{m}元，{one}用掉{p}元，{two}比{bare}[多用|多花]{d}元。",
            (
                "已知{bare}[每件|单价]{p}元，{bare2}比{bare}[贵|多]{d}元，某人[持有|有|带]{m}元，[各购一件|两样各买"
                "一件]，则剩余的钱为多少元？"
            ),
            (
                "[周末|昨天|放学后]{who}拿着{m}元逛街，给[妹妹|自己]买{one}用了{p}元，给[同学|妈妈]买{two}用的钱比"
                "{bare}多{d}元，[回家时|最后]还剩多少钱？"
            ),
            (
                "想买{one}和{two}，{bare}{p}元，{bare2}比{bare}贵{d}元，我有{m}元，[买完能剩多少|买完还有多少钱|怎"
                "么算剩多少钱]"
            ),
            (
                "{who}的[预算|零钱|奖金]是{m}元，买[花|蛋糕|水果]花掉{p}元，买[礼盒|玩具|牛奶]花掉的比它多{d}元，["
                "余下|剩下|还剩]多少元？"
            ),
            "[余款|结余|剩余]多少元：[现有|手头有]{m}元，支出{bare}{p}元，支出{bare2}比{bare}多{d}元",
            "{bare2}比{bare}贵{d}元。{who}[带|拿]{m}元去买了{p}元的{bare}和{two}，[剩下|还剩]多少[元|钱]？",
            (
                "[一顿午餐|一张门票]{p}元，[一份纪念品|一张船票]要多花{d}元，{who}出门带了{m}元，[都付完|全付清]还"
                "剩多少元？"
            ),
            (
                "有{m}元钱，花{p}元[买菜|买药|充话费]，又花钱[买肉|交水费|理发]，后面这笔比前面那笔多{d}元，[还剩|"
                "剩下|还有]多少[元|钱]？"
            ),
            "{m}元减去[买|购买]{bare}的{p}元，再减去[买|购买]{bare2}的钱（比{bare}多{d}元），[还剩几块钱|剩多少元]？",
            (
                "[爷爷|外婆]给的{m}元压岁钱，[交兴趣班|买文具]用去{p}元，[买滑板|买鞋]用的比它多{d}元，[还剩|剩下]"
                "多少元[压岁钱|]？"
            ),
            (
                "某[单位|家庭|学生][有|共有]资金{m}元，[水费|书费]支出{p}元，[电费|餐费]支出比[它|前者]多{d}元，求["
                "剩余资金|结余]。"
            ),
        ),
    },
    "banknote_change": {
        "en": (
            (
                "How much change [should|will|do] I get [back |]from a {m} dollar [bill|note] [if I buy|when I buy|"
                "for] {n} [bagels|smoothies|batteries|candles] at {price} dollars [each|apiece]?"
            ),
            (
                "{who} [buys|gets|orders] {n} [burgers|juices|doughnuts|pizzas] at {price} dollars [each|apiece] "
                "and [pays|settles the bill] with a {m} dollar [bill|note]. [How much change is due?|How much "
                "change does {who} get?|Find the change.]"
            ),
            (
                "{n} [pens|erasers|stickers|folders] [at|for] {price} each, [paid with|out of|paid from] a {m} "
                "euro note, [change|how much change|money back]?"
            ),
            (
                "[One|A single|Each] [ice cream|muffin|bus ticket|cookie] costs {price} dollars. We [take|buy|want]"
                " {n} and [give|hand over] {m} dollars. How much [do we get back|money comes back|change are we "
                "given]?"
            ),
            (
                "i gave the [cashier|guy|driver|waiter] a {m} for {n} [coffees|teas|beers|sodas] at {price} each, ["
                "how much change should i get|how much do i get back|what's my change]"
            ),
            (
                "My [mother|son|neighbour|sister] paid {m} dollars for {n} [lemons|melons|eggs|bread rolls] priced "
                "at {price} dollars [each|apiece]. [Work out|Calculate|Compute] the change."
            ),
            (
                "At the [bakery|kiosk|cinema|post office] {who} [asks for|buys|takes] {n} [rolls|newspapers|tickets"
                "|stamps], {price} euros [each|apiece], and [puts|lays] a {m} euro note on the counter. How many "
                "euros [come back|does {who} get back|are given back]?"
            ),
            (
                "A [customer|shopper|student|visitor] buys {n} [notebooks|toys|mugs|magnets] that [cost|sell for] $"
                "{price} each and [pays with|hands over|uses] a ${m} bill. How much change [is given|should be "
                "given|is there]?"
            ),
            (
                "The [price|cost] of one [bottle of water|kebab|chocolate bar|lightbulb] is {price} pounds. {who} "
                "buys {n} of them with a {m} pound note. [Determine|Find|State] the change."
            ),
            (
                "[Paying|I am paying] with {m} yuan for {n} [dumplings|buns|skewers|bottles of milk] at {price} "
                "yuan each, how many yuan [do I get back|are returned|is the change]?"
            ),
            (
                "From {m} dollars, pay {n} times {price} dollars [for some toys|for the rides|for tickets]. [What "
                "change is due?|How much change?|How much money should be given back?]"
            ),
            (
                "[You hand|You give] the [seller|clerk|shopkeeper] {m} dollars. You have [chosen|picked] {n} [kites"
                "|scarves|apples|bookmarks] and every one costs {price} dollars. What is your change?"
            ),
            (
                "[help me check|quick one|hello]: {n} [sandwiches|tacos|salads] x {price} dollars, i paid {m} "
                "dollars, [what change should i have|how much comes back to me|what should the change be]?"
            ),
            (
                "What [change|money back] [will|does] {who} receive [after|on] [paying|tendering] {m} dollars for "
                "{n} items [costing|priced at|at] {price} dollars [each|apiece]?"
            ),
            (
                "The till says {n} [yoghurts|croissants|pies] at {price} [euros|dollars] each. {who} [pays|gives] "
                "{m}. [How big is the change?|How much money does {who} get in return?|How much must the cashier "
                "give back?]"
            ),
            (
                "We [had|ate|drank] {n} [ice creams|soups|lemonades] for {price} dollars each, and I [left|gave|"
                "paid] {m} dollars. [The change, please.|What change was due to us?|How much did we get back?]"
            ),
            (
                "{who} [only has|only had|has] a {m} dollar bill to pay [for|the price of] {n} [balloons|keyrings|"
                "comic books|pencils], each [worth|priced at|costing] {price} dollars. Find the change [{who} "
                "receives|for {who}|due to {who}]."
            ),
            "[Change|Money back] from {m} dollars for {n} [plums|cans|cards] at {price} dollars [a piece|each]?",
            (
                "If {n} [metro rides|car washes|photos|copies] are paid [from|with] a {m} dollar note and [each|one"
                "] costs {price} dollars, how much change is [returned|handed back|given]?"
            ),
            (
                "Each [cupcake|poster|pear|brush] is {price} dollars, I bought {n}, the note I paid with was {m} "
                "dollars. [How much did I get back|What was the change|How much change did I receive]?"
            ),
            (
                "{who} pays for {n} [bracelets|books|hot dogs] at {price} yuan each with {m} yuan. [By how much "
                "did {who} overpay, that is, what is the change?|How many yuan of change should {who} get?]"
            ),
            (
                "[The shop sells|They sell] [bulbs|soaps|sponges|spoons] at ${price} each; {who} buys {n}, handing "
                "the [assistant|cashier|owner] ${m}. How much should be [handed back|given back|returned] to {who}?"
            ),
            "[Change|Change due] for {n} x {price} euros, [given|paid|received] {m} euros?",
            (
                "{who} has {m} dollars and [spends|uses] it to pay for {n} [peaches|cinema tickets|socks] at "
                "{price} dollars [each|apiece]; the [cashier|seller] gives back [how much|how many dollars]?"
            ),
            (
                "Calculate the change if [somebody|a passenger|a guest] pays {m} pounds for {n} [rides|drinks|"
                "programmes] of {price} pounds each."
            ),
            (
                "[A mug|A tulip|A sausage] is ${price}. {n} [of them|of those] please, here is a ${m} [bill|note]. "
                "[And my change?|How much change?|What do I get back?]"
            ),
            (
                "{who} [ordered|took] {n} [noodles|pancakes|wraps] ({price} dollars each), [handed over|paid with] "
                "{m} dollars, and [waits|is waiting] for the change. How much is it?"
            ),
            (
                "paid {m}, [bought|got] {n} [things|items] at {price} [each|apiece], [change?|how much change|"
                "money back?]"
            ),
            (
                "A [taxi ride|haircut|locker] costs {price} euros [per person|each]. For {n} [people|friends] {who}"
                " gives a {m} euro note. How much change [is handed back|does {who} receive]?"
            ),
        ),
        "zh": (
            (
                "{who}买了{n}[支笔|块橡皮|把尺子|包纸巾]，[每支|每件|单价]{price}元，付给[收银员|售货员|老板]{m}元"
                "，应找[回|给{who}]多少钱？"
            ),
            (
                "[找零多少|应该找多少钱|要找回多少元]？{n}[杯奶茶|瓶可乐|份炒饭|个汉堡]，[单价|一份]{price}元，给了"
                "{m}元。"
            ),
            (
                "我[给老板|递给店员|付了]{m}元，[买了|拿了|要了]{n}[根香肠|袋牛奶|个苹果|盒鸡蛋]，[单价|每份]"
                "{price}元，[要找我多少|找我多少钱|该找多少]"
            ),
            "[面包|蛋挞|橡皮|风车]一个{price}元，买{n}个，付{m}元，[找回|应找回|找零]多少元？",
            (
                "[帮我算下|帮忙算算|请算一下]，单价{price}元的东西买{n}件，拿一张{m}元的[钞票|纸币|票子]付，[找多少"
                "|能找回多少元|店家要找多少钱]？"
            ),
            (
                "{who}拿[着|]一张{m}元[钞票|纸币|大钞]去买{n}张[邮票|贺卡|门票|海报]，每张{price}元，[售货员|柜台|"
                "窗口]应找给{who}多少元？"
            ),
            "[大米|苹果|排骨|虾]{price}元一斤，[妈妈|爸爸|奶奶][买|称]了{n}斤，付了{m}元，应找回多少[元|钱]？",
            (
                "[文具店|超市|小卖部]里，[本子|杯子|书包|哨子]每个{price}元。{who}买{n}个，给了{m}元，[问|请问|]应"
                "找回多少元？"
            ),
            (
                "已知[某商品|某种饮料|一种零食]单价为{price}元，购买{n}件，付款{m}元，[求找零|则应找零多少元|求应找"
                "回的钱数]。"
            ),
            "付了{m}元，买{n}个{price}元的[包子|杯子|灯泡|玩具]，[找多少|退回多少元|找零是多少]",
            (
                "我们点了{n}[碗面|杯咖啡|份套餐|个披萨]，一份{price}元，[给服务员|扫码前先给了|给了]{m}元，[应该找"
                "回多少|该找给我们多少钱|还能找回多少]？"
            ),
            "{m}元[买|购买]{n}个[风筝|气球|花盆|书签]，每个{price}元，[应该找|需要找|会找]多少元？",
            (
                "[老板|阿姨|师傅]，{n}个[橘子|煎饼|玉米饼]，{price}元一个，给你{m}元，[找我多少|要找多少钱|你找我多"
                "少元]？"
            ),
            (
                "{who}[用|花]{m}元的[整钱|纸币|现金]付账，[账单上是|买的是]{n}件{price}元的商品，[收银员找给{who}多"
                "少元|{who}拿回多少钱|{who}应得找零多少元]？"
            ),
            (
                "[彩纸|贴纸|胶带|电池]每[份|包]{price}元，[老师|同学|弟弟]买了{n}份，用一张{m}元的钱去付，[求应找的"
                "钱|应找回多少元]。"
            ),
            "{n}[件|个]×{price}元，付{m}元，[找零|找回多少|应找多少元]？",
            "[饼干|茶叶|糖果|药]一共要{n}盒，一盒{price}块，给出去{m}块，[店里|对方]应该找[回来|还]多少？",
            (
                "{who}去[看电影|坐船|游泳]买了{n}张票，[票价|每张]{price}元，付出{m}元，[找回的钱是多少元|应找回多"
                "少|能找回多少元]？"
            ),
            "给[收银台|店主|司机]{m}元，除去{n}份、每份{price}元的[费用|花销]，[应退给我|应找我|要找给我]多少元？",
            (
                "[妹妹|奶奶|姐姐|儿子]买{n}朵[花|康乃馨|玫瑰]，一朵{price}元，[她|顾客]给花店{m}元，花店[应该|要]["
                "找回|找]多少钱？"
            ),
            "[每个|一个]{price}元的[碗|盘子|花瓶]买了{n}个，[掏出|交了|付出]{m}元，问找零[多少|是多少元|多少钱]。",
            "[如果|假如|要是]付{m}元买{n}本单价{price}元的[书|本子|相册]，[那么|则]找零为多少元？",
            "[饮料|雪糕|火腿]{price}元一份，来{n}份，[给的是|付的是]{m}元，[找零|找钱]多少？",
            "{m}元付{n}份{price}元的[早餐|快餐|水果]，[该找多少|找回多少钱|找零几块钱]",
            "收了顾客{m}元，[卖给他|他买]{n}支单价{price}元的[笔|牙膏|冰棍]，[我|店主]应[该|]找给他多少元？",
            "计算找零：[商品|货品]{n}件，单价{price}元，[实收|收款|付款]{m}元。",
            (
                "{who}去[小吃店|水果店|花店]，[一份|每份]{price}元的[东西|商品]要了{n}份，[付款|付给店家]{m}元，[应"
                "找零|要找回]多少元？"
            ),
            "[公交卡|纪念币|明信片]{price}元一张，[爸爸|导游]买{n}张，[给出|递上]{m}元，[找回|找零]几块钱？",
        ),
    },
    "discount": {
        "en": (
            (
                "[A jacket|A laptop|A sofa|A bicycle] [normally costs|is priced at|is listed at] {p} dollars. "
                "After a {r}% [discount|markdown|price cut], [how much is it|what is the price|what does it sell "
                "for]?"
            ),
            (
                "How much [do|would|will] I pay for [a coat|a phone|a watch|shoes] priced at {p} [dollars|euros|"
                "pounds] with {r}% off?"
            ),
            (
                "{who} [finds|sees|wants] {one} [marked|tagged] {p} dollars, and the [shop|store|seller] gives {r}%"
                " off. What does {who} [pay|have to pay|spend]?"
            ),
            "{r}% off {p} dollars, [what's the price|how much is that|what do i pay|price now]",
            (
                "[Find|Determine|Calculate] the [sale price|reduced price|discounted price] of [an article|a lamp|"
                "a dress|a printer] whose [original|regular|list] price is {p} dollars if the discount is {r}%."
            ),
            (
                "The [regular|usual|normal|old] price is {p} euros. [This week|Until Sunday|Today] everything is ["
                "reduced by|cheaper by|lowered by] {r}%. What is the [new|reduced|sale] price?"
            ),
            (
                "[With|Using] a {r}% [coupon|voucher|promo code], what [does|will] [a|the] [backpack|camera|ticket|"
                "chair] that [normally costs|is listed at|usually sells for] ${p} cost?"
            ),
            (
                "[My mum|My son|Our boss|A friend] is a [member|regular] and gets {r} percent off. [A mixer|A tent|"
                "A table] [is|costs] {p} dollars for others. How much [must be paid|is the bill|is to be paid]?"
            ),
            (
                "[A shop|A dealer|An online store] [lowers|cuts|reduces] the price of {one} by {r}%. [Before|"
                "Originally], the {bare} [cost|sold for|was at] {p} dollars. [How much is it now?|Find its price "
                "now.|And now, how much?]"
            ),
            (
                "[List price|Original price|Tag]: {p} dollars. [Discount|Rebate|Reduction]: {r}%. [Price to pay?|"
                "Final price?|Sale price?]"
            ),
            (
                "At the [end of season|end of the summer|closing] sale [boots|curtains|skis|sweaters] [originally|"
                "formerly] priced at {p} dollars are [sold|offered] at a {r}% discount. What is the [selling price|"
                "price to pay]?"
            ),
            (
                "[If|When] the price of [a TV|a fridge|a game|a guitar] drops by {r}% from {p} dollars, what [is|"
                "will be] its price?"
            ),
            (
                "hey, [saw|found] [a monitor|some headphones|a keyboard] for {p} bucks with {r}% off, [how much "
                "would that be|what would i end up paying|so what do i pay]?"
            ),
            (
                "[Everything|Each item] in the [store|shop] is {r}% [off|cheaper]. What [do you pay|will you be "
                "charged] for {one} [originally at|marked at|that was] {p} dollars?"
            ),
            (
                "{who} [gets|receives|is given] a [student|staff|loyalty] discount of {r}% on [a ticket|a course|a "
                "hotel room] of {p} euros. [How many euros does {who} pay?|What does {who} pay?]"
            ),
            (
                "The {bare} was {p} dollars [last week|last month|before], now it is {r} percent [less|cheaper]. ["
                "Work out|Give|State] the price now."
            ),
            "[Compute|Work out|Give me] the price of {one} after [taking|knocking] {r}% off {p} dollars[, please|].",
            (
                "[Take|Knock] {r} percent off [a bill|an invoice|a fare|a rent] of {p} dollars; [what remains to "
                "be paid?|how much is to be paid?]"
            ),
            (
                "[A merchant|The manager|A bookseller] allows a discount of {r}% on the marked price of {p} dollars"
                ". [The selling price is|Find the selling price|What is the selling price]?"
            ),
            "{p} dollars less a {r}% [discount|rebate] [is how much|comes to what|makes what price]?",
            (
                "The [saleswoman|salesman|trader] agrees to [come down|go down] {r}% from {p} dollars for [a carpet"
                "|a used car|a vase|{one}], what [is|would be] the price then?"
            ),
            (
                "For paying [early|in cash|online] {who} is granted {r}% off the price of {p} dollars. How much ["
                "does {who} pay|is due from {who}]?"
            ),
            (
                "[Black Friday|Clearance|Flash sale]: {r}% off, price before {p} dollars, [price after|price now|"
                "so it costs]?"
            ),
            (
                "What is left to pay on [a price|a bill] of {p} dollars once {r}% has been [taken off|deducted|"
                "knocked off]?"
            ),
            "[a skirt|a drone|a rug] was {p}, now {r}% off. [price|new price|cost now]?",
            (
                "[Subscribers|Members|Pupils] pay {r}% less than the full price of {p} dollars. How much [do they "
                "pay|is it for them]?"
            ),
            (
                "The [marked|catalogue] price of {one} is {p} euros, the discount on it is {r}%. [Its selling "
                "price is how many euros?|At what price is it sold?|Find its selling price.]"
            ),
            (
                "Because of a [scratch|small defect], {one} that should cost {p} dollars is sold {r}% cheaper. "
                "What is [the price|it sold for]?"
            ),
            (
                "[My new|Her new|His new] [glasses|shoes|trousers] were {r}% off. The [tag|label] said {p} dollars."
                " [What was paid?|What was the price after the discount?|How much did they cost in the end?]"
            ),
            (
                "[Regular price|Full price] {p} euros, {r}% [reduction|discount] for [pensioners|students|children]"
                ": [what do they pay|reduced price]?"
            ),
            (
                "[Booking|Ordering] online saves {r}% on [a flight|a cruise|a room] of {p} dollars. What does it ["
                "cost|come to] when [booked|ordered] online?"
            ),
            (
                "If a {r}% discount [applies|is given], [find|compute] what is paid for [goods|an order] worth {p} "
                "dollars."
            ),
        ),
        "zh": (
            (
                "[一件大衣|一台电视|一双皮鞋|一部手机]原价{p}元，[现在|周末|店庆]打{fold}折，[现价多少元|现在卖多少"
                "钱|打折后多少元]？"
            ),
            (
                "[商场|书店|鞋店|网店]搞活动，[全场|一律|所有商品]{fold}折，{who}看中了{p}元的[外套|书包|手表]，[要"
                "付多少钱|需付多少元|实际付多少]？"
            ),
            "打{fold}折[之后|后|以后]，{p}元的[沙发|电饭煲|自行车|羽绒服][是多少钱|卖多少元|要多少元]？",
            "{p}块的东西打{fold}折[是多少|多少钱|要付多少|怎么算]",
            "[会员|学生|员工|老顾客]可享受{fold}折[优惠|折扣]，{one}[标价|原价|定价]{p}元，[凭卡|实际]应付多少元？",
            "[求|试求|请计算]：标价{p}元的商品按{fold}折[出售|销售|售出]，售价为多少元？",
            (
                "某商品[定价|原价|标价]为{p}元，[商家|店家|商店][按|以]定价的{fold}折[促销|销售|出售]，则[售价|实际"
                "售价|折后价]为多少元？"
            ),
            (
                "{who}[买|想买|网购]{one}，[原来|平时]卖{p}元，[今天|现在|这周]{fold}折，{who}[要花多少钱|该付多少"
                "元|花了多少元]？"
            ),
            "原价：{p}元，折扣：{fold}折，[折后价|现价|实付][多少|是多少|]？",
            "[帮我算下|帮忙算一下|算算]{p}元打{fold}折后[的价格|是多少钱|多少元]",
            "一张[门票|机票|车票|电影票]全价{p}元，[买{fold}折的票|{fold}折购票]需要多少元？",
            (
                "[衣服|裤子|运动鞋|台灯]吊牌价{p}元，[导购说|店员说|海报上写着]打{fold}折，那[我要付多少|到底多少钱"
                "|付款多少元]？"
            ),
            (
                "[换季|清仓|年终|节日][大促|甩卖|促销]，{bare}打{fold}折，原价{p}元，[现在的价格是多少|现在买要多少"
                "钱|现售价多少元]？"
            ),
            "{bare}的[原价|标价]是{p}元，现按{fold}折[优惠|处理|出售]，求[现价|打折后的价格|优惠后的价钱]。",
            "[饭店|酒店|理发店|健身房]消费{p}元，[用券|刷卡|团购]打{fold}折，[实际支付|结账时付|要付]多少元？",
            "[现价是多少|折后多少钱|打完折多少元]？[一套家具|一台冰箱|一个行李箱]原价{p}元，现打{fold}折。",
            "老板[答应|同意]给打{fold}折，{bare}原来{p}块，[最后多少钱|那是多少块|我付多少钱]？",
            "[如果|假如|要是]{p}元的{bare}能打{fold}折，[那么|则|]需要付多少[元|钱]？",
            "把标价{p}元的[钢琴|空调|洗衣机|相机]打{fold}折卖[出|掉]，[卖得多少元|卖了多少钱|成交价是多少元]？",
            "[这件毛衣|这本词典|这副眼镜]{p}元，打{fold}折，[多少钱|卖多少|要多少元]",
            (
                "一[款|种][耳机|键盘|咖啡机]以{fold}折的价格[促销|销售|上架]，它的原价是{p}元，[促销价|现在的售价|"
                "折后价]是多少元？"
            ),
            "[学费|报名费|培训费]共{p}元，[提前缴|团体报名|一次付清]打{fold}折，应[缴|付]多少元？",
            "{p}元打{fold}折[=|等于]多少[元|钱]？",
            "[学生票|早鸟票|儿童票]按原价的{fold}折[卖|收]，原价{p}元，[一张要|票价是]多少元？",
            "[快递|家政|洗车]服务原价{p}元，新用户[享|可享]{fold}折，[新用户要付|优惠后]多少元？",
            "打完{fold}折，{p}块的{bare}[卖多少|多少钱|要付多少]",
            "请问[定价|标价]{p}元的{bare}，{fold}折[买下来|拿下|成交]是多少[元|钱]？",
            "[这台|那台][电脑|冰箱|空调]要价{p}元，[砍价|讲价]后打{fold}折[成交|卖给我]，[成交价|我付的钱]是多少元？",
            "一[套|件][西装|礼服]标{p}元，[凭优惠券|用会员卡]{fold}折，[付多少|实付多少元|得付多少钱]",
            "[全价|正价]{p}元的[课程|套餐|机票]，[现|限时]{fold}折，[求|请算出]折后[价|价格]。",
        ),
    },
    "percent_of": {
        "en": (
            "[Take|Find|Get] {r} percent of [the number |]{p}.",
            "[how much is|whats|what is] {r}% of {p}",
            "{r}% of {p} [is what number|equals what|makes how much|=]?",
            "[What number|Which number|What amount] is {r}% of {p}?",
            "[Of {p}, how much is|If the whole is {p}, how much is] {r}%?",
            "The number {p}: [find|compute|give] {r}% of it.",
            (
                "[A class|A school|A club|A town] has {p} [members|people] and {r}% of them [are women|wear glasses"
                "|are left-handed|play chess]. How many is that?"
            ),
            "[The tip|The tax|The service charge] is {r}% of a bill of {p} dollars. How much is [it|that] in dollars?",
            (
                "[An agent|A seller|A broker] [earns|gets|receives] a commission of {r}% on sales of {p} [dollars|"
                "euros]. How much is the commission?"
            ),
            (
                "[A solution|A mixture|A powder] weighs {p} grams and {r}% of it is [salt|sugar|starch]. How many "
                "grams [is that|of it are there]?"
            ),
            "[Express|Give] {r} percent of {p} as [a|one] number.",
            "{p} [× {r}%|times {r}%|multiplied by {r}%] = ?",
            "{r}% × {p}, [result|please|what does it give]?",
            "[Multiply|multiply] {p} by {r} percent.",
            "[I need|We need|Give me] {r}% of {p}[, please| quickly|].",
            "[To how much does|To what number does] {r} percent of {p} [come|amount]?",
            "[If|Suppose] the [whole|full amount] is {p}; what is {r}% of it?",
            (
                "[Deposit|Down payment]: {r}% of the price, price {p} dollars. [How big is the deposit|How many "
                "dollars must be put down]?"
            ),
            (
                "[Someone|A worker|My uncle] [saves|puts aside|donates] {r}% of [a salary|an income|a pay] of {p} "
                "dollars. [How much is that?|How many dollars is that?|The amount, please.]"
            ),
            "[The value of|Value:] {r} percent of {p}?",
            (
                "[A farm|A park|A field] [covers|has] {p} hectares, {r}% of [it|this] is [woodland|grass|wheat]. "
                "How many hectares is [that|this part]?"
            ),
            "[A tank|A barrel] holds {p} litres [when full|at most]. It is filled to {r}%. How many litres are in it?",
            (
                "[Out of|Of] {p} [votes|emails|answers|parcels], {r} percent [were|turned out to be] [valid|late|"
                "wrong|new]. How many [were they|is that]?"
            ),
            "[help me with this: |btw, |]{r} percent of {p} [is|would be] how much",
            "[percent problem: |]{p}, and {r}% of it[?| is what?| = ?]",
            "Turn {r}% of {p} into a [plain|single] number.",
            "[Sales tax|VAT|A fee] of {r}% is charged on {p} dollars. How many dollars is the [tax|charge] alone?",
            "[I read|Mum read] {r}% of a [book|report] with {p} pages. How many pages [is that|was that]?",
            "[Write|Say] what {r}% of {p} [equals|is].",
            "{r} [percent|per cent] of {p} - [how much|what number]?",
            "The whole is {p}. How [big|large] is a share of {r}%?",
            "[My|The] phone plan has {p} [minutes|messages]; {r}% are used. How many [are used|is that]?",
            "Of a [distance|route] of {p} km, {r}% is [done|covered|uphill]. How many km [is that|are these]?",
        ),
        "zh": (
            "[求|计算|算出]{p}的百分之{r}。",
            "{p}的{r}%是[几|多少|什么数]",
            "[百分之{r}的{p}|{p}的百分之{r}][等于多少|是几|得多少]？",
            "[一个数是|已知一个数为]{p}，求它的{r}%。",
            "{p}×{r}%[=|等于多少|是多少|得几]",
            "{p}乘{r}%[得多少|等于几|的结果]？",
            "[取|拿出]{p}的{r}%，[是多少|有多少|得到多少]？",
            "[哪个数|什么数|多少]是{p}的{r}%？",
            "[帮忙算下|帮我算一下|快速算下]{r}%乘以{p}",
            "[总数|全部|整体]是{p}，[其中的|它的]{r}%是多少？",
            "[全校|某厂|小区|公司]共有{p}人，其中{r}%[是女性|戴眼镜|会游泳|骑车上班]，这部分[有|是]多少人？",
            "一[瓶|桶|杯][盐水|糖水|溶液]重{p}克，[含盐|浓度|溶质占]{r}%，其中的溶质有多少克？",
            "[工资|收入|奖金]{p}元，[拿出|存下|捐出]其中的{r}%，[是多少元|合多少元|那是多少钱]？",
            "[销售额|成交额|营业额]为{p}元，按{r}%[提成|收手续费|交税]，[这笔钱是|这笔钱有]多少元？",
            "[一块地|果园|公园]面积是{p}公顷，其中{r}%[种了|用来种][小麦|蔬菜|果树]，这部分是多少公顷？",
            "[首付|定金|押金]是总价的{r}%，总价{p}元，[要先付的钱|先付的这部分|这笔钱]是多少元？",
            "[如果|假设]全部为{p}，[那么|则]它的{r}%为多少？",
            "{p}的{r}%[的值|是几|，得多少]",
            "[请问|问|]{p}里面的{r}%[是|有]多少？",
            "把{p}[看作|当作]整体，它的{r}%[是多少|有多大|对应多少]？",
            "{p}元的{r}%[是多少元|等于多少元|合多少钱]？",
            "{p}[公斤|吨|千克]的{r}%是多少[，只算数值|]？",
            "[一桶油|一个水箱|一缸水]能装{p}升，现在装了[它的|容量的]{r}%，装了多少升？",
            "[一次选举|一次抽查|投票]共有{p}[票|份]，其中{r}%[有效|合格|无效]，[这部分|它们][是|有]多少？",
            "{r}%和{p}[相乘|的乘积|的积]是多少？",
            "[百分之{r}乘以{p}|{p}乘以百分之{r}][得多少|等于多少|是多少]？",
            "{p}的百分之{r}[为多少|为何值|得几]？",
            "一条路长{p}米，已经修了{r}%，[修了|已修]多少米？",
            "一本书[共|有]{p}页，[看了|读了|翻译了]全书的{r}%，[这是|也就是]多少页？",
            "[苹果|西红柿|牛奶]的含水量为{r}%，{p}克里[有|含]水多少克？",
            "[套餐|手机卡]有{p}分钟，已用{r}%，用了多少分钟？",
            "全程{p}千米，[走了|跑了|骑了]{r}%，[也就是|这是]多少千米？",
            "[一批零件|一批树苗|一批产品]共{p}个，其中{r}%[合格|要返工|已运走]，[这些|它们]是多少个？",
            "[把|将]{p}乘上百分之{r}，[得|得到|结果是]多少？",
        ),
    },
    "two_prices": {
        "en": (
            (
                "What [is|would be] the price of one {one} and of one {one2} if {a} {fruit} and {b} {fruit2} [cost|"
                "come to] {s} dollars and {c} {fruit} and {d} {fruit2} [cost|come to] {t} dollars?"
            ),
            (
                "{who} [pays|paid] {s} dollars for {a} {fruit} and {b} {fruit2}. {other} [pays|paid] {t} dollars "
                "for {c} {fruit} and {d} {fruit2} [in the same shop|at the same stall|at the same prices]. How "
                "much does [each|one] {one} and [each|one] {one2} cost[ there|]?"
            ),
            (
                "I [bought|got|picked up] {a} {fruit} and {b} {fruit2} for ${s}, my [sister|friend|neighbour] ["
                "bought|got|picked up] {c} {fruit} and {d} {fruit2} for ${t}. [Find|Work out|What is] the price "
                "per {one} and per {one2}."
            ),
            (
                "{a} {fruit} + {b} {fruit2} = {s} dollars, {c} {fruit} + {d} {fruit2} = {t} dollars. [One {one}? "
                "One {one2}?|Price of a single {one} and of a single {one2}?|How much is one {one}, how much is "
                "one {one2}?]"
            ),
            (
                "[Set up and solve a system|Use equations]: {a} {fruit} and {b} {fruit2} cost {s} euros together, "
                "while {c} {fruit} and {d} {fruit2} cost {t} euros. [Find|Determine] the cost of one {one} and one "
                "{one2}."
            ),
            (
                "The [first|morning] customer takes {a} {fruit} and {b} {fruit2} and pays {s}. The [next|other] "
                "customer takes {c} {fruit} and {d} {fruit2} and pays {t}. [How much is|What is the price of] one "
                "{one} and one {one2}?"
            ),
            (
                "how much [is|for] one {one} and one {one2}, [if|when|given that] {a} {fruit} with {b} {fruit2} ["
                "are|make] {s} bucks and {c} {fruit} with {d} {fruit2} [are|make] {t} bucks"
            ),
            (
                "[At the market|In a grocery|At a farm stand], [the total for|the bill for] {a} {fruit} and {b} "
                "{fruit2} is {s} dollars and [the total for|the bill for] {c} {fruit} and {d} {fruit2} is {t} "
                "dollars. [Give|Find|Calculate] the unit prices of one {one} and one {one2}."
            ),
            (
                "A [bag|box|crate] with {a} {fruit} and {b} {fruit2} [costs|is sold for] {s} yuan; a [bag|box|crate"
                "] with {c} {fruit} and {d} {fruit2} [costs|is sold for] {t} yuan. What [must|does] one {one} cost,"
                " and [what|how much] one {one2}?"
            ),
            (
                "My [mother|father|grandmother] [spent|laid out] {s} dollars on {a} {fruit} and {b} {fruit2} ["
                "yesterday|last week|on Saturday] and {t} dollars on {c} {fruit} and {d} {fruit2} [today|this week|"
                "on Sunday]. The prices [did not change|stayed the same]. How much is each {one} and each {one2}?"
            ),
            (
                "[Suppose|Assume|Let us say] that for {s} euros you get {a} {fruit} and {b} {fruit2}, and for {t} "
                "euros you get {c} {fruit} and {d} {fruit2}. How many euros does one {one} cost, and how many one "
                "{one2}?"
            ),
            (
                "The prices of one {one} and one {one2} are [unknown|wanted|to be found]. [It is known|We know] "
                "that {a} {fruit} and {b} {fruit2} cost {s}, and {c} {fruit} and {d} {fruit2} cost {t}. [Find them."
                "|Determine these prices.|What are they?]"
            ),
            (
                "{who} [forgot|cannot remember] what one {one} and one {one2} cost. The receipts say: {a} {fruit}, "
                "{b} {fruit2}, total {s} dollars; {c} {fruit}, {d} {fruit2}, total {t} dollars. [Can you find them?"
                "|Help, please.|What are these prices?]"
            ),
            (
                "[help me pls|quick question]: {a} {fruit} and {b} {fruit2} were {s}, {c} {fruit} and {d} {fruit2} "
                "were {t}, [what's one {one} and one {one2}|so one {one} is how much and one {one2} is how much]"
            ),
            (
                "A [school|kitchen|restaurant] orders {a} {fruit} and {b} {fruit2} for {s} dollars, [later|then|"
                "and then] {c} {fruit} and {d} {fruit2} for {t} dollars. [At what price|For how much] does it get ["
                "one|each] {one} and [one|each] {one2}?"
            ),
            (
                "If I sell {a} {fruit} and {b} {fruit2} I [take in|get] {s} dollars; with {c} {fruit} and {d} "
                "{fruit2} it [is|makes] {t} dollars. What do I [charge|ask] for one {one} and for one {one2}?"
            ),
            (
                "[The price tags are missing|The price tags fell off]. {a} {fruit} and {b} {fruit2} cost {s} "
                "dollars in all and {c} {fruit} and {d} {fruit2} cost {t} dollars in all. What did the tags of the "
                "{one} and the {one2} say, per piece?"
            ),
            (
                "Altogether {a} {fruit} and {b} {fruit2} [cost|are] {s} pounds, and {c} {fruit} and {d} {fruit2} ["
                "cost|are] {t} pounds altogether. [Work out|Find] what a single {one} and a single {one2} [cost|"
                "are sold for]."
            ),
            (
                "Each {one} costs the same and [so does each|likewise each] {one2}. {s} dollars [buy|are needed for"
                "] {a} {fruit} and {b} {fruit2}; {t} dollars [buy|are needed for] {c} {fruit} and {d} {fruit2}. "
                "Find each price."
            ),
            (
                "{who} bought {a} {fruit} along with {b} {fruit2} and was charged {s} dollars. [Another time|Later]"
                " {who} bought {c} {fruit} along with {d} {fruit2} and was charged {t} dollars. How much [was|is] "
                "one {one}, and one {one2}?"
            ),
            (
                "Determine the price of [each|an individual] {one} and [each|an individual] {one2}, given: {a} "
                "{fruit}, {b} {fruit2}: {s} dollars; {c} {fruit}, {d} {fruit2}: {t} dollars."
            ),
            (
                "Paying {s} for {a} {fruit} and {b} {fruit2}, and {t} for {c} {fruit} and {d} {fruit2}, [what is "
                "one paying|how much does one pay] per {one} and per {one2}?"
            ),
            (
                "{a} {fruit} and {b} {fruit2}: {s}. {c} {fruit} and {d} {fruit2}: {t}. [Price of one {one} and one "
                "{one2}?|One {one}, one {one2}, how much?]"
            ),
            (
                "[We have|Given are] these [purchases|sales]: {a} {fruit} with {b} {fruit2} for {s} dollars, {c} "
                "{fruit} with {d} {fruit2} for {t} dollars. [Solve for|Find] the price of an individual {one} and "
                "of an individual {one2}."
            ),
            (
                "{who} [sells|offers] {a} {fruit} and {b} {fruit2} for {s} euros, [or|and] {c} {fruit} and {d} "
                "{fruit2} for {t} euros. Assuming fixed prices, what [are the prices of|do you pay for] one {one} "
                "and one {one2}?"
            ),
            (
                "Someone [notes|writes down]: {a} {fruit}, {b} {fruit2} -> {s} dollars; {c} {fruit}, {d} {fruit2} -"
                "> {t} dollars. [Calculate|Find] the cost of one {one} and the cost of one {one2}."
            ),
            (
                "Let x be the price of one {one} and y the price of one {one2}. {a} {fruit} and {b} {fruit2} cost "
                "{s} dollars [in total|together]; {c} {fruit} and {d} {fruit2} cost {t} dollars [in total|together]"
                ". Find x and y."
            ),
        ),
        "zh": (
            (
                "[每个|一个]{fruit}和[每个|一个]{fruit2}各多少钱？已知{a}个{fruit}、{b}个{fruit2}[一共|总共|合计]"
                "{s}元，{c}个{fruit}、{d}个{fruit2}[一共|总共|合计]{t}元。"
            ),
            (
                "{who}买{a}个{fruit}、{b}个{fruit2}[付了|用了|花了]{s}元，{other}买{c}个{fruit}、{d}个{fruit2}[付了"
                "|用了|花了]{t}元，求{fruit}和{fruit2}的单价。"
            ),
            (
                "{a}斤{fruit}和{b}斤{fruit2}[要|卖|共]{s}元，{c}斤{fruit}和{d}斤{fruit2}[要|卖|共]{t}元，每斤"
                "{fruit}和每斤{fruit2}各[多少元|多少钱|是几块钱]？"
            ),
            (
                "购买{a}[千克|公斤]{fruit}和{b}[千克|公斤]{fruit2}需{s}元，购买{c}[千克|公斤]{fruit}和{d}[千克|公斤"
                "]{fruit2}需{t}元。{fruit}、{fruit2}[每千克|每公斤]各多少元？"
            ),
            (
                "[奶奶|爸爸|阿姨][上午|昨天]买{a}个{fruit}、{b}个{fruit2}，花{s}元；[下午|今天]按同样的价格买{c}个"
                "{fruit}、{d}个{fruit2}，花{t}元。[问|求]{fruit}、{fruit2}每个多少元。"
            ),
            (
                "设{fruit}和{fruit2}的单价[不变|固定]，{a}个{fruit}与{b}个{fruit2}的总价是{s}元，{c}个{fruit}与{d}"
                "个{fruit2}的总价是{t}元，则{fruit}和{fruit2}的单价[分别|各]为多少元？"
            ),
            (
                "{a}个{fruit}+{b}个{fruit2}={s}元，{c}个{fruit}+{d}个{fruit2}={t}元，[一个{fruit}多少钱，一个"
                "{fruit2}多少钱|{fruit}多少元一个，{fruit2}多少元一个]？"
            ),
            (
                "[帮我算算|帮忙看下]：买{a}个{fruit}{b}个{fruit2}是{s}块，买{c}个{fruit}{d}个{fruit2}是{t}块，[单价"
                "各多少|每个{fruit}和{fruit2}分别多少钱|{fruit}和{fruit2}各卖多少]"
            ),
            (
                "[列方程组|用方程组|设未知数]解：{a}个{fruit}和{b}个{fruit2}售价共{s}元，{c}个{fruit}和{d}个"
                "{fruit2}售价共{t}元，{fruit}、{fruit2}的单价各是多少？"
            ),
            (
                "一[箱|袋|篮]水果有{a}个{fruit}、{b}个{fruit2}，[价格是|卖]{s}元；另一[箱|袋|篮]有{c}个{fruit}、{d}"
                "个{fruit2}，[价格是|卖]{t}元。每个{fruit}和每个{fruit2}[值|卖|是]多少元？"
            ),
            (
                "[某超市|学校食堂|幼儿园|餐厅][第一次|先]购进{a}箱{fruit}和{b}箱{fruit2}，用去{s}元；[后来|又|接着]"
                "购进{c}箱{fruit}和{d}箱{fruit2}，用去{t}元。求每箱{fruit}与每箱{fruit2}的[价格|进价]。"
            ),
            (
                "[老板说|摊主说]{a}个{fruit}加上{b}个{fruit2}收{s}元，{c}个{fruit}加上{d}个{fruit2}收{t}元，[那|请"
                "问]{fruit}和{fruit2}[分别|各]多少钱一个？"
            ),
            (
                "忘了{fruit}和{fruit2}[的单价|多少钱一个]，只记得{a}个{fruit}、{b}个{fruit2}花了{s}元，{c}个{fruit}"
                "、{d}个{fruit2}花了{t}元，[怎么求|怎么算|求解]？"
            ),
            (
                "花{s}元[能|可以|正好]买{a}个{fruit}和{b}个{fruit2}，花{t}元[能|可以|正好]买{c}个{fruit}和{d}个"
                "{fruit2}。{fruit}、{fruit2}的[单价|价格]分别是多少元？"
            ),
            (
                "[我家|我们|同学们]买了{a}份{fruit}和{b}份{fruit2}，总价{s}元，[邻居|隔壁班|表哥]买了{c}份{fruit}和"
                "{d}份{fruit2}，总价{t}元。一份{fruit}和一份{fruit2}各[几块钱|多少元]？"
            ),
            (
                "[果农|摊贩|水果商]卖出{a}个{fruit}、{b}个{fruit2}，收入{s}元，再卖出{c}个{fruit}、{d}个{fruit2}，"
                "收入{t}元，[则|那么|问]每个{fruit}、每个{fruit2}卖多少元？"
            ),
            (
                "已知买{fruit}{a}个、{fruit2}{b}个[共需|应付]{s}元，买{fruit}{c}个、{fruit2}{d}个[共需|应付]{t}元。"
                "[试求|求]{fruit}和{fruit2}的单价。"
            ),
            (
                "{fruit}{a}斤，{fruit2}{b}斤，[收款|合计]{s}元；{fruit}{c}斤，{fruit2}{d}斤，[收款|合计]{t}元。[各"
                "自每斤的价钱|{fruit}和{fruit2}每斤各多少钱]？"
            ),
            (
                "[小票|账单|收据]上写着：{a}个{fruit}和{b}个{fruit2}，{s}元；{c}个{fruit}和{d}个{fruit2}，{t}元。"
                "{fruit}和{fruit2}的单价[依次|分别]是[多少|多少元]？"
            ),
            (
                "{who}用{s}元买到{a}个{fruit}和{b}个{fruit2}。如果买{c}个{fruit}和{d}个{fruit2}，[就|则]要{t}元。["
                "一个{fruit}多少元？一个{fruit2}呢？|求每个{fruit}和每个{fruit2}的价钱。]"
            ),
            (
                "{a}杯{fruit}汁和{b}杯{fruit2}汁[要|卖]{s}元，{c}杯{fruit}汁和{d}杯{fruit2}汁[要|卖]{t}元，{fruit}"
                "汁和{fruit2}汁每杯[各|分别]多少元？"
            ),
            (
                "若{a}个{fruit}、{b}个{fruit2}的[钱数|价钱]是{s}元，{c}个{fruit}、{d}个{fruit2}的[钱数|价钱]是{t}元"
                "，[求出|算出]单个{fruit}和单个{fruit2}的价钱。"
            ),
            (
                "{a}个{fruit}{b}个{fruit2}{s}元，{c}个{fruit}{d}个{fruit2}{t}元，{fruit}和{fruit2}[单价各多少|各多"
                "少钱一个|每个各多少元]"
            ),
            (
                "设每个{fruit}x元，每个{fruit2}y元。{a}个{fruit}和{b}个{fruit2}[共|需]{s}元，{c}个{fruit}和{d}个"
                "{fruit2}[共|需]{t}元，求x和y。"
            ),
            (
                "{fruit}和{fruit2}的价格[各是|分别为]多少元，[如果|若]{a}个{fruit}和{b}个{fruit2}卖{s}元，{c}个"
                "{fruit}和{d}个{fruit2}卖{t}元？"
            ),
            (
                "[甲|王叔叔|张老师]买了{a}个{fruit}和{b}个{fruit2}，[结账|付款]{s}元；[乙|李阿姨|刘老师]买了{c}个"
                "{fruit}和{d}个{fruit2}，[结账|付款]{t}元，[问|求]每个{fruit}和每个{fruit2}[多少元|的售价]。"
            ),
            (
                "[同样价格下|价格不变]，{a}斤{fruit}和{b}斤{fruit2}[总共|一共]{s}块，{c}斤{fruit}和{d}斤{fruit2}[总"
                "共|一共]{t}块，一斤{fruit}、一斤{fruit2}[各|分别]多少[钱|块钱]？"
            ),
        ),
    },
    "percent_then_ratio": {
        "en": (
            (
                "How many comics [are there|does the library have|are in the library] if {r}% of its {n} books are "
                "[novels|poetry|dictionaries|textbooks] and the rest are [science books|magazines|picture books] "
                "and comics in the ratio {a}:{b}?"
            ),
            (
                "Our [school library|bookshop|reading room] [has|owns|keeps] {n} books. [Novels|Stories|Biographies"
                "] make up {r}%. [The other books|The remaining ones|All the others] are science books and comics, "
                "in a ratio of {a} to {b}. [Find the number of comics|How many comics is that|How many of them are "
                "comics]?"
            ),
            (
                "[There are|We have] {n} books [in total|altogether|in all], {r} percent of which are [novels|"
                "fairy tales|crime novels]. What is left [consists of|is made up of] science books and comics with "
                "ratio {a}:{b}. How many [comics|comic books] are there?"
            ),
            (
                "{n} books: {r}% [novels|stories|poems], the rest science books : comics = {a}:{b}. [Number of "
                "comics?|How many comics?|Comics?]"
            ),
            (
                "A [bookshop|publisher|club] [sold|sent out|ordered] {n} books. {r}% were [novels|school books|"
                "guidebooks]; among the [others|rest], for every {a} science books there were {b} comics. How many "
                "[comics were there|comics was that|were comics]?"
            ),
            (
                "[Determine|Calculate|Work out] how many comics a [library|shelf|box] of {n} books [holds|contains]"
                " when {r}% are novels and the remaining [science books and comics|non-fiction and comics|atlases "
                "and comics] are as {a} to {b}."
            ),
            (
                "[In|At] my [uncle's|grandma's|teacher's] [house|place] there are {n} books, {r}% are [novels|"
                "cookbooks|travel books]. The remaining books are [science books|art books] and comics, {a}:{b}. ["
                "So how many comics|How many comics are there then]?"
            ),
            (
                "[my brother|my cousin|a friend of mine] has {n} books, {r}% novels, the others science books to "
                "comics {a}:{b}, [how many comics does he have|how many are comics|number of comics pls]"
            ),
            (
                "Of the {n} books, the share of [novels|stories] is {r}%. [Apart from|Leaving aside] these, "
                "science books and comics [stand|are] in the ratio {a} : {b}. [Give|Find|Compute] the number of "
                "comics."
            ),
            (
                "The ratio of science books to comics [in a library|on the shelves|in the catalogue] is {a}:{b}. "
                "All other books, {r}% of the {n} books [in total|there], are [novels|stories]. How many comics ["
                "are there|can be found there]?"
            ),
            (
                "[Among|Out of] {n} [volumes|books], {r}% are novels, and comics and science books [are in the "
                "ratio|have the ratio] {b}:{a}. There is nothing else. [How many comics are there?|Find the number "
                "of comics.]"
            ),
            (
                "A [city|town|village] library has {n} books of these kinds: [novels|stories], science books and "
                "comics. The science books and comics aside, all the rest makes up {r}%, and science books to "
                "comics is {a}:{b}. [What is the number of comics|How many comics has it]?"
            ),
            (
                "[First|To begin with], {r}% of {n} books are [novels|stories|thrillers]. The rest is [split|"
                "divided|shared] between science books and comics in the proportion {a}:{b}. How many comics [is "
                "this|are there|does that make]?"
            ),
            (
                "For every {b} comics [there are|we count] {a} science books; [besides|apart from these], {r}% of "
                "the {n} books are novels. How many comics are [there|in the collection]?"
            ),
            (
                "A [donation|delivery|shipment] of {n} books [contains|includes] {r}% [novels|story books|textbooks"
                "] while the remainder are science books and comics in the [ratio|proportion] {a}:{b}. [Find|State]"
                " how many comics [it contains|arrive|there are]."
            ),
            (
                "You [count|sort|catalogue] {n} books: {r}% [turn out to be|are] [novels|story books], and the "
                "rest are [encyclopedias|science books] and comics at {a} to {b}. How many comics did you [count|"
                "find]?"
            ),
            (
                "[How many|What number of] comics do {n} books include, given {r}% novels and, for the rest, a "
                "ratio of science books to comics of {a}:{b}?"
            ),
            (
                "{r}% of the books on a [shelf|ship|stand] are [novels|plays], the other books are science books "
                "and comics with {a}:{b} as their ratio, and there are {n} books in all. How many of [them|the "
                "books] are comics?"
            ),
            (
                "When {r} percent of {n} books are [novels|stories] and the others, science books and comics, [are|"
                "relate] as {a} to {b}, how many comics [are there|must there be]?"
            ),
            (
                "[hi, |help: |]a class library of {n} books, {r}% stories, then science books and comics {a}:{b}. ["
                "how many comics|comics = ?|how many of the books are comics]"
            ),
            (
                "The [number|count] of books is {n}, the novels being {r}% of [them|it]. The others are science "
                "books and comics. Their ratio is {a}:{b}. [Find the comics.|How many comics are there?|How many "
                "comic books is this?]"
            ),
            (
                "A [seller|trader] [stocks|displays] {n} books. {r} percent of the stock are novels. In the rest, "
                "the ratio science books : comics is {a} : {b}. [The number of comics is?|How many comics does the "
                "seller have?|So how many comics?]"
            ),
            "comics [count|number]: {n} books total, {r}% [novels|stories], rest science books to comics {a}:{b}",
            (
                "{n} books [were bought|arrived]. Novels: {r}%. Science books and comics: [everything else|the rest"
                "], in the ratio {a}:{b}. [Find how many comics were among them.|How many comics were among them?]"
            ),
            (
                "[Librarians|Pupils|Volunteers] [counted|shelved] {n} books. {r}% were [novels|stories|poems], and "
                "for the remaining science books and comics the ratio was {a}:{b}. [How many comics did they have?|"
                "How many comics were there?]"
            ),
            (
                "Given {n} books, of which {r}% are [novels|romances], and science books : comics = {a} : {b} for "
                "the [others|rest], [find|determine] the number of comics."
            ),
        ),
        "zh": (
            (
                "连环画[有|共有]多少本？[图书角|图书室|阅览室]共有{n}本书，{r}%是[故事书|小说]，其余是科技书和连环"
                "画，[数量比|本数之比]为{a}:{b}。"
            ),
            (
                "[学校|社区|班级]图书[室|馆|角][共有|有]图书{n}本，其中[故事书|文艺书|小说|工具书]占总数的{r}%，其"
                "余的科技书与连环画的本数比是{a}:{b}，[求连环画的数量|求连环画有多少本|问连环画是多少本]。"
            ),
            "{n}本书里有{r}%是[小说|诗集|童话]，剩下的[按|以]{a}:{b}分成科技书和连环画，连环画有[多少|几]本？",
            (
                "[书架|书柜|仓库]上放着{n}本书，[小说|字典|课本]占百分之{r}，余下的书中科技书和连环画的比是{a}比{b}"
                "，[连环画多少本|连环画一共多少本|有多少本是连环画]？"
            ),
            (
                "[我|小李|外公|同桌]家[有|藏书]{n}本，[小说|散文集|故事书]占{r}%，其余[都是|为]科技书和连环画，科技"
                "书:连环画={a}:{b}，[则|那么]连环画有多少本？"
            ),
            (
                "[书店|网店|新华书店]运来故事书、[科技书|科普书]和连环画共{n}本，故事书占{r}%，[科技书|科普书]和连"
                "环画的本数[之比|比]是{a}:{b}，运来连环画多少本？"
            ),
            (
                "[已知|若]图书总数为{n}本，[小说|故事书]占{r}%，科技书和连环画的[数量之比|比]为{a}:{b}（没有别的书"
                "），[求连环画本数|求连环画有多少本|则连环画有多少本]。"
            ),
            "帮[我|忙]算[下|一下]，{n}本书，故事书占{r}%，剩余的科技书和连环画{a}:{b}，连环画[多少本|有多少|是多少本]",
            (
                "每{a}本科技书对应{b}本连环画，另有占总数{r}%的[故事书|小说]，总数是{n}本，[连环画有多少本|连环画是"
                "多少本]？"
            ),
            (
                "[希望小学|实验小学|红星村]收到捐赠图书{n}本，其中{r}%为[故事书|教辅书|作文书]，其余科技书与连环画"
                "按{a}:{b}[搭配|分配|构成]，[收到|有]连环画多少本？"
            ),
            "{n}本图书[分类如下|的组成是]：故事书占{r}%，科技书和连环画的比为{a}:{b}。[试求|求]连环画的[数量|本数]。",
            (
                "[图书管理员|老师|同学们]整理{n}本书，发现{r}%是[小说|历史书]，剩下的是科技书和连环画，比例{a}:{b}"
                "，[问有多少本连环画|连环画有多少本|其中连环画多少本]？"
            ),
            (
                "连环画与科技书的本数比是{b}:{a}，[它们以外|其余]的都是[故事书|小说]，占全部{n}本的{r}%，连环画[有|"
                "是]多少本？"
            ),
            "总共{n}本，[小说|故事书]{r}%，其余科技书:连环画={a}:{b}，连环画[多少本|本数|有多少]？",
            (
                "[除去|除了]占{r}%的[小说|故事书|杂志]，{n}本书里剩下的科技书和连环画之比是{a}:{b}，连环画[有多少本"
                "|的本数是多少]？"
            ),
            (
                "一[批|套|堆]书[共|有]{n}本，其中{r}%[是故事书|是小说|属于文学类]，剩余部分科技书与连环画的比为{a}:"
                "{b}，[这批书中|里面]连环画有多少本？"
            ),
            (
                "[某图书馆|校图书馆]购进{n}册新书，[小说|文学书]占{r}%，其余的科技书和连环画册数比为{a}:{b}，购进连"
                "环画多少[册|本]？"
            ),
            (
                "[我们班|隔壁班|兴趣小组]的图书角有{n}本书，故事书占了{r}%，剩下的书科技书占{a}份、连环画占{b}份，"
                "连环画有多少本？"
            ),
            (
                "故事书占{r}%，科技书和连环画的比是{a}:{b}，[全部|一共|总共]{n}本，[其中连环画多少本|连环画有多少本"
                "|连环画是多少本]？"
            ),
            (
                "{n}本书中，先去掉{r}%的[小说|故事书]，再把[剩下的|余下的]按{a}:{b}分成科技书和连环画，连环画是[多"
                "少|几]本？"
            ),
            "[怎么算|如何求]连环画的本数：[图书|藏书]共{n}本，小说占百分之{r}，其余科技书比连环画为{a}:{b}",
            (
                "如果{n}本书的{r}%是[故事书|绘本|小说]，其余为科技书和连环画且二者之比{a}:{b}，那么连环画[有多少本|"
                "为多少本|是多少]？"
            ),
            "求连环画本数：总数{n}本，[故事书|小说]{r}%，科技书和连环画[占其余部分，比是|分剩下的，比为]{a}:{b}",
            (
                "[学校|校图书馆]新[买|进]图书{n}本，故事书是总数的{r}%，余下的科技书、连环画[两者之比|数量比]{a}:"
                "{b}，连环画买了多少本？"
            ),
            (
                "[一家书店|流动书车][卖出|借出]{n}本书，[小说|故事书]占其中的{r}%，其余[科技书|科普书]和连环画本数"
                "的比是{a}:{b}，[其中|这些书里]连环画有多少本？"
            ),
            (
                "[先|首先]知道{n}本书的{r}%是[小说|故事书]，其余的书中科技书与连环画[之比|的比]为{a}比{b}，[试|请你"
                "]求连环画的本数。"
            ),
        ),
    },
    "proportion": {
        "en": (
            (
                "How much [do|would|will] {b} [mangoes|notebooks|candles|eggs|tickets] cost if {a} of them cost {p}"
                " [dollars|euros|pounds]?"
            ),
            (
                "{a} [kilos|pounds|bags] of rice cost {p} dollars. [Find|Calculate|What is] the cost of {b} [of "
                "the same|at the same price]."
            ),
            (
                "{who} [buys|bought|gets] {a} [mugs|tiles|stamps|chairs] for {p} dollars. [At the same price|At "
                "that price|At the same unit price], how much [would|do] {b} cost?"
            ),
            (
                "If {a} [identical|equal|such] [books|bricks|batteries] cost ${p}, [then |]{b} [cost how much|"
                "would cost what|cost how many dollars]?"
            ),
            (
                "{p} euros [buy|pay for|are charged for] {a} [roses|lamps|cups]. How many euros [are needed|does "
                "one need|must be paid] for {b} [of them|of these|such things]?"
            ),
            "{a} [apples|plates|pencils] cost {p} dollars, {b} cost ? dollars, [same price each|same unit price]",
            (
                "i paid {p} [bucks|dollars] for {a} [tacos|coffees|beers|donuts], [what would {b} be|how much is "
                "{b}|what do i pay for {b}]"
            ),
            (
                "[We|My parents|The neighbours] need {b} [bags|sacks|buckets] of [cement|sand|soil]. {a} of them "
                "cost {p} dollars. [What will it cost?|What is the price for what is needed?|How much money is "
                "needed?]"
            ),
            (
                "The price of {a} [metres|yards|rolls] of [cloth|ribbon|cable|wire] is {p} dollars. [Find|State|"
                "Work out] the price of {b} at the same rate."
            ),
            (
                "The charge for {a} [hours|days|months] of [parking|bike hire|internet] is {p} dollars. [How much|"
                "What] is it for {b} at the same rate?"
            ),
            (
                "{who} pays {p} yuan for {a} [dumplings|lanterns|buns]. {other} wants {b} of the same kind. How "
                "much [does|must|will] {other} pay?"
            ),
            (
                "[The price is proportional to the number|Price and number are in proportion]: {a} [pens|pieces|"
                "items] cost {p} dollars. [Determine|Give] the price of {b}."
            ),
            (
                "What is the [price|cost] of {b} [shirts|plants|bulbs|toys] when {a} [cost|are sold for|come to] "
                "{p} [dollars|euros]?"
            ),
            (
                "[Filling up with|Buying] {a} litres of [fuel|petrol|milk|paint] costs {p} dollars. [How much do "
                "{b} litres cost?|What do {b} litres cost?|And {b} litres, at the same price?]"
            ),
            (
                "[Given that|Knowing that] {a} [workbooks|balls|bottles] [are worth|cost] {p} dollars, what are {b}"
                " [worth|priced at]?"
            ),
            (
                "A [shop|stall|bakery] [sells|offers] {a} [rolls|muffins|melons] for {p} dollars. [With no "
                "discount for quantity|At an unchanged price per piece], {b} would be how much?"
            ),
            (
                "A [carpenter|painter|gardener] [takes|charges|asks] {p} dollars for {a} [shelves|doors|hedges|"
                "boards]. How much [for|would be charged for] {b} like them?"
            ),
            "{b} [erasers|keyrings|oranges] [=|make] how many dollars when {a} are {p} dollars?",
            (
                "[My|Our] [class|team|office] ordered {a} [caps|jerseys|lunches] and was charged {p} dollars. How "
                "much [would|should] {b} have been?"
            ),
            (
                "[Using|Use] [proportion|the unit price|ratios]: {a} [pens|jars|kites] cost {p}, {b} [cost what|"
                "cost how much]?"
            ),
            (
                "Suppose that {a} [kilograms|boxes|packs] of [sugar|nuts|coffee|tea] cost {p} dollars; how much "
                "will {b} [cost|be]?"
            ),
            (
                "We got {a} [posters|candles|chairs] and it came to {p} dollars. Now we want {b} [such ones|of the "
                "same|like those]; [what should we pay|how much will it be|how many dollars]?"
            ),
            "[The cost of|Price for] {b} [cookies|cards|socks], if one pays {p} dollars per {a}?",
            "{who} knows that {a} [screws|pears|folders] cost {p} dollars. [Help {who} find|Find] the price of {b}.",
            "[same price per piece, |]{a} for {p} dollars, {b} for [how much|how many dollars]?",
            "[Price|Cost] of {a} [batteries|lemons|buns]: {p} dollars. [Price|Cost] of {b}?",
            (
                "If {p} dollars is [the price of|what you pay for] {a} [tickets|yoghurts|nails], what is the price "
                "of {b} [of them|at that rate]?"
            ),
            (
                "[Printing|Copying|Laminating] {a} [posters|pages|flyers] costs {p} dollars. [What does it cost to "
                "do|How much is it for] {b}?"
            ),
            (
                "{a} [children|visitors|guests] pay {p} dollars [in all|altogether] for [admission|lunch|the bus]. "
                "How much do {b} pay [at the same price per head|at the same fare]?"
            ),
            (
                "{b} [metres|kilos|litres] [cost|are] how much, when {a} cost {p} euros [at the same rate|at a "
                "fixed price]?"
            ),
        ),
        "zh": (
            "买{b}本同样的[练习本|书|字典]要多少钱？已知{a}本[要|卖|是]{p}元。",
            (
                "{a}[千克|公斤][苹果|大米|白糖|花生][卖|要|售价]{p}元，[照这样计算|同样的价格]，买{b}[千克|公斤]要"
                "多少元？"
            ),
            (
                "{a}个[杯子|足球|面包|灯泡]一共{p}元，[照这样算|按这个单价|以此计算]，{b}个[要多少元|需要多少钱|一"
                "共多少元]？"
            ),
            "{who}花{p}元买了{a}[份盒饭|份礼物|份点心]，{other}买同样的{b}份，要[付|花]多少[元|钱]？",
            "{a}支钢笔的价钱是{p}元，[求|试求]{b}支这样的钢笔的价钱。",
            "[总价和数量成正比例|单价一定]，{a}件[商品|货物]{p}元，则{b}件[多少元|是多少元|的总价为多少元]？",
            "{a}袋[水泥|面粉|沙子|肥料]{p}元，{b}袋[同样的|]要多少[元|钱]",
            "[我|我妈|同事]买{a}斤[排骨|牛肉|樱桃]付了{p}块钱，[要是|如果]买{b}斤得付多少？",
            "[帮忙算下|问一下|算一算]：{a}个{p}元，同样的{b}个[多少钱|是多少元|得多少钱]",
            "[停车|租车|租场地]{a}小时收费{p}元，按[同样的标准|这个价]，{b}小时[收费|要交]多少元？",
            "[加油站|油站]{a}升[汽油|柴油]{p}元，加{b}升[要|需要]多少[元|钱]？",
            "{p}元能买{a}棵[树苗|白菜|果苗]，[要买|想买]{b}棵同样的，需要[准备|带|花]多少元？",
            "[邮票|卡片|贴纸]每{a}张卖{p}元，买{b}张需要[多少元|付多少钱]？",
            "[学校|工厂|老师]买{a}套[桌椅|工作服|教材]用去{p}元，再买这样的{b}套要用多少元？",
            "如果{a}只风筝卖{p}元，[那么|则]{b}只这样的风筝[卖|值]多少元？",
            "{a}本书共{p}元，{b}本这样的书共多少[元|钱]？",
            "{who}用{p}元买了{a}个[本子|书签|文具盒]。买{b}个这样的[要|得][花|用]多少元？",
            "{b}个[蛋糕|粽子|橙子]的[价格|价钱]是多少？[只知道|已知]{a}个是{p}元，单价相同。",
            (
                "[超市里|市场上|网上]{a}包[纸巾|茶叶|饼干]标价{p}元，[妈妈|奶奶|舅舅]需要{b}包，按同样单价[应付|要"
                "花|需付]多少元？"
            ),
            "用比例解：{a}米[电线|绸布|绳子][的价格是|卖]{p}元，{b}米这种材料[的价格是多少元|要多少元]？",
            "{a}人的[门票|车票|餐费]共{p}元，[照此|这样]{b}人[共要|一共]多少元？",
            "做{a}件衣服的[手工费|布料钱]是{p}元，做{b}件[同样的|这样的]衣服要多少元？",
            "[怎么算|如何计算]：买{a}盏灯{p}元，买{b}盏同样的灯[多少元|要几块钱|多少钱]",
            "{a}个{p}元，{b}个[多少元|多少钱|呢，要多少元]？",
            "[印刷|复印|打印]{a}份[资料|试卷]要{p}元，印{b}份[同样的|这样的]要多少元？",
            "单价不变，{a}[件|件商品]共付{p}元，{b}件[应付|要付|付]多少[元|钱]？",
            "{b}[瓶|瓶同样的]饮料[卖|要]多少钱？{a}瓶是{p}元。",
            "{a}[名|位]学生的[车费|门票]是{p}元，{b}[名|位]学生[要|需]多少元？",
            "[洗|修|租]{a}辆车{p}元，{b}辆[车|同样的车][多少元|要多少钱|收多少钱]？",
            "[红糖|瓜子|鸡蛋]{a}斤{p}元，{b}斤[要|得][付|花]多少元？",
        ),
    },
    "simple_interest": {
        "en": (
            (
                "How much [simple |]interest [does|will] {p} dollars [earn|bring|yield] in {y} years at [a simple "
                "rate of |simple interest of |a simple annual rate of ]{r}% [a year|per year|per annum]?"
            ),
            (
                "{who} [borrows|takes a loan of|owes] {p} dollars for {y} years. The bank [charges|asks] {r}% "
                "simple interest [per year|each year|annually]. How much interest [does|must] {who} pay?"
            ),
            (
                "[Find|Calculate|Determine] the simple interest on {p} [dollars|euros|pounds] at {r}% [per annum|a "
                "year|yearly] [for|over] {y} years."
            ),
            (
                "[Principal|Capital]: {p} dollars. [Rate|Annual rate]: {r}% (simple). [Time|Term]: {y} years. ["
                "Interest?|Find the interest.|How much interest?]"
            ),
            (
                "My [uncle|daughter|mother|boss] [invested|put away|deposited] {p} euros for {y} years at {r} "
                "percent [simple interest a year|a year, simple interest]. [How many euros of interest|How much "
                "interest] is that?"
            ),
            (
                "i [put|left|parked] {p} bucks in the bank for {y} years, simple interest {r}% [a year|per year|"
                "yearly], [how much interest do i get|what interest do i make|interest = ?]"
            ),
            (
                "[Over|In] {y} years, what [amount of |]interest [accrues|is earned|comes in] on {p} dollars at {r}"
                "% simple interest per year?"
            ),
            (
                "[A bond|A savings book|A certificate] worth {p} dollars pays {r}% of that amount [every|each] year"
                "[, without compounding|]. What is the [total |]interest after {y} years?"
            ),
            (
                "At {r}% [per year|a year], simple interest, {p} dollars are [lent|invested|left in an account] "
                "for {y} years. [Work out|Give|State] the interest [earned|due] for this time."
            ),
            (
                "The [yearly|annual] simple interest rate is {r}%, the [term|period] is {y} years, [and |]the ["
                "principal|sum|loan] is {p} dollars. [How much is the interest?|What is the interest?|Compute the "
                "interest.]"
            ),
            (
                "If the interest is [simple|not compounded] and the [annual|yearly] rate is {r} percent, how much "
                "interest [do|will] {p} euros [give|bear|produce] in {y} years?"
            ),
            (
                "{who} [lends|lent] {other} {p} dollars for {y} years at {r}% simple interest [a year|per year]. ["
                "Apart from|Besides] the {p} dollars, how much interest [will|must] {other} pay?"
            ),
            (
                "[A farmer|A student|A firm|A family] [gets|takes out] a credit of {p} [yuan|dollars] at simple "
                "interest: {r}% [a year|annually], {y} years. The interest [is|comes to] how much?"
            ),
            (
                "[We|They] [saved|invested] {p} dollars. Each year the bank [adds|pays] {r}% of the original sum "
                "as interest. How much interest [is|was] paid in {y} years?"
            ),
            "[what's|find|give me] the interest: {p} at {r}% simple for {y} years",
            (
                "[Use|Using] I = Prt: P = {p}, r = {r}% per year, t = {y} years. [Find I.|What is the interest I?|"
                "Compute I.]"
            ),
            (
                "With simple interest, {p} dollars at {r}% [p.a.|per annum] [make|earn] how much interest [in|over|"
                "within] {y} years?"
            ),
            (
                "A [deposit|fixed deposit|savings account] of {p} dollars stays in the [bank|credit union] for {y} "
                "years [at an annual simple interest rate of|with a yearly simple interest of] {r}%. How much "
                "interest [is received|will be paid out|does it earn]?"
            ),
            (
                "The interest on {p} dollars [borrowed|lent] for {y} years at [a simple yearly rate of|simple "
                "interest of] {r}% [a year is how much|per year is what]?"
            ),
            (
                "[Help me with interest|Interest question]: simple, {r}% [per year|a year], {y} years, {p} dollars."
                " [How much interest in total?|Total interest?|So what is the interest?]"
            ),
            (
                "For {y} years {who} pays {r}% simple interest [a year|every year] on a [debt|mortgage|credit] of "
                "{p} dollars. What does the interest [come to|amount to] in [all|total]?"
            ),
            (
                "How [high|large] is the interest if {p} [dollars|yuan|euros] [are|stay] invested for {y} years "
                "and [bear|earn] simple interest of {r}% [yearly|a year]?"
            ),
            (
                "simple interest, [principal|capital] {p}, [rate|annual rate] {r}%, {y} years, [interest|interest?|"
                "find interest]"
            ),
            (
                "Each year {r}% of {p} dollars is [paid as|credited as] interest, always on the same {p} dollars. "
                "How much interest [is it|does this make] in {y} years?"
            ),
            (
                "[For|On] {p} dollars [kept|held] {y} years at {r}% [simple|flat, simple] interest per year, the "
                "interest [equals what|is what amount]?"
            ),
            (
                "{who} [opens|opened] an account with {p} dollars. It [pays|paid] {r}% simple interest [each year|"
                "a year]. After {y} years, how much interest [has been earned|is there]?"
            ),
            (
                "[Rate|Interest rate] {r}% p.a., simple; [amount|loan] {p} euros; [duration|time] {y} years; [find "
                "the interest|how much interest is due|interest?]"
            ),
            (
                "What would the interest be on [a loan|a credit|savings] of {p} dollars over {y} years with simple "
                "interest at {r} percent [a year|per annum]?"
            ),
        ),
        "zh": (
            "[利息是多少|求利息|利息多少元]？本金{p}元，[单利|按单利算]，年利率{r}%，[存期|期限|时间]{y}年。",
            (
                "{who}在[银行|信用社]存[了|入]{p}元，存期{y}年，年利率[是|为]{r}%，[单利计息|按单利计息|不计复利]，"
                "[到期|期满]能[得|拿]到多少[元|]利息？"
            ),
            (
                "[爸爸|奶奶|叔叔|王阿姨]把{p}元[存了|存]{y}年定期，年利率{r}%，[单利|按单利]，[到期利息|应得利息]是"
                "多少元？"
            ),
            (
                "向[银行|朋友|公司]借[了|款]{p}元，[约定|按]单利年利率{r}%，{y}年后[归还|还清]，[要付|需付|应付]多"
                "少利息？"
            ),
            "[计算|求|试求]：{p}元按年利率{r}%的单利，{y}年的利息[为多少元|是多少]。",
            "{p}元存{y}年，年利率{r}%，[单利|单利计算]，利息[多少|是多少钱|有多少]",
            "[帮我算下|帮忙算算]利息：[本金|存了]{p}块，年化{r}%单利，{y}年",
            "年利率为{r}%，[本金|贷款额|投资额]为{p}元，[时间|期限]为{y}年，[则单利利息|则按单利所得利息]为多少元？",
            "[某人|一家公司|一位农民]贷款{p}元，年利率{r}%，单利计息，贷款{y}年[共|一共]要[支付|付|交]利息多少元？",
            "每年的利息是本金的{r}%，[利息不再生息|按单利算]，{p}元本金{y}年[共|一共|总共]有多少元利息？",
            (
                "[买了|购买]{p}元[国债|债券|理财]，年利率{r}%，{y}年期，[单利|单利付息]，[到期|期满]时利息[是多少元"
                "|有多少元|一共多少元]？"
            ),
            "[按单利|以单利]计算，{y}年里{p}元能[产生|带来|赚到]多少[元利息|利息]？年利率{r}%。",
            "{who}借给{other}{p}元，年利率{r}%（单利），{y}年后{other}[除本金外|除了本金]还要付多少元利息？",
            (
                "[存|存入]{p}元，[一年|每年]付本金的{r}%作利息，[连续|共]{y}年，[利息总数是多少元|共得利息多少元|总"
                "共拿到多少利息]？"
            ),
            "单利公式：利息=本金×利率×时间。本金{p}元，年利率{r}%，时间{y}年，[求利息|利息为多少元|则利息是多少]。",
            "我[有|把]{p}块钱[放|存]银行{y}年，单利，利率[每年|一年]{r}%，[能拿多少利息|利息有多少|会有多少利息]",
            "如果[年利率|每年的利率]是{r}%，单利，[那么|则]{p}元经过{y}年[得到|产生]的利息是多少[元|]？",
            "本金：{p}元；年利率：{r}%；年数：{y}；[计息方式：单利|单利]。[利息？|求利息是多少。|利息多少元？]",
            (
                "[一笔|有一笔][存款|借款|资金]{p}元，按[年|每年]{r}%的单利[计息|算利息]，{y}年[后|下来]的利息[总额|"
                "合计|]是多少元？"
            ),
            (
                "[小店|工厂|村里]向信用社贷款{p}元，单利，[年息|年利率]{r}%，用了{y}年，[求应付的利息|求利息总数|问"
                "利息共多少元]。"
            ),
            "{y}年期存款{p}元，[单利年利率|年利率按单利]{r}%，[可得|得到|应得]利息多少[元|钱]？",
            "[怎么算|如何计算]{p}元在单利年利率{r}%下{y}年的[利息|全部利息]？",
            "单利，本金{p}，年利率{r}%，{y}年，利息[多少|是多少|？]",
            "{p}元[贷|借]{y}年，[每年单利|单利年息]{r}%，[总利息|利息总额][是多少|为多少元]？",
            "[妈妈|舅舅|小店主]以{r}%的年利率（单利）[存|借出]{p}元，{y}年[能收|可收|一共收]利息多少元？",
            "{who}的[压岁钱|奖金|积蓄]{p}元[存|放]进银行，年利率{r}%，按单利[算|计算]，{y}年后[利息|光利息]有多少元？",
            "每年[按|以]{r}%的单利[计|给]息，{p}元{y}年的利息[等于多少|一共多少元|为多少元]？",
        ),
    },
    "unit_price_total": {
        "en": (
            (
                "How much [do|would|will] {n} [pens|chairs|tickets|bottles] cost [altogether|in total|together] at "
                "{p} [dollars|euros|pounds] [each|apiece|per piece]?"
            ),
            (
                "[A shirt|A lamp|A brick|One ticket] costs {p} dollars. [What|How much] [do|would] {n} [of them|"
                "such ones] cost?"
            ),
            (
                "[My school|The office|Our club] [orders|buys|needs] {n} [desks|computers|jerseys|balls] at {p} "
                "dollars [each|apiece]. [What is the total|How much is that in total|Find the total cost]."
            ),
            (
                "{n} [eggs|bags|mugs|cards] [at|for] {p} dollars [each|apiece], [total|total price|what's the total"
                "|how much altogether]?"
            ),
            (
                "i want {n} [stickers|burgers|plants|tiles], {p} bucks each, [how much do i need|how much is that "
                "all together|total cost pls]"
            ),
            (
                "[Find|Calculate|Work out] the [total |]amount [to pay|due|to be paid] for {n} [articles|items|"
                "units] with a unit price of {p} dollars."
            ),
            "[Unit price|Price each]: {p} dollars. [Quantity|Number|Pieces]: {n}. [Total?|Total price?|Total cost?]",
            "If [one|each|every] [plate|hammer|kilo|metre] [costs|is] {p} euros, [then |]{n} cost how many euros?",
            (
                "[A shop|A dealer|A farmer] sells {n} [crates|melons|hens|baskets] for {p} dollars [each|apiece]. "
                "How much [does it take in|money does that bring in|money is received]?"
            ),
            (
                "[Someone|My aunt|A teacher|A tourist] buys {n} [souvenirs|notebooks|maps|roses], [each of them|"
                "every one] for {p} dollars. How much [is spent|money is spent|is paid] [in all|altogether]?"
            ),
            "[What|How much] must [we|I|one] pay for {n} [nights|lessons|rides] at {p} dollars [each|per unit]?",
            (
                "The [entrance fee|fare|ticket price] is {p} dollars [per person|a head|for each person]. How much "
                "[do|must] {n} people pay [together|in total|altogether]?"
            ),
            "[Multiply out|Give] the [bill|cost] for {n} [boxes|parcels|packs] when a single one [costs|is] ${p}.",
            (
                "What [is|would be] the [bill|invoice] for {n} hours of [work|tuition|cleaning] at {p} dollars ["
                "per hour|an hour|for each]?"
            ),
            "[Petrol|Rice|Cloth|Cheese] at {p} dollars [a unit|per unit]: [what do|how much do] {n} units cost?",
            "At {p} yuan [each|apiece], what [is|will be] the [price|cost] of {n} [lanterns|fans|kites|teapots]?",
            (
                "{n} × {p} dollars [for|to buy] [windows|stamps|shirts], [makes how much|what is the sum|how much "
                "in total]?"
            ),
            (
                "Each of the {n} [workers|players|winners] gets a [gift|cap|book] that costs {p} dollars. How much "
                "do [they|all of these] cost [together|in total]?"
            ),
            (
                "[A theatre|A museum|A zoo] sold {n} tickets [at|for] {p} dollars each. [Determine|State] the ["
                "takings|receipts|total revenue]."
            ),
            "The cost of one [pencil|pipe|tyre] is {p} dollars; [state|find|tell me] the cost of {n}.",
            (
                "We [bought|ordered] {n} [cakes|tents|trees] and each was {p} dollars. [How much did we pay?|What "
                "did everything cost?|How much did all of it cost?]"
            ),
            "[hey, |btw |]what do {n} [coffees|candles|masks] at {p} dollars a piece [come to|cost|add up to]",
            (
                "[How many dollars|What sum] [is|are] needed [to buy|for] {n} [seats|bikes|helmets] when each "
                "costs {p} dollars?"
            ),
            "[total price|total] of {n} at {p} dollars each",
            "The [book|chair|cap] is {p} dollars, I take {n}. [How much in total?|What do they cost together?|Total?]",
            (
                "For {p} dollars [each|apiece] {n} [trees|benches|tyres] were bought; [what was the total|what did "
                "they cost in total]?"
            ),
            (
                "{n} [guests|kids|members] each pay {p} dollars. [How much is collected?|How many dollars come "
                "together?|What is the total?]"
            ),
            "[each|one] [cup|rope|sack] is {p} euros, [need|want] {n}, [total?|how much is it all?|what do i pay]",
            (
                "The total [price|cost|bill] of {n} [flutes|towels|shovels], one of which [costs|is sold at] {p} "
                "dollars[?|, please.| is what?]"
            ),
        ),
        "zh": (
            "{n}[支笔|个书包|把椅子|盒牛奶]，单价{p}元，[一共多少元|总价是多少|共多少钱]？",
            "[一个|每个][足球|杯子|西瓜|灯泡]{p}元，买{n}个[要|需要|得花][多少元|多少钱]？",
            "买{n}[张票|本书|件衣服|瓶水]要[多少钱|多少元|花多少]？[单价|单价是]{p}元。",
            (
                "[学校|工厂|幼儿园|单位][买|购进|采购]{n}[套桌椅|台电脑|箱水果|件工作服]，单价{p}元，[共花|一共要付"
                "|总共用去]多少元？"
            ),
            "[求|计算|算出]{n}件单价为{p}元的[商品|货物|玩具]的[总价|总金额|价钱]。",
            "单价{p}元，数量{n}，总价[多少|是多少|？]",
            "我[要|想买|拿][苹果|饼干|橘子]{n}斤，{p}块一斤，[一共多少|总共多少钱|多少钱]",
            "[帮我算|帮忙算下|算一下]{n}个{p}元的[盘子|风筝|花盆]一共[多少钱|多少元]",
            "门票[每人|每位]{p}元，{n}个人[共|一共|总共]要[付|花]多少[元|钱]？",
            "[面粉|饲料|水泥]{p}元一袋，[来|要|买]{n}袋，[共计|合计|总共]多少元？",
            "[大米|白糖|茶叶|苹果]的单价是每[千克|公斤]{p}元，[买|购买]{n}[千克|公斤]的[总价|费用]是多少元？",
            "已知[每件|每套|每个][产品|礼品]{p}元，[则|那么]{n}件[共|总共][值|需]多少元？",
            "[妈妈|爷爷|班长|老师]买了{n}个[本子|月饼|气球|鸡蛋]，每个{p}元，[妈妈|总共|一共]花了多少[钱|元]？",
            "[农民|商店|摊主]卖[出|了]{n}[筐|箱|袋][蔬菜|橘子|土豆]，[单价|每份]{p}元，[收入|卖得|收了]多少元？",
            "[饭店|食堂]买{n}袋[大米|面粉|盐]，一袋{p}元，[应付|要付|花费]多少元？",
            "[每张|一张][车票|电影票|桌布]{p}元，{n}张[多少元|多少钱|要多少钱]",
            "如果[一本|每本][词典|画册|小说]{p}元，那么买{n}本[一共|总共|需][付|花|要]多少元？",
            "[车间|公司]给{n}名[员工|学生|客人]每人发一份{p}元的[奖品|礼物|补贴]，[共需|一共要]多少元？",
            "{n}件乘以每件{p}元，[这批货|这些东西][总价|一共]多少？",
            "[酒店|民宿|旅馆]房价{p}元一晚，住{n}晚[共|一共]多少[元|钱]？",
            "[我们|他们|社区]种{n}棵树，每棵树苗{p}元，买[树苗|这些树苗][共用|一共需要|总共花]多少元？",
            "{n}台{p}元的[电脑|机器|设备]，[总价|全部买下]是多少元？",
            "总共要[付|花]多少钱：[鞋|毛巾|手套]{n}双，每双{p}元",
            "{p}元一个，{n}个[多少元|多少钱|一共多少]",
            "[总价|总花费]怎么算：{n}份，[每份|一份]{p}元",
            "[订阅|订购]杂志{n}份，每份{p}元，[总计|共需|合计]多少[元|钱]？",
            "[每人|每名同学]交{p}元，{n}[人|名同学][共|一共]交多少元？",
            "{n}[千克|公斤][鱼|苹果|茶叶]，每[千克|公斤]{p}元，[总价|一共]多少元？",
            "[买|订]{n}份[盒饭|报纸|礼品]，一份{p}元，[需要|要付|共付]多少元？",
        ),
    },
}
