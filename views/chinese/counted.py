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
}
