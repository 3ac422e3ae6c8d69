"""The sentences of the forms of the siting standoff."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # models
    "{name} must list at least two units, not {n}": "{name} 至少应列出两个单元，而不是 {n} 个",
    "most_cost={most} must be more than least_cost={least}": "most_cost={most} 应大于 least_cost={least}",
    "a willing unit must lose at most the benefit {benefit} by hosting, another more, not {easy} and {hard}": (
        "愿意的单元承受的损失应不超过收益 {benefit}，其余单元应更大，而不是 {easy} 与 {hard}"
    ),
    "there are {n} profiles of types; at most {limit} fit": "类型组合有 {n} 个，至多容得下 {limit} 个",
    "damage={value} must be more than 0 for at least two units": "damage={value}：至少须有两个单元大于 0",
    "the least of {n} uncertain amounts is found for at most {limit}": "不确定的数有 {n} 个；最小者的概率至多算 {limit} 个",
    # the standoff
    "what each gains from a facility at the site of another": "设施建在别家时各自的所得",
    "damage over that gain, by unit": "各单元的损害与该所得之比",
    "the least damage over gain of all units": "各单元中最小的损害所得比",
    "who signs for a facility at a site drawn among all": "若在所有地点中抽签定址，谁会签名",
    "who refuses it at home": "谁拒绝建在自家",
    "how many sign and refuse: units in the standoff window": "既签名又拒绝者：处在僵局窗口内的单元数",
    "surplus of all residents and the funder, by site": "居民与出资方的合计盈余，按地点",
    "largest surplus of a site, or of building nothing": "各地点（或不建）中最大的盈余",
    "what the host of the best site gains by it": "最好位置的承受者由此所得",
    "by unit, what accepting brings more than refusing: least and most": "各单元接受比拒绝多得多少：最少与最多",
    "whether nothing being built is the only end of a pure equilibrium": "纯策略均衡是否只以什么也不建告终",
    "what whoever is advised to host gains by refusing, whatever the others do": "无论别人怎样，被建议承受者拒绝至少多得多少",
    "the largest surplus that a mediator's advice can reach": "调解人的建议所能达到的最大盈余",
    "votes for and against each site, against building nothing": "各地点对“不建”的赞成票与反对票",
    "between the two best sites: for the first, for the second, indifferent": "最好的两处之间：选前者、选后者、无所谓",
    "what the host may be paid so that nobody envies anybody: least and most": "使谁也不嫉妒谁的补偿：最少与最多",
    "largest envy at the price asked about": "所问价格下最大的嫉妒",
    "most that anybody gains by another bid when all bid the price asked about": "人人报所问价格时，改报至多多得多少",
    "the least that the unhappiest group lacks: above 0 the core is empty": "最不满的一伙最少还差多少：大于 0 则核为空",
    "whether some division of the gain is stable against every group": "是否有一种分法，任何一伙都不想单干",
    "the division that leaves the unhappiest group least unhappy (nucleolus); none if the units are worth more one by one": (
        "使最不满的一伙不满最小的分法（核仁）；若各单元单干合计反而更多则无"
    ),
    "what each expects of a site drawn among all": "在所有地点中抽签定址时各自的预期所得",
    "how many sign if signing binds them to a site drawn by lot": "若签名即受抽签约束，有多少单元签名",
    "least bond that keeps every drawn host to its word": "使抽中者守约的最少押金",
    "least bond if besides everybody bears an equal part of the damage": "若大家还平摊损害，所需的最少押金",
    "what the host of the best site expects of signing if it is known beforehand that the site will be its own": (
        "若事先知道会建在自家，最好位置的承受者签名的预期所得"
    ),
    "what the best lottery over sites guarantees everybody": "最好的抽签能保证人人得多少",
    "what everybody gains in the worst equilibrium under each rule; none where it does not apply": (
        "各规则下最坏的均衡中人人至少得多少；不适用则无"
    ),
    "what everybody gains in the best equilibrium under each rule": "各规则下最好的均衡中人人至少得多少",
    "whose damage over gain lies between 1 and the sites in the draw": "损害与收益之比介于 1 与备选地点数之间者",
    "whether refusing is never worse for anybody, whatever the others do": "无论别人怎样，拒绝对谁都不吃亏",
    "what everybody gains at least if the lowest bidder hosts for the second-lowest bid; none where that does not apply": (
        "报价最低者按次低报价承受时，人人至少所得；不适用则无"
    ),
    "prices that can come out if both sides announce one and the best host then decides: least and most": (
        "双方各报一价、再由最合适的承受者决定时，可能出现的最低与最高价格"
    ),
    "whether hosting costs everybody more than a period brings": "承受的代价对谁都大于一期的所得",
    "money that each rule needs from outside": "各规则所需的外部资金",
    "of two: what each can secure by promising money alone; none for more": "仅两户时：各自单独许诺能稳得多少；多于两户则无",
    "of two: whether promises can support the best site; none for more, or where it is not known": (
        "仅两户时：许诺能否支持最好的位置；多于两户或无从判断则无"
    ),
    "of two: the division by threats (coco value); none for more": "仅两户时：按威胁所作的划分（合作竞争值）；多于两户则无",
    "chance of each site to be the best if damages are misjudged; none where benefits differ by site": (
        "损害可能误判时，各地点为最好位置的概率；收益因地点而异则无"
    ),
    "share of the sample in which each site is the best": "抽样中各地点为最好位置的比例",
    "what the best lottery guarantees if benefits and damages are misjudged: 5th percentile, median, 95th": (
        "收益与损害可能误判时，最好的抽签所能保证的：第 5 百分位、中位数、第 95 百分位"
    ),
    # nomination
    "sites that are built for sure in some equilibrium": "在某个均衡中必定建成的地点",
    "surplus of all units, by site": "全体单元的盈余，按地点",
    "largest surplus in an equilibrium that builds one site for sure": "必定建在一处的均衡中最大的盈余",
    "least surplus in an equilibrium that builds one site for sure": "必定建在一处的均衡中最小的盈余",
    "most that the one blamed loses": "被点中者至多损失多少",
    "whether the surplus is the same wherever it is built": "无论建在哪里盈余是否相同",
    "number of pure equilibria; none where there are too many profiles to try": "纯策略均衡的个数；组合太多无法逐一试过则无",
    "zero-sum part of the strategic game; none where it is too large": "策略互动中零和的部分；局面太大则无",
    # waiting
    "when a unit of the cost looked at gives in; none if never": "所考察代价的单元何时让步；永不让步则无",
    "by when somebody has given in with probability one half; none if that probability is never reached": (
        "到何时有一半可能已有人让步；永远达不到则无"
    ),
    "probability that nobody ever gives in": "永远无人让步的概率",
    "whether every unit's cost is more than its benefit, so that nobody ever gives in": "是否人人代价大于收益、因而永远无人让步",
    "what a unit expects before it knows its cost, waiting for the others": "尚不知自己代价时，干等的预期所得",
    "what it expects of a host drawn by lot at once": "立即抽签定下承受者的预期所得",
    "most that the unit looked at gains by giving in at another time; none where it never gives in or there are too many units": (
        "所考察的单元改在别的时刻让步至多多得多少；永不让步或单元太多则无"
    ),
    # signing
    "probability that a willing unit accepts its own site": "愿意的单元接受自家地点的概率",
    "probability that the facility is built once all have signed": "全都签名之后建成的概率",
    "probability that nobody hosts although all have signed": "全都签名却无人承受的概率",
    "probability that it is built if every willing unit accepted": "若愿意者都接受，建成的概率",
    "whether willing units leave it to one another": "愿意的单元是否互相推让",
    "what the others' hosting is worth to a unit that would not host": "对不愿承受的单元，别家可能承受值多少",
    "whether units that would not host sign": "不愿承受的单元是否签名",
    "reading of a petition that all signed and nobody hosts: beliefs were naive": "人人签名却无人承受的一种解读：想得天真",
    "reading: signatures cost nothing": "解读：签名不费分文",
    "reading: some might have hosted, and it was bad luck": "解读：本可能有人承受，只是运气不好",
    "probability that a further unit is willing, learned from so many refusals, all having been thought equally likely": (
        "从这许多次拒绝推知下一个单元愿意的概率（原先各种可能一视同仁）"
    ),
    # private siting
    "expected surplus if everything were known": "一切都为人所知时的预期盈余",
    "least outside money, expected, with which the efficient choice is truthful and voluntary; below 0 money is left": (
        "使有效率的选择既真实又自愿所需的最少外部资金（期望值）；负数为剩余"
    ),
    "whether the efficient choice pays for itself": "有效率的选择能否自负盈亏",
    "largest expected surplus that pays for itself": "自负盈亏时最大的预期盈余",
    "least that any type of any player expects under the expected-externality rule": "期望外部性规则下任何一方任何类型的最小预期所得",
    "what a host of each damage expects under the expected-externality rule": "期望外部性规则下，各种损害的承受者的预期所得",
    "what the user of each value expects under the expected-externality rule": "期望外部性规则下，各种价值的使用方的预期所得",
    "expected surplus counted in virtual values: the outside money, with the other sign": "按虚拟价值计的预期盈余：与所需外部资金正负相反",
    # rota
    "least discount factor at which each hosts in its turn; none if no patience suffices": "各自肯轮到就承受的最小贴现因子；再有耐心也不行则无",
    "least discount factor at which all do; none if no patience suffices": "人人都肯的最小贴现因子；再有耐心也不行则无",
    "whether some patience suffices": "足够的耐心能否维持轮流",
    "what each gains in the cycle that begins with its own turn": "从自家轮值开始的一整轮中各自所得",
    "whether the rota holds at the discount factor given": "在给定的贴现因子下轮流能否维持",
    "what each gains in a period on average, if the rota holds": "轮流若能维持，各自平均每期所得",
    "whether nobody ever hosts when the number of turns is known": "轮数已知时是否一次也轮不起来",
    # lobbying
    "what each spends on lobbying": "各自花在游说上的",
    "what all spend on lobbying": "大家合计花在游说上的",
    "how often each hosts": "各自承受的概率",
    "expected damage at the site that comes out": "最后所建之处的预期损害",
    "expected damage if the site is drawn by lot and lobbying is idle": "抽签定址、游说无用时的预期损害",
    "what all lose together, lobbying included": "大家的合计损失，连同游说花费",
}
