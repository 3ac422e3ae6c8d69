"""The sentences of repeated games and evolution."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # repeated games
    "the stage game has no pure equilibrium to punish with; give a mixed one": "阶段博弈没有可用作惩罚的纯策略均衡；请给出一个混合均衡",
    "punish={profile!r} is not a profile of this game": "punish={profile!r} 不是这个博弈的策略组合",
    "punish={profile!r} is no equilibrium of the stage game: somebody gains {gain} by deviating": (
        "punish={profile!r} 不是阶段博弈的均衡：有人偏离可多得 {gain}"
    ),
    "cooperate={profile!r} is not how {n} players spread over {k} actions": "cooperate={profile!r} 不是 {n} 人在 {k} 个行动上的分布",
    "punish={profile!r} is no equilibrium in which all players do the same": "punish={profile!r} 不是人人行动相同的均衡",
    "the stage game has no equilibrium in which all players do the same pure action; use its normal form": (
        "阶段博弈没有人人取同一纯行动的均衡；请用它的标准式"
    ),
    "size={value!r} must be at least 1": "size={value!r} 至少应为 1",
    "population={value!r} must be a whole number": "population={value!r} 必须是整数",
    "a path of length {length} is too long to follow; at most {limit}": "长度为 {length} 的路径太长，无法跟踪；上限为 {limit}",
    "selection times the difference of payoffs is more than {limit}; lower the selection": "选择强度乘以收益之差超过 {limit}；请降低选择强度",
    "firms={value!r} must be at least 2": "firms={value!r} 至少应为 2",
    "model={value!r} is not known; one of {known}": "没有 model={value!r}；可用：{known}",
    "{name}={value} must lie between 0 and 1": "{name}={value} 应在 0 与 1 之间",
    "profile {profile!r} does not fit a game of {shape} actions": "策略组合 {profile!r} 与行动数为 {shape} 的博弈不符",
    "payoff sets are computed for two players; this game has {n}": "收益集只对两人计算；这个博弈有 {n} 人",
    "payoff sets are computed for at most {limit} profiles; this game has {n}": "收益集至多对 {limit} 个策略组合计算；这个博弈有 {n} 个",
    "delta={value} must be more than 0 and less than 1": "delta={value} 应大于 0 且小于 1",
    "limit: {n} rounds did not settle the set; it contains all equilibrium payoffs": ("达到上限：{n} 轮后集合仍未稳定；它包含所有均衡收益"),
    "limit: after {n} rounds the numbers are too long; the set contains all equilibrium payoffs": (
        "达到上限：{n} 轮后数字过长；该集合包含所有均衡收益"
    ),
    "interrupted after {n} rounds; the set contains all equilibrium payoffs": "在 {n} 轮后中断；该集合包含所有均衡收益",
    "{a} benefits and {d} burdens do not fit": "{a} 项收益与 {d} 项负担不相符",
    "units={n} must lie between 1 and {most}": "units={n} 应在 1 与 {most} 之间",
    "benefits={value} must not be negative": "benefits={value} 不得为负",
    "automata play games of two players; this game has {n}": "自动机只进行两人博弈；这个博弈有 {n} 人",
    "delta={value} must be at least 0 and less than 1": "delta={value} 应不小于 0 且小于 1",
    "tit-for-tat needs two players with two actions; this game has {shape} actions": (
        "以牙还牙要求两人各有两个行动；这个博弈的行动数为 {shape}"
    ),
    "the strategy {name!r} does not fit a game of {shape} actions": "策略 {name!r} 与行动数为 {shape} 的博弈不符",
    "this is no prisoner's dilemma: temptation, reward, punishment and sucker's payoff do not fall in this order": (
        "这不是囚徒困境：诱惑、奖励、惩罚、受骗四种收益没有依次递减"
    ),
    # cascades and rest points
    "seed={seed} must lie between 0 and the number of people, {n}": "seed={seed} 应在 0 与人数 {n} 之间",
    "goal={goal} must lie between 0 and the number of people, {n}": "goal={goal} 应在 0 与人数 {n} 之间",
    "the shares {always} and {never} must not be negative, nor sum to more than 1": "份额 {always} 与 {never} 不得为负，其和不得超过 1",
    "a={a}, b={b} must be whole numbers, at least 1": "a={a}、b={b} 应为不小于 1 的整数",
    "needs 0 <= cost <= benefit and at least two players; got cost {c}, benefit {b}, size {n}": (
        "要求 0 <= 成本 <= 收益且至少两人；给出的是成本 {c}、收益 {b}、人数 {n}"
    ),
    "needed={k} must lie between 1 and the number of players, {n}": "needed={k} 应在 1 与人数 {n} 之间",
    "needs 1 <= needed <= players, two players and a cost of at least 0; got {k}, {n}, {c}": (
        "要求 1 <= 所需人数 <= 总人数、至少两人、成本不为负；给出的是 {k}、{n}、{c}"
    ),
    "the sign of a gain of degree {d} is too small to be certain": "{d} 次的得益多项式之值过小，无法确定其正负号",
    # evolution
    "temperature={value} must be positive": "temperature={value} 应为正数",
    "start={start!r} must be shares of {k} actions that sum to 1, and until={until} positive": (
        "start={start!r} 应为 {k} 个行动的份额，其和为 1，且 until={until} 应为正数"
    ),
    "the path was lost: {reason}": "路径无法继续求解",
    "start={start!r} is not how {players} players spread over their actions": "start={start!r} 不是 {players} 名参与者在各行动上的分布",
    "needs a symmetric game of two players; this one has {n}": "要求两人对称博弈；这个博弈有 {n} 人",
    "{k} actions have too many supports to try; at most {limit}": "{k} 个行动的支撑集太多，无法逐一尝试；至多 {limit} 个行动",
    "strategy={value!r} must be probabilities of {k} actions": "strategy={value!r} 应为 {k} 个行动的概率",
    "risk dominance compares two equilibria of two players; this game has {n}": "风险占优比较两人博弈的两个均衡；这个博弈有 {n} 人",
    "{one} and {other} are not two profiles in which both players act differently": "{one} 与 {other} 不是两人行动都不同的两个策略组合",
    "{profile} is no equilibrium: somebody gains by leaving it": "{profile} 不是均衡：有人偏离可以得益",
    # finite populations
    "fixation is computed between two actions; restrict this game of {k} to two": "固定概率在两个行动之间计算；这个博弈有 {k} 个，请先限于两个",
    "a population of {population} cannot form groups of {n}; groups have at least 2": "{population} 人的群体无法组成 {n} 人小组；小组至少 2 人",
    "a population of {population} in groups of {n} is too large; at most {limit} players fit": (
        "{population} 人、每组 {n} 人的群体太大；至多 {limit} 人"
    ),
    "process={value!r} is not known; one of {known}": "没有 process={value!r}；可用：{known}",
    "selection={value} must not be negative, nor more than 1 in a linear Moran process": (
        "selection={value} 不得为负；在线性的莫兰过程中也不得大于 1"
    ),
    "mutant={value!r} must be action 0 or 1": "mutant={value!r} 应为行动 0 或 1",
    "fitness {value} is not positive where {i} of {n} mutate; lower the selection or raise the payoffs": (
        "{n} 人中有 {i} 个突变者时，适应度 {value} 不为正；请降低选择强度或提高收益"
    ),
    # stochastic stability
    "the revision process has {cells} moves; at most {limit} fit": "修正过程有 {cells} 个移动；至多容纳 {limit} 个",
    "there are {n} recurrent classes among {states} states; mistakes between them are counted for at most {limit} moves in all": (
        "{states} 个状态中有 {n} 个常返类；计算其间的失误数时，移动总数至多 {limit}"
    ),
    "needs a normal form or a game of counted players": "需要标准式博弈或按人数计的博弈",
    "dynamics={value!r} is not known; one of {known}": "没有 dynamics={value!r}；可用：{known}",
    "logit dynamics are solved where the game has an exact potential; this one has none": (
        "只在博弈有精确势函数时求解对数响应动态；这个博弈没有"
    ),
    "limit: {kept} of {all} stable states are listed": "达到上限：{all} 个稳定状态中列出 {kept} 个",
    "epsilon={value} must be more than 0 and at most 1": "epsilon={value} 应大于 0 且不大于 1",
    "a chain of {n} states is too large to solve; at most {limit}": "{n} 个状态的马尔可夫链太大，无法求解；至多 {limit} 个",
    "no state is listed twice": "没有状态重复列出",
    "the classes are those that free moves lead to and never out of": "所列各类正是无失误的移动可进而不可出的状态集",
    "no move between classes takes fewer mistakes than the sets that it leaves weigh": "各类之间的移动，其失误数都不少于所离开的各集合的权重之和",
    "no tree is cheaper than is claimed": "没有比所称更省失误的树",
    "there is a tree of that cost to every class that is called stable": "通往每个所称稳定类，都有一棵失误数恰为此值的树",
    "the stable states are those of the classes with the cheapest tree": "稳定状态正是失误最少之树所通往的各类中的状态",
    "the stable states are those of largest potential": "稳定状态正是势函数最大的状态",
    "a counted game has a potential along a line": "按人数计的博弈沿一条线有势函数",
    "the potential moves as the payoff of whoever deviates": "势函数的变化与偏离者收益的变化相同",
    "the cheapest trees along the line lead to the listed states": "沿线失误最少的树通往所列状态",
    "the process is known to the checker": "检验程序认得这个过程",
}
