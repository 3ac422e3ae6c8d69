"""The sentences of games of players who are counted, and their equilibria."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "payoffs for {given} roles do not fit {roles} roles": "给出了 {given} 个角色的支付，而角色有 {roles} 个",
    "payoffs of role {role!r} have shape {shape}; (own actions, counts of the others by role) is {needed}": (
        "角色 {role!r} 的支付形状为 {shape}；应为（自己的行动，其余各角色的人数分布）{needed}"
    ),
    "the gain from switching needs two actions; this game has {n}": "换一种做法的得益只对两种行动有定义；此博弈有 {n} 种",
    "the counted game has {cells} payoffs; at most {limit} fit": "按人数计的博弈有 {cells} 个支付；至多容纳 {limit} 个",
    "the players are not alike: they have {sizes} actions": "参与者并不相同：各有 {sizes} 种行动",
    "the players are not alike: exchanging two of them changes what they get": "参与者并不相同：互换两人会改变所得",
    "{players} roles, {actions} lists of actions, {roles} names do not fit": "{players} 个角色、{actions} 份行动清单、{roles} 个名称，彼此不符",
    "players={n!r} of role {role!r} must be a whole number, at least 1": "角色 {role!r} 的 players={n!r} 应为至少为 1 的整数",
    "role {role!r} has no actions": "角色 {role!r} 没有行动",
    "{n} players can spread over {k} actions in {ways} ways; at most {limit} fit": "{n} 人分布于 {k} 种行动有 {ways} 种方式；至多容纳 {limit} 种",
    "{n} roles with {given} actions do not fit {roles} roles with {needed}": "{n} 个角色、各 {given} 种行动，与 {roles} 个角色、各 {needed} 种行动不符",
    "{file}: --set changes the parameters of a case; a game file has none": "{file}：--set 用来改案例的参数；博弈文件没有参数",
    "k-strong: the largest coalition that may deviate": "k-strong：可一同偏离的最大联盟人数",
    "quantal: how sharply players respond, per unit of payoff": "quantal：参与者反应的灵敏度，按每单位支付计",
    "stop after so long and show what was found": "到时即停，给出已找到的结果",
    "concept {concept!r} has no option {name!r}; it takes {known}": "概念 {concept!r} 没有选项 {name!r}；可用的有：{known}",
    "limit: the time was up before anything was found": "限制：时间已到，尚未找到结果",
    "time_limit={value!r} must be more than 0 seconds": "time_limit={value!r} 应大于 0 秒",
    "a time limit needs the main thread of a Unix system": "时间限制只能用于 Unix 系统的主线程",
    "family {family!r} has one role, not {n}": "类型 {family!r} 只有一个角色，而不是 {n} 个",
    "{name}={value!r} must be {what}": "{name}={value!r} 应为{what}",
    "a whole number above 0": "大于 0 的整数",
    "a number above 0": "大于 0 的数",
    "rest": "不动",
    "act": "出力",
    "{role} × {n}": "{role} × {n}",
    "{role} × {n}: {does}": "{role} × {n}：{does}",
    "Players who are alike are counted: {who}.": "相同的参与者按人数计：{who}。",
    "others who {action}": "其余人中选“{action}”的人数",
    "{role}: {actions}.": "{role}：{actions}。",
    "What each action pays": "各种行动的所得",
    "What anarchy costs": "各行其是的代价",
    "Where improvements lead": "逐步改进通向何处",
    "between profiles, all alike likely": "各局面之间（同等可能）",
    "in the choices themselves: the zero-sum part": "行动本身：零和的部分",
    "in the choices themselves: the part that runs in circles": "行动本身：循环往复的部分",
    "the most that all could have together": "全体合计至多可得",
    "best pure equilibrium": "最好的纯策略均衡",
    "worst pure equilibrium": "最差的纯策略均衡",
    "selfishness level: share of the total that would make the optimum an equilibrium": "自私程度：各人计入总额的几分，可使最优成为均衡",
    "There is an exact potential: whoever gains by a change raises one number common to all.": "存在精确势函数：任何人因改变而得益，都同样抬高一个公共的数。",
    "There is a weighted potential: whoever gains by a change raises one number common to all.": "存在加权势函数：任何人因改变而得益，都抬高一个公共的数。",
    "There is no exact potential, but every chain of improvements ends.": "没有精确势函数，但每一串改进都会终止。",
    "Improvements can run in circles, but from everywhere some chain ends in an equilibrium.": "改进可能循环往复，但从任何局面出发都有一串改进终于均衡。",
    "Too many profiles to follow the chains of improvements.": "局面太多，未逐一追踪改进的链条。",
    "From some profiles improvements run in circles for ever.": "从某些局面出发，改进永远循环往复。",
    "needs a game of players who are all alike": "只用于参与者全都相同的博弈",
    "all equilibria of like players are computed for two actions; this game has {n}": "相同参与者的全部均衡只对两种行动计算；此博弈有 {n} 种",
    "the gain of {n} players changes sign {changes} times; at most {limit} players are searched then": (
        "{n} 名参与者的得益变号 {changes} 次；此时至多搜索 {limit} 名参与者"
    ),
    "all equilibria in which those who mix do so alike; that others exist is not excluded (searched up to {n} players)": (
        "已列出混合者做法相同的全部均衡；未排除还有别的（至多 {n} 名参与者时才搜索）"
    ),
    "all equilibria in which those who mix do so alike; of some ways to mix unalike it could not be decided whether they occur": (
        "已列出混合者做法相同的全部均衡；某些混合各异的情形是否出现未能判定"
    ),
    "limit: the first {n} equilibria are listed": "限制：只列出前 {n} 个均衡",
    "limit: interrupted after {n} equilibria": "限制：找到 {n} 个均衡后被中断",
    "roots between {n} points that do not change the sign are not excluded": "未排除在 {n} 个点之间不引起变号的根",
    "{n} players who mix over {k} actions alike make too many numbers to search": "{n} 名参与者以同样方式混合 {k} 种行动，数字过多，无法搜索",
    "{n} sets of actions could not be decided: there may be more, or a continuum": "有 {n} 组行动未能判定：可能还有均衡，或有连续的一片",
    "needs a game of players who are counted": "只用于按人数计的博弈",
    "mixed equilibria of roles are computed for two actions; this game has {n}": "角色的混合均衡只对两种行动计算；此博弈有 {n} 种",
    "the roles can act in {ways} ways; at most {limit} are compared": "各角色的行动有 {ways} 种组合；至多比较 {limit} 种",
    "{n} sets of roles that mix could not be decided: there may be more, or a continuum": (
        "有 {n} 组混合的角色未能判定：可能还有均衡，或有连续的一片"
    ),
    "all pure equilibria and all in which those of a role act alike; that others exist is not excluded": (
        "已列出全部纯策略均衡，以及同一角色做法相同的全部均衡；未排除还有别的"
    ),
    "the gains of {n} roles that mix have {size} numbers; at most {limit} fit": ("{n} 个混合角色的得益有 {size} 个数；至多容纳 {limit} 个"),
    "no equilibrium is listed twice": "没有均衡重复列出",
    "a continuum consists of equilibria": "连续的一片全由均衡组成",
    "all equilibria are claimed only where the checker can find them again": "只有核验者能重新找全时才声称列出全部均衡",
    "every player is in one group": "每名参与者恰在一组",
    "all act alike": "所有人做法相同",
    "how many profiles it stands for": "它代表多少个策略组合",
    "every continuum is listed": "每一片连续的均衡都已列出",
    "no other equilibrium in which those who mix do so alike": "混合者做法相同的均衡没有别的",
    "a theorem covers those who mix unalike": "混合各异的情形由定理涵盖",
    "no other equilibrium in which those who mix do so unalike": "混合者做法各异的均衡没有别的",
    "limit: after {n} equilibria two numbers are too close to be told apart": "限制：找到 {n} 个均衡后，有两个数过于接近，无法区分",
}
