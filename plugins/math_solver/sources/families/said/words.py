"""How people put the questions of the families of ``words``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "purchase_change": {
        "en": (
            (
                "I [paid|gave] [the cashier|the shopkeeper|the lady at the till] {m} dollars for {n} [pens|"
                "books|mugs|candles|sandwiches] at {p} dollars [each|apiece]. [How much change|What change] "
                "[do I get|should I get|is due to me]?"
            ),
            (
                "How much change [should|will|does] [my son|my daughter|Peter|Olivia|the customer] get [from|"
                "out of|back from] {m} [dollars|euros|pounds|yuan] after buying {n} [toys|caps|T-shirts|"
                "posters|balls] at {p} each?"
            ),
            (
                "[Each|One] [notebook|mug|lamp|chair|plate] [costs|is|sells for] {p} euros. [We|My parents|"
                "The teachers] [buy|take|order] {n} and [pay with|hand over|put down] {m} euros. [What is "
                "the change|How much comes back|How many euros come back]?"
            ),
            (
                "{n} [tickets|tokens|coffees|burgers] x ${p}, [paid|paid with|gave] ${m}, [change|how much "
                "change|what's my change]?"
            ),
            (
                "[Kate|David|Grandma|Mr. Lee] [has to pay for|picks up|is buying] {n} [bags of rice|cans of "
                "paint|boxes of tea|jars of honey], {p} dollars [a piece|per item|for each one], and [gives|"
                "hands] [the seller|the clerk] {m} dollars. [Find|Work out|Calculate] the change."
            ),
            (
                "[A customer|A tourist|A student|A farmer] [hands the cashier|gives the salesman|lays on the "
                "counter] {m} yuan [to pay for|in payment for|for] {n} [umbrellas|scarves|hats|belts] that "
                "[cost|are priced at|go for] {p} yuan [each|apiece]. How many yuan [must be returned|have to "
                "be given back|does the shop return]?"
            ),
            (
                "[At the market|At the fair|In the bakery|At the kiosk] [one|a single] [pie|melon|cake|"
                "pineapple] is {p} dollars. [Anna|Leo|My sister] wants {n} [of them|of these] and [pays|pays "
                "with] {m} dollars. How much money [does the seller give back|is returned|comes back]?"
            ),
            (
                "[hi, |hey |help me: |]i bought {n} [shirts|notebooks|games|plants] for {p} [bucks|dollars] "
                "each and gave [them|the guy|her] {m}, [how much do i get back|what should i get back|whats "
                "the change]"
            ),
            (
                "[If|When|Suppose] [someone|a woman|the buyer] [pays|hands over|gives] {m} dollars for {n} "
                "[items|articles|things] [costing|priced at|at] {p} dollars each, [how much|what amount|how "
                "many dollars] will [be returned|come back as change|be the change]?"
            ),
            (
                "[A shop|A store|A stall|A supermarket] [sells|offers] [pens|rulers|glue sticks|folders] at "
                "{p} dollars each. [A teacher|Our class|The school secretary] [buys|takes|orders] {n} and "
                "[pays|hands over] {m} dollars. Find the [change|money to be returned|amount of money given "
                "back]."
            ),
            (
                "[price|unit price|price each] {p}, [quantity|number bought|pieces] {n}, [cash given|amount "
                "paid|paid] {m}, [change|money back]?"
            ),
            (
                "[Out of|From] the {m} dollars [that Nora gave|Nora handed over|paid by Nora], the "
                "[shopkeeper|cashier|vendor] [keeps|takes] the price of {n} [apples|pencils|stickers|tins] "
                "at {p} dollars each. How much does [Nora|she] get back?"
            ),
            (
                "With {m} [pounds|euros|dollars] in [cash|her hand|hand], [Sophie|Alice|Maria] [pays for|"
                "settles the bill for] {n} [meals|drinks|lunches|pizzas], {p} each. [How much change is she "
                "given|What change does she receive|How big is the change]?"
            ),
            (
                "[What change|How much in change|How much money] [do you expect back|should you get back|is "
                "to be returned] [when you pay|if you pay] {m} dollars for {n} [kilos|kilograms] of "
                "[cherries|fish|nuts|cheese] at {p} dollars a kilo?"
            ),
            (
                "[My mother|Dad|Uncle Bill] [fetched|bought|got] {n} [cans of oil|cans of paint|bottles of "
                "wine] at {p} euros [a piece|each] and [paid|gave] {m} euros. [How many euros did|How much "
                "did] [the shop|the seller] give back?"
            ),
            (
                "[btw |quick one: |]{n} [cinema tickets|bus passes|museum tickets] at {p} [dollars|euros|"
                "yuan] each, i handed over {m}. [how much back|change please|how much change is that]?"
            ),
            (
                "A [bill|purchase] [consists of|is for] {n} [identical|equal] [lamps|vases|radios|clocks], "
                "each [costing|priced] {p} dollars. The [buyer|client|customer] pays {m} dollars. [Determine|"
                "Calculate|Compute] the change [in dollars|due to the buyer|]."
            ),
            (
                "[She|He|The man|The girl] [gave|paid] {m} [dollars|euros] at the [checkout|counter|till]. "
                "The {n} [books|tins|balls] in the [bag|basket] cost {p} [each|apiece]. What [was the change|"
                "change was due|did the cashier return]?"
            ),
            (
                '[Tom|Lily|Carlos|Priya]: "I\'d like {n} [roses|muffins|postcards|balloons], please." [Seller|'
                'Clerk]: "They\'re {p} dollars each." [Payment|The customer pays|Cash handed over]: {m} '
                "dollars. [Change|How much change|How much is the change]?"
            ),
            (
                "[A box of|A bag of|A packet of] [nails|seeds|pasta|biscuits] [costs|is] ${p}. [Compute|Find|"
                "Tell me] the change from ${m} [for|if I buy|when buying] {n} of them."
            ),
            (
                "I [owe|have to pay] {p} dollars for [each|every one] of {n} [photos|copies|cups|frames] and "
                "I [put|lay] {m} dollars [on the table|on the counter]. [How much do I get back|What do I "
                "get back|How much should they give me back]?"
            ),
            (
                "[Money given|Paid|Tendered]: {m} yuan. [Bought|Goods|Purchased]: {n} [pens|eggs|oranges|"
                "towels], {p} yuan [each|apiece|a piece]. [Change|Money back|Returned]: how many yuan?"
            ),
            (
                "[Does anyone know|Tell me|Say] how much [change|money back] [there is|I get] from {m} "
                "dollars for {n} [stamps|batteries|donuts|keys] of {p} dollars each[?|]"
            ),
            (
                "{p} dollars [a ticket|a head|per person], [there are|for] {n} of us, {m} dollars [given to|"
                "paid to|handed to] [the guide|the driver|the cashier]. [How much comes back?|What do we get "
                "back?|How much change do we get?]"
            ),
            (
                "[Subtract|Take] the price of {n} [books|rugs|bulbs] at {p} [euros|dollars] each from [the "
                "payment of|the amount paid,] {m}: [what is the change|how much change is left for the buyer|"
                "what comes back to the buyer]?"
            ),
            (
                "[Our club|The team|A company] bought {n} [jerseys|bats|helmets|chairs] for {p} dollars "
                "[each|a piece] and paid [the dealer|the supplier] {m} dollars, [which was too much|more "
                "than needed|which is more than the bill]. How much [is refunded|will be paid back|must the "
                "dealer return]?"
            ),
            (
                "How many dollars [will the till give back|does the ticket machine return|does the vending "
                "machine pay back] when {m} dollars [are put in|are inserted|go in] for {n} [tickets|cards|"
                "passes] at {p} dollars each?"
            ),
        ),
        "zh": (
            (
                "[我|我妈|我爸|邻居|同桌]买了{n}[本书|个本子|支钢笔|把尺子|个文具盒]，[单价|每个|一个]{p}元，"
                "[给了|付了|递给]收银员{m}元，[该找我们多少钱|要找回多少元|应该找多少]？"
            ),
            ("[付了|给了|掏了]{m}块，买{n}瓶[可乐|酸奶|果汁|啤酒]，{p}块[一瓶|钱一瓶]，找[零多少|回多少|我多少钱]"),
            (
                "[一支钢笔|一条毛巾|一个足球|一盆花|一把雨伞]{p}元，[王老师|李阿姨|张叔叔|小军]买了{n}"
                "[个这样的|件同样的]，[付给|交给][营业员|售货员|老板]{m}元，[应找回|需找回|要退]多少元？"
            ),
            (
                "[妈妈|爸爸|奶奶|姐姐]拿{m}元去[超市|商店|菜市场|文具店]，买了{n}件单价{p}元的[商品|东西|"
                "日用品]，[收银员|售货员]应[找给|退给]顾客多少元？"
            ),
            (
                "[求|请计算|算一算]：[付款|实付|交款]{m}元，[买|购][单价为|每件]{p}元的[衬衫|毛衣|帽子|"
                "书包]{n}件，[找回的钱|应找零钱]是多少元？"
            ),
            "[单价|每件]{p}元，[数量|件数|买]{n}，[付款|实付|交了]{m}元，[找零|找回][多少|几元|是多少]？",
            (
                "[应找回多少钱|该找多少元|找零是多少元]？[买|购买]{n}张[门票|电影票|车票|船票]，每张{p}元，"
                "[付|交|给]了{m}元。"
            ),
            (
                "[帮忙算下|帮我看看|请问]，{p}块钱一斤的[苹果|排骨|虾|樱桃]买了{n}斤，给[老板|摊主]{m}块，他"
                "[该找我|要退我|得找我]多少"
            ),
            (
                "[学校|班级|幼儿园|公司][买|采购|购进]{n}个[篮球|地球仪|花盆|书架]，每个{p}元，[会计|王老师|"
                "采购员]付出{m}元，[应找回|应退回][多少元|多少钱]？"
            ),
            (
                "[售货员|收银员|老板]收了{m}元，[顾客|客人|小朋友]买的是{n}个[蛋糕|面包|汉堡|粽子]，"
                "每个{p}元。[售货员|收银员|对方]应找[给顾客|出|回]多少元？"
            ),
            (
                "[用|拿]{m}元[买|去买|购买]{n}[副手套|双袜子|条围巾|顶帽子]，[每样|每一件]{p}元，"
                "[找回的钱有多少|能找回多少元|可以找回多少钱]？"
            ),
            (
                "[水彩笔|跳绳|羽毛球拍|练习册]的[单价|价格]是{p}元，[小强|小美|乐乐|明明]买{n}[份|件]，"
                "付了{m}元钱，[请你算算|算算看|问]售货员要找他几元？"
            ),
            (
                "[某人|一位顾客|一名游客]购买[同一种|单价相同的][纪念品|特产|明信片]{n}件，每件{p}元，"
                "[付现金|支付|递上]{m}元，则[应找回|找零为|应退还]多少元？"
            ),
            (
                "[去|到][食堂|餐馆|快餐店][吃饭|点餐]，[套餐|炒饭|面条]{p}元一份，[点了|要了|来了]{n}份，[给|"
                "付]了{m}元，[找多少|找回几块|要找多少钱]"
            ),
            (
                "[玩具车|洋娃娃|积木|拼图][每个|一个|一套]卖{p}元，[丽丽|东东|表弟]给[店员|店主]{m}元，"
                "拿走{n}个，店里[应找|得找|要找]回多少元？"
            ),
            "[收|付]{m}，[买|要]{n}个，[每个|单个|一个]{p}元，[找多少|找零|应找]？",
            "{n}[箱牛奶|桶油|袋大米|条鱼]，[每份|每件]{p}元。[付款|收款]{m}元。[找回金额|找零]是多少元？",
            (
                "[老师|教练|班长]带了{m}元[全部交给|都递给][收银台|售票员|店家]，[买|买下]{n}件[球衣|队服|"
                "文化衫]，每件{p}元，[会|应]找回多少元？"
            ),
            (
                "[我在|昨天在|刚才在][网吧|书店|花店|水果店]买了{n}样东西，每样都是{p}块，给了{m}块钱，"
                "[怎么算找零|找我多少才对|对方该找多少]？"
            ),
            (
                "[小亮|佳佳|浩浩|婷婷]想买{n}[块橡皮|个杯子|盒彩笔]，标价[都是|均为]{p}元，[他|"
                "这个孩子]付{m}元后[可拿回|能收回|会找回]多少元？"
            ),
            (
                "从[付出的|给出的|所付的]{m}元里[扣掉|减去|除去]{n}件[货物|商品|东西]的钱（每件{p}元），"
                "[找回|退回|应找]多少元？"
            ),
            (
                "[自动售货机|售票机][投入|放进]{m}元，[买|选]{n}[瓶水|张票|罐饮料]，每[份|个]{p}元，机器"
                "[吐出|退出|找出]多少元？"
            ),
            (
                "[应付|要付]的是{n}[支牙刷|卷纸|节电池]的钱，每个{p}元；[实付|实际给了]{m}元。[多付的|"
                "多给的]要[退回|找回]，[找回|退]多少元？"
            ),
            (
                "[班长|生活委员|小队长]用班费{m}元[去买|买]单价{p}元的[彩旗|气球|奖品]，[买了|一共买]{n}个，"
                "[回来时|付完账后]店家[找给|退给]他多少元？"
            ),
            (
                "{n}[人|位]去[看展|坐缆车|划船]，[票价|门票]每人{p}元，[递给|付给]窗口{m}元，[窗口|售票处]"
                "[应|要]找回多少元？"
            ),
            ("[给了|付了]{m}块钱，[东西|货]是{p}块一个的，[拿了|要了]{n}个，[人家要找我|应该找我|得找回]多少块？"),
        ),
    },
    "shares": {
        "en": (
            (
                "[A prize|A reward|A bonus|An inheritance] of {t} dollars is [shared|divided|split] [among|"
                "between] [three sisters|three brothers|three workers|three heirs] in the ratio {a}:{b}:{c}. "
                "[How much does|What does] the second [one |]receive?"
            ),
            (
                "[Alice, Bob and Carol|Ann, Bob and Chris|Amy, Bob and Dan] [split|share|divide up] ${t} [in "
                "the ratio|in the proportion|according to the ratio] {a}:{b}:{c}. [How much does Bob get|"
                "What is Bob's share|How much money goes to Bob]?"
            ),
            (
                "[What is|How much is|What would be] the [second|middle] [part|share|portion] if {t} [euros|"
                "dollars|yuan|pounds] [are|get] [divided|split|shared out] {a}:{b}:{c}?"
            ),
            (
                "split {t} [dollars|bucks|euros] [in ratio|as|by ratio] {a}:{b}:{c}, [second share|middle "
                "share|what's the second part]?"
            ),
            (
                "[Divide|Split|Share] {t} [dollars|yuan|euros] into [three parts|three shares] [in the ratio|"
                "which are in the ratio|proportional to] {a}:{b}:{c}. [State|Give|Find] the [second|middle] "
                "[part|share]."
            ),
            (
                "[The profit|The income|The gain] of a [firm|farm|shop] is {t} dollars. The [partners|"
                "owners] [X, Y and Z|P, Y and Z|U, Y and Z] [divide it|share it] in the ratio {a}:{b}:{c}. "
                "[How much does Y receive?|Find Y's share.|How many dollars go to Y?]"
            ),
            (
                "[Tim, Ben and Joe|Mia, Ben and Zoe|Sam, Ben and Max] [put in|invested|paid in] money in the "
                "ratio {a}:{b}:{c} and [now share|now divide] [a profit|winnings|earnings] of {t} dollars in "
                "the same ratio. [What is Ben's part|How much is Ben's share|How much does Ben get]?"
            ),
            (
                "[How much|What amount|How many euros] does the second [child|person|friend] get when {t} "
                "euros are [distributed to|shared among|handed out to] three [of them |]in the ratio {a} : "
                "{b} : {c}?"
            ),
            (
                "[We|My two brothers and I|Three of us] [won|earned|found] {t} [dollars|pounds] and [share|"
                "split] [it|the money] {a} to {b} to {c}. [What does the second of us get|how much for the "
                "second one|How much goes to the second person]?"
            ),
            (
                "[A|Some] [grandfather|grandmother|uncle] [leaves|gives] {t} dollars to [three|the three] "
                "grandchildren in the ratio {a}:{b}:{c}, [the oldest first|in order of age|from oldest to "
                "youngest]. How much does the middle [child|one|grandchild] [get|receive]?"
            ),
            (
                "The ratio is {a}:{b}:{c} and the [total|whole sum|whole amount] is {t} [dollars|yuan|"
                "euros]. [What is|How much is] the [second share|second part|share in the middle][| of the "
                "three]?"
            ),
            (
                "A, B and C [agree to share|share|divide] [a pot of|a fund of|a total of] {t} dollars so "
                "that A : B : C = {a} : {b} : {c}. [Determine|Compute|Find] B's [share|portion|part]."
            ),
            (
                "[Three families|Three clubs|Three schools] [receive|are given|get] {t} dollars [altogether|"
                "in total|in all], [in the ratio|at a ratio of] {a} to {b} to {c}. How [much|many dollars] "
                "does the second [one|of them] get?"
            ),
            (
                "[please help: |help, |]{t} [euros|dollars] for 1st, 2nd and 3rd place, ratio {a}:{b}:{c}. "
                "[how much for 2nd place|what does 2nd place win|how much does the second place get]"
            ),
            (
                "[A sum|An amount|A total] of {t} [dollars|yuan] [is to be|has to be|will be] [apportioned|"
                "distributed|allotted] among [three people|three departments|three villages] in the "
                "proportion {a}:{b}:{c}. [Find|Calculate] the amount [for|allotted to|of] the second."
            ),
            ("x : y : z = {a} : {b} : {c} and x + y + z = {t}[, in dollars|]. [Find y.|What is y?|How much is y?]"),
            (
                "[Out of|From] {t} dollars [of prize money|of pocket money|of tips], [Lea, Kim and Noah|Ivy, "
                "Kim and Jon|Eva, Kim and Paul] take shares [in the ratio|that are as] {a}:{b}:{c}. [How "
                "many dollars are Kim's|How much is for Kim|What does Kim take]?"
            ),
            (
                "[Mother|The boss|The coach] [hands out|gives out|pays out] {t} dollars: for every {a} "
                "dollars [the first|number one] gets, [the second gets {b} and the third {c}|the second one "
                "receives {b}, the third one {c}]. How much [goes to|is there for] the second?"
            ),
            (
                "Three [numbers|amounts|sums of money] are in the [ratio|proportion] {a}:{b}:{c} and [add up "
                "to|total|sum to] {t}. [Find|Give|Calculate] the second [of them|one]."
            ),
            (
                "[{t} dollars, three people, ratio {a}:{b}:{c}|ratio {a}:{b}:{c}, three people, {t} "
                "dollars]: [the second person gets|share of the second person|how much for person number "
                "two]?"
            ),
            (
                "[A father|A widow|A landlord] divides {t} [dollars|pounds] [among|between] [Rose, Hugo and "
                "Finn|Jane, Hugo and Carl|Clara, Hugo and Otto], giving them {a} parts, {b} parts and {c} "
                "parts [respectively|in this order]. [What sum does Hugo receive?|How much is Hugo's?|Work "
                "out Hugo's share.]"
            ),
            (
                "[The cost|The rent|The bill] of {t} dollars is [split|divided|shared] among three "
                "[flatmates|tenants|friends] in the ratio {a}:{b}:{c}. How much does the second [pay|have to "
                "pay|one pay]?"
            ),
            (
                "[Partition|Break] {t} [euros|dollars|yuan] [into|up into] three [amounts|shares] with the "
                "ratio {a}/{b}/{c}; [give me the middle one.|I need the second one.|what is the second one?]"
            ),
            (
                "[I have|We have|There are] {t} [dollars|euros|pounds] to give to three [kids|charities|"
                "winners]. [The shares should be|The ratio is|They get it] {a}:{b}:{c}. How much [is the "
                "second share|does number two get|for the second one]?"
            ),
            "[money question:|ratio question:] shares {a}:{b}:{c}, total {t} dollars, second share in dollars?",
            (
                "The second of three [cousins|partners|players] gets {b} shares, the first {a} and the third "
                "{c}, all shares being equal. The [money|sum|pot] is {t} dollars. [What does the second get?|"
                "How much does the second one get?]"
            ),
        ),
        "zh": (
            (
                "[把|将]{t}元[奖金|红包|压岁钱|利润]按{a}:{b}:{c}[分给|分配给|发给][甲、乙、丙三人|"
                "甲、乙、丙三名工人|甲乙丙三个同学]，[乙应得|乙分到|乙能拿]多少元？"
            ),
            (
                "甲、乙、丙[合伙做生意|三人合作|三家公司合资]，[赚了|共获利|盈利]{t}元，[按|依照]{a}:{b}:{c}"
                "[分红|分配|来分]，[乙分得|乙可得|乙得]多少元？"
            ),
            (
                "{t}元[按|照|依]{a}比{b}比{c}分[成三份|给三个人]，[第二份|中间的一份|第二个人的那份]"
                "[是多少元|有多少|多少钱]？"
            ),
            (
                "[帮忙算下|帮我算算|问一下]，{t}块钱三个人分，[比例是|按]{a}:{b}:{c}，[第二个人拿多少|"
                "第二个能分多少钱|老二拿多少]"
            ),
            "[求第二份|求中间一份|第二份是多少]：[总数|总额|一共]{t}元，[比例|分配比|三份之比]{a}:{b}:{c}。",
            (
                "[爷爷|奶奶|外公|叔叔]把{t}元[分给|送给]三个[孙子|孩子|孙女]，三人[所得的比|得到的钱数之比]"
                "[是|为]{a}:{b}:{c}，[老二|第二个孩子|排第二的孩子]得[多少元|多少钱|几元]？"
            ),
            (
                "[某厂|一家公司|村里]把{t}元[奖金|补贴|扶贫款][分给|拨给|发给]第一、第二、第三组，[三组的比|"
                "分配比例]为{a}:{b}:{c}，第二组[得|得到]多少元？"
            ),
            (
                "[小张、小王、小李|老张、小王、阿强|小赵、小王、小孙][按|依]{a}:{b}:{c}[平摊|分摊|分担]{t}元"
                "[房租|费用|餐费]，小王[要付|应付|出]多少元？"
            ),
            "x:y:z={a}:{b}:{c}，[且|又]x+y+z={t}，[则|那么|求]y[是多少|的值是多少|等于多少]？",
            ("三个数的[比|连比]是{a}:{b}:{c}，[它们的和|总和|三数之和][是|为|等于]{t}，[第二个数|中间那个数]是多少？"),
            (
                "[甲、乙、丙三个班|甲、乙、丙三个小组|甲、乙、丙三个村][捐款|集资|募捐]共{t}元，[捐款数的比|"
                "钱数之比]是{a}:{b}:{c}，[乙捐了|乙拿出]多少元？"
            ),
            (
                "[一等奖、二等奖、三等奖|冠军、亚军、季军|头名、次名、第三名]的奖金[按|之比为]{a}:{b}:{c}"
                "[分配|]，奖金总额{t}元，[排第二的奖|其中第二项奖金][是|为]多少元？"
            ),
            "[已知|设]甲:乙:丙={a}:{b}:{c}，甲、乙、丙[合计|一共|总共]{t}元，[求乙|问乙是多少元|乙有多少元]？",
            (
                "[遗产|存款|财产]{t}元，[由|让]三个[子女|继承人][按|依]{a}:{b}:{c}[继承|分得]，第二个[子女|"
                "人]应[继承|得到]多少元？"
            ),
            "[分钱问题|按比分配|比例分配题]：{t}元，{a}:{b}:{c}，第二[份|个人]多少[元|钱|]？",
            (
                "三[兄弟|姐妹|人][凑钱|合买|出资]的比是{a}:{b}:{c}，现在[卖得|收回|赚到]{t}元，[按出资比例分|"
                "照这个比分]，[第二个人|中间那位]该得多少元？"
            ),
            "将总额{t}元[分作|分成]三[份|部分]，使[各份|三部分]之比为{a}:{b}:{c}，则第二[份|部分]为多少元？",
            (
                "[工资|工钱|报酬]一共{t}元，[师傅、徒弟、帮工|组长、徒弟、小工]三人按{a}:{b}:{c}领取，徒弟"
                "[领到|拿到|得]多少元？"
            ),
            (
                "[怎么分|怎么算]：{t}块，[阿明、阿华、阿珍|阿亮、阿华、阿珍][的份额是|按]{a}:{b}:{c}，阿华"
                "[得多少|分多少|有多少块]"
            ),
            (
                "[每发给|每当]第一个人[得|]{a}元，第二个人就[得|拿]{b}元、第三个人就[得|拿]{c}元，{t}元"
                "[全部分完|刚好发完]，第二个人[共得|一共拿]多少元？"
            ),
            "第二个人[分到|拿到|得到]多少元？[已知|条件是]三人按{a}:{b}:{c}分{t}元[奖学金|稿费|分红]。",
            "第二方的份额是多少元？[总款|总金额]{t}元，[甲、乙、丙|A、B、C][依次|分别]占{a}份、{b}份、{c}份。",
            (
                "[要|需要]把{t}元[发给|分给]三个[部门|小组|获奖者]，比例定为{a}:{b}:{c}，[那么|问]第二个"
                "[分到|得到]多少元？"
            ),
            (
                "第一家占{a}份，第二家占{b}份，第三家占{c}份，[总共|合计]{t}元，[求第二家的钱数|"
                "第二家有多少钱|第二家分多少]"
            ),
            "[按|照|依]{a}:{b}:{c}[分配|来分|分掉]{t}元，[中间的人|第二个人|第二名][得|拿|分到]几元？",
        ),
    },
    "tickets": {
        "en": (
            (
                "[A theatre|A museum|A zoo|A circus] sold {n} tickets [for|and took in] {m} dollars. [Adults|"
                "Grown-ups] pay {p} dollars, [children|kids|pupils] {q} dollars. How many [adults came|adult "
                "tickets were sold|of the tickets were for adults]?"
            ),
            (
                "[How many|Find how many] [adult|full-price] tickets [were sold|did they sell] if {n} "
                "tickets [in total|altogether] [brought in|made|earned] {m} [dollars|euros|yuan], [adult or "
                "full-price|the full-price] ones at {p} and [child or reduced|the reduced] ones at {q}?"
            ),
            (
                "[A farmer|A wholesaler|A grocer] [packs|has packed] {m} [eggs|apples|oranges] into {n} "
                "boxes: [large|big] boxes [hold|take] {p}, small [boxes|ones] [hold|take] {q}. How many "
                "[large|big] boxes [are there|does he have|are used]?"
            ),
            (
                "[A|My] [wallet|purse|drawer] [contains|holds|has in it] {n} [notes|vouchers|coupons], some "
                "worth {p} dollars and the [others|rest] {q} dollars, [together|in all] {m} dollars. How "
                "many are worth {p} dollars?"
            ),
            (
                "[concert|stadium|festival], {n} [seats|tickets] sold, [VIP|front] {p} dollars, [normal|"
                "back] {q} dollars, [total|income|revenue] {m} dollars, [how many of the dear ones|how many "
                "at the higher price]?"
            ),
            (
                "[A tailor|A carpenter|A translator] [gets|earns] {p} dollars for a [big|long] job and {q} "
                "dollars for a [small|short] one. {n} jobs [brought in|paid|earned] {m} dollars. How many of "
                "[them|the jobs] paid {p} dollars?"
            ),
            (
                "[I|We|My aunt] bought {n} [books|plants|bottles] for {m} dollars; [the expensive ones|the "
                "good ones|the large ones] were {p} dollars [each|apiece] and [the cheap ones|the simple "
                "ones|the small ones] {q} dollars [each|apiece]. How many [at {p} dollars|of the {p}-dollar "
                "ones] [were bought|are there]?"
            ),
            (
                "[A truck|A ship|A lift] [carries|is loaded with] {n} [crates|parcels|sacks]. [Heavy|Large] "
                "ones weigh {p} kg, [the other ones|the rest|all others] {q} kg, and the [whole load|load] "
                "weighs {m} kg. How many weigh {p} kg?"
            ),
            (
                "[A workshop|A factory|A garage] [makes|assembles] two kinds of [toys|machines|racks]: type "
                "A needs {p} screws, type B needs {q} screws. [With|From] {m} screws {n} [pieces|items] were "
                "made. How many [were of type A|are type A|of them are of type A]?"
            ),
            (
                "The [takings|receipts|proceeds] [were|came to|amounted to] {m} euros for {n} tickets, "
                "[adults paying|with adults at] {p} euros and [children|students|pensioners] {q} euros. "
                "[Determine|Find|Calculate] the number of adults."
            ),
            (
                "[A bus company|A ferry|A ski lift] [charges|takes] {p} dollars per adult and {q} dollars "
                "per child. [Yesterday|On Sunday|On that day] {n} [people|passengers] paid {m} dollars [in "
                "all|altogether|in total]. How many [of them were adults|adults were there]?"
            ),
            (
                "[help pls: |can you solve this: |]{n} [tickets|cards] sold for {m} dollars total, some {p} "
                "dollars, some {q} dollars. [how many of the {p} dollar ones|how many were {p} dollars]?"
            ),
            (
                "[Rooms|Tents|Cabins] [for {p} and for {q} people|with {p} beds and with {q} beds], {n} of "
                "them, [hold|have room for|house] {m} [guests|people|campers] [in all|altogether]. How many "
                "[are of the bigger sort|of the larger ones are there]?"
            ),
            (
                "Suppose {n} [tickets|passes] [are|were] sold [at|for] two prices, {p} dollars and {q} "
                "dollars, [for a total of|yielding] {m} dollars. [Find|Calculate] the number sold at the "
                "higher price."
            ),
            (
                "[Tables|Benches|Boats] of two sizes: big ones seat {p}, [small|smaller] ones seat {q}. {m} "
                "[guests|visitors|people] [fill|just fill|exactly fill] {n} of them. How many big ones [are "
                "there|were filled]?"
            ),
            (
                "[Emil|Rita|The boy] [saves|has saved] {m} cents in {n} coins: {p}-cent pieces and {q}-cent "
                "pieces. How many {p}-cent [pieces|coins] [are there|does the child have|are in the box]?"
            ),
            (
                "The school [trip|outing|visit] [cost|came to] {m} dollars for {n} people. A ticket for [a "
                "teacher|an adult] [was|cost] {p} dollars and for a [pupil|student] {q} dollars. How many "
                "[of the dearer tickets|tickets at the full price|adult or teacher tickets] were [needed|"
                "bought]?"
            ),
            (
                "[On a farm|In a warehouse] {n} [tanks|barrels|drums] [contain|hold] {m} litres; [each|"
                "every] large one {p} litres, [each|every] small one {q} litres. [Number of large ones?|How "
                "many large ones are there?|Find the number of the large ones.]"
            ),
            (
                "[A dealer|A shop|An online store] sold {n} [shirts|lamps|chairs], [long|premium|new] model "
                "{p} dollars, [plain|basic|old] model {q} dollars, [and took|taking] {m} dollars. How many "
                "of the {p} dollar model [were sold|went out|were there]?"
            ),
            (
                "[Income|Takings] {m}, [tickets|number of tickets] {n}, [adult|adult price] {p}, [child|"
                "child price] {q}: [number of adult tickets|how many adult tickets]?"
            ),
            (
                "There [are|were] {n} [visitors|spectators|guests] [at the match|at the show|at the fair]; "
                "[adults|grown-ups] paid {p} and children {q} [dollars|yuan|pounds] each, {m} in all. How "
                "many [adults|grown-ups] [were there|came|had paid]?"
            ),
            (
                "[The zoo|The pool|The museum] [let in|admitted] {n} people and [collected|earned] {m} "
                "dollars. A [full|normal] ticket is {p} dollars, a reduced one {q} dollars. How many paid "
                "the [full|normal|higher] price?"
            ),
            (
                "[With|Using] {n} [bags|trips|loads], {m} kg of [sand|coal|potatoes] were moved; [the big "
                "ones|the larger ones] held {p} kg, the [small|smaller] ones {q} kg. [How many of the larger "
                "kind were there?|How many were of the larger kind?|Find how many were of the larger kind.]"
            ),
            (
                "[solve:|word problem:] {n} animals, [some|one kind] with {p} legs, [some|the other kind] "
                "with {q}, {m} legs in all, how many have {p} legs?"
            ),
            (
                "I [sold|ordered|counted] {n} [mugs|books|shirts] for {m} dollars. The new ones were {p} "
                "dollars, the [old|plain] ones {q}. How many [of them were new|new ones were there|were new]?"
            ),
        ),
        "zh": (
            (
                "[动物园|博物馆|游乐园|剧院][今天|昨天|上午]共售出{n}张票，[收入|票款|进账]{m}元，"
                "成人票{p}元一张，[儿童票|学生票]{q}元一张，[成人票卖了|卖出的成人票有]多少张？"
            ),
            (
                "[鸡蛋|苹果|橙子|皮蛋]共{m}个，装了{n}箱，[大箱|大号箱]每箱装{p}个，[小箱|"
                "小号箱]每箱装{q}个，[大的有多少箱|大的有几箱|大的用了多少箱]？"
            ),
            (
                "[钱包|存钱罐|抽屉]里有{n}[张券|枚代币]，面值{p}元和{q}元[两种|的]，[一共|合计|总值]{m}元，"
                "{p}元的有多少？"
            ),
            (
                "[裁缝|师傅|女工]做一件[大衣|西服]得{p}元，做一件[衬衫|背心]得{q}元，这[两种|两样][一共|"
                "总共]做了{n}件，[挣了|共得|收入]{m}元，其中{p}元一件的做了多少件？"
            ),
            (
                "成人{p}元，[小孩|儿童|学生]{q}元，[一共|总共]{n}[人|个人]，[花了|付了|收了]{m}元，[几个大人|"
                "大人多少个|有多少成人]？"
            ),
            (
                "[帮忙算下|帮我解一下|求助]，大船坐{p}人，小船坐{q}人，{n}条船[刚好|正好]坐{m}人，"
                "[大船有多少条|大船几条|要几条大船]"
            ),
            (
                "[食堂|学校|公司]买来{n}套[桌椅|餐具|工作服]，[贵的|好的]每套{p}元，[便宜的|"
                "一般的]每套{q}元，共[花|用去|付]{m}元，{p}元的买了多少套？"
            ),
            (
                "[仓库|车间|码头]里有{n}箱[货|零件|水泥制品]，[重的|大的]每箱{p}千克，[轻的|"
                "小的]每箱{q}千克，[总重|共重]{m}千克，{p}千克的有多少箱？"
            ),
            ("[求|问]成人票[数|的张数]：总票数{n}张，总[收入|票款]{m}元，成人票{p}元，[儿童票|学生票|优惠票]{q}元。"),
            (
                "甲种[铅笔|票|零件|糖果]每[件|份]{p}元，乙种每[件|份]{q}元，[两种共买|一共买了|"
                "买甲乙两种共]{n}件，[总价|用去|合计]{m}元，甲种[有多少件|买了几件|是多少件]？"
            ),
            (
                "[设|已知]某[影院|剧场]售票{n}张，其中[甲等票|前排票]{p}元，其余{q}元，[票款|总收入]为{m}元，"
                "则{p}元的票有多少张？"
            ),
            (
                "[大客车|大巴]每辆坐{p}人，[小车|面包车]每辆坐{q}人，[春游|旅游|参观]去了{m}人，[用车|"
                "租车]{n}辆，[全部坐满|刚好坐满]，[坐{p}人的车|载{p}人的车]有几辆？"
            ),
            (
                "[每个|一个]大[瓶|桶|罐]装{p}升，[每个|一个]小的装{q}升，{n}个[容器|]共装{m}升[水|油|酱油]，"
                "大的[有几个|是多少个]？"
            ),
            (
                "[老师|大人][票价|每人]{p}元，[学生|小朋友][票价|每人]{q}元，{n}人去[科技馆|海洋馆|"
                "看电影]共付{m}元，票价{p}元的有多少人？"
            ),
            (
                "[故事里|游戏里|童话里]甲怪兽每只{p}条腿，乙怪兽每只{q}条腿，[共|合计]{n}只，腿[共|"
                "一共]{m}条，甲[有多少只|几只]？"
            ),
            "[卖出|售出]{n}件，[收入|卖得]{m}元；[高档|精装]的{p}元，[低档|平装]的{q}元。{p}元的卖出多少件？",
            ("多少张[成人票|全价票|大人票]？共{n}张票，[票款|收款|总额]{m}元，全价（成人）{p}元，[半票|儿童]{q}元。"),
            (
                "[宾馆|宿舍|旅社]有{n}间房，[大房间|大间]住{p}人，[小房间|小间]住{q}人，[住满时|"
                "全部住满]共{m}人，住{p}人的房间有多少间？"
            ),
            (
                "[快递员|搬运工|司机]送了{n}件货，[大件|重件]每件[运费|得]{p}元，小件每件{q}元，[共得|"
                "总共收]{m}元，{p}元的[货|]有几件？"
            ),
            (
                "[小明|乐乐|壮壮][攒了|有]{n}枚[硬币|游戏币]，{p}分的和{q}分的都有，[合计|总共]{m}分，"
                "{p}分的[多少枚|有几枚]？"
            ),
            "[列方程|用方程]解：{n}张票，{p}元的和{q}元的，[共计|总共]{m}元，求[贵的那种|票价高的那种]的张数。",
            "鸡兔同笼式的题：[每只|一只]甲有{p}只脚，[每只|一只]乙有{q}只脚，共{n}个头、{m}只脚，甲有几只？",
            (
                "[运动会|晚会|演唱会]的票分{p}元和{q}元两种，[卖掉|售出]{n}张，[得款|收到]{m}元，{p}元票"
                "[卖了几张|有多少张|占多少张]？"
            ),
            (
                "[我|妈妈|采购员]花{m}元买了{n}斤[水果|茶叶|糖果]，好的{p}元一斤，[差的|普通的]{q}元一斤，"
                "好的[买了|有]多少斤？"
            ),
            (
                "[停车场|车库]收费：大车{p}元，小车{q}元，[今天|上午]{n}辆车[共收|收了]{m}元，大车[几辆|"
                "有多少辆|停了多少辆]？"
            ),
        ),
    },
    "percent_change": {
        "en": (
            (
                "[A jacket|A bike|A laptop|A sofa] [costs|is sold at|is priced at] {p} dollars. [The shop|"
                "The dealer] [raises|puts up|increases] the price by {r}% and [then|later|afterwards] "
                "[lowers|reduces|cuts] it by {s}%. [What does it cost now|What is the final price|What is "
                "the price in the end]?"
            ),
            (
                "{p} [plus|increased by|raised by] {r}%, then [minus|decreased by|lowered by] {s}%[, what do "
                "i get|, result?|: how much is that?]"
            ),
            (
                "[What is|What would be|How much is] the [final|new|resulting] price if [a camera|a watch|a "
                "table] [of|worth|costing] {p} [dollars|euros|yuan] first [goes up|rises|gets dearer] by {r} "
                "percent and then [goes down|drops|gets cheaper] by {s} percent?"
            ),
            (
                "[A share|A stock|A coin|A fund unit] is [worth|traded at] {p} dollars. [First|In March|At "
                "first] it [gains|climbs|rises] {r}%, [then|later|after that] it [loses|drops|falls] {s}%. "
                "[What is it worth now?|What is its value after that?|Find its value afterwards.]"
            ),
            (
                "[My|His|Her] [salary|rent|wage] [was|used to be] {p} [dollars|euros]. It [went up|was "
                "raised] by {r}% and [a year later|after that|then] it [went down|was cut] by {s}%. [How "
                "much is it now?|What is it now?|Work out the new amount.]"
            ),
            (
                "take {p}, [add {r}% to it|put {r}% on it|add on {r}%], then take {s}% off [the result|that|"
                "what you have], [what comes out|how much is left|result]?"
            ),
            (
                "[After|Following] [an increase|a rise|a markup] of {r}% [and then|followed by] [a decrease|"
                "a cut|a reduction] of {s}%, [what has become of|what is the price of|what is the new value "
                "of] [an article|something] that was {p} dollars?"
            ),
            (
                "[A number|A quantity|A value] of {p} [grows|rises|increases] by {r}% and [the result|what "
                "comes out] is then [reduced|diminished|decreased] by {s}%. [Find|Give|Calculate] the [final "
                "number|last value|outcome][ exactly|]."
            ),
            (
                "[The number of members|The weekly output|The amount of stock] is {p}. It [increases|goes "
                "up] by {r}% [in the first year|at first|to begin with] and [decreases|goes down] by {s}% "
                "[later|afterwards|after that]. What is it [now|in the end|finally]?"
            ),
            "price {p}, +{r}% then -{s}%, [new price|final price|what now|price now]?",
            (
                "[A merchant|A retailer|A trader] [buys|gets] [a carpet|a vase|a ring] for {p} dollars, "
                "marks it up by {r}%, and then [gives a discount of {s}% on|takes {s}% off] the [marked|"
                "raised] price. [At what price is it sold|What is the selling price|What does the customer "
                "pay]?"
            ),
            (
                "[Compute|Evaluate|Work out] the [price|value|amount] [after|that results when] a price of "
                "{p} dollars is [marked up|raised|put up] {r} percent and [subsequently|afterwards|then] "
                "[marked down|cut|reduced] {s} percent."
            ),
            (
                "[hotel room|flight|tv|console] was {p} [bucks|dollars], [they|the site] raised it {r}%, now "
                "there's {s}% off [that new price|the raised price]. [what do i pay|how much is it now|how "
                "much do i pay]"
            ),
            (
                "[First|At first] {r}% [up|more], [then|after that] {s}% [down|less]: what does a price of "
                "{p} [dollars|yuan|euros] [become|turn into]?"
            ),
            (
                "[A tank|A reservoir|A silo] [holds|contains] {p} litres. The amount first [grows|rises|"
                "increases] by {r}%, then [shrinks|falls|decreases] by {s}% of the new [level|amount]. How "
                "many litres [are there now|does it hold now]?"
            ),
            (
                "[House prices|Petrol prices|Ticket prices]: start at {p}, [up|rise of|plus] {r} percent, "
                "[then down|followed by a fall of|then minus] {s} percent. [Current price|What is the price "
                "now|New price]?"
            ),
            (
                "What [amount|figure|number] do you [get|obtain|end with] [when|if] you increase {p} by {r}% "
                "and [decrease|lower|reduce] [the outcome|the new number] by {s}%?"
            ),
            (
                "[The fee|The premium|The bill] of {p} dollars [grew|rose|increased] {r} percent last year. "
                "This year it [fell|sank|dropped] {s} percent [from there|from that level]. What [is it "
                "today|does one pay today]?"
            ),
            (
                "{s}% is [taken off|cut from|deducted from] a [price|sum] [after|only after] it was [raised|"
                "increased] by {r}%. [Originally|At the start|Before both changes] it was {p} [dollars|yuan|"
                "euros]. What is it [now|in the end|after both changes]?"
            ),
            (
                "[Original price|Starting price|Old price]: {p} dollars. [Change 1|First change]: +{r}%. "
                "[Change 2|Second change]: -{s}%. [Find the price after both.|What is the price after both "
                "changes?|Final price?]"
            ),
            (
                "[Suppose|Imagine|Say] [the price of gold|the cost of a ticket|a phone plan] [is|stands at] "
                "{p} dollars, then [jumps|climbs|goes up] {r}% and [drops back|slides|goes down] {s}%. [How "
                "many dollars is it now?|What is the price now?]"
            ),
            (
                "I bought [crypto|gold|silver|a stock] for {p} dollars. It [went up|gained|rose] {r}%, and "
                "then [went down|dropped|lost] {s}%. [How much is it worth now?|What's my money worth?|What "
                "do I have now?]"
            ),
            (
                "[Find|Calculate] the value of {p} after a rise of {r}% and [then|after that] a fall of {s}%"
                "[.| please|, exactly]"
            ),
            (
                "[The population of a town|The stock of fish|The audience of a channel] [was|stood at] {p}, "
                "[grew|rose] by {r} percent, [then|and then] [shrank|fell] by {s} percent. [What is it now?|"
                "What is the number now?]"
            ),
        ),
        "zh": (
            (
                "[一件衣服|一台电视|一双鞋|一辆自行车][原价|标价|售价]{p}元，先[涨价|提价|上调]{r}%，[再|"
                "后来又|然后][降价|下调|降]{s}%，[现在卖|现价是|最后售价是]多少元？"
            ),
            "{p}[涨|加|增加|提高]{r}%后[再|又][跌|减|减少|降低]{s}%，[是多少|等于多少|得多少|结果呢]",
            (
                "[某股票|一只股票|某基金][价格|现价]{p}元，[先是|前天|上个月][涨|上涨]了{r}%，[后来|随后|"
                "接着][跌|下跌]了{s}%，[现在是|现在每份|此时价格是]多少元？"
            ),
            (
                "[原价|定价|起价]{p}元，[先涨|先提价|先加价]百分之{r}，[再降|再减价|后降价]百分之{s}，"
                "[求现价|现价多少|现在多少钱]"
            ),
            "[求|请算出|算一算]{p}[先增加|先提高]{r}%、[再减少|再降低]{s}%之后的[数|值|结果]。",
            (
                "[我的|他的|爸爸的][工资|月薪|房租][原来|本来]是{p}元，[涨了|提高了|上调了]{r}%，[后来|"
                "过了一年|之后]又[降了|下调了|减了]{s}%，现在是[多少元|多少钱|多少]？"
            ),
            (
                "[帮忙算下|帮我算算|问一下]，{p}块的[手机|耳机|包|机票]涨{r}%再降{s}%，[现在要多少钱|"
                "最后多少钱|到手多少]"
            ),
            (
                "商家[进了|买进]一批货，[每件|单件]{p}元，[加价|提价]{r}%[标价|定价]，[再|又在此基础上][减价|"
                "降价|优惠]{s}%[出售|卖出]，[售价|卖价]多少元？"
            ),
            (
                "[某商品|某种药|一款软件]连续两次[调价|变价]：[第一次|先][上调|涨]{r}%，[第二次|后][下调|"
                "降]{s}%。[原来|调价前]{p}元，[调价后|两次之后]是多少元？"
            ),
            "[现价|最后的价格|现在的价钱]是多少元？[原价|起初]{p}元，[涨幅|先涨]{r}%，[随后跌幅|随后降]{s}%。",
            "一个数是{p}，[把它|将它]增加{r}%，[所得的数|得到的结果]再减少{s}%，[最后得|得到|变成]多少？",
            (
                "[产量|库存|会员人数][原为|原来是]{p}，[第一年|先是|起先][增长|增加]{r}%，[接着|后来|随后]"
                "[减少|下降]{s}%，[现在|此时]是多少？"
            ),
            "{p}元，+{r}%，-{s}%，[最后|现在|结果][多少|是多少|多少元]？",
            (
                "[设|已知]某物价格为{p}元，[上浮|上涨]{r}%后[再下浮|再下跌|又回落]{s}%，则[其价格|现价|"
                "最终价格]为多少元？"
            ),
            (
                "[油价|房价|菜价|门票][本是|原来]{p}元，[先是|起初|年初]涨了百分之{r}，[后来|之后|"
                "接着]在涨后的基础上降了百分之{s}，[如今|现在]多少元？"
            ),
            (
                "[先|首先]把{p}[提高|上调]{r}%，[接着|然后]把[新的数|新数值|结果][降低|下调]{s}%，[得几|"
                "得数是多少|最后是多少]？"
            ),
            (
                "[老板|店主|卖家]把{p}元的[茶具|沙发|床]提价{r}%，[卖不动|没人买]，又[降|便宜]了{s}%，[这时|"
                "现在]要[花|付]多少元？"
            ),
            "[两次调整|先升后降]：{p}→升{r}%→降{s}%，[求最终值|最终是多少|最后为多少]？",
            (
                "[水池|油罐|粮仓]里[原有|有]{p}升，[先增加|增多]了{r}%，[又|接着]减少了[此时的|"
                "现有量的]{s}%，[还有|现在有]多少升？"
            ),
            "[学费|保费|会费]{p}元，去年[上涨|提高]{r}%，今年[下降|下调]{s}%，[今年要交|现在收]多少元？",
            "在{p}元的基础上[加|涨]百分之{r}，再在[新价|涨后价]上[减|降]百分之{s}，[等于多少元|价格是多少元]？",
            ("[我|小李|朋友]花{p}元买的[基金|黄金|股票]，先[赚|涨]了{r}%，后又[亏|跌]了{s}%，[现在值|如今值]多少元？"),
            ("[人口|鱼的数量|用户数]原来是{p}，[增长|上升]百分之{r}后又[下降|减少]百分之{s}，[求现在的数|现在是多少]"),
            "先涨{r}%[再跌|后跌|又跌]{s}%，{p}元的[商品|东西|货]最后[卖|是|变成]多少元？",
        ),
    },
    "mean_speed": {
        "en": (
            (
                "[A lorry|A van|A coach|A motorbike] [drives|goes|travels] {d} km to [a town|the coast|the "
                "depot] at {u} km/h and [comes back|drives back|returns] [the same way|by the same road] at "
                "{v} km/h. [How many hours does the round trip take|What is the total driving time in hours|"
                "How many hours is it on the road]?"
            ),
            (
                "How many hours [did|does|will] the [round trip|journey there and back] take if [the "
                "distance one way is|the way there is|one way is] {d} km, [the speed out|the outward speed] "
                "{u} km/h and [the speed back|the return speed] {v} km/h?"
            ),
            (
                "there at {u} [km/h|kmh|kph], back at {v} [km/h|kmh|kph], {d} km [each way|one way], [total "
                "time|total hours|how many hours in total]?"
            ),
            (
                "[We|My parents|Our friends] [live|have a house] {d} km from [the sea|the airport|the lake]. "
                "[Going there|On the way there] we [drove|averaged] {u} km per hour, [coming home|on the way "
                "home|coming back] {v} km per hour. How many hours [were spent driving|did the two drives "
                "take together|did both ways take]?"
            ),
            (
                "[Two towns|Two cities|Two stations|Two ports] [are|lie] {d} kilometres apart. [A train|A "
                "bus|A car] [goes|runs] from one to the other at {u} kilometres an hour and back at {v} "
                "kilometres an hour. [Find|Calculate|Give] the total [travel time|time of travel] in hours."
            ),
            (
                "[A ship|A boat|A ferry] sails {d} km [downstream|with the current] at {u} km/h and the same "
                "distance [upstream|against the current] at {v} km/h. How many hours [is it under way|does "
                "it sail in all|does it take for both]?"
            ),
            (
                "[A plane|A drone|A helicopter] flies {d} km [out|to its target|to an island] at {u} km/h "
                "and {d} km back at {v} km/h. [What is its total flying time in hours|How many hours does it "
                "fly altogether|Total hours in the air]?"
            ),
            (
                "[The outward|The first] leg [of a trip|of the tour] is {d} km at {u} km/h; the return leg "
                "[is the same length|is as long] at {v} km/h. [Work out|Find|Compute] the [total|overall] "
                "time in hours."
            ),
            (
                "[My brother|Julia|The driver|A salesman] [drove|went] {d} km at [an average of|a mean speed "
                "of|a speed of] {u} km/h. [On the way back|For the return] [the speed was|it was] {v} km/h. "
                "How many hours [was that altogether|did it take there and back|did the whole trip take]?"
            ),
            (
                "[one-way distance|distance one way]: {d} km, [speed there|going speed] {u} km/h, [speed "
                "back|return speed] {v} km/h, [hours in total|time both ways in hours|total hours]?"
            ),
            (
                "[Suppose|Say|Assume] I [drive|ride] to [work|the city|the market], {d} km [away|from here], "
                "at {u} km/h and [go home|return] at {v} km/h. [Find|Give] the [sum of both times|time for "
                "both ways|total time] in hours."
            ),
            (
                "For how many hours is [a truck|a tram|a car] [moving|on the move|driving] if it [covers|"
                "does] {d} km at {u} km/h and then the same {d} km [back|in the other direction] at {v} km/h?"
            ),
            (
                "[can you tell me:|quick question:|pls help:] {d} km to [grandma|the beach|the stadium], i "
                "[drove|went] {u} km/h there and {v} km/h back, how many hours [did i drive|on the road in "
                "total|in total]"
            ),
            (
                "From A to B it is {d} km. [A cyclist on an e-bike|A driver|A biker] [goes|travels] from A "
                "to B [at|with] {u} km/h and from B to A [at|with] {v} km/h. [How many hours does A to B to "
                "A take?|How many hours are needed altogether?|Find the time for both ways in hours.]"
            ),
            (
                "[An express|A freight train|A tram] takes goods over {d} km [with|at] a speed of {u} km/h "
                "and [runs back|goes back] [empty|unloaded] at {v} km/h. [What total time|How much time in "
                "all], in hours, [is that|does it need|does it take]?"
            ),
            (
                "The speed [back|on the return] is {v} km/h and the speed [out|on the way there] {u} km/h; "
                "the [road|route|track] is {d} km [long|one way]. [How many hours do both trips take|Hours "
                "for there and back|How many hours for the two trips]?"
            ),
            (
                "[Travel|Drive] {d} km at {u} km/h, [turn round|turn around] and [travel|drive] {d} km at "
                "{v} km/h: [total time in hours|how many hours altogether|how many hours in all]?"
            ),
            (
                "[An ambulance|A fire engine|A taxi] [rushes|hurries|drives] {d} km at {u} km/h and [comes "
                "home|returns] [over the same road|by the same route] at {v} km/h. [Determine|State] the "
                "total number of hours [driven|on the road]."
            ),
            (
                "The [round trip|return journey] is {d} km [each way|in each direction]. [Out|Going]: {u} "
                "km/h. [Back|Returning]: {v} km/h. How many hours [altogether|in total|does it take]?"
            ),
            (
                "[If|When] the first {d} km [are|were] [driven|covered] at {u} km/h and [the way back|the "
                "return], [also|again] {d} km, at {v} km/h, [how many hours have passed|how many hours is "
                "that|what is the total time in hours]?"
            ),
            (
                "[Ms. Brown|Mr. Wang|The delivery van] [makes|does] a trip of {d} km and back. [One way|The "
                "way there] at {u} km/h, the [other way|way back] at {v} km/h. [Total hours|How many hours "
                "is the total|How many hours were driven]?"
            ),
            (
                "What is the [total|overall] [driving|riding|travel] time in hours for {d} km [there|out] at "
                "{u} km/h plus {d} km back at {v} km/h?"
            ),
            (
                "[Traffic was bad:|It rained:|The road was icy:] {u} km/h [going|on the way there] and {v} "
                "km/h [coming home|on the way back], with {d} km between [home and the office|the two "
                "places]. [How many hours were both drives?|Total time in hours?|How many hours was I on the "
                "road?]"
            ),
            (
                "[Both ways together|There and back] take how many hours, if [we|I|they] [go|drive] the {d} "
                "km [there|to the camp] at {u} km/h and [the same road|the same way] back at {v} km/h?"
            ),
        ),
        "zh": (
            (
                "[一辆货车|一辆轿车|一辆大巴|一列动车]以{u}千米/时的速度[行驶|开了|跑了]{d}千米[到达目的地|"
                "到了乙地|到达终点]，[又以|返回时以]{v}千米/时[原路返回|沿原路回来]，往返[共用|一共用了|"
                "总共花了]多少小时？"
            ),
            (
                "[单程|路程|距离]{d}千米，去[时速度|程速度]{u}千米/时，[回|返]程速度{v}千米/时，[来回|往返]"
                "[多少小时|共几小时|要多少小时]？"
            ),
            (
                "[来回|往返|一去一回][一共|总共]要[多少小时|几个小时]？[单程|路程]{d}公里，去的时候[每小时|"
                "一小时]{u}公里，回来[每小时|一小时]{v}公里。"
            ),
            (
                "[甲、乙两地|甲、乙两城|A、B两站|A、B两港][相距|间的距离是]{d}千米，[汽车|轮船|"
                "火车]从前者到后者[每小时行|时速]{u}千米，返回[每小时行|时速]{v}千米，[求往返时间|"
                "求来回共用的时间]（小时）。"
            ),
            (
                "[帮忙算下|帮我算算|问一下]，去[老家|机场|海边|外婆家]{d}公里，去时{u}公里每小时，"
                "回来{v}公里每小时，[一共开了几小时|路上总共几个小时|来回多少小时]"
            ),
            (
                "[轮船|游船|快艇]顺水每小时行{u}千米，逆水每小时行{v}千米，[顺水行|顺流而下]{d}千米后"
                "[再逆水返回|又逆流返回原地]，[共需|一共要|共航行]多少小时？"
            ),
            (
                "[飞机|无人机|直升机]以{u}千米/时飞[到|往]{d}千米[外|远]的[某地|城市|海岛]，[再以|"
                "返航时以]{v}千米/时飞回，[共飞行|一共飞了|往返飞行]多少小时？"
            ),
            (
                "[爸爸|王师傅|小李|司机]开车[上班|出差|送货]，[单程|一趟]{d}千米，去时[平均速度|"
                "速度]为{u}km/h，回来[平均速度|速度]为{v}km/h，[来回|往返]共[花|用]多少小时？"
            ),
            (
                "[已知|设]某段路长{d}千米，[去时|前往]的速度是{u}千米/时，[返回|回来]的速度是{v}千米/时，"
                "则往返[所用的时间|的总时间]为多少小时？"
            ),
            "{d}km，去{u}km/h，回{v}km/h，[总时间|一共]多少小时[？|]",
            (
                "[从家到|从学校到|从工厂到][省城|车站|仓库]有{d}千米，[开过去|坐车去]每小时{u}千米，[开回来|"
                "坐车回来]每小时{v}千米，[两趟|去和回][合起来|加起来|合计]用了几小时？"
            ),
            (
                "[某人|一位商人|一名骑手][骑摩托|开车|乘车]走了{d}千米，时速{u}千米；[接着|然后]沿[原路|"
                "同一条路]返回，时速{v}千米。他[总共|一共][用了|花了]多少小时？"
            ),
            (
                "[车队|救护车|消防车]去[灾区|山区|现场]走{d}千米，每小时[行驶|走]{u}千米，回程[走同一条路|"
                "原路]每小时[行驶|走]{v}千米，[前后一共|来去共]行驶多少小时？"
            ),
            (
                "[路长|单程]{d}公里，[开车去|去的路上]{u}公里/小时，[开车回|回的路上]{v}公里/小时，[求总用时|"
                "总用时是几小时|一个来回几小时]？"
            ),
            "[一个来回|一次往返]要多少小时：[单边|单程]{d}千米，[先|去]{u}千米每小时，[后|回]{v}千米每小时？",
            (
                "[高铁|列车|货运火车]开{d}千米，[满载|去时]速度{u}千米/时；[空车|返回]再开同样的{d}千米，"
                "速度{v}千米/时。[两次|两程]共[用|需]多少小时？"
            ),
            (
                "去时[快慢|车速]是每小时{u}千米，[归来|回来]时是每小时{v}千米，[单程|一程]{d}千米，[求|"
                "算出]来回[总共|一共]的小时数。"
            ),
            (
                "[旅游团|考察队|摄影队]乘车到{d}千米[外|远]的[景区|草原|古镇]，去[程|时]每小时{u}千米，[返程|"
                "回来]每小时{v}千米，[乘车时间|坐车时间]共[多少小时|几小时]？"
            ),
            (
                "A到B[有|是]{d}千米，A到B用{u}千米/时的速度，B回A用{v}千米/时的速度，[A→B→A|往返全程][要|"
                "需要|共用]几小时？"
            ),
            (
                "[往返于|来回于]两[城|地|站]，[单程|距离]{d}千米，[往|去]{u}千米/时，[返|回]{v}千米/时，"
                "[怎么算总时间|总时间多少小时|共要几小时]？"
            ),
            (
                "[电动车|卡车|班车]先以每小时{u}公里开{d}公里，[掉头|调头]后以每小时{v}公里[开回|回到]起点，"
                "[问|请问]总共[开了|用了]多少小时？"
            ),
            (
                "[因为堵车|下雨路滑|路上结冰]，去时只有{u}千米/时，回来是{v}千米/时，[单程|一趟]{d}千米，"
                "[这一来一回|往返一趟][开了|用了]几小时？"
            ),
            (
                "[我们|校车|大巴]去[营地|博物馆|基地]要走{d}千米，去[的速度|时速度]{u}千米/时，[原路回来|"
                "沿原路回来]{v}千米/时，[两次路上|来回路上]一共多少小时？"
            ),
            "往返[共需|总共需要]几小时？[已知|条件]：[甲地到乙地|起点到终点]{d}km，往{u}km/h，返{v}km/h。",
        ),
    },
}
