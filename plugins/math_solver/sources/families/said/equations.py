"""How people put the questions of the families of ``equations``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "simple_equation": {
        "en": (
            "[If|When|Suppose] {a}x {b:+} = {c}, [what does x equal|what is the value of x|how big is x]?",
            "[Solve|Please solve] for x: {a}x{b:t}={c}",
            "{a}x{b:t}={c}[, x?| solve pls| find x| what's x]",
            (
                "I [multiply|times] a number by {a}, then add {b}, and get {c}. [What was my number|What number "
                "did I start with|Which number was it]?"
            ),
            (
                "[My son's|My daughter's|Our] homework [says|asks]: {a}x {b:+} = {c}. [How do I get x|What is x "
                "here|Can you find x for us]?"
            ),
            "[help|pls help|hey], [stuck on|need to solve] {a}x {b:+} = {c}[, thanks| asap|]",
            "{c} = {a}x {b:+}. [Find|Determine|Give] [x|the unknown|the value of x].",
            (
                "The [equation|linear equation] {a}x {b:+} = {c} has [one|a single] solution. [Find it.|State "
                "it.|What is it?]"
            ),
            "[Find|Determine] the root of [the linear equation |]{a}x {b:+} = {c}.",
            "Let x [satisfy|be a number with|be defined by] {a}x {b:+} = {c}. [Find|Compute|State] x.",
            (
                "[What|Which] number [times|multiplied by] {a}, with {b} added [to the product|afterwards], "
                "[gives|makes|is] {c}?"
            ),
            "[Isolate|Make] x [alone on one side|the subject], and give its value: {a}x {b:+} = {c}",
            "${a}x {b:+} = {c}$. [Find $x$|Solve for $x$|$x = ?$]",
            "[Can you|Would you|could u] [solve|crack|do] this [for me|one]: {a}x {b:+} = {c}",
            "[For what value of|At which] x is {a}x {b:+} [equal to|the same as] {c}?",
            "{a} times x {b:+} [is|equals|makes] {c}, [so x is what|therefore x equals|how much is x then]?",
            "The [expression|line] {a}x {b:+} takes the value {c}. [What x was put in?|What must x be?|Find x.]",
            (
                "I thought of a number, [multiplied it by|took it times] {a}, added {b} and [got|ended up with] "
                "{c}. [What was the number?|Find my number.|Which number was it?]"
            ),
        ),
        "zh": (
            "{a}x{b:t}={c}，[x=？|求x|x等于几|那x是多少|解一下x]",
            "[解一元一次方程|解下列方程|解这个方程]：{a}x {b:+} = {c}",
            "[若|如果|当] {a}x {b:+} = {c}，[那么x的值是|则x=|则 x 为]多少？",
            "一个数[乘以|乘上]{a}[再|后]加上{b}[等于|得|得到]{c}，[这个数是多少|求这个数|原来的数是几]？",
            "[某数|有一个数，它]的{a}倍加{b}[等于|是]{c}，[求该数|求这个数|问这个数是几]。",
            "[孩子|儿子|女儿]作业[里有个方程|上的方程]：{a}x{b:t}={c}，[怎么解|x该是多少|帮忙看看x是几]",
            "[帮忙|麻烦|请]解[下|一下][方程|]{a}x{b:t}={c}[，谢谢|，急|]",
            "方程{a}x {b:+} = {c}的[根|解]是[多少|什么|几]？",
            "[求出|写出]方程 {a}x{b:t}={c} [的解|的根|中未知数x的值]。",
            "[设|已知]x满足{a}x {b:+} = {c}，[求x|则x的值为|计算x的值]",
            "[代数式|式子]{a}x {b:+} 的值[等于|为|是]{c}，[此时|则|那么]x[等于多少|的值是多少|是几]？",
            "[当x为何值时|x等于多少时|x是几的时候]，{a}x {b:+} [的值是|等于|恰好得]{c}？",
            "{c}={a}x{b:t}，[求x的值|x等于多少|未知数x是多少]",
            "[心里想一个数|我想了一个数]，乘{a}，加{b}，[结果是|得到]{c}，[我想的是几|这个数是多少]？",
            "[移项求解|用移项的方法解]：{a}x {b:+} = {c}[，x = ?|]",
            "${a}x {b:+} = {c}$，[求 $x$ 的值|则 $x$ 等于|解得 $x$ 是多少]",
        ),
    },
    "linear_equation": {
        "en": (
            "[If|When|Suppose] {a}x {b:+} = {c}x {d:+}, [what does x equal|what is the value of x|what must x be]?",
            "{a}x{b:t}={c}x{d:t}[, x?| find x| solve please| what's x]",
            "[Solve|Please solve] for x: {a}x{b:t}={c}x{d:t}",
            "x is on both sides: {a}x {b:+} = {c}x {d:+}. [How do I get it?|What is x?|Find x.]",
            "[For what|At which] x are {a}x {b:+} and {c}x {d:+} [equal|the same|equally large]?",
            (
                "[At what x|At which x-value|For which x-coordinate] do the [lines|graphs of] y = {a}x {b:+} and "
                "y = {c}x {d:+} [meet|intersect|cross]?"
            ),
            "[help|hey|pls], [stuck on|need to solve] {a}x {b:+} = {c}x {d:+}[ thx| for homework|]",
            (
                "{a} times a number, plus {b}, [is the same as|equals] {c} times that number, plus {d}. [What is "
                "the number?|Find the number.|Which number is it?]"
            ),
            "[Collect terms and solve|Bring the x terms together and solve]: {a}x {b:+} = {c}x {d:+}",
            (
                "The [equation|linear equation] {a}x {b:+} = {c}x {d:+} has [one root|exactly one solution]. "
                "[Find it.|State it.|Which is it?]"
            ),
            (
                "Let x [be such that|be a number with|be the solution of] {a}x {b:+} = {c}x {d:+}. "
                "[Find|Compute|Determine] x."
            ),
            "${a}x {b:+} = {c}x {d:+}$. [Find $x$|Solve for $x$|$x = ?$]",
            "[Determine|Find|Give] the [root|solution|value of x] for {a}x {b:+} = {c}x {d:+}.",
            "[Can you|Would you] [help me with|do|solve] this equation: {a}x{b:t} = {c}x{d:t}",
            "The expressions {a}x {b:+} and {c}x {d:+} [are equal|coincide|agree]. [So x is what?|Find x.|What is x?]",
            "[My daughter|My teacher|A classmate] [wants|asks for] x in {a}x {b:+} = {c}x {d:+}[. What is it?|]",
        ),
        "zh": (
            "{a}x{b:t}={c}x{d:t}，[x=？|求x|x是几|怎么解|x等于多少]",
            "[解一元一次方程|解下列方程|解这个方程]：{a}x {b:+} = {c}x {d:+}",
            "[若|如果|当] {a}x {b:+} = {c}x {d:+}，[那么x的值是|则x=|则x为]多少？",
            "[当x为何值时|x等于多少时|x是几的时候]，{a}x {b:+} [与|和] {c}x {d:+} [相等|的值相同]？",
            "[式子|代数式|多项式]{a}x{b:t}和{c}x{d:t}的值[相等|一样]，[求x|则x是多少|那么x的值为]",
            "一个数的{a}倍加{b}，[等于|恰好是|和]它的{c}倍加{d}[相等|一样大]，[求这个数。|这个数是多少？]",
            "某数乘{a}再加{b}，[等于|正好等于]该数乘{c}再加{d}，[问某数是几|求某数]。",
            "直线y={a}x{b:t}[与|和]y={c}x{d:t}[的交点|相交处|相交，交点]的横坐标[是多少|等于几|为]？",
            "[移项合并后解方程|先移项再合并同类项]：{a}x {b:+} = {c}x {d:+}[，x是多少|]",
            "[帮忙|麻烦|请]解[下|一下]{a}x{b:t}={c}x{d:t}[，谢谢|，在线等|]",
            "方程{a}x {b:+} = {c}x {d:+}的[根|解]是[多少|什么|几]？",
            "[求出|写出|求]方程 {a}x{b:t}={c}x{d:t} [的解|的根|中的x]。",
            "[设|已知]x满足{a}x {b:+} = {c}x {d:+}，[求x|则x的值为|计算x的值]",
            "[两边都有x，|等号两边都带x：]{a}x{b:t}={c}x{d:t}，[x到底是几|怎么求x]？",
            "${a}x {b:+} = {c}x {d:+}$，[求 $x$|则 $x$ 的值为|解得 $x$ 是多少]",
            "[孩子|同学]问我{a}x {b:+} = {c}x {d:+}[的解|里的x]是多少",
        ),
    },
    "quadratic_equation": {
        "en": (
            "x^2{b:t}x{c:t}=0[, roots?| solve it| find x| what are the solutions]",
            "[Find|Determine|Give|List] [both|the|all] [roots|solutions|zeros] of x^2 {b:+}x {c:+} = 0.",
            "[Solve|Work out] the quadratic [equation |]x^2 {b:+}x {c:+} = 0[ by factoring or by the formula|].",
            "[Use|Apply|With] the quadratic formula [to solve|on|for]: x^2 {b:+}x {c:+} = 0",
            "[Where|At which x] does the parabola y = x^2 {b:+}x {c:+} [cross|cut|meet] the x-axis?",
            "[Find|State|Calculate] the [zeros|roots|x-intercepts] of [f(x) =|the function y =] x^2 {b:+}x {c:+}.",
            "[If|Suppose] x² {b:+}x {c:+} = 0, [what can x be?|what are the possible values of x?|find every x.]",
            "[help|pls|hey], quadratic: x²{b:t}x{c:t}=0[, both roots?| need x| thx]",
            (
                "x^2 {b:+}x {c:+} [vanishes|becomes zero|is zero] for two values of x. [Which ones?|Find "
                "them.|What are they?]"
            ),
            "$x^2 {b:+}x {c:+} = 0$. [Find both values of $x$|Solve for $x$|Give the solutions].",
            "0 = x^2 {b:+}x {c:+}, [what are the roots|x equals what|solve for x]?",
            "[Complete the square and solve|Factor or complete the square, then solve]: x^2 {b:+}x {c:+} = 0",
            (
                "The equation x^2 {b:+}x {c:+} = 0 has two [real |][roots|solutions]. [Write them down|Find "
                "both|Name them]."
            ),
            (
                "[My son|A pupil|My friend] has to solve x^2 {b:+}x {c:+} = 0. What [are the roots|are the two "
                "solutions|should come out]?"
            ),
            "[Which|What] numbers are the [roots|zeros] of the polynomial x^2 {b:+}x {c:+}?",
            "[Can you|Would you] [get|find|give me] the roots of x**2{b:t}*x{c:t} = 0",
        ),
        "zh": (
            "x²{b:t}x{c:t}=0，[求x|怎么解|两个根是多少|解一下|x等于几]",
            "[解一元二次方程|解下列方程|用公式法解方程|用适当的方法解方程]：x^2 {b:+}x {c:+} = 0",
            "[求|写出|求出]一元二次方程 x^2 {b:+}x {c:+} = 0 的[两个根|根|所有实数根|解]。",
            "方程x^2{b:t}x{c:t}=0的[两根|两个根|两个解|实数根][分别是|是|分别为]多少？",
            (
                "[抛物线|二次函数]y=x^2{b:t}x{c:t}[与x轴交点的横坐标|的图象与x轴交于两点，"
                "横坐标][是多少|分别为|分别是几]？"
            ),
            "[求|试求|计算]函数 f(x) = x^2 {b:+}x {c:+} 的[零点|全部零点|两个零点]。",
            "[当x为何值时|x等于多少时|x是几的时候]，x^2 {b:+}x {c:+} [的值为0|等于零]？",
            "[用配方法|用求根公式|用公式法][解|求解]：x²{b:t}x{c:t}=0",
            "[若|如果|已知]x^2 {b:+}x {c:+} = 0，[则x的值为|求x的所有值|x可以是多少]",
            "[帮忙|麻烦|请]解[下|一下]这个二次方程 x^2{b:t}x{c:t}=0[，谢谢|，要两个根|]",
            "[初三|孩子的|今天的]作业：x²{b:t}x{c:t}=0，[求两根|根是什么|怎么求根]",
            "多项式x^2 {b:+}x {c:+} 的[根|零点][是什么|有哪些|是多少]？",
            "$x^2 {b:+}x {c:+} = 0$，[求 $x$|则 $x$ 的值为|求它的两个根]",
            "已知关于x的方程x^2{b:t}x{c:t}=0有两个[实数|不等的]根，[求这两个根|写出这两个根|它们是多少]",
            "0=x^2{b:t}x{c:t}，[x的两个值是多少|求根]",
            "[求出|写出|列出]使二次三项式x^2{b:t}x{c:t}为零的[所有x|x的值|两个x]",
        ),
    },
    "inequality": {
        "en": (
            "{a}x{b:t} {sign} {c}[, x range?| solve it| find x| what can x be]",
            (
                "[Find|Determine|Give|State] the [solution set|range of x|solutions] of [the inequality |]{a}x "
                "{b:+} {sign} {c}."
            ),
            "[For what values of|For what range of] x is {a}x {b:+} {sign} {c}?",
            (
                "[Solve|Work out] the [linear inequality|inequality] {a}x {b:+} {sign} {c}[ and give the range "
                "of x| for x|]."
            ),
            (
                "[If|Suppose|Given that] {a}x {b:+} {sign} {c}, [what can be said about x|what is the range of "
                "x|what values can x take]?"
            ),
            "[help|pls|hey], [need to solve|stuck on] {a}x {b:+} {sign} {c}[ thx| what's the range|]",
            "[Isolate|Get] x [on the left|alone]: {a}x {b:+} {sign} {c}",
            (
                "x [must satisfy|satisfies|has to fulfil] {a}x {b:+} {sign} {c}. [Find the possible values.|What "
                "is its range?|Give all such x.]"
            ),
            "${a}x {b:+} {sign} {c}$. [Find the range of $x$|Solve for $x$|Solution set?]",
            "[Which|What] real numbers [x |]have {a}x {b:+} {sign} {c}?",
            "[Can you|Would you] [simplify|solve|reduce] {a}x {b:+} {sign} {c} [to a condition on x|for x]?",
            "[How large or small may x be|What are the bounds on x], if {a}x {b:+} {sign} {c}?",
            (
                "The condition is {a}x {b:+} {sign} {c}. [Describe|Give|Write down] [all x|the allowed x|the "
                "solution set]."
            ),
            (
                "[My daughter's|Today's|Our] [worksheet|homework] has {a}x{b:t}{sign}{c}, [what's the answer|how "
                "do you solve it|which x work]?"
            ),
            (
                "[Rearrange|Solve] and [remember to flip the sign if needed|mind the direction of the sign]: "
                "{a}x {b:+} {sign} {c}"
            ),
        ),
        "zh": (
            "{a}x{b:t}{sign}{c}，[求x的范围|x的取值范围|怎么解|解集是什么|x能取哪些值]",
            "[解一元一次不等式|解下列不等式|解这个不等式]：{a}x {b:+} {sign} {c}",
            "[求|写出|求出]不等式{a}x{b:t}{sign}{c}的[解集|解|x的取值范围]。",
            "[如果|当|已知] {a}x {b:+} {sign} {c}，[那么x的取值范围是什么|则x的取值范围为|x应在什么范围]？",
            "不等式{a}x {b:+} {sign} {c}的[解集|解]是[什么|多少|哪些]？",
            "要使{a}x {b:+} {sign} {c}，[x应满足什么条件|x该取什么值|x的范围是什么]？",
            "[x满足|设x满足|已知实数x满足]{a}x {b:+} {sign} {c}，[求x的范围|x可以取哪些值|则x的范围是]",
            "[帮忙|麻烦|请]解[下|一下]不等式{a}x{b:t}{sign}{c}[，谢谢|，要解集|]",
            "[哪些|什么样的]x[能使|会使|可以让]{a}x {b:+} {sign} {c}？",
            "[移项|移项并注意变号，]解不等式：{a}x{b:t} {sign} {c}",
            "${a}x {b:+} {sign} {c}$，[求 $x$ 的取值范围|解集为|解出 $x$]",
            "[把不等式|将]{a}x {b:+} {sign} {c} [化成x的范围|解出来|化为最简形式，写出x的范围]",
            "[初一|孩子的|今天的]作业题：{a}x{b:t}{sign}{c}，[x在什么范围|解是啥|怎么求解集]",
            "[求使|求所有使]{a}x {b:+} {sign} {c}的[实数x|x的集合|x的范围]。",
            "[这个不等式怎么解|不会做这题]：{a}x{b:t}{sign}{c}",
        ),
    },
    "equation_pair": {
        "en": (
            "{a}x{b:t}y={c}, {d}x{e:t}y={f}[, x and y?| solve pls| find (x, y)| what are x and y]",
            "[Where|At which point] do the lines {a}x {b:+}y = {c} and {d}x {e:+}y = {f} [meet|intersect|cross]?",
            (
                "[Find|Give|Determine] the [intersection|intersection point|common point] of the lines {a}x "
                "{b:+}y = {c} and {d}x {e:+}y = {f}."
            ),
            (
                "[Solve simultaneously|Solve the simultaneous equations|Solve the pair of equations]: {a}x "
                "{b:+}y = {c}; {d}x {e:+}y = {f}"
            ),
            (
                "[Using|By] [elimination|substitution|Cramer's rule], [solve|find x and y]: {a}x {b:+}y = {c}, "
                "{d}x {e:+}y = {f}."
            ),
            (
                "Two numbers x and y [satisfy|fulfil] {a}x {b:+}y = {c} and [also |]{d}x {e:+}y = {f}. [Find "
                "them.|What are they?|Give (x, y).]"
            ),
            (
                "[If|Suppose] {a}x {b:+}y = {c} while {d}x {e:+}y = {f}, [what are x and y?|what is (x, y)?|find "
                "both unknowns.]"
            ),
            "[help|hey|pls], two equations: {a}x{b:t}y={c} and {d}x{e:t}y={f}[, need x and y| thx|. x? y?]",
            (
                "I have [two unknowns|x and y unknown] and two equations, {a}x {b:+}y = {c} and {d}x {e:+}y = "
                "{f}. [What are x and y|How much are x and y]?"
            ),
            "The system [consists of|is] {a}x {b:+}y = {c} and {d}x {e:+}y = {f}. [Determine|Compute|State] (x, y).",
            (
                "$\\begin{{cases}} {a}x {b:+}y = {c} \\\\ {d}x {e:+}y = {f} \\end{{cases}}$ [Solve.|Find $(x, "
                "y)$.|What is $(x, y)$?]"
            ),
            (
                "[First|(1)] {a}x {b:+}y = {c}, [second|(2)] {d}x {e:+}y = {f}. [Solve for x and y|Find the "
                "ordered pair (x, y)|Give x and y]."
            ),
            (
                "Both {a}x {b:+}y = {c} and {d}x {e:+}y = {f} [hold|are true|are satisfied]. [What is (x, "
                "y)?|Find x and y.]"
            ),
            (
                "[Write down|State|Give] the [ordered pair|solution] (x, y) of the [linear |]system {a}x {b:+}y "
                "= {c}, {d}x {e:+}y = {f}."
            ),
            "What [values of x and y|numbers x and y] [solve|satisfy] both {a}x {b:+}y = {c} and {d}x {e:+}y = {f}?",
        ),
        "zh": (
            "{a}x{b:t}y={c}，{d}x{e:t}y={f}，[求x和y|x、y各是多少|怎么解|求x，y的值]",
            (
                "[解二元一次方程组|解下列方程组|用加减消元法解方程组|用代入法解方程组]：{a}x {b:+}y = {c}，{d}x "
                "{e:+}y = {f}"
            ),
            "直线{a}x {b:+}y = {c}[与|和]{d}x {e:+}y = {f}的交点[坐标|][是什么|在哪里|是多少]？",
            "[求|试求|求出]两条直线{a}x{b:t}y={c}、{d}x{e:t}y={f}的[交点坐标|交点]。",
            (
                "[若|如果|已知]x、y[同时|]满足{a}x {b:+}y = {c}[和|及]{d}x {e:+}y = {f}，[求 (x, y)|则 (x, y) "
                "为|x和y分别是多少]"
            ),
            "[联立|把两式联立]{a}x {b:+}y = {c}与{d}x {e:+}y = {f}，[解出 (x, y)|求x与y|得x、y各为多少]",
            (
                "$\\begin{{cases}} {a}x {b:+}y = {c} \\\\ {d}x {e:+}y = {f} \\end{{cases}}$ [求 $x, y$|的解 $(x, "
                "y)$ 是多少|，解这个方程组]"
            ),
            "[帮忙|麻烦|请]解[下|一下]方程组 {a}x{b:t}y={c}; {d}x{e:t}y={f}[，谢谢|，要x和y|]",
            (
                "[有两个方程|给定两个方程]：{a}x {b:+}y = {c} ①，{d}x {e:+}y = {f} ②，"
                "[求x、y|求它们的公共解|x与y是多少]"
            ),
            "二元一次方程组{a}x{b:t}y={c}，{d}x{e:t}y={f}的解[是|为][多少|什么]？",
            (
                "两个未知数x、y，[满足|它们满足]{a}x {b:+}y = {c}，[又有|并且]{d}x {e:+}y = {f}，"
                "[这两个数是多少|求这两个数]。"
            ),
            "[由|从]{a}x{b:t}y={c}和{d}x{e:t}y={f}[求出|解得]x、y[分别是多少|的值|，写成 (x, y)]",
            "设{a}x {b:+}y = {c}且{d}x {e:+}y = {f}，[则 (x, y) 等于|求数对 (x, y)|求x、y的值]",
            "[孩子|同学]问：{a}x{b:t}y={c}，{d}x{e:t}y={f}，[x和y是几|怎么求xy两个未知数]？",
            "[写出|给出|求出]方程组 {a}x {b:+}y = {c}，{d}x {e:+}y = {f} 的[解|唯一解|解 (x, y)]。",
        ),
    },
    "system_in_line": {
        "en": (
            "{listed}[, x y z?| solve pls| find x, y, z| what are x, y and z]",
            "[Solve|Work out] the [3x3|three by three|linear] system: {listed}",
            (
                "[Using|By] [Gaussian elimination|Cramer's rule|elimination|row reduction] [solve|find (x, y, z) "
                "for]: {listed}"
            ),
            "[Where|At which point] do the three planes {listed} [meet|intersect]?",
            "[Find|Give|Determine] the [common point|point of intersection] of the planes {listed}.",
            "[If|Suppose] {listed}, [what are x, y and z?|what is (x, y, z)?|find all three unknowns.]",
            "Three unknowns, three equations: {line} [Find them.|What are x, y and z?|Solve.]",
            "[help|hey|pls], need x y z from {listed}[ thx| asap|]",
            "The numbers x, y, z [satisfy|fulfil|obey] {listed}. [Find them|Determine them|Give (x, y, z)].",
            "[Solve simultaneously|Solve the simultaneous equations] {listed}[ and give (x, y, z)|].",
            "[Solve the following for x, y, z|Find x, y and z from the following equations]: {line}",
            "[State|Compute|Write down] the [solution|ordered triple] (x, y, z) of {listed}.",
            (
                "[My son's|Our|The] [exercise|homework|exam task]: {line} [Find x, y and z.|Solve this "
                "system.|What is (x, y, z)?]"
            ),
            (
                "[Can you|Would you] [solve|do] [this system|these equations] [by matrices|with an augmented "
                "matrix|for me]: {listed}"
            ),
            "The system {line} has [a unique solution|exactly one solution]. [What is it?|Find it.|State it.]",
        ),
        "zh": (
            "{listed}，[求x、y、z|x，y，z各是多少|怎么解|求x y z]",
            "[解三元一次方程组|解下列方程组|用消元法解方程组|用高斯消元法求解]：{listed}",
            "[用克拉默法则|用矩阵|用加减消元法]求[解|出方程组的解]：{listed}",
            "三个平面{listed}[的交点|相交于一点，该点]的坐标[是什么|是多少]？",
            "[若|如果|已知]x、y、z满足{listed}，[求 (x, y, z)|则 (x, y, z) 为|x、y、z分别是多少]",
            "[帮忙|麻烦|请]解[下|一下]这个三元方程组：{listed}[，谢谢|，要x、y、z|]",
            "[三元一次|线性]方程组 {line} [的解是什么|的解是多少|，求解]",
            "[联立|把三式联立]{listed}，[解出x、y、z|求 (x, y, z)]",
            "[有三个未知数|三个方程三个未知数]：{line} [求x、y、z|怎么求x、y、z]",
            "[求出|写出|求]方程组 {line} 的[解|唯一解|解 (x, y, z)]",
            "[由|从]{listed}[求出|解得]x、y、z[分别是多少|的值|，写成 (x, y, z)]",
            "[设|给定]{listed}，[则 (x, y, z) 等于|求x、y、z的值|求三个未知数]",
            "[孩子|同学|我]不会做：{line} [x、y、z是几|求三个未知数的值]",
            "[线性代数作业|考试题|习题]：{listed}，[求解|求x,y,z|写出解向量 (x, y, z)]",
            "[对增广矩阵作行变换|写成增广矩阵]求解 {line}",
        ),
    },
    "monic_vertex": {
        "en": (
            "y=x^2{b:t}x{c:t}[, vertex?| find the vertex| where's the vertex| coordinates of the vertex]",
            (
                "[Where|At which point] [is|lies] the [vertex|turning point|lowest point] of the "
                "[parabola|graph|curve] y = x^2 {b:+}x {c:+}?"
            ),
            (
                "[Find|Give|State] the [lowest point|minimum point|turning point] (x, y) of [the graph of |]y = "
                "x² {b:+}x {c:+}."
            ),
            (
                "[Complete the square to find|By completing the square, find|Complete the square and give] the "
                "vertex of y = x^2 {b:+}x {c:+}."
            ),
            (
                "The [function|quadratic function] f(x) = x^2 {b:+}x {c:+} has [its vertex|a turning point] "
                "where? [Give|State] both coordinates."
            ),
            "[The graph of|A parabola is given by] f(x) = x^2 {b:+}x {c:+}. [Find|Determine|Compute] its vertex.",
            "[help|hey|pls], [vertex of|turning point of] x²{b:t}x{c:t}[ as a point| (x and y)|]?",
            "$y = x^2 {b:+}x {c:+}$: [find the coordinates of the vertex|vertex?|state the turning point].",
            (
                "Put y = x^2 {b:+}x {c:+} [into|in] vertex form. [Which point is the vertex|What are the "
                "coordinates of the vertex]?"
            ),
            "At what point (x, y) [does|is] y = x^2 {b:+}x {c:+} [reach its minimum|smallest]?",
            (
                "A [ball's|curve's|bridge's] shape is the parabola y = x^2 {b:+}x {c:+}; [give|find] the "
                "coordinates of its [lowest point|vertex]."
            ),
            "The parabola y = x^2 {b:+}x {c:+} [turns|has its extreme point] at which point (x, y)?",
            "[What|Which] point is the [vertex|bottom] of the [parabola|curve] with equation y = x^2 {b:+}x {c:+}?",
            "[Can you|Would you] [give me|find|calculate] the vertex coordinates for y = x^2 {b:+}x {c:+}",
            (
                "Let [C|P] be the parabola y = x^2 {b:+}x {c:+}. [Find|Calculate] the coordinates of [its "
                "vertex|the turning point]."
            ),
        ),
        "zh": (
            "y=x²{b:t}x{c:t}，[顶点坐标？|求顶点|顶点在哪|顶点是多少]",
            "[二次函数|函数] y = x^2 {b:+}x {c:+} 的[图象|图像][顶点坐标|的顶点][是什么|为|是多少]？",
            "[用配方法求|通过配方求|求出]抛物线y=x^2{b:t}x{c:t}的[顶点坐标|顶点]。",
            "抛物线y=x^2{b:t}x{c:t}的[最低点|顶点]的坐标是[多少|什么]？",
            "[已知|设]二次函数f(x)=x^2{b:t}x{c:t}，[求其顶点坐标|则它的顶点坐标是|求图象的顶点]",
            "[将|把]y=x^2{b:t}x{c:t}[化成|写成]顶点式，[并写出顶点坐标|它的顶点坐标是什么]",
            "[帮忙|麻烦|请]求[下|一下]y=x^2{b:t}x{c:t}的顶点[坐标|][，谢谢|]",
            "函数f(x) = x^2 {b:+}x {c:+} 的图象在哪一点[最低|取到最低点]？[写出该点坐标|求此点坐标]。",
            "[抛物线方程为|某抛物线的方程是]y = x^2 {b:+}x {c:+}，[它的顶点在哪里|求顶点的坐标|顶点坐标是多少]？",
            "$y = x^2 {b:+}x {c:+}$ 的[顶点|顶点坐标|最低点坐标]是",
            "[写出|指出|求]二次函数y=x²{b:t}x{c:t}图象的顶点[坐标|]。",
            "y = x^2 {b:+}x {c:+} 这条[抛物线|曲线]的[顶点坐标怎么算|顶点坐标是几|最低点坐标是多少]",
            "[二次函数题|作业]：y=x^2{b:t}x{c:t}，[顶点坐标|求顶点的横纵坐标]",
            "抛物线 y = x^2 {b:+}x {c:+} 的顶点为P，[求P的坐标|则点P的坐标是|点P是哪一点]",
            "[试求|计算]曲线y=x²{b:t}x{c:t}的[转折点|最低点|顶点]坐标",
        ),
    },
    "ascending_binomial": {
        "en": (
            "({a}{b:t}x)^{n}, [coefficient of x^{k}?|coeff of x^{k}|what's in front of x^{k}|x^{k} coefficient pls]",
            (
                "[If you expand|When one expands|After expanding] ({a} {b:+}x)^{n}, [what|which number] [stands "
                "in front of|is the coefficient of] x^{k}?"
            ),
            (
                "[Find|Give|State] the [x^{k} coefficient|coefficient of the x^{k} term] [of|in] the binomial "
                "[expansion of |]({a} {b:+}x)^{n}."
            ),
            "[By|Use|Using] the binomial theorem, [find|calculate] the coefficient of x^{k} in ({a} {b:+}x)^{n}.",
            (
                "In [the expansion of|the expanded form of] ({a} {b:+}x)^{n}, [what|how large] is the "
                "coefficient of x^{k}?"
            ),
            "[What number|Which factor] multiplies x^{k} [in|after expanding] ({a} {b:+}x)^{n}?",
            (
                "The [polynomial|power] ({a} {b:+}x)^{n} is [expanded|multiplied out]. [Find|Read off|Determine] "
                "the coefficient [of|at] x^{k}."
            ),
            "Let c be the coefficient of x^{k} in [the polynomial |]({a} {b:+}x)^{n}. [Compute|Find|Calculate] c.",
            "[help|hey|pls], [need|looking for] the x^{k} term's coefficient in ({a}{b:t}x)^{n}[ thx|]",
            "Coefficient of $x^{{{k}}}$ in [the expansion of |]$({a} {b:+}x)^{{{n}}}$[?|.]",
            (
                "How [big|large] is the coefficient [of|belonging to] x^{k} [when|if] ({a} {b:+}x)^{n} is "
                "[expanded|multiplied out]?"
            ),
            "For the x^{k} term of ({a} {b:+}x)^{n}, [state|give|calculate] the [numerical |]coefficient.",
            (
                "[Can you|Would you] [calculate|get|find] the coefficient of x^{k} if I [raise|take] ({a} "
                "{b:+}x) to the power {n}?"
            ),
            "({a} {b:+}x) is raised to the power {n}[ and expanded|]. [What|How much] is the coefficient of x^{k}?",
            "[Pick out|Extract|Identify] the coefficient of x^{k} from ({a}{b:t}x)^{n}.",
        ),
        "zh": (
            "({a}{b:t}x)^{n}，[x^{k}的系数|x^{k}前面的系数是几|x^{k}项系数多少|求x^{k}的系数]",
            "[求|试求|计算]二项式({a}{b:t}x)^{n}[的展开式|展开式]中[x^{k}的系数|含x^{k}的项的系数]。",
            "[把|将]({a} {b:+}x)^{n}展开，[x^{k}的系数是多少|x^{k}前的系数为|含x^{k}项的系数等于几]？",
            "[在|]({a}{b:t}x)^{n}的[二项展开式|展开式]中，[x^{k}的系数为|x^{k}项的系数是|含x^{k}的项的系数等于]多少？",
            "[用二项式定理|利用二项式定理|由二项式定理]求({a} {b:+}x)^{n}中x^{k}的系数",
            "[帮忙|麻烦|请]算[下|一下]({a}{b:t}x)^{n}里x^{k}的系数[，谢谢|]",
            "({a} {b:+}x)的{n}次方展开后，x^{k}[项|]的系数[是多少|等于几|怎么算]？",
            "[已知|设]f(x)=({a}{b:t}x)^{n}，[其中x^{k}的系数是|求x^{k}项的系数|展开后x^{k}的系数为]",
            "多项式({a}{b:t}x)^{n}[中|里]x^{k}[项|]的系数[为|是][多少|几]？",
            "$({a} {b:+}x)^{{{n}}}$ 的展开式中 $x^{{{k}}}$ 的系数[为|是多少|等于]",
            "[求出|写出]({a} {b:+}x)^{n}展开式里含x^{k}的那一项的系数",
            "若({a}{b:t}x)^{n}展开式中x^{k}的系数[记为|为]c，[求c|则c等于多少]",
            "[二项式定理题|排列组合作业|高考题]：({a}{b:t}x)^{n}，[求x^{k}的系数|x^{k}的系数=？]",
            "({a} {b:+}x)^{n}[乘开|展开]以后[，x^{k}前面的数是多少|x^{k}的系数有多大]",
            "x^{k}在({a}{b:t}x)^{n}的展开式中的系数[等于多少|是几|为]",
        ),
    },
    "logarithm": {
        "en": (
            "[To what power|To which power] [must one|do you have to|should one] raise {a} to [get|obtain|reach] {b}?",
            "log base {a} of {b}[?| = ?| pls|, what is it]",
            "[Find|Determine|Evaluate|Give] log base {a} of {b}.",
            "{a}^x = {b}[, x?|, find x|. What is x?|, solve for x]",
            "[Solve|Work out] {a}^x = {b}[ for x|].",
            "[What|Which] exponent [turns|takes] {a} into {b}?",
            "log_{a} {b}[ equals?| = ?|, exact value please|]",
            "ln({b}) / ln({a})[ = ?|, exactly?|, give the exact value]",
            "[Evaluate|Simplify|Compute] ln {b} / ln {a}[ exactly|].",
            "[Simplify|Evaluate] $\\log_{{{a}}}({b})$[.| without a calculator.| exactly.]",
            "[Find|Give] the exponent x [with|for which] {a}^x = {b}.",
            "[How much|What] is the base-{a} logarithm of {b}?",
            "[If|When] {a} to the power of x [is|equals|gives] {b}, [what is x?|find x.|how large is x?]",
            "[help|hey|pls]: log_{a}({b})[ exact value| as a fraction or whole number|]",
            "[The logarithm|log] of {b} [with|to] base {a} [is what|equals what number|has which value]?",
            "{b} is a power of {a}[; find the exponent|. What is the exponent?|: which one?]",
            "[Let|Suppose] x = log_{a}({b}). [Find|State|Compute] x.",
        ),
        "zh": (
            "{a}的[多少|几]次方[等于|是|得]{b}？",
            "log以{a}为底{b}的[对数|值][是多少|等于几|]",
            "[若|已知|如果]{a}^x={b}，[求x|则x等于多少|x的值是]",
            "[求|求出|计算]以{a}为底、{b}为真数的对数[的值|]。",
            "解[指数方程|方程]：{a}^x = {b}",
            "[化简|求值|计算]：log_{a} {b}",
            "[化简|求值]：$\\log_{{{a}}}{b}$[ 的值|]",
            "lg{b}÷lg{a}[等于多少|的值是|=?|，求精确值]",
            "ln{b}/ln{a}[化简后是多少|的精确值|等于几]",
            "[帮忙|麻烦|请]算[下|一下]log_{a}({b})[，谢谢|，要精确值|]",
            "底数是{a}，真数是{b}，[对数是多少|对数等于几|求对数值]",
            "{b}是{a}的[几|多少]次[幂|方]？",
            "[设|令]x=log_{a}({b})，[求x|则x为多少|x的值是几]",
            "对数log_{a}({b})的[值|结果][是多少|等于|怎么算]",
            "{a}的x次方[等于|是]{b}，[那么x是多少|x=?|求指数x]",
            "[不用计算器|口算]求log_{a} {b}[的值|]",
        ),
    },
    "function_value": {
        "en": (
            "[If|Given|Let] f(x) = {a}x^2 {b:+}x {c:+}, [what is|find|calculate|evaluate] f({t}).",
            "f(x)={a}x^2{b:t}x{c:t}, f({t})[ = ?|?| what is it]",
            (
                "[Plug|Put|Substitute] x = {t} into {a}x^2 {b:+}x {c:+}. [What comes out?|What do you get?|Give "
                "the result.]"
            ),
            "[Evaluate|Compute|Work out] {a}x^2 {b:+}x {c:+} [when|for|at] x = {t}.",
            "y = {a}x^2 {b:+}x {c:+}. [What is y|How much is y] [when|if] x = {t}?",
            "y = {a}x^2 {b:+}x {c:+}. Find y [when|if] x = {t}[.|, please.]",
            "x = {t}, [what's|how much is|find] {a}x²{b:t}x{c:t}",
            (
                "[The function|A function] g [is given|is defined] by g(x) = {a}x^2 {b:+}x {c:+}. "
                "[Find|Compute|State] g({t})."
            ),
            "[Which value|What value] does {a}x^2 {b:+}x {c:+} [take|have|assume] [at|for] x = {t}?",
            "[help|hey|pls], f({t}) [for|when] f(x) = {a}x²{b:t}x{c:t}[ thx|]",
            "For x = {t}, [calculate|determine|find] [the polynomial |]{a}x^2 {b:+}x {c:+}.",
            "What is the y-coordinate of the point on y = {a}x^2 {b:+}x {c:+} [where|with] x = {t}?",
            "Find the y-coordinate of the point on y = {a}x^2 {b:+}x {c:+} [where|with] x = {t}[.|, please.]",
            "Let $f(x) = {a}x^2 {b:+}x {c:+}$. [Find|Evaluate|State] $f({t})$[.|, please.]",
            (
                "[My machine|A machine] turns x into {a}x^2 {b:+}x {c:+}. [What comes out for|What is its output "
                "at] x = {t}?"
            ),
            "[Find|Give] the [function value|value] f({t}), where f(x) = {a}x^2 {b:+}x {c:+}.",
            (
                "The polynomial p(x) = {a}x^2 {b:+}x {c:+} [at|is evaluated at] x = {t}[: what is the value|; "
                "find the value|, what does it equal]?"
            ),
        ),
        "zh": (
            "f(x)={a}x^2{b:t}x{c:t}，[求f({t})|则f({t})=?|f({t})等于几|f({t})是多少]",
            "[已知|设|若]函数 f(x) = {a}x^2 {b:+}x {c:+}，[求 f({t}) 的值|则 f({t}) 等于多少|计算 f({t})]",
            "[当|若|已知]x={t}[时|]，[求|代数式|多项式]{a}x^2{b:t}x{c:t}[的值|的值是多少|的值等于几]",
            "[把|将]x={t}代入{a}x^2 {b:+}x {c:+}，[结果是多少|得多少|求值]",
            "y={a}x²{b:t}x{c:t}，x={t}时[y=?|y是多少|求y|，y的值等于]",
            "x取{t}，[算|求|那么]{a}x^2{b:t}x{c:t}[是多少|等于多少|的值]",
            "[帮忙|麻烦|请]算[下|一下]x={t}时{a}x^2{b:t}x{c:t}的值[，谢谢|]",
            "二次函数y={a}x^2{b:t}x{c:t}，[当自变量x为{t}时|自变量取{t}时]，函数值[是多少|为|等于几]？",
            "[抛物线|函数图象]y={a}x^2{b:t}x{c:t}上横坐标为{t}的点，[纵坐标是多少|其纵坐标为|求它的纵坐标]",
            "[先代入再计算|代入求值|求值]：{a}x^2 {b:+}x {c:+}，其中x = {t}[。|]",
            "[设|记]g(x)={a}x^2{b:t}x{c:t}，[g({t})的值是|求g({t})|则g({t})为]",
            "$f(x) = {a}x^2 {b:+}x {c:+}$，[则 $f({t})$ 的值为|求 $f({t})$|$f({t}) = ?$]",
            "多项式{a}x^2{b:t}x{c:t}在x={t}[处|时]的[值|取值][是几|等于多少|]",
            "[如果|假如]x等于{t}，{a}x²{b:t}x{c:t}[等于多少|算出来是几|的值是]",
            "[输入x输出|一台机器把x变成]{a}x^2{b:t}x{c:t}，[输入|x为]{t}时[输出多少|结果是几]？",
        ),
    },
}
