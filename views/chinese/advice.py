"""The sentences of correlated, coarse and communication equilibria, and games with private types."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # advice: questions and devices
    "disagreement has {given} payoffs for {players} players": "谈判破裂点给出 {given} 个收益，而参与者有 {players} 位",
    "no device has a product of gains more than 1 + {gap} times as large, proved by dual weights": "没有任何建议方案的收益增量之积超过此值的 1 + {gap} 倍（由对偶权重证明）",
    "probabilities that sum to {total} are no distribution": "概率之和为 {total}，不构成分布",
    "sense={sense!r} goes with objective 'welfare' or 'player' only": "sense={sense!r} 只能与目标 'welfare' 或 'player' 同用",
    "player={player!r} must be the place of a player, from 0 to {last}": "player={player!r} 应为参与者的序号，从 0 到 {last}",
    "profile {profile} is not one of this game": "策略组合 {profile} 不属于这个博弈",
    "the best advice was not found: HiGHS says {status!r}": "未求得最优建议：HiGHS 报告 {status!r}",
    "a coarse correlated equilibrium is a program of {rows} constraints on {columns} profiles; at most {limit} entries fit": "粗相关均衡是含 {rows} 个约束、{columns} 个策略组合的规划；最多容纳 {limit} 项",
    "advice over counts is a program of {rows} constraints on {cells} counts; at most {limit} entries fit": "按人数的建议是含 {rows} 个约束、{cells} 种人数的规划；最多容纳 {limit} 项",
    "a communication equilibrium is a program of {rows} constraints on {cells} cells; at most {limit} entries fit": "沟通均衡是含 {rows} 个约束、{cells} 个单元的规划；最多容纳 {limit} 项",
    "objective={objective!r} needs named players; everybody is alike here": "目标 {objective!r} 需要逐一列名的参与者；此处人人相同",
    "advice over counted types needs rational numbers and types that all are possible": "按人数计的类型建议要求有理数，且每种类型都可能出现",
    # private types
    "the payoffs or the prior are floats: decided for the binary fractions they are, which may part types that are equal": "收益或先验为浮点数：按其二进制分数判定，相等的类型可能因此被分开",
    "{n} signs could not be decided within the digits computed with; an equilibrium may be missing": "有 {n} 处正负号在计算位数内无法判定；可能漏掉均衡",
    "some types are indifferent together or always: of the equilibria in which they mix differently, one is listed": "有些类型同时或始终无差异：它们以不同方式混合的均衡中只列出一个",
    "cut-offs only: with {n} types that are not ordered by their gains, other sets of types may act": "仅列门槛均衡：{n} 种类型未按收益排序，可能由其他类型组合行动",
    "a cut-off between two of the {n} costs looked at may be missing": "在所考察的 {n} 个成本之间可能漏掉门槛",
    "grid={grid} must be at least 2": "grid={grid} 至少应为 2",
    "every cost is at least the benefit: nobody ever concedes": "每个成本都不低于收益：永远无人让步",
    "the game with private types of {n} players has {cells} payoffs; at most {limit} fit": "{n} 位参与者的私人类型博弈有 {cells} 个收益；最多容纳 {limit} 个",
    "prior: probabilities that sum to {total} are no distribution": "先验：概率之和为 {total}，不构成分布",
    "payoffs of shape {shape} do not fit a prior of shape {prior}: (player, types, actions) is needed": "形状为 {shape} 的收益与形状为 {prior} 的先验不符：应为（参与者、类型、行动）",
    "names of players, types or actions do not fit payoffs of shape {shape}": "参与者、类型或行动的名称与形状为 {shape} 的收益不符",
    "players={players!r} must be a whole number, at least 2": "players={players!r} 应为整数，至少为 2",
    "payoffs of shape {shape} do not fit: (types, 2 actions, others who take the second) is {needed}": "收益的形状 {shape} 不符：（类型、2 个行动、选第二行动的他人数）应为 {needed}",
    "role {role!r} has one player only": "角色 {role!r} 只有一位参与者",
    "a leader and a follower are two players; this game has {n}": "先行者与跟随者共两位；此博弈有 {n} 位参与者",
    "noise of shape {shape} does not fit {n} actions of the leader": "形状为 {shape} 的噪声与先行者的 {n} 个行动不符",
    "noise: probabilities that sum to {total} are no distribution": "噪声：概率之和为 {total}，不构成分布",
    # petition and war of attrition
    "units={value!r} must be a whole number, at least 1": "units={value!r} 应为整数，至少为 1",
    "willing={value} must be a probability": "willing={value} 应为概率",
    "benefit={benefit} and cost={cost} must not be negative": "benefit={benefit} 与 cost={cost} 不得为负",
    "the least cost {low} must be below the largest, {high}": "最小成本 {low} 应低于最大成本 {high}",
    "value has {n} entries; one for each number of others, at least 2, is needed": "value 有 {n} 项；每个他人数各需一项，至少 2 项",
    "the distribution function is {found} at {place}; it must be {expected}": "分布函数在 {place} 处为 {found}；应为 {expected}",
    "players={value!r} must be a whole number, at least 1": "players={value!r} 应为整数，至少为 1",
    "rate={value} must be positive": "rate={value} 应为正数",
    "the least cost {value} must not be negative": "最小成本 {value} 不得为负",
    # the checker
    "a distribution over what can be recommended": "是可建议内容上的分布",
    "no other device does better (dual weights)": "没有其他建议方案更好（对偶权重）",
    "that these are all is not claimed here": "此处不声称已列出全部",
    "no other plans are an equilibrium": "没有其他计划构成均衡",
}
