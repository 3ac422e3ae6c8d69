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
    "stackelberg: who moves first": "stackelberg：谁先行动",
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
}
