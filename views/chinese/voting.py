"""The sentences of votes, quotas, agendas, juries drawn by lot."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # simple games and power
    "quota={quota} is more than all weights together, {total}": "quota={quota} 超过了全部权重之和 {total}",
    "coalitions of {n} players cannot be listed; at most {limit}": "{n} 个参与者的联盟无法逐一列出；最多 {limit} 个",
    "at least one coalition must win": "至少要有一个获胜联盟",
    "an item of {weight} does not fit a bin of {capacity}": "重 {weight} 的物件放不进容量 {capacity} 的箱子",
    "more than {limit} ways to put coalitions together were tried": "尝试的联盟组合已超过 {limit} 种",
    "power indices need {work} steps over coalitions; at most {limit}": "计算权力指数需要遍历联盟 {work} 步；最多 {limit} 步",
    # rankings and majorities
    "{n} alternatives have {k} rankings; at most {limit} alternatives fit": "{n} 个方案有 {k} 种排序；最多 {limit} 个方案",
    "{counts} counts for {rankings} rankings; at least one is needed": "{rankings} 个排序对应 {counts} 个人数；至少需要一个",
    "the ranking {ranking} must name each of {alternatives} once": "排序 {ranking} 必须把 {alternatives} 各列出一次",
    "the chance of a winner needs {work} steps; at most {limit}": "计算有胜者的概率需要 {work} 步；最多 {limit} 步",
    "chances must sum to 1, not {total}": "各概率之和必须为 1，而不是 {total}",
    # agendas
    "the agenda {order} must name at least two of the alternatives 0 to {last}, none twice": (
        "议程 {order} 必须列出方案 0 至 {last} 中的至少两个，且不得重复"
    ),
    "votes on one alternative after another, voters are sincere": "逐个方案表决，居民按真实偏好投票",
    "votes on one alternative after another, voters look ahead": "逐个方案表决，居民会预见后果",
    "the agenda names {missing}, which is not among the alternatives": "议程提到的 {missing} 不在备选方案之中",
    "an agenda holds at most {limit} alternatives": "一个议程最多容纳 {limit} 个方案",
    "order={order} must name at least two alternatives, none twice": "order={order} 必须列出至少两个方案，且不得重复",
    "rule={share} must be at least one half and below 1": "rule={share} 必须不小于二分之一且小于 1",
    # quota and vetoes
    "vote in which some residents can also say no alone": "部分居民可单独否决的表决",
    "chance={value} must be a probability": "chance={value} 必须是概率",
    "a vote with vetoes needs every resident's gains in memory": "带否决权的表决需要把每位居民的收益都放在内存中",
    "nobody holds a veto under {regime}: name the rows that do": "在 {regime} 之下无人有否决权：请指明哪些行有",
    "the vetoes name row {row}; there are rows 0 to {last}": "否决权提到第 {row} 行；只有第 0 至 {last} 行",
    # sortition
    "{seats} seats cannot be drawn from {n} residents": "无法从 {n} 位居民中抽出 {seats} 个席位",
    "there are {n} different chambers; at most {limit} fit": "不同的议事会有 {n} 种；最多 {limit} 种",
    "{seats} numbers of seats for {strata} strata": "{strata} 个分层却给出 {seats} 个席位数",
    "panels must be groups of the volunteers 0 to {last}, at least one": "每个小组必须由志愿者 0 至 {last} 组成，且至少有一个小组",
    "a lottery over {n} panels does not fit; at most {limit}": "对 {n} 个小组抽签规模太大；最多 {limit} 个",
    "a chamber of {n} drawn by lot decides": "由抽签产生的 {n} 人议事会决定",
    "a chamber votes on at most {limit} sites": "议事会最多对 {limit} 个地点表决",
    "the strata must name each of the {n} rows once": "各分层必须把 {n} 行各列出一次",
    "strata need every resident's gains in memory": "分层抽签需要把每位居民的收益都放在内存中",
    "strata must be groups of rows, none empty and no row twice": "各分层必须是若干行的组，不得为空，也不得重复",
    # points, paradoxes, turnout
    "a grid of {n} points does not fit; at most {limit}": "有 {n} 个点的网格太大；最多 {limit} 个",
    "points of {a} issues for ideals of {b}": "各点有 {a} 个议题，而理想点有 {b} 个",
    "{name} must be a table of points by issues": "{name} 必须是点与议题的表格",
    "everybody must rank the same alternatives": "每个人必须对相同的方案排序",
    "every voter must say the same number of things, at least one": "每位投票者表态的数目必须相同，且至少一项",
    "the right of {person} must be a person's, over two of the alternatives": "{person} 的权利必须属于某个人，且涉及两个方案",
    "somebody must have a vote": "至少要有一人有投票权",
}
