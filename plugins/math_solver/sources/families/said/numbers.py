"""How people put the questions of the families of ``numbers``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "subtraction": {
        "en": (
            "[Subtract|subtract|please subtract|Take away|Deduct] {b} from {a}[.|]",
            (
                "[What do I get|What's the answer|what is the result|What number do you get] [if|when] "
                "I [subtract|take|deduct] {b} from {a}?"
            ),
            "{a} [take away|less|minus] {b}[?| equals| equals what?| is what?|, what is that?]",
            ("[help me with|can you do|quick one:|pls do|hey, what's|homework help:] {a} [-|−|–|minus|take away] {b}"),
            "[Work out|Find|Give me|State] the difference {a} [-|−|minus] {b}[.|, please.]",
            (
                "[Take|Start with|Begin with] {a} and [subtract|take off|take away] {b}. [What is the "
                "result?|What do you get?|The result is?]"
            ),
            "From {a}, [subtract|take|deduct] {b}; [what's the result?|give the difference.|find the difference.]",
            "The minuend is {a} and the subtrahend is {b}. [Find|What is|Work out] the difference[.|, please.]",
            (
                "[What number|Which number] [must be|has to be|should be] added to {b} [to get|to make|"
                "to give|so that the sum is] {a}?"
            ),
            (
                "[How much|By how much] [bigger|larger|greater] [is {a} than {b}|is the number {a} than "
                "the number {b}]?"
            ),
            (
                "[The sum of two numbers|The total of two numbers] is {a}[.|;] [One of them is|one is] "
                "{b}. [What is the other?|Find the other one.]"
            ),
            "{b} less than {a} [is what number?|is?|equals what?]",
            (
                "[subtraction|Subtraction problem|exercise|Mental arithmetic|Column subtraction]: {a} "
                "[-|−|–] {b} =[?| ___|...|]"
            ),
            (
                "[I need|we need|my daughter needs|I'm looking for] [the answer to|the result of|the "
                "value of] {a} [-|−|minus] {b}[.|, thanks]"
            ),
            (
                "[A counter shows|The display shows|My calculator shows] {a}. [I subtract|Someone subtracts|"
                "We take away] {b}. [What does it show now?|What is the new number?]"
            ),
            (
                "[Decrease|Reduce|Lower|Diminish] [the number {a}|{a}] by {b}[.|. What is the result?|"
                ", what do you get?]"
            ),
            r"${a} - {b}$[ =?| = \ ?| simplified|, compute|, please]",
            "[Do|Solve|Figure out|Carry out|Perform] [the subtraction |]{a} [-|−|–] {b}[.|]",
            (
                "if you [remove|take out|knock off] {b} from {a} [what number is left|you're left with "
                "what number|what number do you end up with]?"
            ),
            "what's {a} with {b} [taken off|subtracted|taken away]?",
            "{b} [subtracted|taken away|deducted] from {a} [gives what?|is what?|makes?|=?]",
            "[whats |what's |calc |calculate |compute |]{a}[-|−|–]{b}[=|=?|?|]",
            (
                "[My account|The account|Our till] [stood at|held|showed] {a}[, then {b} were debited|"
                " and {b} was then deducted|; {b} was withdrawn]. [What is the new balance?|What's the "
                "balance now, signed?|New balance?]"
            ),
            "[What is|How much is] {a} [diminished by|decreased by|lowered by|reduced by] {b}?",
            (
                "[someone asked me|my kid asks|I was asked] what {a} [-|−|minus|take away] {b} [is|equals][|"
                ", any help?| lol]"
            ),
            (
                "[The sum is|total] {a}, one [summand|addend|term] [is|being] {b}. [Find the other summand.|"
                "What is the other one?|How big is the other?]"
            ),
            "[Which|What] number is {b} [smaller|less|lower] than {a}?",
            (
                "[A small puzzle|Puzzle|Riddle]: I think of a number, add {b} and [get|reach|end at] "
                "{a}. [Which number did I think of?|What was my number?|What did I start from?]"
            ),
        ),
        "zh": (
            "[从|由]{a}[里|中][减去|减掉|去掉|扣掉|拿走]{b}，[还剩多少？|剩下多少|得多少？|结果是几？]",
            "{a}[减|减去|减掉|－|-|−]{b}[得几|等于多少|是多少呀|等于几啊|得多少？|，结果呢？]",
            "[被减数是|被减数为]{a}，[减数是|减数为]{b}，[差是多少？|求差。|则差为]",
            "[求|算出|写出|请写出|算算]{a}[与|和|减]{b}的差[。|]",
            "[帮我|麻烦|帮忙][算下|算算|口算一下|做一下]{a}[-|减|－|减去]{b}[|，谢谢]",
            "[减法|减法题|竖式计算|列竖式计算|直接写得数|口算|减法练习]：{a}[-|－|−]{b}[=|＝|]",
            "{b}[加上|再加|加]多少[等于|得|才是|就是]{a}？",
            "[什么数|哪个数|几][加上|加]{b}[等于|得|是]{a}？",
            (
                "[两个数的和是|两数之和为|两数相加得]{a}，[其中一个数是|一个加数是|其中一个是]{b}，[另一个数是多少？"
                "|求另一个数。|另一个加数是？]"
            ),
            "比{a}[少|小]{b}的数是[多少|几|什么]？",
            "[把|将]{a}[减少|减小|减去]{b}[，得到多少？|后是多少？|，结果是]",
            "{a}比{b}[多|大]多少？",
            "[老师问|孩子问我|请问一下|问一下|想问下]{a}[减去|减|-]{b}[等于多少|得几|是多少]",
            (
                "[计算器上显示|屏幕上显示|我先输入]{a}，[再减去|然后减去|接着减掉]{b}，[现在显示多少？|"
                "得到什么数？|结果是？]"
            ),
            "[用|拿]{a}[减去|减|减掉]{b}，[差是|结果是|得到|差为][多少？|几？|]",
            "{a}[减去|减]{b}的[差|得数|结果][是多少？|是几|=？|怎么算？]",
            "[一个数比|某数比]{a}[少|小]{b}，[这个数是多少？|求这个数。|这个数是几]",
            "[一个数加上|某数加]{b}[后得|等于|得]{a}，[求这个数。|这个数是多少？|问这个数是几？]",
            "${a}-{b}$[等于？|=？|的值是|，求值]",
            "[数学题：|作业：|急：|]{a}[-|－|—]{b}[=？|等于？|=多少|＝（ ）]",
            (
                "[账户里原有|账上原有|卡里本来有]{a}元，[扣掉|支出|划走]{b}元[后，余额是多少？|，账面余额多少元（可"
                "为负）|后账面是多少元？]"
            ),
            "[计算|算|求值|请算]：[{a}-{b}|{a}－{b}|{a}−{b}|{a}减{b}]",
            "{a}[扣除|去掉|刨去|除去]{b}[是多少|之后是多少|得几|，结果？]",
            "被减数{a}减数{b}[差|求差|差是几|，差为多少？]",
            "和是{a}，一个加数是{b}，[另一个加数是几？|求另一个加数。|另一个是]",
            "我[心里|脑子里]想了一个数，[加上|再加]{b}[后|以后]得{a}，[我想的是几？|原来的数是多少？|这个数是？]",
        ),
    },
    "division": {
        "en": (
            (
                "[Divide|divide|please divide|Can you divide] {a} by {b}[.|, exactly please.| and give "
                "the exact value.]"
            ),
            "[What do I get|What's the answer|what is the result] [if|when] I divide {a} by {b}?",
            (
                "[Work out|Find|State|Give] the quotient [of {a} and {b}|{a} ÷ {b}|{a} : {b}|when {a} "
                "is divided by {b}][.|, exactly.]"
            ),
            "{a}[ divided by| over| ÷|:| /] {b}[?| equals| is what?| =]",
            "[help me with|quick one:|can you do|pls do|hey, what's] {a} [÷|/|divided by|over] {b}",
            "The dividend is {a}, the divisor [is|equals] {b}. [Find|What is|Work out] the quotient[.|, please.]",
            "[Simplify|Reduce|Bring to lowest terms|Cancel down] [the fraction |]{a}/{b}[.|]",
            (
                r"[Simplify|Reduce|simplify] [$\frac{{{a}}}{{{b}}}$|$\dfrac{{{a}}}{{{b}}}$|\frac{{{a}}}{{{b}}}][ "
                "as far as possible.|.|]"
            ),
            "[What number|Which number] [times|multiplied by] {b} [gives|makes|equals] {a}?",
            "[By what|By how much|By what number] must {b} be multiplied [to get|to give|to make] {a}?",
            (
                "[Split|Share|Divide] {a} into {b} [equal parts|equal shares|equal pieces]. [How big "
                "is each?|What is the exact size of one?|How large is a part?]"
            ),
            (
                "[The product of two numbers is|Two numbers multiplied together make|Two numbers have "
                "the product] {a}; [one of them is|one is] {b}. [Find the other.|What's the other one?]"
            ),
            (
                "[{a} is how many times {b}|How many times as large as {b} is {a}]? [Give the exact value.|"
                "Answer exactly.|A fraction is fine.]"
            ),
            "[division|Division exercise|exercise|Division]: {a}[ ÷| /|:] {b} =[?| ___|...|]",
            (
                "[A rope|A ribbon|A wire|A plank] {a} m long is cut into {b} [equal pieces|equal parts]. "
                "How many metres long is each[ exactly|, as an exact number]?"
            ),
            (
                "[I need|we need|I'm looking for] [the exact value|the result|the quotient] of {a} [÷|"
                "/|divided by|over] {b}[.|, thanks]"
            ),
            (
                "[If {b} equal portions|When {b} equal parts] make up {a}, [how much is one of them?|"
                "what is a single one worth?]"
            ),
            "[Do|Solve|Figure out|Carry out|Perform] [the division |]{a}[ ÷| /|:] {b}[.|]",
            (
                "[Write|Express|Give] {a} ÷ {b} [as a fraction in lowest terms|as a simplified fraction "
                "or a whole number|in simplest form][.|]"
            ),
            (
                "[take {a} and divide it by|start with {a}, divide by] {b}[, what comes out?|, what's "
                "the result|. Result?]"
            ),
            "[whats |what's |calc |calculate |compute |]{a}[/|÷]{b}[=|=?|?|]",
            (
                "[Express|Write|Give] {a} divided by {b} [exactly|as an exact value|as a reduced fraction "
                "if it isn't whole][.|]"
            ),
            (
                "[someone asked me|my kid asks|I was asked] what {a} [÷|/|divided by|over] {b} [is|equals][|"
                ", any help?| lol]"
            ),
            (
                "{b} times [a number|some number|an unknown number] [is|gives|equals] {a}. [Which number?|"
                "Find it exactly.|What is the number?]"
            ),
            (
                "[A tank|A barrel|A cistern] holds {a} litres, [poured evenly|shared out evenly] into "
                "{b} [buckets|cans|bottles]. [How many litres go in each, exactly?|Litres in each one,"
                " as an exact number?]"
            ),
            ("[What is|How much is] {a} shared equally [among|between] {b}[?|, exactly?|, as a fraction if need be?]"),
            (
                "[I think of a number|Think of a number|Riddle: a number], [multiplied by|times] {b} "
                "it [gives|makes] {a}. [Which number is it?|What is the number, exactly?]"
            ),
        ),
        "zh": (
            "[把|将]{a}[平均分成|均分成|等分成|平均分为]{b}份，[每份是多少？|每一份是几？|一份有多少]",
            "{a}[除以|÷|／|/]{b}[得几|等于多少|是多少呀|得多少？|，结果呢？|等于几啊]",
            (
                "[被除数是|被除数为]{a}，[除数是|除数为]{b}，[商是多少？|求商。|则商为]（[用分数表示也行|"
                "写准确值|不用小数]）"
            ),
            "[求|算出|写出|请写出]{a}[除以|与]{b}的商[。|]",
            "[帮我|麻烦|帮忙][算下|算算|做一下]{a}[÷|除以|/]{b}[|，要精确值|，谢谢]",
            "[除法|除法题|直接写得数|口算|除法练习]：{a}[÷|／|:]{b}[=|＝|]",
            r"[化简|约分|把下面的分数约分]：[{a}/{b}|$\frac{{{a}}}{{{b}}}$|$\dfrac{{{a}}}{{{b}}}$]",
            "[把|将]分数{a}/{b}[化成最简形式|约分|化为最简分数|化简][。|，结果是多少？|]",
            "{b}[乘|乘以|乘上|×]多少[等于|得|才是]{a}？",
            "[什么数|哪个数|几][乘以|乘|乘上]{b}[等于|得|是]{a}？",
            (
                "[两个数的积是|两数之积为|两数相乘得]{a}，[其中一个数是|一个因数是|其中一个是]{b}，[另一个数是多少？"
                "|求另一个数。|另一个因数是？]"
            ),
            "{a}是{b}的[几倍|多少倍]？",
            "一个数的{b}倍是{a}，[这个数是多少？|求这个数。|那这个数是？]",
            (
                "[一根绳子|一条彩带|一段铁丝|一根木条]长{a}米，[平均剪成|平均截成]{b}段，[每段长多少米？|"
                "每段几米？|一段是多少米]"
            ),
            "[老师问|孩子问我|想问下|问一下]{a}[除以|÷]{b}[等于多少|得几|是多少]",
            "用{b}去除{a}，[商是多少？|得多少？|结果是]",
            "[用|拿]{a}[除以|÷]{b}，[商是|结果是|得到][多少？|几？|]",
            "{a}里面有[多少|几]个{b}？（[可用分数表示|写成分数也可以|结果不必是整数]）",
            "[数学题：|作业：|急：|]{a}[÷|／|/]{b}[=？|等于？|=多少|＝（ ）]",
            r"${a}\div {b}$[=？|等于？|的值|，写出最简结果]",
            "[计算|算|求值|请算]：[{a}÷{b}|{a}/{b}|{a}除以{b}|{a}:{b}]",
            "{a}升[水|油|果汁|牛奶]平均[倒入|装进|分到]{b}个[桶|瓶子|罐子]，每个[装多少升|有几升|里面有多少升]？",
            "[{a}与{b}|{a}:{b}|{a}比{b}]的比值[是多少？|是几|等于？|为]",
            "被除数{a}除数{b}[商|求商|商是几|，商为多少？]",
            "积是{a}，一个因数是{b}，[另一个因数是几？|求另一个因数。|另一个是]",
            "把{a}平均分给{b}[个人|人|家]，[每人得多少？|每份多少|一份是几？]",
            "我[心里|脑子里]想了一个数，[乘以|乘]{b}[后|以后]得{a}，[我想的是几？|原来的数是多少？|这个数是？]",
        ),
    },
    "multiplication": {
        "en": (
            "[Multiply|multiply|please multiply|Can you multiply] {a} [by|with|and] {b}[.|]",
            "[What do I get|What's the answer|what is the result] [if|when] I multiply {a} by {b}?",
            "[Work out|Find|State|Give] the product [of {a} and {b}|{a} × {b}|{a} · {b}][.|, please.]",
            "{a} [times|×|*|x|·|multiplied by] {b}[?| equals| is what?|, what is that?]",
            "[help me with|quick one:|can you do|pls do|hey, what's] {a} [×|*|x|times] {b}",
            (
                "[The two factors are|The factors of a product are] {a} and {b}. [Find|What is|Work out] "
                "the product[.|, please.]"
            ),
            (
                "[A hall|A theatre|A stadium|A cinema] has {a} rows [of|with] {b} seats[.| each.] [How "
                "many seats are there?|How many seats in all?]"
            ),
            (
                "[How many|how many] [eggs|pens|screws|apples] are in {a} [boxes|crates|cartons] [of|"
                "holding|with] {b} [each|apiece]?"
            ),
            (
                "{a} [lots|groups|sets|bags] of {b}[, how many altogether?|, how many is that?| makes "
                "how many in total?]"
            ),
            (
                "[The number {b}|{b}] is added up {a} times over, i.e. {a} [equal summands|copies] of "
                "{b}. [What is the total?|The sum is?]"
            ),
            (
                "[multiplication|Multiplication exercise|exercise|Mental arithmetic|Long multiplication]: "
                "{a} [×|*|·|x] {b} =[?| ___|...|]"
            ),
            (
                "[I need|we need|my son needs|I'm looking for] [the result|the product|the value] of "
                "{a} [×|times|·] {b}[.|, thanks]"
            ),
            (
                "[One factor is|the first factor is] {a}, the other [is|one is] {b}; [the product?|what's "
                "their product?|find their product.]"
            ),
            "[What number|Which number] is {a} times [as large as|as big as|as great as] {b}?",
            "[What number divided by|Which number over|What divided by] {b} [gives|equals|is] {a}?",
            "[Do|Solve|Figure out|Carry out|Perform] [the multiplication |]{a} [×|·|*] {b}[.|]",
            r"${a} [\times|\cdot] {b}$[ =?|, please|, compute|, simplified]",
            (
                "[take {a} and multiply it by|start with {a}, multiply by] {b}[, what comes out?|, what's "
                "the result|. Result?]"
            ),
            "({a})({b}) [= ?|equals what?|= ___]",
            "{a} and {b} multiplied [together|with each other] [give what?|make what?|is how much?]",
            "[whats |what's |calc |calculate |compute |]{a}[*|×|x|·]{b}[=|=?|?|]",
            (
                "[I read|She reads|We print|He writes] {a} [pages|lines] a day for {b} days. [How many "
                "is that in all?|How many altogether?|What's the total?]"
            ),
            "[someone asked me|my kid asks|I was asked] what {a} [×|*|x|times] {b} [is|equals][|, any help?| lol]",
            (
                "[Each of {a} children gets {b} stickers|Each of {a} shelves holds {b} tins|Each of {a} "
                "trees bears {b} plums]. [How many in total?|How many are there altogether?|Total number?]"
            ),
            "{b} [multiplied by|times|by] {a}[, what's the product?|: give the product.|; product?]",
            (
                "[Scale up|Enlarge|Increase] {b} [by a factor of|by the factor] {a}[. What is the result?|"
                ".|; what number results?]"
            ),
            (
                "[I think of a number|Think of a number|Riddle: a number], [divided by|shared by] {b} "
                "it [gives|makes] {a}. [Which number is it?|What is the number?]"
            ),
            (
                "[One ticket strip|One pallet|One roll] has {b} [pieces|items|units]; [how many are there "
                "on|how many do we have with|count those in] {a} of them?"
            ),
        ),
        "zh": (
            "{a}[乘|乘以|乘上|×|x|*|·]{b}[得几|等于多少|是多少呀|得多少？|，结果呢？|等于几啊]",
            "[求|算出|写出|请写出]{a}[与|和|跟]{b}的[积|乘积][。|]",
            "[两个因数分别是|两个因数是|因数分别为]{a}[和|、]{b}，[积是多少？|求积。|它们的积为]",
            "[帮我|麻烦|帮忙][算下|算算|乘一下|做一下]{a}[×|乘|*|乘以]{b}[|，谢谢]",
            "[乘法|乘法题|竖式计算|列竖式计算|直接写得数|口算]：{a}[×|x|·|*]{b}[=|＝|]",
            "{b}的{a}倍是[多少|几|什么数]？",
            "{a}个{b}[相加|加起来|的和|合在一起][是多少？|得几？|等于多少|，一共是？]",
            "[一个数是|某数是]{b}的{a}倍，[这个数是多少？|求这个数。|这个数是几]",
            "[会议室|礼堂|电影院|体育场]有{a}排座位，每排{b}个，[一共有多少个座位？|共多少座？|总共能坐多少人？]",
            "[每箱|每盒|每筐]装{b}个[苹果|鸡蛋|零件|橙子]，{a}[箱|盒|筐][一共多少个？|共有几个？|总共装了多少个]",
            "[什么数|哪个数|几][除以|÷]{b}[等于|得|是]{a}？",
            "[一个数除以|某数除以]{b}[得|商是|等于]{a}，[求这个数。|这个数是多少？|问这个数是几？]",
            "[用|拿]{a}[乘以|乘|去乘]{b}，[积是|结果是|得到][多少？|几？|]",
            "[老师问|孩子问我|想问下|问一下]{a}[乘以|乘|×]{b}[等于多少|得几|是多少]",
            "[把|将]{a}[和|与|同]{b}[相乘|乘起来|乘在一起][，得多少？|，结果是|，积是几？]",
            "[把|将]{a}[扩大到原来的|放大到原来的|扩大为原来的]{b}倍，[得多少？|是多少？|结果是]",
            "[数学题：|作业：|急：|]{a}[×|*|·|X]{b}[=？|等于？|=多少|＝（ ）]",
            r"${a}[\times|\cdot] {b}$[=？|等于？|的值|，求积]",
            "{a}[乘|乘以]{b}的[积|得数|结果][是多少？|是几|=？|怎么算？]",
            "{a}、{b}[两数之积|这两个数的乘积|两个数的积][是多少？|为|=？|是]",
            "[计算|算|求值|请算]：[{a}×{b}|{a}*{b}|{a}乘以{b}|{a}·{b}]",
            "[每天看|每天写|每天背]{a}[页|行|个字]，{b}天[一共多少？|总共是多少？|合计多少]",
            (
                "[{a}个小朋友每人分{b}颗糖|{a}棵树每棵结{b}个桃|{a}个书架每个放{b}本书]，[总共多少？|"
                "一共是多少？|合计有多少？]"
            ),
            "因数{a}、因数{b}，[求积|积是几|积为多少？|乘积]",
            "{a}[的|这个数的]{b}倍[是多少|等于几|得几|，求出来]",
            "[{a}|一共{a}]个[车间|仓库|班级]，每个[有|分到]{b}[件|个]，[总数是多少？|合起来多少？|共计多少？]",
        ),
    },
    "mixed_calculation": {
        "en": (
            "[Simplify|Work through|Solve|Figure out|Do] [the expression |the calculation |the sum |]{said}[.|]",
            (
                "[What is the value of|What's the result of|Find the result of|Give the value of] [the "
                "expression |]{said}[?|]"
            ),
            "[help me with|quick one:|can you do|pls do|hey, what's|need this fast:] {said}",
            (
                "[mind the order of operations|watch the brackets|multiplication first, remember|follow "
                "the order of operations]: {said}[ = ?|]"
            ),
            "{said}[ equals what?| is what?| gives?| makes what?|, what's that?| = ___]",
            (
                "[exercise|Order of operations|Mixed operations|Mental arithmetic|Homework|Maths question]: "
                "{said}[ = ?| =|]"
            ),
            (
                "[I need|we need|my son needs|I'm looking for] [the answer to|the result of|the value "
                "of] {said}[.|, thanks]"
            ),
            (
                "[What do I get|What do you get|What number comes out] [for|from|if I type] {said}[ into "
                "a calculator|]?"
            ),
            (
                "[The expression|The term|The formula] {said} [has what value?|is equal to which number?|"
                "simplifies to what?]"
            ),
            (
                "[Following|Keeping to|Using] the [usual|standard] order of operations, [evaluate|calculate|"
                "work out] {said}[.|]"
            ),
            (
                "my [kid|daughter|brother|niece] [got|was given|asks about] {said} [and we're stuck, "
                "what is it?|- what's the answer?]"
            ),
            "[Show me|Tell me|Give me] [the answer|the result|what you get] for {said}[.|, please]",
            "[Carry out|Perform|Complete|Do] the [following|given] [calculation|operations]: {said}[.|]",
            "[Answer to|Result of|Value of] {said}[?|, please| is]",
            "${said}$[ =?| - evaluate|, simplify|, what is it]",
            (
                "[On paper I have|The worksheet says|It says here] {said}[.|:] [What should come out?|"
                "What is the answer?]"
            ),
            "{said}[=|=?| =?| .. what's the answer| ? thanks]",
            "[someone asked me|my kid asks|I was asked] what {said} [is|equals][|, any help?| lol]",
            "[Can you|Could you please|Would you] [do|solve|evaluate|simplify] {said}[ for me|]?",
            (
                "[If I type|If you type|When I enter] {said} into a calculator, [what should appear?|"
                "which number should it show?|what comes up?]"
            ),
            "whats {said}[?| pls| equal to|]",
            (
                "[Tom|Anna|My cousin] has to [calculate|work out|evaluate] {said}. [What is the right "
                "answer?|What should the answer be?|Which result is right?]"
            ),
        ),
        "zh": (
            "[脱式计算|递等式计算|混合运算|四则运算|口算|计算下面各题|直接写得数]：{said}[=|]",
            "[帮我|麻烦|帮忙][算下|算算|做一下|看看][这道题|这个式子|]：{said}[|，谢谢]",
            "{said}[得几|等于多少呀|等于多少？|，结果是多少？|得多少？|怎么算]",
            "[求|求出|写出|请写出|试求][式子|算式|]{said}的[值|结果|得数][。|]",
            "[算式|式子]{said}的[得数|结果|值][是多少？|是几？|为]",
            "[注意运算顺序|先乘除后加减|按运算顺序|有括号先算括号][，|：]{said}[=？|等于多少？|]",
            "[老师出的题|孩子的作业|数学题|急|作业]：{said}[=？|=多少|等于几|]",
            "[把|将]{said}[算出来|化简|算一算|的结果写出来][。|]",
            "[我在|在]计算器[上|里][输入|按]{said}，[会得到什么数？|得数是多少？|显示几？]",
            "{said}[应该|到底|最后][等于|得|是][多少|几][呢|啊|？]",
            "[想问下|问一下|请教一下]{said}[等于几|怎么算|的答案是多少]",
            "[化简|求值|计算并写出结果|算一算]：{said}",
            "[运算|算完|做完]{said}[后|之后][得到什么数？|结果是几？|得多少？]",
            "[完成|做出]这道[混合运算|计算题|算术题]：{said}[=|＝|。]",
            "${said}$[=？|的值是|，求值|等于几]",
            "[请|请你|]给出{said}的[答案|计算结果|得数][。|]",
            "{said}[是几啊|，快帮我算|，答案？|，要过程和得数]",
            "[请教：|求助：|有没有人会：]{said}[等于多少|怎么算|=？]",
            "[按顺序|一步一步|先算括号或乘法，]计算{said}[。|，得多少？]",
            "[练习|例题|第一题|考试题]：[计算|求|]{said}[的值|。|＝]",
            "{said}[最终结果|最后得数|正确答案][是多少|是几|为][？|]",
            "小明[算|做|计算]{said}，[正确的得数应是多少？|他应该得到几？|答案应是？]",
        ),
    },
    "fraction_operation": {
        "en": (
            (
                "[Simplify|Work out|Solve|Figure out|Do] [{a}/{b} {sign} {c}/{d}|({a}/{b}) {sign} ({c}/{d})|"
                "{a}/{b}{sign}{c}/{d}][.|]"
            ),
            (
                "[help me with|quick one:|can you do|pls do|hey, what's] [{a}/{b} {sign} {c}/{d}|({a}/{b}) "
                "{sign} ({c}/{d})|{a}/{b}{sign}{c}/{d}]"
            ),
            "{a}/{b} {word} {c}/{d}[ equals what?| is what?| =|, as a fraction please| gives?| in lowest terms]",
            (
                "[What is|What's|How much is] [{a}/{b} {sign} {c}/{d}|({a}/{b}) {sign} ({c}/{d})] [in "
                "simplest form|as a simplified fraction|in lowest terms]?"
            ),
            (
                "[I need|we need|my son needs|I'm looking for] [the answer to|the result of|the exact "
                "value of] {a}/{b} {word} {c}/{d}[.|, thanks]"
            ),
            (
                "[Fractions|Fraction exercise|Working with fractions|Homework]: [{a}/{b} {sign} {c}/{d}|"
                "({a}/{b}) {sign} ({c}/{d})] =[?| ___|]"
            ),
            (
                r"[What is the value of|Simplify|Evaluate exactly] [$\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}$|"
                r"$\dfrac{{{a}}}{{{b}}} {tex} \dfrac{{{c}}}{{{d}}}$]"
            ),
            "[What do I get|What do you get|What comes out] for the fraction {a}/{b} {word} the fraction {c}/{d}?",
            (
                "how do [I|you|we] [do|work out|calculate] {a}/{b} {word} {c}/{d}[?| - what's the answer|"
                ", and what comes out?]"
            ),
            (
                "[Write|Express|Give] [{a}/{b} {sign} {c}/{d}|({a}/{b}) {sign} ({c}/{d})] as a single "
                "[reduced |simplified |]fraction[.|]"
            ),
            "{a} over {b}, {word} {c} over {d}[: what's that?|. Result?|, reduced please]",
            (
                r"[Perform|Carry out|Complete] the [operation|calculation] [$\frac{{{a}}}{{{b}}} {tex} "
                r"\frac{{{c}}}{{{d}}}$|\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}][ and reduce the "
                "result.| and simplify.|.]"
            ),
            (
                "[{a}/{b} {sign} {c}/{d}|({a}/{b}){sign}({c}/{d})][ = ? reduce your answer| = ? (exact)|"
                ", exact value|, no decimals please]"
            ),
            (
                "the numbers {a}/{b} and {c}/{d} are given; [compute|find|work out] {a}/{b} {word} {c}/{d}[.|"
                " in lowest terms.]"
            ),
            (
                "[Reduce|Bring] [{a}/{b} {sign} {c}/{d}|({a}/{b}) {sign} ({c}/{d})] to [lowest terms|"
                "its simplest form][.|]"
            ),
            "[whats |what's |calc |compute |][({a}/{b}){op}({c}/{d})|({a}/{b}) {op} ({c}/{d})][=|=?|?|]",
            ("[someone asked me|my kid asks|I was asked] what {a}/{b} {word} {c}/{d} [is|equals][|, any help?| lol]"),
            "[Can you|Could you please|Would you] [do|solve|work out|simplify] {a}/{b} {word} {c}/{d}[ for me|]?",
            (
                r"[Find|Give] the exact value of [$\left(\frac{{{a}}}{{{b}}}\right) {tex} \left(\frac{{{c}}}{{{d}}}\r"
                "ight)$|${a}/{b} {tex} {c}/{d}$][.|]"
            ),
            (
                "[Tom|Anna|My cousin] has to [calculate|work out|evaluate] {a}/{b} {word} {c}/{d}. [What "
                "is the right answer?|What should the answer be?|Which result is right?]"
            ),
        ),
        "zh": (
            (
                "[分数计算|分数运算|计算下列各题|直接写得数|作业]：[{a}/{b}{sign}{c}/{d}|({a}/{b}) {sign} "
                "({c}/{d})|{a}/{b} {sign} {c}/{d}][=|]"
            ),
            "[帮我|麻烦|帮忙][算下|算算|做一下]{a}/{b}{word}{c}/{d}[|，要最简分数|，谢谢]",
            "{b}分之{a}{word}{d}分之{c}[等于多少？|是多少|，结果是？|得几|怎么算]",
            "[求|求出|算出|写出]{b}分之{a}{word}{d}分之{c}的[结果|值|得数][。|]",
            (
                r"[化简|求值|计算并化简|计算，结果写成最简分数]：[$\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}$|"
                r"$\dfrac{{{a}}}{{{b}}}{tex}\dfrac{{{c}}}{{{d}}}$]"
            ),
            "[{a}/{b} {sign} {c}/{d}|({a}/{b}){sign}({c}/{d})][等于几分之几？|等于多少呀|，结果要约分|得多少？]",
            "[分数|]{a}/{b}{word}[分数|]{c}/{d}[，结果是多少？|，得几？|，等于？|的结果]",
            "[老师问|孩子问我|想问下|问一下]{a}/{b}{word}{c}/{d}[等于多少|得几|是多少]",
            "[用|拿]{a}/{b}{word}{c}/{d}，[得数是多少？|结果是|得到几？]",
            "[把|将][{a}/{b} {sign} {c}/{d}|({a}/{b}){sign}({c}/{d})][化成最简分数|的结果化简|算出来]。",
            (
                "[已知两个分数|有两个分数]{a}/{b}和{c}/{d}，[求前者|用前一个|第一个]{word}[后者|后一个|"
                "第二个][的结果|等于多少]。"
            ),
            (
                r"[试求|请算|算一算][$\frac{{{a}}}{{{b}}} {tex} \frac{{{c}}}{{{d}}}$|\frac{{{a}}}{{{b}}} "
                r"{tex} \frac{{{c}}}{{{d}}}]的[值|结果][。|]"
            ),
            "[{a}/{b} {sign} {c}/{d}|({a}/{b}){sign}({c}/{d})]，[要准确值不要小数|用分数作答|结果保留分数]",
            "{d}分之{c}[和|与]{b}分之{a}[这两个分数|两数]，用{b}分之{a}{word}{d}分之{c}，[得多少？|结果是？]",
            "[数学题：|急：|]{a}/{b}{word}{c}/{d}[=？|＝|等于？|=多少]",
            "[计算|算|求值|请算]：[{a}/{b}{word}{c}/{d}|{a}/{b}{word}{c}/{d}，约成最简|分数{a}/{b}{word}{c}/{d}]",
            "[({a}/{b}){op}({c}/{d})|({a}/{b}) {op} ({c}/{d})][=|等于多少|=？|，化简]",
            "{a}/{b}{word}[一个分数|]{c}/{d}[，得几分之几？|，最简结果？|，约分后是？]",
            "[请教：|求助：|有没有人会：]{b}分之{a}{word}{d}分之{c}[等于多少|怎么算]",
            "小明[算|做|计算]{a}/{b}{word}{c}/{d}，[正确的得数应是多少？|他应该得到几？|答案应是？]",
        ),
    },
    "decimal_calculation": {
        "en": (
            "[Work out|Do|Solve|Figure out|Simplify] [{p} {sign} {q}|{p}{sign}{q}][.| exactly.|]",
            "[help me with|quick one:|can you do|pls do|hey, what's] [{p} {sign} {q}|{p}{sign}{q}]",
            "[What do I get|What do you get|What comes out] [for|from|when I type] {p} {sign} {q}?",
            (
                "[Decimals|Decimal exercise|Working with decimals|Homework|Mental arithmetic]: {p} {sign} "
                "{q} =[?| ___|]"
            ),
            (
                "[I need|we need|my son needs|I'm looking for] [the answer to|the result of|the exact "
                "value of] {p} {sign} {q}[.|, thanks]"
            ),
            (
                "[What is the value of|What's the exact result of|Give me the result of|Find the exact "
                "value of] {p} {sign} {q}[?|]"
            ),
            "{p} {sign} {q}[ equals what?| is what?| gives?|, no rounding please|, exact answer]",
            (
                "[Carry out|Perform|Complete|Do] the [calculation|operation] {p} {sign} {q} [by hand|"
                "without rounding|with decimals][.|]"
            ),
            ("how do [I|you|we] [do|work out|calculate] {p} {sign} {q}[?| - what's the answer|, and what comes out?]"),
            (
                "[The expression|The term] {p} {sign} {q} [has what value?|is equal to which decimal?|"
                "equals which number?]"
            ),
            "${p} {sign} {q}$[ =?|, evaluate|, exactly|, please]",
            (
                "[Tell me|Show me|Give me] [the answer to|the exact result of|what you get for] {p} {sign} "
                "{q}[.|, please]"
            ),
            (
                "[On my receipt it says|On the worksheet it says|The exercise is] {p} {sign} {q}[.|;] "
                "[what should come out?|what is the answer?]"
            ),
            "[Two decimals|Two numbers], {p} and {q}, are given. [Find|Calculate] {p} {sign} {q}[.|]",
            "[Answer to|Result of|Value of] {p} {sign} {q}[?|, please| is]",
            "[whats |what's |calc |calculate |compute |]{p}{sign}{q}[=|=?|?|]",
            "[someone asked me|my kid asks|I was asked] what {p} {sign} {q} [is|equals][|, any help?| lol]",
            "[Can you|Could you please|Would you] [do|solve|evaluate|work out] {p} {sign} {q}[ for me|]?",
            "[Give|Find] {p} {sign} {q} [without rounding|exactly|to the last digit][.|]",
            (
                "[Tom|Anna|My cousin] has to [calculate|work out|evaluate] {p} {sign} {q}. [What is the "
                "right answer?|What should the answer be?|Which result is right?]"
            ),
        ),
        "zh": (
            "[小数计算|小数运算|列竖式计算|直接写得数|口算|作业]：{p}[ {sign} |{sign}]{q}[=|＝|]",
            "[帮我|麻烦|帮忙][算下|算算|做一下]{p}[{sign}| {sign} ]{q}[|，要准确值|，谢谢]",
            "{p}{sign}{q}[得几|等于多少呀|，结果是多少？|得多少？|怎么算|等于几啊]",
            "[求|求出|写出|试求][算式|式子|]{p}{sign}{q}的[值|结果|得数][。|]",
            "[老师问|孩子问我|想问下|问一下]{p}{sign}{q}[等于多少|得几|是多少]",
            "[算式|式子]{p}{sign}{q}的[得数|结果|值][是多少？|是几？|为]",
            "[我在|在]计算器[上|里][输入|按]{p}{sign}{q}，[会得到什么数？|得数是多少？|显示多少？]",
            "[把|将]{p} {sign} {q}[算出来|的结果写出来|算一算][。|]",
            "{p} {sign} {q}，[不要四舍五入|要精确结果|请给出准确值|结果写成小数或分数都行]",
            "[两个小数|有两个数]{p}和{q}，[计算|求|算]{p}{sign}{q}[。|的结果]",
            "[数学题：|急：|]{p}{sign}{q}[=？|等于？|=多少|＝（ ）]",
            "${p}{sign}{q}$[=？|的值是|，求值|等于几]",
            "[完成|做出]这道[小数计算题|小数题|计算题]：{p} {sign} {q}[=|＝|。]",
            "[请|请你|]给出{p}{sign}{q}的[答案|计算结果|得数][。|]",
            "[收银条上写着|练习册上写着|题目是]{p}{sign}{q}，[答案是多少？|应该等于几？|结果是？]",
            "[计算|算|求值|请算]：[{p}{sign}{q}|{p} {sign} {q}]",
            "[请教：|求助：|有没有人会：]{p}{sign}{q}[等于多少|怎么算|=？]",
            "{p}{sign}{q}[是几啊|，快帮我算|，答案？|，结果不取近似]",
            "小明[算|做|计算]{p}{sign}{q}，[正确的得数应是多少？|他应该得到几？|答案应是？]",
        ),
    },
    "power": {
        "en": (
            "[Raise|raise|please raise] {a} to the [power|power of|exponent] {n}[.|]",
            "{a} [to the power|raised to the power|raised to] {n}[?| equals| is what?|, what is that?]",
            "[help me with|quick one:|can you do|pls do|hey, what's] [{a}^{n}|{a}**{n}|{a} ^ {n}]",
            "[What do I get|What's the answer|what is the result] [if|when] I raise {a} to the power {n}?",
            (
                "[The base is|Base] {a}[, the exponent is {n}|, exponent {n}]. [Find|What is|Work out] "
                "the power[.|, please.]"
            ),
            (
                "[Multiply {n} copies of {a} together|Multiply together {n} factors, each equal to {a}|"
                "Take {n} factors of {a} and multiply them][.|. What is the product?|; the result is?]"
            ),
            (
                "[A product has|We have] {n} factors, [all of them {a}|each of them {a}]. [What is its "
                "value?|What is the product?]"
            ),
            (
                "[Powers|Exponents exercise|exercise|Evaluate the power|Powers practice]: [{a}^{n}|{a} "
                "^ {n}|${a}^{{{n}}}$][ =| = ?|]"
            ),
            (
                "[I need|we need|I'm looking for] [the value of|the exact value of] [{a}^{n}|{a}**{n}|"
                "{a} to the power {n}][.|, thanks]"
            ),
            (
                "[Write out|Expand|Give|Write] [{a}^{n}|${a}^{{{n}}}$|{a} to the power {n}] as [a whole "
                "number|an ordinary number|an integer][.|]"
            ),
            (
                "[What is the value of|Find the value of|Give the exact value of] [${a}^{{{n}}}$|{a}^{{{n}}}|"
                "{a}^({n})][?|]"
            ),
            (
                "with [base|a base of] {a} and [exponent|an exponent of] {n}, [what's the power|what "
                "does the power equal|find the power][?|]"
            ),
            "[pow({a}, {n})|{a} ** {n}|{a}**{n}][ gives what?| = ?|, what's the result?]",
            (
                "how [big|large] is [{a}^{n}|{a} to the power of {n}|{a} raised to the {n}][ exactly?|"
                "?|, digit for digit?]"
            ),
            (
                "[A code has|A lock has|A password has] {n} places with {a} possible [symbols|signs|characters] "
                "each. [How many codes exist?|How many different ones are there?]"
            ),
            "[Exponentiate|Compute the power]: base {a}, exponent {n}[.|; result?|, please]",
            "[whats |what's |calc |calculate |compute |][{a}^{n}|{a}**{n}|({a})^{n}][=|=?|?|]",
            (
                "[someone asked me|my kid asks|I was asked] what {a} to the power [of |]{n} [is|equals][|"
                ", any help?| lol]"
            ),
            "{a} to the {n}[?|, what's that| equals what?| power = ?]",
            (
                "[Can you|Could you please|Would you] [raise {a} to the power {n}|calculate {a} to the "
                "power of {n}|take {a} to the power {n}][ for me|]?"
            ),
        ),
        "zh": (
            "{a}的{n}次[方|幂][得几|等于多少|是多少呀|是什么数|，结果呢？|怎么算]",
            "[求|算出|写出|请写出]{a}的{n}次幂[。|的值|]",
            "[底数是|底数为]{a}，[指数是|指数为]{n}，[幂是多少？|求幂。|求这个幂的值。|则幂为]",
            "{n}个{a}[相乘|连乘|乘在一起][，积是多少？|等于多少？|得几|的积是？]",
            "[帮我|麻烦|帮忙][算下|算算|做一下][{a}^{n}|{a}的{n}次方|{a}**{n}][|，谢谢]",
            "[乘方|乘方运算|幂的计算|直接写得数|计算下列各题]：[{a}^{n}|${a}^{{{n}}}$|{a}^{{{n}}}][=|＝|]",
            "[把|将]{a}的{n}次方[展开算出来|写成一个整数|算成具体的数]，[是多少？|等于？|结果是几]",
            "[老师问|孩子问我|想问下|问一下]{a}的{n}次方[等于多少|得几|是多少]",
            "[乘方|幂]${a}^{{{n}}}$[等于？|=？|的值是|，求值|等于几]",
            "[用|拿]{n}个[相同的因数|同样的因数]{a}[相乘|连乘]，[积是多少？|得多少？|结果是？]",
            "[数学题：|作业：|急：|][{a}^{n}|{a}**{n}|{a} ^ {n}][=？|等于？|=多少|＝（ ）]",
            "[以{a}为底、{n}为指数|底为{a}，指数为{n}|以{a}为底数、以{n}为指数]的幂[是多少？|等于几|的值为]",
            "[算出|写出|给出][{a}^{n}|${a}^{{{n}}}$|{a}的{n}次方]的[准确值|精确值|值][。|]",
            "[密码锁|密码]有{n}位，每位有{a}种[选法|可能|符号]，[一共有多少种密码？|共多少种密码？|能组成多少种]",
            "{a}[自己和自己相乘，共有{n}个因数|连乘，因数一共{n}个]，[积是多少？|得多少？|等于几？]",
            "pow({a}, {n})[是多少？|的结果|等于几|=]",
            "[计算|算|求值|请算]：[{a}^{n}|{a}的{n}次方|{a}的{n}次幂|{a}**{n}]",
            "[请教：|求助：|有没有人会：]{a}的{n}次[方|幂][等于多少|怎么算]",
            "{a}^{n}[是几啊|是多少|等于几|，求值|，答案？]",
            "{n}个{a}的[连乘积|乘积][是多少？|等于几|为]",
            "底数[取|为]{a}、指数[取|为]{n}时，[幂的值是多少？|乘方的结果是？|幂等于几？]",
        ),
    },
    "square_root": {
        "en": (
            (
                r"[Simplify|simplify|please simplify] [√{n}|sqrt({n})|$\sqrt{{{n}}}$|the square root of "
                "{n}|the surd √{n}][.|]"
            ),
            "[Take|Extract|Find|Work out] the square root of {n}[.|, exactly.| and simplify it.]",
            "[What is the|Find the|Give the] [principal|positive|exact] square root of {n}[?|]",
            "[help me with|quick one:|can you do|pls do|hey, what's] [√{n}|sqrt({n})|the root of {n}|root {n}]",
            ("[Which|What] [positive number|number above zero] [squared is|has the square|gives, when squared,] {n}?"),
            (
                "[A square has an area of|The area of a square is|A square covers an area of] {n}. [How "
                "long is its side, exactly?|Find the side.|What is the length of a side?]"
            ),
            (
                r"[Write|Express|Give] [√{n}|$\sqrt{{{n}}}$|sqrt({n})] in [simplest radical form|its simplest "
                "form|lowest surd form][.|]"
            ),
            ("[What positive number|Which positive number] [times itself|multiplied by itself] [is|gives|makes] {n}?"),
            "[square root|root|sqrt] of {n}[?| =|, exact please|, no decimals]",
            (
                "[I need|we need|I'm looking for] [the exact root of {n}|the square root of {n}, exactly|"
                "√{n} in exact form][.|, thanks]"
            ),
            r"[Surds|Radicals exercise|Roots|Homework]: [√{n}|$\sqrt{{{n}}}$|sqrt({n})][ = ?| =|]",
            (
                "[The square of a positive number is|A positive number squared equals|Squaring a positive "
                "number gave] {n}[.|;] [which number is it?|find the number.|what is the number?]"
            ),
            "how do I [simplify|work out|take] [√{n}|the square root of {n}|sqrt({n})][?|, and what is it?]",
            (
                r"[Pull the squares out of|Take all squares out of|Reduce] [√{n}|$\sqrt{{{n}}}$|the root "
                "of {n}][ as far as possible.| completely.|, please.]"
            ),
            "{n} under [the root sign|a square root|the radical][, simplified?| is what?|: simplify.]",
            r"[What is the value of|Evaluate exactly|What's the exact value of] [√{n}|$\sqrt{{{n}}}$|sqrt {n}][?|]",
            "[whats |what's |calc |calculate |compute |][√{n}|sqrt({n})|sqrt {n}|root {n}][=|=?|?|]",
            (
                "[someone asked me|my kid asks|I was asked] what [the square root of {n}|√{n}|sqrt({n})] "
                "[is|equals][| exactly|, any help?]"
            ),
            "[Can you|Could you please|Would you] [take|simplify|find] the square root of {n}[ for me|]?",
            (
                "[A square field|A square room|A square plate] has area {n} (in square units). [Find "
                "its exact side length.|How long is one side, exactly?]"
            ),
        ),
        "zh": (
            r"[化简|化简二次根式|化成最简二次根式|把根式化简]：[√{n}|$\sqrt{{{n}}}$|根号{n}]",
            "根号{n}[等于多少|是多少呀|怎么化简|化简后是？|得几|，结果呢？]",
            "[给|把|对]{n}[开根号|开平方取正值|开二次方取算术根]，[等于多少？|结果是？|得几]",
            "[求|算出|写出|求出]{n}的[算术平方根|正的平方根|正平方根][。|]",
            "[哪个正数|什么正数]的平方[等于|是|为]{n}？",
            "[一个正数的平方是|某正数的平方为|一个正数平方后得]{n}，[求这个数。|这个数是多少？|这个正数是？]",
            "[正方形的面积是|一个正方形面积为|已知正方形的面积等于]{n}，[边长是多少？|求边长。|它的边长为]",
            "[帮我|麻烦|帮忙][算下|算算|化简一下][√{n}|根号{n}|sqrt({n})][|，谢谢]",
            r"[把|将][√{n}|$\sqrt{{{n}}}$|根号{n}][化成最简形式|化为最简根式|化到最简]。",
            "[老师问|孩子问我|想问下|问一下]{n}的算术平方根[等于多少|得几|是多少]",
            "[数学题：|作业：|急：|][√{n}|sqrt({n})|√({n})][=？|等于？|=多少|＝（ ）]",
            r"[开方|开根号|根式计算|求值]：[√{n}|$\sqrt{{{n}}}$][=|＝|]",
            "[哪个正数|什么正数][乘它自己|自乘|和自己相乘][等于|得|是]{n}？",
            "[要|要求]准确值[不要小数|，不取近似]，[√{n}|根号{n}|{n}的算术平方根]是多少[？|]",
            r"[二次根式|根式|式子][√{n}|$\sqrt{{{n}}}$][的最简形式|化简的结果|化简后][是什么？|是|为]",
            "{n}开根号[是多少|等于几|后是什么|怎么写][？|]",
            "[计算|算|求值|请化简]：[√{n}|根号{n}|sqrt({n})|{n}的算术平方根]",
            "[请教：|求助：|有没有人会：][√{n}|根号{n}][等于多少|怎么化简]",
            "[一块正方形|这块正方形][草地|瓷砖|桌面|手帕]面积是{n}，[边长等于多少？|求边长的准确值。|边长怎么算]",
            "{n}的算术[平方根|二次方根][是几|是多少|怎么写|为]",
        ),
    },
    "greatest_common_divisor": {
        "en": (
            (
                "[What is|Find|Give|Work out] the [GCD|gcd|HCF|GCF|greatest common factor|highest common "
                "divisor] of {a} and {b}[.|, please.]"
            ),
            (
                "[What is|what's|Which is|Find] the [largest|biggest|greatest] [number|whole number|integer] "
                "that divides both {a} and {b}[?|]"
            ),
            (
                "[By which largest number|By what greatest number] can [both {a} and {b}|{a} as well "
                "as {b}] be divided [without remainder|evenly|exactly]?"
            ),
            "{a} and {b}: [greatest common divisor|gcd|hcf|highest common factor][?|]",
            (
                "[help me with|quick one:|can you do|pls do] [gcd of {a} and {b}|the gcf of {a} and {b}|"
                "gcd({a},{b})|GCF({a}, {b})]"
            ),
            (
                "[A floor|A wall|A yard] {a} cm by {b} cm is to be covered with equal square tiles, none "
                "cut. [How many cm is the side of the largest such tile?|Find the side of the largest "
                "tile, in cm.]"
            ),
            (
                "[Two ropes|Two boards|Two pipes] are {a} cm and {b} cm long. They are cut into equal "
                "pieces with nothing wasted. [How many cm can a piece be at most?|Find the greatest possible "
                "piece in cm.]"
            ),
            (
                "{a} [pens|apples|red beads] and {b} [pencils|pears|blue beads] are to be packed into "
                "identical [bags|boxes|sets], all used up. [What is the largest possible number of them?|"
                "At most how many can be made?]"
            ),
            (
                "[Use|Apply|Run] [Euclid's algorithm|the Euclidean algorithm] [on|to] {a} and {b}[.|. "
                "What is the gcd?|; the greatest common divisor is?]"
            ),
            (
                "[Among|Of] all common [divisors|factors] of {a} and {b}, [which is the largest?|find "
                "the greatest.|what's the biggest one?]"
            ),
            (
                "[I need|we need|I'm looking for] the [gcd|hcf|highest common factor|greatest common "
                "divisor] for {a} and {b}[.|, thanks]"
            ),
            (
                "[If|When] the fraction {a}/{b} is reduced to lowest terms, [by what number is it cancelled?|"
                "which number are both parts divided by?]"
            ),
            r"$\gcd({a}, {b})$[ = ?|, please|]",
            (
                "[The numbers|The integers|Two numbers,] {a} and {b} [are given|are on the board]. [Determine "
                "their greatest common divisor.|What is their highest common factor?|Find their gcd.]"
            ),
            (
                "how do you [get|find|work out] the [greatest common factor|gcd|hcf] of {a} and {b}[?|"
                ", and what is it?]"
            ),
            (
                "[What's the largest divisor that {a} and {b} share|Which is the greatest factor common "
                "to {a} and {b}|What is the biggest factor {a} and {b} have in common]?"
            ),
            "[whats |what's |calc |compute |][gcd({a},{b})|gcd {a} {b}|GCD of {a}, {b}|hcf {a} {b}][=|?|]",
            (
                "[someone asked me|my kid asks|I was asked] [for the gcd of {a} and {b}|what the HCF "
                "of {a} and {b} is|for the greatest common factor of {a} and {b}]"
            ),
            (
                "[A teacher|A florist|A baker] splits {a} [roses|rolls|red cards] and {b} [lilies|buns|"
                "green cards] into equal sets with nothing left. [What is the greatest possible number "
                "of sets?|How many sets at most?]"
            ),
            (
                "[What is the longest ruler|What is the longest stick] that measures both {a} cm and "
                "{b} cm [exactly|a whole number of times], in cm?"
            ),
        ),
        "zh": (
            "[能同时整除|同时能整除|可以同时整除]{a}和{b}的最大[整数|自然数|的数][是多少？|是几|为]",
            "{a}[和|与|跟|、]{b}的最大公[约数|因数|因子][是几|怎么求|有多大|等于多少呀|，谢谢]",
            "[求|算出|写出|请写出]{a}[、|与|跟]{b}[两数|这两个数]的最大公[因数|约数][。|]",
            "[帮我|麻烦|帮忙][算下|算算|求一下][gcd({a},{b})|{a}和{b}的gcd|{a}跟{b}最大的公因数][|，谢谢]",
            (
                "[两根绳子|两根木条|两根铁丝|两条彩带]分别长{a}厘米和{b}厘米，[剪成|截成]同样长的小段且没有剩余，"
                "每段最长多少厘米[？|]"
            ),
            (
                "[一块长方形地|一面墙|一块布|一张纸]长{a}厘米、宽{b}厘米，[分成|裁成|划成]同样大小的正方形且没有剩余"
                "，正方形边长最大是多少厘米[？|]"
            ),
            (
                "有{a}[个苹果|支铅笔|本练习本]和{b}[个橘子|块橡皮|颗糖]，全部平均分成[相同的|一样的]若干份，"
                "最多[能分成|可以分]多少份[？|]"
            ),
            "[用|请用]辗转相除法求{a}[和|与]{b}的最大公[约数|因数][。|，结果是？]",
            "[用短除法|用分解质因数的方法]求{a}[和|与]{b}的最大公[约数|因数][。|]",
            "{a}和{b}的[公因数|公约数|公因子][中最大的|里最大的一个|当中最大的][是多少？|是几？|为]",
            "[分数|要把]{a}/{b}[一步约到最简|一次约成最简分数]，分子分母[要同时除以哪个数|应同除以几]？",
            "[老师问|孩子问我|想问下|问一下]{a}和{b}的最大公因数[等于多少|得几|是多少]",
            ("[已知两个数|有两个数|两个正整数]{a}和{b}，[求它们的最大公约数。|它们的最大公因数是多少？|最大公约数为]"),
            r"$\gcd({a},{b})$[=？|等于几|的值|，求值]",
            (
                "[有一个数既是{a}的因数又是{b}的因数|某数既能整除{a}也能整除{b}|一个数是{a}和{b}的公因数]，"
                "[它最大是几？|最大可能是多少？|求它的最大值。]"
            ),
            "({a},{b})表示{a}和{b}的最大公因数，[这个值等于多少？|求它的值。|它是几？]",
            "[计算|求|请算]：[gcd({a},{b})|{a}和{b}的最大公约数|{a},{b}的最大公因数]",
            "[请教：|求助：|有没有人会：]{a}和{b}最大的公[因数|约数][是多少|怎么求]",
            "{a}，{b}，[最大公约数|最大公因数|gcd][？|是几|=|多少]",
            (
                "[花店|老师|幼儿园]有{a}[朵红花|支红笔|块饼干]和{b}[朵黄花|支蓝笔|块巧克力]，[搭配成|"
                "分成]完全相同的若干[束|份|组]且正好分完，[最多几份？|最多能分成多少？]"
            ),
        ),
    },
    "least_common_multiple": {
        "en": (
            (
                "[What is|Find|Give|Work out] the [LCM|lcm|lowest common multiple|smallest common multiple] "
                "of {a} and {b}[.|, please.]"
            ),
            (
                "[What is|what's|Which is|Find] the [smallest|least|lowest] positive [number|whole number|"
                "integer] divisible by both {a} and {b}[?|]"
            ),
            (
                "[Which|What] smallest [number|positive number] [can be divided evenly by|is a multiple "
                "of] [{a} and {b} alike|both {a} and {b}|{a} and also of {b}]?"
            ),
            "{a} and {b}: [least common multiple|lcm|lowest common multiple][?|]",
            (
                "[help me with|quick one:|can you do|pls do] [lcm of {a} and {b}|the lcm for {a} and "
                "{b}|lcm({a},{b})|LCM({a}, {b})]"
            ),
            (
                "Two [buses|trams|ferries] leave [together|at the same moment]; one goes every {a} minutes,"
                " the other every {b} minutes. After how many minutes do they [next |]leave together "
                "again?"
            ),
            (
                "[Two lamps|Two lights|Two bells|Two alarms] go off at the same time, then one every "
                "{a} seconds, the other every {b} seconds. [After how many seconds do they next coincide?|"
                "How many seconds until both go off together again?]"
            ),
            (
                "[Rectangles|Cards|Tiles] of {a} cm by {b} cm, all lying the same way, are laid to a "
                "square. [How many cm is the side of the smallest such square?|Find the side of the smallest "
                "square, in cm.]"
            ),
            (
                "[State|Find|Give] the [least|lowest|smallest] common denominator [for fractions with|"
                "of two fractions with] the denominators {a} and {b}[.|]"
            ),
            (
                "[Among|Of] all positive common multiples of {a} and {b}, [which is the smallest?|find "
                "the least.|what's the lowest one?]"
            ),
            (
                "[I need|we need|I'm looking for] the [lcm|least common multiple|lowest common multiple] "
                "for {a} and {b}[.|, thanks]"
            ),
            r"$\operatorname{{lcm}}({a}, {b})$[ = ?|, please|]",
            (
                "[The numbers|The integers|Two numbers,] {a} and {b} [are given|are on the board]. [Determine "
                "their least common multiple.|What is their lowest common multiple?|Find their lcm.]"
            ),
            (
                "[Mia|Dad|A nurse] comes every {a} days and [Leo|Mum|a cook] every {b} days; [today|this "
                "morning] they met. In how many days will they [next meet|meet again]?"
            ),
            (
                "[Counting in steps of {a} and in steps of {b}|If one counts by {a} and the other by "
                "{b}] from zero, [what is the first number both hit?|which positive number is the first "
                "in both lists?]"
            ),
            "how do you [get|find|work out] the [least common multiple|lcm] of {a} and {b}[?|, and what is it?]",
            "[whats |what's |calc |compute |][lcm({a},{b})|lcm {a} {b}|LCM of {a}, {b}][=|?|]",
            (
                "[someone asked me|my kid asks|I was asked] [for the lcm of {a} and {b}|what the LCM "
                "of {a} and {b} is|for the lowest common multiple of {a} and {b}]"
            ),
            (
                "[Eggs|Chairs|Beads|Coins] can be grouped in {a}s or in {b}s with none left over. [What "
                "is the smallest possible number of them?|How many are there at least?|Find the least "
                "positive number.]"
            ),
            (
                "[To add|Before adding] fractions with denominators {a} and {b}, [what is the least common "
                "denominator?|which smallest denominator works for both?]"
            ),
        ),
        "zh": (
            "[能同时被|可以同时被|同时能被]{a}和{b}整除的最小[正整数|自然数（零除外）][是多少？|是几|为]",
            "{a}[和|与|跟|、]{b}的最小公倍数[是几|怎么求|有多大|等于多少呀|，谢谢]",
            "[求|算出|写出|请写出]{a}[、|与|跟]{b}[两数|这两个数]的最小公倍数[。|]",
            "[帮我|麻烦|帮忙][算下|算算|求一下][lcm({a},{b})|{a}和{b}的lcm|{a}跟{b}最小的公倍数][|，谢谢]",
            (
                "两路[公交车|电车|班车]同时[发车|从总站开出]，一路每{a}分钟一班，另一路每{b}分钟一班，"
                "[至少|最少]再过多少分钟[又同时发车|再次同时发车]？"
            ),
            (
                "[两盏灯|两个信号灯|两座灯塔]同时[亮起|闪光|闪了一下]，之后一个每{a}秒闪一次，另一个每{b}秒闪一次，"
                "[至少|最少]过多少秒再次同时闪[？|光？]"
            ),
            "用长{a}厘米、宽{b}厘米的[地砖|长方形纸片|瓷砖]同方向[拼成|铺成]正方形，正方形边长最小是多少厘米[？|]",
            (
                "[两个分数的分母是|分母分别是|分母为]{a}和{b}，[通分时最小的公分母是多少？|求最小公分母。"
                "|最简公分母为几？]"
            ),
            "[用短除法|用分解质因数的方法]求{a}[和|与]{b}的最小公倍数[。|]",
            "{a}和{b}的[公倍数|正公倍数][中最小的|里最小的一个|当中最小的][是多少？|是几？|为]",
            (
                "[小李|小王|爸爸]每{a}天去一次[图书馆|健身房|游泳馆]，[小张|小赵|妈妈]每{b}天去一次，"
                "今天两人遇上，[至少|最少]再过多少天又遇上？"
            ),
            "[老师问|孩子问我|想问下|问一下]{a}和{b}的最小公倍数[等于多少|得几|是多少]",
            ("[已知两个数|有两个数|两个正整数]{a}和{b}，[求它们的最小公倍数。|它们的最小公倍数是多少？|最小公倍数为]"),
            (
                "[有一个正整数既是{a}的倍数又是{b}的倍数|一个正整数是{a}和{b}的公倍数]，[它最小是几？|"
                "最小可能是多少？|求它的最小值。]"
            ),
            "用[a, b]表示最小公倍数，则 [{a}, {b}] 等于[多少？|几？|]",
            "[一堆糖|一筐苹果|一箱乒乓球]，{a}个{a}个地数或{b}个{b}个地数都正好数完，[至少|最少]有多少个？",
            "[计算|求|请算]：[lcm({a},{b})|{a}和{b}的最小公倍数|{a},{b}的最小公倍数]",
            "[请教：|求助：|有没有人会：]{a}和{b}最小的公倍数[是多少|怎么求]",
            "{a}，{b}，[最小公倍数|lcm][？|是几|=|多少]",
            (
                "[一批图书|一队士兵|一堆棋子]，[每{a}个一组或每{b}个一组都正好分完|按{a}个一份或{b}个一份分都没有剩"
                "余]，[最少有多少？|至少是多少？]"
            ),
        ),
    },
    "remainder": {
        "en": (
            (
                "[What is|Find|Give|Work out] the [remainder|rest] [of {a} ÷ {m}|in {a} ÷ {m}|on dividing "
                "{a} by {m}|left by {a} upon division by {m}][.|]"
            ),
            (
                "[Divide|If you divide|When you divide] {a} by {m}[, what is the remainder?|: what's "
                "left over?|, what remainder do you get?]"
            ),
            "[help me with|quick one:|can you do|pls do|hey, what's] [{a} mod {m}|{a} % {m}|{a} modulo {m}]",
            (
                "[What remainder|Which remainder|What rest] does {a} [leave|give|have] [when divided "
                "by|on division by|modulo] {m}?"
            ),
            (
                "{a} [sweets|marbles|eggs|cards] are packed [into boxes of|in bags of|in sets of] {m},"
                " as many full ones as possible. [How many are left over?|How many don't fit in a full "
                "one?]"
            ),
            "[Reduce|Take|Compute] {a} modulo {m}[.|, please|. Result?]",
            (
                "[To which number from zero up to but not including {m}|To which number in the range "
                "0 ≤ r < {m}] is {a} congruent modulo {m}?"
            ),
            "{a} = {m}q + r with 0 ≤ r < {m}[.|:] [Find r.|What is r?|What's the value of r?]",
            "[the remainder|remainder only|only the remainder please]: {a} ÷ {m}[ = ?|]",
            (
                "[Groups|Teams|Rows] of {m} are formed from {a} [people|pupils|runners]. [How many are "
                "left without one?|How many people remain over?]"
            ),
            (
                "[The dividend is|dividend] {a}, [the divisor is|divisor] {m}[.|;] [what is the remainder?|"
                "find the remainder.|remainder?]"
            ),
            (
                "[I need|we need|I'm looking for] the remainder [when dividing {a} by {m}|of {a} over "
                "{m}|for {a} divided by {m}][.|, thanks]"
            ),
            "how much is left [over |]when {m} goes into {a} as [often|many times] as possible?",
            (
                "[Subtract {m} from {a} again and again|Keep subtracting {m} from {a}] until less than "
                "{m} is left. [What is left?|Which number remains?]"
            ),
            r"${a} \bmod {m}$[ = ?|, please|]",
            (
                "[integer division|whole-number division|long division] of {a} by {m}[, what's the remainder?|"
                " leaves which remainder?|: remainder?]"
            ),
            "[whats |what's |calc |compute |][{a}%{m}|{a} mod {m}|{a} % {m}][=|=?|?|]",
            (
                "[someone asked me|my kid asks|I was asked] [what {a} mod {m} is|for the remainder of "
                "{a} by {m}|what remainder {a} leaves divided by {m}]"
            ),
            (
                "[A ribbon|A cable|A tape] of {a} cm is cut into as many pieces of {m} cm as possible. "
                "[How many cm are left over?|What length is left over, in cm?]"
            ),
            (
                "{a} [stickers|nuts|coins] are shared equally among {m} [kids|people], each getting the "
                "most possible whole number. [How many are left over?|How many remain?]"
            ),
        ),
        "zh": (
            "{a}[除以|÷]{m}[余几|余多少|，余数是多少？|，余数是几|还余多少？]",
            "[求|算出|写出|请写出]{a}[除以|÷]{m}[的余数|所得的余数|后的余数][。|]",
            "[帮我|麻烦|帮忙][算下|算算|求一下][{a}%{m}|{a} mod {m}|{a}除以{m}余几][|，谢谢]",
            (
                "[有|一共有|共]{a}[个鸡蛋|颗糖|个零件|个球]，每[盒|袋|箱]装{m}个，[装满后还剩几个？|尽量装满后剩多少"
                "个？|最后剩下几个装不满？]"
            ),
            "{a}[名学生|个人|名运动员]，每{m}人[一组|一队|一排]，[分完后余几人？|还剩多少人？|多出几个人？]",
            "[被除数是|被除数为]{a}，[除数是|除数为]{m}，[余数是多少？|求余数。|则余数为]",
            "用{m}去除{a}，[余数是多少？|余几？|余数为]",
            "{a}[模|对|mod]{m}[取余|取模|求余][是多少？|等于几|，结果是|得几]",
            "[带余除法|有余数的除法]：{a}÷{m}=商……r，[求r。|r是多少？|余数r等于]",
            "[设|已知]{a}={m}q+r，0≤r<{m}，[求r。|则r等于多少？|r是几？]",
            "{a}与[哪个小于{m}的非负整数|哪个不小于零且小于{m}的整数]模{m}同余？",
            (
                "[从|由]{a}里[不断|反复|一次次]减去{m}，直到[不够减|不能再减|剩下的不够减]为止，[最后剩多少？|"
                "剩下的数是？]"
            ),
            "[老师问|孩子问我|想问下|问一下]{a}除以{m}[余几|余数是多少|的余数是几]",
            r"${a} \bmod {m}$[=？|等于几|的值|，求值]",
            "[把|将]{a}[每{m}个分一份|按{m}个一组分]，[最后余下几？|分到最后还剩几个？|剩余多少？]",
            "[竖式|整数除法|求余数]：{a}÷{m}，[余数是？|余数=|只写余数]",
            "[计算|求|请算]：[{a} mod {m}|{a}%{m}|{a}÷{m}的余数|{a}除以{m}所得余数]",
            (
                "{a}[颗糖|个苹果|本书]平均分给{m}[个小朋友|个人|个班]，[每人尽量多分且一样多|每人分得同样多，"
                "分到不够再分]，[还剩几？|剩下多少？|余多少？]"
            ),
            "一根{a}厘米的[绳子|铁丝|木条]，每{m}厘米截一段，[最后剩多少厘米？|截完还剩几厘米？|余下多少厘米]",
            "[请教：|求助：|有没有人会：]{a}÷{m}[余几|的余数是多少|，余数怎么求]",
        ),
    },
    "prime_factors": {
        "en": (
            (
                "[Factor|Factorise|Factorize|factor] {n} [into primes|into prime factors|completely|into "
                "a product of primes][.|]"
            ),
            "[Write|Express|Give] {n} as a product of [primes|prime numbers|prime factors|prime powers][.|]",
            "[Break|Split|break down|Decompose] {n} into [its prime factors|primes|prime factors][.|]",
            (
                "[Which primes|What primes|Which prime numbers] [multiply to|have the product|multiplied "
                "together give] {n}?"
            ),
            (
                "[help me with|quick one:|can you do|pls do] [prime factorization of {n}|the prime factors "
                "of {n}|prime factorisation: {n}]"
            ),
            (
                "[Draw|Make|Use] a factor tree for {n}[.|;] [What is the product of primes?|what prime "
                "factorization comes out?|give the resulting product.]"
            ),
            "[prime factorization|Prime decomposition|prime factors|Factorise]: {n}[ = ?|]",
            (
                "[State|Find|Give] the [prime decomposition|prime-power factorization|canonical factorization] "
                "of {n}[.|]"
            ),
            "how do I [factor|factorise|break up] {n} into primes[?|, and what is the result?]",
            (
                "[I need|we need|I'm looking for] the [factorization of {n} into primes|prime factorization "
                "of {n}|prime factors of {n}][.|, thanks]"
            ),
            "{n} = ?[ (product of primes)| as a product of prime powers|, in prime factors]",
            (
                "[The number|The integer] {n} is [composite|not prime]. [Find its prime factorization.|"
                "Write it as a product of primes.|What is its factorisation into primes?]"
            ),
            (
                "[Divide {n} by the small primes in turn|Use trial division on {n}] [and write down|and "
                "give] [the full product of primes|its prime factorization]."
            ),
            (
                "[Decompose|Resolve|Represent] {n} [as a product of powers of primes|in prime powers|"
                "as a product of primes with exponents][.|]"
            ),
            (
                "[whats |what's |compute |][prime factorization of {n}|the prime factorisation of {n}|"
                "{n} in prime factors][?|]"
            ),
            (
                "[someone asked me|my kid asks|I was asked] [to factor {n} into primes|for the prime "
                "factorization of {n}|to write {n} as a product of primes]"
            ),
            (
                "[Can you|Could you please|Would you] [factorise {n} into primes|break {n} down into "
                "prime factors|prime-factorize {n}][ for me|]?"
            ),
            "[factor|factorint|factorize] {n}",
            (
                "[Show|State|List] the prime factors of {n} multiplied [together|out in a product], with "
                "[exponents|powers][.|]"
            ),
            "[Which product of primes|What product of prime powers] [equals|is equal to|makes] {n}?",
        ),
        "zh": (
            "[把|将]{n}[分解质因数|分解素因数|写成质数相乘的形式|写成质因数的乘积|分解成质因数相乘][。|]",
            "[分解质因数|质因数分解|素因数分解|将下面的数分解质因数]：{n}[=|＝|]",
            "{n}[怎么分解质因数|如何分解质因数|分解质因数是什么|等于哪些质数的积][？|]",
            "[用短除法|用树状图|用试除法][把|将]{n}分解质因数[。|，结果是？]",
            "[帮我|麻烦|帮忙][把{n}分解质因数|分解一下{n}的质因数|给{n}做质因数分解][|，谢谢]",
            "{n}可以[写成|表示成|表示为]哪些[质数|素数]的[乘积|积|连乘积]？",
            "哪些[质数|素数][相乘|乘起来|连乘]等于{n}？",
            "[求|写出|请写出|给出]{n}的[标准分解式|质因数分解式|素因数分解|质因数连乘式][。|]",
            "[把合数|已知合数|合数]{n}[写成几个质数相乘|表示为质因数的积|表示成若干质数的乘积][。|，怎么写？]",
            "[老师让我把|作业要求把|题目要求把]{n}[分解质因数|写成质数的连乘积]，[结果是什么？|怎么写？|答案是？]",
            "[将|把]{n}[表示成|写成|化成]质数幂[的乘积|的积|相乘的形式][。|]",
            "[数学题：|急：|]{n}的质因数分解[是？|结果|怎么写|=？]",
            "[正整数|整数|数]{n}的[质因数分解|素因子分解][是什么？|为|等于？|是怎样的？]",
            "{n}=（ ），[填质因数的乘积|写成质数相乘|用质因数连乘表示]",
            "[{n}分解质因数|{n}质因数分解|{n}分解素因数][=|，谢谢|，快|？]",
            "[请教：|求助：|有没有人会：]{n}怎么[分解质因数|写成质数的乘积]",
            "[试把|请把|试将]{n}[表示为素数的乘积|写成素数幂之积|分解成素因数][。|]",
            "{n}[由哪些质数相乘得到|是哪些质数的连乘积|等于哪几个质数相乘][？|]",
            "[一个数是|已知数]{n}，[写出它的质因数分解式。|将它分解质因数。|它分解质因数得什么？]",
        ),
    },
    "is_prime": {
        "en": (
            "Is {n} [a prime|a prime number|prime|prime or not][?|]",
            "is [the number {n}|{n}|the integer {n}] [prime, yes or no|a prime, yes or no|prime? yes or no]",
            "[Check|Test|Examine|Verify] [whether|if] {n} is [a prime|prime|a prime number][.|, please.]",
            (
                "[Does {n} have exactly two divisors|Are one and {n} the only positive divisors of {n}|"
                "Is {n} divisible only by 1 and itself]?"
            ),
            "[True or not|Yes or no|yes/no]: {n} is [a prime|a prime number|prime][.|?]",
            "[help me|quick one:|hey,] [is {n} prime|is {n} a prime number|is {n} one of the primes][?|]",
            "[Does {n} belong to|Is {n} in the list of|Is {n} one of] the [prime numbers|primes]?",
            "{n}[ prime?| - prime, yes or no?|, a prime number?| prime number?]",
            "[I need|we need|my son needs] to know [if|whether] {n} is [prime|a prime number][.|, thanks]",
            "[Can|May] {n} be called a prime number[?|, yes or no?]",
            (
                "[My teacher|My friend|Someone] [says|claims|thinks] {n} is [a prime|prime|a prime number]. "
                "[Right?|Is that so?|Is this true?]"
            ),
            "[The number|The integer] {n}[, is it prime?|: is it a prime number?|: prime, yes or no?]",
            "[Primality test|prime check|Test for primality]: {n}[?|]",
            "[Let n be {n}|We have n = {n}|Take n = {n}]. Is n [prime|a prime number|a prime]?",
            "[Is it true that|Is it right that|Would you say that] {n} is [prime|a prime number|a prime]?",
            (
                "[someone asked me|my kid asks|I was asked] [if|whether] {n} is [a prime|prime|a prime "
                "number][|, any help?]"
            ),
            "[Can you|Could you please|Would you] [check|test|verify] [if|whether] {n} is [prime|a prime number]?",
            "[prime?|isprime?|prime number?|is it prime?|prime or not?] {n}",
            "[So |Hm, |ok ]is {n} [actually |really |]a prime[ number|]?",
            "[Is the house number|Is my locker number|Is the year] {n} [a prime|prime|a prime number]?",
        ),
        "zh": (
            "{n}是[质数|素数][吗？|吗|么|不|对吗？]",
            "[数|整数|自然数|][{n}属于质数吗|{n}算不算质数|{n}到底是不是素数|{n}为质数吗][？|]",
            "[检验|检查|验证|鉴别]一下{n}是否[为|是][质数|素数][。|]",
            "{n}[是否为|是不是一个|算是一个|是一个][质数|素数]？[回答是或否。|是还是否？]",
            "[判断题|判断对错（是或否）|是或否]：{n}是[质数|素数][。|]",
            "[帮我|麻烦|帮忙][看下|看看|判断一下]{n}是不是[质数|素数][|，谢谢]",
            "{n}[是不是只能被|是否只能被|只能被]1和它本身整除[？|，对吗？]",
            "{n}是不是[恰好|正好|只]有两个[因数|约数]？",
            "[老师说|同学说|有人说]{n}是[质数|素数]，[对吗？|是这样吗？|这话对不对？]",
            "[想问下|问一下|请教一下]{n}是[质数吗|素数吗|不是质数|不是素数]",
            "[素性检验|质数判定|素数判断]：{n}",
            "[设n|令n|已知n]={n}，n是[质数|素数]吗？",
            "[质数表里有没有|素数表里有没有|质数当中有没有]{n}[这个数|]？",
            "{n}[能算作|能叫做|可以称为][质数|素数]吗？",
            "[请教：|求助：|有没有人会：]{n}是[不是质数|不是素数|质数吗|素数吗]",
            "[试判断|请检验|试检验]{n}[是否为质数|是否是素数|是不是质数][。|]",
            "{n}[质数？|素数？|，是质数？|，是素数么]",
            "[门牌号|车牌尾号|学号|年份]{n}是[质数|素数][吗？|吗|么]",
            "[数|]{n}[真的是|确实是|到底是不是|究竟是不是][质数|素数][吗|]？",
        ),
    },
    "modular_inverse": {
        "en": (
            (
                "[What is|Find|Give|Work out] the [multiplicative inverse|inverse|modular inverse] of "
                "{a} [mod|modulo|in Z/] {m}[.|]"
            ),
            (
                "[Find|Determine|What is] the [number x|integer x|x] with [{a}x ≡ 1 (mod {m})|{a}x = "
                "1 mod {m}|{a}·x ≡ 1 mod {m}] and [0 < x < {m}|x between 0 and {m}][.|]"
            ),
            (
                "[Which|What] [smallest positive number|least positive integer] times {a} leaves [remainder "
                "1|the remainder 1] [when divided by|on division by|modulo] {m}?"
            ),
            (
                "[help me with|quick one:|can you do|pls do] [{a}^-1 mod {m}|{a}^(-1) mod {m}|{a} inverse "
                "mod {m}|inverse of {a} mod {m}]"
            ),
            "[Invert|invert|Please invert] {a} [modulo {m}|mod {m}|in the ring of integers mod {m}][.|]",
            (
                r"[Solve|Solve the congruence] [{a}x ≡ 1 (mod {m})|{a}x ≡ 1 mod {m}|${a}x \equiv 1 \pmod{{{m}}}$] "
                "for the [smallest positive x|least positive x][.|]"
            ),
            r"${a}^{{-1}} \bmod {m}$[ = ?|, please|]",
            "[pow({a}, -1, {m})|{a}**-1 mod {m}|modinv({a}, {m})][ = ?|, what is it?| gives?]",
            (
                "By which [least|smallest] positive number must {a} be multiplied to [get 1 mod {m}|give "
                "something congruent to 1 modulo {m}]?"
            ),
            (
                "[I need|we need|I'm looking for] the [inverse of {a} modulo {m}|modular inverse of {a} "
                "with modulus {m}|multiplicative inverse of {a} mod {m}][.|, thanks]"
            ),
            (
                "[Modulus {m}|The modulus is {m}|We work modulo {m}]: [what is the inverse of {a}?|find "
                "the inverse of {a}.|invert {a}.]"
            ),
            "[Use|Apply] the extended Euclidean algorithm to [find|get] the inverse of {a} [mod|modulo] {m}[.|]",
            "{a} and {m} are coprime. [Find|What is|Give] the [inverse|multiplicative inverse] of {a} mod {m}[.|]",
            ("[Find|Compute] the reciprocal of {a} [in arithmetic modulo {m}|modulo {m}|in the integers mod {m}][.|]"),
            (
                "[For an RSA key|In a cipher|For my crypto homework] I need d with {a}d ≡ 1 (mod {m}),"
                " 0 < d < {m}[.| - what is d?|. Find d.]"
            ),
            (
                "[whats |what's |calc |compute |][{a}^-1 mod {m}|{a}^(-1) (mod {m})|modinv({a},{m})|inverse "
                "of {a} mod {m}][=|?|]"
            ),
            (
                "[someone asked me|my kid asks|I was asked] [for the inverse of {a} mod {m}|what the "
                "inverse of {a} modulo {m} is|to invert {a} modulo {m}]"
            ),
            (
                "[Can you|Could you please|Would you] [invert {a} mod {m}|find the inverse of {a} modulo "
                "{m}|get the modular inverse of {a} for modulus {m}][ for me|]?"
            ),
            ("[Find|Give] the residue class inverse to {a} [modulo {m}|mod {m}] (as a number between 0 and {m})[.|]"),
            (
                "[In Z modulo {m}|Working in Z/{m}Z|In the ring Z/{m}Z], [find|determine|give] the [multiplicative "
                "inverse|inverse] of {a}[.|]"
            ),
        ),
        "zh": (
            "{a}[模|对模|关于模| mod ]{m}的[逆元|乘法逆元|逆|数论倒数][是几|怎么求|等于多少|，谢谢|是哪个数]",
            (
                "[求|算出|写出|试求][最小正整数|最小的正整数]x，使[{a}x ≡ 1 (mod {m})|{a}x≡1（mod {m}）|"
                "{a}x除以{m}余1][。|]"
            ),
            "[求|算出|给出]{a}[在模{m}意义下|在模{m}剩余类中|在Z_{m}里]的[逆元|乘法逆|逆][。|]",
            (
                "[帮我|麻烦|帮忙][算下|算算|求一下][{a}^-1 mod {m}|{a}^(-1) mod {m}|{a}对{m}的逆元|inv({a}) "
                "mod {m}][|，谢谢]"
            ),
            (
                r"[解同余式|解同余方程|解线性同余方程][{a}x ≡ 1 (mod {m})|{a}x≡1（mod {m}）|${a}x\equiv "
                r"1\pmod{{{m}}}$]，取最小正[解|整数解][。|]"
            ),
            "{a}[乘|乘以|乘上][哪个最小的正整数|最小的哪个正整数][除以{m}余1|后模{m}等于1|模{m}同余于1]？",
            "[用|请用]扩展欧几里得算法求{a}[模|对模]{m}的[逆元|乘法逆元][。|]",
            "[模数是{m}|模为{m}|在模{m}下]，{a}的[逆元|乘法逆元|逆][是多少？|是几？|为]",
            "[已知|设]{a}d ≡ 1 (mod {m})，且0<d<{m}，[求d。|则d等于多少？|d是几？]",
            "[老师问|同学问我|想问下|问一下]{a}模{m}的逆元[等于多少|是几|是多少]",
            r"${a}^{{-1}} \bmod {m}$[=？|等于几|的值|，求值]",
            "[pow({a}, -1, {m})|pow({a},-1,{m})][是多少？|的结果|等于几|=]",
            "{a}[与|和]{m}互质，[求{a}模{m}的逆元。|{a}关于模{m}的乘法逆元是多少？|{a}在模{m}下的逆是？]",
            "[密码学作业|做RSA时|写程序时]要[求|用]{a}模{m}的[逆元|乘法逆]，[它是多少？|等于几？|是哪个数？]",
            "[计算|求|请算]：[{a}^(-1) mod {m}|{a}模{m}的逆元|{a}关于{m}的模逆]",
            "[请教：|求助：|有没有人会：]{a}模{m}的逆元[是多少|怎么求]",
            "[哪个小于{m}的正整数|小于{m}的哪个正整数][与|和]{a}的[乘积|积]模{m}[余1|同余于1|等于1]？",
            "{a}·x[除以{m}的余数是1|模{m}余1]，[0<x<{m}|x是小于{m}的正整数]，[求x。|x是多少？|则x等于]",
            (
                "[在环Z/{m}Z中|在模{m}的剩余类环里|在模{m}运算下]，[求{a}的逆元。|{a}的乘法逆元是几？|"
                "{a}的逆是哪个数？]"
            ),
        ),
    },
    "to_base": {
        "en": (
            (
                "[Convert|convert|Change|Translate] [the decimal number {n}|{n}|decimal {n}] [to|into] "
                "{name}[.|, please.]"
            ),
            "[Write|Express|Represent|Show] [{n}|the number {n}|decimal {n}] in {name} [notation|form|digits][.|]",
            "[How|how] [do you write|would one write|does one write] {n} [in {name}|as a {name} number][?|]",
            "[What does|What would] [{n}|the decimal {n}] look like in {name}?",
            "{n} [to|in|as|into] {name}[?| please|, what's that?| =]",
            (
                "[help me with|quick one:|can you do|pls do] [{n} to {name}|converting {n} to {name}|"
                "decimal {n} into {name}]"
            ),
            "[Convert|Change] {n} [from base 10 |from decimal |]to base {base} ({name})[.|]",
            "[I need|we need|I'm looking for] the {name} [representation|equivalent|form] of {n}[.|, thanks]",
            (
                "[My program|My calculator|A display] shows {n} in decimal. [What is that in {name}?|"
                "What would it show in {name}?]"
            ),
            "[Decimal|In decimal|base 10]: {n}. [In {name}|{name}][?|: ?|, please?]",
            (
                "[Number systems|Exercise|Computer science homework|Conversion]: [write {n} in {name}.|"
                "{n} (decimal) to {name}.|decimal {n} in {name} = ?]"
            ),
            (
                "[Which|What] {name} number [equals|is equal to|corresponds to|stands for] [decimal {n}|"
                "{n}|the decimal number {n}]?"
            ),
            "[Give|Find|Determine] the [{name} digits|{name} representation|{name} form] of {n}[.|]",
            "[By repeated division|Dividing again and again], [turn|convert|change] {n} into {name}[.|. Result?]",
            (
                "[The number of files is|The address is|The counter stands at] {n} (decimal)[.|;] [how "
                "is it written in {name}?|what is it in {name}?]"
            ),
            "[whats |what's |show me |][{n} in {name}|decimal {n} in {name}|{n} as {name}|{name} of {n}][?|=|]",
            (
                "[someone asked me|my kid asks|I was asked] [to convert {n} to {name}|to write {n} in "
                "{name}|what {n} is in {name}]"
            ),
            (
                "[Can you|Could you please|Would you] [convert {n} to {name}|write {n} in {name}|put "
                "{n} into {name}][ for me|]?"
            ),
            (
                "[Rewrite|Encode|Put|Turn] [the number {n}|{n}|the integer {n}] [in|into] [the {name} "
                "system|{name}|{name} digits][.|]"
            ),
            (
                "[My teacher wrote|On the board stands|The exercise gives] the decimal number {n}. [Which "
                "{name} number is this?|What is it in {name}?|Its {name} form?]"
            ),
            "[What is|How much is|what would be|what's] {n} in base {base}, [that is|i.e.|in other words] {name}?",
        ),
        "zh": (
            "[把|将]十进制[数|的|]{n}[转换成|转成|化为|化成|改写成|转换为]{name}[。|数|，结果是？]",
            "{n}[转|转成|换成|转换为|化为]{name}[是多少|等于什么|怎么写|是什么|结果是？]",
            (
                "[十进制|十进制的|十进制数]{n}[用{name}怎么写|写成{name}是什么|换算成{name}是多少|等于{name}的多少]"
                "[？|]"
            ),
            "[帮我|麻烦|帮忙][把{n}转成{name}|将{n}换算为{name}|写一下{n}的{name}][|，谢谢]",
            "[求|写出|给出|请写出]{n}的{name}[表示|形式|写法|数][。|]",
            "[进制转换|数制转换|进制换算|信息技术作业]：[{n}（十进制）→{name}|{n}转{name}|十进制{n}＝{name}（ ）]",
            "用{name}[表示|来表示|写出][十进制的|十进制数|数]{n}[。|，应该怎么写？|，是什么？]",
            "{n}在{name}[里|中|下][怎么表示|写作什么|是什么样|等于多少][？|]",
            "[程序里|计算器上|屏幕上][显示|有]十进制数{n}，[换成{name}是多少？|它的{name}是什么？|写成{name}是？]",
            "[用|请用]除{base}取余法[把|将]{n}化为{name}[。|数。|，结果是？]",
            "[老师问|同学问我|想问下|问一下]{n}的{name}[是什么|怎么写|是多少]",
            "[哪个|什么]{name}数[等于|对应|表示]十进制的{n}？",
            "(十进制){n}=[({name})？|（{name}）多少|{name}的几]",
            "[整数|数字|数]{n}，[转换为{name}|写成{name}数|用{name}写]后[是什么？|是多少？|的结果为]",
            "[请教：|求助：|有没有人会：]{n}[怎么转成{name}|的{name}怎么写|换成{name}是多少]",
            "{n}的{name}[？|是|多少|=|，谢谢]",
            "[试将|请将|试把]十进制整数{n}[化成{name}数|写成{name}形式|改用{name}表示][。|]",
            "[给我|告诉我]{n}[转{name}的结果|对应的{name}数|用{name}写出来的样子][。|]",
            "[黑板上写着|题目给出|已知]十进制数{n}，[求它的{name}形式。|它的{name}怎么写？|化成{name}是多少？]",
            "[把|将]{n}[写成|化成|转成]以{base}为[基数|底]的{name}[数|形式][。|]",
        ),
    },
    "from_binary": {
        "en": (
            (
                "[Convert|convert|Change|Translate] [the binary number {bits}|binary {bits}|{bits} from "
                "binary|{bits} (binary)] [to|into] decimal[.|, please.]"
            ),
            (
                "[What is|what's|How much is] [binary {bits}|the binary number {bits}|{bits} in base "
                "2|0b{bits}] in [decimal|base 10|ordinary numbers][?|]"
            ),
            (
                "[Write|Express|Give] [the base-2 number {bits}|binary {bits}|({bits})_2|$({bits})_2$] "
                "in [decimal|base 10|decimal notation][.|]"
            ),
            (
                "[Which|What] [decimal number|number|whole number] [does binary {bits} stand for|has "
                "the binary form {bits}|is written {bits} in binary]?"
            ),
            (
                "{bits} [in binary|base 2|(binary)] [to decimal|is what in decimal?|equals what in decimal?|"
                "as a decimal number?]"
            ),
            (
                "[help me with|quick one:|can you do|pls do] [binary {bits} to decimal|converting {bits} "
                "from binary|bin {bits} into decimal]"
            ),
            (
                "[Read|Interpret|Take] {bits} as a binary number[.|;] [What is its decimal value?|What "
                "number is it?|What is it in decimal?]"
            ),
            (
                "[The bits are|A register holds the bits|A chip outputs the bits] {bits}[.|;] [what number "
                "is that in decimal?|which decimal number do they encode?]"
            ),
            (
                "[Number systems|Exercise|Computer science homework|Conversion]: [({bits})_2 = (?)_10|"
                "{bits} (binary) to decimal|0b{bits} in decimal = ?]"
            ),
            (
                "[I need|we need|I'm looking for] the decimal [equivalent|value|form] of [binary {bits}|"
                "the binary {bits}|0b{bits}][.|, thanks]"
            ),
            "[int('{bits}', 2)|0b{bits}] [is what number?|= ?|gives which decimal number?]",
            (
                "[Decode|Unpack|Evaluate] the binary [string|number|numeral] {bits} [into a decimal number|"
                "as a decimal integer][.|]"
            ),
            "how do you [turn|convert|change] binary {bits} into [decimal|a decimal number][?|, and what is it?]",
            (
                "[Adding up the powers of two|By place values], what is [binary {bits}|{bits} in base "
                "two|the binary number {bits}] [worth|in decimal]?"
            ),
            (
                "[whats |what's |compute |][binary {bits} in decimal|0b{bits} in decimal|{bits} base "
                "2 in decimal|bin {bits} as decimal][?|=|]"
            ),
            (
                "[someone asked me|my kid asks|I was asked] [to convert binary {bits} to decimal|what "
                "binary {bits} is in decimal|which decimal number binary {bits} is]"
            ),
            (
                "[Can you|Could you please|Would you] [convert binary {bits} to decimal|decode the binary "
                "number {bits}|turn binary {bits} into decimal][ for me|]?"
            ),
            "[From binary to decimal|bin to dec|binary -> decimal|base two to base ten]: {bits}[ = ?|]",
            (
                "[My teacher wrote|On the board stands|The screen shows] the binary number {bits}. [Which "
                "number is this in base ten?|What is it in decimal?|Its decimal value?]"
            ),
        ),
        "zh": (
            "[把|将]二进制[数|的|]{bits}[转换成|转成|化为|化成|换算成|转换为]十进制[。|数|，结果是？]",
            (
                "二进制[的|数|]{bits}[等于十进制的多少|换成十进制是多少|是十进制的几|转十进制是多少|是多少（十进制）"
                "][？|]"
            ),
            "{bits}（二进制）[转十进制|化成十进制|等于十进制多少|换成十进制数][？|是？|，谢谢]",
            (
                "[帮我|麻烦|帮忙][把二进制{bits}转成十进制|将{bits}从二进制换算为十进制|看看二进制{bits}是十进制的几"
                "][|，谢谢]"
            ),
            "[求|写出|给出|请写出]二进制[数|]{bits}[对应的十进制数|的十进制表示|所表示的十进制数][。|]",
            (
                "[进制转换|数制转换|进制换算|信息技术作业]：[({bits})₂=( )₁₀|{bits}（二进制）→十进制|"
                "二进制{bits}＝十进制（ ）]"
            ),
            "[用|请用]按权展开[法|的方法][把|将]二进制数{bits}化为十进制[。|数。|，得多少？]",
            "{bits}是[一个二进制数|二进制数]，[它等于十进制的几？|换算成十进制是多少？|求它的十进制值。]",
            ("[寄存器里|芯片输出|内存中]的二进制[位|数]是{bits}，[换成十进制是多少？|表示十进制的哪个数？|代表几？]"),
            "[老师问|同学问我|想问下|问一下]二进制{bits}[是十进制的多少|等于十进制的几|怎么化成十进制]",
            "哪个十进制数[的二进制是|写成二进制是|用二进制表示为]{bits}？",
            "[int('{bits}', 2)|0b{bits}][是多少？|等于十进制的几|的十进制值=]",
            "$({bits})_2$[等于十进制的多少？|化为十进制|=？（十进制）]",
            (
                "[一个数|某个数|有个数]的二进制[写法|形式|表示]是{bits}，[这个数是多少？|十进制是多少？|"
                "求它的十进制值。]"
            ),
            "[请教：|求助：|有没有人会：]二进制{bits}[怎么转成十进制|换成十进制是多少|等于十进制的几]",
            "[二进制转十进制|二转十|二进制化十进制]：{bits}[=|，谢谢|]",
            "[试将|请将|试把]二进制数{bits}[化成十进制数|写成十进制形式|改用十进制表示][。|]",
            "[给我|告诉我]二进制{bits}[对应的十进制数|转十进制的结果|的十进制值][。|]",
            "[黑板上写着|屏幕上显示|题目给出]二进制数{bits}，[化成十进制等于几？|它的十进制是多少？|求十进制值。]",
        ),
    },
}
