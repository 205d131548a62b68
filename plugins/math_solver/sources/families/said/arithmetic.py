"""How people put the questions of the families of ``arithmetic``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "integer_product": {
        "en": (
            "[Multiply|Please multiply|Can you multiply] {a} [and|with] {b}[.|, exactly.| for me]",
            (
                "[what do you get|what comes out|what's the result] [when|if] [you multiply|one multiplies|i "
                "multiply] {a} [by|with] {b}[?|]"
            ),
            "{a} [x|*|·|×|times] {b}[?| =| equals| equals what?|, how much is that?]",
            "[help me with|help:|i need] {a} [times|x|*] {b}",
            (
                "The [factors|two factors|numbers] are {a} and {b}. [Find their product.|Give the product.|"
                "What is the product?]"
            ),
            (
                "A [server|computer|database] [handles|processes|stores] {a} [requests|records|messages] a "
                "second. How many [is that|are they] in {b} seconds?"
            ),
            (
                "[A rectangular grid|A big table|A huge matrix] has {a} rows and {b} columns. How many "
                "[cells|entries|places] [does it have|are there]?"
            ),
            (
                "[There are|Suppose there are] {a} [boxes|containers|bags] with {b} grains [in each|each]. "
                "How many grains [altogether|in total|in all]?"
            ),
            "product of {a} and {b}[, please|?|]",
            (
                "[Work out|Evaluate|Determine|Give] [the exact product|the product|the exact value of the "
                "product] of the [numbers|integers|whole numbers] {a} and {b}."
            ),
            (
                "[If|Given|Suppose] [a = {a} and b = {b}|b = {b} and a = {a}], [find|compute|give] [ab|a*b|a "
                "× b|the product ab]."
            ),
            (
                "[Take|Start with] {a}, multiply [it|this|that number] by {b}. [Result?|What is the result?|"
                "Give the result.|What do you get?]"
            ),
            "How [much|big] is {a} [multiplied by|times] {b}?",
            "{b} times as [much|many] as {a} is [how much|what number|what]?",
            (
                "[my homework says|the exercise says|it says here] {a} [×|*|x] {b}, [what should i get|what "
                "is the answer|answer?]"
            ),
            "long multiplication: {a} [by|times|×] {b}",
            r"[Compute|Calculate|Simplify] ${a} [\times|\cdot] {b}$[.|]",
            (
                "[I typed|My calculator overflows at|Too big for my calculator:] {a} [*|x|times] {b}. [What "
                "is it|What should it be|How much is it]?"
            ),
            "[Which number|What number] [is|equals] the product of {a} and {b}?",
        ),
        "zh": (
            "{a}[乘|乘以|乘上|×|x|*|·]{b}[等于几|是几|等于多少|得多少|=|]",
            "[两个因数|两个乘数|因数]分别[是|为]{a}和{b}，[积是多少|求积|它们的乘积为多少]？",
            "[帮忙算下|帮我算一下|麻烦算算|快帮我算] {a} [×|乘|*|乘以] {b}",
            "[求|计算|请写出|算出]{a}[与|和|同]{b}的[积|乘积]。",
            "[把|将]{a}和{b}[相乘|乘起来|乘到一起]，[结果是多少|得几|得多少|积是多少]？",
            "{a}的{b}倍是[多少|几|什么数]？",
            "{b}个{a}[相加|加起来|合起来][是多少|等于多少|得多少]？",
            (
                "[一台机器|一条流水线|一家印刷厂]每天[生产|制造|做]{a}个[零件|标签|瓶盖]，{b}天[一共|总共|"
                "共][生产|做|制造]多少个？"
            ),
            "[一张大表格|一个点阵|一个方阵|一块屏幕]有{a}行、{b}列，[共有|一共有|总共有]多少个[位置|点]？",
            "每袋[有|装]{a}粒[种子|米|豆子]，{b}袋[共有|一共是|总共]多少粒？",
            "[已知|设|若][a={a}，b={b}|b={b}，a={a}]，[求ab|求a×b的值|则a×b等于多少|那么ab是多少|求a·b的值]。",
            "[乘法|大数乘法|竖式计算]：{a}[×|*|乘以]{b}[，结果？|=？|]",
            "[直接写|写出|给出][得数|结果]：{a}×{b}[。|=|]",
            r"[计算|求值|求] ${a} [\times|\cdot] {b}$[。|]",
            "{a}和{b}的[积|乘积][怎么算|怎么求|是什么数][？|，求结果]",
            "用{a}[去乘|乘|乘以]{b}，[所得的积|积|结果]是[多少|几]？",
            "[计算器|手机][算不了|溢出了|显示不下]，{a}乘{b}[到底|究竟]是多少",
            "{a}×{b}，[答案|结果|得数][是什么|是多少|呢]？",
            "[两个很大的|这两个]整数{a}和{b}，[乘积|积]为多少？",
        ),
    },
    "integer_sum": {
        "en": (
            "[Add|Please add|Can you add|Add up|add together] {a} and {b}[.| for me|, please]",
            "{a} [+|plus|added to] {b}[?| =| equals| equals what?|, how much is that?]",
            ("[what do you get|what comes out|what's the result] [when|if] [you add|one adds|i add] {b} to {a}[?|]"),
            (
                "[A city|A country|A region|A province] had {a} inhabitants and [gained|welcomed] {b} [more|"
                "new ones]. How many [are there|live there|inhabitants does it have] now?"
            ),
            (
                "The [terms|two terms|summands|addends] are {a} and {b}. [Find the sum.|What is their sum?|"
                "What is the total?|Give the total.]"
            ),
            "[What is|What's] the [total|sum|grand total] of {a} and {b}[?|, exactly?]",
            "sum of {a} and {b}[, please|?|]",
            (
                "First {a} [copies|tickets|cars] were sold, [then|later|after that] {b}. How many [is that|"
                "were sold] [altogether|in total|in both]?"
            ),
            "[Increase|Raise] {a} by {b}[.| and give the result.|: what do you get?]",
            (
                "[If|Given|Suppose] [a = {a} and b = {b}|b = {b} and a = {a}], [find|compute|give] [a+b|a + "
                "b|the sum a + b]."
            ),
            "[Which number|What number] is [{b} more than {a}|{b} greater than {a}|{b} larger than {a}]?",
            "How much [do|would] {a} and {b} [make|make together|come to|add up to]?",
            (
                "[One account holds|One file has|One warehouse stores] {a} [units|bytes|items], [another|a "
                "second one|the other] {b}. [How many are they together|How many in both|What is the total]?"
            ),
            "[Compute|Calculate|Simplify|Evaluate] ${a} + {b}$[.|]",
            ("{a} [already there|to start with] and {b} [more|on top], [how many in all|what is the total|total]?"),
            "column addition: {a} [plus|and|+] {b}",
            (
                "[Take|Start with] {a}, [then add|add] {b}. [Result?|What is the result?|What do you get?|"
                "Give the result.]"
            ),
            "[help me add|help, i need to add|i have to add up] [these|these two|two numbers]: {a}, {b}",
            ("[Work out|Determine|Give] the [sum|exact sum] of the [numbers|integers|whole numbers] {a} and {b}."),
        ),
        "zh": (
            "{a}[加|加上|＋|+]{b}[等于几|是几|等于多少|得多少|=|]",
            "[两个加数|加数]分别[是|为]{a}和{b}，[和是多少|求和|它们的和为多少]？",
            "[帮忙算下|帮我算一下|麻烦算算|快帮我算] {a} [+|加|加上] {b}",
            "[求|计算|请写出|算出]{a}[与|和|同]{b}的[和|总和]。",
            "[把|将]{a}和{b}[相加|加起来|加到一起|合起来]，[结果是多少|得几|得多少|和是多少]？",
            "比{a}[多|大]{b}的数是[多少|几|什么]？",
            "{a}[增加|加上|添上]{b}[以后|之后|后][是|变成|得]多少？",
            "[某市|一座城市|某省][原有|原来有]{a}人，[又迁入|新增|后来增加]{b}人，[现在|如今][有|共有]多少人？",
            "上半年卖出{a}件，下半年卖出{b}件，[全年|两个半年][共|一共|总共]卖出多少件？",
            "[已知|设|若][a={a}，b={b}|b={b}，a={a}]，[求a+b|求a+b的值|则a+b等于多少|那么a+b是多少]。",
            "[加法|大数加法|竖式计算]：{a}[+|加]{b}[，结果？|=？|]",
            (
                "[甲仓库|甲库|东仓][存|有]{a}千克[粮食|棉花|盐]，[另一个仓库|乙库|西仓]{b}千克，[两处|"
                "两个仓库][共|合计|一共]多少千克？"
            ),
            "[直接写|写出|给出][得数|结果]：{a}+{b}[。|=|]",
            "[计算|求值|求] ${a} + {b}$[。|]",
            "{a}和{b}[总共|一共|合计|加在一起]是[多少|几]？",
            "[我有|账上有]{a}元，[再存|又进账|又收到]{b}元，[合计|总共|一共]多少元？",
            "[计算器|手机][坏了|没电了|不在身边]，{a}加{b}[到底|究竟]是多少",
            "{a}+{b}，[答案|结果|得数][是什么|是多少|呢]？",
            "[两个很大的|这两个]整数{a}和{b}，[总和|和]为多少？",
        ),
    },
    "fraction_sum": {
        "en": (
            (
                r"[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|"
                r"\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}] [in lowest terms|as a fraction|as one fraction|"
                "simplified|fully reduced][?|]"
            ),
            (
                r"[Add|Please add|Can you add|add up] [{a}/{b} and {c}/{d}|$\frac{{{a}}}{{{b}}}$ and "
                r"$\frac{{{c}}}{{{d}}}$][.| for me|, please]"
            ),
            (
                r"[What is|How much is|What's] the [sum|total] of [{a}/{b} and {c}/{d}|$\frac{{{a}}}{{{b}}}$ "
                r"and $\frac{{{c}}}{{{d}}}$][?|, as a fraction?| in lowest terms?]"
            ),
            (
                r"[Simplify|Evaluate|Work out|Reduce] [{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + "
                r"\frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}][.| as a "
                "single fraction.| and simplify.]"
            ),
            "{a}/{b} [plus|added to|+] {c}/{d} [= ?|equals what?|is how much?|equals]",
            (
                "[Mix|Pour together] {a}/{b} litre of [milk|juice] and {c}/{d} litre of [water|tea]. How "
                "many litres [is that|are there|does that make][, as a fraction|]?"
            ),
            (
                "[One pipe|One rope|A red ribbon] is {a}/{b} m long, [another|the other|a second] {c}/{d} m. "
                "How [long are they together|many metres are they together|many metres in all]?"
            ),
            (
                "[A hiker|Eva|My dog] [walks|runs] {a}/{b} km and [then|afterwards] [another|a further] "
                "{c}/{d} km. How many kilometres [in total|altogether|is that]?"
            ),
            (
                r"the sum of the fractions [{a}/{b} and {c}/{d}|$\frac{{{a}}}{{{b}}}$ and "
                r"$\frac{{{c}}}{{{d}}}$][, please|?|]"
            ),
            (
                r"[Put|Bring] [{a}/{b} and {c}/{d}|$\frac{{{a}}}{{{b}}}$ and $\frac{{{c}}}{{{d}}}$] over a "
                "common denominator and add [them|the two]."
            ),
            "[What do you get|What is the result] when {c}/{d} is added to {a}/{b}[?|, as a fraction?]",
            "[Increase|Raise] {a}/{b} by {c}/{d}[.| and simplify.|: which fraction is it?]",
            "[fractions:|homework:|help with] {a}/{b} [plus|+] {c}/{d}",
            "[Given|With] p = {a}/{b} and q = {c}/{d}, [compute p + q|find p + q|give p + q].",
            (
                "[Give|State|Write] the [exact value of|exact result of|value of] [{a}/{b} + {c}/{d}|"
                r"$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|"
                r"\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}] as a fraction in [lowest terms|simplest form]."
            ),
            (
                r"[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|"
                r"\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}], [exact fraction|no decimals|not as a decimal], "
                "please"
            ),
            "Add {a} over {b} [to|and] {c} over {d}.",
            (
                "[Eve|Liam|The first heir] owns {a}/{b} hectare and [buys|inherits|gets] {c}/{d} hectare "
                "more. How many hectares [is that now|are they now|in all]?"
            ),
            (
                "{a}/{b} [hour|hours] of [maths|music] and {c}/{d} [hour|hours] of [sport|art]: how many "
                "hours [together|in total|altogether]?"
            ),
        ),
        "zh": (
            (
                r"[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|"
                r"\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}][等于多少|是几|=|得多少][？|]"
            ),
            (
                r"[求|计算|算出|请写出][{a}/{b}和{c}/{d}|{a}/{b}与{c}/{d}|$\frac{{{a}}}{{{b}}}$ 与 "
                r"$\frac{{{c}}}{{{d}}}$]的[和|总和][。|，化成最简分数。]"
            ),
            "{a}/{b}[加上|加|再加]{c}/{d}[得几|是几分之几|等于几|，结果化简]",
            "{b}分之{a}[加|加上]{d}分之{c}[等于多少|是多少|得多少]？",
            (
                r"[通分|先通分再]计算：[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|"
                r"{a}/{b}+{c}/{d}|\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}][。|]"
            ),
            (
                r"[帮忙算下|帮我算算|麻烦算一下] [{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + "
                r"\frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}][，要分数|，"
                "约分|]"
            ),
            (
                r"[把|将][{a}/{b}和{c}/{d}|{a}/{b}与{c}/{d}|$\frac{{{a}}}{{{b}}}$ 与 $\frac{{{c}}}{{{d}}}$]"
                "[相加|加起来|合并成一个分数]，[结果是多少|得多少|写成最简分数]。"
            ),
            (
                "[一根绳子|一条丝带|一段铁丝]长{a}/{b}米，[另一根|另一段]长{c}/{d}米，[两者|它们][共长|"
                "一共长|合起来]多少米？"
            ),
            (
                "[小明|小芳|运动员][先走|先跑|上午走]了{a}/{b}千米，[又走|再跑|接着走]了{c}/{d}千米，[一共|"
                "总共]是多少千米？"
            ),
            "[一桶油|一袋米|一箱水果]{a}/{b}千克，[另一份|另外一份]{c}/{d}千克，[合计|共|一共]多少千克？",
            "比{a}/{b}[多|大]{c}/{d}的数是[多少|几|什么]？",
            "[已知|设|若]p={a}/{b}，q={c}/{d}，[求p+q|则p+q为多少|p+q等于几]",
            (
                r"[化简|求值|口算|脱式计算]：[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|"
                r"{a}/{b}+{c}/{d}|\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}][。|=|]"
            ),
            (
                r"两个[加数|分数][是|分别是|为][{a}/{b}和{c}/{d}|{a}/{b}与{c}/{d}|$\frac{{{a}}}{{{b}}}$ 与 "
                r"$\frac{{{c}}}{{{d}}}$]，[和是多少|求它们的和|加起来是多少]？"
            ),
            (
                r"[分数加法|分数题|异分母分数相加]：[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + "
                r"\frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}]"
            ),
            (
                r"[{a}/{b} + {c}/{d}|$\frac{{{a}}}{{{b}}} + \frac{{{c}}}{{{d}}}$|{a}/{b}+{c}/{d}|"
                r"\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}]的结果[用分数表示|写成最简分数]是多少？"
            ),
            "[做作业|练琴|看书]用{a}/{b}小时，[锻炼|做家务|画画]用{c}/{d}小时，[共用|一共|合计]多少小时？",
            "从{b}分之{a}起再[加|添]{d}分之{c}，[得|是|等于]多少？",
        ),
    },
    "gcd_lcm": {
        "en": (
            "[Find|Compute|Work out|Give] the ratio of the LCM to the GCD of {a} and {b}.",
            (
                "How many times [as large|as big|as great] as the [gcd|greatest common divisor|greatest "
                "common factor] of {a} and {b} is their [lcm|least common multiple]?"
            ),
            "[lcm|LCM]({a},{b})/[gcd|GCD]({a},{b})[?| =|]",
            r"[Evaluate|Compute|Calculate] $\frac{{\operatorname{{lcm}}({a}, {b})}}{{\gcd({a}, {b})}}$.",
            (
                "Let L be the least common multiple and G the [greatest common divisor|highest common "
                "factor] of {a} and {b}. [Find L/G.|What is L/G?|Calculate L ÷ G.]"
            ),
            (
                "[take|get] the lcm of {a} and {b}, [divide|then divide] it by their [gcd|gcf|hcf], [what's "
                "the result|what do i get|result]?"
            ),
            (
                "[By what number|By which factor] [must|do] [you|we|I] multiply gcd({a}, {b}) to [get|obtain|"
                "reach] lcm({a}, {b})?"
            ),
            (
                "[For|Given] the [numbers|integers|pair] {a} and {b}, [find|determine|compute] the least "
                "common multiple [over|divided by] the [greatest common divisor|highest common factor]."
            ),
            (
                "What [quotient|number] [results|comes out|do you get] when the [least|smallest|lowest] "
                "common multiple of {a} and {b} is divided by their [greatest|largest|highest] common "
                "[divisor|factor]?"
            ),
            "{a} and {b}: [lcm ÷ gcd|LCM divided by GCD|lcm over gcd|quotient lcm/gcd][?|]",
            "The [LCM|lcm] of {a} and {b} is [how many times|what multiple of] their [GCD|gcd|HCF]?",
            "[Divide|please divide] [LCM|lcm]({a}, {b}) by [GCD|gcd|HCF|GCF]({a}, {b}).",
            (
                "[How often|How many times] does the [greatest common divisor|gcd|hcf] of {a} and {b} [go "
                "into|fit into] their [least common multiple|lcm]?"
            ),
            "With g = gcd({a}, {b}) and l = lcm({a}, {b}), [what is l/g?|find l/g.|compute l/g.]",
            "[help me compute|can you compute|pls find] the lcm/gcd [ratio|quotient] [for|of] {a} and {b}",
            (
                "[I computed|Suppose I know] the [lcm|LCM] and the [gcd|GCD] of {a} and {b}; [what is the "
                "first divided by the second?|what is lcm over gcd?]"
            ),
            ("LCM of {a} and {b}, [divided by|over|÷] GCD of [the same|these] [numbers|two numbers][?|: result?|]"),
            (
                "What is the result of dividing the [smallest|lowest|least] common multiple of {a} and {b} "
                "by their [highest common factor|greatest common divisor]?"
            ),
        ),
        "zh": (
            "{a}[与|和]{b}的最小公倍数[是|等于][它们|两数]最大公约数的[几倍|多少倍]？",
            "[求|计算|算出]{a}、{b}的最小公倍数[与|和]最大公[约|因]数的比值。",
            "lcm({a},{b})[÷|/]gcd({a},{b})[=|是多少|等于几|]",
            "[设|记]{a}和{b}的最小公倍数为L，最大公[约|因]数为G，[求L/G|则L÷G等于多少|L/G的值是多少]。",
            "[帮忙算下|帮我算算|麻烦求] {a}和{b}，最小公倍数除以最大公[约|因]数[，得多少|等于几|]",
            "用{a}与{b}的最小公倍数[除以|去除以][这两个数|两数|它们]的最大公因数，[商是几|结果是多少|得多少]？",
            "[两个数|两数|有两个数]{a}和{b}，[其|它们的]最小公倍数里[有|含有]多少个最大公[约|因]数？",
            "{a}和{b}的最大公[约|因]数[乘|乘以]几[等于|得][它们|这两个数]的最小公倍数？",
            r"[计算|求] $\frac{{\operatorname{{lcm}}({a}, {b})}}{{\gcd({a}, {b})}}$[ 的值。|。]",
            "[已知|若]g=gcd({a},{b})，l=lcm({a},{b})，[求l/g|则l÷g为多少|那么l/g等于多少]？",
            (
                "[最小公倍数÷最大公约数|最小公倍数比最大公因数|LCM除以GCD]，[两数为|两个数是|对于]{a}和{b}，"
                "[结果多少|得几|等于多少]"
            ),
            "把{a}[和|与]{b}的最小公倍数[写成|看作]最大公[约|因]数的倍数，[是几倍|是多少倍|倍数是几]？",
            "[先求|先算]{a}和{b}的最小公倍数，[再除以|再用它除以]最大公[约|因]数，[得|商为|结果为]多少？",
            ("[对|对于][整数|正整数|自然数]{a}、{b}，[求|求出][最小公倍数|lcm]除以[最大公因数|gcd]的[值|结果|商]。"),
            "{a}和{b}：[最小公倍数/最大公约数|LCM÷GCD|最小公倍数÷最大公因数]=？",
            "[两数|两个正整数]为{a}、{b}，其最小公倍数[除以|比上]最大公[约|因]数[得到|等于|是]什么数？",
            "[怎么算|请教]：{a}与{b}的LCM除以GCD[的结果|，得几|]",
        ),
    },
    "power_remainder": {
        "en": (
            "{a}^{n} [mod|%|modulo] {m}[?| =|]",
            ("[What is left over|What remainder is left|What is the remainder] [when|if] {a}^{n} is divided by {m}?"),
            ("[Compute|Evaluate|Work out|Determine] {a} [to the power of|to the power|raised to] {n} modulo {m}."),
            r"[Find|Compute|Give] ${a}^{{{n}}} \bmod {m}$.",
            "[python|code|in python]: pow({a}, {n}, {m}) [gives what|returns|equals what][?|]",
            (
                "[Find|Determine] the [smallest|least] [non-negative|nonnegative] [integer|number] x with "
                "{a}^{n} ≡ x (mod {m})."
            ),
            "[reduce|please reduce|Reduce] {a}^{n} [mod|modulo] {m}[.|]",
            (
                "[The number|The power] {a}^{n} is divided by {m}. [Which remainder is there|What is the "
                "remainder|What remainder do we get]?"
            ),
            "{m} [into|goes into] {a}^{n}, [what remainder|remainder|what's left over]?",
            "[remainder of|residue of|rest of] {a}**{n} [divided by|on division by|after dividing by] {m}[?|]",
            (
                "Raise {a} to the [power of {n}|power {n}|exponent {n}] and [divide by|divide the result by] "
                "{m}: [what remains|the remainder is|which remainder]?"
            ),
            (
                "[Multiply|Someone multiplies] {n} factors [of|equal to] {a}. What [remainder|residue] [does "
                "the product leave|is left by the product] [modulo|when divided by] {m}?"
            ),
            "Modulo {m}, [what is|how much is] {a} to the power [of |]{n}?",
            "[help: |hey, |]what's {a}^{n} [mod|modulo] {m}",
            "{a}^{n} leaves [what|which] remainder [modulo|mod|on division by|when divided by] {m}?",
            (
                "[calculate|find|get] the remainder [of|for] {a}^{n} ÷ {m}[, ignore the quotient| (just the "
                "remainder)|]"
            ),
            (
                "[Let|Given] N = {a}^{n}. [Find|Compute|Determine] [N mod {m}|the remainder of N upon "
                "division by {m}|the residue of N modulo {m}]."
            ),
            (
                "{a}^{n} [stones|beans|coins] are packed into [boxes|bags] of {m}. How many [are left over|"
                "remain|are left unpacked]?"
            ),
            "[quick question:|number theory:|modular arithmetic:] {a} to the {n} [mod|modulo] {m}[?|]",
        ),
        "zh": (
            "{a}^{n} 除以{m}[余几|余多少|的余数|，余数？]",
            "{a}的{n}次[方|幂]除以{m}[，余数是多少|余几|所得余数是几]？",
            "[求|计算|算出] {a}^{n} [mod|模|%] {m}[ 的值|]。",
            "[用|拿]{m}[去除|除]{a}^{n}，[余数是多少|余几|余下多少]？",
            r"[求|计算] ${a}^{{{n}}} \bmod {m}$[。|]",
            "{a}^{n}[模|对模]{m}[同余于几|的余数是多少|的最小非负剩余是多少]？",
            "[帮忙算下|帮我算算|麻烦求] {a}的{n}次方[mod |模 |模]{m}[等于几|是多少|]",
            "[设|记|令]N={a}^{n}，[求N除以{m}的余数|则N模{m}等于多少|N除以{m}余几]",
            "[幂取模|快速幂|求余]：{a}^{n} mod {m}[ =|]",
            "{n}个{a}[相乘|连乘]，[积|所得的积]除以{m}[余几|的余数是多少|余多少]？",
            "[Python里|代码中|程序里]pow({a},{n},{m})[等于多少|的结果是什么|返回几]？",
            "[已知|若|设]{a}^{n}≡x (mod {m})，x取最小非负整数，[求x|则x等于多少|x是几]",
            "[有|一共有]{a}^{n}颗糖，每{m}颗装一[袋|盒]，[最后剩|剩下|余]多少？",
            "{a}^{n}[被{m}除|除以{m}]，[商不用管|不要商|只要余数]，余[几|多少]",
            "{a}的{n}次[方|幂]用{m}[去除|来除]，[最后的|得到的]余数[是几|是多少|等于几]？",
            "[余数|余数是多少|余几]？{a}的{n}次方÷{m}",
            "[数论题|同余问题|考试题]：{a}的{n}次方[被{m}除|除以{m}][余多少|余几|的余数]？",
        ),
    },
    "divisor_count": {
        "en": (
            "[How many|how many] [factors|divisors|positive factors] does {n} have[?|]",
            "[number of|count of] [divisors|factors|positive divisors] of {n}[?|, please|]",
            (
                "By how many [positive integers|natural numbers] [is {n} divisible|can {n} be divided "
                "without remainder]?"
            ),
            (
                "[Find|Determine|Compute|Give] the total number of [factors|divisors] of {n}[, the number "
                "itself included|, itself included|]."
            ),
            "[tau|d|sigma_0]({n}) = ?",
            r"[Find|Compute|Evaluate] [$\tau({n})$|$d({n})$|$\sigma_0({n})$], the number of divisors.",
            (
                "[Factor|Factorise|Factorize] {n} and [tell how many divisors it has|count its divisors|say "
                "how many divisors there are]."
            ),
            (
                "In how many ways can {n} [objects|dots|coins] be [arranged|laid out|put] in equal rows "
                "(count [every possible|each possible] number of rows)?"
            ),
            ("How many [natural numbers|positive whole numbers|positive integers] are [divisors|factors] of {n}?"),
            "[hey, |help: |]how many numbers divide {n} [evenly|exactly|without a remainder]",
            "Let n = {n}. How many positive [divisors|factors] [has n|does n have]?",
            "[I need|Please give me] the [count|number] of all [divisors|factors] of {n}[.|]",
            "The [integer|number] {n} has how many [positive |]divisors?",
            "[List|Think of] all [divisors|factors] of {n}. How many [are in the list|are there|do you count]?",
            "{n}: [how many divisors|how many factors|number of positive factors|divisor count][?|]",
            (
                "[A class of|A parade of|A band with] {n} [people|dancers|players] is to be [split|divided] "
                "into groups of equal size. How many group sizes are possible, from single persons up to "
                "everybody together?"
            ),
            (
                "In how many ways can {n} be written as [a product|a × b, a product] of two [positive "
                "integers|natural numbers] if the order [counts|matters]?"
            ),
            ("[Does anyone know|Say|Tell me] how many [divisors|factors] the number {n} has[?|, counting itself]"),
            (
                "How many [different|possible] widths can a rectangle have (any side may be the width) if "
                "both sides are whole numbers and the area is {n}?"
            ),
        ),
        "zh": (
            "{n}[一共|总共|共]有[多少个|几个][因数|约数|正约数]？",
            "[求|计算|算出|写出]{n}的[正因数|约数|因数|正约数][个数|的个数|有多少个]。",
            "[帮忙算下|帮我数数|问一下] {n} 有[几个|多少个][因数|约数]",
            "[共有多少|一共有几]个[正整数|自然数]能[整除|除尽]{n}？",
            "{n}能被[多少个|几个][正整数|自然数][整除|除尽]？",
            "[约数个数|因数个数|正因子个数]：{n}[？|]",
            r"[求|计算][$\tau({n})$|$d({n})$|$\sigma_0({n})$]（正约数个数函数）[。|的值。]",
            "[把|将]{n}分解质因数，[再求|并求出|然后求]它的[约数|因数]个数。",
            "[设|令|已知]n={n}，[则n的正因数有|n的约数共有|问n的正约数有]多少个？",
            "[列出|找出]{n}的所有[因数|约数]，[一共有|总共是|共]多少个？",
            "{n}的[因数|约数|因子][数量|的数目][是多少|是几]？",
            (
                "把{n}[个人|名同学|名士兵]平均分成若干组，每组的人数[总共|一共|]有多少种[可能|"
                "取法]（每组单人、全体一组都算）？"
            ),
            "[包括本身在内|连本身也算]，{n}有[多少|几]个[因数|约数]？",
            "{n}有[多少|几]个[不同的|][正因子|正因数|约数]？[怎么求|求个数|]",
            "[数一数|算一算]：{n}的[全部|所有][正因数|约数]有[几个|多少个]？",
            "使 {n}÷k [为整数|能除尽|没有余数]的正整数k有[多少个|几个]？",
            "自然数{n}的[约数|因数|正因子]总数[是|为][多少|几]？",
            "[若|如果]正整数d[整除|能整除]{n}，则d有[多少种取值|几种可能|多少个]？",
        ),
    },
}
