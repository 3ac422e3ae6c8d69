"""The sentences of overload, indicators and effort that cannot be seen."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # matrices and parameters
    "{name} has no rows": "{name} 没有任何一行",
    "{name} has {n} rows or columns; at most {most} fit": "{name} 有 {n} 行或列；最多 {most}",
    "{name} must be a symmetric matrix of {n} rows": "{name} 必须是 {n} 行的对称矩阵",
    "{name} must not be negative for any mixture of its rows": "{name} 必须半正定：任何组合都不得为负",
    "{name} must be positive definite: every mixture of its rows must cost something": "{name} 必须正定：任何组合都要有成本",
    "costs and substitution say the same thing twice; give one of them": "costs 与 substitution 说的是同一件事；只给其中一个",
    "{n:,} choices are too many to write out; at most {most:,} fit": "{n:,} 种选择多得写不下；最多 {most:,} 种",
    "hands={hands} do not reach for the {n} events that must take place": "hands={hands} 不够办非办不可的 {n} 场活动",
    "rosters of {n:,} places do not fit; at most {most:,} do": "名单共 {n:,} 个名额，放不下；最多 {most:,} 个",
    "chances {row} must not be negative and must add up to 1": "概率 {row} 不得为负，且合计须为 1",
    "membership has {n} bodies, reporting {m}": "成员表有 {n} 个机构，汇报表有 {m} 个",
    "{name} must be a table of 0 and 1": "{name} 必须是由 0 和 1 组成的表",
    # contracts on signals
    "best bonus on each signal": "各项指标的最优奖励",
    "whether there is one best contract only": "最优合同是否唯一",
    "effort on each task under the best contract": "最优合同下各项任务的投入",
    "effort on each task that would be best if efforts were seen": "投入看得见时各项任务的最优投入",
    "what both gain together under the best contract": "最优合同下双方合计的所得",
    "what both would gain together if efforts were seen": "投入看得见时双方合计的所得",
    "share of that which the best contract reaches; none where nothing is to be gained": "最优合同达到其中的几成；无利可图时没有",
    "what the risk costs the agent under the best contract": "最优合同下代理人承担风险的代价",
    "fixed part of the pay that leaves the agent nothing over": "使代理人没有剩余的固定报酬",
    "share of the gain that these signals miss even if noise cost nothing; none where nothing is to be gained": (
        "即使噪声毫无代价，这些指标仍然漏掉的份额；无利可图时没有"
    ),
    "cosine distortion of the first signal; none where values or signal are all 0": "第一项指标的余弦扭曲度；价值或指标全为 0 时没有",
    "change of what the principal cares for, for each unit of each bonus": "各项奖励每加一单位，委托方所看重之事的变化",
    "substitution between tasks at which the best bonus on the only signal is 0; none where there is no such": (
        "使唯一指标的最优奖励为零的任务替代程度；没有这样的程度时没有"
    ),
    # organisations on paper
    "what the committee expects of a genuine organisation, of a shell and of none": "居委会从真组织、空壳组织与不建组织中各自的预期所得",
    "what is best for the committee; several where they are worth the same": "对居委会最有利的做法；价值相同时列出多个",
    "whether a shell is better than anything else": "空壳组织是否比其余做法都划算",
    "expected penalty from which no shell pays": "预期处罚达到多少，空壳组织便不划算",
    "expected penalty from which no shell pays, if only shells earned the reward": "若只有空壳组织得到奖励，预期处罚达到多少才不划算",
    "least probability of an audit at which no shell pays; none where the penalty is too small": (
        "使空壳组织不划算的最低抽查概率；处罚太轻时没有"
    ),
    "probability of a shell while looking is not promised beforehand; none where looking or shells never pay": (
        "事先不承诺抽查时出现空壳组织的概率；抽查或空壳从不划算时没有"
    ),
    # attention
    "groups that each department demands in equilibrium": "均衡时各条线要求的小组数",
    "groups that one department demands in equilibrium, on the mean": "均衡时平均每个条线要求的小组数",
    "groups that all departments demand together in equilibrium": "均衡时各条线合计要求的小组数",
    "groups that would be worth most to all departments together": "对所有条线合计最有价值的小组数",
    "share of the committee's time left for its own task": "居委会留给本职工作的时间份额",
    "share that would be left at the best number of groups": "小组数最优时留下的份额",
    "share that would be left if departments kept the groups they demanded before work was moved to others": (
        "若工作转移之后各条线仍只要原来的小组数，留下的份额"
    ),
    "worth of the equilibrium to all departments, fees not counted": "均衡对所有条线的价值，不计收费",
    "most that groups could be worth to all departments together": "小组对所有条线合计最多能有的价值",
    "worth of the best number of groups over that of the equilibrium": "最优小组数的价值与均衡价值之比",
    "fee a group at which departments leave half of the committee's time": "使各条线留下居委会一半时间的每组收费",
    "cap on the groups of each department at which half of the committee's time is left, without a fee": (
        "不收费时，使居委会留下一半时间的每个条线小组上限"
    ),
    "mean time a resident's request waits and is served, in services of a free committee": (
        "居民诉求从提出到办完的平均时间，以居委会专心办一件的时间计"
    ),
    "share of requests that find the committee busy with another": "提出时居委会正忙于别的诉求的比例",
    "number of departments from which requests pile up without end, where nothing is charged or capped": (
        "既不收费也无上限时，条线数达到多少，诉求便无止境地积压"
    ),
    # division of labour
    "output with the steps there are": "现有步骤数下的产出",
    "best number of steps if it need not be whole": "不要求整数时的最优步骤数",
    "best number of steps": "最优步骤数",
    "output with the best number of steps": "最优步骤数下的产出",
    "whether one more step helps": "再多分一步是否有益",
    "number of steps from which the task were better left whole": "步骤数达到多少，还不如整件来做",
    # events
    "bookings that are asked for in all": "合计要求登记的场次",
    "events that take place": "实际举办的活动场次",
    "inflation of events": "活动虚增倍数",
    "organisations that book the same event, at the most": "登记同一场活动的组织最多有几家",
    "cost of all bookings": "全部登记的成本",
    "cost if every booking were an event of its own": "若每次登记都是单独一场活动的成本",
    "whether there are too few hands for an event for each booking": "人手是否不足以场场单办",
    "events that would take place if hands were no limit": "若人手不受限制时会举办的场次",
    "expected penalty for a second booking from which every booking is an event of its own, hands permitting": (
        "重复登记的预期处罚达到多少，在人手允许时便场场单办"
    ),
    # ledgers
    "share of the time left for real work": "留给实际工作的时间份额",
    "number of organisations from which ledgers take all the time; none where they take none": (
        "组织数达到多少，台账便占去全部时间；台账不费时间时没有"
    ),
    "whether ledgers take all the time": "台账是否占去全部时间",
    "formalism index": "形式化指数",
    "organisations that can be kept on the books": "台账上最多挂得住的组织数",
    "organisations a committee founds that is free to choose their number; the fewest where it does not care": (
        "居委会可自定数目时会建的组织数；无所谓时取最少"
    ),
    "share of the time then left for real work": "此时留给实际工作的时间份额",
    "ledger from which a count that is rewarded is not worth its paper; none where real work is worth nothing": (
        "台账重到多少，受奖励的数量便不值那些纸；实际工作毫无价值时没有"
    ),
    "time that one organisation less on the books frees for real work": "台账上少一家组织为实际工作腾出的时间",
    # several principals
    "bonus on each task, of all principals together, in equilibrium": "均衡时各委托方合计给各项任务的奖励",
    "bonus on each task that one principal with the benefits of all would pay": "由一个代表全体利益的委托方给各项任务的奖励",
    "most that a principal pays for a unit of a task that is worth nothing to it; none where every task is worth something": (
        "各主人为对自己毫无价值的任务每单位最多付多少；若每项任务对人人都有价值则无"
    ),
    "bonus of each principal on each task in equilibrium; below 0 it pays the committee to leave a task alone": (
        "均衡时各委托方给各项任务的奖励；负数表示花钱让居委会别做"
    ),
    "effort on each task in equilibrium": "均衡时各项任务的投入",
    "effort on each task under one principal": "只有一个委托方时各项任务的投入",
    "effort on each task that would be best if noise cost nothing": "噪声毫无代价时各项任务的最优投入",
    "total strength of incentives in equilibrium, over that under one principal; none where nothing is paid": (
        "均衡激励的总强度与单一委托方激励之比；什么也不付时没有"
    ),
    "gain of all principals and the committee together in equilibrium": "均衡时各委托方与居委会合计的所得",
    "gain of all together under one principal, the most that pay by what is seen can reach": (
        "只有一个委托方时合计的所得，即按可见结果付酬所能达到的最大值"
    ),
    "what is lost by having several principals": "委托方众多造成的损失",
    "bonus on each task where principals may reward their own tasks only": "各委托方只许奖励自己的任务时各项任务的奖励",
    "gain of all together where principals may reward their own tasks only": "各委托方只许奖励自己的任务时合计的所得",
    # rosters
    "places on all rosters": "全部名单上的名额",
    "places that staff fill": "由工作人员填的名额",
    "places that residents fill": "由居民填的名额",
    "whether all rosters hold nobody but staff": "是否所有名单上都只有工作人员",
    "bodies that each of the staff is in, on the mean": "平均每名工作人员所在的机构数",
    "bodies that the busiest of the staff is in": "兼职最多的工作人员所在的机构数",
    "different people on all rosters": "全部名单上不同的人数",
    "overlap index": "重叠指数",
    "overlap index of the places that staff fill": "工作人员所填名额的重叠指数",
    "administrative share": "行政化比例",
    "what the names cost": "填名字的成本",
    "what the names would cost if all were residents": "若名字都由居民来填的成本",
    "pairs of bodies between which staff go to and fro": "工作人员往返其间的机构对数",
    "reports": "汇报数",
    "coordination load": "协调负担",
    "share of the staff's hours that coordination takes": "协调占去工作人员工时的份额",
    # nobody can be fined
    "cheapest pay by result for each effort; none where no pay brings it about": "促成各种投入的最低报酬（按结果）；无法促成时没有",
    "expected pay of each effort; none where no pay brings it about": "各种投入的预期报酬；无法促成时没有",
    "what the agent keeps of the pay for each effort, over its cost and what it could walk away with": (
        "各种投入下代理人扣除成本与退路之后留下的所得"
    ),
    "effort that is best for the principal; of several the best for both, none where no pay brings any about": (
        "对委托方最有利的投入；有多个时取对双方最好的，无法促成任何投入时没有"
    ),
    "effort that is best for both together; the first of several": "对双方合计最有利的投入；有多个时取第一个",
    "pay for the last result that brings about the costliest effort; none where no pay does": (
        "促成最费力投入时对最后一种结果的报酬；无法促成时没有"
    ),
    "what the agent keeps for the costliest effort; none where no pay brings it about": "最费力投入下代理人留下的所得；无法促成时没有",
    "whether effort that is best for both together is not worth its pay to the principal": "对双方最有利的投入，委托方是否嫌报酬不值",
}
