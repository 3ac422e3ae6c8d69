"""The sentences of potentials, decompositions, values, and what anarchy costs."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "there is no weighted potential": "不存在加权势函数",
    # what is refused
    "this game has {cells} payoffs to take apart; at most {limit} fit": "要分解的博弈有 {cells} 个收益值；最多容纳 {limit} 个",
    "the profile {profile} does not fit a game of {shape} actions": "策略组合 {profile} 与各有 {shape} 个行动的博弈不符",
    "weights of a potential are read off exact payoffs; this game is given in floats": "势函数的权重须由精确收益得出；本博弈以浮点数给出",
    "{pairs} deviations to compare; at most {limit} fit": "要比较 {pairs} 次偏离；最多容纳 {limit} 次",
    "{n} players with {shape} actions have {numbers} interactions; at most {limit} fit": (
        "{n} 名参与者各有 {shape} 个行动，交互项共 {numbers} 个数；最多容纳 {limit} 个"
    ),
    "improvement paths through {cells} payoffs; at most {limit} fit": "改进路径要经过 {cells} 个收益值；最多容纳 {limit} 个",
    "the value by {n} threats takes its time; ask for kohlberg_neyman_value alone": "按 {n} 个威胁求值较为费时；请单独调用 kohlberg_neyman_value",
    "the coco value is for two players; this game has {n}": "合作竞争值只为两名参与者定义；本博弈有 {n} 名",
    "{n} players have 2^{n} coalitions to threaten with; at most {limit} players fit": (
        "{n} 名参与者有 2^{n} 个可作威胁的联盟；最多容纳 {limit} 名参与者"
    ),
    "{coalitions} threats of {cells} profiles each; at most {limit} profiles, {all} in all fit": (
        "有 {coalitions} 个威胁博弈，各含 {cells} 个策略组合；每个最多容纳 {limit} 个，合计最多 {all} 个"
    ),
    "social={social!r} is not 'welfare', 'min' or a function of what players get": (
        "social={social!r} 不是 'welfare'、'min'，也不是参与者所得的函数"
    ),
    "a social objective at {cells} profiles; at most {limit} fit": "要在 {cells} 个策略组合上计算社会目标；最多容纳 {limit} 个",
    "a profile of {n} entries does not fit {m} players": "含 {n} 项的策略组合与 {m} 名参与者不符",
    "the probabilities {profile} do not fit a game of {shape} actions": "概率 {profile} 与各有 {shape} 个行动的博弈不符",
    "{n} equilibria are given; at most {limit} are checked": "给出了 {n} 个均衡；最多核对 {limit} 个",
    "alpha={alpha} must not be negative": "alpha={alpha} 不得为负",
    "the taxonomy is of games with two players and two actions each; this one has {shape}": (
        "此分类只适用于两名参与者各有两个行动的博弈；本博弈的行动数为 {shape}"
    ),
    "decompositions are of games in normal form": "只有标准型博弈可以分解",
    # what the checker demands: potential and improvement paths
    "every deviation changes the potential by what the deviator gains": "每次偏离，势函数的变化等于偏离者之所得",
    "the potential is 0 at the first actions": "势函数在各人第一个行动处为 0",
    "gains around the cycle do not sum to zero, so there is no exact potential": "绕圈一周的所得之和不为零，故没有精确势函数",
    "weights are positive, and the weighted potential fits": "权重为正，加权势函数相符",
    "whether every improvement path ends": "是否每条改进路径都会终止",
    "whether some improvement path leads to an equilibrium from everywhere": "是否从任何策略组合出发都有改进路径通往均衡",
    "whether an ordinal potential exists": "是否存在序数势函数",
    # decompositions
    "the four components sum to the payoffs": "四个分量之和等于收益",
    "the nonstrategic part does not depend on own actions": "非策略部分与自己的行动无关",
    "the other parts average zero over own actions": "其余部分对自己的行动平均为零",
    "the zero-sum part sums to zero": "零和部分之和为零",
    "the identical-interest part is the same for all and averages zero over everybody's actions": (
        "共同利益部分人人相同，且对每个人的行动平均为零"
    ),
    "the last part is a potential game without joint interaction of all": "最后一部分是势博弈，且不含全体的共同交互项",
    "the components are orthogonal": "各分量相互正交",
    "their squared norms": "各分量的范数平方",
    "the zero-sum share of what is strategic": "策略部分中的零和份额",
    "the nonstrategic part is the average over own actions": "非策略部分是对自己行动的平均",
    "what is neither nonstrategic nor harmonic has the potential that is written": "除去非策略与调和部分，余下的以所写的函数为势",
    "the harmonic flow balances in every profile": "调和流在每个策略组合处收支相抵",
    "the squared flows": "流的平方和",
    "the harmonic share": "调和份额",
    "the distance to the potential game": "与势博弈的距离",
    "the summit of the potential and its regret": "势函数的最高点及其遗憾值",
    "the conflict share over all profiles": "全部策略组合上的冲突份额",
    # values, selfishness, anarchy
    "players of one class are interchangeable": "同类参与者可以互换",
    "the threat of coalition {members}": "联盟 {members} 的威胁值",
    "every kind of coalition has its threat": "每一种联盟都有其威胁值",
    "the value is the average threat of the players up to each": "值等于按各种次序排到该参与者为止的联盟威胁值的平均",
    "values sum to the largest total": "各人的值之和等于最大总收益",
    "the selfishness level": "自私水平",
    "the optimum is an equilibrium from that level on": "自该水平起，所列的社会最优是均衡",
    "from where all equilibria are optimal": "自何处起所有均衡皆为最优",
    "up to where all equilibria are optimal": "至何处为止所有均衡皆为最优",
    "the weight on others that has the same effect": "效果相同的对他人的权重",
    "the social optimum": "社会最优",
    "how many pure equilibria there are": "纯策略均衡的个数",
    "the worst equilibrium and the price of anarchy": "最差的均衡及无政府代价",
    "the best equilibrium and the price of stability": "最好的均衡及稳定代价",
    "Certificate of a decomposition": "分解的证书",
}
