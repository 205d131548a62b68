"""How people put the questions of the families of ``algebra``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..family import Texts
from .formulas import with_formulas

_QUADRATIC = "[{a}x^2 {b:+}x {c:+}|{a}x^2{b:t}x{c:t}|{a}x² {b:+}x {c:+}|{a}*x^2 {b:+}*x {c:+}]"
_EQUATION = "[{a}x^2 {b:+}x {c:+} = 0|{a}x^2{b:t}x{c:t}=0|{a}x² {b:+}x {c:+} = 0|{a}*x^2 {b:+}*x {c:+} = 0]"
_FACTORS = "[(ax-b)({p}x+{q})|(ax - b)({p}x + {q})|({p}x+{q})(ax-b)]"
_EXPANDED = "[bx^2 + cx {r:+}|bx^2+cx{r:t}|bx² + cx {r:+}]"
_IDENTITY = (
    "[(ax-b)({p}x+{q}) = bx^2 + cx {r:+}|(ax - b)({p}x + {q}) = bx^2 + cx {r:+}|(ax-b)({p}x+{q})=bx^2+cx{r:t}"
    "|bx^2 + cx {r:+} = (ax-b)({p}x+{q})|(ax-b)({p}x+{q}) = bx² + cx {r:+}]"
)
_GIVEN = (
    "[S3 = {s} and S6 = {t}|S_3 = {s} and S_6 = {t}|S3={s}, S6={t}|S_{{3}} = {s}, S_{{6}} = {t}|S₃ = {s}, S₆ = {t}]"
)
_GIVEN_ZH = (
    "[S3={s}，S6={t}|S3 = {s}，S6 = {t}|S_3={s}，S_6={t}|S_{{3}} = {s}，S_{{6}} = {t}|S₃={s}，S₆={t}|S6={t}，S3={s}]"
)
_POWER = "[({a}x {b:+})^{n}|({a}x{b:t})^{n}|({a}x {b:+})^{{{n}}}|({a}*x {b:+})^{n}]"
_FIRST = "[{a0}x {b0:+}y {c0:+}z = {d0}|{a0}x{b0:t}y{c0:t}z={d0}|{a0}*x {b0:+}*y {c0:+}*z = {d0}]"
_SECOND = "[{a1}x {b1:+}y {c1:+}z = {d1}|{a1}x{b1:t}y{c1:t}z={d1}]"
_THIRD = "[{a2}x {b2:+}y {c2:+}z = {d2}|{a2}x{b2:t}y{c2:t}z={d2}]"
_CASES = (
    r"\begin{{cases}} {a0}x {b0:+}y {c0:+}z = {d0} \\ {a1}x {b1:+}y {c1:+}z = {d1} \\ "
    r"{a2}x {b2:+}y {c2:+}z = {d2} \end{{cases}}"
)
_PARTS = {
    "<q>": _QUADRATIC,
    "<q=0>": _EQUATION,
    "<left>": _FACTORS,
    "<right>": _EXPANDED,
    "<identity>": _IDENTITY,
    "<sums>": _GIVEN,
    "<和>": _GIVEN_ZH,
    "<power>": _POWER,
    "<1>": _FIRST,
    "<2>": _SECOND,
    "<3>": _THIRD,
    "<cases>": _CASES,
}
_say = partial(with_formulas, _PARTS)

SAID: Mapping[str, Texts] = {
    "parabola_vertex": {
        "en": _say(
            "[Where is|Where's|What is] the [vertex|turning point] of [the parabola|the curve|the quadratic] y = <q>?",
            "y = <q>, [vertex|turning point|coordinates of the vertex]?",
            "[vertex|turning point|vertex coordinates] of [y =|f(x) =|the parabola y =] <q>",
            "[I need|Help me find|Please give me] the [coordinates of the vertex|vertex|turning point] "
            "of [f(x)|y] = <q>[, thanks|, please|]",
            "The [graph|curve] of y = <q> is a parabola. [Find|Give|State|Determine] its [vertex|turning point].",
            "[Consider|Take|Look at] the [quadratic function|parabola] [f(x)|y] = <q>. "
            "[At which point does it turn?|What are the coordinates of its vertex?|Where does its vertex lie?]",
            "At [which|what] point does the [parabola|curve|graph] y = <q> [turn|turn around|have its vertex]?",
            "[By completing the square, find|Complete the square to find|Complete the square and give] the "
            "[vertex|turning point] of y = <q>.",
            "[We sketch|I am sketching|My daughter has to draw] the parabola y = <q> and "
            "[need|want to mark] its vertex. What are the coordinates?",
            "[Find|Determine|Give] the [point|coordinates of the point] where f(x) = <q> "
            "[takes its extreme value|has its maximum or minimum|is highest or lowest].",
            "The vertex of [the parabola|the graph of the function] y = <q> is the point (h, k). "
            "[Find|What is|Determine] (h, k)",
            "[how do i get|how to find|how do you find] the vertex of [y = |the parabola y = |]<q>",
            "[Write down|Name|State] the [highest or lowest point|vertex, as a pair,|extreme point] of the "
            "[parabola|graph of] y = <q>.",
            "a parabola [has the equation|is given by|is described by] y = <q>. [find|what is|where is] the vertex",
            "[What|Which] point is the [vertex|tip|turning point] of the [graph of the function f(x)|parabola y] "
            "= <q>?",
            "[Given|For|With] f(x) = <q>, [compute|work out|find] [both coordinates|the coordinates] of the "
            "[vertex|turning point][.| of the graph.]",
            "Where do the axis of symmetry and the [parabola|curve] y = <q> [meet|cross|intersect]?",
            "[Quick question:|Homework:|hi,] [what's|where's] the vertex of the [parabola|function] "
            "[y = {a}x^2 {b:+}x {c:+}|f(x)={a}x^2{b:t}x{c:t}]?",
            "Let y = ax^2 + bx + c with a = {a}, b = {b}, c = {c}. [Find the vertex|What is the vertex of this "
            "parabola|Where is its vertex]",
            "[pls|hey,|btw,] what is the [vertex|turning point] of y = {a} x squared {b:+} x {c:+}",
            "A parabola has the coefficients a = {a}, b = {b} and c = {c} in y = ax² + bx + c. [Give its "
            "vertex.|Where does it turn?]",
            "[Rewrite|Put] y = <q> in vertex form; [which point is the vertex|what is the vertex]?",
        ),
        "zh": _say(
            "抛物线y=<q>[的顶点|顶点坐标|的顶点坐标]",
            "[已知|给定|设][抛物线|二次函数]y=<q>，[求|写出|求出][它的|其][顶点|顶点坐标][。|]",
            "[二次函数|函数|抛物线] y = <q> [的顶点坐标为多少|的顶点坐标怎么求|顶点是哪个点][？|]",
            "[帮忙算下|帮我求一下|麻烦算算] [y = |抛物线 y = |f(x) = ]<q> 的顶点[坐标|][，谢谢|]",
            "[用配方法|通过配方|请用配方法][求|写出]抛物线 y = <q> 的顶点[坐标|]。",
            "抛物线y=<q>[的顶点坐标是（　）|的顶点坐标为____|的顶点是____]",
            "[函数|二次函数]f(x)=<q>的[图象|图像]是一条抛物线，[它的顶点在哪|求其顶点坐标|顶点坐标是多少]",
            "[画|要画]抛物线 y = <q>，[先要找到顶点，顶点在哪儿|得先知道顶点，顶点坐标是多少|顶点应该画在哪里]？",
            "y=<q>[，顶点坐标？|，顶点在哪|，求顶点]",
            "二次函数 y = <q> 在哪一点取得[最值|最大值或最小值|极值]？[写出该点坐标。|请写出这个点的坐标。]",
            "[求|写出|指出]抛物线 y = <q> [的最高点或最低点的坐标|的对称轴与抛物线的交点|的顶点所在的位置]。",
            "设抛物线 y = <q> 的顶点为 [P|M|A]，[则顶点的坐标为多少|求该点的坐标|那么这个点的坐标是什么]",
            "老师[让我们|叫我]求 [y=|f(x)=]<q> 的顶点坐标，[怎么算|答案是什么|结果是什么]？",
            "把 y = <q> [化成顶点式|配方]后，[顶点坐标是什么|可得顶点坐标为多少|顶点在哪里]？",
            "[这条|有一条]抛物线的[方程|解析式|表达式]是 y = <q>，[顶点坐标呢|求顶点坐标|它的顶点是什么]",
            "若二次函数的[解析式|表达式]为 y = <q>，则[它的图象|其图像|抛物线]的顶点坐标是[多少|什么]？",
            "[曲线|抛物线] y = <q> [在哪个点拐头|的顶点 (h, k) 是什么|的转折点在哪里]？",
            "请问[二次函数|抛物线] y=<q> 的顶点[在什么位置|是哪一点|坐标怎样][？|]",
            "y=ax^2+bx+c中a={a}，b={b}，c={c}，[求抛物线的顶点坐标|该抛物线的顶点在哪|顶点坐标是多少]",
            "抛物线 y 等于 {a}x方 {b:+}x {c:+}，[顶点坐标是多少|顶点是什么|求顶点坐标]",
            "二次函数的二次项系数、一次项系数、常数项依次是{a}、{b}、{c}，[求图象的顶点坐标|它的顶点坐标是什么]",
            "[导数为零的点|拐头的点]就是顶点，y=<q>的顶点[坐标是多少|是哪个点]？",
        ),
    },
    "matching_coefficients": {
        "en": _say(
            "[Find|Compute|Determine] a+b+c [if|given that|when] <identity> [for all x|for every x|identically].",
            "What is [a+b+c|a + b + c|the sum of a, b and c] [if|when|given that] <identity> "
            "[for all x|for every real x|is an identity]?",
            "<identity> [holds|is true] for [every|each|any] [x|real number x|value of x]. [What is|Find] a + b + c",
            "[The polynomials|The two polynomials] <left> and <right> are [identical|the same|equal for all x]. "
            "[What is|Find|Work out] a+b+c",
            "[Expanding|Multiplying out|Expansion of] <left> [gives|yields|results in] "
            "[bx^2 + cx {r:+}|bx^2+cx{r:t}]; [find a+b+c|what is a+b+c?|how much is a+b+c?]",
            "a, b, c are [constants|real constants|numbers] with <identity> [for all x|for every x]. "
            "[Their sum?|What is their sum?|Find their sum.|Add them up.]",
            "[Compare|By comparing|Comparing] coefficients in <identity>[: a+b+c = ?|: what is a+b+c?|, find a+b+c.]",
            "<identity>, a+b+c = ?",
            "[help me with this:|pls solve|how to do this one:] <identity> [for all x|identically], "
            "[a+b+c|find a + b + c]?",
            "[The product|Multiplied out, the product] of (ax - b) and ({p}x + {q}) [equals|is|comes out as] "
            "[bx^2 + cx {r:+}|bx^2+cx{r:t}] for [all|every] x. [Find|Compute] the [value|number] a+b+c.",
            "[The expression|The trinomial|The polynomial] <right> [factors as|can be factored into|can be "
            "written as] "
            "[(ax-b)({p}x+{q})|(ax - b)({p}x + {q})]. [How much is a+b+c?|Find a+b+c.|What is the sum of a, b "
            "and c?]",
            "[What is|How much is|What must be] a+b+c if the identity <identity> is to hold[ for all x|]?",
            "[Constants|Real numbers|Numbers] a, b and c [satisfy|are such that] <identity> [for every x|for "
            "all real x]. "
            "[Calculate|Evaluate|Find] a+b+c.",
            "[It is known|We know|I know] that <identity> [whatever x is|no matter what x is|for all x]. "
            "[So what is|How large is] a+b+c?",
            "[Determine|Work out|Get] the unknown coefficients a, b, c from <identity> [and add them|and give "
            "their sum].",
            "In the identity <identity> the [letters|coefficients] a, b, c are [unknown|constants]. "
            "[What do they add up to?|What is a + b + c?]",
            "Both sides of <identity> are the same polynomial[ in x|]. [Give|State|Find] a+b+c.",
            "[pls|hey,] a+b+c [for|if] <identity> [identically|for every x]?",
            "ax - b times {p}x + {q} gives [bx^2 + cx {r:+}|bx² + cx {r:+}] for every x. [What is|Find] a + b + c",
            "Find the sum of the [three |]constants a, b, c in the identity <identity>.",
        ),
        "zh": _say(
            "若<identity>[恒成立|是恒等式|对任意x都成立]，则a+b+c[为多少|等于多少|的值是]？",
            "<identity>，[求a+b+c|a+b+c=?|a+b+c是多少|问a+b+c]",
            "已知a、b、c[为常数|是常数|是实数]，且<identity>[恒成立|对一切x成立]，[求|计算]a+b+c[的值|]。",
            "[多项式|式子]<left>与<right>[恒等|完全相同]，[求a、b、c之和|求a+b+c的值|则a+b+c等于几]",
            "把<left>展开[后得到|得|后等于][bx^2+cx{r:t}|bx^2 + cx {r:+}]，[那么|问]a+b+c[是多少|等于几]？",
            "[比较系数|用待定系数法|利用对应系数相等]，由<identity>求a+b+c[的值|]。",
            "[等式|恒等式]<identity>对[任意|所有|一切][x|实数x]都成立，a、b、c三数[之和|的和]是多少？",
            "[帮忙算下|帮我看看|求助]，<identity>[恒成立|对任意 x 成立]，a+b+c[等于多少|怎么求]",
            "[多项式|二次三项式]<right>[能分解为|可以分解成|分解因式得][(ax-b)({p}x+{q})|(ax - b)({p}x + {q})]，"
            "[求 a+b+c。|则 a+b+c 是多少？]",
            "如果[不论x取何值|无论x取什么值|对每一个x]，都有<identity>，[求a+b+c|那么a+b+c=____|则a+b+c的值是多少]",
            "设<identity>是关于x的恒等式，[系数a、b、c的和|a+b+c]为[多少|____]？",
            "(ax-b)与({p}x+{q})的[积|乘积][是|为|等于][bx^2+cx{r:t}|bx^2 + cx {r:+}]，[求|计算]a+b+c。",
            "[要使|为使]<identity>[恒成立|对所有x成立]，a+b+c[应等于多少|应该是多少|须为多少]？",
            "在恒等式<identity>中，a、b、c[是待定系数|为未知常数|都是常数]，[它们加起来是多少？|求三者之和。|求a+b+c]",
            "等号两边[是同一个多项式|对应项系数相同]：<identity>。[求a+b+c的值|a+b+c等于多少？|a加b加c是多少？]",
            "[确定|先求出]常数a、b、c，使<identity>[恒成立|对任意x成立]，[并|再]求[它们的和|a+b+c]。",
            "怎么[求|算]a+b+c[？|，]条件是<identity>[对所有x成立|恒成立]",
            "[求常数之和|求系数和]a+b+c：<identity>[（恒成立）|，对任意x成立|]",
            "(ax-b)乘以({p}x+{q})[恒等于|等于][bx^2+cx{r:t}|bx² + cx {r:+}]，"
            "[则a、b、c的和是多少|求三个常数a、b、c之和]",
            "x取任何数时<identity>都成立，[问a+b+c是几|a+b+c的值等于多少|求a+b+c]",
        ),
    },
    "geometric_sums": {
        "en": _say(
            "[Find|What is|Compute|Determine] S9 [for|of] a geometric [sequence|progression|series] with <sums>",
            "Sn is the sum of the first n terms of a geometric [sequence|progression]. [If|Given that] <sums>, "
            "[find S9.|what is S9?|how much is S9?|then S9 = ?]",
            "[Let|Suppose] a geometric [sequence|progression] [have|has] partial sums <sums>. "
            "[Find|Calculate|Work out|Give] S_9.",
            "The [sum of the first 3 terms|total of the first 3 terms] of a geometric "
            "[sequence|progression|series] is {s}, "
            "that of the first 6 terms is {t}. [What is|Find] the sum of the first 9 terms",
            "[Find|What is|Calculate] the sum of the first nine terms of a geometric [sequence|progression] "
            "whose first "
            "[three|3] terms [total|sum to|add up to] {s} and whose first [six|6] terms [total|sum to|add up "
            "to] {t}[.|]",
            "geometric [series|sequence|progression], <sums>, [what is S9|S9?|find S9]",
            "[Three terms|The first three terms] of a geometric [series|sequence] [make|give|total] {s}, "
            "[six|the first six] [make|give|total] {t}. [And nine?|How much do nine give?|What about the first "
            "nine?]",
            "[How big is|How much is|What's] S_9 [if|when] the terms [form a geometric progression|are geometric] "
            "and <sums>?",
            "In a [geometric sequence|geometric progression|G.P.] <sums>. [Evaluate|Find|What is the value of] "
            "[S9|S_9|S_{{9}}][.|]",
            "[My homework says|The book says|The exercise says]: geometric sequence, the first 6 terms sum to "
            "{t} and the "
            "first 3 to {s}. [What do the first 9 sum to?|What is S9?]",
            "[Denote by Sn|Write Sn for|Let Sn denote] the sum of n terms of a [geometric sequence|GP]; <sums>. "
            "[Then S9 equals what?|Find S9.]",
            "[Help me please:|help,|hi!] in a geometric [sequence|progression] <sums>. [how do i get S9|what is S9]?",
            "The [partial sums|sums] of a geometric [series|progression] [start with|include] <sums>. "
            "[Deduce|Obtain|Find] S9.",
            "[Adding|If we add] the first 3 terms of a geometric sequence [gives|we get] {s}; [adding|for] the "
            "first 6 "
            "terms [gives|we get] {t}. [What does adding the first 9 terms give?|How large is the sum of the "
            "first 9?]",
            "A geometric [sequence|progression] {{a_n}} has [sum S_n of its first n terms|partial sums S_n], "
            "and <sums>. [S_9 = ?|Find the value of S_9.|Calculate S_9.]",
            "[Given|Knowing] that the first 3 terms of a geometric progression sum to {s} and the first 6 to {t}, "
            "[find|compute|determine] the [sum of the first 9|total of the first 9 terms|9-term sum].",
            "a1 + a2 + a3 = {s} and a1 + a2 + ... + a6 = {t} in a geometric [sequence|progression]. [Find|What "
            "is] a1 + a2 + ... + a9",
            "[pls|hey,] S9 of a geometric [series|sequence] [if|when] <sums>",
            "[How much is|Find|What is] the sum of nine terms of a G.P. [if|when] three terms sum to {s} and "
            "six terms to {t}",
            "A geometric series: sum of 3 terms {s}, sum of 6 terms {t}, [sum of 9 terms?|what is the sum of 9 "
            "terms?]",
            "The numbers a1, a2, a3, ... [are in geometric progression|form a geometric sequence]. The first "
            "six of them sum to {t}, the first three to {s}. [Find S9.|What do the first nine sum to?]",
        ),
        "zh": _say(
            "[记|设|用]Sn[为|表示]等比数列{{an}}的前n项和，[若|已知|如果]<和>，[则S9=|求S9|则S9为多少|那么S9是多少]",
            "等比数列{{a_n}}的前n项和为S_n，<和>，[则S_9=____|S_9的值为多少|求S_9的值|S_9等于几]",
            "等比数列的前3项[和|之和]是{s}，前6项[和|之和]是{t}，[求前9项和|前9项的和是多少|前9项之和等于多少]",
            "一个等比数列，[头三项|前三项]加起来[是|等于]{s}，[头六项|前六项]加起来[是|等于]{t}，"
            "[前九项加起来呢|前九项加起来是多少]？",
            "[已知|若]<和>，且{{an}}[是|为]等比数列，[求|计算|算出]S9[。|]",
            "[求|计算]等比数列的S9，[其中|条件是|已知]<和>[。|]",
            "等比数列里<和>，[S9怎么算|S9多少|S9是几][？|]",
            "[帮忙算下|帮我算|请教一下]：等比数列[前三项和|前3项的和]为{s}，[前六项和|前6项的和]为{t}，"
            "[S9是多少|求S9]",
            "在等比数列{{an}}中，Sn是[前n项和|它的前n项和]，[且|并且|已知]<和>，[则S9的值是|S9=？|求S9的值]",
            "[某|有一个]等比数列的[前n项和|前n项之和]记作Sn，<和>，[S9应为多少|那么S9等于多少|则S9是多少]？",
            "等比数列前6项之和为{t}，[其中前3项之和|而前3项之和]为{s}，[前9项之和|它的前9项和]为多少？",
            "等比数列的S3、S6[分别是|依次为|分别等于]{s}和{t}，[S9呢|求S9|S9等于多少]",
            "[利用|根据][S3，S6-S3，S9-S6|连续三项的和]成等比的性质，由<和>求等比数列的S9。",
            "数列{{an}}[是等比数列|成等比数列]，[前三项的和|a1+a2+a3]等于{s}，[前六项的和|前6项总和]等于{t}，"
            "求[S9|前九项的和]。",
            "[这道题怎么做|求解]：等比数列，<和>，[问S9|求S9]",
            "公比不明的等比数列，只知道<和>，[能求出S9吗？S9是多少？|S9是多少？|请求出S9。]",
            "等比数列中a1+a2+a3={s}，a1+a2+…+a6={t}，[求a1+a2+…+a9|则前9项的和是多少|那么S9等于几]",
            "等比数列，[3项和|前3项和]{s}，[6项和|前6项和]{t}，[9项和|前9项和][？|是多少]",
            "成等比数列的一列数，前三个的和是{s}，前六个的和是{t}，[前九个的和是多少|求前九个的和]？",
            "等比数列前n项和Sn满足<和>，[S9的值|S9][为多少|是几|怎么求]",
            "等比数列求和：已知<和>，[计算S9|要求S9|问S9等于多少]",
        ),
    },
    "binomial_coefficient": {
        "en": _say(
            "[When|If] <power> is [expanded|multiplied out], what is the coefficient of [x^{k}|x^{{{k}}}]?",
            "[Find|Determine|Give|Compute] the coefficient of the [x^{k} term|term in x^{k}|term with x^{k}] in "
            "[the expansion of |]<power>.",
            "[Expand|Multiply out] <power>; [what number stands before x^{k}|which factor does x^{k} get]?",
            "coefficient of x^{k} in <power>[?|]",
            "<power>, [coefficient of x^{k}|x^{k} coefficient|the number in front of x^{k}][?|]",
            "How many x^{k} [are there|do we get] [when|after] <power> is [expanded|multiplied out]?",
            "[By the binomial theorem,|Using the binomial theorem,|Use the binomial theorem:] what is the coefficient "
            "of x^{k} in <power>?",
            "[I need|Please give me|Help me find] the coefficient [of x^{k}|in front of x^{k}|belonging to x^{k}] in "
            "[the expansion of |]<power>",
            "[In|Inside] the polynomial <power>, [what multiplies x^{k}|what is x^{k} multiplied by]?",
            "The [term of degree {k}|degree-{k} term] of <power> has [which|what] coefficient?",
            "[Let|Suppose] [f(x)|P(x)] = <power>. [Find|What is] the coefficient of x to the power {k}",
            "[how do i find|how to get|what's] the x^{k} coefficient of <power>",
            "[In|Look at] the [binomial expansion|expansion] of <power>[: which|, what] number goes with x^{k}?",
            "[Calculate|Work out|State] the numerical coefficient of x^{k} [after expanding|when you expand|in]"
            " <power>.",
            "[Write|Writing] <power> as a [sum of powers|polynomial in powers] of x: [what is|give] the "
            "coefficient of "
            "x^{k}[.|]",
            "[The expansion of|Expanding] <power> [contains|gives] a term c·x^{k}. [What is|Find|How large is] c",
            "Raise {a}x {b:+} to the power {n} and [expand|multiply everything out]. [What is|Tell me] the "
            "coefficient of "
            "x^{k}[.|]",
            "Let a = {a}, b = {b}, n = {n}. [What is|Find] the coefficient of x^{k} in (ax + b)^n",
            "[pls|hey,|btw,] [what's|find] the coefficient of x^{k} when you [expand|multiply out] <power>",
            "[Find|Give] the number c such that c x^{k} is the [x^{k} term|term of degree {k}] in the "
            "expansion of <power>.",
        ),
        "zh": _say(
            "<power>的展开式中，[x^{k}的系数是|x^{k}项的系数为|含x^{k}的项的系数是][多少|几|____]",
            "在<power>的[二项展开式|展开式|展开结果]中，[求|写出]x^{k}[项|]的系数。",
            "<power>[展开后|展开以后|展开]，x^{k}前面的[系数|数]是[多少|几]？",
            "[求|算出|计算]<power>展开式中含x^{k}项的系数[。|]",
            "[用二项式定理|利用二项式定理|根据二项式定理]，求<power>中x^{k}的系数。",
            "<power> 中 x 的 {k} 次[项的系数|方的系数][是多少？|等于多少|]",
            "[帮忙算下|帮我求|麻烦算一下]<power>里x^{k}的系数[，谢谢|]",
            "[把|将]<power>[展开|乘开]，[则x^{k}的系数为|x^{k}的系数等于|其中x^{k}的系数是][多少|几]？",
            "[多项式|式子]<power>中x^{k}项[系数为几|的系数怎么求|系数是多少]",
            "设f(x)=<power>，[求展开式里x^{k}的系数|则f(x)中x^{k}的系数是多少|x^{k}的系数等于？]",
            "x^{k}在<power>的展开式中的系数[是|为|等于][多少|____]？",
            "[若|已知]<power>的展开式中有一项是c·x^{k}，[求c|则c等于多少|那么c是多少]",
            "<power> [x^{k}系数|x^{k}的系数|x^{k}项的系数][？|]",
            "{a}x {b:+} 的 {n} 次方[展开后|展开]，x^{k} [的系数是多少|前的系数为多少|的系数等于几]？",
            "[怎么求|怎样算]<power>的展开式里[{k}次项的系数|x^{k}那一项的系数][？|]",
            "二项式<power>的展开式中，[{k}次项|x^{k}这一项]的系数[为|是][多少？|____。]",
            "老师问<power>[展开式|展开之后]x^{k}的系数[是多少|是几]，[我不会算|怎么算|请帮我算出来]",
            "设a={a}，b={b}，n={n}，[求(ax+b)^n展开式中x^{k}的系数|则(ax+b)^n中x^{k}的系数是多少]",
            "({a}x {b:+})的{n}次幂里，[x^{k}的系数是几|x^{k}项系数是多少|求x^{k}的系数]",
            "将<power>按x的降幂展开，x^{k}[一项|这一项]的系数[是多少|为几]？",
        ),
    },
    "linear_system": {
        "en": _say(
            "[Solve|Please solve|Help me solve] [this system|the system|the following system|these equations]: "
            "<1>; <2>; <3>. [Answer as (x, y, z).|Give (x, y, z).|Write the answer as (x, y, z).]",
            "x, y and z [satisfy|fulfil|obey] <1>, <2> and <3>. [Find them|What are they|Find (x, y, z)]",
            r"[Solve|Find the solution (x, y, z) of|Solve for (x, y, z):] $<cases>$",
            "[Three unknowns, three equations:|A system of three equations:|Three linear equations:] <1>, <2>, <3>. "
            "[What is the solution (x, y, z)?|Which point (x, y, z) solves them?|Find (x, y, z).]",
            "[If|When|Given that] <1> and <2> and <3>, [what is|what's|find] (x, y, z)",
            "<1>, <2>, <3>, [x y z = ?|(x,y,z)?|find x, y, z]",
            "[Find|Determine|Calculate] the [numbers|values of|unknowns] x, y, z [such that|for which|so that] "
            "<1>, <2> and <3>.",
            "[Use elimination to solve|Solve by elimination:|Solve by Gaussian elimination:] <1>; <2>; <3>. "
            "Give the [triple|solution] (x, y, z).",
            "[The planes|Three planes] <1>, <2> and <3> [meet|intersect] in [one point|a single point]. "
            "[Which one?|What are its coordinates?|Find it.]",
            "[help|hi|hey], [how do i solve|what's the solution of|can you solve] <1>, <2>, <3>? [i need x, y, "
            "z|for x, y, z]",
            "[Work out|Find] the [solution|solution set] of the [simultaneous equations|linear system] <1>, <2>, <3> "
            "[as a triple (x, y, z)|in the form (x, y, z)].",
            "[We have|I have|There are] three equations in x, y, z: first <1>, then <2>, [finally|and last] <3>. "
            "[What are x, y and z?|Find (x, y, z).]",
            "(x, y, z) = ? [if|where|with] <1>, <2>, <3>",
            "[What values of|Which numbers] x, y, z make <1>, <2> and <3> [all true|true at the same time|hold "
            "together]?",
            "[Solve simultaneously|Solve together]: <1> / <2> / <3>. [State|Give] x, y and z.",
            "Let x, y, z be [real numbers|numbers] with <1>, <2>, <3>. [Compute|Find|Determine] [(x, y, z)|x, "
            "y and z].",
            r"[Solve|Please solve] the linear system with augmented matrix $\begin{{pmatrix}} {a0} & "
            r"{b0} & {c0} & {d0} \\ {a1} & {b1} & {c1} & {d1} \\ {a2} & {b2} & {c2} & {d2} \end{{pmatrix}}$ "
            r"for x, y, z.",
            "[pls|hey,] solve for x y z: <1> and <2> and <3>",
            "The point (x, y, z) lies on the planes <1>, <2> and <3>. [Find the point.|Which point is "
            "it?|Where is it?]",
        ),
        "zh": _say(
            "[解|求解|请解][方程组|三元一次方程组|下列方程组]：<1>，<2>，<3>。[答案写成(x, y, z)。|结果用(x, "
            "y, z)表示。|]",
            r"[解方程组|解三元一次方程组|求方程组的解(x, y, z)：|求解] $<cases>$",
            "已知<1>，<2>，<3>，[则(x, y, z)为多少？|求x、y、z的值。|x、y、z各是多少？|求(x,y,z)]",
            "[若|如果|设]x、y、z[满足|适合]<1>，<2>，<3>，[那么(x, y, z)=？|求(x, y, z)。|则x、y、z分别是多少？]",
            "<1>，<2>，<3>，[求xyz各是多少|解出x、y、z|xyz分别等于几]",
            "[帮忙解一下|帮我解|麻烦解下]这个方程组 <1>; <2>; <3>[，要(x, y, z)|，写成(x, y, z)|，谢谢]",
            "[用消元法|用加减消元法|用高斯消元法]解：<1>，<2>，<3>，[求出(x, y, z)|写出x、y、z的值]。",
            "[三个方程|三元方程组]<1>、<2>、<3>的[公共解|解][是什么|(x, y, z)是多少]？",
            "[三个平面|平面]<1>、<2>、<3>交于一点，[求交点坐标|这个点的坐标是多少|该点坐标为何值]",
            "方程组 <1>，<2>，<3> 的解[(x, y, z)是多少|为____|是什么|(x,y,z)等于][？|]",
            "[x、y、z取什么值时|当x、y、z为何值时|x、y、z等于多少时]，<1>、<2>、<3>[同时成立|都成立]？",
            "[有|现有|手头有]三个方程：<1>，<2>，<3>，[怎么求x、y、z|x、y、z怎么算|求未知数x、y、z]？",
            "求[数组|有序数组|三元组](x, y, z)，使得<1>，<2>，<3>[同时成立|]。",
            "[联立|把下面三式联立：]<1>；<2>；<3>，[解得(x, y, z)=____|求(x, y, z)|解出x、y、z]。",
            "(x, y, z)[是多少|等于几]？[已知|条件是|它满足]<1>，<2>，<3>",
            r"增广矩阵为$\begin{{pmatrix}} {a0} & {b0} & {c0} & {d0} \\ {a1} & {b1} & {c1} & {d1} \\ {a2} & "
            r"{b2} & {c2} & {d2} \end{{pmatrix}}$的线性方程组，[求解(x, y, z)|其解(x, y, z)是多少]",
            "线性方程组[有唯一解|]：<1>，<2>，<3>，[该解(x, y, z)为____|求这个解(x, y, z)]",
            "同时满足<1>、<2>、<3>的x、y、z[各为多少|分别是多少|怎么求]？",
            "求x、y、z的值：<1>；<2>；<3>",
        ),
    },
    "root_square_sum": {
        "en": _say(
            "[The equation|The quadratic|The quadratic equation] <q=0> has [roots|solutions] [x1 and x2|r and "
            "s|p and q]. "
            "[What is|Find] the sum of their squares",
            "[If|When] α and β are the [roots|solutions] of <q=0>, [find|what is|compute] [α^2 + β^2|α² + β²]",
            "[Let|Say] x_1, x_2 be the two [roots|solutions] of <q=0>. [Calculate|Find|Evaluate] x_1^2 + x_2^2.",
            "sum of squares of the [roots|solutions] of <q=0>[?|]",
            "<q=0>, [x1^2 + x2^2|x1² + x2²|x1^2+x2^2] = ?",
            "[Without solving|Without solving the equation|Using Vieta's formulas], find the sum of the "
            "squares of the "
            "[two roots|roots|solutions] of <q=0>.",
            "[I square|We square|Someone squares] [each root|both solutions] of <q=0> and [add the two "
            "squares|add up the results]. "
            "[What do I get?|What is the total?|What is the sum?]",
            "[What do|How much do] the squares of the [roots|two roots|zeros] of <q> [total|sum to]?",
            "[Find|Determine|Compute] r^2 + s^2, where r and s are the [zeros|roots] of [the polynomial|f(x) "
            "=|the quadratic] <q>.",
            "[how do i find|how to get|whats] the sum of the squared [roots|solutions] of <q=0>",
            "The [polynomial|function|trinomial] <q> has zeros u and v. [Work out|Give|Find] u^2 + v^2.",
            "[Take|Consider] the equation <q=0>. [Its roots|The roots] are x1 and x2; [how much is|what is] "
            "x1^2 + x2^2?",
            "[Given|For] <q=0> with roots x1, x2, [evaluate|calculate|work out] [x1² + x2²|x1^2 + x2^2|the sum "
            "of their squares].",
            "[By Vieta,|From Vieta's relations:] what is the [sum of the squares|total of the squares] of the "
            "roots of <q=0>?",
            "[One root of|The first root of] <q=0> squared plus the [other|second] root squared: [what is "
            "it|how much|what's the value]?",
            "[Help me please:|Exercise:|My teacher asks:] α, β are roots of <q=0>. [α²+β²|α^2 + β^2]?",
            "In ax^2 + bx + c = 0 let a = {a}, b = {b}, c = {c}. [Find|What is] the sum of the squares of the roots",
            "[pls|hey,|btw,] what do you get if you square the two roots of <q=0> and sum them",
            "r and s [solve|are the solutions of] {a} x squared {b:+} x {c:+} = 0. [r^2 + s^2 = ?|What is r^2 "
            "+ s^2?|Find r² + s².]",
        ),
        "zh": _say(
            "[若|已知|设]x1、x2是[一元二次方程|方程|关于x的方程]<q=0>的两[个|]根，则[x1^2+x2^2|x1²+x2²]"
            "[的值为|=][多少？|____]",
            "[不解方程|不解方程，利用根与系数的关系|用韦达定理]，求<q=0>两根的[平方和|平方之和]。",
            "方程<q=0>的[两根|两个根|两个解]为[α、β|m、n|p、q]，[求两根平方的和|求它们的平方和|两根的平方和是多少]",
            "<q=0>的[两根平方和|两个根的平方和|根的平方和][？|是？|]",
            "[设|记]<q=0>的两根[分别为|为]α和β，[求|计算][α^2+β^2|α²+β²][的值|]。",
            "<q=0>，[x1^2+x2^2=?|求x1²+x2²|两根平方和等于多少]",
            "[帮忙算下|帮我算|请算一下]方程<q=0>[两根的平方和|两个解的平方和][，谢谢|]",
            "把方程<q=0>的[两个根|两个解|两根][分别平方后相加|平方后加起来]，[等于多少|结果是几|和是多少]？",
            "[函数|二次函数]y=<q>的两个零点是x1、x2，[求x1^2+x2^2|则x1²+x2²是多少|零点的平方和是多少]",
            "一元二次方程<q=0>[有两根|的两根为]x1，x2，[那么x1^2+x2^2等于几|x1的平方加x2的平方是多少]？",
            "怎么[求|算]<q=0>[两根的平方和|两个根的平方加起来的值]？",
            "[m、n|x₁、x₂|r、s]是方程<q=0>的两根，[二者的平方和|它们各自平方再求和]等于[多少|几]？",
            "[由|根据]韦达定理，方程<q=0>的两根之平方和[是|为][多少|____]？",
            "[二次三项式|多项式]<q>的两个[根|零点]的平方和[是多少|等于几|怎么算]？",
            "[方程|二次方程]<q=0>，一个根的平方加上另一个根的平方[等于多少|是几|得多少][？|]",
            "ax^2+bx+c=0中a={a}，b={b}，c={c}，[求两根的平方和|两根平方之和是多少]",
            "{a}x方 {b:+}x {c:+} = 0，[两根的平方和是多少|设两根为x1、x2，求x1^2+x2^2]",
            "方程<q=0>的两个解的平方[加起来|相加|之和][是多少|得几|等于多少]？",
            "[利用|由]两根之和与两根之积，求方程<q=0>两根的平方和。",
        ),
    },
}
