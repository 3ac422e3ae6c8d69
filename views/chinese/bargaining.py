"""The sentences of bargaining, disclosure, straw polls and talk."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # bargaining
    "recognition: probabilities that sum to {total} are no distribution": "提议概率之和为 {total}，不是概率分布",
    "the floors sum to {total}, more than the pie of {pie}": "各人底线之和为 {total}，超过可分总额 {pie}",
    "offers in turn are made by 2 to {most} players, not {n}": "轮流出价须有 2 至 {most} 人，而非 {n} 人",
    "bargaining over the surplus, proposers drawn by lot, all must agree": "就剩余讨价还价：抽签定提议人，须全体同意",
    "bargaining over the surplus, proposers drawn by lot, a majority decides": "就剩余讨价还价：抽签定提议人，多数决定",
    "bargaining is worked out for at most {most} residents, not {n}": "讨价还价至多算 {most} 位居民，而非 {n} 位",
    "a bargain of {n} members who differ does not fit; at most {limit} do": "{n} 位互不相同的成员讨价还价算不下；至多 {limit} 位",
    "no stationary equilibrium in which every offer passes was found": "未找到每个提议都获通过的平稳均衡",
    "discounts={value}: bargaining has an end only where somebody loses by delay": "discounts={value}：须有人因拖延受损，讨价还价才有结果",
    # evidence
    "the least damage {low} must be below the largest, {high}": "最小损害 {low} 须低于最大损害 {high}",
    "chances: probabilities that sum to {total} are no distribution over {n} damages": "概率之和为 {total}，不是 {n} 种损害上的概率分布",
    "claims backed by evidence: silence is credited its average": "凭证据索赔：沉默者按沉默者的平均损害计",
    "believes damages to lie between {low} and {high}; here they do not": "以损害在 {low} 与 {high} 之间为前提，而此处并非如此",
    # straw polls and juries
    "accuracy={value} must be at least 1/2 and below 1": "accuracy={value} 须至少为 1/2 且小于 1",
    "votes of {n} jurors are not counted exactly; at most {limit} are": "{n} 人的票数无法精确计算；至多 {limit} 人",
    "the signals of {n} jurors have 2^{n} profiles; at most {limit} are listed": "{n} 人的信号有 2^{n} 种组合；至多列出 {limit} 种",
    "straw poll, then a vote on a question of fact": "先摸底、后表决一个事实问题",
    "answers a question of fact on which signals are polled, not who is to bear what (P1.3)": "只回答可汇集各人信号的事实问题，不决定由谁承担什么（P1.3）",
    "strategic votes are computed for jurors of one threshold of doubt": "策略性投票只就疑虑门槛相同的成员计算",
    "signals of accuracy 1/2 say nothing: no vote depends on them": "准确率为 1/2 的信号毫无内容：投票与之无关",
    # talk
    "a mediator hears everybody in confidence and recommends, nobody is bound": "调解人私下听取各人情况后提出建议，不约束任何人",
    "nothing is private here: a mediator who hears everybody in confidence can do what one who only recommends can (DL-1)": (
        "此处没有私人信息：私下听取情况的调解人与只提建议的调解人作用相同（DL-1）"
    ),
    "the residents talk among themselves before they act, nobody is bound": "居民行动之前自行商议，不约束任何人",
    "fewer than {n} residents cannot replace a mediator by plain talk (Gerardi 2004); see public talk": (
        "不足 {n} 位居民时，自行商议不能代替调解人（热拉尔迪，2004 年）；参见公开商议"
    ),
    "one round of public messages before acting, nobody is bound": "行动之前公开表态一轮，不约束任何人",
    "talk replaces a mediator among {n} players or more, and here are {given}": "商议要代替调解人须有 {n} 人以上，此处为 {given} 人",
    "talk replaces a mediator where payoffs and probabilities are rational; give them exactly": "商议要代替调解人，收益与概率须为有理数；请给出精确值",
    "needs a prior that gives every profile of types a chance": "需要每种类型组合都有可能的先验",
    "with {n} players or more plain talk reaches every communication equilibrium of rational probabilities": (
        "有 {n} 人以上时，自行商议可达到一切概率为有理数的通信均衡"
    ),
    "with {n} players or more plain talk reaches every correlated equilibrium of rational probabilities": (
        "有 {n} 人以上时，自行商议可达到一切概率为有理数的相关均衡"
    ),
    "no Nash equilibrium was found to agree on": "未找到可供商定的纳什均衡",
    "talk is solved by enumeration for at most {most} players; here are {given}": "商议靠枚举求解，至多 {most} 人；此处为 {given} 人",
    "talk has {n} combinations of message plans; at most {limit} are tried": "表态方案有 {n} 种组合；至多试 {limit} 种",
    "messages can be answered in {n} ways or more; at most {limit} are tried": "对表态的应对方式有 {n} 种以上；至多试 {limit} 种",
    "without bias any number of intervals can be told; say how many": "没有偏差时可区分任意多个区间；请说明多少个",
}
