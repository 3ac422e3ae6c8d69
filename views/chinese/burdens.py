"""The sentences of lotteries, turns, packages, petitions, punishment and changed stakes."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # M-21
    "lottery with equal chances for the {n} sites of the largest surplus": "在盈余最大的 {n} 处地点中等概率随机选址",
    "lottery with the largest surplus by which nobody expects to lose": "在人人期望都不受损的前提下总盈余最大的随机选址",
    "{name}={value!r} is for the uniform lottery only": "{name}={value!r} 只用于等概率随机选址",
    "there are only {n} sites to draw from": "可供抽取的地点只有 {n} 处",
    # M-22, M-34
    "the sites take turns; a refusal closes the facility for good": "各处轮换；拒绝一次，设施永久关闭",
    "the sites take turns; a refusal costs {fine} and the next takes over": "各处轮换；拒绝者罚 {fine}，由下一处接替",
    "the turns of {n} residents at {sites} sites are too many to check": "{n} 位居民、{sites} 处地点的轮次过多，无法逐一检验",
    "under {regime} nobody may refuse at its turn: there is nothing that a rotation must hold together": "在 {regime} 之下轮到时谁也不能拒绝，轮换无须自我维系",
    "a discount factor of 1 gives no value to an endless rotation; take one below 1": "贴现因子为 1 时无限轮换没有确定的价值；请取小于 1 的值",
    "there are only {n} sites to take turns": "参与轮换的地点只有 {n} 处",
    "burden points: the fewest points host next": "负担积分：积分最少者下一轮承担",
    # M-23
    "packages of facilities, decided by all": "打包议题：由全体一致决定",
    "packages of facilities, decided by their hosts": "打包议题：由各承建户决定",
    "packages of facilities, decided by majority": "打包议题：由多数决定",
    "a package needs two sites or more": "打包至少需要两处地点",
    "{sites} sites make 2^{sites} packages for {rows} rows of residents, too many to list": "{sites} 处地点构成 2^{sites} 个组合，居民有 {rows} 行，无法逐一列出",
    "vote trading needs one pair at least": "换票至少需要一对投票人",
    "the pair {pair} does not fit {n} voters numbered from 0": "换票对 {pair} 与从 0 起编号的 {n} 位投票人不符",
    # M-24
    "sign first, site later: {rule}": "先约后选：{rule}",
    "prior={value} must be probabilities that sum to one": "prior={value} 应为总和为一的概率",
    "nobody can refuse to host under {regime}, so signatures bind nobody": "在 {regime} 之下谁也不能拒绝承建，签字没有约束对象",
    "the prior has {given} probabilities for {sites} sites": "先验有 {given} 个概率，地点有 {sites} 处",
    "{rule} settles the site by reports, so nothing is left to a prior": "{rule} 由申报决定地点，先验无从谈起",
    "the signing game has {n} profiles; at most {limit} are written out": "签字博弈有 {n} 个策略组合；最多写出 {limit} 个",
    # compositions
    "{first}; then: {second}": "先：{first}；再：{second}",
    "{first} leaves no game for {second} to act on": "{first} 之后没有博弈可供 {second} 作用",
    "{rule} decides nothing by itself: it has to be played": "{rule} 本身不作决定，须通过博弈得出结果",
    "{rule} changes what can be chosen: solve the game that it makes": "{rule} 改变了可选方案：请求解它所形成的博弈",
    "{rule} changes more than who pays: solve the game that it makes": "{rule} 改变的不只是由谁付钱：请求解它所形成的博弈",
    "the name of a mechanism has at most {limit} characters": "机制名称最多 {limit} 个字符",
    "the brackets in {text!r} do not fit": "{text!r} 中的括号不配对",
    "{name!r} does not stand over another mechanism; one of {known} does": "{name!r} 不能套用于另一机制；可以的有：{known}",
    # M-25 to M-28
    "the best site is ordered, refusals are fined": "居委会指令最优地点，拒绝者罚款",
    "the best site is agreed, neighbours may punish who refuses it": "议定最优地点，邻里可惩罚拒绝者",
    "a fund fines who refuses the best site": "公共惩戒基金对拒绝最优地点者罚款",
    "a fund fines who refuses the best site, and who did not pay into it": "公共惩戒基金对拒绝最优地点者和未出资者罚款",
    "the game of punishment among {n} residents has more than {limit} nodes": "{n} 位居民的惩罚博弈超过 {limit} 个节点",
    "{n} residents may refuse; the game of obeying has more than {limit} profiles": "有 {n} 位居民可以拒绝；服从博弈超过 {limit} 个策略组合",
    "all others agree to pay for the damage, or nobody does": "其余各户全体约定分担损害，缺一则不生效",
    "those who join pay for the damage, once {n} have joined": "满 {n} 户加入后，由加入者分担损害",
    "no site has a surplus over the status quo": "没有一处地点比现状更有盈余",
    "nobody is damaged by the best site, so there is nothing to agree on": "最优地点不损害任何人，无须约定",
    "only {n} residents are not damaged by the best site; {needed} must join": "不受最优地点损害的居民只有 {n} 位；须有 {needed} 位加入",
    "who joins is written out for at most {limit} residents, not {n}": "加入与否最多为 {limit} 位居民写出，不能为 {n} 位",
    # M-29 to M-32
    "everybody takes a share of the whole gain to heart": "共容利益：人人把整体收益的一份放在心上",
    "everybody takes a share of the others' gains to heart": "共容利益：人人把他人收益的一份放在心上",
    "everybody pools a share of its gain, the pool is divided equally": "共容份额：各户汇集收益的一份，再平均分配",
    "acts on games over outcomes, normal forms and games of players who are counted": "作用于结果博弈、标准型博弈和计数博弈",
    "the damage is insured at its mean": "按损害的均值投保",
    "{name} must sum to one": "{name} 的总和应为一",
    "a better design does less damage": "改进设计，减轻损害",
    "a design lists what remains of the damage at other sites than the {n} of this game": "设计方案列出的剩余损害与本博弈的 {n} 处地点不符",
    "the authority chooses and pays the assessed damage": "由主管部门选址并按评估赔付损害",
    "the authority chooses, the others pay the assessed damage": "由主管部门选址，其余各户按评估分担赔付",
    "the assessment is a table of {given}, and gains are one of {shape}": "评估表的形状为 {given}，收益表为 {shape}",
}
