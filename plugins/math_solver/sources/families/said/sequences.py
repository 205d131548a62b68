"""How people put the questions of the families of ``sequences``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "geometric_blocks": {
        "en": (
            "In a geometric [sequence|progression] whose terms are all positive, the first {n} terms [add up|"
            "sum] to {s} and the first {n2} terms [add up|sum] to {t}. [What is the sum of|How much do we "
            "get for] the first {n4} terms[?|]",
            "[Find|Determine|Work out] S_{n4} for a geometric [sequence|progression] of positive [numbers|"
            "terms] with S_{n} = {s} and S_{n2} = {t}.",
            "The first {n} terms of a [positive geometric sequence|geometric sequence of positive numbers] "
            "total {s}; the first {n2} total {t}. [What is the total of|How much do we get for] the first "
            "{n4}?",
            "[help me|please help|stuck here]: GP with positive terms, sum of first {n} terms {s}, sum of "
            "first {n2} terms {t}, need sum of first {n4} terms",
            "[Let|Denote by] $S_n$ [be |]the sum of the first n terms of a geometric sequence with positive "
            "terms. [If|Given that] $S_{{{n}}}={s}$ and $S_{{{n2}}}={t}$, [what is|how much is] $S_{{{n4}}}$?",
            "What is S{n4} [if|when] a geometric sequence has only positive terms, S{n} is {s} and S{n2} is {t}[?|]",
            "[Every term|Each term] of a geometric [sequence|progression] is [positive|greater than zero]. "
            "Its sums are S_{n} = {s}, S_{n2} = {t}. [Compute|Calculate|Give] S_{n4}.",
            "Positive GP, S{n}={s}, S{n2}={t}. S{n4}[?| = ?|, please]",
            "[My teacher|My tutor|The textbook] gives S_{n2} = {t} and S_{n} = {s} for a geometric sequence "
            "with positive terms and wants S_{n4}. [What is it?|How much is it?|What comes out?]",
            "The partial sums of a geometric [series|progression] with positive terms are {s} after {n} "
            "terms and {t} after {n2} terms. [What is it|How large is it] after {n4} terms[?|]",
            "Consider a geometric sequence (a_n), a_n > 0, with S_{n} = {s} and S_{n2} = {t}. [Find|Evaluate|"
            "Obtain] the [value|number] S_{n4}.",
            "[Suppose|Assume] a geometric sequence has positive terms only. Adding the first {n} of them "
            "gives {s}, adding the first {n2} gives {t}. What [results from|do we get by] adding the first "
            "{n4}[?|]",
            "if the sum of {n} terms of a positive geometric progression is {s} and of {n2} terms is {t}, "
            "[what is|how big is] the sum of {n4} terms",
            "[Sum wanted|Wanted]: first {n4} terms of a geometric sequence with positive terms. [Known|"
            "Given]: first {n} terms give {s}, first {n2} terms give {t}.",
        ),
        "zh": (
            "[已知|设]正项等比数列的前{n}项和为{s}，前{n2}项和为{t}，[则|那么]前{n4}项和为[多少？|（　　）|______]",
            "一个[各项都为正|各项均大于0]的等比数列，前{n}项[加起来|之和]是{s}，前{n2}项[加起来|之和]是{t}，"
            "[求前{n4}项之和|前{n4}项加起来是多少]",
            "等比数列{{an}}的各项均为正数，S{n}={s}，S{n2}={t}，[则S{n4}=|则S{n4}的值为|求S{n4}的值]",
            "[求S{n4}|请计算S{n4}]：正项等比数列，S{n}={s}，S{n2}={t}",
            "记$S_n$为[正项等比数列|各项均为正数的等比数列]$\\{{a_n\\}}$的前n项和，若$S_{{{n}}}={s}$，"
            "$S_{{{n2}}}={t}$，[则$S_{{{n4}}}$=|求$S_{{{n4}}}$]",
            "[帮忙算下|帮我看看|老师好，]等比数列每项都是正的，前{n}项和{s}，前{n2}项和{t}，"
            "前{n4}项和[是多少|怎么算|得多少]",
            "若正数组成的等比数列的前{n2}项的和为{t}，而前{n}项的和为{s}，[那么它的|"
            "则其]前{n4}项的和[是多少？|等于几？]",
            "设Sn是等比数列的前n项和，且an>0，S{n}={s}，S{n2}={t}，[求|试求出|计算]S{n4}。",
            "在各项为正的等比数列中，S{n2}等于{t}，S{n}等于{s}，S{n4}[等于多少|该是多少|怎么求]？",
            "前{n4}项和是多少？[条件|已知]：等比数列，[各项为正|公比和首项都为正]，前{n}项和{s}，前{n2}项和{t}。",
            "正项等比数列 S{n}={s} S{n2}={t} [求S{n4}|S{n4}=?|S{n4}等于]",
            "有一[个|道关于]等比数列[的题|]，各项全是正数，它的前{n}项总和是{s}，前{n2}项总和是{t}，[请求出|"
            "求|算出]前{n4}项的总和。",
            "[某|有一个]等比数列没有负项也没有零，前{n}项和等于{s}，前{n2}项和等于{t}，[问|请问]前{n4}项和等于多少？",
            "已知{{an}}是正项等比数列，Sn为其前n项和，S{n}={s}且S{n2}={t}，S{n4}的值[是|为][多少？|？]",
        ),
    },
    "arithmetic_term": {
        "en": (
            "An arithmetic [sequence|progression] [starts with|begins with|has first term] {a} and has "
            "[common difference|the common difference|a common difference of] {d}. [What is|Find] term "
            "number {n}[?|]",
            "[What's|What is] the value of term {n} in an arithmetic progression with a_1 = {a} and [common "
            "difference|step] {d}?",
            "[Find|Determine|Calculate] $a_{{{n}}}$ [if|when|given that] $a_1={a}$ and $d={d}$ in an "
            "arithmetic sequence.",
            "AP, first term {a}, [common difference|difference] {d}, [term|term no.] {n}?",
            "The first term of an AP is {a} and the common difference is {d}. [Find|Write down|State] the "
            "[term in position {n}|member at place {n}].",
            "[help|quick one|hey]: arithmetic sequence a1={a} d={d} [what is|whats|find] a{n}",
            "Starting [at|from|with] {a}, each [number|term] is obtained by adding {d} to the [previous one|"
            "one before]. [Which number|What number] is in place {n} of the list[?|]",
            "[In|For] an arithmetic sequence the difference of [neighbouring|consecutive] terms is {d} and "
            "the first term is {a}. [How large is|What is|Compute] term number {n}[?|]",
            "Which [number|value] is the term with index {n} of the arithmetic [sequence|progression] where "
            "the first term is {a} and the common difference is {d}?",
            "Let (a_n) be [an arithmetic sequence|an arithmetic progression] with first term {a} and common "
            "difference d = {d}. [Evaluate|Obtain|Give] a_{n}.",
            "[I have|We have|My son has] an arithmetic sequence with difference {d}; it [starts with|begins "
            "with] {a}. What [comes|stands] at position {n}[?|]",
            "d = {d}, a_1 = {a}, arithmetic: [a_{n} = ?|find a_{n}|a_{n}, please]",
            "[If|Suppose] a sequence obeys a_1 = {a} and a_(k+1) = a_k + ({d}), [what is|then what is] a_{n}?",
            "[Use the formula for the general term|Use the general formula] to [find|get] term {n} when the "
            "arithmetic sequence has a_1 = {a} and d = {d}.",
            "What will the term numbered {n} be [in an arithmetic sequence|in an AP|if a sequence is "
            "arithmetic] with initial term {a} and constant difference {d}[?|]",
        ),
        "zh": (
            "[已知等差数列{{an}}|等差数列{{an}}中]，a1={a}，公差d={d}，[则a{n}=|求a{n}|a{n}等于多少？]",
            "一个等差数列的第一项是{a}，公差是{d}，[那么|则|问]第{n}项是[多少|几|什么数]？",
            "[求|请写出|算出]等差数列的第{n}项，[其中|已知]首项{a}，公差{d}。",
            "[从|由]{a}开始，每[次加上{d}|一项都是前一项加上{d}]，得到一列数，[第{n}个数|排在第{n}位的数]是多少？",
            "设$\\{{a_n\\}}$为等差数列，$a_1={a}$，$d={d}$，[则$a_{{{n}}}$的值为|求$a_{{{n}}}$的值|计算$a_{{{n}}}$]",
            "等差数列 首项{a} 公差{d} 第{n}项[|是几|=?]",
            "[帮忙算下|麻烦算一下|求助，]等差数列a1是{a}，d是{d}，a{n}[是多少|等于几|怎么算]",
            "某等差数列公差为{d}，[首项为|第1项为]{a}，[则其|它的]第{n}项[为多少？|等于______|是多少？]",
            "有一列数，第一个是{a}，[后一个|后面的数]总等于前一个加({d})，[求第{n}个数|第{n}个数是几？]",
            "若数列{{an}}满足a1={a}，an+1-an={d}，[则|那么]a{n}[等于|为][多少？|几？|（　　）]",
            "等差数列的第{n}项[怎么求|怎么算|是多少]？[首项|a1]={a}，公差={d}",
            "公差为{d}的等差数列，首项是{a}，[第{n}项的值是多少|其第{n}项是几|请求第{n}项]？",
            "[用通项公式|根据通项公式][求|计算]：等差数列首项为{a}，公差为{d}，第{n}项是[多少|几]？",
            "已知一等差数列[以{a}为首项，以{d}为公差|公差为{d}，首项为{a}]，[写出|求出]它的第{n}项。",
            "a1={a}，d={d}，[{{an}}是等差数列|等差]，a{n}[=？|是几|为多少]",
        ),
    },
    "arithmetic_sum": {
        "en": (
            "[Add up|Sum|Total] the first {n} terms of [an arithmetic sequence|an arithmetic progression|an "
            "AP] with first term {a} and common difference {d}.",
            "An arithmetic [sequence|progression] [starts with|begins with] {a} and has common difference "
            "{d}. What [is the sum of|do we get by adding] its first {n} terms[?|]",
            "[Find|Determine|Compute] $S_{{{n}}}$ [if|when|given] $a_1={a}$, $d={d}$ and the sequence is arithmetic.",
            "AP: first term {a}, [common difference|difference] {d}. [Sum of {n} terms?|Sum of first {n} terms?]",
            "[help|hi|quick question]: arithmetic series a1={a} d={d} n={n}, [what is the sum|find the sum|sum = ?]",
            "[What is|What's|Work out] the sum of an arithmetic series of {n} terms that [begins with|starts "
            "at] {a} and has a common difference of {d}[?|]",
            "Starting [with|from] {a}, I [keep adding|add] {d} to get the next number. [What is the total of|"
            "What do I get if I add up] the first {n} numbers in the list[?|]",
            "The first term of an arithmetic [sequence|series] is {a}, the common difference is {d}. "
            "[Calculate|Find] the [sum|total] of the first {n} terms.",
            "How much do the first {n} [terms|members|numbers] of an arithmetic sequence [add up to|come to|"
            "total] when the first is {a} and the difference is {d}?",
            "d = {d}, a_1 = {a}, arithmetic sequence: [S_{n} = ?|find S_{n}|S_{n}, please]",
            "Let S_n [denote|be] the sum of the first n terms of an arithmetic sequence with a_1 = {a}, d = "
            "{d}. [Evaluate|Give|Obtain] S_{n}.",
            "[In|For] an AP with common difference {d} and first term {a}, [what is|how much is] a_1 + a_2 + "
            "... + a_{n}?",
            "{n} [numbers|terms] form an arithmetic [sequence|progression]; the first is {a} and the common "
            "difference {d}. [What is their sum?|Find their sum.|What do they add up to?]",
            "if a sequence has a_1 = {a} and every [term|member] is the [previous|preceding] one plus {d}, "
            "what is the sum of its first {n} terms",
            "[I need|We need] the partial sum after {n} terms of the arithmetic series with initial term {a} "
            "and constant difference {d}[.|, please]",
        ),
        "zh": (
            "等差数列{{an}}中，a1={a}，公差d={d}，[则前{n}项和S{n}=|求前{n}项的和|S{n}等于多少？]",
            "一个等差数列[首项是{a}，公差是{d}|公差是{d}，首项是{a}]，[求|计算]前{n}项[的和|之和]。",
            "[求和|算总和]：等差数列，第一项{a}，公差{d}，共{n}项",
            "[从|由]{a}开始，每次加{d}，写出{n}个数，[这些数的和是多少|这{n}个数加起来是多少|把它们全加起来得几]？",
            "设$S_n$为等差数列$\\{{a_n\\}}$的前n项和，$a_1={a}$，$d={d}$，[则$S_{{{n}}}$=|求$S_{{{n}}}$|"
            "计算$S_{{{n}}}$的值]",
            "等差数列 首项{a} 公差{d} 前{n}项和[|多少|=?]",
            "[帮忙算下|麻烦算一下|求助，]等差数列a1是{a}，d是{d}，S{n}[是多少|等于几|怎么算]",
            "已知等差数列的公差为{d}，首项为{a}，[它的|其]前{n}项[总和|的和|之和][为多少？|是多少？|等于______]",
            "有{n}个数成等差数列，[最前面一个|第一个数]是{a}，公差是{d}，[求它们的和|它们的总和是几？]",
            "若数列{{an}}满足a1={a}，an+1=an+({d})，[则|那么]a1+a2+…+a{n}[等于多少？|=（　　）|的值为？]",
            "把首项{a}、公差{d}的等差数列的前{n}项[加起来|相加|求和]，[结果是|得][多少|几]？",
            "[用求和公式|利用等差数列求和公式]计算：首项为{a}，公差为{d}，项数为{n}，[和是多少？|求总和。]",
            "等差数列前{n}项和[怎么求|怎么算|是多少]？[首项|a1]={a}，公差={d}",
            "a1={a}，d={d}，[{{an}}是等差数列|等差]，[S{n}=？|求S{n}|S{n}为多少]",
        ),
    },
}
