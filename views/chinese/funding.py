"""The sentences of assurance contracts, matching, quadratic funding and shared budgets."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # pledges
    "acts on a fund for a good of given cost, or on a siting, where it compensates the hosts of the best site": (
        "适用于为成本已定的公共品筹款，或用于选址：补偿最佳选址的承受者"
    ),
    "nobody has to be compensated at the best site, so there is nothing to collect for": "最佳选址无人需要补偿，因此无款可筹",
    "somebody loses by the best site who cannot refuse it, and the collection would not compensate them": (
        "有人因最佳选址受损却无权拒绝，而筹款不会补偿他们"
    ),
    "{n} payers have {profiles} profiles of pledges; at most {limit} are written out": (
        "{n} 位出资人共有 {profiles} 种认捐组合；最多逐一列出 {limit} 种"
    ),
    "pledges for the good, refunded if they fall short": "为公共品认捐，不足则退款",
    "pledges for the good, refunded if they fall short, the excess returned in proportion": "为公共品认捐，不足则退款，超出部分按比例退回",
    "pledges for the good, refunded with a bonus if it fails": "为公共品认捐，未成则退款并付奖金",
    "everybody is asked for the same amount, and paid a bonus if others refuse": "请每人出同样的金额，他人拒绝时付给奖金",
    "{k} must accept to pay the same amount, and are paid a bonus if too few do": "须有 {k} 人同意出同样的金额，人数不足时付给同意者奖金",
    "{k} must accept, and there are only {n} payers": "须有 {k} 人同意，而出资人只有 {n} 位",
    "{k} times {price} does not cover the cost of {cost}": "{k} 份 {price} 不足以支付成本 {cost}",
    # matching
    "matching grant, residents pay {share} of the building": "配比资金，居民承担建设费的 {share}",
    "matching grant, communities pay {share} of a good whose size they choose": "配比资金，社区自定公共品规模并承担其 {share}",
    "matching grant, communities pay {share} of the projects they apply for": "配比资金，社区承担所申请项目的 {share}",
    "needs the fees, and this case gives only total gains": "需要分摊费用的数值，而本案例只给出总收益",
    "residents pay no fees for the building, so there is nothing to match": "居民不为建设出资，因此无可配比",
    "acts on communities that choose the size of a good of their own": "适用于各社区自定本社区公共品规模的情形",
    "acts on projects of given cost that communities apply for": "适用于社区申请成本已定的项目的情形",
    "owners must name a community for each of {n} projects, numbered from 0 without gaps": (
        "owners 须为 {n} 个项目逐一指明所属社区，编号从 0 起且不得间断"
    ),
    "{given} names for {n} players": "{n} 位参与者却有 {given} 个名称",
    # quadratic funding
    "acts on a good of any size, worth twice a weight times the root of its size": "适用于规模可变、其价值为权重乘以规模平方根之两倍的公共品",
    "quadratic funding: many small contributions are matched more than one large": "二次方资助：众多小额出资比一笔大额出资得到更多配比",
    "quadratic funding as a game of contributions, {match} of the match paid": "作为出资博弈的二次方资助，支付配比额的 {match}",
    "{n} contributors with {k} amounts each do not fit; at most {limit} profiles": "{n} 位出资人各有 {k} 种金额，组合过多；最多 {limit} 种",
    # budgets
    "peaks must be one amount for each player, none negative": "peaks 须为每位参与者各一个数额，且不得为负",
    "acts on a budget to be divided among claims that each are best at some amount": "适用于把预算分给各有最优数额的申请者的情形",
    "uniform rule: requests are met up to one amount for all": "均一规则：各项申请满足到同一上限",
    "requests are scaled in proportion to fit the budget": "各项申请按比例缩放，以合预算",
    "requests are met in a fixed order, until the budget is used up": "按固定次序满足申请，直到预算用完",
    "the largest requests are met first, until the budget is used up": "先满足数额最大的申请，直到预算用完",
    "utilities must be one for each player and project, none negative, and every cost above 0": (
        "utilities 须为每位参与者对每个项目各一个数，不得为负，且每项成本须大于 0"
    ),
    "the best of 2^{n} sets of projects is not looked for; at most {limit} projects": "不在 2^{n} 种项目组合中求最优；最多 {limit} 个项目",
    "method of equal shares: everybody has an equal part of the budget to spend on projects": "等额份额法：人人有等额的预算份额用于购买项目",
    "method of equal shares, what is left spent on the projects most liked for their cost": "等额份额法，余款用于相对成本最受欢迎的项目",
    "acts on a common budget for projects that everybody likes or not": "适用于以共同预算选择项目、人人表达喜好的情形",
    # suppliers
    "hub that credits every supplier with what it adds": "服务中心派单：按各供给方的边际贡献记功",
    "suppliers share the credit for the need they serve": "服务同一需求的供给方平分功劳",
    "acts on suppliers who each choose a need to serve": "适用于各供给方自选一项需求来服务的情形",
    "able must list for each of {n} suppliers one or more of the needs from 0 to {last}": (
        "able 须为 {n} 个供给方逐一列出其能服务的需求，至少一项，编号从 0 到 {last}"
    ),
    "the game has {n} assignments of suppliers; at most {limit} are written out": "此博弈有 {n} 种供给方安排；最多逐一列出 {limit} 种",
    # shared costs
    "serial cost sharing: nobody pays for what others ask beyond its own demand": "序列成本分摊：无人为他人超出自己需求的部分付费",
    "nothing must cost nothing, not {cost}": "零产量的成本须为零，而不是 {cost}",
    "costs must be given for 0 to {n} units, and nothing must be worth and cost nothing": (
        "须给出 0 到 {n} 个单位的成本，且零单位的价值与成本均为零"
    ),
    "acts on units made at a common cost, of which everybody asks for some": "适用于以共同成本生产、人人申请若干单位的情形",
    "the game has {n} profiles of demands; at most {limit} are written out": "此博弈有 {n} 种需求组合；最多逐一列出 {limit} 种",
    "the good for those who pay an equal share of it, as many as will": "公共品供愿意平摊成本的人使用，人数尽可能多",
    "acts on a fund for a good of given cost from which one can be kept out": "适用于成本已定、可以排除使用者的公共品",
    # traffic
    "the network has more than {limit} paths": "该网络的路径超过 {limit} 条",
    "no path leads from {source} to {target}": "从 {source} 到 {target} 没有路径",
}
