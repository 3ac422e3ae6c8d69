"""The sentences of dominance, coalitions, and mixed equilibria of several players."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "rounds are numbered from 1": "各轮从一开始编号",
    "dominance by mixtures of a game with {cells} profiles does not fit; at most {limit}": (
        "有 {cells} 个行动组合的博弈太大，无法判断混合行动的优势；最多 {limit} 个"
    ),
    "elimination leaves {n} profiles and singles out none": "剔除之后还剩 {n} 个行动组合，不能选定其中一个",
    "weak elimination leaves this equilibrium; it may have removed others": "剔除弱劣行动后剩下这个均衡；其他均衡可能已被剔除",
    "k={k!r} must be a whole number from 1 to {n}, the number of players": "k={k!r} 必须是 1 到 {n}（参与人数）之间的整数",
    "{candidates} profiles have {work} joint deviations by {coalitions} coalitions; at most {limit} are tried": (
        "{candidates} 个行动组合共有 {coalitions} 个联盟的 {work} 种联合偏离；最多检验 {limit} 种"
    ),
    "{name}={value!r} is not a profile of this game": "{name}={value!r} 不是这个博弈的行动组合",
    "coalition-proofness in a game of {n} players takes up to {work} comparisons; at most {limit} fit": (
        "检验 {n} 人博弈的抗联盟均衡最多需要 {work} 次比较；上限为 {limit} 次"
    ),
    "player={player!r} is not one of the players 0 to {last}": "player={player!r} 不是 0 到 {last} 号参与人之一",
    "the security level of a player with {cells} payoffs does not fit; at most {limit}": (
        "参与人有 {cells} 个收益，太大，无法计算保底水平；最多 {limit} 个"
    ),
    "needs a game of like players with two actions": "需要参与人相同、每人两种行动的博弈",
    "coalition-proofness of {n} like players does not fit; at most {limit} do": (
        "{n} 个相同参与人太多，无法检验抗联盟均衡；最多 {limit} 人"
    ),
    "the size of coalitions is a number of players": "联盟的规模是可能的人数",
    "there is no profile twice": "没有行动组合重复列出",
    "the kind of dominance is known to the checker": "检验程序认识这种优势",
    "what beats an action is a mixture of actions that are left": "占优的是由尚存行动构成的混合",
    "a removed action is beaten by what is written": "被剔除的行动确实劣于所写的混合",
    "a round removes every beaten action": "每一轮剔除所有劣行动",
    "the actions left are those written": "剩下的行动与所写一致",
    "no action left is beaten by another": "剩下的行动都不劣于其他行动",
    "no action left is beaten by a mixture (beliefs)": "剩下的行动都不劣于任何混合（由信念证明）",
    "the profile is what elimination leaves alone": "所列行动组合是剔除后唯一剩下的",
    "no profile is singled out where several are left": "剩下多个行动组合时没有选定其中一个",
    "a single profile is claimed to be all only by strict dominance": "只有严格优势才能说剩下的唯一组合就是全部均衡",
    "no coalition leaves this profile": "没有联盟会离开这个行动组合",
    "every member of the coalition gains by leaving": "联盟中的每个成员都因离开而得益",
    "no other profile is an equilibrium of this kind": "没有其他行动组合是这种均衡",
    "the number of profiles that differ only in who does it": "只在由谁来做上有区别的行动组合数",
    "most_patterns={n!r} must be at least 1": "most_patterns={n!r} 至少为 1",
    "mixed equilibria of a game with {cells} profiles are too much for support enumeration; at most {limit}": (
        "博弈有 {cells} 个行动组合，太大，无法枚举支撑求混合均衡；最多 {limit} 个"
    ),
    "stopped after {n} of {all} combinations of supports": "在 {all} 种支撑组合中查完 {n} 种后停止",
    "limit: {n} of {all} combinations of supports were searched": "限制：{all} 种支撑组合中查了 {n} 种",
    "{n} combinations of supports could not be decided: {which}": "有 {n} 种支撑组合未能判定：{which}",
    "payoffs are floats: ties up to rounding were not searched, so others may exist": (
        "收益是浮点数：没有查找舍入误差之内的相等，因此可能还有其他均衡"
    ),
    "{n} combinations of supports hold infinitely many equilibria, of which one each is listed: {which}": (
        "有 {n} 种支撑组合各含无穷多个均衡，每种只列出一个：{which}"
    ),
    "the path was followed for {n} steps and no equilibrium was reached; the profile listed has the regret shown": (
        "沿路径走了 {n} 步仍未到达均衡；所列组合的悔值如所示"
    ),
    "one equilibrium, found along the logit path; others may exist": "沿 logit 路径找到的一个均衡；可能还有其他均衡",
    "one profile, found along the logit path: an equilibrium up to the regret shown; others may exist": (
        "沿 logit 路径找到的一个组合：在所示悔值之内是均衡；可能还有其他均衡"
    ),
    "a path through a game with {cells} payoffs does not fit; at most {limit}": "博弈有 {cells} 个收益，太大，无法追踪路径；最多 {limit} 个",
    "the floats are those of the box": "浮点数与所给区间一致",
    "a rounded equilibrium of a complete list has its box": "完整清单中舍入的均衡附有所在区间",
    "limit: stopped after {n} of {all} candidates; {left} were not tried": "限制：{all} 个候选中检验了 {n} 个后停止，{left} 个未检验",
    "payoffs need {n} bits over their common denominator or more; searches start from floats": (
        "收益通分后达到 {n} 个二进制位或更多；搜索要从浮点数开始"
    ),
    "the box holds exactly one equilibrium": "区间内恰有一个均衡",
    "an equilibrium in fractions is one to the last digit": "用分数写出的均衡分毫不差",
    "solutions on the edge of their supports are such": "位于支撑边界上的解确实在边界上",
    "no other combination of mixtures is an equilibrium": "没有其他混合组合是均衡",
}
