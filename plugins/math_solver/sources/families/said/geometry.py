"""How people put the questions of the families of ``geometry``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "rectangle_area": {
        "en": (
            "[Our|My] [garden|yard|patio] is a rectangle, {a} metres long and {b} metres wide. [What is its "
            "area|What area does it have|How many square metres is that]?",
            "rectangle {a} by {b}, area[?|]",
            "A [room|hall|classroom] measures {a} m by {b} m. How many square metres of [carpet|flooring|"
            "floor tiles] [are needed|do I need] to cover the floor?",
            "[how do i get|help me with|whats] the area of a {a} x {b} [rectangle|rectangular plot]",
            "The length of a rectangle is {a} [cm|inches|feet] and the width is {b}. [Find|Calculate] the area.",
            "A rectangle has [width|a width of] {b} and [length|a length of] {a}. [Determine its area.|How "
            "large is its area?|What is the area?]",
            "How much [surface|space|area] does a rectangular [poster|sheet|board] of {a} cm by {b} cm "
            "[cover|take up]?",
            "[Anna|Peter|My uncle] [owns|bought|rents] a rectangular field whose sides are {a} m and {b} m. "
            "What is the area of the field?",
            "[A wall|A fence panel|A screen] is {a} feet wide and {b} feet high. [How many square feet must "
            "be painted|How many square feet is it] [in all|altogether]?",
            "[Multiply out the|Give the|State the] area of a rectangle whose two [sides|dimensions] are {a} and {b}.",
            "How many unit squares fit [into|inside] a rectangle of [size|dimensions] {a} by {b}?",
            "area of rectangle with l = {a}, w = {b}[, please|]",
            "What area will a rectangle [have|enclose|cover] if its sides [are|measure] {a} and {b}?",
            "[The sides|Two adjacent sides] of a rectangle ABCD are AB = {a} and BC = {b}. [Find its area.|"
            "What is its area?]",
            "We [want|have] to lay turf on a lawn of {a} m by {b} m. How many square metres of [turf|grass] is that?",
            "A rectangular [swimming pool|parking lot|tennis court], length {a} m, width {b} m: [how big is "
            "its area|what's the area in square metres]?",
        ),
        "zh": (
            "长{a}宽{b}的长方形[面积|的面积][|是多少|=？]",
            "[我家客厅|教室|会议室]长{a}米，宽{b}米，[地面的面积是多少平方米|铺满地板要多少平方米的地板]？",
            "一个长方形[菜地|花坛|操场|果园]，长是{a}米，宽是{b}米，[它的面积有多大|占地多少平方米|"
            "面积是多少平方米]？",
            "[求|试求|计算]长方形的面积，[其中|已知]长为{a}，宽为{b}。",
            "[帮忙算下|帮我算算|麻烦算一下]，{a}乘{b}的矩形，面积[多少|有多大]",
            "矩形ABCD中，AB={a}，BC={b}，[则矩形ABCD的面积为______|求它的面积]",
            "已知一个矩形的两[条邻边|边]分别是{a}和{b}，则[面积|它的面积][等于多少？|为（　　）]",
            "一块[玻璃|木板|铁皮|布]长{a}厘米、宽{b}厘米，[面积多少平方厘米|它的面积是几平方厘米]？",
            "[小刚|爸爸|王大爷]要给一面宽{a}米、高{b}米的长方形墙刷漆，[要刷多少平方米|要刷的面积是多少]？",
            "长方形的宽是{b}，长是{a}，面积[怎么算|等于几|是多大]？",
            "矩形 长={a} 宽={b} [求面积|面积=?|S=?]",
            "一张长方形[纸|海报|桌面]，一边{a}厘米，另一边{b}厘米，[请问它有多少平方厘米|它的面积是多少]？",
            "用单位小正方形铺满一个{a}×{b}的长方形，[需要多少个|一共要几个]？",
            "如果长方形的长和宽[分别为|各是]{a}和{b}，那么它的面积[是多少|有多大]？",
            "有一[块地|片林地]呈长方形，长{a}米，宽{b}米，面积[是|有][多少|几]平方米",
        ),
    },
    "rectangle_perimeter": {
        "en": (
            "How [long a fence|much fencing] [do I need|is needed] to go all the way around a rectangular "
            "[garden|field|yard] {a} m long and {b} m wide?",
            "rectangle {a} by {b}, perimeter[?|]",
            "A rectangle has [length|a length of] {a} and [width|a width of] {b}. What is the [perimeter|"
            "distance around it]?",
            "[I run|My son runs|We walk] once around a rectangular [pitch|park|field] with sides of {a} and "
            "{b} metres. How many metres is that?",
            "[Find|Determine|Work out] the perimeter of the rectangle with width {b} [cm|inches|m] and length {a}.",
            "[whats|help me find|how do i get] the perimeter of a {a} x {b} [rectangle|rectangular table]",
            "[A picture|A mirror|A poster] is {a} cm wide and {b} cm high. What length of [frame|edging|"
            "ribbon] goes around its border?",
            "The sides of a rectangle [are|measure] {a} and {b}. [How long is its boundary|What do all four "
            "sides add up to|What is its perimeter]?",
            "perimeter of rectangle, l = {a}, w = {b}[, please|]",
            "[Anna|The farmer|My neighbour] wants to [enclose|fence in] a rectangular plot of {a} m by {b} "
            "m. How many metres of fence does that take?",
            "How far is it [around|round] the edge of a rectangular [pool|courtyard|car park], {a} metres "
            "long and {b} metres wide?",
            "[Two adjacent sides|The sides] of a rectangle ABCD are AB = {a} and BC = {b}. [Find|Give|"
            "Calculate] its perimeter.",
            "A wire is bent [exactly |]into a rectangle with sides of {a} cm and {b} cm. How long is the "
            "wire [in all|altogether]?",
            "What is the total [edge length|length of the outline] of a rectangle of {a} by {b}?",
            "A skirting strip runs along all [walls|sides] of a room that is {a} m long and {b} m wide. [How "
            "many metres is it|What is its length in metres]?",
        ),
        "zh": (
            "长{a}宽{b}的长方形[周长|的周长][|是多少|=？]",
            "[菜地|花坛|羊圈]是长方形，长{a}米，宽{b}米，四周[围上篱笆|围一圈栅栏]，[一共要多少米|至少要围几米]？",
            "[小明|爷爷|我]绕着长{a}米、宽{b}米的长方形[操场|公园|广场]走一圈，[走了多少米|一圈是多少米]？",
            "[求|试求|计算]长方形的周长，[其中|已知]长为{a}，宽为{b}。",
            "[帮忙算下|帮我算算|麻烦算一下]，{a}乘{b}的矩形，周长[多少|是几]",
            "矩形ABCD中，AB={a}，BC={b}，[则矩形ABCD的周长为______|求它的周长]",
            "已知一个矩形的两[条邻边|边]分别是{a}和{b}，则周长[等于多少？|为（　　）]",
            "给一[幅画|面镜子|张照片]镶边框，长{a}厘米、宽{b}厘米，[边框总长是多少厘米|一圈要用多少厘米的木条]？",
            "长方形的宽是{b}，长是{a}，周长[怎么算|等于几|是多大]？",
            "矩形 长={a} 宽={b} [求周长|周长=?|C=?]",
            "用一根铁丝[围成|弯成]一个长{a}厘米、宽{b}厘米的长方形，[这根铁丝长多少厘米|铁丝刚好用完，铁丝多长]？",
            "如果长方形的长和宽[分别为|各是]{a}和{b}，那么它[四条边的总长|的周长|一周的长度]是多少？",
            "一张长方形[桌布|手帕|地毯]，长{a}厘米，宽{b}厘米，四边都缝上花边，花边[长多少厘米|要几厘米]？",
            "游泳池长{a}米，宽{b}米，[沿池边走一周|绕池一圈][有多少米|是多少米]",
        ),
    },
    "triangle_area": {
        "en": (
            "triangle, base {a}, height {b}, area[?|]",
            "[Find|Calculate|Determine] the area of a triangle [if|when] the base is {a} [cm|m|inches] and "
            "the height is {b}.",
            "The height of a triangle is {b} and its base is {a}. [What is the area|How large is its area|"
            "What area does it have]?",
            "A triangular [sail|flag|garden bed] has a base of {a} [m|feet|dm] and a height of {b}. [How big "
            "is its area|What is its area]?",
            "[help me|please|hey], area of a triangle with b = {a} and h = {b}",
            "In triangle ABC the side BC is {a} and the [altitude|height] from A [to BC |]is {b}. [Find the "
            "area.|What is the area of ABC?]",
            "How much area does a triangle [cover|have|enclose] whose base [is|measures] {a} and whose "
            "altitude is {b}?",
            "A side of a triangle is {a} long, and the height onto that side is {b}. [Compute|Give] the area "
            "of the triangle.",
            "[My daughter|Our class|Sam] cut out a paper triangle with base {a} cm and height {b} cm. How "
            "many square centimetres is it?",
            "A right triangle has the legs {a} and {b}. [What is its area|How big is its area]?",
            "The [gable|end wall] of a house is a triangle, {a} m wide at the base and {b} m high. [What "
            "area has to be painted|How large is its area]?",
            "[Work out|Get] the triangle's area: height {b}, base {a}.",
            "if a triangle has altitude {b} over a base of {a}, [what's|what is] its area",
            "area of triangle formula with base={a} and height={b}, [what do i get|result]?",
        ),
        "zh": (
            "底{a}高{b}的三角形[面积|的面积][|是多少|=？]",
            "三角形的[一条边|底边]长{a}，这[条边|条底]上的高是{b}，[求面积|面积是多少？]",
            "[求|试求|计算]三角形的面积，[其中|已知]底为{a}，高为{b}。",
            "[帮忙算下|帮我算算|麻烦算一下]，三角形底是{a}，高是{b}，面积[多少|是几]",
            "△ABC中，BC={a}，BC边上的高为{b}，[则△ABC的面积为______|求△ABC的面积]",
            "一块三角形的[菜地|草坪|玻璃]，底{a}米，高{b}米，[面积是多少平方米|它有多少平方米]？",
            "一面三角形[小旗|彩旗|红领巾]，高{b}厘米，底边{a}厘米，做一面要用多少平方厘米的布？",
            "直角三角形的两条直角边[分别是|是]{a}和{b}，[它的面积是多少|面积等于几|求它的面积]？",
            "三角形的高为{b}，[对应的底|与之对应的底]为{a}，则三角形的面积[为多少|是（　　）]",
            "三角形 底={a} 高={b} [求面积|面积=?|S=?]",
            "已知三角形底边长是{a}，底边上的高是{b}，[它的面积怎么算|它的面积有多大|请算它的面积]",
            "[小丽|我|妹妹]剪了一个三角形，底{a}厘米，高{b}厘米，这个三角形[面积多大|占多少平方厘米]？",
            "如果三角形的底和高[分别为|各是]{a}和{b}，那么[面积|它的面积]是多少？",
            "从顶点A作BC的垂线，垂线段长{b}，BC长{a}，[三角形ABC面积多少|求三角形ABC的面积]？",
        ),
    },
    "box_volume": {
        "en": (
            "box {a} x {b} x {c}, volume[?|]",
            "How many cubic centimetres [fit|go] into a box {a} cm long, {b} cm wide and {c} cm high?",
            "A [crate|carton|container] [measures|has inside dimensions of] {a} by {b} by {c} [cm|inches|"
            "dm]. [What is its volume|What volume does it hold]?",
            "[Find|Calculate|Determine] the volume of a [rectangular prism|cuboid|rectangular box] with "
            "length {a}, width {b} and height {c}.",
            "The height of a cuboid is {c}, its length is {a} and its width is {b}. [What is the volume?|"
            "Compute its volume.]",
            "[My|Our] [aquarium|fish tank] is {a} dm long, {b} dm wide and {c} dm high. How many litres of "
            "water [does it hold|can it hold when full]?",
            "[help me|hi|pls], volume of a cuboid l={a} w={b} h={c}",
            "How many unit cubes [fit into|make up|fill] a rectangular box of {a} by {b} by {c}?",
            "A pit [is dug|was dug] {a} m long, {b} m wide and {c} m deep. How many cubic metres of [earth|"
            "soil] is that?",
            "A [pool|tank|basin] has a length of {a} m, a width of {b} m and a depth of {c} m. What is the "
            "volume of water when it is [full|filled to the brim]?",
            "Three edges [meeting|that meet] at a corner of a cuboid [are|measure] {a}, {b} and {c}. What "
            "[is its volume|volume does it have]?",
            "[A brick|A block of wood|A gold bar] is {a} cm by {b} cm by {c} cm; how large is its volume in "
            "cubic centimetres?",
            "[How much space does|What volume does] a [parcel|suitcase|fridge] with the dimensions {a} × {b} "
            "× {c} take up?",
            "cuboid edges {a}, {b}, {c} -> [volume|find volume|how big is V]",
            "[Concrete is poured|Sand is filled] into a [form|frame] {a} m long, {b} m wide and {c} m high. "
            "How many cubic metres [are needed|does it take] to fill it?",
        ),
        "zh": (
            "长{a}宽{b}高{c}的长方体[体积|的体积][|是多少|=？]",
            "一个[纸箱|木箱|盒子]，长{a}厘米，宽{b}厘米，高{c}厘米，[体积是多少立方厘米|它的体积有多大]？",
            "[求|试求|计算]长方体的体积，[其中|已知]长为{a}，宽为{b}，高为{c}。",
            "[帮忙算下|帮我算算|麻烦算一下]，长方体三条棱是{a}、{b}、{c}，体积[多少|是几]",
            "[我家的鱼缸|一个水箱|玻璃缸]从里面量长{a}分米、宽{b}分米、高{c}分米，[装满水是多少升|最多能装多少升水]？",
            "挖一个长{a}米、宽{b}米、深{c}米的[坑|水池|地窖]，[要挖出多少立方米的土|挖出的土有多少立方米]？",
            "长方体ABCD-A1B1C1D1中，AB={a}，BC={b}，AA1={c}，[则其体积为______|求它的体积]",
            "一块长方体[石料|木头|砖]，高{c}厘米，长{a}厘米，宽{b}厘米，它[占多大空间|的体积是多少]？",
            "长方体 长={a} 宽={b} 高={c} [求体积|体积=?|V=?]",
            "用单位小正方体摆成长{a}、宽{b}、高{c}的长方体，[一共要多少个|需要多少块]？",
            "从同一顶点出发的三条棱长[分别为|是]{a}、{b}、{c}的长方体，体积[等于多少|怎么算|是多少]？",
            "游泳池长{a}米，宽{b}米，水深{c}米，[池里的水有多少立方米|池中水的体积是多少立方米]？",
            "如果长方体的长、宽、高[各是|依次是]{a}、{b}、{c}，那么[体积|它的体积|容积]是多少？",
            "[仓库|集装箱|车厢]里面长{a}米、宽{b}米、高{c}米，[容积是多少立方米|空间有多少立方米]？",
        ),
    },
    "box_surface": {
        "en": (
            "box {a} x {b} x {c}, surface area[?|]",
            "How much [cardboard|paper] (without overlap) is needed for a closed box {a} cm long, {b} cm "
            "wide and {c} cm high, [in square centimetres|all six faces]?",
            "[Find|Calculate|Determine] the [total surface area|surface area|surface] of a [rectangular "
            "prism|cuboid] with length {a}, width {b} and height {c}.",
            "The height of a cuboid is {c}, its length is {a} and its width is {b}. [What is the surface "
            "area?|Compute the area of its surface.]",
            "[help me|hi|pls], surface area of a cuboid l={a} w={b} h={c}",
            "I want to paint all six [sides|faces] of a [crate|wooden block|box] that measures {a} by {b} by "
            "{c} [cm|inches|dm]. What area is that?",
            "A closed box has edges of {a}, {b} and {c}. [What do the areas of all its faces add up to|What "
            "is the total area of its faces]?",
            "[A parcel|A gift box|A present] is {a} cm by {b} cm by {c} cm. What area of [wrapping paper|"
            "paper] covers it exactly?",
            "Three edges [meeting|that meet] at a corner of a cuboid [are|measure] {a}, {b} and {c}. How "
            "large is its surface?",
            "How many square metres of sheet metal does a closed [tank|container] {a} m long, {b} m wide and "
            "{c} m high [need|take]?",
            "cuboid edges {a}, {b}, {c} -> [surface area|find surface area|how big is the surface]",
            "What is the area of the [outside|whole outside|outer surface] of a brick with dimensions {a} × "
            "{b} × {c}?",
            "[Tom|My sister|The carpenter] glues foil onto every face of a block of {a} by {b} by {c} cm. "
            "How many square cm of foil [does that take|are used]?",
            "Give the surface area of a [rectangular solid|rectangular box] whose length, width and height "
            "are {a}, {b} and {c}[, respectively|].",
        ),
        "zh": (
            "长{a}宽{b}高{c}的长方体[表面积|的表面积][|是多少|=？]",
            "做一个[纸箱|木箱|有盖的铁盒]，长{a}厘米，宽{b}厘米，高{c}厘米，[至少|"
            "一共]要用多少平方厘米的材料（接头不计）？",
            "[求|试求|计算]长方体的表面积，[其中|已知]长为{a}，宽为{b}，高为{c}。",
            "[帮忙算下|帮我算算|麻烦算一下]，长方体三条棱是{a}、{b}、{c}，表面积[多少|是几]",
            "给一个长{a}分米、宽{b}分米、高{c}分米的长方体[木块|柜子|箱子]六个面都涂上漆，[涂漆面积是多少|"
            "要涂多少平方分米]？",
            "长方体ABCD-A1B1C1D1中，AB={a}，BC={b}，AA1={c}，[则其表面积为______|求它的表面积]",
            "[包装|用彩纸包]一个长{a}厘米、宽{b}厘米、高{c}厘米的礼盒，每个面都刚好包住，"
            "[需要多少平方厘米的纸|要用纸多少平方厘米]？",
            "长方体 长={a} 宽={b} 高={c} [求表面积|表面积=?|全面积=?]",
            "从同一顶点出发的三条棱长[分别为|是]{a}、{b}、{c}的长方体，表面积[等于多少|怎么算|是多少]？",
            "如果长方体的长、宽、高[各是|依次是]{a}、{b}、{c}，那么它六个面的面积[之和|总和|加起来]是多少？",
            "一块长方体[石料|木头|砖]，高{c}厘米，长{a}厘米，宽{b}厘米，它的[表面积有多大|表面一共多少平方厘米]？",
            "长方体的棱长有{a}、{b}、{c}三种，[求其全面积|其表面积是多少|则表面积为（　　）]",
            "[小华|师傅|我]要在棱长分别是{a}、{b}、{c}厘米的长方体的所有面上贴膜，膜的面积[是多少|要多大]？",
            "一个封闭的[水箱|油箱]长{a}米、宽{b}米、高{c}米，做它要用铁皮多少平方米？",
        ),
    },
    "circle_area": {
        "en": (
            "circle, radius {r}, area[?| in terms of pi?| (keep pi)]",
            "[Find|Calculate|Determine] the [exact area|area] of a circle whose radius is {r} [cm|m|inches].",
            "A [round table|circular pond|round rug] has a radius of {r} [dm|feet|cm]. What is its area, [in "
            "terms of π|leaving π in the answer]?",
            "[A sprinkler|A lamp|A radar] reaches {r} m in every direction. [How large is the area|What area "
            "is the circle] it covers (in terms of π)?",
            "[help me|hi|pls], whats the area of a circle with r = {r}",
            "The radius of a circle is {r}. [How large is its area?|Give its area as a multiple of π.]",
            "How much [space|area] does a disk of radius {r} [cover|take up]?",
            "A goat is tied to a [post|stake] in a meadow with a rope {r} m long. [On what area can it graze|"
            "How big is the area it can reach], exactly?",
            "[Work out|State] the area enclosed by a circle when r equals {r}; [do not round|leave pi as it is].",
            "What area [is enclosed by|lies inside] a circle that has a radius of {r}?",
            "[My daughter|The baker|Ben] makes a round [pizza|cake] with radius {r} cm. What is the area of "
            "its top, in terms of pi?",
            "Every point of a circle is {r} away from its centre. [Compute the area of the circle.|What is "
            "the circle's area?]",
            "if r={r}, what is the [area of the circle|circle's area]",
            "A circular [window|lid|mirror] of radius {r} cm: how many square centimetres is it[, π kept|, exactly]?",
        ),
        "zh": (
            "半径{r}的圆[面积|的面积][|是多少|=？]",
            "一个圆形[花坛|水池|桌面|广场]的半径是{r}米，[它的面积是多少|占地面积多大]？（[结果保留π|用π表示]）",
            "[求|试求|计算]圆的面积，[其中|已知]半径r={r}。",
            "[帮忙算下|帮我算算|麻烦算一下]，圆的半径是{r}，面积[多少|是几]",
            "圆的半径为{r}，[则圆的面积为______|则它的面积等于（　　）|求它的面积]",
            "⊙O的半径是{r}，[则⊙O的面积是多少？|求⊙O的面积。]",
            "用绳子把[羊|牛]拴在草地的木桩上，绳长{r}米，[它最多能吃到多大面积的草|能吃到草的面积是多少]？（保留π）",
            "自动喷水器的[射程|喷水半径]是{r}米，[它能浇到的面积|喷灌的圆形面积]有多大（用π表示）？",
            "圆 r={r} [求面积|S=?|面积等于]",
            "以{r}厘米为半径[画|作]一个圆，[这个圆的面积是多少平方厘米|圆的面积是多少]？",
            "一[块圆形铁片|张圆饼|面圆镜]半径{r}厘米，[面积是多少|有多大面积]，答案[含π|保留π]",
            "已知圆上各点到圆心的距离都是{r}，[求圆的面积|这个圆的面积是多少]",
            "圆规两脚张开{r}厘米画圆，[所画圆的面积是|画出的圆面积为]多少？",
            "圆的面积[怎么算|怎么求]，半径是{r}",
        ),
    },
    "circumference": {
        "en": (
            "circle, radius {r}, circumference[?| in terms of pi?| (keep pi)]",
            "[Find|Calculate|Determine] the [exact circumference|circumference|perimeter] of a circle whose "
            "radius is {r} [cm|m|inches].",
            "A [round table|circular pond|round rug] has a radius of {r} [dm|feet|cm]. How long is its edge, "
            "[in terms of π|leaving π in the answer]?",
            "How far [does a wheel|will a wheel] of radius {r} cm roll in a single full turn, exactly?",
            "[help me|hi|pls], whats the circumference of a circle with r = {r}",
            "The radius of a circle is {r}. [How long is its outline?|Give its circumference as a multiple of π.]",
            "[I walk|Anna jogs|We cycle] once around a round lake with a radius of {r} m. What distance is "
            "that, in terms of π?",
            "What is the [distance around|length around|perimeter of] a circle with radius {r}?",
            "How many metres of [fence|rope|hedge] go around a circular [bed|arena|lawn] of radius {r} m? "
            "Leave π in the answer.",
            "[Work out|State] the circumference when r equals {r}; [do not round|leave pi as it is].",
            "The tip of a clock hand is {r} cm from the centre. What distance does it [travel|cover] in a "
            "full turn (in terms of π)?",
            "Every point of a circle is {r} away from its centre. [How long is its boundary?|Compute its "
            "circumference.]",
            "if r={r}, what is the [circumference of the circle|circle's perimeter]",
            "A wire is bent into a [ring|circle] of radius {r} cm. [How long is the wire|What is the length "
            "of the wire], π kept?",
        ),
        "zh": (
            "半径{r}的圆[周长|的周长][|是多少|=？]",
            "一个圆形[花坛|水池|广场|桌面]的半径是{r}米，[它的周长是多少|绕一圈是多少米]？（[结果保留π|用π表示]）",
            "[求|试求|计算]圆的周长，[其中|已知]半径r={r}。",
            "[帮忙算下|帮我算算|麻烦算一下]，圆的半径是{r}，周长[多少|是几]",
            "圆的半径为{r}，[则圆的周长为______|则它的周长等于（　　）|求它的周长]",
            "⊙O的半径是{r}，[则⊙O的周长是多少？|求⊙O的周长。]",
            "车轮半径{r}厘米，[滚动一圈|转一周][前进多少厘米|走多远]？（保留π）",
            "[小红|我|爷爷]沿着半径{r}米的圆形[湖|跑道|花园]走一圈，走了多少米（用π表示）？",
            "圆 r={r} [求周长|C=?|周长等于]",
            "以{r}厘米为半径[画|作]一个圆，[这个圆的周长是多少厘米|圆的周长是多少]？",
            "给半径{r}米的圆形[羊圈|草坪]围一圈[篱笆|栏杆]，要围多少米？结果保留π",
            "钟表指针的针尖离中心{r}厘米，[转一圈针尖走过的路程|针尖走一圈的长度]是多少（含π）？",
            "一根铁丝[围成|弯成]半径为{r}厘米的圆，[铁丝长多少|这根铁丝有多长]，保留π",
            "圆的周长[怎么算|怎么求]，半径是{r}",
        ),
    },
    "cylinder_volume": {
        "en": (
            "cylinder, r={r}, h={h}, volume[?| in terms of pi?| (keep pi)]",
            "[Find|Calculate|Determine] the [exact volume|volume] of a cylinder whose base radius is {r} [cm|"
            "m|inches] and whose height is {h}.",
            "A [can|tin|jar] is a cylinder {h} cm high with a radius of {r} cm. [What is its volume|What "
            "volume does it hold], in terms of π?",
            "The height of a [cylinder|right circular cylinder] is {h}, and the radius of its base is {r}. "
            "[How large is its volume?|Give the volume as a multiple of π.]",
            "[help me|hi|pls], volume of a cylinder height {h} radius {r}",
            "A round [well|shaft|hole] {h} m deep with a radius of {r} m [is dug|was dug]. How many cubic "
            "metres of earth is that, exactly?",
            "How much [space|room] does a cylinder with radius {r} and height {h} [take up|fill]?",
            "A cylindrical [tank|silo|pool] with base radius {r} m is filled to a height of {h} m. What is "
            "the volume of the contents (leave π)?",
            "[Our|My] [candle|rain barrel|vase] is cylindrical: radius {r}, height {h}. What is its volume, π kept?",
            "A [log|pillar|rod] shaped like a cylinder is {h} dm long and has radius {r} dm. [Compute its "
            "volume in terms of π.|What's its volume?]",
            "What [volume|capacity] does a cylinder have if r = {r} and h = {h}?",
            "A circle of radius {r} is the base of a cylinder of height {h}. [Work out|State] the cylinder's "
            "volume; do not round.",
            "A rectangle with sides {r} and {h} turns about the side {h}. What is the volume of the [solid|"
            "cylinder] it sweeps out?",
            "how do i get the volume of a [cylinder|cylindrical glass] that is {h} tall with radius {r}",
        ),
        "zh": (
            "底面半径{r}高{h}的圆柱[体积|的体积][|是多少|=？]",
            "一个圆柱形[水桶|罐头|茶叶筒]，底面半径{r}厘米，高{h}厘米，[体积是多少|它的体积有多大]？"
            "（[结果保留π|用π表示]）",
            "[求|试求|计算]圆柱的体积，[其中|已知]r={r}，h={h}。",
            "[帮忙算下|帮我算算|麻烦算一下]，圆柱的高是{h}，底面半径是{r}，体积[多少|是几]",
            "圆柱的高为{h}，底面圆的半径为{r}，[则圆柱的体积为______|则体积等于（　　）|求它的体积]",
            "挖一口圆柱形的[井|水窖]，底面半径{r}米，深{h}米，[要挖出多少立方米的土|挖出的土有多少立方米]（保留π）？",
            "圆柱 半径={r} 高={h} [求体积|V=?|体积等于]",
            "一根圆柱形[木头|钢材|石柱]长{h}分米，横截面的半径是{r}分米，[体积是多少|求体积]？（含π）",
            "圆柱形[油罐|粮仓|水池]里面底面半径{r}米、高{h}米，[容积是多少立方米|能装多少立方米]？用π表示",
            "以长为{h}的边为轴，把另一边长{r}的矩形旋转一周，[所得圆柱的体积|得到的几何体的体积]是多少？",
            "已知圆柱底面是半径{r}的圆，高是{h}，[它的体积怎么求|体积有多大]？",
            "[小明的|我的|一个]圆柱形水杯，杯内半径{r}厘米，水深{h}厘米，[水的体积|杯中水]有多少立方厘米（保留π）？",
            "如果圆柱的底面半径和高[分别为|各是]{r}和{h}，那么[体积|它的体积]是多少？",
            "圆柱体积[怎么算|是多少]，高{h}，底半径{r}",
        ),
    },
    "hypotenuse": {
        "en": (
            "right triangle, legs {a} and {b}, hypotenuse[?|]",
            "[Find|Calculate|Determine] the hypotenuse [if|when] the two shorter sides of a [right triangle|"
            "right-angled triangle] are {a} and {b}.",
            "[I walk|A ship sails|Ben cycles] {a} km north and then {b} km east. How far is it in a straight "
            "line from the start?",
            "How long is the diagonal of a rectangle with sides {a} and {b}[?| (exactly)?]",
            "A ladder [stands|leans] against a wall; its foot is {a} m from the wall and its top is {b} m "
            "up. How long is the ladder?",
            "In triangle ABC the angle C is [a right angle|90 degrees], AC = {a} and BC = {b}. [Find AB.|How "
            "long is AB?]",
            "[help me|hi|pls], pythagoras with legs {a} and {b}, whats c",
            "A [screen|door|field] is {a} [cm|inches|feet] wide and {b} high. [What is its diagonal|How long "
            "is it from corner to opposite corner]?",
            "The [legs|catheti] of a right triangle [are|measure] {a} and {b}. [What is the length of the "
            "third side?|Give the hypotenuse.]",
            "A cable runs from the top of a pole {b} m high to a point on the ground {a} m from its foot. "
            "What is the length of the cable?",
            "if a^2 + b^2 = c^2 in a right triangle with a = {a} and b = {b}, [how long is c|find c]",
            "What is the side opposite the right angle when the other [two sides|sides] are {a} and {b}?",
            "Two sides of {a} and {b} [enclose|form] a right angle. How long is the side that joins their ends?",
            "[Compute|Work out] AB, where AB is the hypotenuse and the legs are CA = {a}, CB = {b}.",
        ),
        "zh": (
            "直角三角形[两直角边|两条直角边|两条直角边长]{a}和{b}，斜边[|是多少|=？]",
            "Rt△ABC中，∠C=90°，AC={a}，BC={b}，[则AB=______|求AB的长|AB等于多少？]",
            "长方形的长和宽[分别是|是]{a}和{b}，[对角线长多少|对角线的长是几]？",
            "[小明|一艘船|小车]先向北走{a}千米，再向东走{b}千米，[这时离出发点的直线距离是多少|此时距出发点多远]？",
            "梯子靠在墙上，梯脚离墙{a}米，梯顶离地{b}米，[梯子长多少米|梯子有多长]？",
            "[帮忙算下|帮我算算|麻烦算一下]，勾是{a}，股是{b}，弦[多少|是几]",
            "[求|试求|计算]直角三角形的斜边c，[其中|已知]两直角边a={a}，b={b}。",
            "已知直角三角形较短的两边为{a}、{b}，[则最长边为|那么最长边是|斜边长]多少？",
            "电线杆高{b}米，从杆顶拉一根钢索到离杆底{a}米的地面，[钢索长几米|钢索有多长]？",
            "夹直角的两边长为{a}和{b}，[直角所对的边|斜边]有多长？",
            "在直角三角形中，两条直角边[各长|分别长]{a}厘米、{b}厘米，[斜边长多少厘米|用勾股定理求斜边]",
            "勾股定理：a={a}，b={b}，[c=?|求c|c是斜边，等于几]",
            "一块矩形[木板|屏幕|草地]长{a}宽{b}，[从一角到对角|它的对角线]有多长？",
            "直角三角形的斜边[怎么求|怎么算]？直角边{a}、{b}",
        ),
    },
    "leg": {
        "en": (
            "right triangle, hypotenuse {c}, leg {a}, other leg[?|]",
            "[Find|Calculate|Determine] the missing leg of a [right triangle|right-angled triangle] [if|"
            "when] the hypotenuse is {c} and a leg is {a}.",
            "A ladder {c} m long [stands|leans] against a wall; its foot is {a} m from the wall. How high "
            "does it reach?",
            "In triangle ABC the angle C is [a right angle|90 degrees], AB = {c} and AC = {a}. [Find BC.|How "
            "long is BC?]",
            "[help me|hi|pls], pythagoras: hypotenuse {c}, leg {a}, whats the third side",
            "The diagonal of a rectangle is {c} and one side is {a}. [How long is the other side?|Find the "
            "other side.]",
            "A leg of a right triangle [is|measures] {a}, its hypotenuse {c}. [What is the length of the "
            "remaining leg?|Give the other leg.]",
            "A cable {c} m long runs from the top of a [pole|mast] to the ground, {a} m from its foot. How "
            "high is the top?",
            "if a^2 + b^2 = c^2 in a right triangle with a = {a} and c = {c}, [how long is b|find b]",
            "The longest side of a [right triangle|right-angled triangle] is {c}; one of the others is {a}. "
            "What is the [last|third] side?",
            "A kite on a taut string of {c} m is right above a point {a} m away from me. [How high is it|At "
            "what height does it fly]?",
            "A [screen|door|picture] has a diagonal of {c} [cm|inches|feet] and a width of {a}. How high is it?",
            "[Compute|Work out] CB, where AB = {c} is the hypotenuse and CA = {a} a leg.",
            "The side opposite the right angle is {c}, [and another side is|a side next to it is] {a}. How "
            "long is the side that is left?",
        ),
        "zh": (
            "直角三角形斜边{c}，[一条直角边|一直角边]{a}，另一条直角边[|是多少|=？]",
            "Rt△ABC中，∠C=90°，AB={c}，AC={a}，[则BC=______|求BC的长|BC等于多少？]",
            "长方形的对角线长{c}，一边长{a}，[另一边长多少|另一边的长是几]？",
            "一架{c}米长的梯子靠在墙上，梯脚离墙{a}米，[梯顶离地面多高|它能够到多高的地方]？",
            "[帮忙算下|帮我算算|麻烦算一下]，勾是{a}，弦是{c}，股[多少|是几]",
            "[求|试求|计算]直角三角形的直角边b，[其中|已知]斜边c={c}，直角边a={a}。",
            "已知直角三角形最长的边是{c}，还有一边是{a}，[则第三边是|剩下那条边为]多少？",
            "从[旗杆|电线杆]顶端拉一根{c}米长的绳子，绷直后落在离杆底{a}米处，[杆高几米|杆的高度是多少]？",
            "在直角三角形中，一条直角边长{a}厘米，斜边长{c}厘米，[另一直角边长多少厘米|用勾股定理求另一条直角边]",
            "勾股定理：a={a}，c={c}（斜边），[b=?|求b|b等于几]",
            "风筝线拉直长{c}米，风筝正下方的点离人{a}米，[风筝飞多高|风筝的高度是多少]（不计人的身高）？",
            "一块矩形[木板|屏幕|草地]对角线{c}，一条边{a}，[邻边是多少|邻边有多长]？",
            "直角三角形的另一条直角边[怎么求|怎么算]？斜边{c}，直角边{a}",
            "斜边为{c}的直角三角形，有一条直角边等于{a}，[那么另一条是多少|剩下的直角边有多长]？",
        ),
    },
    "special_triangle": {
        "en": (
            "{triangle}. [What do you get for|What is the value of|How much is] {value}?",
            "[Determine|Evaluate|Work out] {value} [if|when|given that] {triangle}.",
            "[Find|Compute|State] the exact value of {tex} [provided that|knowing that|where] {triangle}.",
            "[help me|quick question|hi]: {triangle}, so what is {value}",
            "We know: {triangle}. [Asked|Wanted]: {value}.",
            "What does {tex} [equal|come to] [if|given that] {triangle}?",
            "[Assume|Imagine] that {triangle}. Then {tex} = ?",
            "A triangle is given: {triangle}. [Calculate|Give] {value} [without rounding|exactly|in exact form].",
            "[Let us say|It is given that] {triangle}. What is {tex}?",
            "{value} = ? [where|if] {triangle}",
            "[In a geometry exercise|In my homework] {triangle}; [I need|we need] {value} [exactly|in surd form].",
            "Since {triangle}, the angle A is fixed. [What value has|What is] {tex}?",
            "{triangle}, [then|so] {tex} equals what",
            "[Write|Express] {value} as an exact number when {triangle}.",
        ),
        "zh": (
            "{triangle}，[那么|则]{value}[=|的值为______|等于（　　）]",
            "[求|计算|请算出]{value}，[其中|已知|这里]{triangle}。",
            "[帮忙算下|帮我看看|麻烦了]：{triangle}，{value}[是多少|等于几|怎么算]",
            "[假设|假如|若]{triangle}，{tex}的[精确值|值]是多少？",
            "[题目说|条件是]{triangle}，问{value}[是几|等于多少]？",
            "{value}=？[条件：|其中]{triangle}",
            "{triangle}，[试求|请写出|化简并求]{tex}的值",
            "{tex}等于多少，[如果|已知]{triangle}？",
            "因为{triangle}，所以角A[是定值|可以确定]，{value}是多少？",
            "[作业题|练习题|填空]：{triangle}，则{tex}=______",
            "已知{triangle}，[不用计算器|保留根号]求{value}。",
            "[三角形ABC的情况|条件]如下：{triangle}，[那|那么]{tex}[为多少|的值是几]？",
            "[如图，|]{triangle}，求{tex}",
            "{value}的值[怎么求|是多少]？{triangle}",
        ),
    },
}
