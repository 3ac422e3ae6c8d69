"""The sentences of quantal response and limited reasoning."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "found by sign changes; that there are no others is not proved": "由变号找到；未证明没有别的解",
    "the payoffs are floats: these are found by sign changes, and that there are no others is not proved": "收益是浮点数：这些解由变号找到，未证明没有别的解",
    "rationality={value!r} must be a finite number, at least 0 (in units of 1 / money)": "rationality={value!r} 必须是有限数，且不小于 0（单位：1/货币）",
    "a quantal path of {unknowns} probabilities reads {work} payoffs a step; at most {most} and {limit} fit": "随机应答路径有 {unknowns} 个概率，每步要读 {work} 个收益；最多容纳 {most} 个和 {limit} 个",
    "players who are alike may also answer differently; that is not searched": "相同的参与者也可能作出不同的应答；这里没有搜索",
    "one branch was followed from uniform play; others are not searched": "只从均匀选择出发跟踪了一条分支；没有搜索其他分支",
    "quantal responses need a normal form or a counted game": "随机应答需要标准式或计数式博弈",
    "the branch from uniform play could not be followed to rationality {value}": "从均匀选择出发的分支未能跟踪到理性程度 {value}",
    "limit: the branch from uniform play was followed to rationality {value} only": "达到限制：从均匀选择出发的分支只跟踪到理性程度 {value}",
    "levels of reasoning need a normal form or a counted game": "推理层级需要标准式或计数式博弈",
    "tau={value} must lie above 0 and be at most {most}": "tau={value} 必须大于 0，且不超过 {most}",
    "levels={value!r} must be a whole number from 0 to {most}": "levels={value!r} 必须是 0 到 {most} 的整数",
    "start has {given} probabilities by player; the game has {sizes} actions": "start 给各参与者的概率数是 {given}；博弈的行动数是 {sizes}",
    "start={mix} are not probabilities: they must not be negative and sum to 1": "start={mix} 不是概率：必须非负且总和为 1",
    "rationality is not negative": "理性程度不为负",
    "the profile is the logit answer to itself": "该策略组合是对自身的逻辑特应答",
    "the payoffs, recomputed": "重新计算的收益",
    "the regret, recomputed": "重新计算的悔值",
    "one quantal response is listed, and the response contracts, so that there is no other": "只列出一个随机应答，且应答是压缩映射，所以没有别的",
    "the sign changes allow no other at which like players answer alike": "变号次数不允许再有相同的参与者作相同应答的解",
}
