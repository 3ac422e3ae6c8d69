"""The sentences of two-player equilibria and learning."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "limit: the search ended after {n} steps; every profile listed is an equilibrium, and there may be others": "达到上限：搜索在 {n} 步后结束；所列各项都是均衡，但可能还有其他均衡",
    "some payoffs or equilibria differ by rounding alone; in exact payoffs there may be others": "有些收益或均衡仅因舍入而不同；若收益为精确数，可能还有其他均衡",
    "paths were followed from every action of both players; they need not reach all equilibria": "已从双方的每个行动出发沿路径搜索；这些路径不一定到达所有均衡",
    "label={value!r} must be an action of either player, from 0 to {last}": "label={value!r} 必须是某一方的行动，从 0 到 {last}",
    "temperature={value!r} must be more than 0": "temperature={value!r} 必须大于 0",
    "noise={value!r} must not be negative": "noise={value!r} 不能为负",
    "temperature={value!r} is too low for payoffs that differ by {spread}": "收益相差 {spread}，temperature={value!r} 过低",
    "rounds={value!r} must be between 1 and {most}": "rounds={value!r} 必须在 1 到 {most} 之间",
    "all is claimed only with its proof": "只有附上证明才声称已列全",
    "only strictly dominated actions are left out": "略去的只有严格劣行动",
    "the equilibria listed are all extreme ones": "所列均衡就是全部极端均衡",
    "whether the game is degenerate": "博弈是否退化",
    "the components of the equilibrium set": "均衡集的连通分支",
    "every basis is one, and its vertex lies in the polytope": "每个基都成立，其顶点位于多面体内",
    "no edge leads to a basis that is not listed": "没有一条边通向未列出的基",
    "{n} actions of two players have too many mixtures; at most {limit} actions fit": "双方共 {n} 个行动，混合策略过多；最多可处理 {limit} 个行动",
}
