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
}
