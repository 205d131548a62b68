"""How people put the questions of the families of ``advanced``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "derivative": {
        "en": (
            "[Differentiate|Take the derivative of] {said}[ with respect to x| w.r.t. x|].",
            "y = {said}. [Find|Compute|Give] [dy/dx|y'|the derivative].",
            "[If|Given|Let] f(x) = {said}, [what is|find|compute] f'(x).",
            "derivative of {said}[?| pls|, what is it| with respect to x]",
            "d/dx [of|applied to] {said}[ = ?|?|, please]",
            "[help|hey|pls], [need to differentiate|how do I differentiate] {said}[ thx|]",
            "[What do you get when|What results if] you differentiate {said}[?| in x?]",
            (
                "[Use|Apply] [the rules of differentiation|the differentiation rules] to [find|obtain] the "
                "derivative of f(x) = {said}."
            ),
            "What is the [slope function|derivative function|gradient function] of y = {said}?",
            "[Find the|State the] [slope function|derivative function|gradient function] of y = {said}[.|, please.]",
            "f(x) = {said}, f'(x) = ?",
            "[Let|Suppose] $f(x) = {said}$. [Find|Calculate|Give] $f'(x)$[.|, please.]",
            "[Work out|Calculate] $\\frac{{d}}{{dx}}\\left({said}\\right)$[.|]",
            (
                "[The function|A function] {said} is [differentiated|derived] [once|with respect to x]. [What "
                "comes out?|Give the result.]"
            ),
            "[My daughter's|Our|Today's] calculus homework: [differentiate|find f' of] {said}",
            "How [fast|quickly] does {said} change with x[, that is, what is its derivative|: give the derivative]?",
            "[Can you|Would you] [get me|do|compute] the first derivative of {said}",
            (
                "The position at time x is {said}. [Find the velocity as a function of x.|What is the velocity "
                "at time x?]"
            ),
        ),
        "zh": (
            "[求导|对x求导|求导数]：{said}",
            "y={said}，[求y'|则y'等于|求dy/dx|导数是什么]",
            "[已知|设|若]f(x) = {said}，[求f'(x)|则f'(x)=|f'(x)是什么]",
            "{said} [求导得什么|求导后是什么|的导函数是什么|怎么求导]",
            "[求|试求|写出]函数 y = {said} 的[导函数|一阶导数|导数y']。",
            "[帮忙|麻烦|请]把 {said} 对x求[一下导|个导数|导][，谢谢|]",
            "[对|将]函数 {said} [求一阶导|求导][，结果是|，得到什么？|，写出结果]",
            "d/dx [作用于|]({said})[等于什么|=?|的结果]",
            "$f(x) = {said}$，[则 $f'(x)$ 等于|求 $f'(x)$|$f'(x) = ?$]",
            "[计算|求] $\\frac{{d}}{{dx}}\\left({said}\\right)$",
            "[曲线|函数图象] y = {said} 在x处的切线斜率[如何表示|是什么表达式|的表达式是]？",
            "[高数作业|微积分题|导数练习]：f(x)={said}，[求f'(x)|求导函数|求一阶导数]",
            "[某物体的位移|质点的位移]关于时间x为 {said}，[求速度|速度]关于x的表达式",
            "[利用求导法则|用导数公式]求 {said} 的导数",
            "{said} [这个函数|]的[一阶导数|导数]是[啥|什么|多少]",
        ),
    },
    "power_integral": {
        "en": (
            "[Integrate|Find the definite integral of] {a}x^{n} [from|between] x = {p} [to|and] x = {q}.",
            "[Find|Compute|Evaluate] the [definite |]integral of {a}x^{n} dx [with limits|with bounds] {p} and {q}.",
            "integral {a}x^{n} dx from {p} to {q}[?| = ?| pls|, exact value]",
            "[What do you get when|What results if] you integrate {a}x^{n} over [{p}, {q}]?",
            "[Integrate|Take the integral of] f(x) = {a}x^{n} over the interval [{p}, {q}][.|, exact value please.]",
            "[help|hey|pls], [need|how do I get] the integral of {a}x^{n}, lower limit {p}, upper limit {q}[ thx|]",
            "int({a}x^{n}, x={p}..{q})[ = ?|, evaluate|, exact value]",
            "[Work out|Calculate|Simplify] $\\int_{{{p}}}^{{{q}}} {a}x^{{{n}}} \\, dx$[.| exactly.]",
            "f(x) = {a}x^{n}. [Compute|Find] the [definite integral|integral] of f from {p} to {q}.",
            "The signed area [under|below] y = {a}x^{n} between x = {p} and x = {q} is [what|how much|which number]?",
            "∫ {a}x^{n} dx, x from {p} to {q}[. Find the value.| = ?|, what's the value]",
            "[How large is|What is the value of] the integral of {a}t^{n} dt as t [runs|goes] from {p} to {q}?",
            "[With|For] lower bound {p} and upper bound {q}, [integrate|find the integral of] {a}x^{n}.",
            (
                "[Using|By] [the power rule|an antiderivative|the fundamental theorem of calculus], find the "
                "integral from {p} to {q} of {a}x^{n} dx."
            ),
            "[Can you|Would you] [do|evaluate|work out] this definite integral: {a}x^{n}, {p} to {q}",
        ),
        "zh": (
            "[计算|求]定积分：∫{a}x^{n}dx，[下限{p}，上限{q}|从{p}到{q}|x由{p}到{q}]",
            "[求|计算|试求]函数f(x)={a}x^{n}从{p}到{q}的定积分[的值|]。",
            "{a}x^{n}[从{p}积到{q}|在{p}到{q}上积分][等于多少|得多少|是多少]",
            "[把|将]{a}x^{n}在区间[{p}, {q}]上积分，[结果是多少|值为|得几]？",
            "$\\int_{{{p}}}^{{{q}}} {a}x^{{{n}}}\\,dx$ [的值为|等于多少|怎么算]",
            "f(x)={a}x^{n}，[求|计算]它在[{p}, {q}]上的定积分[值|]",
            "[帮忙|麻烦|请]算[下|一下]{a}x^{n}从{p}到{q}的积分[，谢谢|，要精确值|]",
            "积分下限{p}，上限{q}，被积函数{a}x^{n}，[求积分值|积分是多少|定积分等于]",
            "∫（[从{p}到{q}|{p}到{q}]） {a}x^{n} dx[=?|等于几|的值]",
            "[用牛顿—莱布尼茨公式|利用原函数|用微积分基本定理]求{a}x^{n}从x={p}到x={q}的定积分",
            "[高数题|微积分作业]：被积函数为{a}x^{n}，x由{p}变到{q}，[求定积分|定积分的值是]",
            "曲线y={a}x^{n}在x={p}与x={q}之间的[定积分|带符号面积]是[多少|几]？",
            "[设|已知]f(x)={a}x^{n}，则f(x)从{p}到{q}的[定积分|积分][为|等于|是多少]",
            "变速运动的速度为{a}t^{n}，[从|由]t={p}到t={q}[对速度积分得多少|的位移是多少|，求位移]？",
            "[试计算|求出]函数{a}x^{n}在{p}到{q}之间的积分值",
        ),
    },
    "limit": {
        "en": (
            (
                "[As|When] x [tends to|goes to|approaches] {at_said}, [what does|which value does] {said} [tend "
                "to|converge to|approach]?"
            ),
            "[Evaluate|Calculate|Find] $\\lim_{{x \\to {at_sign}}} {said}$[.| exactly.]",
            "limit {said}, x->{at_said}[?| pls| = ?]",
            (
                "[What happens to|Where does] {said} [go |]as x [gets closer and closer to|tends to|goes to] "
                "{at_said}? [Give the limit|Find its limit]."
            ),
            (
                "[Let|Say] f(x) = {said}. What is the limit of f [as x goes to|for x tending to|when x "
                "approaches] {at_said}?"
            ),
            (
                "[Let|Say] f(x) = {said}. Find the limit of f [as x goes to|for x tending to|when x approaches] "
                "{at_said}[.|, please.]"
            ),
            "x → {at_sign}: [what is the limit of|find the limit of] {said}",
            "[help|hey|pls], [need|stuck on] the limit of {said} when x goes to {at_said}[ thx|]",
            "[Use|By] [L'Hôpital's rule|a series expansion|algebra] or otherwise, find lim {said} as x→{at_sign}.",
            "[Determine|State|Work out] the [limiting value|limit] of {said} as x [→|goes to|nears] {at_said}.",
            "[For|With] x [tending to|going to|approaching] {at_said}, [compute|find] the limit of {said}.",
            "{said} [as|when] x→{at_sign}, limit[?| please| = ?]",
            "[Which number|What number|Which value] is the limit of {said} at x → {at_sign}?",
            "[Can you|Would you] [take|evaluate|do] the limit x->{at_said} of {said}",
            "lim_(x->{at_sign}) {said}[ = ?|, exact value|, evaluate]",
            "[Our|My son's|Today's] calculus [exercise|homework]: lim of {said}, x to {at_said}",
        ),
        "zh": (
            "[求极限|计算极限|求下列极限]：lim(x→{at_sign}) {said}",
            "[当|若]x趋[近于|向于|于]{at_said}时，{said} [趋于多少|趋近于什么|的极限是]？",
            "x→{at_sign}时，{said} [的极限是多少|趋于几|的极限等于|的极限怎么求]",
            "$\\lim_{{x \\to {at_sign}}} {said}$ [等于多少|的值为|= ?]",
            "[已知|设]f(x) = {said}，[求x→{at_sign}时f(x)的极限|则x→{at_sign}时f(x)的极限为]",
            "[帮忙|麻烦|请]求[下|一下]极限 {said}，x→{at_sign}[，谢谢|]",
            "[用洛必达法则或等价无穷小|用适当的方法|用等价变形]求 lim {said}（x→{at_sign}）",
            "函数 {said} [在x趋向|当x趋近于]{at_said}时极限[是多少|等于几|为何]？",
            "[求出|试求|写出] {said} 在x趋近{at_said}时的[极限值|极限]",
            "lim {said}，x趋于{at_said}，[极限是|等于|怎么算]",
            "[高数作业|极限练习|微积分题]：x→{at_sign}，{said} [的极限|求极限]",
            "让x[越来越接近|趋近|无限趋近]{at_said}，{said} 会[趋向哪个数|趋于多少|接近什么值]？",
            "{said} ，当x→{at_sign}[，求极限|时极限是几|时的极限值]",
            "极限 lim_(x→{at_sign}) {said} [的值|的结果][是多少|为|等于]",
            "[计算|求]x趋于{at_said}时 {said} [的极限值|这个式子的极限]",
        ),
    },
    "determinant": {
        "en": (
            (
                "[Find|Compute|Evaluate|Give] the determinant of the [2x2|2 by 2|two by two] matrix [[{a}, {b}], "
                "[{c}, {d}]]."
            ),
            "det([[{a}, {b}], [{c}, {d}]])[ = ?|?| pls|, value]",
            "A = [[{a}, {b}], [{c}, {d}]]. What is det A?",
            "A = [[{a}, {b}], [{c}, {d}]]. [Find|Compute] det A[.|, please.]",
            "[If|Given|Suppose] M = [[{a}, {b}], [{c}, {d}]], [what is|find|calculate] det(M).",
            "What is $\\det \\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}}$?",
            "[Find|Calculate] $\\det \\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}}$[.|, please.]",
            "[Evaluate|Work out|Compute] $\\left|\\begin{{matrix}} {a} & {b} \\\\ {c} & {d} \\end{{matrix}}\\right|$.",
            (
                "The [first row|top row] of a matrix is {a}, {b} and the [second|bottom] row is {c}, {d}. [Find "
                "its determinant.|What is its determinant?]"
            ),
            "[A 2x2 matrix|A matrix] has rows ({a}, {b}) and ({c}, {d}). What is its determinant?",
            (
                "[A 2x2 matrix|A matrix] has rows ({a}, {b}) and ({c}, {d}). [Determine|Find] its "
                "determinant[.|, please.]"
            ),
            "[help|hey|pls], determinant of ({a} {b}; {c} {d})[ thx|, 2x2 matrix|]",
            "[How much|What] is the determinant with rows {a} {b} and {c} {d}?",
            "matrix [[{a},{b}],[{c},{d}]], [determinant?|what's the determinant|find det]",
            "[Expand|Calculate] the [second order|2x2] determinant with rows ({a}, {b}), ({c}, {d}).",
            "[Can you|Would you] [get|calculate|compute] the determinant for [[{a}, {b}], [{c}, {d}]]",
            (
                "[Given|Consider] the matrix [[{a}, {b}], [{c}, {d}]]: [its determinant is what?|state its "
                "determinant.|what does its determinant equal?]"
            ),
            "The vectors ({a}, {b}) and ({c}, {d}) are the rows of a matrix. [Compute|Give|Find] the determinant.",
            (
                "By what (signed) factor does the map with matrix [[{a}, {b}], [{c}, {d}]] [scale|change] areas? "
                "[Give|Compute] the determinant."
            ),
        ),
        "zh": (
            "det([[{a}, {b}], [{c}, {d}]])[=?|等于多少|的值|怎么算]",
            "[求|计算|求出]二阶[矩阵|方阵] [[{a}, {b}], [{c}, {d}]] 的行列式[的值|]。",
            "A=[[{a}, {b}], [{c}, {d}]]，[求det A|则A的行列式为|行列式是多少]",
            "[设|已知]矩阵A = [[{a}, {b}], [{c}, {d}]]，[求A的行列式|则det(A)等于|那么A的行列式是]",
            "[第一行|矩阵第一行]是{a}、{b}，第二行是{c}、{d}，[行列式等于多少|求行列式|行列式的值是几]？",
            "[帮忙|麻烦|请]算[下|一下]行列式 ({a} {b}; {c} {d})[，谢谢|]",
            "$\\det \\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}}$ [等于多少|的值为|怎么算]",
            "[计算|求]行列式 $\\left|\\begin{{matrix}} {a} & {b} \\\\ {c} & {d} \\end{{matrix}}\\right|$ [的值|]。",
            "[两行|各行]为({a}, {b})、({c}, {d})的二阶行列式[是多少|等于几|的值]",
            "[二阶矩阵|方阵][[{a},{b}],[{c},{d}]]的行列式[值|][是几|等于多少|为]",
            "[线性代数作业|线代题|习题]：[[{a}, {b}], [{c}, {d}]]，[求其行列式|行列式=？]",
            "行列式的[第一行{a} {b}，第二行{c} {d}|上一行是{a} {b}，下一行是{c} {d}]，[求值|值是多少]",
            "[展开|计算]二阶行列式，[它的两行是|两行依次为]({a}, {b})和({c}, {d})",
            "以({a}, {b})、({c}, {d})为行向量的矩阵，[行列式为|其行列式是多少|求行列式]",
            "[求|试求]det M，其中M = [[{a}, {b}], [{c}, {d}]]",
        ),
    },
    "determinant_of_three": {
        "en": (
            (
                "[Find|Compute|Evaluate|Give] the determinant of the [3x3|3 by 3|three by three] matrix [[{n0}, "
                "{n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]."
            ),
            "det [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]][ = ?|?| pls|, value]",
            "A = [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]. What is det A?",
            "A = [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]. [Find|Compute] det A[.|, please.]",
            (
                "[If|Given|Suppose] M = [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]], [what "
                "is|find|calculate] det(M)."
            ),
            (
                "What is $\\det \\begin{{pmatrix}} {n0} & {n1} & {n2} \\\\ {n3} & {n4} & {n5} \\\\ {n6} & {n7} & "
                "{n8} \\end{{pmatrix}}$?"
            ),
            (
                "[Find|Calculate] $\\det \\begin{{pmatrix}} {n0} & {n1} & {n2} \\\\ {n3} & {n4} & {n5} \\\\ {n6} "
                "& {n7} & {n8} \\end{{pmatrix}}$[.|, please.]"
            ),
            (
                "[Evaluate|Work out] $\\begin{{vmatrix}} {n0} & {n1} & {n2} \\\\ {n3} & {n4} & {n5} \\\\ {n6} & "
                "{n7} & {n8} \\end{{vmatrix}}$[.|, please.]"
            ),
            (
                "[A matrix|A 3x3 matrix] has rows ({n0}, {n1}, {n2}), ({n3}, {n4}, {n5}) and ({n6}, {n7}, {n8}). "
                "What is its determinant?"
            ),
            (
                "[A matrix|A 3x3 matrix] has rows ({n0}, {n1}, {n2}), ({n3}, {n4}, {n5}) and ({n6}, {n7}, {n8}). "
                "[Determine|Find] its determinant[.|, please.]"
            ),
            (
                "[First row|Row one] {n0} {n1} {n2}, [second row|row two] {n3} {n4} {n5}, [third row|row three] "
                "{n6} {n7} {n8}: [find the determinant.|what is the determinant?]"
            ),
            "[help|hey|pls], determinant of ({n0} {n1} {n2}; {n3} {n4} {n5}; {n6} {n7} {n8})[ thx|, 3x3 matrix|]",
            (
                "[By|Using] [cofactor expansion|the rule of Sarrus|row reduction], [find|compute] the "
                "determinant of [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]."
            ),
            (
                "matrix [[{n0},{n1},{n2}],[{n3},{n4},{n5}],[{n6},{n7},{n8}]], [determinant?|what's the "
                "determinant|find det]"
            ),
            (
                "[How much|What] is the [third order|3x3] determinant with rows {n0} {n1} {n2} / {n3} {n4} {n5} "
                "/ {n6} {n7} {n8}?"
            ),
            (
                "[Can you|Would you] [get|calculate|compute] the determinant for [[{n0}, {n1}, {n2}], [{n3}, "
                "{n4}, {n5}], [{n6}, {n7}, {n8}]]"
            ),
            (
                "[Given|Consider] the matrix [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]: [its "
                "determinant is what?|state its determinant.|what does its determinant equal?]"
            ),
            (
                "[Compute|Give] the [scalar triple product|mixed product] of ({n0}, {n1}, {n2}), ({n3}, {n4}, "
                "{n5}), ({n6}, {n7}, {n8}), i.e. the determinant with these rows."
            ),
        ),
        "zh": (
            "det [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]][=?|等于多少|的值|怎么算]",
            (
                "[求|计算|求出]三阶[矩阵|方阵] [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]] "
                "的行列式[的值|]。"
            ),
            "A=[[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]，[求det A|则A的行列式为|行列式是多少]",
            (
                "[设|已知]矩阵A = [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]，"
                "[求A的行列式|则det(A)等于|那么A的行列式是]"
            ),
            (
                "[第一行|矩阵第一行]是{n0}、{n1}、{n2}，第二行是{n3}、{n4}、{n5}，第三行是{n6}、{n7}、{n8}，"
                "[行列式等于多少|求行列式|行列式的值是几]？"
            ),
            "[帮忙|麻烦|请]算[下|一下]行列式 ({n0} {n1} {n2}; {n3} {n4} {n5}; {n6} {n7} {n8})[，谢谢|]",
            (
                "$\\begin{{vmatrix}} {n0} & {n1} & {n2} \\\\ {n3} & {n4} & {n5} \\\\ {n6} & {n7} & {n8} "
                "\\end{{vmatrix}}$ [等于多少|的值为|怎么算]"
            ),
            (
                "[计算|求]$\\det \\begin{{pmatrix}} {n0} & {n1} & {n2} \\\\ {n3} & {n4} & {n5} \\\\ {n6} & {n7} "
                "& {n8} \\end{{pmatrix}}$[的值|]"
            ),
            "[三行|各行]为({n0}, {n1}, {n2})、({n3}, {n4}, {n5})、({n6}, {n7}, {n8})的三阶行列式[是多少|等于几|的值]",
            "[三阶矩阵|方阵][[{n0},{n1},{n2}],[{n3},{n4},{n5}],[{n6},{n7},{n8}]]的行列式[值|][是几|等于多少|为]",
            (
                "[线性代数作业|线代题|习题]：[[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]，"
                "[求其行列式|行列式=？]"
            ),
            (
                "[按第一行展开|用对角线法则|用行变换]计算行列式，[三行依次为|它的三行是]{n0} {n1} {n2}，{n3} "
                "{n4} {n5}，{n6} {n7} {n8}"
            ),
            (
                "以({n0}, {n1}, {n2})、({n3}, {n4}, {n5})、({n6}, {n7}, {n8})为行向量的矩阵，"
                "[行列式为|其行列式是多少|求行列式]"
            ),
            "[求|试求]det M，其中M = [[{n0}, {n1}, {n2}], [{n3}, {n4}, {n5}], [{n6}, {n7}, {n8}]]",
            (
                "三个向量({n0}, {n1}, {n2})、({n3}, {n4}, {n5})、({n6}, {n7}, "
                "{n8})的混合积（[即|也就是]它们排成的行列式）[是多少|等于]"
            ),
        ),
    },
    "matrix_product": {
        "en": (
            (
                "[Multiply|Please multiply] the matrices [[{a}, {b}], [{c}, {d}]] and [[{e}, {f}], [{g}, {h}]][ "
                "in this order|]."
            ),
            "A = [[{a}, {b}], [{c}, {d}]], B = [[{e}, {f}], [{g}, {h}]]. What is AB?",
            "A = [[{a}, {b}], [{c}, {d}]], B = [[{e}, {f}], [{g}, {h}]]. [Find|Compute] AB[.|, please.]",
            (
                "[If|Given|Suppose] A = [[{a}, {b}], [{c}, {d}]] and B = [[{e}, {f}], [{g}, {h}]], [what "
                "is|find|calculate] [AB|A·B|the product AB]."
            ),
            "[[{a}, {b}], [{c}, {d}]] * [[{e}, {f}], [{g}, {h}]][ = ?| pls|, matrix multiplication|?]",
            "[[{a}, {b}], [{c}, {d}]] [times|multiplied by|·] [[{e}, {f}], [{g}, {h}]][ = ?|, which matrix is that?]",
            (
                "[Find|Determine|Give] the [product matrix|matrix product] [[{a}, {b}], [{c}, {d}]] · [[{e}, "
                "{f}], [{g}, {h}]]."
            ),
            (
                "[Compute|Evaluate|Work out] $\\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}} "
                "\\begin{{pmatrix}} {e} & {f} \\\\ {g} & {h} \\end{{pmatrix}}$."
            ),
            (
                "[Multiply|Work out the product of] $\\begin{{bmatrix}} {a} & {b} \\\\ {c} & {d} "
                "\\end{{bmatrix}}$ [and|with] $\\begin{{bmatrix}} {e} & {f} \\\\ {g} & {h} \\end{{bmatrix}}$."
            ),
            "[help|hey|pls], matrix times matrix: ({a} {b}; {c} {d}) x ({e} {f}; {g} {h})[ thx|]",
            (
                "[What matrix|Which matrix] [results|do you get|comes out] when [[{a}, {b}], [{c}, {d}]] is "
                "multiplied by [[{e}, {f}], [{g}, {h}]] on its right?"
            ),
            (
                "The [left factor|first matrix] is [[{a}, {b}], [{c}, {d}]], the [right factor|second] is [[{e}, "
                "{f}], [{g}, {h}]]. [Find their product.|What is the product?]"
            ),
            (
                "[First|Left] matrix: rows ({a}, {b}) and ({c}, {d}); [second|right] matrix: rows ({e}, {f}) and "
                "({g}, {h}). [Multiply them|Give their product]."
            ),
            "matmul([[{a}, {b}], [{c}, {d}]], [[{e}, {f}], [{g}, {h}]])[ = ?|?| result]",
            (
                "[Can you|Would you] [do|carry out] the matrix multiplication [[{a}, {b}], [{c}, {d}]][[{e}, "
                "{f}], [{g}, {h}]]"
            ),
            (
                "[Calculate|Find] MN for M = [[{a}, {b}], [{c}, {d}]] and N = [[{e}, {f}], [{g}, {h}]][.|, the "
                "matrix product.]"
            ),
        ),
        "zh": (
            "A=[[{a}, {b}], [{c}, {d}]]，B=[[{e}, {f}], [{g}, {h}]]，[求AB|则AB等于|AB是什么|AB=?]",
            "[设|已知|若]A = [[{a}, {b}], [{c}, {d}]]，B = [[{e}, {f}], [{g}, {h}]]，[求乘积AB|计算AB|那么AB为]",
            "[[{a}, {b}], [{c}, {d}]] [乘以|乘|右边乘上] [[{e}, {f}], [{g}, {h}]][等于什么|得什么矩阵|=?]",
            "[计算|求|求出]矩阵[乘积|的积][[{a}, {b}], [{c}, {d}]]·[[{e}, {f}], [{g}, {h}]]",
            (
                "[把|将]矩阵 [[{a}, {b}], [{c}, {d}]] 和 [[{e}, {f}], [{g}, {h}]] 依次相乘，"
                "[结果是什么|得到什么|写出结果]"
            ),
            (
                "$\\begin{{pmatrix}} {a} & {b} \\\\ {c} & {d} \\end{{pmatrix}} \\begin{{pmatrix}} {e} & {f} \\\\ "
                "{g} & {h} \\end{{pmatrix}}$ [等于|=?|的结果是什么]"
            ),
            (
                "[求|计算]$\\begin{{bmatrix}} {a} & {b} \\\\ {c} & {d} "
                "\\end{{bmatrix}}$[与|和]$\\begin{{bmatrix}} {e} & {f} \\\\ {g} & {h} \\end{{bmatrix}}$的乘积"
            ),
            "[帮忙|麻烦|请]算[下|一下]矩阵乘法 ({a} {b}; {c} {d})×({e} {f}; {g} {h})[，谢谢|]",
            "两个矩阵相乘：[[{a}, {b}], [{c}, {d}]]×[[{e}, {f}], [{g}, {h}]]，[结果是哪个矩阵|积是什么|怎么算]",
            (
                "[左边|前一个]矩阵是[[{a}, {b}], [{c}, {d}]]，[右边|后一个]是[[{e}, {f}], [{g}, {h}]]，"
                "[求它们的积|乘积为]"
            ),
            "[线代作业|矩阵练习|习题]：[[{a}, {b}], [{c}, {d}]] * [[{e}, {f}], [{g}, {h}]][，求积|=？]",
            "[求|试求]MN，其中M = [[{a}, {b}], [{c}, {d}]]，N = [[{e}, {f}], [{g}, {h}]]",
            "矩阵A的两行为({a}, {b})、({c}, {d})，B的两行为({e}, {f})、({g}, {h})，[求AB|A乘B得|AB是哪个矩阵]",
            "二阶矩阵[[{a},{b}],[{c},{d}]]的右边乘以[[{e},{f}],[{g},{h}]][，结果是|得什么|后是什么矩阵]",
            "[做|进行]矩阵乘法：[[{a}, {b}], [{c}, {d}]] · [[{e}, {f}], [{g}, {h}]][。|，得到]",
        ),
    },
    "dot_product": {
        "en": (
            "a = ({a}, {b}, {c}), b = ({d}, {e}, {f}). What is a·b?",
            "a = ({a}, {b}, {c}), b = ({d}, {e}, {f}). [Find|Compute] a·b[.|, please.]",
            (
                "[If|Given|Suppose] u = ({a}, {b}, {c}) and v = ({d}, {e}, {f}), [what is|find|calculate] [u · "
                "v|the dot product of u and v|their scalar product]."
            ),
            (
                "[Find|Calculate|Determine] the [scalar product|inner product|dot product] of the vectors ({a}, "
                "{b}, {c}) and ({d}, {e}, {f})."
            ),
            "({a}, {b}, {c}) dot ({d}, {e}, {f})[ = ?|?| pls]",
            "dot product ({a},{b},{c}) ({d},{e},{f})[?| = ?| please]",
            "[help|hey|pls], need the [dot|scalar|inner] product: <{a}, {b}, {c}> and <{d}, {e}, {f}>[ thx|]",
            "dot([{a}, {b}, {c}], [{d}, {e}, {f}])[ = ?|?| result]",
            (
                "[What does|How much does] the dot product of [the vectors |]({a}, {b}, {c}) and ({d}, {e}, {f}) "
                "[come to|equal]?"
            ),
            (
                "[Multiply|Please multiply] ({a}, {b}, {c}) and ({d}, {e}, {f}) [component by component|entry by "
                "entry] and [add the products|sum up]."
            ),
            (
                "[Take|Form] the [inner|scalar] product of ({a}, {b}, {c}) [with|and] ({d}, {e}, {f}). [What is "
                "its value|Which number results]?"
            ),
            (
                "[Compute|Evaluate] $\\vec{{u}} \\cdot \\vec{{v}}$ for $\\vec{{u}} = ({a}, {b}, {c})$ and "
                "$\\vec{{v}} = ({d}, {e}, {f})$[.|, please.]"
            ),
            (
                "A [constant |]force ({a}, {b}, {c}) N moves a body along ({d}, {e}, {f}) m. [How much work is "
                "done, in joules|What is the work in joules]?"
            ),
            (
                "[Two|The] vectors in space are ({a}, {b}, {c}) and ({d}, {e}, {f}); [what is their dot "
                "product?|how much is their dot product?|give the scalar product.]"
            ),
            (
                "[What number|Which number] is <({a}, {b}, {c}), ({d}, {e}, {f})> [with|in] the [usual|standard] "
                "inner product?"
            ),
            "[Can you|Would you] [work out|compute] the dot product of v = ({a}, {b}, {c}) with w = ({d}, {e}, {f})",
        ),
        "zh": (
            "a=({a}, {b}, {c})，b=({d}, {e}, {f})，[求a·b|则a·b等于|a·b是多少|a·b=?]",
            "[已知|设|若]向量a = ({a}, {b}, {c})，b = ({d}, {e}, {f})，[求a与b的数量积|则a·b为|计算它们的点积]",
            "({a}, {b}, {c})点乘({d}, {e}, {f})[等于多少|是几|=?]",
            "[求|计算|试求]空间向量({a}, {b}, {c})[与|和]({d}, {e}, {f})的[内积|点积|数量积]。",
            "两个向量({a}, {b}, {c})、({d}, {e}, {f})的[内积|点积|数量积][是多少|等于几|怎么算]",
            "[帮忙|麻烦|请]算[下|一下]({a}, {b}, {c})和({d}, {e}, {f})的[点积|内积][，谢谢|]",
            (
                "$\\vec{{a}} = ({a}, {b}, {c})$，$\\vec{{b}} = ({d}, {e}, {f})$，[则 $\\vec{{a}} \\cdot "
                "\\vec{{b}}$ 等于|求 $\\vec{{a}} \\cdot \\vec{{b}}$]"
            ),
            "[把|将]({a}, {b}, {c})与({d}, {e}, {f})[对应分量|对应坐标]相乘再相加，[结果是多少|得几]？",
            "恒力({a}, {b}, {c})牛使物体产生位移({d}, {e}, {f})米，[做功多少焦耳|求所做的功（焦耳）|功是多少焦]？",
            "dot([{a}, {b}, {c}], [{d}, {e}, {f}])[=?|等于多少|的结果]",
            "[向量题|立体几何作业|线代练习]：u=({a}, {b}, {c})，v=({d}, {e}, {f})，[求u·v|u与v的内积是]",
            "[求|求出]u·v，其中u = ({a}, {b}, {c})，v = ({d}, {e}, {f})",
            "三维向量({a},{b},{c})和({d},{e},{f})[做点乘|作数量积|求内积]，[值是多少|结果是]",
            "若m=({a}, {b}, {c})，n=({d}, {e}, {f})，则m·n的值[是多少|为|等于]",
            "({a}, {b}, {c})与({d}, {e}, {f})的[标量积|内积|点乘结果][等于|是多少|为几]",
        ),
    },
    "vector_length": {
        "en": (
            (
                "v = ({a}, {b}, {c}). [Find|Compute|What is] [its length|the norm of v|its magnitude|the "
                "magnitude of v][.|, exact value.]"
            ),
            (
                "[Find|Calculate|Determine|Give] the [magnitude|norm|Euclidean norm|modulus] of [the vector "
                "|]({a}, {b}, {c})."
            ),
            "[How long|How big in length] is the vector ({a}, {b}, {c})?",
            "[If|Given|Suppose] u = ({a}, {b}, {c}), [what is|find|calculate] [its length|its norm|its magnitude].",
            "length of ({a}, {b}, {c})[?| pls|, vector| as a vector]",
            "[help|hey|pls], magnitude of <{a}, {b}, {c}>[ exact| thx|]",
            "[How far|What distance] is the point ({a}, {b}, {c}) from the origin?",
            "[Find|Compute] the distance [from|between] the origin [to|and] the point ({a}, {b}, {c})[ in space|].",
            "‖({a}, {b}, {c})‖[ = ?|, exact value|, evaluate]",
            "norm([{a}, {b}, {c}])[ = ?|?| exactly]",
            "[Evaluate|Compute|Find] $\\|({a}, {b}, {c})\\|$[.| exactly.]",
            "A vector has components {a}, {b} and {c}. [How long is it?|What is its length?|Find its magnitude.]",
            "An arrow [goes|points] from the origin to ({a}, {b}, {c}). [What is its length|How long is it]?",
            "[Take|Work out] the square root of the sum of the squares of {a}, {b} and {c}[.|, exactly.]",
            "[State|Give] the exact [length|norm] of v = {a}i {b:+}j {c:+}k.",
            "[Can you|Would you] [compute|get] the magnitude of vector ({a}, {b}, {c})",
            (
                "A [drone|ship's signal|force] has the vector ({a}, {b}, {c}); [give its magnitude.|what is its "
                "magnitude?]"
            ),
        ),
        "zh": (
            "a=({a}, {b}, {c})，[求a的模|则a的模长为|向量a的长度是多少|求它的模]",
            "[已知|设|若]向量a = ({a}, {b}, {c})，[求a的模|则a的长度等于|计算a的模长]",
            "[求|计算|试求]空间向量({a}, {b}, {c})的[模|模长|大小|范数]。",
            "向量({a},{b},{c})[有多长|模长是多少|的大小是多少|长度怎么算]",
            "[帮忙|麻烦|请]算[下|一下]向量({a}, {b}, {c})的[模|长度][，谢谢|]",
            "点({a}, {b}, {c})到原点的距离[是多少|等于|为]",
            "[求|计算]空间中点P({a}, {b}, {c})[与|和]坐标原点[之间的距离|的距离]",
            "‖({a}, {b}, {c})‖[=?|等于多少|的值]",
            "$\\vec{{a}} = ({a}, {b}, {c})$，[则 $\\vec{{a}}$ 的模为|求 $\\vec{{a}}$ 的长度|求它的模]",
            "一个向量的三个分量是{a}、{b}、{c}，[它的模是多少|求模长|长度为]",
            "norm([{a}, {b}, {c}])[=?|等于多少|的精确值]",
            "[向量题|立体几何作业]：v=({a}, {b}, {c})，[求v的模|v的长度=？]",
            "[求|计算]{a}、{b}、{c}的平方和的算术平方根",
            "从原点指向({a}, {b}, {c})的[向量|有向线段][长多少|的长度是|有多长]？",
            "若u = {a}i {b:+}j {c:+}k，则u的[模|长度][为|是多少]",
            "力的三个分量为({a}, {b}, {c})，[合力大小是多少|它的大小为|求力的大小]",
        ),
    },
    "complex_operation": {
        "en": (
            (
                "[Simplify|Work out|Evaluate|Perform] ({a} {b:+}i){sign}({c} {d:+}i)[.| in the form a + bi.| and "
                "write it in standard form.]"
            ),
            "({a}{b:t}i){sign}({c}{d:t}i)[ = ?|?| pls|, complex numbers]",
            "[What do you get for|What comes out of|What does one get from] ({a} {b:+}i){sign}({c} {d:+}i)?",
            "[With|Given] i the imaginary unit, [calculate|what is|compute] ({a} {b:+}i){sign}({c} {d:+}i).",
            (
                "[Write|Express|Give] ({a} {b:+}i){sign}({c} {d:+}i) [as a single complex number|in the form x + "
                "yi|in Cartesian form]."
            ),
            "[help|hey|pls], complex numbers: ({a}{b:t}i){sign}({c}{d:t}i)[ thx| step by step|]",
            "[Find|Determine] the complex number z = ({a} {b:+}i){sign}({c} {d:+}i).",
            "z = ({a} {b:+}i){sign}({c} {d:+}i). [What is z?|Find z.|Simplify z.|Give z in standard form.]",
            "[Carry out|Do] the operation on complex numbers: ({a} {b:+}i){sign}({c} {d:+}i)",
            "$({a} {b:+}i){sign}({c} {d:+}i)$[, simplify| = ?|, what complex number is this?]",
            (
                "[My son|A student|Our class] has to [simplify|calculate] ({a} {b:+}i){sign}({c} {d:+}i). [What "
                "is the result|What should come out]?"
            ),
            (
                "[Can you|Would you] [do|simplify|evaluate] this one, i being the imaginary unit: ({a} "
                "{b:+}i){sign}({c} {d:+}i)"
            ),
            "[The value|The result] of ({a} {b:+}i){sign}({c} {d:+}i) [is|equals] which complex number?",
            "In complex arithmetic, ({a} {b:+}i){sign}({c} {d:+}i) [equals what|is how much|gives]?",
            "[Reduce|Bring] ({a}{b:t}i){sign}({c}{d:t}i) to [real part plus imaginary part|the form a+bi].",
        ),
        "zh": (
            "({a}{b:t}i){sign}({c}{d:t}i)[=?|等于几|怎么算|化简]",
            "[化简|计算复数|复数运算|计算下列复数]：({a} {b:+}i){sign}({c} {d:+}i)",
            "[已知|设]i为虚数单位，[则|计算|求] ({a} {b:+}i){sign}({c} {d:+}i)[的结果|]",
            "[i是虚数单位|若i是虚数单位]，复数({a}{b:t}i){sign}({c}{d:t}i)[等于|化简得|=]",
            "[若|已知]z = ({a} {b:+}i){sign}({c} {d:+}i)，[求z|则z等于|z是多少]",
            "[把|将]({a} {b:+}i){sign}({c} {d:+}i)[化成|写成|表示为]a+bi的形式",
            "[帮忙|麻烦|请]算[下|一下]复数({a}{b:t}i){sign}({c}{d:t}i)[，谢谢|]",
            "$({a} {b:+}i){sign}({c} {d:+}i)$ [的值为|= ?|等于多少]",
            "求复数 ({a} {b:+}i){sign}({c} {d:+}i) [的代数形式|的值|化简后的结果]",
            "两个复数[做运算|运算]：({a} {b:+}i){sign}({c} {d:+}i)，[结果是什么|得哪个复数|得多少]",
            "[复数题|高考复数|作业]：({a}{b:t}i){sign}({c}{d:t}i)[，求结果|，化简|=]",
            "[规定i是虚数单位|用i表示虚数单位]，({a} {b:+}i){sign}({c} {d:+}i)[等于多少|算出来是什么|结果为]",
            "[试计算|求出|写出]({a} {b:+}i){sign}({c} {d:+}i)[的最简结果|的结果|，写成代数形式]",
            "({a} {b:+}i){sign}({c} {d:+}i)这个[式子|复数运算][结果是多少|得几|怎么化简]",
            "[孩子|同学]问({a}{b:t}i){sign}({c}{d:t}i)[得什么|的结果]",
        ),
    },
    "complex_absolute": {
        "en": (
            (
                "z = {a} {b:+}i. [Find|Compute|What is] [its modulus|its absolute value|the modulus of z][.|, "
                "exact value.]"
            ),
            (
                "[If|Given|Suppose] z = {a} {b:+}i, [what is|find|calculate] [its magnitude|its modulus|the "
                "absolute value of z]."
            ),
            "[Find|Calculate|Determine|Give] the [magnitude|absolute value|modulus] of the complex number {a} {b:+}i.",
            "[How far|What distance] is {a} {b:+}i from [the point zero|the origin|zero] in the complex plane?",
            "modulus of {a}{b:t}i[?| pls|, exact value]",
            "abs({a}{b:t}i)[ = ?|?| exactly]",
            "[help|hey|pls], need the modulus of z={a}{b:t}i[ thx| exact|]",
            "[Evaluate|Compute] $|{a} {b:+}i|$[.| exactly.| without rounding.]",
            "What is the length of the [arrow|vector] [of|for] {a} {b:+}i in the [Argand diagram|complex plane]?",
            (
                "Give the length of the [arrow|vector] [of|for] {a} {b:+}i in the [Argand diagram|complex "
                "plane][.|, please.]"
            ),
            (
                "The number {a} {b:+}i [is drawn|lies] in the Gaussian plane. [Find its distance from the "
                "origin.|What is its absolute value?]"
            ),
            "[What|Which] is the [size|magnitude] r of {a} {b:+}i in polar form r(cos φ + i sin φ)?",
            (
                "[A complex number|The complex number z] has real part {a} and imaginary part {b}. [Find its "
                "modulus.|What is its absolute value?|How large is its modulus?]"
            ),
            "[State|Work out|Take] the absolute value of {a} {b:+}i[, i being the imaginary unit|].",
            "[Can you|Would you] [compute|get|find] |z| for z = {a} {b:+}i",
            "[The modulus|The magnitude] of the complex number {a} {b:+}i [is what|equals which number]?",
        ),
        "zh": (
            "z={a}{b:t}i，[求模|求z的模|则z的模等于|z的绝对值是多少]",
            "[已知|设|若]复数z = {a} {b:+}i，[求z的模|则z的模为|z的模长是多少]",
            "[求|计算|试求]复数{a}{b:t}i的[模|模长|绝对值]。",
            "|{a}{b:t}i|[=?|等于多少|的值|怎么算]",
            "[i为虚数单位，|设i是虚数单位，]则复数{a}{b:t}i的模[等于|为|是多少]？",
            "[帮忙|麻烦|请]算[下|一下]复数{a}{b:t}i的模[，谢谢|，要精确值|]",
            "复平面[内|上]，{a}{b:t}i对应的点到原点的距离[是多少|为|等于]",
            "[实部|一个复数实部]为{a}，虚部为{b}，[求这个复数的模|它的模是多少|模等于]",
            "$|{a} {b:+}i|$ [的值为|等于多少|= ?]",
            "复数z={a}{b:t}i对应的向量[有多长|长度是多少|的模是]？",
            "[复数题|高考题|作业]：z={a} {b:+}i，[求模|z的模是|求z的模长]",
            "{a}{b:t}i这个复数的[绝对值|模]是[几|多少]",
            "[求出|写出]z={a} {b:+}i在复平面上离原点[多远|的距离]",
            "abs({a}{b:t}i)[=?|等于多少|的精确值]",
            "若z={a} {b:+}i，把z写成三角形式r(cosθ+isinθ)，[r等于多少|求r|r为]",
        ),
    },
    "permutations": {
        "en": (
            (
                "[Find|Compute|Evaluate] P({n}, {k})[, the number of permutations|, i.e. ordered selections "
                "without repetition|]."
            ),
            "[What is|How much is|Calculate] {n}P{k}[?|, permutations|, the number of permutations?]",
            (
                "How many ordered [selections|lists|sequences] of {k} [different |]objects [are there from|can "
                "be made from|can be chosen from] {n} distinct objects[ without repetition|]?"
            ),
            (
                "A [club|society] with {n} members [fills|is filling] {k} different [posts|offices|jobs], nobody "
                "holding more than one. [In how many ways can it do so|How many ways are there]?"
            ),
            (
                "In how many [different |]ways can {k} different prizes [be given out among|go to] {n} "
                "[children|pupils|guests] if nobody gets more than one[?|, please?]"
            ),
            (
                "{n} [symbols|characters|signs], codes of length {k}, no symbol repeated, [how many codes|number "
                "of codes|how many different codes are possible]?"
            ),
            (
                "How many {k}-symbol [passwords|codes|strings] can be [made|formed] from {n} different symbols "
                "[if no symbol is used twice|without repeating any symbol]?"
            ),
            (
                "[{k} cars are to park in a lot with {n} free spaces|A car park has {n} free spaces and {k} "
                "different cars arrive]. [In how many ways can they park|How many ways of parking are there]?"
            ),
            (
                "[We|I] have {n} [pictures|photos|posters] and {k} [different hooks|different frames|distinct "
                "spots on the wall]; one goes to each. [How many ways to hang them|In how many ways can they be "
                "hung]?"
            ),
            (
                "{n} [athletes|swimmers|horses] are in a [race|final]. [How many different results|How many "
                "possible orders of finish] are there for the first {k} places[, no ties|]?"
            ),
            (
                "A [teacher|coach|director] picks {k} out of {n} [students|players|actors] and puts them in a "
                "[row|line|queue]. [How many arrangements exist|How many different rows can there be]?"
            ),
            (
                "[help|hey|pls], choose {k} from {n} where order matters[, how many ways| - how many?|, no "
                "repeats, how many]"
            ),
            (
                "[From|Out of] {n} [proposed talks|candidates|films], a programme of {k} in a fixed order is "
                "[made|drawn up]. How many [programmes|schedules] are possible?"
            ),
            (
                "[How many|What is the number of] [one-to-one|injective] functions from a set of {k} elements "
                "[into|to] a set of {n} elements?"
            ),
            (
                "In how many ways can {k} [people|passengers|guests] [sit down|take seats] on {n} numbered "
                "[seats|chairs], one person per seat?"
            ),
            (
                "[Order matters|The order counts]: {k} of {n} different [beads|flags|cards] are put in a "
                "[row|line]. [How many results|How many rows] are possible?"
            ),
            (
                "[My daughter|My son|Emma] wants to [colour|paint] {k} different [stripes|boxes|rooms], each in "
                "a different colour, and has {n} colours. How many ways [are there|does that make]?"
            ),
            "number of ways to [arrange|line up] {k} out of {n} [people|books|toys][ in a row|, order matters]",
            (
                "An [association|orchestra] of {n} people must fill {k} different [offices|posts], each with a "
                "different member. [Find the number of possible outcomes.|How many outcomes are there?]"
            ),
            (
                "[Each of|All] {k} different [tasks|shifts|roles] [is given to|goes to] a different one of {n} "
                "[workers|volunteers|nurses]. [How many assignments are there?|Count the assignments.]"
            ),
            (
                "If {n} different letters are available, how many [words|strings], sensible or not, of {k} "
                "letters [can be laid|are possible] without using any one twice?"
            ),
            (
                "There are {n} [dishes|exhibits|towns] on my list. I will [visit|try|see] {k} of them, one after "
                "another. [How many different sequences|How many itineraries] are possible?"
            ),
        ),
        "zh": (
            "[求|计算]排列数A({n},{k})[的值|。]",
            "排列数P({n}, {k})[等于多少|是多少|=?]",
            "$A_{{{n}}}^{{{k}}}$ [等于多少|的值是|怎么算]",
            (
                "{n}个[不同的|互不相同的]元素取{k}个[作有序排列|排成一列|按顺序排列]，"
                "[有几种排法|共多少种排法|排列数是多少]？"
            ),
            (
                "[班里|社团里|公司里]有{n}人，要选{k}人分别担任{k}个不同的[职务|岗位]，"
                "[有多少种安排|共有几种选法|一共有多少种结果]？"
            ),
            (
                "从{n}名[同学|老师|志愿者]中[选派|挑]{k}名，分别去{k}个不同的[地方|岗位|学校]，"
                "[不同的安排有多少种|有多少种派法|共有几种方案]？"
            ),
            "{k}辆[不同的车|车]停进{n}个空车位，[每个车位至多停一辆|一位一车]，[有多少种停法|停车方式共有几种]？",
            (
                "把{k}[件|份]不同的[礼物|奖品]分给{n}个[小朋友|孩子|人]，每人[至多|最多]得一[件|份]，"
                "[有多少种分法|问分法有几种]？"
            ),
            (
                "{n}个不同的[字母|符号|字符]，[组成|编成]长度为{k}且[不重复|没有重复字符]的密码，"
                "[能组成多少个|可编多少个|共有多少个]？"
            ),
            "[用|由]{n}种颜色给{k}个[区域|房间|格子]涂色，[颜色互不相同|两两不同色]，[有多少种涂法|涂色方案有几种]？",
            "{n}匹马[比赛|赛跑]，前{k}名的[名次情况|先后次序]有多少种[可能|，不考虑并列]？",
            "[求|有]{k}个人坐到{n}把[有编号的|不同的]椅子上[，每椅一人|，一人一把]，坐法[有多少种|共有几种|数]？",
            "[问下|帮忙算下|请问]，{n}个里选{k}个还要排[顺序|次序]，[多少种|一共几种|有几种排法]",
            "[从|]{n}[个节目|个短片|个报告]中选出{k}个，排定先后[顺序|次序]，[有多少种排法|共有多少种节目单]？",
            "从{k}元集合到{n}元集合的单射[有多少个|个数是多少|共有几个]？",
            "[照相时|拍照时|站队时]，从{n}[个同学|人]里请{k}[个|位]站成一[排|列]，[有多少种站法|站法总数是多少]？",
            "{n}[张|幅]不同的画，取{k}[张|幅]挂到墙上[一字排开|排成一行]，[挂法有多少种|有多少种不同的挂法]？",
            "[顺序不同算不同的|考虑顺序时]，{n}选{k}[有多少种结果|有多少种可能|共几种]",
            "[某旅行社|小王|我]想从{n}个景点里挑{k}个，[逐个游览|按先后去玩]，[游览路线|先后顺序]有多少种？",
            "{k}项不同的[工作|任务]交给{n}名[工人|员工]中的{k}名，每人一项，[分配方法|分派方案]有多少种？",
            (
                "[现有|有]{n}面颜色各不相同的[旗|信号旗]，取{k}面从上到下[挂出|排列]，"
                "[可表示多少种信号|能得到多少种信号]？"
            ),
            (
                "在{n}名[候选人|队员]中产生{k}个不同[名次|职位]的人选[，一人不兼两职|]，"
                "[结果有多少种|共有多少种可能的结果]？"
            ),
        ),
    },
    "combinations": {
        "en": (
            "[Find|Compute|Evaluate] C({n}, {k})[, the number of combinations|].",
            "[What is|How much is|Calculate] {n}C{k}[?|, combinations|, the number of combinations?]",
            "[What is|Evaluate|Find] {n} choose {k}[?|, please|, exactly]",
            (
                "[How many|What is the number of] subsets with [exactly |]{k} elements [does a set of {n} "
                "have|are there in a set of {n} elements]?"
            ),
            (
                "In how many [different |]ways can [I|we|one] choose {k} out of {n} [books|films|toys] [if the "
                "order does not matter|regardless of order|to take along]?"
            ),
            (
                "A [pizzeria|restaurant|kiosk] has {n} toppings; a customer [picks|orders] {k} different ones. "
                "[How many different pizzas|How many combinations of toppings] are possible?"
            ),
            (
                "A lottery [ticket|slip] has {n} numbers, of which one crosses {k}. [How many ways to fill it "
                "in|How many different slips are there]?"
            ),
            (
                "A [coach|teacher|captain] must [choose|select|pick] {k} [players|pupils|sailors] from [a group "
                "of |]{n}. [How many different teams|How many groups] can there be?"
            ),
            (
                "How many [teams|groups|juries] of {k} [can be formed|can one form|are possible] from {n} "
                "[people|applicants|volunteers]?"
            ),
            "[help|hey|pls], pick {k} from {n}, order doesn't matter[, how many ways| - how many?|]",
            (
                "{n} [candidates|members|nurses], {k} to be selected for the same job[, how many selections can "
                "be made|: how many choices are there]?"
            ),
            (
                "The exam has {n} questions and [you|each student] must answer {k} of them. [How many choices of "
                "questions are there|In how many ways can the questions be chosen]?"
            ),
            (
                "{k} identical [coins|tokens|balls] go into {n} [numbered boxes|different jars], at most one in "
                "each. [How many ways are there?|Count the ways.]"
            ),
            (
                "[From|Out of] a box of {n} [different chocolates|distinct marbles|different stamps], {k} are "
                "taken out together. [How many different handfuls|How many outcomes] are possible?"
            ),
            "[How many|Count the] bit strings of length {n} [have|with] exactly {k} ones[?| in them?]",
            (
                "A quality inspector [draws|takes] a sample of {k} from {n} [numbered lamps|different "
                "parts|labelled bottles]. How many samples are [possible|there][, order ignored|]?"
            ),
            (
                "[My wife|My brother|Anna] [packs|takes] {k} of the {n} different [shirts|hats|scarves]. [How "
                "many sets are possible|In how many ways can this choice be made]?"
            ),
            (
                "The same prize goes to each of {k} of the {n} [players|visitors|runners]. [In how many ways can "
                "the winners be chosen|How many groups of winners are possible]?"
            ),
            (
                "[Let|Suppose] a class [have|has] {n} students. [Find|Determine] the number of ways to "
                "[choose|select] {k} of them for [cleaning duty|a trip|a quiz]."
            ),
            "number of ways to choose {k} [people|items|things] [from|out of] {n}[, without order|, combinations|]",
            (
                "A [shop|florist|bakery] sells {n} kinds of [cakes|bread|tea] and I [want|buy] {k} different "
                "kinds. [How many choices do I have|How many ways to choose]?"
            ),
            (
                "[Ignoring order|Not caring about order], {k} [letters|cards|tiles] are drawn from {n} distinct "
                "ones without replacement. [How many hands|How many results] can occur?"
            ),
        ),
        "zh": (
            "[求|计算]组合数C({n},{k})[的值|。]",
            "组合数C({n}, {k})[等于多少|是多少|=?]",
            "$C_{{{n}}}^{{{k}}}$ [等于多少|的值是|怎么算]",
            "{n}个元素的集合[有多少个含{k}个元素的子集|的{k}元子集有多少个|含{k}个元素的子集共几个]？",
            (
                "从{n}名[同学|工人|志愿者]中[任选|选出]{k}名[去参加活动|打扫卫生|去植树]，"
                "[有多少种不同的选法|选法共有几种|问有几种选法]？"
            ),
            "{n}选{k}[有多少种|，不计顺序，多少种|一共几种组合]",
            (
                "[班上|队里|部门里]{n}个人，要[抽|派]{k}个人[去开会|值班|去比赛]，不分[先后|职务]，"
                "[有几种选法|选法数是多少|共多少种可能]？"
            ),
            "[彩票|一种彩票]从{n}个号码里选{k}个，[不分顺序|不计次序]，[共有多少种选法|有多少种不同的号码组合]？",
            "考试[共有|有]{n}道题，[考生|每人]任选{k}道[作答|来做]，[选题方法有多少种|有多少种选题方式]？",
            "[比萨店|火锅店|奶茶店]有{n}种配料，[顾客|我]要选{k}种不同的，[搭配方式有多少种|有几种搭配]？",
            "[问下|帮忙算下|请问]，{n}个里面挑{k}个，不管顺序，[多少种|一共几种|有几种挑法]",
            "把{k}个[相同的|一模一样的]球放进{n}个不同的盒子，每盒[至多|最多]放一个，[有多少种放法|放法有几种]？",
            "从{n}件[编了号的|不同的]产品中[一次抽取|随机抽出]{k}件检验，[不同的抽法有多少种|有多少种抽法]？",
            "[书架上|我]有{n}本不同的书，[想|要]借走{k}本，[有多少种借法|借法共有几种]？",
            "长度为{n}的二进制串中，[恰有|正好有]{k}个1的[有多少个|共有几个]？",
            "[妈妈|小李|我]从{n}条不同的[围巾|裙子|领带]中带{k}条出门，[有多少种带法|共有几种带法]？",
            "{n}个[人|选手]里有{k}个获得同样的[奖|奖品]，[获奖名单|得奖者]有多少种可能？",
            "从{n}种[水果|糖|蛋糕]里买{k}种不同的，[有多少种买法|买法有几种]？",
            "[老师|教练|经理]要从{n}人里[挑|定]{k}人组队，[能组成多少种不同的队|不同的组队方案有几种]？",
            "[某单位|一家公司]有{n}名员工，[选|推选]{k}名代表，[代表的选法|产生代表的方式]有多少种？",
            "[求|试求]从{n}个不同[元素|物品]中[不计顺序地|]取出{k}个的[组合数|取法种数，不排序]",
            "口袋里{n}个[编号不同的|各不相同的]小球，一把抓出{k}个，[可能的结果有多少种|有多少种抓法]？",
        ),
    },
    "one_ball": {
        "en": (
            (
                "A bag [contains|has] {r} {one}, {b} {two} and {g} {three} [balls|marbles|beads]. [I|She|Tom] "
                "[takes out|pulls out] one without looking. [What is the chance that it is {one}|What is the "
                "probability of getting {one}]?"
            ),
            (
                "What is the probability of [drawing|picking] a {one} [ball|marble|sweet], if there are {r} "
                "{one}, {b} {two} and {g} {three} ones [in the bag|in all]?"
            ),
            (
                "Find the probability of [drawing|picking] a {one} [ball|marble|sweet], if there are {r} {one}, "
                "{b} {two} and {g} {three} ones [in the bag|in all][.|, please.]"
            ),
            (
                "{b} {two}, {r} {one} and {g} {three} [socks|gloves|caps] lie in a drawer. One is "
                "[grabbed|taken] in the dark. [Chance of {one}|Probability that it is {one}]?"
            ),
            (
                "{g} {three}, {b} {two}, {r} {one} [beads|counters|tokens] in a jar, one drawn at random, "
                "[P({one})|probability it's {one}|chance of {one}]?"
            ),
            (
                "In a [box|jar|bowl] there are {r} {one}, {g} {three} and {b} {two} [candies|sweets|buttons]. "
                "[One of us|My son|Lucy] draws[ blindly|] one: [with what probability|with which chance] is it "
                "{one}?"
            ),
            (
                "A [car park|garage|dealer] has {r} {one} cars, {b} {two} cars and {g} {three} cars. One "
                "[leaves|is chosen] at random. [What is the probability that the car is {one}?|Find the "
                "probability that it is a {one} car.]"
            ),
            (
                "[help|hey|pls], {r} {one}, {b} {two}, {g} {three} balls, pick one, [prob of {one}|chance it's "
                "{one}|p({one}) = ?]"
            ),
            (
                "A [wheel|spinner] has {r} {one}, {b} {two} and {g} {three} sectors, all of the same size. [What "
                "is the probability that it stops on {one}?|Find the chance of {one}.]"
            ),
            (
                "[If|When] one of {r} {one}, {b} {two} and {g} {three} [pens|pencils|crayons] is picked [at "
                "random|blindly], [what is the probability that the colour is {one}|with what probability does "
                "one get {one}]?"
            ),
            (
                "[Suppose|Say] you choose one [ticket|card|chip] at random from {b} {two}, {g} {three} and {r} "
                "{one} ones. What is the [chance|probability] of choosing a {one} one?"
            ),
            (
                "[A drawer|The wardrobe|A basket] holds {r} {one} shirts, {b} {two} shirts and {g} {three} "
                "shirts; I [take|put on] one at random. [Calculate|Give|State] the probability that it is {one}."
            ),
            (
                "[Out of|Among] {r} {one}, {b} {two} and {g} {three} [tulips|balloons|flags], one is "
                "[selected|chosen] at random. [Determine|Compute] the probability of a {one} one."
            ),
            (
                "Colours of the [balls|stones|blocks]: {one} {r}, {two} {b}, {three} {g}. One is drawn. "
                "[P({one}) = ?|Probability of drawing {one}?|Find the probability that it is {one}.]"
            ),
            (
                "[My daughter|A child|Sam] reaches into a [sack|bag] with {g} {three}, {r} {one} and {b} {two} "
                "[bricks|cubes|blocks] and takes one. What is the probability that [it's {one}|a {one} one comes "
                "out]?"
            ),
            (
                "Give as a fraction: the [chance|probability] that a [ball|card] drawn from {r} {one}, {b} {two} "
                "and {g} {three} ones [is|turns out] {one}."
            ),
            (
                "There are {b} {two} [chips|discs] in a hat, and also {r} {one} and {g} {three} ones. One "
                "[falls|is taken] out by accident: [what's the probability it is {one}|probability of {one}, "
                "please]?"
            ),
            (
                "[Each|Every] [ball|bead] in a box is equally likely to be drawn. {r} are {one}, {b} {two} and "
                "{g} {three}. [Find P({one}).|What is the probability that the one drawn is {one}?]"
            ),
            (
                "[With what probability|With what chance] is a randomly [chosen|picked] [bead|marble|pearl] "
                "{one}, if {r} are {one}, {b} are {two} and the other {g} are {three}?"
            ),
            (
                "A [gumball|vending] machine [has|is filled with] {r} {one}, {b} {two} and {g} {three} gumballs. "
                "[You get|It gives] one at random. [What are the chances of {one}|What's the probability that it "
                "is {one}]?"
            ),
            (
                '[Event A|E]: "a {one} ball is drawn". The box has {r} {one}, {b} {two}, {g} {three} balls and '
                "one is drawn. [What is its probability?|Find the probability of the event.]"
            ),
            (
                "[Somebody|A blindfolded player] draws a single [bead|ball|card] from {r} {one}, {b} {two} and "
                "{g} {three} ones, all alike to the touch. [What is the probability of {one}?|Find the "
                "probability that it's {one}.]"
            ),
        ),
        "zh": (
            (
                "[袋子里|口袋中|布袋里]装有{r}个{one}球、{b}个{two}球、{g}个{three}球，"
                "[除颜色外都相同|形状大小一样]，[随机摸出一个|任意摸一个]，"
                "[摸到{one}球的概率是多少|求摸到{one}球的概率|是{one}球的概率为]？"
            ),
            (
                "从{r}个{one}球、{b}个{two}球、{g}个{three}球中[任取|随便拿]一个，"
                "[拿到{one}球|取到{one}球]的概率[是多少|等于几|为]？"
            ),
            (
                "[求|计算]从装有{b}个{two}球、{r}个{one}球和{g}个{three}球的[盒子|箱子]里摸一个，"
                "[摸出{one}球的概率|恰好是{one}球的概率]"
            ),
            (
                "{one}球{r}个，{two}球{b}个，{three}球{g}个，[摸一个是{one}的概率|摸出一个，"
                "P({one})=?|随机摸一个，摸到{one}球的概率多大]"
            ),
            (
                "[抽屉|柜子]里有{r}双{one}袜子、{b}双{two}袜子和{g}双{three}袜子，[闭着眼|摸黑]拿一双，"
                "[是{one}色的概率是多少|拿到{one}袜子的概率]？"
            ),
            (
                "[停车场|车库|车行]有{r}辆{one}车、{b}辆{two}车、{g}辆{three}车，随机[选|开走]一辆，"
                "[它是{one}色的概率是多少|是{one}车的概率为]？"
            ),
            (
                "转盘等分成若干扇形，其中{r}块{one}、{b}块{two}、{g}块{three}，[转一次|转动转盘]，"
                "[指针停在{one}色的概率是多少|停在{one}色区域的概率]？"
            ),
            (
                "[小明|小红|孩子]从{g}颗{three}珠子、{r}颗{one}珠子、{b}颗{two}珠子里[抓|取]一颗，"
                "[是{one}珠的概率为多少|抓到{one}色的概率是]？"
            ),
            (
                "[帮忙|麻烦|请]算下：{r}个{one}、{b}个{two}、{g}个{three}的球，摸一个，"
                "[{one}的概率|摸到{one}的概率是多少]"
            ),
            (
                "笔筒里[有|插着]{r}支{one}笔，{b}支{two}笔，{g}支{three}笔，[随手抽|任意抽]一支，"
                "[抽到{one}笔的概率是多少|求抽到{one}笔的概率]。"
            ),
            (
                "[摸球游戏|抽奖游戏]：{two}球{b}个，{three}球{g}个，{one}球{r}个，摸到{one}球就[得奖|赢]，"
                "[获胜的概率是多少|摸一次赢的概率是]？"
            ),
            (
                "有{r}[张|枚]{one}色[卡片|筹码]，另有{two}色{b}[张|枚]、{three}色{g}[张|枚]，"
                "[洗匀|混匀]后抽一[张|枚]，[抽中{one}色的概率|抽到{one}色的概率是多少]"
            ),
            (
                "[如果|假如]{r}个{one}球、{b}个{two}球和{g}个{three}球[放在一起|混在一起]，那么任意拿一个，"
                "[拿到{one}色的概率是几分之几|是{one}球的概率是多少]？"
            ),
            (
                "[用分数表示|写成最简分数]：从{r}个{one}球、{b}个{two}球、{g}个{three}球里摸一球，"
                "摸到{one}球的[概率|机会]"
            ),
            (
                '[设|记]事件A为"摸到{one}球"，袋中{one}球{r}个、{two}球{b}个、{three}球{g}个，'
                "[求P(A)|P(A)等于多少|则P(A)=]"
            ),
            (
                "[气球|花|彩旗]一共三种颜色，{one}色{r}、{two}色{b}、{three}色{g}，随机[取一|挑一]个，"
                "[是{one}色的概率|{one}色的概率是多少]？"
            ),
            (
                "[糖罐|糖盒]里[有|放着]{r}颗{one}糖、{g}颗{three}糖、{b}颗{two}糖，[我|妹妹]随便拿一颗，"
                "[拿到{one}糖的概率是多少|是{one}糖的概率]？"
            ),
            (
                "[衣柜|箱子]中{one}衬衫{r}件，{two}衬衫{b}件，{three}衬衫{g}件，[任取一件|随机穿一件]，"
                "[恰是{one}衬衫的概率为|是{one}衬衫的概率是多少]"
            ),
            (
                "[每个球被摸到的可能性相同|各球大小质地相同]，其中{one}的{r}个，{two}的{b}个，{three}的{g}个，"
                "[摸一个为{one}的概率是|求摸到{one}球的概率]"
            ),
            (
                "已知盒中[只有|有]{three}球{g}个、{two}球{b}个和{one}球{r}个，[从中任意摸出一球|蒙眼摸一球]，"
                "[摸出的是{one}球的概率等于|它是{one}球的概率是多少]"
            ),
            (
                "[一批|一箱]积木有{r}块{one}的、{b}块{two}的、{g}块{three}的，[宝宝|弟弟]随手[拿|抓]一块，"
                "[是{one}色的概率是多少|拿到{one}积木的概率]？"
            ),
        ),
    },
    "repeated_trials": {
        "en": (
            (
                "What is the probability of [exactly|precisely] {j} [hits|successes|wins] in {n} independent "
                "[tries|attempts|trials], each with chance 1/{m}?"
            ),
            (
                "[Find|Calculate] the probability of [exactly|precisely] {j} [hits|successes|wins] in {n} "
                "independent [tries|attempts|trials], each with chance 1/{m}[.|, please.]"
            ),
            (
                "[A machine|A slot machine|A raffle] pays out with probability 1/{m} [at each play|per play]. "
                "[I|We] play it {n} times. What is the probability of exactly {j} payouts?"
            ),
            "X ~ Bin({n}, 1/{m}). [Find|Compute|What is] P(X = {j})[.|, exactly.]",
            "Let X be [binomial|binomially distributed] with n = {n} and p = 1/{m}: [find|compute|give] P(X = {j}).",
            "binomial, n={n}, p=1/{m}, [P(X={j})?|prob of exactly {j}|chance of {j} successes exactly]",
            (
                "A [spinner|wheel] has {m} equal sectors, a single one of them gold. It is spun {n} times. What "
                "is the probability that gold comes up exactly {j} of the {n} times?"
            ),
            (
                "A [spinner|wheel] has {m} equal sectors, a single one of them gold. It is spun {n} times. Find "
                "the probability that gold comes up exactly {j} of the {n} times[.|, please.]"
            ),
            (
                "[With what probability|With what chance] do exactly {j} out of {n} [seeds|bulbs|eggs] "
                "[fail|spoil], if each does so independently with probability 1/{m}?"
            ),
            (
                "[Each|Every] [item|lamp|part] from a factory is [defective|faulty] with probability 1/{m}. "
                "Among {n} [items|pieces] taken, [what is the probability that exactly {j} are such?|find the "
                "probability of exactly {j} bad ones.]"
            ),
            (
                "[help|hey|pls], {n} tries, success chance 1/{m} each, [prob of exactly {j} successes|what's the "
                "probability of exactly {j}]?"
            ),
            (
                "[A player|An archer|A goalkeeper] succeeds with probability 1/{m} [each time|at every attempt]. "
                "In {n} attempts, [what is the probability of exactly {j} successes?|find the probability of "
                "exactly {j} successes.]"
            ),
            (
                "[Exactly|Precisely] {j} of {n}: [what is the chance|what is the probability] of that, if each "
                "[trial|try] [works|succeeds] with probability 1/{m}, independently of the others?"
            ),
            (
                "A fair die with {m} sides is [rolled|thrown] {n} times. What is the probability that the top "
                "number [shows|comes up] exactly {j} out of the {n} times?"
            ),
            (
                "A fair die with {m} sides is [rolled|thrown] {n} times. Find the probability that the top "
                "number [shows|comes up] exactly {j} out of the {n} times[.|, please.]"
            ),
            (
                "On a [quiz|test] with {n} questions, each has {m} options, a single one correct, and I guess "
                "all. [What is the probability of exactly {j} correct?|Find the chance that exactly {j} are "
                "right.]"
            ),
            (
                "[The chance of|The probability for] [rain|snow|fog] is 1/{m} on [each|every] day, "
                "independently. What is the probability of this on exactly {j} out of {n} days?"
            ),
            (
                "[The chance of|The probability for] [rain|snow|fog] is 1/{m} on [each|every] day, "
                "independently. Find the probability of this on exactly {j} out of {n} days[.|, please.]"
            ),
            (
                "[An experiment|A trial] with success probability 1/{m} is [carried out|performed|done] {n} "
                "times. [Determine|State|Give] the probability that the number of successes equals {j}."
            ),
            (
                "{n} independent [trials|shots|draws with replacement], p = 1/{m}. [Probability of exactly {j} "
                "successes?|Find P(exactly {j}).|P(exactly {j} successes) = ?]"
            ),
            (
                "An event A has probability 1/{m}. What is the probability that A [occurs|happens] in exactly "
                "{j} of {n} independent repetitions?"
            ),
            (
                "An event A has probability 1/{m}. Find the probability that A [occurs|happens] in exactly {j} "
                "of {n} independent repetitions[.|, please.]"
            ),
            (
                "A [call|message|packet] gets lost with probability 1/{m}. Of {n} sent, [what is the probability "
                "that exactly {j} get lost|how probable is a loss of exactly {j}]?"
            ),
            (
                "[My son|Ben|Mary] [wins|scores] in a round with chance 1/{m}. [Compute|Work out|Find] the "
                "probability of this in exactly {j} out of {n} rounds."
            ),
            (
                "[Bernoulli trials|A Bernoulli experiment]: {n} repetitions, success has probability 1/{m}. What "
                "is the probability of exactly {j} successes?"
            ),
            (
                "[Bernoulli trials|A Bernoulli experiment]: {n} repetitions, success has probability 1/{m}. Give "
                "the probability of exactly {j} successes[.|, please.]"
            ),
            (
                "[A random generator|A computer] picks one of {m} [colours|pictures] with equal chance, {n} "
                "times over. What is the probability that [my favourite|a given one] is picked exactly {j} of "
                "the {n} times?"
            ),
            (
                "Each of {n} [passengers|patients|customers] independently [misses the bus|needs help|complains] "
                "with probability 1/{m}. What is the probability that the number of those who do is "
                "[exactly|precisely] {j}?"
            ),
            (
                "A 1 in {m} chance, [tried|taken] {n} times independently. [What is the probability of it coming "
                "off|With what probability does it come off] exactly {j} of the {n} times?"
            ),
        ),
        "zh": (
            (
                "[进行|做]{n}次独立重复试验，每次成功的概率[为|是]1/{m}，"
                "[恰有{j}次成功的概率是多少|求恰好成功{j}次的概率|成功次数为{j}的概率等于]"
            ),
            "[设|若|已知]随机变量X服从二项分布B({n}, 1/{m})，[求P(X={j})|则P(X={j})等于多少|P(X={j})为]",
            "X~B({n},1/{m})，[P(X={j})=?|求P(X={j})|则X={j}的概率是多少]",
            (
                "[某射手|某运动员|小明][每次投篮命中|每次射击命中]的概率[为|是]1/{m}，"
                "{n}次[投射|出手]中[恰好命中{j}次|正好中{j}次]的概率[是多少|为]？"
            ),
            (
                "[抽奖|抽卡|刮彩票]一次中奖的概率[是|为]1/{m}，[我|小李]抽了{n}次，"
                "[正好|恰好]中{j}次的概率[是多少|有多大]？"
            ),
            "[求|计算]{n}次独立试验中事件A恰好发生{j}次的概率，[已知|其中]每次A发生的概率为1/{m}",
            "一批[产品|零件|灯泡]的次品率[为|是]1/{m}，[任取|有放回地抽取]{n}件，其中恰有{j}件次品的概率[是多少|为]？",
            (
                "[种子|树苗|鸡蛋][坏掉|不合格]的概率[都是|均为]1/{m}，"
                "{n}个当中[恰有{j}个如此|正好{j}个这样]的概率[是多少|等于]？"
            ),
            "[帮忙|麻烦|请]算下，成功率1/{m}，试{n}次，[刚好成功{j}次的概率|恰好{j}次成功的概率是多少]",
            (
                "一道[选择题|单选题]有{m}个选项，只有一个正确，{n}道这样的题全靠[猜|蒙]，"
                "[恰好猜对{j}道的概率|正好对{j}道的概率是多少]？"
            ),
            (
                "转盘[平均|]分成{m}[格|等份]，只有一格[有奖|是金色]，转{n}次，"
                "[恰好{j}次停在那一格的概率|正好{j}次转到它的概率是多少]？"
            ),
            "一枚{m}面的均匀骰子掷{n}次，最大点数[恰好|正好]出现{j}次的概率[是多少|等于几|]？",
            (
                "每天[下雨|起雾|停电]的概率[是|为]1/{m}，各天相互独立，"
                "[{n}天里恰有{j}天如此|{n}天中正好有{j}天这样]的概率[是多少|为]？"
            ),
            "[恰好|正好]{j}次成功的概率是多少？[条件是|已知]独立做{n}次，每次成功概率1/{m}",
            "[伯努利试验|独立重复试验]：n={n}，p=1/{m}，[求恰好成功{j}次的概率|k={j}时的概率是多少]",
            "[某人|甲|李雷]每局[赢|胜]的概率为1/{m}，[下了|打了]{n}局，[恰赢{j}局|正好胜{j}局]的概率[是多少|等于]？",
            (
                "[一封邮件|一个信号]丢失的概率为1/{m}，发{n}个，各自独立，"
                "[恰有{j}个丢失|丢失数正好为{j}]的概率[是多少|为]"
            ),
            (
                "{n}名[乘客|顾客|员工]各自独立地以1/{m}的概率[迟到|退货|请假]，"
                "[恰有{j}名这样做的概率是|求恰好{j}人如此的概率]"
            ),
            (
                "[游戏里|手游中]一次[爆率|强化成功率]是1/{m}，[连续|一共]试了{n}次，"
                "[刚好|恰好]成功{j}次的概率[是几|是多少|]？"
            ),
            (
                "事件A[每次|在每次试验中]发生的概率p=1/{m}，独立重复{n}次，"
                "[则A恰发生{j}次的概率为|求A恰好发生{j}次的概率|A发生次数等于{j}的概率是多少]"
            ),
            (
                "从{m}个号码中每次随机[抽|选]一个再放回，[抽|选]{n}次，"
                "[我的号码|某一号码]恰好出现{j}次的概率[是多少|为]？"
            ),
        ),
    },
}
