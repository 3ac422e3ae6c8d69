"""The sentences of mediation, continuous games and linear programs with certificates."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "every player has a payoff, an amount and bounds": "每个参与者都有收益、数额和上下限",
    "the amount of {player} lies within its bounds": "{player}的数额在上下限之内",
    "the payoff of {player} is 0/0 at {amount}, where nothing is proved": "{player}的收益在{amount}处是0/0，那里什么也没有证明",
    "the payoff of {player} is defined at every amount within the bounds": "{player}的收益在上下限之内处处有定义",
    "no other amount is worth more to {player}": "换任何数额，{player}都得不到更多",
    "no other amount is worth over {slack} more to {player}": "换任何数额，{player}多得的都不超过{slack}",
    "the payoff of {player} is {payoff}": "{player}的收益是{payoff}",
    "payoffs, amounts and bounds must name the same players, and constants others": "收益、数额和上下限必须写同一批参与者，常数用别的名字",
    "a linear program of {n} variables and {m} rows does not fit together": "{n}个变量、{m}行的线性规划各部分对不上",
    "the program has as many numbers in every row as variables, and one bound a row": "规划每行的数与变量一样多，每行一个上限",
    "the end is optimal, infeasible or unbounded": "结局是有最优解、无可行解或无界三者之一",
    "the solution keeps every row and sign": "该解满足每一行和每个符号",
    "no price of a row is negative": "每行的价格都不为负",
    "the prices cover what every variable is worth": "价格抵得上每个变量的价值",
    "solution and prices have the value that is written: {value}": "解与价格都等于写明的值：{value}",
    "the rows, added up by their prices, contradict themselves": "各行按价格相加后自相矛盾",
    "along the direction no row is ever reached": "沿该方向永远碰不到任何一行",
    "along the direction the value grows": "沿该方向目标值增长",
}
