"""Further questions that no program answers, most of them from other subjects."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

_PEOPLE_EN = "[Mozart|Einstein|Napoleon|Cleopatra|Newton|Confucius|Marie Curie|Columbus|Gandhi|Euler|{who}'s uncle]"
_PEOPLE_ZH = "[李白|秦始皇|爱因斯坦|孔子|牛顿|诸葛亮|居里夫人|欧拉|鲁迅|武则天]"
_ANIMAL_EN = "[a dog|a whale|an owl|a horse|a bee|a frog|an elephant|a spider monkey|a penguin]"
_ANIMAL_ZH = "[狗|鲸鱼|猫头鹰|马|蜜蜂|青蛙|大象|熊猫|企鹅]"
_WORK_EN = "[a novel|an opera|a film|a painting|a play|a comic|a fairy tale|an album]"
_WORK_ZH = "[小说|歌剧|电影|画|话剧|漫画|童话|专辑]"
_BODY_EN = "[back|knee|stomach|throat|tooth|shoulder|ear]"
_BODY_ZH = "[背|膝盖|肚子|喉咙|牙|肩膀|耳朵]"

SAID: Mapping[str, Texts] = {
    "refusal": {
        "en": (
            f"[When|Where] was {_PEOPLE_EN} born?",
            f"[Tell me|What do you know] about the life of {_PEOPLE_EN}[.|, please.]",
            f"Why is {_PEOPLE_EN} [famous|so well known|important]?",
            f"[Did|Do you think] {_PEOPLE_EN} [liked|like] {{thing}}?",
            f"[What|Which] {_WORK_EN} should I [see|read|know|try] [this weekend|next|on holiday|]?",
            "[Who|Which person] [wrote|made|created|composed|painted] the [best|first|oldest] [novel|opera|film|"
            "song] of {place}?",
            "[Sum up|Retell|Review|Explain] the [story|ending|plot] of [my|your|the] favourite [novel|film|play|"
            "opera].",
            f"[Write|Compose|Make up|Invent] {_WORK_EN} about {{thing}}.",
            "[Write|Give me|Compose] a [limerick|song|rap|sonnet|slogan|speech|letter|diary page] [about|on|for] "
            "{thing}.",
            "[Write|Draft] a [cover letter|complaint|thank-you note|birthday card|job advert|press release] [for "
            "{who}|to {who}|with {who} in it].",
            "What do [whales|owls|horses|bees|frogs|penguins] [eat|dream of|sound like|fear]?",
            f"[How|Why] does {_ANIMAL_EN} [sleep|swim|sing|hunt|find its way|stay warm]?",
            f"[Can|Could] {_ANIMAL_EN} [fall in love|see colours|fly|speak|remember {{who}}]?",
            f"My {_BODY_EN} hurts[.|, what now?|. What should I do?|. Which doctor do I need?]",
            "[I can't sleep|I feel lonely|I am bored|I am sad|I had a bad day|I am nervous][.|, any advice?|. "
            "Can you help?]",
            "[How|Where] do I [fix a bike|open a bank account|learn to swim|grow tomatoes|tie a tie|get a "
            "passport|adopt a cat]?",
            "[How|What is the best way] to [clean a carpet|train a puppy|write a novel|get over a cold|make "
            "friends|find a job|stay fit]?",
            "[Translate|Say] '[good night|I love you|where is the station|thank you|the dog is hungry]' [into|"
            "in] [French|Chinese|German|Latin|Arabic].",
            "[What does|What's the meaning of] the word '[serendipity|ephemeral|entropy|nostalgia|osmosis]'[ mean|]?",
            "[Spell|Correct|Rewrite|Shorten] this [sentence|text]: {who} don't like {thing}.",
            "[Is|Was] it [raining|snowing|warm|windy] in {place} [today|now|yesterday|last week]?",
            "[Who|Which party|Which candidate] [won|lost] the [last|latest] election in {place}?",
            "[What is|Tell me] the latest [news|weather|gossip] [from|in] {place}[.|?]",
            "[What|Which] [food|music|dance|festival|sport|clothes] is {place} [known for|famous for]?",
            "[Is|Are] {dish} [tasty|good for children|vegan|hard to make|from {place}]?",
            "[Give me|Find me|I need] a recipe for {dish}[.|, please|]",
            "[Which|What] wine goes [well |]with {dish}?",
            "[Why|How] [do leaves turn red|does a magnet work|do planes fly|do we dream|does the heart beat|do "
            "volcanoes erupt|does soap clean]?",
            "[What causes|Explain] [thunder|earthquakes|tides|inflation|gravity|photosynthesis|a rainbow|the "
            "seasons][.|?|, please]",
            "[Who invented|Who discovered|When did people invent] [the telephone|paper|penicillin|the wheel|the "
            "steam engine|chess]?",
            "[Write|Show me|Give me] a [Python|Java|C++|JavaScript] [program|class|function] that [opens a file|"
            "sends an email|draws a cat|sorts names].",
            "[Fix|Debug|Explain] this code for me: [while True pass|int main|foo = bar|print hello].",
            "[How|Where] do I install [Python|Linux|a printer driver|a new font] on my [laptop|phone|computer]?",
            "[Let's play|Do you know|Teach me] [a game|chess|poker|hide and seek|go|tic-tac-toe][.|!|?]",
            "[What is|What's] your [favourite colour|opinion on {thing}|hobby|birthday|job]?",
            "[Are you|You are] [a robot|a person|from {place}|clever|married|alive][?|, right?]",
            "[Do|Can|Will] you [love me|remember me|help {who}|tell the truth|dance|sleep]?",
            "[Should|May] {who} [move to {place}|quit the job|tell the truth|buy a car|get a dog]?",
            "[What|Which] [gift|book|flower|perfume] [would|might] {who} like?",
            "[Plan|Describe|Imagine] [a day|a walk|a party|a holiday] in {place} [with {who}|].",
            "[Prove|Show|Explain why] that [every|each] [even number|bounded sequence|continuous function|finite "
            "group|polynomial] [has|satisfies] [this|that] property.",
            "Prove [the Pythagorean theorem|the binomial theorem|that pi is irrational|that 0.999... equals 1|"
            "the triangle inequality|that primes never end].",
            "[State|Prove|Explain] [Gödel's theorem|the Riemann hypothesis|the axiom of choice|Fermat's little "
            "theorem|the four colour theorem].",
            "[What is|Define|Explain] [a group|a limit|a manifold|a vector space|topology|a prime number|"
            "infinity] [in simple words|to {who}|briefly][.|?]",
            "[Who|Which mathematician] [proved|found|discovered] [the four colour theorem|calculus|zero|this "
            "formula]?",
            "[How many|How much] [stars are in the sky|rain falls in {place}|hair does {who} have|people have "
            "visited {place}|sand is on a beach]?",
            "[How long|How far|How fast] [is the road to {place}|can {who} run|does a letter take to {place}|is "
            "a good film]?",
            "[How old|How tall|How heavy] is [{who}|the queen|the oldest tree|my neighbour|a baby elephant]?",
            "[What time|When] does [the bank|the museum|school|the last bus|the show] [open|start|close]?",
            "[How much|What] [is|costs] [a ticket to {place}|a house in {place}|a good laptop|a haircut]?",
            "{who} [buys|sells|eats|loses] [some|a few|several] [apples|stamps|marbles|coins]. How many [are "
            "there now|does {who} have]?",
            "[Solve|Simplify|Work out] [it|this|the problem|the exercise on page {n}|number {digit} of my "
            "homework] [please|for me|].",
            "[What is|Find|Calculate] [x|the answer|the number|the missing side|the unknown angle][?|.|, please]",
            "[I think of a number|Guess my number|A number is secret][. What is it?|, what is it?|!]",
            "[A pool is|A tank is|The box is] [full|half full|large|deep]. [How much water is in it?|What is its "
            "volume?|How heavy is it?]",
            "[Two trains meet|Two friends share money|A worker paints a wall|A shop gives a discount]. [How long "
            "does it take?|How much is it?|What is the result?]",
            "[hi|hello|hey|good evening|goodbye|thanks|ok|nice|lol|what's up][!|.|?|]",
            "[asdf|blah blah|qwerty|hmm hmm|abc def ghi|la la la]",
            "[The sky is grey.|I like {thing}.|{who} is here.|We went to {place}.|It was late.|Birds sing.]",
            "[Sing|Whistle|Hum|Draw|Paint|Film] {thing} [for me|with {who}|in {place}|].",
            "[Is|Could] [there life on Mars|God real|time travel possible|a ghost in my house|money everything]?",
            "[Compare|Rank|List] [the rivers|the cities|the kings|the dialects] of {place}.",
            "[Which|What] [planet|metal|animal|language|country] is [the prettiest|the oldest|the rarest|the "
            "most useful]?",
            "[What happened to|Where is|Who owns] {thing} [in {year}|now|]?",
        ),
        "zh": (
            f"{_PEOPLE_ZH}[是哪里人|出生在哪里|是谁|有哪些故事|为什么有名]？",
            f"[讲讲|介绍一下|说说]{_PEOPLE_ZH}的[生平|故事|贡献]。",
            f"{_PEOPLE_ZH}[喜欢|见过|写过]{{thing}}吗？",
            f"[有什么|有没有]好看的{_WORK_ZH}[推荐|可以看]？",
            f"[谁|哪位艺术家]创作了{{place}}最有名的{_WORK_ZH}？",
            "[写|编|创作]一[段|篇]关于{thing}的[相声|童话|散文|歌词|演讲稿|日记|作文]。",
            f"[概括|讲一下|复述]这[部|本]{_WORK_ZH}的[情节|结局|中心思想]。",
            "[帮我写|请写|起草]一[封|份][辞职信|情书|请假条|感谢信|简历|检讨书|通知][给{who}|]。",
            f"{_ANIMAL_ZH}[吃什么|怎么睡觉|会做梦吗|为什么会叫|住在哪里|能活多久]？",
            f"[为什么|怎么]{_ANIMAL_ZH}[会迁徙|不怕冷|能游泳|认得路]？",
            f"我{_BODY_ZH}[疼|不舒服][怎么办|该挂什么科|要吃药吗|，能帮帮我吗]？",
            "[我睡不好|我很孤独|我好无聊|今天心情不好|我很紧张|我想家了][，怎么办？|，陪我聊聊吧。|。]",
            "[怎么|如何][修自行车|办护照|学游泳|种西红柿|打领带|养猫|交朋友|找工作|减肥]？",
            "[地毯怎么洗|感冒了怎么办|怎样写小说|怎么和{who}道歉|怎么保持健康|小狗怎么训练]？",
            "把[“晚安”|“我爱你”|“车站在哪里”|“谢谢”|“狗饿了”]翻译成[法语|英语|德语|日语|阿拉伯语]。",
            "[“画蛇添足”|“塞翁失马”|“纸上谈兵”|“熵”|“渗透”]是什么意思？",
            "[改写|缩写|扩写|修改]这句话：{who}不喜欢{thing}。",
            "{place}[今天|现在|昨天|上周][下雨|下雪|热|刮风]吗？",
            "{place}[上一次选举|最近的比赛]谁[赢|输]了？",
            "{place}[有什么|最近有什么][新闻|美食|好玩的|节日|风俗|特产]？",
            "{dish}[好吃吗|适合孩子吃吗|是哪里的菜|难做吗|要放糖吗]？",
            "[教我做|怎么做|给我一个菜谱：]{dish}。",
            "[为什么|怎么会][树叶变红|飞机能飞|人会做梦|火山喷发|肥皂能去污|海水是咸的|有四季]？",
            "[什么是|解释一下|讲讲][打雷|地震|潮汐|通货膨胀|万有引力|光合作用|彩虹]。",
            "[谁发明了|什么时候发明了|谁发现了][电话|造纸术|青霉素|轮子|蒸汽机|围棋]？",
            "[用 Python|用 C++|用 JavaScript|用 Java]写一个[发邮件|打开文件|画猫|管理名单]的程序。",
            "这段代码[哪里错了|是什么意思|怎么改]：[while True pass|int main|foo = bar]",
            "[怎么|在哪里][安装 Linux|装打印机驱动|换手机铃声|下载字体|修电脑]？",
            "[我们来玩|会不会玩|教我玩][成语接龙|象棋|扑克|捉迷藏|围棋|猜谜语][吧|。|？]",
            "你[最喜欢什么颜色|的爱好是什么|怎么看{thing}|的生日是哪天|是做什么的]？",
            "你[是机器人吗|是真人吗|来自{place}吗|聪明吗|结婚了吗|会唱歌吗|记得我吗|爱我吗]？",
            "{who}[该不该|要不要|能不能][搬到{place}|辞职|说实话|买车|养狗]？",
            "送{who}什么[礼物|书|花|香水]好？",
            "[描写|想象|安排]一次{place}的[旅行|散步|聚会|假期]。",
            "[求证|证明|说明]：[任意连续函数|每个有限群|任何有界数列|所有多项式][都有这个性质|满足该条件]。",
            "证明[勾股定理|二项式定理|圆周率是无理数|0.999…等于1|三角不等式|质数有无穷多个]。",
            "[叙述|证明|解释][哥德尔定理|黎曼猜想|选择公理|费马小定理|四色定理|哥德巴赫猜想]。",
            "[什么是|用简单的话说说什么是|给{who}讲讲][群|极限|流形|向量空间|拓扑|质数|无穷大]。",
            "[谁|哪位数学家][证明了四色定理|发明了微积分|发现了零|提出了这个公式]？",
            "[天上有多少颗星星|{place}下多少雨|{who}有多少根头发|多少人去过{place}|沙滩上有多少沙子]？",
            "[去{place}的路有多远|{who}能跑多快|信寄到{place}要多久|好电影有多长]？",
            "[女王|最老的树|邻居家的小孩|小象|校长][多大了|多高|多重]？",
            "[银行|博物馆|学校|末班车|演出][几点开门|几点开始|几点关门|什么时候到]？",
            "[去{place}的机票|{place}的房子|好一点的电脑|理发|一部新手机][多少钱|贵不贵]？",
            "{who}[买了|卖了|吃了|弄丢了][一些|几个|好多][苹果|邮票|弹珠|硬币]，[还有几个|现在有多少]？",
            "[做|解|算]一下[这道题|第{n}页的习题|作业第{digit}题|它|那道题]。",
            "[求 x|答案是多少|这个数是几|求未知的边|求那个角|算算看][。|？]",
            "[我心里想了一个数|猜猜我的数字|有一个秘密的数][，是几？|，它是多少？|。]",
            "[水池|水箱|箱子|瓶子][是满的|很大|很深|半满]，[里面有多少水|体积是多少|有多重]？",
            "[两列火车相遇|两人分钱|一个工人刷墙|商店打折|他们合买礼物]，[要多久|是多少|结果怎样]？",
            "[你好|您好|嗨|晚上好|再见|谢谢|好的|不错|哈哈|在吗][！|。|？|]",
            "[啊啊啊|呵呵呵|随便|嗯嗯|啦啦啦|测试]",
            "[天很灰。|我喜欢{thing}。|{who}来了。|我们去了{place}。|夜深了。|鸟在唱歌。]",
            "[唱|画|拍|描写]{thing}[给我看|给{who}|吧|。]",
            "[火星上有生命吗|世上有鬼吗|时间旅行可能吗|钱是万能的吗|外星人存在吗]？",
            "[比较|列出|排一下]{place}的[河流|城市|国王|方言]。",
            "哪[个星球|种金属|种动物|门语言|个国家][最美|最古老|最稀有|最有用]？",
            "[{year}年|现在|]{thing}[怎么样了|在哪里|是谁的]？",
        ),
    },
}
