"""How people put the questions of the families of ``measures``."""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts

SAID: Mapping[str, Texts] = {
    "speed": {
        "en": (
            "[A cyclist|A runner|A skater|A hiker] [covers|does|completes] {d} [meters|metres|yards] in {t} minutes. "
            "[Find|Work out|Calculate] [the average speed|his average speed|the speed per minute].",
            "[How fast|At what average speed] does a [bus|truck|motorbike|van] [go|travel|move] if it [covers|does|"
            "makes] {d} km in {t} hours?",
            "It [took|takes] [me|us|my father|the driver] {t} hours to [drive|travel|cover] {d} [km|kilometres|"
            "miles]. [What was the average speed?|How fast was that on average?|Average speed?]",
            "{d} km [in|done in|covered in] {t} [h|hours|hrs], [average speed?|speed?|how fast?]",
            "[hey, |btw |help me: |]we [drove|rode|travelled] {d} [km|miles|kilometers] and it took {t} hours, "
            "[whats our average speed|how fast were we going|what speed is that]",
            "[What is|Find|Determine|Compute] the [average speed|mean speed|speed] of [an object|a body|a particle|a "
            "robot] that moves {d} [m|meters|metres] in {t} [s|seconds].",
            "A [drone|bird|balloon|rocket] [flies|travels] for {t} minutes and [covers|gets] {d} [meters|kilometers|"
            "km] in that time. [What is its speed?|How fast is it?|Find its average speed.]",
            "[distance|way|path]: {d} km, time: {t} hours, [speed = ?|find the speed|speed?]",
            "{who} [ran|jogged|walked|skied] {d} [meters|metres|yards] in {t} minutes. [How many of them per minute "
            "is that?|How fast was {who}?|What was the average speed?]",
            "In {t} [hours|hours' driving] [our coach|the express|a lorry|the tram] [gets|goes|moves] {d} km [ahead|"
            "forward|further]. How many [km per hour|kilometres an hour|kilometers per hour] [is that|does that "
            "make]?",
            "[A snail|A tortoise|A beetle|A toy car] [crawls|creeps|moves] {d} [cm|centimetres|mm] in {t} [minutes|"
            "seconds]. What is [its speed|its average speed|the speed]?",
            "If {d} km [are covered|are driven|are travelled] in {t} hours, [what is the speed in km/h|how many km/h "
            "is that|what speed does this correspond to]?",
            "The [way from home to the sea|trip to the lake|route|journey] is {d} km and [takes|lasts] {t} hours. "
            "[Find the average speed of the trip.|How many km per hour is that on average?|Speed in km/h?]",
            "[Suppose|Say|Assume] a [swimmer|rower|boat|dolphin] needs {t} minutes for {d} [m|meters|metres]. "
            "[Calculate the speed in metres per minute.|How many metres does it make per minute?|Find the average "
            "speed.]",
            "[My son|My daughter|Our teacher|A friend of mine] [biked|cycled|rode] to [the next town|the coast|his "
            "cousin] yesterday: {d} km in {t} hours. [What was the average speed?|How fast is this in km/h?]",
            "[Calculate|Compute|Give] v for s = {d} m and t = {t} s[.|, where v = s/t.]",
            "[Speed in km/h|Average speed in km/h|km per hour] for {d} km [driven|done|travelled] in {t} hours?",
            "The [train|high-speed train|night bus|ferry] needs {t} hours [to cover|for] a [route|stretch|line] of "
            "{d} km. [Determine|State|Find] its [mean speed|average speed] in kilometres per hour.",
            "[After|Within] {t} seconds [the ball|the sledge|the skateboard|the elevator] [has moved|was] {d} [feet|"
            "meters] [away|from its starting point]. How many of these per second [is that|did it do] on average?",
            "[A taxi|A police car|An ambulance|A tractor] that [drives|goes] at constant speed [travels|covers] {d} "
            "km in {t} hours. [How many kilometers does it cover in one hour?|What is the speed?|Determine this "
            "speed.]",
            "[Someone|A tourist|The postman|A marathon runner] [has covered|finished] {d} km after {t} hours. What "
            "average speed [does that make|is this|did he keep]?",
            "[exam question: |]A [car|vehicle|scooter] moves uniformly and [passes|covers] {d} m in {t} s. [Find its "
            "speed in m/s.|What is its velocity?|Calculate its speed.]",
            "[a cyclist|a runner|a bus|a train|a boat|a tram|my brother|the driver|a horse|a drone] covers {d} [km|"
            "kilometers|miles] in {t} hours. [How fast is that?|What is the speed?]",
            "[It takes|It took] [a cyclist|a runner|a bus|a train|a boat|a tram|my brother|the driver|a horse|a "
            "drone] {t} hours [for|to travel] {d} [km|miles]. [How fast was it?|Find the speed.]",
            "How fast [does|must] [a van|a ship|somebody|a plane] [go|travel] to [cover|make] {d} km in {t} hours?",
            "[distance|way] {d} km, time {t} h, [speed?|what is the speed|how fast]",
            "[What is|Find|Give] the [average |mean |]speed if {d} [km|meters] [take|are done in] {t} [hours|"
            "minutes].",
            "[We|I|They] [drove|walked|rode|flew|sailed] {d} [km|miles|kilometers] in {t} hours. [What was our "
            "average speed?|How fast were we?|How many per hour is that?]",
            "[A snail|A robot|A swimmer|A ball] needs {t} [minutes|seconds] for {d} [meters|m]. [What's its speed|"
            "How fast is it]?",
            "If [you|she|he|someone] [run|go|travel|move] {d} km in {t} hours, [how many km per hour is that|what is "
            "the speed in km/h]?",
            "[The trip|Our journey|The flight|The ride] of {d} [km|miles] lasted {t} hours; [at what speed|how fast] "
            "did [we|it] go on average?",
            "[In|Within] {t} hours {who} [drives|rides|travels] {d} km. [Speed?|How fast is {who}?|What is the "
            "speed?]",
        ),
        "zh": (
            "[一辆货车|一辆大巴|一列动车|一辆摩托车][用了|花了]{t}小时[跑了|开了|行驶了]{d}[千米|公里]，[它的平均速度是多少|平均每小时行多少|每小时跑多少]？",
            "[我|爸爸|我们|邻居][开车|骑车|坐车][去外婆家|去海边|去省城]，{d}公里[用了|花了|开了]{t}个小时，[平均时速多少|速度是多少|每小时多少公里]？",
            "{d}[千米|公里][用时|耗时]{t}[小时|个小时]，[速度？|求平均速度|时速多少]",
            "[路程|距离]{d}[米|千米]，[时间|用时]{t}[分钟|分]，[求速度|速度=？|速度多少]",
            "[求|计算|求出]{t}[秒|秒钟]内[运动|移动|前进]{d}米的[物体|小车|机器人|质点]的[平均速度|速度]。",
            "[一名运动员|小亮|体育老师|一位同学][跑|游|滑]{d}米[用了|花了|需要]{t}分钟，[他每分钟前进多少米|他的平均速度是每分钟多少米|速度怎么算]？",
            "{who}[跑|走|骑]了{d}米，[一共用了|用时|花了]{t}分钟，[平均每分钟多少米|问速度是多少|求{who}的速度]？",
            "[蜗牛|乌龟|蚂蚁|玩具车]{t}分钟[爬了|前进了|移动了]{d}厘米，[每分钟移动多少厘米|它的速度是多少|求它的速度]。",
            "[从家到学校|从甲城到乙城|从起点到终点]{d}[千米|公里]，[一共走了|车开了|路上用了]{t}小时，[平均速度为多少|求平均速度|平均每小时行多远]？",
            "[帮忙算下|帮我算算|请教一下]，[开了|跑了]{d}公里，[用了|花了]{t}小时，[均速多少|平均速度是多少|时速多少]",
            "[无人机|飞机|直升机|热气球]{t}[小时|个小时]飞[行|了]{d}[千米|公里]，[则其速度为|它的速度是|它每小时飞]多少？",
            "[若|如果|假如][某车|一辆车|一列火车]行驶{d}千米[需要|需|要用]{t}小时，[则|那么]它的[速度|平均速度|时速][是多少|为多少][？|]",
            "[平均每小时走多少千米|时速是多少|速度是多少]？[已知|条件：|题目：]{t}小时[共走|共行|走完]{d}千米。",
            "[某人|一位游客|探险队][徒步|骑行|驾车]{d}千米，[历时|总共用时|前后花了]{t}小时，[试求其平均速度|求其平均速度|平均速度几何]。",
            "[电梯|缆车|传送带|扶梯]{t}秒[上升|前进|移动]{d}[米|分米]，[每秒移动多少|速度是多少|求运行速度]？",
            "[已知|设]s={d}米，t={t}秒，[求v|求速度v|v是多少]。",
            "[匀速|以不变的速度]行驶的[汽车|列车|电动车]，{t}小时[通过|走过|驶过]{d}千米，[求它的速度|速度为多少千米/时|速度是每小时多少千米]。",
            "[高铁|快车|地铁|校车]全程{d}千米，[运行|行驶]时间{t}小时，[平均速度是多少千米每小时|平均时速是多少公里|求平均时速]？",
            "[跑完|走完|骑完]{d}米[一共|总共]{t}分钟，[我的速度是|速度是|那速度就是]每分钟多少米[？|呀]",
            "[一条狗|一匹马|一只兔子|一头鹿]{t}秒跑出{d}米，[问它每秒跑多少米|它跑得多快|它的速度是多少米/秒]？",
            "[儿子|女儿|孩子]作业：[小车|火车|渡轮]{t}小时行了{d}千米，[速度怎么求|速度等于几|求每小时行多少千米]？",
            "[速度=路程÷时间，|]{d}千米，{t}小时，[速度是|每小时]多少千米[？|]",
            "[小车|火车|公交车|轮船|骑车的人|爸爸|运动员|卡车|高铁|无人机]{t}小时[走了|行了|跑了|开了]{d}[千米|公里]，[速度是多少|每小时行多少千米|时速是多少|有多快]？",
            "{d}[千米|公里]的路，[小车|火车|公交车|轮船|骑车的人|爸爸|运动员|卡车|高铁|无人机][用了|花了]{t}小时，[求速度|速度是几|平均每小时走多远][。|？]",
            "[路程|全程]{d}千米，[时间|用时]{t}小时，[求平均速度|速度？|速度是多少]",
            "[我|我们|他|妈妈|小王]{t}小时[骑了|走了|开了]{d}公里，[平均时速是多少|速度多快|一小时走多少公里]？",
            "[要|想]在{t}小时内[走完|跑完|开完]{d}千米，[速度要多少|每小时要走多少千米]？",
            "[蜗牛|机器人|小狗|游泳运动员]{t}[分钟|秒][爬|走|跑|前进]了{d}米，[它的速度是多少|速度怎么算|求速度]",
            "从甲地到乙地{d}千米，[汽车|客车|动车]开了{t}小时，[平均速度是多少|车速是多少|每小时行几千米]？",
            "[飞机|快艇|货车|马车]{t}小时行{d}千米，[帮我算下速度|请问速度多少|速度为多少？]",
        ),
    },
    "distance": {
        "en": (
            "[How far|What distance|How many kilometers] [does|will] a [truck|van|motorbike|coach] [go|travel|cover] "
            "in {t} hours at {v} [km/h|km per hour|kilometres an hour]?",
            "[I|We|My parents|The Millers] [drove|travelled|were on the road] for {t} hours at [a steady|a constant|"
            "an average speed of] {v} km/h. How [far did we get|many km is that|far is that]?",
            "{v} km/h, {t} [h|hours|hrs], [distance?|how far?|how many km?]",
            "[hey |btw |quick question: |]if i [drive|go|ride] {v} km/h for {t} hours [how far do i get|how many km "
            "is that|what distance do i cover]",
            "[Find|Calculate|Determine|Compute] the distance [covered|travelled|that is covered] [in|within] {t} "
            "hours at [a speed of |a constant speed of |]{v} km/h.",
            "[A train|An express train|A tram|A goods train] [moves|runs|travels] at {v} kilometres [per|an] hour. "
            "How [far|many kilometres] does it [go|run|travel] in {t} hours?",
            "[speed|velocity]: {v} km/h; time: {t} h; [distance = ?|find the distance|distance?]",
            "For {t} hours {who} [rides|drives|skates|skis] at a [speed|pace|rate] of {v} km/h. [How far does {who} "
            "travel?|What distance does {who} cover?|How many km does {who} make?]",
            "[A drone|An airship|A helicopter|A goose] [flies|travels] {v} km [every hour|per hour|each hour]. [What "
            "distance does it cover|How far does it fly|How far is it] after {t} hours?",
            "[A tractor|A taxi|A lorry|An ambulance] [does|makes|covers] {v} km in one hour. How many km [does it do|"
            "does it make|will it cover] in {t} hours at the same speed?",
            "The [trip|ride|journey|flight] [took|lasted] {t} hours and the average speed was {v} km/h. [How long "
            "was the route in km?|How many kilometres was it?|What was the distance?]",
            "With an average [speed|velocity] of {v} km/h, [how far can one get|what distance can be driven|how many "
            "kilometres are done] in {t} hours?",
            "Going [non-stop|without a break|steadily] for {t} hours, [a car|a bus|a camper van] [that does|with a "
            "speed of|at] {v} km/h [will cover|covers|drives] how many kilometers?",
            "[It takes|He needs|She needs] {t} hours at {v} km/h to reach [the sea|the village|the airport|grandma]. "
            "How far [away is it|is it to there]?",
            "[Homework help: |Help please: |]A [cyclist|runner|rider|horse] [keeps|holds|maintains] {v} km/h for {t} "
            "hours. [Distance?|What's the distance covered?|How far is that?]",
            "[What is|Give|State] s if v = {v} km/h and t = {t} h[?| and s = vt?]",
            "[My son|My sister|Our guide|A salesman] [is on the road for|drives|travels] {t} hours, always at {v} "
            "km/h. How many km [is that|is that in total|does that come to]?",
            "Let a [vehicle|body|ferry] move uniformly at {v} km/h. [Find|Determine|State] the distance travelled in "
            "{t} hours[.|, in km.]",
            "The [speedometer|display|cruise control] [shows|says|reads] {v} km/h all the time, and [we drive|they "
            "drive|she drives] {t} hours. [How long is the way?|How far do we go?|How many kilometers are covered?]",
            "[Multiply speed by time: |]{t} hours at {v} km per hour, [how far is it|what is the distance|how many "
            "km]?",
            "A [satellite|storm|rocket|balloon] [moves|travels|drifts] at {v} km/h. After {t} hours, what distance "
            "[has it travelled|lies behind it|has it covered]?",
            "[driving|cycling|hiking|flying] {t} hours, {v} km/h [on average|constant speed|the whole time] - [km in "
            "total?|how far?|total distance]",
            "[a cyclist|a runner|a bus|a train|a boat|a tram|my brother|the driver|a horse|a drone] [goes|travels|"
            "moves] at {v} [km/h|km per hour|miles per hour|kilometers an hour] for {t} hours. [How far does it go?|"
            "What distance is covered?|How long is the way?]",
            "How far [do I get|can we go|will it get|does one come] in {t} hours at {v} [km/h|mph|km per hour]?",
            "[speed|velocity] {v} km/h, time {t} h, [distance?|how far|what is the distance]",
            "[Driving|Walking|Riding|Sailing|Flying] [{v} km an hour|at {v} km/h], how [many km|far] [do you go|is "
            "it|do we get] in {t} hours?",
            "[What|Which] distance does [a ship|a truck|a car|a bird] [cover|travel] in {t} hours if its speed is "
            "{v} km/h?",
            "[My car|The bus|Our boat|{who}] [keeps|holds|has] a [steady |constant |]speed of {v} km/h. How far [has "
            "it gone|does it get] after {t} hours?",
            "[Find|Work out|Calculate] the [distance|way] [travelled|covered] in {t} hours at {v} km per hour.",
            "[We|They|She] drove for {t} hours [and always did|at] {v} km/h. [How far did they get?|How many "
            "kilometers is that?|How long was the way?]",
            "If [sound|a rocket|a runner|a wave] [makes|goes|moves] {v} km in one hour, how far in {t} hours?",
        ),
        "zh": (
            "[一辆货车|一辆大巴|一列高铁|一辆摩托车]每小时[跑|行驶|开]{v}[千米|公里]，{t}小时[能跑多远|能行多少千米|行多少千米]？",
            "[我|爸爸|姑姑|我们]开车[速度|时速|车速]{v}[公里|千米]，[开了|一共开了|连续开了]{t}个小时，[走了多少公里|开了多远|跑了多少公里]？",
            "速度{v}[km/h|千米/时|公里每小时]，时间{t}[小时|h]，[路程？|求路程|路程是多少]",
            "[求|计算|算出]以{v}千米/时的速度[行驶|行进|前进]{t}小时[所走的路程|的路程|经过的路程]。",
            "[{t}小时能走多远|{t}个小时可以行多少千米|{t}小时的路程是多少]，[如果|要是|假设][速度|时速]是每小时{v}千米？",
            "[已知|设]v={v}千米/时，t={t}小时，[求s|求路程s|s等于多少]。",
            "{who}[骑车|开车|骑摩托|坐车]每小时{v}千米，{t}小时[下来|过去]，[一共前进多少千米|走了多少千米|行程是多少]？",
            "[帮忙算下|帮我算一下|问一下]，[时速|车速]{v}公里跑{t}个小时[是多少公里|一共多远|跑了多远]",
            "[一架飞机|一架无人机|一只大雁|一架直升机]每小时飞{v}千米，[照这样|按这个速度|这样]飞{t}小时，[飞行多少千米|共飞多少千米|飞了多远]？",
            "[从甲地到乙地|从家到机场|从县城到省城]，[汽车|火车|客车]每小时行{v}千米，[正好|刚好|一共]用{t}小时，[两地之间相距多少千米|全程多少千米|这段路长多少千米]？",
            "[若|如果|假如][某车|列车|渡轮]以{v}千米/时的速度匀速[行驶|前进]{t}小时，则[路程为|行驶距离为|走过的路程是]多少千米？",
            "[动车|地铁|快车|校车]平均时速{v}[千米|公里]，[运行|行驶]{t}小时，[求行驶距离|求行驶的路程|行了多少千米]。",
            "[一匹马|一名骑手|探险队|车队][按|以]每小时{v}千米[的速度|][前进|行进]，{t}小时[共前进多少千米|走出多远|走多少千米]？",
            "[路上花了|车程是|一共开了]{t}小时，平均[速度|车速]是{v}千米每小时，[路有多长|距离是多少|总路程多少千米]？",
            "[速度×时间=路程，|路程=速度×时间：|]{v}千米/时，{t}小时，[多少千米|路程多少][？|]",
            "[台风|热气球|云团|卫星]以每小时{v}千米的速度移动，[经过|过了]{t}小时[移动了多少千米|移动多远|走过的距离是多少]？",
            "[儿子作业题：|求助：|]汽车每小时[走|跑]{v}千米，[走|跑]{t}小时，[路程怎么求|一共多少千米|能跑多远]",
            "[行驶|赶路|骑行]{t}小时，每小时{v}公里，[总里程|总路程|里程][是多少|多少][？|公里？]",
            "[司机|快递员|旅客]上路后[一直保持|始终保持]{v}千米/时，{t}小时[到达目的地|到站]，[这条路有多少千米|全程有多远|他行了多少千米]？",
            "一小时[行|跑|走]{v}千米，{t}小时[行|跑|走][多少千米|多远|多少公里]？",
            "[高速上|国道上|直路上][定速|匀速]{v}公里每小时，{t}小时[能开出去多远|开了多少公里|走多少公里]",
            "[试求|求][运动员|赛车|自行车队]以{v}千米/时行{t}小时的[总路程|路程|行程]。",
            "[小车|火车|公交车|轮船|骑车的人|爸爸|运动员|卡车|高铁|无人机][每小时|一小时][行|走|跑|开]{v}[千米|公里]，{t}小时[走多远|行多少千米|能跑多少公里|一共走了多少千米]？",
            "[小车|火车|公交车|轮船|骑车的人|爸爸|运动员|卡车|高铁|无人机]以[每小时|时速]{v}[千米|公里][的速度|][行驶了|前进了|开了]{t}小时，[走了多远|路程是多少|行了多少千米]？",
            "[速度|时速]{v}千米/时，[时间|行驶时间]{t}小时，[求路程|路程？|路程是多少]",
            "[我|我们|他|妈妈|小王]开车{t}小时，[车速|时速]{v}公里，[开了多少公里|走了多远|路有多长]？",
            "[照|按][每小时{v}千米|{v}千米每小时]的速度，{t}小时能[走|到|行驶]多远？",
            "[从家到机场|从甲地到乙地|去外婆家]，[汽车|客车]每小时{v}千米，[开了|用了]{t}小时，[两地相距多少千米|路程多少千米]？",
            "[一只鸟|一艘船|一匹马|一列高铁]的速度是{v}千米/小时，[求它{t}小时的路程|{t}小时后它走了多远？]",
            "{t}个小时，每小时{v}千米，[总共多少千米|一共走多少公里|能走多远]？",
        ),
    },
    "meeting": {
        "en": (
            "[Two cyclists|Two friends|Two trucks|Two hikers] [start|set out|leave] at the same time from [places|"
            "villages|points] {d} km apart and [move|head|go] towards each other, one at {u} km/h, the other at {v} "
            "km/h. [How many hours later do they meet?|After what time in hours do they meet?|In how many hours will "
            "they meet?]",
            "[How many hours|How long in hours] does it take [two cars|two buses|two riders|two trains] to meet if "
            "they [start|are] {d} km apart and [drive|come|travel] towards each other at {u} km/h and {v} km/h?",
            "[Find|Calculate|Determine] the time in hours [until|after which] two [trains|vans|motorcycles|trams] "
            "meet: they [start|leave] simultaneously {d} km apart, [heading|moving] towards each other with speeds "
            "{u} km/h and {v} km/h.",
            "[apart|distance between them]: {d} km, speeds [toward|towards] each other: {u} and {v} km/h, [meet "
            "after how many hours?|hours until they meet?|time to meet in h?]",
            "[My friend|My brother|Grandpa] and I live {d} km apart. We [set off|leave home|start] at the same "
            "moment to meet [each other|on the way]; I [do|drive|ride] {u} km/h and he [does|drives|rides] {v} km/h. "
            "[How many hours until we meet|When do we meet, in hours]?",
            "{who} [drives|rides|travels] at {u} km/h, {other} at {v} km/h, [straight toward each other|towards one "
            "another] on a [road|track|path] of {d} km, starting [at opposite ends|from opposite ends] at the same "
            "time. After how many hours [do they meet|will they meet|do they see each other pass]?",
            "One train [leaves|starts from] city A at {u} km/h and [at the same time|simultaneously] another [leaves|"
            "starts from] city B at {v} km/h towards it. The [two |]cities are {d} km apart. [In how many hours do "
            "the trains meet?|After how many hours do they pass each other?|Find the meeting time in hours.]",
            "[hey |help me: |]two cars {d} km apart drive towards each other, one {u} km/h other one {v} km/h, [how "
            "many hours till they meet|when do they meet in hours|after how many hours do they meet]",
            "With {u} km/h [from the left|from the north|from one side] and {v} km/h [from the right|from the south|"
            "from the other side], [two robots|two buses|two runners] close a gap of {d} km. [How many hours pass "
            "until they meet?|In how many hours are they together?]",
            "The [gap|distance|stretch] between two [planes|drones|helicopters|birds] is {d} km. They fly [head-on|"
            "toward each other|directly towards one another] at {u} km/h and {v} km/h. [After how many hours do they "
            "meet?|How many hours until they meet?]",
            "[A truck|A bus|A tractor] and [a car|a taxi|a van] are {d} km from each other and [drive|roll] towards "
            "each other. The former [does|goes] {u} km/h, the latter {v} km/h. [Meeting time in hours?|When will "
            "they meet, in hours from the start?]",
            "[Town A and town B|The hotel and the airport|The two camps] are {d} km apart. From [one|the first] a "
            "car [sets off|starts] at {u} km/h, from the other [one |]at the same time a car at {v} km/h. They use "
            "the same road. [In what time, in hours, do they meet?|How many hours do they drive before they meet?]",
            "[Two walkers|Two skiers|Two horsemen|Two couriers] approach each other from {d} km away, with {u} km "
            "per hour and {v} km per hour. Give the [number of hours|time in hours] [until they meet|to the meeting].",
            "[When, in hours,|After how many hours] will [the fast train|the bus] ({u} km/h) and [the local train|"
            "the car] ({v} km/h) meet, if they start at once towards each other from stations {d} km apart?",
            "[Leaving|Starting] at the same instant from the two ends of a [tunnel|highway|railway line|canal] {d} "
            "km long, two [vehicles|machines] [approach|come closer to] each other at {u} km/h and {v} km/h. How "
            "many hours [go by|pass] before they meet?",
            "{who} and {other} [start walking|set out|start cycling] towards each other at the same time. {who} "
            "[makes|does|covers] {u} km an hour and {other} {v} km an hour; [at first|at the start] there are {d} km "
            "between them. After how many hours [do they shake hands|do they meet|are they at the same spot]?",
            "d = {d} km, v1 = {u} km/h, v2 = {v} km/h, [opposite directions, towards each other|moving towards each "
            "other]: [t in hours until they meet?|find the meeting time t in hours.]",
            "[Exam: |Task: |]Two [bodies|vehicles|ferries] move towards each other at {u} km/h and {v} km/h from an "
            "initial distance of {d} km. [Compute the time in hours|Find the hours needed] [until they meet|to meet].",
            "A [mother|dad|friend] comes to meet {who}: they are {d} km apart, {who} [goes|rides] {u} km/h and [the "
            "other person|the one coming] {v} km/h, both at once. [How many hours until they are together|Hours "
            "until they meet]?",
            "[Each hour|Every hour] one car [covers|comes nearer by] {u} km and the other {v} km; they drive towards "
            "each other from {d} km apart. [How many hours does it take them to meet?|After how many hours do they "
            "meet?]",
            "[Two cars|Two trains|Two friends|Two cyclists|Two boats] are {d} km apart and [move|drive|come] towards "
            "each other, one at {u} km/h, the other at {v} km/h. [When do they meet?|After how many hours do they "
            "meet?|How long until they meet?]",
            "[From|Out of] two [cities|villages|ports] {d} km apart [buses|trucks|ships] [start|leave] at the same "
            "time towards each other with {u} km/h and {v} km/h. [In how many hours|How many hours until] they meet?",
            "{d} km [apart|between us], I [come|drive] at {u} km/h and you [come|drive] at {v} km/h [to meet me|"
            "towards me], [how long does it take|after how many hours do we meet]?",
            "[How long|How many hours] does it take two [trains|cars|runners] to meet if they start {d} km apart and "
            "go {u} km/h and {v} km/h towards each other?",
            "{who} and {other} live {d} km from each other. [Both|They] set out at once, {who} at {u} km/h, {other} "
            "at {v} km/h, [on the same road|to meet]. After how many hours do they meet?",
            "[distance|gap] {d} km, speeds {u} and {v} km/h, [towards each other|heading for each other], [meeting "
            "time?|when do they meet]",
            "[One train|A bus] leaves A at {u} km/h, [another|a second one] leaves B at {v} km/h at the same moment "
            "[to meet it|towards it]. A and B are {d} km apart. [Find the time in hours until they meet.|When do "
            "they meet?]",
        ),
        "zh": (
            "[A、B两城|东西两村|两个营地|两座城市][相距|之间的路长]{d}[千米|公里]，[一辆轿车和一辆货车|一辆客车和一辆货车][同时|同一时刻]从两[地|头]出发，[相向而行|"
            "相对开来]，每小时各行{u}千米和{v}千米，[几小时后两车相遇|多少小时相遇|问几小时相遇]？",
            "[两人|两名同学|两位骑手|两个朋友]相距{d}[千米|公里]，[同时|一齐]迎面[走来|骑来|赶来]，一个每小时{u}千米，另一个每小时{v}千米，[几小时能碰上|多少小时后相遇|几个小时见面]？",
            "相距{d}千米，[相向|对向]而行，速度{u}千米/时、{v}千米/时，[几小时相遇|求相遇时间（小时）|多少小时相遇]？",
            "[求|计算|求出]两车的相遇时间（小时）：[两地|起点]相距{d}千米，[同时|]相向行驶，速度分别为{u}千米/时、{v}千米/时。",
            "[快车|动车|甲车]每小时[行|跑]{u}千米，[慢车|普通列车|乙车]每小时[行|跑]{v}千米，两车同时从相距{d}千米的两站[相对开出|相向而行]，[几小时相遇|经过几小时两车相遇|多少小时后会车]？",
            "{who}家和{other}家相距{d}千米，两人同时从家里出发[迎着对方走|相向而行|去接对方]，{who}每小时{u}千米，{other}每小时{v}千米，[几小时后碰头|多少小时后相遇|"
            "几个小时后能见到]？",
            "[几小时后相遇|多少小时能相遇|相遇要几小时]？[已知|条件是]甲的速度{u}千米/时，乙的速度{v}千米/时，[相距|起初相距]{d}千米，[面对面同时走|同时相向出发]。",
            "[帮忙算下|帮我看看|求助]，两车隔着{d}公里[对着开|面对面开]，一个时速{u}公里，一个时速{v}公里，[几小时碰到|多少小时能遇上|几个小时相遇]",
            "[我|我哥]从[家|县城]出发每小时走{u}千米，[同时|与此同时][朋友|表弟]从{d}千米外[迎面|朝我这边]过来，每小时走{v}千米，[几小时后我们遇到|多少小时后相遇|多少小时能遇上]？",
            "[甲、乙|小张、小王|师傅和徒弟]二人从[一条路|一条公路|绿道]的两头同时[出发|起步]，相向[骑行|步行]，一人时速{u}千米，[另一人|另一个]时速{v}千米，[这条路|"
            "路]全长{d}千米，[多少小时后相遇|几小时相遇]？",
            "[两架飞机|两架无人机|两只信鸽]相距{d}千米，[迎面飞来|相向飞行]，速度分别是每小时{u}千米、{v}千米，[多少小时后相遇|几小时后会合]？",
            "[若|如果]两列[火车|高铁]相距{d}千米，分别以{u}千米/时和{v}千米/时的速度[相向行驶|迎面开来]，[则|那么]经过[多少|几]小时[相遇|会车]？",
            "[设|已知]两地距离{d}千米，甲速{u}千米/时，乙速{v}千米/时，同时相向而行，[t小时后相遇，求t|求相遇所用的小时数|几小时相遇]。",
            "[一辆摩托车|一辆救护车|一辆出租车]以{u}千米/时开往乙地，[同时|同一时间][一辆自行车|一辆卡车|一辆大巴]以{v}千米/时从乙地[开来|迎面而来]，出发时两者相距{d}千米。[它们几小时后相遇|"
            "多少小时后两车相遇]？",
            "两[车|人]每小时[分别|各自]走{u}千米和{v}千米，[开始时|最初]隔{d}千米，[面对面走|相对而行]，[多少小时走到一起|几小时后相遇]？",
            "[隧道|铁路线|运河|大桥公路]长{d}千米，两[队人|台机器|辆车]从两端同时[相向前进|向中间推进]，每小时前进{u}千米和{v}千米，[几小时会合|多少小时后相遇]？",
            "[作业求助：|应用题：|]相遇问题，总路程{d}千米，[两车速度|速度]{u}千米/时和{v}千米/时，[求相遇时间是几小时|相遇时间是多少小时]？",
            "[上午|早上|今天]，客车从甲站、货车从乙站同时[相向开出|对着开出]，客车时速{u}公里，货车时速{v}公里，甲乙两站相距{d}公里，[几小时后两车相遇|多少小时后它们会车]？",
            "[两支车队|两支登山队|两支骑兵队]从相距{d}千米的两地[同时动身|同时出发]相向而行，一队每小时{u}千米，一队每小时{v}千米，[求多少小时后会师|几小时后会师|问几小时相遇]。",
            "{who}每小时骑{u}千米，{other}每小时骑{v}千米，[同时|同时起程]从{d}千米的路两端[相向|面对面]骑，[多少小时相遇|要几小时才相遇]？",
            "[两辆车|两列火车|两艘船|两个人]从相距{d}[千米|公里]的[两地|两城|两个车站][同时出发|同时开出]，[相向而行|面对面开来]，一[辆|个]每小时{u}千米，另一[辆|"
            "个]每小时{v}千米，[几小时相遇|多久能相遇|多少小时后碰面]？",
            "{who}和{other}[两家|两地|]相距{d}千米，两人同时[相对出发|相向而行]，{who}每小时{u}千米，{other}每小时{v}千米，[几小时后相遇|多久碰面]？",
            "A、B两[地|城|站]相距{d}千米，[客车|甲车]从A地[出发|开出]，[货车|乙车]从B地同时[出发|开出]，[速度分别为|时速分别是]{u}千米/时、{v}千米/时，[相向而行，|]经过几小时[相遇|"
            "两车相遇]？",
            "[路程|距离]{d}千米，两车速度{u}和{v}千米/时，[相对开来|相向而行]，[相遇时间|几小时相遇][？|是多少？]",
            "[甲乙|小王小李]两人相距{d}公里，甲每小时走{u}公里，乙每小时走{v}公里，同时面对面走，[多长时间|几个小时]能[遇上|碰到]？",
            "相距{d}千米的两列[高铁|火车]迎面开来，速度{u}千米每小时和{v}千米每小时，[过多少小时相遇|多久后相遇]？",
        ),
    },
    "working_together": {
        "en": (
            "[Alone|Without help|Unaided], {who} [paints|cleans|tiles] the [room|fence|hall|garage] in {a} hours; "
            "{other} [alone |]needs {b} hours. How long [if they work together|do both need together|when they do it "
            "together]?",
            "[How long|How many hours] does it take [two workers|two painters|two cleaners] together, if one [alone |"
            "]needs {a} hours and the other {b} hours for [the whole job|the same job]?",
            "[Tap|Pipe|Hose|Pump] A fills the [pool|tank|basin|barrel] in {a} minutes, [tap|pipe|hose|pump] B in {b} "
            "minutes. [Both open|With both open|Both together]: how many minutes?",
            "[First|One] [printer|copier|scanner]: {a} minutes for the [job|pile|order]. [Second one|Other one]: {b} "
            "minutes. [Both together?|Time for both together?|How long together?]",
            "[I|My wife|My dad] can [wash the car|do the dishes|clean the flat] in {a} minutes, [my brother|my "
            "sister|my friend] in {b} minutes. How long [does it take us both|if we both do it together|when we "
            "share the work]?",
            "[Find|Calculate|Determine] the time [two machines|two pumps|two robots] need together, if [they need|it "
            "takes them] {a} hours and {b} hours [separately|on their own|each alone].",
            "[hey |help: |]{who} does [the homework|the project|the job] in {a} hours alone, {other} in {b} hours, "
            "[how long together|both at once takes how long|how long if they team up]",
            "[A mason|A carpenter|An engineer|A gardener] [finishes|completes] a [task|contract] in {a} days and "
            "[his apprentice|a colleague|a helper] in {b} days. [Working together|As a team|Side by side], how many "
            "days do they need?",
            "If [an old machine|an excavator|a digger] needs {a} days for [the trench|a job|an order] and [a new one|"
            "a second one|another one] needs {b} days, in how many days [is it done by both|do both finish it|will "
            "both together have it done]?",
            "[working alone|each alone]: {a} h and {b} h. [working together|combined time]: ? [h|hours]",
            "{who} [digs|plants|weeds] the garden in {a} hours and {other} does [it|the same] in {b} hours. Together "
            "they [will need|need|take] how many hours?",
            "It takes [one tractor|one harvester|one farmer] {a} hours to [plough|finish] the field and [a second|"
            "another] {b} hours. How many hours [are needed when both work|does it take with both at work]?",
            "[The big pump|Pump one] [empties|drains] the [cellar|pond|pit] in {a} hours, [the small pump|pump two] "
            "in {b} hours. If [both run|both are switched on] [at the same time|at once], how long [does it take|"
            "until it is empty]?",
            "[Two bakers|Two cooks|Two typists|Two tailors] have the same order. One [would finish|would be done] in "
            "{a} hours, the other in {b} hours. [Together they finish in how many hours?|How long will they take if "
            "they do it together?]",
            "A [cistern|reservoir|bathtub] is filled by one [inlet|tap] in {a} minutes and by another in {b} "
            "minutes. [Find the time in which both fill it.|In how many minutes is it full with both open?|How many "
            "minutes do both need?]",
            "Rates: [one job|the whole job] per {a} hours and [one job|the whole job] per {b} hours, [working in "
            "parallel|added up]; how many hours for one job?",
            "[Working together|If they help each other], how many days do {who} and {other} need for [a wall|a roof|"
            "a shed] that {who} alone [builds|makes] in {a} days and {other} alone in {b} days?",
            "[Suppose|Say] A can do a piece of work in {a} days and B can do it in {b} days. In how many days can A "
            "and B [together do it|do it working together|finish it together]?",
            "[With|Using] only the first [conveyor|loader|crane] the [ship|lorry|wagon] is [loaded|unloaded] in {a} "
            "hours, with only the second in {b} hours. How long with both?",
            "[My computer|My laptop|Server A] needs {a} minutes for [a rendering job|the backup|the calculation], "
            "[the other one|my old one|server B] {b} minutes. If they share the work, how many minutes [do they need|"
            "does it take]?",
            "{other} needs {b} hours and {who} needs {a} hours to [assemble|paint|repair] a [boat|bike|cupboard]. "
            "How much time [do they need together|is needed if both work on it]?",
            "{who} [mows a lawn|cleans the house|builds a wall|packs the boxes|digs a garden] in {a} hours, {other} "
            "in {b} hours. [How long do both need together?|How long does it take if they work together?|Together, "
            "how many hours?]",
            "[One|The first] [pump|pipe|tap] [fills|empties] a [pool|tank|bath] in {a} hours, [another|the second] "
            "in {b} hours. [How long with both?|How many hours if both run?|How long do both take?]",
            "[Alone|By myself] I need {a} [days|hours|minutes], my [friend|sister|colleague] needs {b}. [How long "
            "together?|How long does it take the two of us?]",
            "[Working alone|On their own], {who} takes {a} days and {other} takes {b} days [for a job|to finish]. "
            "How many days [do they need|does it take] [together|as a team]?",
            "[A machine|A printer|A robot] does [the job|the order] in {a} minutes, a [newer|slower|different] one "
            "in {b} minutes. [How long do they take|How many minutes does it take] [side by side|together]?",
            "How long do {who} and {other} need [together|if both help] when {who} alone [takes|needs] {a} hours and "
            "{other} alone {b} hours?",
            "[two workers|2 taps], {a} hours and {b} hours [each alone|on their own], [time together?|how long "
            "together]",
        ),
        "zh": (
            "[一件工作|一项任务|一批活儿]，[甲|师傅|老张]单独做{a}天，[乙|徒弟|老刘]单独做{b}天，[两人一起干多少天干完|两人合作几天完成|合干要多少天]？",
            "[单开|只开]甲水管{a}小时注满[水箱|游泳池]，[单开|只开]乙水管要{b}小时，[两管齐开要多久|两管一起开几小时注满]？",
            "[一台|一部]打印机打完这些文件要{a}分钟，[另一台|旧的那台]要{b}分钟，[两台同时打|两台一起用]要[多少分钟|几分钟]？",
            "{who}[一个人|独自]做[手抄报|一顿饭|大扫除]要{a}小时，{other}[一个人|独自]做要{b}小时，[两个人一起做几小时做完|两人合作要几小时|一块儿做要多久]？",
            "[求|计算]甲乙合作完成[工程|任务]所需的天数：[甲独做|甲单独做]{a}天，[乙独做|乙单独做]{b}天。",
            "[单独做：|各自用时：]{a}小时、{b}小时，[合做|一起做][几小时|多久]？",
            "[帮忙算下|帮我算算|请教]，我[搬完这些书|擦完窗户|整理完屋子]要{a}分钟，[老婆|哥哥|室友]要{b}分钟，[一起弄要几分钟|两个人一起多久]",
            "[抽水机甲|大水泵]{a}小时抽干[水塘|地下室]，[抽水机乙|小水泵]{b}小时抽干，[两台同时抽|两台一起开]，[几小时抽完|多少小时能抽干]？",
            "[两队合修几天完工|两队一起干要多少天|合作需要几天]？[已知|条件：]一条[渠|路|隧道]，一队单独修{a}天修完，二队单独修{b}天修完。",
            "[如果|若]{who}{a}天能[织完|抄完|做完]，{other}{b}天能[织完|抄完|做完]，[那么|则]二人合作[几天完成|需要多少天]？",
            "[一片麦田|一块地|一片稻田]，[甲|大]收割机{a}小时收完，[乙|小]收割机{b}小时收完，[两台一起收要几小时|两台合收多少小时收完|两机同时开工几小时收完]？",
            "[一本书稿|一份稿件|一叠文件]，[小陈|甲打字员]打需要{a}小时，[小周|乙打字员]打需要{b}小时，[两人分工同时打|两人同时打]，需要[多少小时|几小时]？",
            "同一[项任务|件活|份作业]，一个人{a}小时[做完|能完成]，另一个人{b}小时[做完|能完成]，两人[合作|一起做]几小时做完？",
            "[仓库里的货|一船货|一批货物]，甲车队{a}天运完，乙车队{b}天运完，[两个车队一起运|两队同时运]，[几天运完|多少天能运完|求所需天数]？",
            "[进水口|水龙头]有两个，单独放满[浴缸|水桶|鱼缸]分别要{a}分钟和{b}分钟，[都打开|同时打开]要[多少分钟|几分钟]放满？",
            "[工程问题|应用题]：甲独做{a}天，乙独做{b}天，[求合作天数|合作几天|甲乙合作需几天]？",
            "[电脑A|服务器A]算完要{a}分钟，[电脑B|服务器B]算完要{b}分钟，[任务理想地分给两台|两台并行]，[多少分钟算完|要几分钟]",
            "[爷爷|师傅|姐姐]包完这些[饺子|粽子|礼物]要{a}分钟，[奶奶|徒弟|妹妹]要{b}分钟，[两人一齐动手|两人一起包]，[多少分钟包完|几分钟能包好]？",
            "[油漆工甲|甲工人]刷完[一面墙|一间房]用{a}小时，[油漆工乙|乙工人]用{b}小时，[二人合刷|一起刷]用[几小时|多少小时]？",
            "[某项工程|某工程]由甲[公司|组]承建需{a}个月，由乙[公司|组]承建需{b}个月，[若两家联合|两者联手]，则需[几个月|多少个月]？",
            "{other}单独[种完树|挖完坑|装完车]要{b}小时，{who}单独要{a}小时，[他们一起干|两人合干][几小时完成|要多少小时|用多长时间]？",
            "[刷一面墙|修一条路|做一批零件|挖一条渠|抄一份稿子]，{who}[要|需要]{a}小时，{other}[要|需要]{b}小时，[一起做|两人合作|合干][要几|需要多少]小时？",
            "[甲管|进水管A]{a}小时[注满|灌满]水池，[乙管|进水管B]{b}小时[注满|灌满]，[两管齐开|同时打开]，[几小时注满|多久能满]？",
            "[我|甲|师傅]一个人[干|做]{a}天，[你|乙|徒弟]一个人[干|做]{b}天，[两人一起|合作][几天完成|要多少天]？",
            "{who}单独[完成|干完]一件[工作|活儿]用{a}天，{other}单独用{b}天，[两人合作|一起干]，[多少天完成|几天能干完]？",
            "[打印机A|一台机器]{a}分钟[印完|做完]，[打印机B|另一台]{b}分钟，[两台一起|同时开]，[要多久|几分钟做完]？",
            "[单独做|各自做]分别要{a}小时和{b}小时，[一起做多久|合作要几小时][？|呢]",
        ),
    },
    "unit_conversion": {
        "en": (
            "[Convert|Change|Turn] {n} {one} [to|into] {two}.",
            "How many {two} [are there in|make|are in|correspond to|are] {n} {one}?",
            "{n} {one} = [? {two}|how many {two}?|... {two}]",
            "{n} {one} [to|in|into] {two}[?|, please|]",
            "[Express|Write|State|Give] {n} {one} in {two}.",
            "[I have|We have|It is] {n} {one}. [How many {two} is that?|What is that in {two}?|How much is it in "
            "{two}?]",
            "[hey |btw |]how many {two} is {n} {one}",
            "[In|Measured in|Counted in] {two}, [how much is|what are|what is] {n} {one}?",
            "[My son has to|I need to|Help me] [convert|change] {n} {one} into {two}[.|, what do I get?| - result?]",
            "[A recipe|A sign|The manual|A label] [says|states] {n} {one}. [Convert it to {two}.|What is that in "
            "{two}?|How many {two} would that be?]",
            "{n} {one} [equal|equals|is equal to|is the same as] how many {two}?",
            "[What do you get|What comes out] when {n} {one} [are|get] [converted|changed] to {two}?",
            "[unit conversion|units|conversion]: {n} {one} -> {two}",
            "[Fill in the blank|Complete]: {n} {one} = ___ {two}",
            "[The total|It] [amounts to|comes to] {n} {one}; [tell me the same in {two}|the same in {two}?|put that "
            "in {two}].",
            "[Use|With] {two} instead of {one}: [what are|how much are] {n} {one}?",
            "[How do I write|How is] {n} {one} [in {two}|expressed in {two}]?",
            "[How many|What number of] {two} are [there in |in |]{n} {one}?",
            "{n} {one} [is|are|make|equal] how many {two}?",
            "[convert|change|turn|express] {n} {one} [into|to|in] {two}[.|, please|]",
            "{n} {one} [to|in|->|=] {two}[?|]",
            "[Write|Give|State] {n} {one} in {two}.",
            "I have {n} {one}. How many {two} is [that|this]?",
            "[It|The film|The way|The bag|Something] [lasts|measures|is] {n} {one}; [how much is that|what is it] in "
            "{two}?",
            "[What is|What's] {n} {one} [in|measured in|converted to] {two}?",
        ),
        "zh": (
            "{n}{one}[等于|是|合|相当于][多少|几]{two}？",
            "[把|将]{n}{one}[换成|转换成|改写成|化为]{two}。",
            "{n}{one}=[（　）|？|多少]{two}",
            "{n}{one}[有|里有|里面有][多少|几]{two}",
            "[单位换算|换算|单位转换]：{n}{one}[→|转]{two}",
            "[用{two}表示|用{two}作单位表示|以{two}为单位写出]{n}{one}[，是多少？|。|，结果是多少]",
            "[帮忙换算下|帮我换一下|换算一下]，{n}{one}[是多少{two}|等于多少{two}|合多少{two}]",
            "[填空|填一填|练习]：{n}{one}=____{two}",
            "[标签上|说明书上|题目里]写着{n}{one}，[换成{two}是多少|折合多少{two}|也就是多少{two}]？",
            "多少{two}[等于|相当于|就是]{n}{one}？",
            "[如果|要是]单位[用|改用|改成]{two}，{n}{one}[应写成|就是|应该是]多少？",
            "[孩子问我|请教|求助]，{n}{one}[怎么换算成{two}|转成{two}是多少|化{two}得多少]",
            "[已知|现有|一共有]{n}{one}，[合{two}多少|求它等于多少{two}|问折合多少{two}]？",
            "{n}{one}[转{two}|换{two}|化{two}]",
            "{n}{one}[变成|写成]{two}[是几|怎么写|为多少]？",
            "[请|]将单位由{one}[换为|变为]{two}：{n}{one}[=？|是多少？|。]",
            "{n}{one}[等于|是|合|有]多少{two}？",
            "{n}{one}=[？|?|（ ）|多少]{two}",
            "[把|将]{n}{one}[换算成|化成|改写成|化为]{two}[。|是多少？|]",
            "{n}{one}[换成|转成|变成]{two}[是多少|怎么算|，得多少][？|]",
            "[一共|总共]{n}{one}，[也就是多少{two}|合多少{two}|那是几{two}]？",
            "[多少|几]{two}[等于|是]{n}{one}？",
            "[请|帮我|]算[一下|出]{n}{one}是几{two}",
        ),
    },
    "clock": {
        "en": (
            "[A meeting|A concert|A football match|A lecture|An exam] [starts|begins] at {start} and [lasts|takes|"
            "goes on for] {n} minutes. [When does it finish?|What time does it finish?|At what time is it over?]",
            "[What time is it|What time will it be] {n} minutes after {start}?",
            "[What will the time be|What time is it then] if it is {start} [now|at present] and {n} minutes [pass|go "
            "by]?",
            "{start} plus {n} minutes - [what time is that?|what time?|time?]",
            "{start} + {n} min = [?|what time?]",
            "[i|we] [leave|go out|set off] at {start} and [need|drive|walk] {n} minutes, [when do we arrive|what "
            "time is the arrival|arrival time]",
            "[The bus|The flight|The ferry|The coach] [leaves|departs] at {start} and [arrives|gets there|reaches "
            "its goal] {n} minutes later. [At what time does it arrive?|What is the arrival time?|When does it "
            "arrive?]",
            "[Add|Please add] {n} minutes to {start}[.| and give the time.| - what time is it?]",
            "{who} [falls asleep|starts cooking|begins to read|starts jogging] at {start} and [stops|is done|ends] "
            "{n} minutes later. [When is that?|What time is it then?|At what time?]",
            "[Find|Determine|Give|Calculate] the time {n} minutes after {start}.",
            "[The cake|The bread|The roast] goes in at {start} and must [bake|stay in] for {n} minutes. When [is it "
            "ready|must it come out|do I take it out]?",
            "[Start|Begin]: {start}, [duration|length]: {n} minutes, [end?|end time?|finish at?]",
            "[My shift|My parking ticket|The washing machine|The download] [begins|starts] at {start}; [after|it "
            "takes] {n} minutes it is [finished|over|done]. At what time[ exactly|]?",
            "[When|At what time] does a [film|show|game|play] [of|lasting] {n} minutes end if it [starts|begins] at "
            "{start}?",
            "[The doctor|My boss|The teacher] [said|says] [to come back|to call again] in {n} minutes. It is "
            "{start}. [When is that?|What time would that be?|At what time should I do it?]",
            "[The station clock|My watch|My phone] [says|reads] {start}. What will it [say|read] [in {n} minutes|{n} "
            "minutes from now|{n} minutes later]?",
            "[From|Beginning at] {start}, {n} minutes [are waited|go by|elapse]. [Give the new time.|What is the new "
            "time?|What time is it now?]",
            "[quick: |hey, |]if the [train|class|test|call] is at {start} and takes {n} minutes [when is it done|"
            "what time does it end|when am i free]",
            "After {n} minutes of [flying|sailing|driving|hiking], [what time is it|what is the time], [given a "
            "start at|when the start was at] {start}?",
            "[A battery|A candle|A lamp|A tank of fuel] [lasts|is good for] {n} minutes. [Used|Switched on|Started] "
            "at {start}, at what time [is it empty|is it out|will it give out]?",
            "The {n}-minute [session|talk|workshop|programme] [starts|opens|kicks off] at {start}. [Closing time?|At "
            "what time does it close?|When is it finished?]",
            "{who} [must take|takes] a pill {n} minutes after {start}. [What time is that?|At what time is it?|When "
            "exactly is that?]",
            "[It is|It's] {start} [now|]. What time [is it|will it be] [in|after] {n} minutes?",
            "[The train|My bus|The flight|The ferry] leaves at {start} and [takes|needs] {n} minutes. [When does it "
            "arrive?|What time does it get there?]",
            "[I|We|{who}] [start|started|begin] [cooking|running|reading|working|driving] at {start} and [go on|"
            "finish after|take] {n} minutes. [When is that over?|What time is it then?|At what time does it end?]",
            "[what time|when] is it {n} minutes [after|past] {start}[?|]",
            "[A meeting|A show|A match|The party|School] [begins|starts] at {start}, [length|duration] {n} minutes. "
            "[When does it end?|End time?|At what time is it over?]",
            "{start} [plus|+] {n} minutes[ = ?|, what time is that?|?]",
            "[The cake|The washing|The pizza] [goes in|starts] at {start} and needs {n} minutes. When is it [done|"
            "ready]?",
        ),
        "zh": (
            "[会议|演唱会|足球赛|考试|讲座]{start}开始，[持续|一共|时长]{n}分钟，[几点结束|什么时间结束|结束时间是几点几分]？",
            "{start}[过|再过|过了]{n}分钟是[几点|几点几分|什么时间]？",
            "[从|自]{start}[算起|起|开始]，{n}分钟[后|以后|之后]是[几点|几点几分|什么时候]？",
            "{start}[加|+|加上]{n}分钟[是几点|等于几点|=？]",
            "[现在|此刻|目前]{start}，{n}分钟后[是几点|几点了|是什么时间]？",
            "[我|我们|爸爸]{start}[出门|出发|上路]，[路上要|路上花|走了]{n}分钟，[几点到|什么时候到|几点几分到达]？",
            "[大巴|飞机|高铁|班车]{start}[开出|出发|准点出发]，[{n}分钟后到达|全程{n}分钟|要走{n}分钟]，[到达时间是几点|几点到站|何时到达]？",
            "{who}{start}开始[做作业|跑步|睡午觉|练琴]，[用了|一共]{n}分钟，[做到几点|到几点结束|什么时刻结束]？",
            "[求|算出|计算]{start}之后{n}分钟的[时刻|时间]。",
            "[开始时间|开始|起]：{start}，[时长|用时|历时]：{n}分钟，[结束时间？|结束于？|几点结束？]",
            "[帮忙算下|帮我算算|问一下]，{start}[开始停车|开始充电|开始煮]，{n}分钟[后|之后]是几点",
            "[几点能做完|几点结束|几点收工]？[如果|要是]{start}开始，[需要|要花]{n}分钟。",
            "[蛋糕|面包|排骨]{start}[下锅|进炉|开始做]，要[烤|做|弄]{n}分钟，[几点好|几点出炉|什么时候可以吃]？",
            "[墙上的钟|手表|闹钟]走到{start}，[再走|又走]{n}分钟[是几点|到几点|是几点几分]？",
            "[一场|这场]{n}分钟的[电影|话剧|比赛|报告]，{start}[开始|准时开始]，[几点散场|结束是几点|什么时候完]？",
            "[洗衣机|下载|打印任务]{start}[启动|开始]，[需|还需|共需]{n}分钟，[几点完成|完成时是几点]？",
            "[医生|老师|经理]让[我|他]{n}分钟后[再来|打电话]，[现在是|这会儿是]{start}，[那是几点|应该几点去|是什么时间]？",
            "[若|设|已知]起始时刻为{start}，[历时|经过]{n}分钟，[求结束时刻|则结束时刻为几点|求终止时刻]。",
            "[直播|网课|训练]{start}开始{n}分钟后[下播|结束|停]，[也就是|那是]几点[？|钟？|几分？]",
            "{start}往后[推|数|拨]{n}分钟，[是几点|得到几点|变成几点]？",
            "{who}和{other}约好{start}[后|之后]{n}分钟[见面|碰头|开会]，[是几点|也就是几点几分|约的是几点]？",
            "现在[是|]{start}，[过|再过]{n}分钟[是几点|是什么时间|几点了]？",
            "[火车|飞机|公交车|轮船]{start}[出发|开出|起飞]，[{n}分钟后到达|路上要{n}分钟|行驶{n}分钟]，[几点到|什么时候到|到达时间是几点]？",
            "[我|小明|妈妈]{start}开始[写作业|做饭|跑步|看书|开会]，[用了|花了|一共]{n}分钟，[几点结束|什么时候做完|完成时是几点]？",
            "{start}[之后|后|过]{n}分钟是[几点|什么时刻|几点几分]？",
            "[比赛|会议|演出|考试|课程]{start}开始，[持续|进行|时长]{n}分钟，[几点结束|什么时候完|结束时间是多少]？",
            "[蛋糕|面包|衣服]{start}[放进去|开始烤|开始洗]，要{n}分钟，几点[好|完成]？",
            "{start}加{n}分钟[是几点|等于几点|=][？|]",
        ),
    },
    "weekday": {
        "en": (
            "[If|Given that|Supposing] today is [a |]{day}, [which weekday|what day of the week|which day of the "
            "week] [will it be in|is it in] {n} days?",
            "[Which|What] weekday [is it|will it be] {n} days [from now|from today|after today] if today is {day}?",
            "It is {day} [today|now]. [In {n} days it will be which day of the week?|{n} days later it is what day?|"
            "Name the weekday {n} days later.]",
            "{day} + {n} days = [which weekday?|what day of the week?|?]",
            "[Find|Determine|Give|Name] the day of the week {n} days after [a |]{day}.",
            "[hey |btw |]today's {day}, [what weekday is it in {n} days|which day is {n} days from now|whats the day "
            "{n} days later]",
            "[My exam|Our trip|The wedding|The concert|My flight] is in {n} days and today is {day}. [On which "
            "weekday is it?|What day of the week is that?|Which weekday does it fall on?]",
            "[Today|Start]: {day}. [Days later|After]: {n} days. [Weekday?|Which day of the week?]",
            "[A parcel|The letter|An order] [sent|posted|placed] on a {day} [comes|arrives] {n} days later. On [what|"
            "which] day of the week [does it arrive|is that]?",
            "[The baby was born|The course began|The repair started|The siege began] on a {day}. [Which weekday was "
            "it|What day of the week was it] {n} days later?",
            "{n} days after a {day} [comes|is] [which weekday?|what day of the week?|a what?]",
            "[Count|Go|Move] {n} days [forward|on|ahead] from {day}. [Where in the week do you land?|Which weekday "
            "do you reach?|What day is it then?]",
            "[I start|She starts|They start] a [diet|challenge|project] of {n} days this {day}; [what weekday is it|"
            "which weekday is it] [when|once] {n} days have passed?",
            "[What day of the week|Which weekday] [follows|comes] {n} days after {day}?",
            "[We|They|The neighbours] [come back|return|meet again] in {n} days. [As today is|Today is|With today "
            "being] {day}, [on which weekday will that be?|that is which day of the week?]",
            "[Let|Assume] today be {day}. [Find|Determine] the weekday {n} days [later|ahead].",
            "[A rent|The rent|An invoice] is due {n} days [from today|from now], and today is {day}. [What weekday "
            "is the due date?|Which day of the week is that?]",
            "Today [happens to be|is] {day}; [please tell me|tell me|say] [what|which] weekday it [is|will be] after "
            "{n} days.",
            "[Having|With] {day} today, {n} days [on|later] we [have|will have] [which day?|what day of the week?|"
            "which weekday?]",
            "[My grandma|My daughter|A pupil] asks: today is {day}, [what day will it be|which day of the week will "
            "it be] when {n} days are over?",
            "[weekday puzzle|calendar question]: {day} today, {n} days later[?| it is ...?| what day of the week?]",
            "[If today is|Today's] {day}, what [day of the week|weekday] is it {n} days [from now|later|from today]?",
            "[It is|It's] {day}. [What day will it be|Which weekday is it] in {n} days?",
            "[Which|What] [day|weekday|day of the week] [comes|falls|is] {n} days after [a |]{day}?",
            "[My exam|The party|Our trip|The concert] is in {n} days. Today is {day}. [On which weekday is it?|What "
            "weekday is that?]",
            "[starting|counting] from {day}, [which weekday|what day] do [I|we|you] [reach|get] after {n} days?",
            "{day} + {n} days = ?",
            "{n} days after {day}[, which weekday is that?| is what day|?]",
        ),
        "zh": (
            "今天[是|为|正好是]{day}，{n}天[之后|以后|后][是周几|是星期几|是礼拜几]？",
            "[如果|假如|要是]今天{day}，[那么|那|][再过|过]{n}天[是周几|是礼拜几|星期几]？",
            "{day}[过|再过|往后数]{n}天[是星期几|是周几|到星期几]？",
            "{day}+{n}天=[星期几|周几|？]",
            "[求|推算|算出]{day}之后第{n}天[是星期几|是周几|的星期数]。",
            "[考试|婚礼|演出|航班|比赛]在{n}天后，今天{day}，[那天是星期几|当天是周几|到那天是周几]？",
            "[帮忙算下|帮我看看|问一下]今天{day}，{n}天后[周几|星期几|礼拜几]",
            "[今天|起始]：{day}，[天数|经过]：{n}天，[星期几|周几][？|]",
            "[包裹|快递|信]{day}寄出，{n}天后[送到|收到]，[收到那天是星期几|到的时候是周几]？",
            "[孩子|小狗|小熊猫]在一个{day}[出生|降生]，{n}天后[庆祝|拍照留念|称体重]，[那天是星期几|那是周几]？",
            "{n}天[后|之后|以后]是[星期几|周几]，[如果|假设]今天{day}？",
            "[周期问题|日期推理|思考题]：今天是{day}，[问|求]{n}天后是星期几[？|。]",
            "[以今天{day}为起点|从今天{day}算起]，[往后数{n}天|过去{n}天]，[是星期几|落在星期几|到了周几]？",
            "[爸爸|老板|我]{day}出差，{n}天后[回来|返回]，[回来时是星期几|周几回到家]？",
            "[工程|训练营|展览]{day}[开始|启动]，[经过|过了]{n}天[完成|结束]，[结束时是周几|那天是星期几]？",
            "一周[循环一次|周而复始]，今天{day}，{n}天后[应该是|会是|就是]星期几？",
            "[某天|某日|有一天]是{day}，[从它往后|那天之后]{n}天是[周几|星期几]？",
            "[已知|若]当天为{day}，[则|那么]{n}天后[为星期几|是星期几|是周几]？",
            "[妈妈|奶奶|同学]问我，[今天|今儿]{day}，[再等|等]{n}天[是星期几|是礼拜几|周几了]？",
            "[还有|还要等]{n}天[交房租|放假|开学]，今天{day}，[那天星期几|那天是周几|是在星期几]？",
            "{n}天[前|以前]是{day}，[今天|现在]是[星期几|周几|礼拜几]？",
            "[如果|要是|假如]今天是{day}，[那么|]{n}天[后|之后|以后]是[星期几|周几|礼拜几]？",
            "今天{day}，[再过|过|等]{n}天是[星期几|周几]？",
            "[考试|聚会|旅行|比赛]在{n}天后，今天{day}，[那天是星期几|那天是周几]？",
            "从{day}[算起|开始|起]，[过|数]{n}天[是星期几|到星期几|是周几]？",
            "{day}[之后|后|往后]{n}天是[星期几|礼拜几|周几][？|]",
            "{day}再过{n}天，[星期几|是哪一天（星期）|周几]？",
        ),
    },
    "later_date": {
        "en": (
            "[Which date|What date] is {n} days after {y}-{m}-{d}?",
            "[Find|Calculate|Determine|Give] the [calendar date|date] {n} days [after|from|later than] {y}-{m}-{d}.",
            "{y}-{m}-{d} + {n} days[ = ?|, which date?|]",
            "[Add|Please add] {n} days to {y}-{m}-{d}[.|, what date is that?| - the date?]",
            "[A contract|A warranty|A visa|A loan] [starts|begins] on {y}-{m}-{d} and [ends|expires] {n} days later. "
            "[On which date?|What is the end date?|Which date is that?]",
            "[Starting|Counting] from {y}-{m}-{d}, [what date do we reach after|what is the date after] {n} days?",
            "[hey |btw |]whats the date {n} days [after|from] {y}-{m}-{d}",
            "[If|When] today is {y}-{m}-{d}, what [date|calendar day] [will it be|is it] in {n} days?",
            "[start date|from]: {y}-{m}-{d}, [days|plus]: {n}, [end date?|resulting date?|date?]",
            "[I bought it|The child was born|The course began|The parcel was sent] on {y}-{m}-{d}. [What date was it "
            "{n} days later?|Which date comes {n} days after that?|Give the date {n} days after.]",
            "[Move|Go|Shift] {n} days forward from {y}-{m}-{d}. [Which date is it?|What is the new date?|What date "
            "do you get?]",
            "[An invoice|A payment|A library book] dated {y}-{m}-{d} is due [in|after] {n} days. [What is the due "
            "date?|On what date is it due?]",
            "{n} days [after|past] {y}-{m}-{d}: [what date?|which day of which month and year?|date?]",
            "[What is the date when|On what date will it be that] {n} days have passed since {y}-{m}-{d}?",
            "[Year|The year] {y}, month {m}, day {d}: [what date is it {n} days later?|find the date {n} days later.|"
            "{n} days on, which date is it?]",
            "On [what|which] date [does|will] the {n}-day [wait|deadline|period] [from|counted from] {y}-{m}-{d} end?",
            "[Which|What] date is {n} days [after|from|later than] {y}-{m}-{d}?",
            "[Today is|It is] {y}-{m}-{d}. [What date is it in {n} days?|Which date comes {n} days later?]",
            "[Add|add] {n} days to {y}-{m}-{d}[.|, what date is that?|]",
            "{y}-{m}-{d} [plus|+] {n} days[?| = ?|, which date]",
            "[A visa|A ticket|A loan|A trial|The milk] from {y}-{m}-{d} is [valid|good] for {n} days. On which date "
            "[does it end|is it over]?",
            "[I ordered|We started|She left|He was born] on {y}-{m}-{d}; {n} days [later|after that] is which date?",
            "[count|Count] {n} days [forward|on] from {y}-{m}-{d}[. Which date is it?|: date?]",
        ),
        "zh": (
            "{y}年{m}月{d}日[再过|往后|过]{n}天是[几月几日|哪一天|哪年哪月哪日]？",
            "{y}-{m}-{d}[加|+|加上]{n}天[是哪天|是什么日期|等于哪一天|=？]",
            "[求|算出|推算]{y}年{m}月{d}日[后|之后|以后]第{n}天的[日期|年月日]。",
            "[从|自]{y}年{m}月{d}日[起|算起|开始]，[过{n}天|{n}天之后|往后数{n}天]是[哪年哪月哪日|几号|哪一天]？",
            "[帮忙算下|帮我算算|查一下]{y}-{m}-{d}[往后|之后]{n}天[是几号|是几月几号|是哪天]",
            "[合同|保修|签证|贷款]从{y}年{m}月{d}日[开始|起算]，{n}天后[到期|截止]，[到期日是哪天|是哪一天|截止日期是几月几日]？",
            "[今天|如果今天]是{y}年{m}月{d}日，{n}天[后|以后][是几月几日|是什么日期|是哪一天]？",
            "[起始日期|开始日期|日期]：{y}-{m}-{d}，[加天数|天数|间隔]：{n}，[结束日期？|求结束日期|得到哪天？]",
            "[宝宝|妹妹|表弟]{y}年{m}月{d}日出生，[出生{n}天后|再过{n}天]是[哪一天|几月几号|什么日期]？",
            "{n}天[后|以后]是[哪天|几号|什么日期]，[如果|假设]现在是{y}年{m}月{d}日？",
            "[已知|设]某事发生于{y}年{m}月{d}日，[求{n}天后的日期|则{n}天后是哪年哪月哪日|其后{n}天为何日期]。",
            "{y}/{m}/{d}[往后推|推后|顺延]{n}天，[日期是多少|是哪天|变成什么日期]？",
            "[发票|账单|借书]日期{y}年{m}月{d}日，{n}天[后|之后][到期|截止]，[是几月几日|到期日是哪一天]？",
            "[项目|装修|倒计时]{y}年{m}月{d}日[启动|开始]，[经过|历经]{n}天[是|到了]哪年哪月哪日？",
            "[日期计算|日期推算]：{y}年{m}月{d}日 + {n}天[ = ？|，是哪天？|]",
            "{y}年{m}月{d}日[之后|后|过]{n}天是[几月几日|哪一天|几号|什么日期]？",
            "今天是{y}年{m}月{d}日，[再过|过]{n}天是[哪一天|哪年哪月哪日|几月几号]？",
            "从{y}年{m}月{d}日[起|开始|算起]，{n}天[后|之后|以后]是[什么日期|哪天|几月几日]？",
            "{y}-{m}-{d}[加|往后数|加上]{n}天[是哪天|，日期是多少|是什么日期][？|]",
            "[票|会员卡|牛奶|签证]从{y}年{m}月{d}日起{n}天[到期|后失效]，[到期日是哪天|哪天到期]？",
            "[他|我|小王]{y}年{m}月{d}日[出发|入职|下单]，{n}天后是[几号|哪一天|几月几日]？",
        ),
    },
    "ages": {
        "en": (
            "{who} is {d} years older than {other}, and [their ages sum to|their ages total|the sum of their ages "
            "is] {s}. [How old is {who}?|What age is {who}?|Find {who}'s age.]",
            "{other} is {d} years younger than {who}. [Together they are|Both together are|Their combined age is] "
            "{s}[ years|]. How old is {who}[ now| today|]?",
            "How old is {who}, [if|given that] {who} and {other} [are {s} years old together|have a combined age of "
            "{s}] and {other} is {d} years younger?",
            "[The siblings|The friends|The cousins] {who} and {other} are [together|in total] {s} years old. {who} "
            "[was born {d} years before|is {d} years older than|is older by {d} years than] {other}. [Find the age "
            "of {who}.|What is {who}'s age?]",
            "[sum of ages|ages total] {s}, [age difference|difference] {d}, {who} [older than|is older than] "
            "{other}, [age of {who}?|how old is {who}?]",
            "[hey |help me: |]{who} and {other} are {s} [together|combined], {who} is {d} years older, [how old is "
            "{who}|what age is {who}]",
            "[Calculate|Determine|Work out] the age of {who}, who is {d} years older than {other}, when [both ages "
            "add to|the two ages together make] {s}.",
            "Between {who} and {other} there is an age [gap|difference] of {d} years, {who} being the [older|elder]. "
            "The [sum|total] of both ages is {s}. [How old is {who}?|Give {who}'s age.]",
            "If you add the ages of {who} and {other}, you get {s}. {other} is [the younger one|younger], by {d} "
            "years. [How many years old is {who}?|What's the age of {who}?]",
            "Let {who} be {d} years older than {other} and [let |]their total age be {s}. [Find how old {who} is.|"
            "Determine the age of {who}.]",
            "[The age of {who}|{who}'s age] is that of {other} plus {d}. Together [they have lived|they have] {s} "
            "years. [How old is {who}?|Find the age of the older one.]",
            "[Uncle|Teacher|Colleague|Neighbour] {who} and [a friend|a relative], {other}, have ages with sum {s} "
            "and difference {d}; {who} is the older. How old is {who}?",
            '{who} says: "[I am|I\'m] {d} years older than {other}, and [together we are|we are together] {s}." [How '
            "old is {who}?|What is {who}'s age?]",
            "[On the birthday cake of|At the joint party of] {who} and {other} there are {s} candles, one for each "
            "year of both. {who} is {d} years older. How old is {who}?",
            "[My cousins|My neighbours|Our teachers] {who} and {other} [share|have] {s} years [between them|in all]; "
            "{who} has {d} more. [{who} is how old?|How old is {who}, then?]",
            "[Of the two|Among the two], {who} is {d} years the [senior|elder] of {other}; ages [added|summed up]: "
            "{s}. {who}'s age?",
            "[Find the larger age|What is the larger age|Give the larger age]: {who} and {other} are {s} years old "
            "together and {who} is older by {d} years[.|, how old is {who}?]",
            "{other} was born {d} years after {who}. [Today|Now|This year] the two are {s} years old together. How "
            "old is {who}[ today|]?",
            "[Two people|Two players|Two singers], {who} and {other}, are {s} years old [in total|put together]. The "
            "older, {who}, [beats|exceeds] {other} by {d} years. [Age of {who}?|How old is the older?|How old is "
            "{who}?]",
            "[What's {who}'s age?|How old must {who} be?|How old is {who}?] {who} + {other} = {s} years, {who} - "
            "{other} = {d} years.",
            "[I know that|It is known that] {who} and {other} have {s} years together, and that {who} is {d} years "
            "older. [What age does {who} have?|How old is {who} then?]",
            "{who} is {d} years older than {other}. [Together they are|The sum of their ages is|Their ages add up "
            "to] {s}[ years|]. [How old is {who}?|What is {who}'s age?|Find the age of {who}.]",
            "[The ages of|If the ages of] {who} and {other} [sum to|add up to|make] {s} and {who} is {d} years "
            "[older|ahead], how old is {who}?",
            "[How old is {who}|What age is {who}], if {other} is {d} years younger and [both together are|they are "
            "together] {s}?",
            "{other} is {d} years younger than {who}; [the two|both] are {s} years [old |]together. [Find {who}'s "
            "age.|How old is {who}?]",
            "sum of ages {s}, difference {d}, {who} is [older than {other}|the elder, {other} the younger], [how old "
            "is {who}|age of {who}?]",
            "[My age|The age of {who}] [and|plus] [that of {other}|the age of {other}] is {s}. {who} is older by {d} "
            "years. How old is {who}?",
        ),
        "zh": (
            "{who}[今年|]比{other}大{d}岁，[两人年龄之和|他们俩年龄加起来|两个人的年龄和]是{s}岁，[{who}今年多大|{who}的年龄是多少|{who}几岁]？",
            "{other}比{who}小{d}岁，[两人一共|他俩合起来|两人加起来]{s}岁，{who}[多大了|今年几岁|多少岁]？",
            "[{who}几岁|{who}多大|{who}今年多少岁]？[已知|条件：]{who}和{other}[共|一共]{s}岁，{who}[大|年长]{d}岁。",
            "[年龄和|年龄之和]{s}，[年龄差|相差]{d}，{who}比{other}大，[{who}几岁？|求{who}年龄|{who}多大]",
            "[求|计算|算出]{who}的[年龄|岁数]：{who}与{other}[年龄和为|年龄总和为]{s}，{who}比{other}大{d}岁。",
            "{who}和{other}是[亲戚|朋友|同事|邻居]，两人[年龄相加|岁数相加]得{s}，{who}年长{d}岁，[问{who}几岁|{who}的岁数是多少]？",
            "[帮忙算下|帮我算算|求助]，{who}跟{other}加一块{s}岁，{who}大{d}岁，[{who}多大|{who}几岁啊|那{who}是几岁]",
            "{who}说：“我比{other}大{d}岁，我们[俩|两个]一共{s}岁。”[{who}多大|{who}今年多少岁|问{who}几岁]？",
            "[和差问题|应用题|练习]：{who}、{other}两人年龄和{s}岁，[差|相差]{d}岁，{who}[较年长|是大的那个]，[{who}今年几岁|求{who}的年龄|{who}为多少岁]？",
            "{other}[出生时|生下来时]{who}已经{d}岁，[现在|今年]两人[合起来|总共]{s}岁，{who}[现在|今年][几岁|多大|多少岁]？",
            "[设|若]{who}的年龄为x，{other}的年龄为y，x+y={s}，x-y={d}，[求{who}的年龄|{who}多少岁|则{who}几岁]？",
            "[如果|假如]{who}的年龄减去{other}的年龄是{d}，加起来是{s}，[那么|那]{who}[是多少岁|今年多大|几岁]？",
            "{who}和{other}的[生日蛋糕|蛋糕]上一共插了{s}根蜡烛，[每岁一根|一岁一根]，{who}比{other}多{d}根，{who}[几岁|多大]？",
            "{who}比{other}早出生{d}年，[两人今年共|今年两人年龄和是]{s}岁，[求{who}今年的年龄|{who}今年多少岁|{who}多大年纪]？",
            "[今年|现在]，{who}和{other}[的岁数加在一起|年龄之和]正好是{s}，{other}小{d}岁，[则{who}为多少岁|{who}是几岁]？",
            "两个人[的年龄|年纪]加起来{s}岁，[大的|年长的]是{who}，比{other}大{d}岁，[大的多少岁|{who}多少岁|{who}今年多大]？",
            "{who}[长|大]{other}{d}岁，二人[年岁之和|岁数之和]为{s}，[求{who}的岁数|{who}年龄为多少|则{who}的年龄是]？",
            "[体检表上|报名表上|户口本上]，{who}比{other}大{d}岁，两人年龄[总和|合计]{s}岁，[{who}填的是几岁|{who}多少岁|{who}的年龄是多少]？",
            "{s}岁是{who}和{other}[年龄的总和|年龄之和]，{who}[多出|大出]{d}岁，{who}[到底|究竟|]几岁？",
            "[已知|题目说]{who}与{other}的年龄[差|之差]是{d}岁，和是{s}岁，且{who}[更大|年龄大些]，[试求{who}的年龄|求{who}多大|{who}是多少岁]。",
            "{who}比{other}大{d}岁，[两人年龄和是|两人一共|两人年龄加起来]{s}岁，{who}[几岁|多大|多少岁]？",
            "{other}比{who}小{d}岁，[两人年龄之和为|他们共|两个人加起来]{s}岁，[求{who}的年龄|{who}今年几岁|{who}多大][？|。]",
            "{who}{other}两人[今年|]共{s}岁，{who}[大|年长|比{other}大]{d}岁，[问|请问|]{who}[几岁|多大了]？",
            "已知{who}和{other}[年龄之和|岁数和]是{s}，{who}[比{other}|]大{d}岁，[则|那么]{who}的年龄[是多少|为几岁]？",
            "[年龄和|岁数之和]{s}，[年龄差|相差]{d}，{who}比{other}大，{who}[多大|几岁]",
            "{who}、{other}的年龄[加起来|合计]{s}岁，{who}大{d}岁，[帮忙算{who}几岁|{who}是几岁？]",
        ),
    },
    "average": {
        "en": (
            "[What's|Find|Compute|Give] the [average|mean|arithmetic mean|mean value] of [these numbers|the "
            "following numbers|the list|the values]: {said}[?|.|]",
            "[My grades|My scores|My points|Our results] [are|were] {said}. [What is my average?|What is the "
            "average?|What's the mean?]",
            "{said} - [average?|mean?|what is the average|arithmetic mean]",
            "[The temperatures|The measurements|The readings|The weights] [were|are] {said}. [Find the mean.|What "
            "was the average value?|Compute their average.]",
            "[hey |btw |]whats the [average|mean] of {said}",
            "[How large on average|How big on average] are the [values|data|numbers] {said}?",
            "[Add up|Sum] {said} and divide by [how many there are|their count|the number of values]. [What do you "
            "get?|Result?]",
            "[A shop|A baker|A driver|A player] [noted|recorded|counted] {said} on successive days. What is the "
            "[daily average|average per day|mean per day]?",
            "[mean|avg|average]({said}) = ?",
            "[avg|mean|average]: {said}",
            "[The children|The players|The trees|The boxes] [have|show] the [values|numbers] {said}. [Calculate|"
            "Determine|Find] [the average|the mean|their mean].",
            "[Given|For] the [data set|sample|series] {said}, [calculate the sample mean.|find the arithmetic mean.|"
            "what is the average?]",
            "[If|When] {said} [are evened out|are levelled so that all are equal], [how large is each|what is each "
            "value]?",
            "[I ran|We sold|They picked|She read] {said} [of them |]in [several|some] [weeks|months]. [What's the "
            "average?|How many is that on average?]",
            "The [mean|average] of [a list|a row of numbers] is [wanted|needed]; the [list|row] is {said}.",
            "[Help me |Please ]average [these|the numbers]: {said}[.|]",
            "[What is|Find|Give] the [average|mean] of [these|the] [marks|scores|temperatures|heights|prices|ages|"
            "values|measurements]: {said}[?|.|]",
            "[My|Our|The|Her] [marks|scores|temperatures|heights|prices|ages|values|measurements] [are|were] {said}. "
            "[What is the average?|What's the mean?|How much is that on average?]",
            "[mean of|average of|avg] {said}",
            "How [big|large] are {said}[ on average|, taken as a mean]?",
            "Take {said}: [what is their mean?|find the average.|average?]",
            "If [we|I|you] [get|measure|count] {said}, what is the [average|mean value]?",
            "[Add|Sum] {said} and divide by how many they are: [what is the mean|which average comes out]?",
        ),
        "zh": (
            "[求|计算|算一算][下列|下面|这些|这组][数|数据]的[平均数|平均值|均值]：{said}[。|]",
            "[我的成绩|几次得分|各科分数]是{said}，[平均分是多少|平均多少分|求平均分]？",
            "{said}，[平均数？|均值是多少|求平均|平均是多少]",
            "[平均数|平均值|均值]：{said}",
            "[帮忙算下|帮我算算]{said}的[平均|均值|平均值]",
            "[几天的气温|几次测量值|每天的销量|每日步数]分别为{said}，[平均每天是多少|求平均值|平均值为多少]？",
            "数据{said}的[均值|算术平均数|平均水平][是多少|为多少|怎么算][？|]",
            "[已知|设]一组数据：{said}，[则它们的平均数为|则这组数据的平均数是|其平均数等于][多少？|]",
            "[把|将]{said}[加起来再除以个数|相加后除以数的个数]，[得多少|结果是多少]？",
            "{said}[这几个数|这些数][平均起来|平均下来][是多少|等于多少]？",
            "[样本|一个样本的数据]为{said}，[求样本平均数|样本均值是多少|求样本均值]。",
            "[如果|假如]把{said}[移多补少|匀一匀]使每份[一样多|同样多]，[每份是多少|每份有多少]？",
            "[几个同学|几位工人|几只母鸡|几棵树]的[数量|记录]依次是{said}，[平均每个是多少|平均是多少|求平均数]？",
            "[老师让我们|作业要]求{said}的平均数，[等于多少|答案是多少|是几]？",
            "[均值|平均数]是多少？[数据如下|数字有|这组数是]：{said}",
            "[一组|这几个|几次][成绩|得分|气温|身高|价格|年龄|数值|测量值][是|为|：]{said}，[平均数是多少|求平均值|平均是多少|平均多少][？|]",
            "{said}的[平均值|平均数|均值][是几|是多少|等于多少|怎么算][？|]",
            "[求|算一下|请算]这组数[据|]的[平均数|均值]：{said}",
            "[小明|我|他]的[成绩|得分]是{said}，[平均分|平均成绩][是多少|多少]？",
            "[数据|有一组数]{said}，[平均数|均值]为[多少|几]？",
            "{said}[平均下来|平均一下][是多少|得几][？|]",
        ),
    },
    "median": {
        "en": (
            "[Find|Give|Determine|State] the median of [these numbers|the following values|the list|this data set]: "
            "{said}[.|]",
            "[What's|What is] the [median|median value|middle value] [when these are sorted|in order of size]: "
            "{said}?",
            "{said} - [median?|what's the median|find the median]",
            "[median|Median of]: {said}",
            "[Our scores|The times|The prices|The heights] [are|were] {said}. [What is the median?|Find the median.|"
            "What's the median value?]",
            "[hey |help |]whats the median of {said}",
            "[Sort|Order|Arrange] {said} [by size|from small to large] and [take the middle|give the median][.|: "
            "what is it?]",
            "For the [data|sample|observations|series] {said}, [find|compute|determine] the [median|sample median].",
            "[A nurse|A coach|A farmer|A clerk] [noted|wrote down] {said}. [What is the median of these?|Which value "
            "is the median?|Compute the median.]",
            "median({said}) = ?",
            "[Half of the values lie below it, half above|The central value by rank]: what is the median of {said}?",
            "[If|When] the data [are|read] {said}, what [median|value of the median] [do you get|results]?",
            "[I need|We need|My teacher wants] the median [of the numbers|of] {said}[.|, what is it?]",
            "The median [is wanted|is to be found] [of the values|for] {said}.",
            "[Which number|What number] is the median of the [list|set of values|row] {said}?",
            "[What is|Find|Give] the median of [these|the] [marks|scores|temperatures|heights|prices|ages|values|"
            "measurements]: {said}[?|.|]",
            "[My|Our|The|Her] [marks|scores|temperatures|heights|prices|ages|values|measurements] [are|were] {said}. "
            "[What is the median?|Find the median.|What's the middle value?]",
            "median of {said}[?|]",
            "Sort {said}: [what is in the middle|which value is the median]?",
            "[Take|For] the data {said}, [what is the median?|find the middle value.|median?]",
            "[Which|What] number is the median of {said}?",
        ),
        "zh": (
            "[求|找出|写出|计算][下列|下面|这组][数据|数]的中位数：{said}[。|]",
            "[一组数据|一组数]{said}，[它的中位数是|其中位数为|中位数是][多少？|几？|]",
            "{said}，[中位数？|中位数是几|求中位数|中位数多少]",
            "[中位数|求中位数]：{said}",
            "[帮忙找下|帮我看看|问一下]{said}的中位数[是几|是多少|]",
            "[把|将]{said}[从小到大排好|按大小排列|排序]，[中位数是多少|求中位数|中位数为多少]？",
            "[几位同学的成绩|几天的气温|几次跳绳个数|各组人数]分别是{said}，[中位数是多少|求这组数据的中位数|则中位数为多少]？",
            "[已知|设]样本数据为{said}，[则中位数为|样本中位数是|则其中位数等于][多少？|]",
            "[按大小排列后|排好序以后]，{said}[处在正中的值（中位数）|的中位数]是[多少|几]？",
            "[作业|练习|统计题]：{said}的中位数[是多少|等于几|怎么求][？|]",
            "[中位数是多少|中位数是几]？[数据是|数据如下|这些数是]：{said}",
            "[小组|车间|商店]记录了{said}[这些数|这几个数据]，[中位数是哪个值|它们的中位数是多少|求它们的中位数]？",
            "[老师让求|要求]{said}[这几个数|这组数据]的中位数，[答案是多少|是几|应是多少]？",
            "[若|如果]数据为{said}，[那么中位数|则中位数][是多少|等于多少|为]？",
            "[算出|给出]{said}的中位[数|值][。|，谢谢|]",
            "[一组|这几个|几次][成绩|得分|气温|身高|价格|年龄|数值|测量值][是|为|：]{said}，[中位数是多少|求中位数|中位数是几][？|]",
            "{said}的中位数[是几|是多少|等于多少|怎么求][？|]",
            "[求|找出|请算]这组数[据|]的中位数：{said}",
            "[数据|有一组数]{said}，中位数为[多少|几]？",
            "把{said}从小到大[排列|排好]，[中间的数|中位数]是多少？",
            "[已知|给出]{said}，[则中位数是|中位数为]",
        ),
    },
    "mode": {
        "en": (
            "[Find|Give|Determine|State] the mode of [these numbers|the following values|the list|this data set]: "
            "{said}[.|]",
            "[Which|What] [number|value] [occurs|appears|comes up] most often in [the list |the data |]{said}?",
            "{said} - [mode?|what's the mode|find the mode]",
            "[mode|Mode of]: {said}",
            "[Shoe sizes sold|Goals scored|Dice sums|Ages noted]: {said}. [What is the mode?|Find the mode.|Which is "
            "the most frequent one?]",
            "[hey |help |]whats the mode of {said}",
            "[Which|What] is the most [frequent|common] [value|number] among {said}?",
            "For the [data|sample|observations|series] {said}, [find|name|determine] the [mode|modal value].",
            "[A waiter|A coach|A farmer|A clerk] [noted|wrote down] {said}. [Which number is there most often?|What "
            "is the mode of these?|Find the modal value.]",
            "mode({said}) = ?",
            "The [value with the highest frequency|most frequent entry] in {said} [is ...?|is what?|- which one is "
            "it?]",
            "[I need|We need|My teacher wants] the mode [of the numbers|of] {said}[.|, what is it?]",
            "[If|When] the data [are|read] {said}, what is [the mode|their mode|the modal value]?",
            "[Which one|Which of them] [repeats|turns up] the most: {said}?",
            "[Statistics|Exam]: the mode of the [values|set|data] {said} is [what?|...]",
            "[What is|Find|Give] the mode of [these|the] [marks|scores|temperatures|heights|prices|ages|values|"
            "measurements]: {said}[?|.|]",
            "[My|Our|The|Her] [marks|scores|temperatures|heights|prices|ages|values|measurements] [are|were] {said}. "
            "[What is the mode?|Find the mode.|Which comes most often?]",
            "mode of {said}[?|]",
            "[Which|What] [number|value] [occurs|appears|comes up] [most often|most frequently|most] in {said}?",
            "[Take|For] the data {said}, [what is the mode?|which value is the most frequent?|mode?]",
            "[the most common|the most frequent] [number|value] of {said}[?|]",
        ),
        "zh": (
            "[求|找出|写出][下列|下面|这组][数据|数]的众数：{said}[。|]",
            "{said}[中|里][出现次数最多|出现最多|最常出现]的[数|数字|数据]是[哪个|多少|几]？",
            "{said}，[众数？|众数是几|求众数|众数多少]",
            "[众数|求众数]：{said}",
            "[帮忙找下|帮我看看|问一下]{said}的众数[是几|是多少|]",
            "[一组数据|一组数]{said}，[它的众数是|其众数为|众数是][多少？|几？|]",
            "[售出鞋码|各场进球数|几次掷得的点数和|各户人口]分别为{said}，[众数是多少|求众数|则众数为多少]？",
            "[已知|设]样本数据为{said}，[则众数为|样本众数是|则其众数等于][多少？|]",
            "[在|]{said}[这些数里|这几个数当中]，[哪个数重复得最多|哪个数最多见|谁出现得最频繁]？",
            "[作业|练习|统计题]：{said}的众数[是多少|等于几|怎么找][？|]",
            "[众数是多少|众数是哪个]？[数据是|数据如下|这些数是]：{said}",
            "[小组|车间|班级]记录了{said}[这些数|这几个数据]，[众数是哪个|它们的众数是多少|求它们的众数]？",
            "[数一数|统计一下]，{said}[里频数最高的数|中频率最大的数值][是几|是多少]？",
            "[若|如果]数据为{said}，[那么众数|则众数][是多少|等于多少|为]？",
            "[老师让找|要求给出]{said}[这几个数|这组数据]的众数，[答案是多少|是几|应是多少]？",
            "[一组|这几个|几次][成绩|得分|气温|身高|价格|年龄|数值|测量值][是|为|：]{said}，[众数是多少|求众数|众数是几][？|]",
            "{said}的众数[是几|是多少|是哪个|怎么求][？|]",
            "[求|找出|请算]这组数[据|]的众数：{said}",
            "{said}[里面|中]出现[次数最多|最多]的[数是几|是哪个数|数是多少]？",
            "[数据|有一组数]{said}，众数为[多少|几]？",
            "[哪个数|什么数]在{said}中[出现最多|出现次数最多]？",
        ),
    },
    "variance": {
        "en": (
            "[Find|Compute|Calculate|Determine] the [population variance|variance (population)|variance, dividing by "
            "n,] of [these numbers|the following values|the list|this data set]: {said}[.|]",
            "[What's|What is] the population variance of [the data |the values |the numbers |]{said}?",
            "{said} - [population variance?|what's the population variance|variance with division by n?]",
            "[population variance|variance (divide by n)|Var, population]: {said}",
            "[The whole population|A complete population|The full set of values] is {said}. [Find its variance.|What "
            "is its variance?|Compute the variance.]",
            "[hey |help |]whats the population variance of {said}",
            "[Compute|Find|Give] the mean of the squared deviations [from the mean|from their average] for {said}.",
            "[Treat|Take|Regard] {said} as a [whole|complete] population. [What is the variance?|Calculate the "
            "variance.|Determine its variance.]",
            "[The measurements|The scores|The weights|The readings] [are|were] {said}. [What is the population "
            "variance?|Find the variance, dividing by n.|Give the variance of this population.]",
            "[The average squared distance|The mean squared distance] of {said} from their [mean|average] [is how "
            "much?|is what?]",
            "[I need|We need|My teacher wants] the population variance [of the numbers|of] {said}[.|, what is it?]",
            "For the [data|series|observations] {said}, [find|compute|determine] sigma squared[ (population)|, the "
            "population variance].",
            "[Statistics|Exam]: [calculate|find] the variance of {said} [with n in the denominator|(population "
            "formula)|using the population formula].",
            "[How large|How big] is the [population variance|variance in the population sense] of {said}?",
            "[If|When] the [entire|whole] population [is|consists of] {said}, what is [its variance|the variance]?",
            "[What is|Find|Give] the [population |]variance of [these|the] [marks|scores|temperatures|heights|prices|"
            "ages|values|measurements]: {said}[?|.|]",
            "[My|Our|The|Her] [marks|scores|temperatures|heights|prices|ages|values|measurements] [are|were] {said}. "
            "[What is the population variance?|Find the variance, dividing by n.]",
            "[population variance|variance|var] of {said}[?|]",
            "[Take|For] the data {said}, [what is the population variance?|find the variance.]",
            "[How large|What] is the variance (population) of {said}?",
            "Find the mean of the squared deviations [from the mean |]of {said}.",
        ),
        "zh": (
            "[求|计算|算出][下列|下面|这组][数据|数]的方差：{said}[。|]",
            "[一组数据|一组数]{said}，[它的方差是|其方差为|方差是][多少？|几？|]",
            "{said}，[方差？|方差是多少|求方差|方差多少]",
            "[方差|求方差|总体方差]：{said}",
            "[帮忙算下|帮我算算|问一下]{said}的[方差|总体方差][是多少|]",
            "[几次射击的环数|几天的气温|几次测验的分数|各株苗高]分别是{said}，[方差是多少|求这组数据的方差|则方差为多少]？",
            "[已知|设]一组数据为{said}，[则方差为|则方差s²为|则其方差等于][多少？|]",
            "{said}[这些数|这几个数][与平均数之差的平方的平均数|离差平方的平均值][是多少|等于多少]？",
            "[作业|练习|统计题]：{said}的方差[是多少|等于几|怎么求][？|]",
            "[方差是多少|方差多大]？[数据是|数据如下|这些数是]：{said}",
            "[把|将]{said}看作[总体|全体数据]，[求总体方差|总体方差是多少|它的方差为多少]？",
            "[小组|车间|运动员]记录了{said}[这些数|这几个数据]，[它们的方差是多少|求它们的方差|方差怎么算]？",
            "[若|如果]数据为{said}，[那么方差|则方差][是多少|等于多少|为]？",
            "[衡量|想看]{said}的[波动大小|稳定程度]，[方差是多少|求方差|算一下方差]",
            "[老师让求|要求]{said}[这几个数|这组数据]的方差，[答案是多少|应是多少|是几]？",
            "[一组|这几个|几次][成绩|得分|气温|身高|价格|年龄|数值|测量值][是|为|：]{said}，[方差是多少|求方差|总体方差是几][？|]",
            "{said}的[总体|]方差[是几|是多少|等于多少|怎么求][？|]",
            "[求|算出|请算]这组数[据|]的方差：{said}",
            "[数据|有一组数]{said}，[它的|]方差为[多少|几]？",
            "[样本|这组]数据{said}[的|，]方差[是|=|为][多少？|？|]",
            "计算{said}的[方差|总体方差][。|]",
        ),
    },
}
