"""The sentences of direct mechanisms and their limits."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "an environment needs at least one player, and every player at least one type": "环境至少要有一名参与者，每名参与者至少要有一种类型",
    "prior of shape {shape} must have one entry for every profile of types": "形状为 {shape} 的先验必须为每个类型组合给出一个数",
    "prior must be probabilities that sum to one": "先验必须是总和为一的概率",
    "{benefits} benefits for {damages} players": "给出了 {benefits} 个收益，却有 {damages} 名参与者",
    "every type must give one value for every project": "每种类型都必须为每个项目给出一个价值",
    "acts on games over outcomes: residents by alternatives, in money over the status quo": "只适用于以结果表示的博弈：居民 × 方案，以相对现状的货币计",
    "pivotal mechanism by imposition, the taxes returned as far as truth allows": "强制之下的关键人机制，在不损害真话的限度内退还税款",
    "must be told which gains may be reported": "必须说明可以申报哪些收益",
    "needs every resident in a row of its own": "每位居民须单独成行",
    "reports must give a gain for each of {n} alternatives": "申报须为 {n} 个方案各给出一个收益",
    "somebody gains what may not be reported": "有人的收益不在可申报之列",
    "beliefs about resident {i} must be probabilities that sum to one": "关于居民 {i} 的信念必须是总和为一的概率",
    "the expected-externality rule needs a prior": "期望外部性规则需要先验",
    "the expected-externality rule needs types that are independent of one another": "期望外部性规则要求各类型相互独立",
    "everybody is paid what its report is expected to be worth to the others": "每人得到其申报预期给他人带来的价值",
    "needs common beliefs about what everybody gains, and this case gives none": "需要关于各人收益的共同信念，而本案例没有给出",
    "the beliefs are about other residents or alternatives than those of this game": "这些信念所涉的居民或方案与本博弈不同",
    "needs two residents or more": "至少需要两位居民",
    "expectations are taken over at most {limit} profiles of types, not {n}": "期望最多对 {limit} 个类型组合求取，而不是 {n} 个",
    "the expected-externality rule needs private values: what one gains must not depend on another's type": "期望外部性规则要求私人价值：一人的收益不得取决于他人的类型",
    "a best mechanism is found for finite types with a prior in exact probabilities": "只对有限类型且先验为精确概率的环境求最优机制",
    "a best mechanism is found for types that are independent of one another": "只对相互独立的类型求最优机制",
    "the program has {n} entries; at most {limit} fit": "规划有 {n} 个系数；最多容纳 {limit} 个",
    "the game of the mechanism has no equilibrium of the kind {concept}": "该机制自身的博弈没有 {concept} 类的均衡",
    "Talk alone cannot help: every site has somebody who gains by refusing it whatever the others do ({who} gains at least {gain} by refusing {site}), so no advice, debate or straw poll that leaves payoffs and vetoes as they are leads to any site.": "光靠商量没有用：每个选址都有人无论他人怎么做、拒绝它总更有利（{who} 拒绝 {site} 至少多得 {gain}），所以只要收益和否决权不变，任何建议、辩论或摸底表决都不会通向任何选址。",
    "try all rules known; those that do not apply say why": "试用所有已知规则；不适用者说明原因",
}
