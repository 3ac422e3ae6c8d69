"""The sentences of the siting auctions, multibidding, shared prices and fair division."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # auctions
    "{name} of shape {given} must be one number for each of two residents or more": "{name} 的形状为 {given}；应为至少两位居民，每人一个数",
    "the order of ties must list every resident 0 to {last} once": "平局次序应把 0 到 {last} 的每位居民各列一次",
    "the game of bids of {n} residents on {k} amounts has {cells} payoffs; at most {limit} fit": "{n} 位居民在 {k} 档金额上的报价博弈有 {cells} 个收益；最多容纳 {limit} 个",
    "second-price siting: the lowest bid hosts for the second-lowest bid": "次价选址：报价最低者承接，得到次低报价",
    "second-price siting: the lowest bid hosts for the highest bid": "次价选址：报价最低者承接，得到最高报价",
    # multibidding
    "multibidding: bids for and against every site and the status quo": "多重报价：对每处选址和维持现状分别报价，可正可负",
    "multibidding: bids for and against every site": "多重报价：对每处选址分别报价，可正可负",
    "needs residents who bear all costs: the funder does not bid": "须由居民承担全部费用：出资方不参与报价",
    "needs at least two residents and two projects": "至少须有两位居民和两个项目",
    "payoffs={value} must sum to {most}, and give everybody at least the mean of its gains, {least}": "payoffs={value} 的总和应为 {most}，且每人不少于其各项目收益的平均数 {least}",
    "bids must sum to zero for every resident: {value}": "每位居民的报价之和应为零：{value}",
    "{k} bids for each of {q} projects are {n} vectors; at most {limit} are looked through": "{q} 个项目各有 {k} 档报价，共 {n} 组；最多逐一查看 {limit} 组",
    "no bids of grid={value} sum to zero": "grid={value} 中没有总和为零的报价组",
    "the game of bids of {n} residents with {k} vectors of bids has {cells} payoffs; at most {limit} fit": "{n} 位居民各有 {k} 组报价的博弈有 {cells} 个收益；最多容纳 {limit} 个",
    "whole numbers up to {most} are too many bids; at most {limit}. Give a grid": "到 {most} 为止的整数报价过多；最多 {limit} 个。请给出档位",
    # shared prices
    "personal prices at which everybody wants the same site, the gain shared by benefits": "人人各有其价、都选同一处的个人化价格，收益按受益分享",
    "personal prices at which everybody wants the same site, the gain shared as given": "人人各有其价、都选同一处的个人化价格，收益按给定份额分享",
    "needs residents who bear all costs: the prices do not pay the funder": "须由居民承担全部费用：个人化价格不偿付出资方",
    "needs the benefits, and this case gives only total gains": "须知道受益，而此案例只给出总收益",
    "needs benefits that are not negative, and somebody who benefits": "受益不得为负，且须有人受益",
    "shares must not all be zero": "份额不能全为零",
    "{given} shares for {rows} rows": "给出 {given} 个份额，而居民有 {rows} 行",
    "a={value} must be more than 0 for somebody": "a={value} 中至少有一个应大于 0",
    # fair division
    "host={value} is not a resident from 0 to {last}": "host={value} 不是 0 到 {last} 的居民",
    "site={value} is not one of the sites {known}": "site={value} 不是选址之一：{known}",
    "rents for {n} rooms; at most {limit} are divided exactly": "{n} 间房的租金；最多精确分摊 {limit} 间",
}
