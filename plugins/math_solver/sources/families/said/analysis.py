"""How people put the questions of the families of ``analysis``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..family import Texts
from .formulas import with_formulas

_NUMBER = "[{a} {b:+}i|{a}{b:t}i|{a} {b:+}*i|{a} {b:+} i]"
_SUM = (
    "[{a} sin {p}° {b:+} cos {q}°|{a}sin{p}°{b:t}cos{q}°|{a}sin({p}°) {b:+}cos({q}°)|{a}·sin {p}° {b:+}·cos {q}°"
    r"|{a}\sin {p}^\circ {b:+}\cos {q}^\circ|{a} * sin({p}°) {b:+} * cos({q}°)]"
)
_QUADRATIC = "[{a}x^2 {b:+}x {c:+}|{a}x^2{b:t}x{c:t}|{a}x² {b:+}x {c:+}|{a}*x^2 {b:+}*x {c:+}]"
_INTEGRAL = (
    r"[$\int_{{{p}}}^{{{q}}} ({a}x^2 {b:+}x {c:+}) dx$|\int_{{{p}}}^{{{q}}} ({a}x^2{b:t}x{c:t})\,dx"
    "|∫_{{{p}}}^{{{q}}} ({a}x^2 {b:+}x {c:+}) dx|∫ from {p} to {q} of ({a}x^2 {b:+}x {c:+}) dx]"
)
_ROOTS = (
    "[{a}sqrt(x) {b:+}x^2|{a}√x {b:+}x^2|{a}√x{b:t}x²|{a}sqrt(x){b:t}x^2|{b}x^2 {a:+}sqrt(x)"
    r"|{a}\sqrt{{x}} {b:+}x^2|{a}*sqrt(x) {b:+}*x^2]"
)
_ONE = "[({a}, {b})|({a},{b})|({a}; {b})]"
_OTHER = "[({c}, {d})|({c},{d})]"
_ONE_ZH = "[({a}, {b})|({a},{b})|（{a}，{b}）]"
_OTHER_ZH = "[({c}, {d})|({c},{d})|（{c}，{d}）]"
_PARTS = {
    "<z>": _NUMBER,
    "<sum>": _SUM,
    "<q>": _QUADRATIC,
    "<integral>": _INTEGRAL,
    "<f>": _ROOTS,
    "<P>": _ONE,
    "<Q>": _OTHER,
    "<点>": _ONE_ZH,
    "<终>": _OTHER_ZH,
}
_say = partial(with_formulas, _PARTS)

SAID: Mapping[str, Texts] = {
    "complex_modulus": {
        "en": _say(
            "[What's|What is] the [modulus|absolute value|magnitude] of [the complex number |z = |]<z>?",
            "[If|When|Given] z = <z>, [what is|find|how large is] |z|",
            "[Determine|State|Give|Work out] the [modulus|magnitude|absolute value] of [z = |the number |]<z>.",
            "How [far|many units] is [the point |the complex number |]<z> from [the origin|zero] in the "
            "[complex plane|Argand plane|Gaussian plane]?",
            "modulus of <z>[?|, please|]",
            "[abs|mod]({a} {b:+}i) = ?",
            "z = <z>, |z|=?",
            "A complex number has real part {a} and imaginary part {b}. [What is its modulus?|Find its "
            "absolute value.|"
            "How large is its modulus?]",
            "[Consider|Let|Take] z = <z>. [Its|The] [modulus|absolute value|magnitude]?",
            "[help me find|how do i compute|how to calculate] the [modulus|absolute value|length] of the "
            "complex number <z>",
            "[Evaluate|Simplify|Compute] |{a} {b:+}i|[ exactly|].",
            "[Plot|Mark] <z> in the complex plane. How [long is the segment|far is it] from the origin to this "
            "[point|number]?",
            "[Write|We write] z = <z> in polar form, z = r·e^(iθ)[. What is r?|; find r.]",
            "[Find|Calculate] the [length|modulus] of the [vector|arrow] that represents the complex number <z>.",
            "The [modulus|absolute value] of z, where z = <z>, [equals what?|is how much?|is what number?]",
            "[Let i be the imaginary unit.|Here i is the imaginary unit.] [Find|Give] the [modulus|absolute "
            "value] of <z>.",
            "Let z = a + bi with a = {a} and b = {b}. [Find|What is|Calculate] |z|",
            "[hey,|btw,|ok so] what's the [modulus|absolute value|magnitude] of <z>",
            r"[Compute|Find|Evaluate] $\left|{a} {b:+}i\right|$",
            "The complex number with Re z = {a} and Im z = {b} has which [modulus|absolute value|magnitude]?",
        ),
        "zh": _say(
            "复数[z=|z = |]<z>[的模|的模长|的绝对值][是多少？|等于几？|为____|怎么求]",
            "已知[复数|]z=<z>，[则|那么]|z|[=？|等于多少|的值是多少？|为____]",
            "[若|设|如果]复数z[=|为|等于]<z>，[求z的模|求它的模长|它的模是多少]",
            "复平面[内|上|中]，[复数|点]<z>到原点的距离[是多少|为多少|等于几]？",
            "<z>的[模|模长|绝对值]",
            "[帮忙算下|帮我算|请算一下]复数<z>的[模|模长][，谢谢|]",
            "z=<z>，[模是多少|求模|模长多少]",
            "[求出|写出|计算]复数z = <z>的[模|绝对值|模长][。|]",
            "实部为{a}、虚部为{b}的复数，[其模为多少|它的模是多少|模等于几]？",
            "[i是虚数单位|i为虚数单位|设i为虚数单位]，复数<z>的模[为|是][多少|____]",
            "计算|{a} {b:+}i|[。|的值。|，要精确值]",
            "|{a}{b:t}i|[=?|是多少|的值为____]",
            "复数<z>[对应的向量|所对应的向量]的[长度|模][为|是]多少？",
            "把<z>写成[三角形式|极坐标形式]r(cosθ+isinθ)，[其中r等于多少|求r|r是多少]",
            "[怎么求|怎样算]<z>[这个复数|]的[模|模长][？|]",
            "在复平面上[标出|画出]复数<z>，[求该点离原点有多远|它与原点相距多少]",
            "设z=a+bi，其中a={a}，b={b}，[求z的模|求z的模长|z的模等于几]",
            "复数z的实部是{a}，虚部是{b}，[则z的模为多少|求z的模|模长是多少]？",
            "复平面上坐标为({a}, {b})的点表示复数z，[求z的模|z的模是多少|z的绝对值等于多少]",
            "<z>这个复数，[模怎么求|它的绝对值是几|模长等于多少呀]",
        ),
    },
    "trigonometric_value": {
        "en": _say(
            "[Give|State|Determine|Work out] the [exact value|exact result] of <sum>.",
            "[What's|What is] <sum>[, exactly|, in exact form|, with roots and no decimals]?",
            "<sum> [= ?|exact value|exactly?|as an exact value]",
            "[Simplify|Evaluate] <sum>[ exactly|, leaving roots in the answer|; do not round|].",
            "[Without a calculator|By hand|Using exact values], [find|compute|evaluate] <sum>.",
            "[Help me|Please help me] [simplify|work out|evaluate] <sum>[, no decimals|, exact please|]",
            "[how do i get|how to compute|need] the exact value of <sum>",
            "Multiply sin {p}° by {a}, multiply cos {q}° by {b} and add. [What is the exact result?|Give the "
            "exact result.]",
            "[Add|Find the sum of] {a} times the sine of {p} degrees and {b} times the cosine of {q} degrees[, "
            "exactly|].",
            "[What is|Find|Calculate] [{a} times sin {p}° plus {b} times cos {q}°|{a}·sin({p} degrees) + "
            "({b})·cos({q} degrees)]"
            "[ in exact form| exactly|]",
            "The angles are in degrees. [Find|Compute|Determine] the [value|exact value] of <sum>.",
            "[Express|Write] <sum> [in surd form|with square roots only|without trigonometric functions].",
            "[Homework:|Exercise:|Question:] [the value|the exact value] of <sum>?",
            "To what [number|exact number] does <sum> [simplify|evaluate|amount]?",
            "Let [A|T|y] = <sum>. [Find|Calculate|Determine] its exact value.",
            "How much does <sum> [make|come out to|give][ exactly|]?",
            "{a} times sin({p}°), plus ({b}) times cos({q}°): [how much exactly?|what is the exact "
            "value?|exact result please]",
            "[An exact answer|A closed form|An exact number] is wanted for <sum>[. What is it?|: find it.]",
            "[pls|plz] [simplify|evaluate|give the exact value of] <sum>",
            r"[Find|Calculate] $[{a}\sin {p}^{{\circ}} {b:+}\cos {q}^{{\circ}}|{a}\sin({p}°) {b:+}\cos({q}°)]$",
        ),
        "zh": _say(
            "<sum>[的值为|的值是|的精确值是|等于][多少|____|几]",
            "[求值：|化简求值：|计算：|求值]<sum>",
            "[求|算出|写出]<sum>的[值|精确值][，结果保留根号|，不要小数|][。|]",
            "[帮忙算下|帮我算一下|麻烦算算]<sum>[，要精确值|，保留根号|]",
            "<sum>[=？|=____|，精确值？|，怎么算]",
            "[不用计算器|不查表|不使用计算器]，[求|计算]<sum>[的精确值|]。",
            "[角度用度表示|角的单位是度]，[求|计算]<sum>[的值|]。",
            "{a}乘sin{p}°再加上{b}乘cos{q}°[是多少|等于多少|得几]？",
            "sin{p}°的{a}倍与cos{q}°的{b}倍之和[是多少|等于多少|的精确值是什么]？",
            "[化简|请化简]<sum>[，用根式表示|，结果用根号表示|]。",
            "[利用特殊角|利用三角函数公式|用三角公式]计算<sum>[的值|的精确值]。",
            "[设|记|令][A|T|y]=<sum>，[求它的精确值|则其值为多少|那么它的值是多少]",
            "[三角函数式|式子|表达式]<sum>的[值|精确值][是|为]多少？",
            "[请问|老师问]<sum>[的精确值怎么求|等于多少|算出来是几]？",
            "[把|将]<sum>[算出来|化到最简]，[答案带根号即可|不要写成小数|要精确的值]",
            "{a}·sin{p}°与({b})·cos{q}°[的和|之和|相加][是多少|等于几]？",
            "<sum>，[写出精确结果|答案要精确|求精确值]",
            r"[求|计算]$[{a}\sin {p}^{{\circ}} {b:+}\cos {q}^{{\circ}}|{a}\sin({p}°) {b:+}\cos({q}°)]$的值",
            "已知角度[为度数|都是度数]，<sum>[的准确值是多少|算得多少|等于几]？",
        ),
    },
    "definite_integral": {
        "en": _say(
            "[Compute|Evaluate|Find|Work out] <integral>[.| please|]",
            "<integral> [= ?|equals what?|value?]",
            "[What is|What's|How much is] <integral>?",
            "[Integrate|Please integrate|help me integrate] f(x) = <q> [between x = {p} and x = {q}|from x = "
            "{p} to x = {q}|"
            "over the interval from {p} to {q}].",
            "[definite integral|integral] of <q> [from {p} to {q}|between {p} and {q}|with limits {p} and {q}]",
            "[Find|Calculate|Determine] the [definite integral|integral] of <q>, where x [runs|goes] from {p} to {q}.",
            "[If|When] f(x) = <q>, [what is|find] the integral of f from {p} to {q}[ with respect to x|]",
            "The lower limit is {p}, the upper limit is {q} and the [integrand|function] is <q>. "
            "[Find the integral.|What is the value of the integral?|Evaluate it.]",
            "[Over|On] the interval [{p}, {q}], integrate [the function |f(x) = |]<q>.",
            "F is an antiderivative of <q>. [Find|Calculate|What is] F({q}) - F({p})",
            "[how do i integrate|how to integrate|can you integrate] <q> dx from {p} to {q}",
            "[Let|Suppose|Given] f(x) = <q>. [Compute|Evaluate|Find] the definite integral over [{p}, {q}].",
            "[By|Using] the fundamental theorem of calculus, find the integral of <q> from {p} to {q}.",
            "integrate({a}*x^2 {b:+}*x {c:+}, x, {p}, {q})",
            "What [is the value of|value has] the integral of <q> [with bounds {p} and {q}|between the limits "
            "{p} and {q}|"
            "taken from {p} to {q}]?",
            "[Find|Give] the signed area [between|enclosed by] the [curve|graph of] y = <q> and the x-axis "
            "from x = {p} to x = {q}.",
            "From {p} to {q}, [what does|how much does] [the function |]<q> integrate to?",
            "Let f(x) = ax^2 + bx + c with a = {a}, b = {b}, c = {c}. [Integrate it|Find its definite integral]"
            " from {p} to {q}.",
            "[pls|hey,|help:] [integrate|find the integral of] {a} x squared {b:+} x {c:+} from {p} to {q}",
            "[Integrate|Take the integral of] <q> with respect to x[, lower bound {p}, upper bound {q}| "
            "between the bounds {p} and {q}].",
            "[Find|Determine|Give] the value of the definite integral with integrand <q>, x from {p} up to {q}.",
        ),
        "zh": _say(
            r"[计算|求|求定积分|计算定积分][$\int_{{{p}}}^{{{q}}} ({a}x^2 {b:+}x {c:+}) dx$|"
            r"\int_{{{p}}}^{{{q}}} ({a}x^2{b:t}x{c:t})\,dx|∫_{{{p}}}^{{{q}}} ({a}x^2 {b:+}x {c:+}) dx]",
            r"[定积分|积分|][$\int_{{{p}}}^{{{q}}} ({a}x^2 {b:+}x {c:+}) dx$|∫_{{{p}}}^{{{q}}}({a}x^2{b:t}x{c:t})dx]"
            "[的值为|等于|的值是][多少|几|____]",
            "函数f(x)=<q>从{p}到{q}的[定积分|积分][是多少？|等于几|怎么算|的值为____]",
            "[设|已知|若]f(x)=<q>，[求|计算]f(x)在[{p}, {q}]上的[定积分|积分]。",
            "[被积函数|函数]为<q>，下限{p}，上限{q}，[求定积分|积分值是多少|定积分等于多少]",
            "[帮忙算下|帮我积一下|麻烦算一下]<q>从{p}到{q}的[定积分|积分][，谢谢|]",
            "[对|把]<q>[在x从{p}到{q}上积分|从x={p}积到x={q}|从{p}到{q}积分]，[结果是多少|得多少|等于几]？",
            "<q>，[积分区间从{p}到{q}|从{p}积到{q}|积分限{p}到{q}]，[求积分|积分等于多少|结果？]",
            "[用|利用|由]牛顿-莱布尼茨公式[求|计算]<q>从{p}到{q}的定积分。",
            "[若|设]F(x)是<q>的一个原函数，[求F({q})-F({p})|则F({q})-F({p})等于多少|那么F({q})减F({p})是多少]",
            "当x从{p}[变到|变化到]{q}时，[函数|]<q>的[定积分|积分][为多少|是多少|等于几]？",
            "[积分上限是{q}，下限是{p}|积分下限{p}，上限{q}]，[被积函数|被积式]是<q>，[求值|求积分|算出结果]。",
            "<q> 在 {p} 到 {q} 上的[定积分|积分][？|是多少|怎么求]",
            "[求|计算]曲线y=<q>与x轴在x={p}到x={q}之间的[有向面积|带符号的面积|面积代数和]。",
            "∫({a}x^2 {b:+}x {c:+})dx，[下限{p}上限{q}|从{p}到{q}]，[等于多少|求值|=？]",
            "[求|写出]<q>在区间[{p}, {q}]上[的定积分|的积分值][。|]",
            "设f(x)=ax^2+bx+c，a={a}，b={b}，c={c}，[求它从{p}到{q}的定积分|它从{p}到{q}的积分是多少]",
            "{a}x方 {b:+}x {c:+}，从{p}到{q}[的定积分是多少|积分等于几|求定积分]",
            "请[计算|求出]定积分：上限为{q}，下限为{p}，被积函数为f(x) = <q>[。|]",
            "把 <q> 从 x={p} 到 x={q} [积分|做定积分|积起来]，[值是多少|答案是几]？",
        ),
    },
    "derivative_value": {
        "en": _say(
            "[What is|What's|Find] the derivative of <f> [at x = {t}|at the point x = {t}|when x = {t}|for x = {t}]",
            "[If|When|Given] f(x) = <f>, [what is|find|calculate|how much is] f'({t})[ exactly|]",
            "f(x) = <f>, f'({t}) = ?",
            "[Find|Determine|Compute] the [slope|gradient|steepness] of the [tangent|tangent line] to y = <f> "
            "at [x = {t}|the point with x = {t}].",
            "How steep is the [curve|graph|function] y = <f> [at|where|when] x = {t}?",
            "[Differentiate|Take the derivative of] [y = |f(x) = |]<f>, then [put in|substitute|plug in] x = {t}. "
            "[What do you get?|What comes out?|Give the exact value.]",
            "[Let|Suppose|Take] y = <f>. [Find|Evaluate|Give] dy/dx at x = {t}[, exactly|].",
            "[Evaluate|Compute|Work out] [d/dx|the derivative] of <f> at x = {t}[ exactly|].",
            "[At|When] x = {t}, what is the [rate of change|instantaneous rate of change|slope] of [y = |f(x) "
            "= |]<f>?",
            "derivative of <f> at {t}[?|]",
            "[help me find|how do i find|need] f'({t}) [if|when|where] f(x) = <f>",
            "The function f is given by f(x) = <f>. [What value does f' take at {t}?|Find the value of its "
            "derivative at {t}.|"
            "What is f'({t})?]",
            "[Calculate|Find] y'({t}) for [y = |y(x) = |the function y = ]<f>.",
            "A [tangent|tangent line] touches the graph of y = <f> [at|where] x = {t}. [What is its "
            "slope?|Find its gradient.]",
            "[The exact value of|An exact value for] f'({t}) is [needed|wanted], where f(x) = <f>.",
            "At [which|what] rate does y = <f> change [when|at the moment when] x equals {t}?",
            "x = {t}: [slope|gradient|derivative] of y = <f>?",
            "[Let|Say] y be a times the square root of x plus b times x squared, a = {a}, b = {b}. [Find|What "
            "is] y' at x = {t}",
            "[pls|hey,|quick:] slope of <f> [when x is {t}|at x={t}|for x equal to {t}]",
            "[Find|Give|Determine] the gradient of the [curve|graph] y = <f> at the point [whose x-coordinate "
            "is|with abscissa] {t}.",
            "f(x) = <f>. [Find|Compute] the derivative first and then its value at {t}.",
        ),
        "zh": _say(
            "[已知|设|若|给定][函数|]f(x)=<f>，[求f'({t})|则f'({t})等于多少|那么f'({t})=____|则f'({t})的值是多少]",
            "f(x)=<f>，f'({t})[=？|是多少|等于几|怎么求]",
            "[函数|曲线]y=<f>在[x={t}|点x={t}]处的[导数|导数值|切线斜率][是多少|为____|等于几]",
            "求[曲线|函数图象|函数图像]y=<f>在x={t}处[切线的斜率|的切线斜率][。|]",
            "[先求导再代入：|求导并代入：|先求导，再代值：]f(x)=<f>，x={t}[。|，结果是多少|]",
            "[对|把]<f>求导，[再|然后]令x={t}，[得多少|导数值是多少|结果等于几]？",
            "[帮忙算下|帮我求|请算出]<f>在x={t}[处|时]的导数[值|][，谢谢|]",
            "当x={t}时，[函数|函数y=|y=]<f>的[导数|瞬时变化率|变化率][是多少|等于几|为多少]？",
            "y=<f>，[求x={t}处的dy/dx|求x={t}时的y'|x={t}时y'等于多少]",
            "设y=<f>，[计算|求]y'在x={t}处的[值|精确值]。",
            "曲线y=<f>上横坐标为{t}的点处，[切线斜率是多少|切线的斜率等于几|求切线的斜率]",
            "[导函数|f的导函数]f'(x)在x={t}处的值[是多少|为多少]？其中f(x)=<f>",
            "[求|计算|写出]f'({t})，[其中|这里|已知]f(x)=<f>[。|]",
            "<f>在{t}处的[导数|导数值][？|]",
            "[怎么求|怎样计算]函数<f>在x={t}的[导数值|导数|斜率][？|]",
            "函数f(x)=<f>，[它在x={t}这一点的变化率|其图象在x={t}处切线的斜率|其导数在x={t}的取值]是多少？",
            "设f(x)=a√x+bx^2，a={a}，b={b}，[求f'({t})|则f'({t})等于多少|f(x)在x={t}处的导数是多少]",
            "[求导：|求导数：]y=<f>，在x={t}[处的值|时的值|这一点]",
            "过曲线y=<f>上x={t}的点作切线，[切线斜率是多少|求这条切线的斜率|它的斜率为____]",
            "f(x)=<f>，[先求f'(x)，再求f'({t})|求出导函数后计算f'({t})|对x求导后x取{t}，得多少]",
        ),
    },
    "point_distance": {
        "en": _say(
            "[What is|What's] the [distance|straight-line distance|exact distance] between <P> and <Q>?",
            "[Points|The points|Two points] A<P> and B<Q> [are given|lie in the plane]. [Find|Calculate|Determine] "
            "[AB|the length of AB|the distance AB].",
            "[distance|dist|the distance] from <P> to <Q>",
            "[How far apart are|How far away from each other are|How distant are] [the points |]<P> and <Q>?",
            "[If|When|Given] A = <P> and B = <Q>, [how long is|find the length of|what is the length of] "
            "[AB|the segment AB]",
            "P is the point <P>, Q is the point <Q>. [Find|Compute|Give] the distance [PQ|from P to Q|between them].",
            "[How long is|What is the length of] the [segment|line segment|straight path] from <P> to <Q>?",
            "The [endpoints|ends|end points] of a [segment|line segment|rod] are <P> and <Q>. [Its length?|How "
            "long is it?|"
            "Find its length.]",
            "On a [map with a coordinate grid|coordinate grid|coordinate plane], [my house|the school|a tree] "
            "is at <P> and "
            "[the station|a well|the lake] at <Q>. [How far apart are they|What is the distance between them], "
            "in grid units?",
            "[An ant|A robot|A drone|A bug] [goes|moves|travels] in a straight line from <P> to <Q>. "
            "[How far does it go?|How long is its path?|What distance does it cover?]",
            "[help me find|how do i find|how to compute] the distance between [points |the points |]<P> and <Q>",
            "[Use|Apply] the distance formula to the points <P> and <Q>. [What do you get?|What is the result?]",
            "One point has [x = {a} and y = {b}|coordinates x={a}, y={b}], another has [x = {c} and y = {d}|"
            "coordinates x={c}, y={d}]. [How far apart are they?|What is the distance between the two?|Find "
            "their distance.]",
            "[Exactly how|How] far is it from the point <P> to the point <Q>[ in a straight line|]?",
            "[Calculate|Work out|State] the [exact |]distance between the [two points|points] with coordinates "
            "<P> and <Q>.",
            "A circle around <P> passes through <Q>. [What is its radius?|Find the radius.|How long is its radius?]",
            "A<P>, B<Q>, [AB|length of AB|distance AB] = ?",
            "Two neighbouring corners of a [square|polygon|rectangle] are <P> and <Q>. How long is [this|that] side?",
            "[pls|hey,|quick:] how far is <P> from <Q>, [straight line|as the crow flies|exact value]",
            "[Calculate|Find|Determine] d(A, B) for A = <P>, B = <Q>.",
            "x1 = {a}, y1 = {b}, x2 = {c}, y2 = {d}: [what is the distance of the two points?|how far apart "
            "are the points?|distance?]",
            "Two [towns|ships|lamps|players] stand at <P> and <Q> in the [coordinate plane|xy-plane]. [How far "
            "apart are they?|What distance separates them?]",
        ),
        "zh": _say(
            "[已知|设|若|给出]A<点>，B<终>，[求AB的长|则AB的长度是多少|求线段AB的长|那么AB=____]",
            "[平面内|平面直角坐标系中|坐标平面上]，点<点>[与|和|到]点<终>[的距离|之间的距离][是多少|为多少|等于几]？",
            "<点>[和|到|与]<终>[的距离|距离|的直线距离]",
            "点P<点>到点Q<终>[有多远|的距离怎么算|相距多少]？",
            "[帮忙算下|帮我算|请算出]<点>和<终>[两点|这两个点|两点之间]的距离[，谢谢|]",
            "[求|计算|算出]两点A<点>、B<终>[间|之间]的距离[。|]",
            "A的坐标是<点>，B的坐标是<终>，[A、B相距多远|AB两点距离是多少|求A、B两点间距离]",
            "线段AB的两[个|]端点[为|是|分别为]A<点>、B<终>，[线段的长度是多少|求线段长|AB有多长]",
            "[一只蚂蚁|机器人|小虫|无人机]从<点>沿直线[走到|移动到|到达]<终>，"
            "[走了多远|路程是多少|移动的距离是多少]？",
            "地图[坐标网格|的坐标格]上，[学校|我家|车站]在<点>，[公园|医院|图书馆]在<终>，[两地的直线距离是多少格单位|"
            "它们的直线距离是多少个单位]？",
            "[连接|连结]点<点>与点<终>，[所得线段长为多少|所得线段有多长|求这条线段的长度]",
            "用两点间距离公式[求|计算]<点>与<终>的距离。",
            "|AB|[=？|等于多少？|是多少？]其中A<点>，B<终>",
            "以<点>为圆心的圆[经过|过]点<终>，[求半径|半径是多少|则圆的半径为多少]",
            "一个点横坐标{a}、纵坐标{b}，另一个点横坐标{c}、纵坐标{d}，[它们相距多少|两点距离是多少|求两点的距离]",
            "[从|由]<点>到<终>的[最短距离|直线距离|距离][是|为][多少|几][？|]",
            "正方形[的一条边|的一边]的两端是<点>和<终>，[求边长|边长是多少|它的边长为多少]",
            "x1={a}，y1={b}，x2={c}，y2={d}，[求两点(x1,y1)、(x2,y2)的距离|(x1,y1)到(x2,y2)的距离是多少]",
            "两[艘船|座塔|盏灯]在坐标平面上分别位于<点>和<终>，[相距多少|它们之间的距离是多少|两者隔多远]？",
            "[A、B|M、N|P、Q]两点的坐标分别是<点>、<终>，[它们的距离是|两点间的距离为][多少|____]",
            "<点>，<终>，[两点距离|求两点间的距离|隔多远]",
        ),
    },
    "drawing_balls": {
        "en": (
            "There are {r} red and {b} blue [balls|marbles|beads|chips] in a [bag|box|jar|hat]. [I take|We "
            "take|Anna takes] "
            "two [at once|at the same time|together]. [What is the chance|How probable is it] that both are red?",
            "What is the [probability|chance] of [drawing|getting|picking] two red [balls|marbles|tokens] from a "
            "[bag|box|jar|urn] with {r} red and {b} blue ones, [without replacement|if nothing is put back]?",
            "[bag|box|jar] with {r} red and {b} blue [balls|marbles|beads], [draw|take|pick] two without replacement, "
            "[P(both red)?|probability both red|chance of two reds]",
            "My [son|daughter|friend] has {r} red [pens|pencils|crayons] and {b} blue ones in a [case|box|drawer] and "
            "[grabs|pulls out|takes] two [blindly|without looking]. [Find|What is] the probability that "
            "[both|the two] are red",
            "[Tom|Lucy|Sam] [draws|takes] one [ball|marble|card] and then another, without [replacing|putting "
            "back] the first. "
            "There were {r} red and {b} blue at the start. [What is the probability of red both times?|"
            "What are the chances that both are red?|Find the probability that both are red.]",
            "A drawer [contains|has|holds] {b} blue and {r} red [socks|gloves|ribbons|scarves]. Two are pulled "
            "out [in the dark|at random|"
            "without looking]. [What is the probability of two red ones?|How likely is it that they are both red?]",
            "{b} blue and {r} red [cards|counters|tickets|slips of paper] are [shuffled|mixed]; two are "
            "[dealt|drawn|turned up]. "
            "[Probability that both are red?|Find the probability of two reds.|With what probability are both red?]",
            "In a [garden shop|flower shop|vase] there are {r} red and {b} blue [flowers|tulips|roses]. "
            "Someone [picks|chooses] two "
            "at random. What is the [probability|chance] that [both are red|no blue one is among them|only red "
            "ones are picked]?",
            "[Calculate|Compute|Determine] the probability that two [balls|beads|buttons] "
            "[chosen|drawn|selected] at random from "
            "{r} red and {b} blue ones are both red.",
            "[If|When] I [pick|pull|draw] two [sweets|candies|jelly beans] from a bag of {r} red and {b} blue "
            "ones and eat them, "
            "[how likely is it that both were red?|what's the probability that both are red?]",
            "[Both|Two] [balls|marbles|stones] should be red: with what probability does that happen if two are drawn "
            "[together|one after the other without replacement|in one go] from {r} red and {b} blue ones?",
            "An [urn|opaque bag|box] [contains|is filled with] red and blue balls, {r} of them red and {b} "
            "blue. Two balls are "
            "[drawn|removed] without [replacement|returning any]. [Find P(red, red).|What is the probability "
            "of red twice?]",
            "[help me with this:|probability question:|quick one:] {r} red and {b} blue [marbles|balls|cubes], "
            "two [taken|drawn] "
            "at random, no replacement. [chance both red?|what's the probability that both are red?]",
            "A [teacher|coach|team] has {r} red and {b} blue [shirts|caps|bibs] and [hands "
            "out|picks] two at random. "
            "What's the probability [that both are red|of two red ones]?",
            "Two [fish|birds|cars] are [picked|chosen|selected] at random among {r} red and {b} blue ones. "
            "[What's the chance of two reds?|Find the probability that each of the two is red.]",
            "How [likely|probable] is it to [get|pull|draw] a pair of red [socks|gloves|cards] when taking two "
            "at random out of {r} red "
            "and {b} blue ones?",
            "[Without looking|With closed eyes], [Ben|Mary|Emma] takes two [beads|buttons|blocks|dice] out of "
            "a [tin|bag|box] in which "
            "{b} are blue and {r} are red. [Find|Give] the probability that [both of them|the two] are red.",
            "[From|Out of] a [bowl|basket|box] with {b} blue and {r} red [eggs|balls|balloons|apples] a random "
            "pair is [taken|chosen]. "
            "What is the probability of [a red pair|both being red]?",
            "A [lottery drum|machine|container] holds {r} red and {b} blue [balls|capsules|tokens]. It "
            "[releases|ejects|drops] two of them. "
            "[The probability that both are red equals what?|What is the probability that red comes out both times?]",
            "[Suppose|Imagine] {r} of the [balls|tiles|keys] in a box are red and the [other|remaining] {b} "
            "are blue. A [child|player|guest] "
            "[draws|takes] two without replacement. [How big is the chance|What is the probability] that [they "
            "are both|both are] red?",
        ),
        "zh": (
            "[袋子|盒子|口袋|罐子]里[装有|放着|有]{r}个红色和{b}个蓝色的[小球|珠子|玻璃球|积木]，[随机|任意]摸出两个，"
            "[两个都是红色|全是红色]的概率是多少？",
            "从[装有|放有]{r}个红球和{b}个蓝球的[袋子|箱子|盒子]中[同时|一次]摸出[两个|2个]球，"
            "[求摸到的都是红球的概率|"
            "两球均为红球的概率为____|都是红球的概率是多少]",
            "{r}个红球{b}个蓝球，[不放回|取出不放回|不放回地]摸两次，[两次都是红球的概率|两次都摸到红球的概率]"
            "[是多少？|怎么算|]",
            "[小明|小红|小华|我儿子]有{r}支红笔和{b}支蓝笔，[随手|闭着眼]拿两支，[两支都是红笔|拿到的全是红笔]"
            "的概率[是多少|有多大]？",
            "抽屉里[有|放了]蓝袜子{b}只、红袜子{r}只，[摸黑|随机|不看]拿出两只，[都是红袜子|两只全为红色]"
            "的概率[是多少|是几]？",
            "[求|计算]从{r}个红球、{b}个蓝球中[任取|随机抽取|任意摸出][两个|2个]，"
            "[恰好都是红球|两个都红|全部为红球]的概率[。|]",
            "{r}张红色卡片与{b}张蓝色卡片[洗匀|混在一起|打乱]后[抽|翻开|摸]两张，[两张均为红色|两张都是红色]"
            "的概率是[多少|几]？",
            "[不透明的袋中|不透明的箱子里|一个暗箱中]有除颜色外完全相同的{r}个红球和{b}个蓝球，[先后|依次]"
            "取出两个球且不放回，"
            "[求两次都取到红球的概率|则两次均取到红球的概率为____|两次都是红球的概率是多少]",
            "[帮忙算下|帮我算个概率|请教一下]：红球{r}个，蓝球{b}个，[抽两个|摸两个|拿两个]不放回，"
            "[都是红的概率多大|两个都红的概率是多少|"
            "全红的概率]",
            "[花瓶里|花店里|篮子里]有{r}朵红花和{b}朵蓝花，[随机|任意][挑|选|取]两朵，"
            "[选到的都是红花|没有蓝花|两朵都红]的概率是多少？",
            "糖罐里有红色糖果{r}颗、蓝色糖果{b}颗，[我|妹妹|小芳][随便|闭眼]抓两颗吃掉，"
            "[吃到的都是红色|两颗都是红色]的概率[是多少|有多大]？",
            "[一箱|一批][气球|弹珠|纽扣]里红色的有{r}个，蓝色的有{b}个，从中[随机|任意]取[两个|2个]，"
            "[均为红色|都是红色]的概率[是多少|等于几]？",
            "[摸两个球|拿出两个球|取两个球]都是红色的概率[是多少|多大]？[袋中|盒子里]共有红球{r}个，"
            "蓝球{b}个[，不放回|，一次取出]。",
            "[老师|裁判|店员]从{r}件红球衣和{b}件蓝球衣里[任选|随机拿|抽]两件，[两件都红|都拿到红球衣]"
            "的概率[是多少|为多少]？",
            "袋中红、蓝两色[球|小球]分别有{r}个和{b}个，[无放回地抽取|不放回地连摸|一次摸出]两个，"
            "[求事件“都是红球”的概率|"
            "记A为“两个都是红球”，求P(A)|P(两红)等于多少]",
            "[盒里|箱内]蓝球{b}个，红球{r}个，[先摸一个不放回，再摸一个|摸出一个后不放回，接着摸第二个]，"
            "[两次都红的概率是多少|"
            "两个球都是红球的概率是多少]？",
            "[若|如果]从{r}枚红色和{b}枚蓝色的[棋子|筹码|徽章]中随机取两枚，[则|那么]"
            "两枚都是红色的概率[是多少|为____|等于几]",
            "[抽奖箱|摇奖机]里有{r}个红球、{b}个蓝球，[连抽两个|一次出两个]且不放回，"
            "[抽到两个红球|出来的全是红球]的概率[是多少|有多大]？",
            "红{r}蓝{b}，[摸两个|取两个|抽两个]球不放回，[都红的概率|两个都是红球的概率][？|是多少]",
            "[设|已知]一袋中有{r}个红球与{b}个蓝球，从中[一次性|随机地]取两球，[所取两球同为红球|所得两球皆红]"
            "的概率[为多少|是____]",
            "[停车场|展厅|玩具柜]里有{r}辆红车和{b}辆蓝车，[随机|任意][选|挑]两辆，"
            "[选中的都是红车|两辆都是红车]的概率是多少？",
        ),
    },
}
