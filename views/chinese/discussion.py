"""The sentences of deliberation as a process, and facilities on a line."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # processes
    "this talk can return to where it was: its ends are not found one state after another": "这种协商会回到先前的状态，不能逐个状态求出结局",
    "the talk can come to more than {limit} states, too many to go through": "这种协商可能到达的状态多于 {limit} 个，无法逐一遍历",
    "more than {limit} states can be reached": "可能到达的状态多于 {limit} 个",
    "{n} states lead back to each other; at most {limit} are solved together": "有 {n} 个状态互相可达；最多能联立求解 {limit} 个",
    "{why}; sampled": "{why}；改用抽样",
    "{why}; sampled, and {n} of {samples} talks were cut off": "{why}；改用抽样，{samples} 次协商中有 {n} 次被截断",
    "a talk was not over after {n} moves": "一次协商走了 {n} 步仍未结束",
    # pairwise
    "a space of {n} nodes does not fit; at most {limit}": "有 {n} 个节点的空间太大；最多 {limit} 个",
    "not a connected median graph: three nodes have no single node between them": "不是连通的中位图：有三个节点之间没有唯一的中间节点",
    "edges over the same cut must have the same length, not {a} and {b}": "跨过同一分割的边必须等长，不能是 {a} 和 {b}",
    "shares must sum to 1, not {total}": "各份额之和必须为 1，而不是 {total}",
    "two residents at a time bargain about the proposal on the table": "每次两位居民就现有方案商谈",
    "needs places on a median graph that residents want near; a nuisance is wanted far, and distances then mean the opposite": (
        "需要中位图上的地点，而且居民希望离得近；邻避设施希望离得远，距离的意义正好相反"
    ),
    # arguments
    "a discussion needs at least one argument, and all must score the same positions": "讨论至少要有一条论据，而且各条论据须评价同样的方案",
    "a debate of {n} states does not fit; at most {limit}": "有 {n} 个状态的辩论太大；最多 {limit} 个",
    "discussion by arguments, each of which binds the rest of the talk": "据理讨论，用过的论据约束后面的讨论",
    "the authority chooses and pays under {regime}; a discussion decides nothing": "在 {regime} 之下由主管部门决定并赔偿，讨论不起决定作用",
    "{given} distances for {sites} sites": "{sites} 个选址给了 {given} 个距离",
    "a discussion of {n} states does not fit; at most {limit}": "有 {n} 个状态的讨论太大；最多 {limit} 个",
    # coalitions
    "compensation is proposed where every site has one host, and somebody else pays": "只有每个选址各有一户承受、另有他人出钱时，才能提出补偿方案",
    "operator {name!r} is not known; some of {known}": "没有 {name!r} 这种步骤；可选：{known}",
    "a talk needs at least one proposal, and each must say what every resident gains": "协商至少要有一个方案，而且每个方案都须说明各居民得益多少",
    "start_with={value!r} must be favourite or random": "start_with={value!r} 只能是 favourite 或 random",
    "residents gather behind sites": "居民各自聚到选址方案之下",
    "residents gather behind sites with compensation": "居民各自聚到带补偿的选址方案之下",
    "residents gather behind lotteries of sites": "居民各自聚到随机选址方案之下",
    "kind={value!r} is not one of {known}": "kind={value!r} 不在 {known} 之中",
    "coalitions are followed among at most {limit} residents, not {n}": "最多推演 {limit} 位居民的联盟，不能有 {n} 位",
    # opinions
    "W must be a square table of shares, with one susceptibility a row": "W 必须是份额的方阵，每行配一个易受影响程度",
    "opinions of {n} residents are followed for at most {limit}; more fit as floats": (
        "{n} 位居民的意见太多，最多推演 {limit} 位；用浮点数可以更多"
    ),
    "every row of W must be shares that sum to 1": "W 的每一行都必须是和为 1 的份额",
    "susceptibility must lie between 0 and 1": "易受影响程度必须在 0 与 1 之间",
    "opinions go round in circles and do not settle: a group that listens only to itself has a period above 1": (
        "意见循环往复，不会稳定：有一群只听彼此意见的人，其周期大于 1"
    ),
    "opinions do not come to an agreement": "意见不会趋于一致",
    "talk that makes everybody weigh the gains of all": "讲明共容利益，使人人顾及全体得益",
    "must be told how much everybody weighs the gains of all before the talk": "须先给出讨论之前各人对全体得益的看重程度",
    "{given} weights for {rows} rows of residents": "{rows} 行居民给了 {given} 个权重",
    # structure
    "counts must be whole numbers of at least 1, one a row": "人数必须是不小于 1 的整数，每行一个",
    "all axes are tried for at most {m} alternatives and {k} kinds of residents": "最多对 {m} 个方案、{k} 类居民逐一检验所有排列轴",
    "axis={axis} must list every alternative once": "axis={axis} 必须把每个方案恰好列出一次",
    # single text
    "a text with demands is written for at most {limit} gains, not {n}": "带要求的文本最多处理 {limit} 个得益，不能有 {n} 个",
    "one text for all: the lottery that leaves the least gain largest": "一份共同文本（最大公约数）：使得益最少者所得最多的随机选址",
    "one text for all: the best site, its gains shared alike": "一份共同文本（最大公约数）：建在最优选址，得益平分",
    "one text for all: gains in proportion to what each could hope for": "一份共同文本（最大公约数）：得益与各自可望的最大得益成比例",
    "demands are met by the texts of kind lottery and money only": "只有 lottery 和 money 两种文本可以满足要求",
    "{given} demands for {rows} rows of residents": "{rows} 行居民给了 {given} 项要求",
    "a text of this kind is written for at most {limit} gains": "这种文本最多处理 {limit} 个得益",
    "somebody can gain by no lottery that leaves nobody worse off": "在无人受损的随机方案中，有人无论如何不能得益",
    # a facility on a line
    "low={low} must be less than high={high}": "low={low} 必须小于 high={high}",
    "objective={value!r} must be sum, max (wanted near) or min (wanted far)": (
        "objective={value!r} 只能是 sum、max（希望近）或 min（希望远）"
    ),
    "rule {name!r} is not known; one of {known}": "没有 {name!r} 这种规则；可选：{known}",
    "a facility on a line, placed by the rule {name}": "直线上的一处设施，按 {name} 规则选址",
    "needs a line on which everybody has an address": "需要一条每人都有住址的直线",
    "the rule {name} is not for a facility that is wanted far": "{name} 规则不适用于人人希望远离的设施",
    "the rule {name} is for a facility that is wanted far": "{name} 规则只适用于人人希望远离的设施",
    "{n} residents on {k} points have {pairs} pairs of truth and report to compare; at most {limit}": (
        "{n} 位居民、{k} 个位置有 {pairs} 对真实与申报组合要比较；最多 {limit} 对"
    ),
}
