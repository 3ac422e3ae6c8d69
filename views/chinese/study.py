"""The sentences of the facts of the study and its figure."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "no item {name!r} in the study; {hint}": "研究中没有条目 {name!r}；{hint}",
    "the study gives no figure for {name}": "研究没有给出 {name} 的数值",
    "--set {name}: Figure 1 asks for CASE.NAME=VALUE; {hint}": "--set {name}：图 1 要写成 CASE.NAME=VALUE；{hint}",
    "the study's figures, and what may be concluded from them": "研究给出的数字，以及由此能得出什么",
    "item": "条目",
    "what it is": "内容",
    "figure": "数值",
    "caution": "注意",
    "What may be concluded, and no more": "能得出的结论，仅此而已",
    "Everything else in the cases is an assumption: the study reports no payoff, cost, probability or rate.": "案例中其余数值都是假定：研究没有报告任何收益、成本、概率或速率。",
    "{held} of {all} edges hold at these parameters.": "在现有参数下，{all} 条边中 {held} 条成立。",
    "more of the first makes more (+) or less (−) of the second": "前者越多，后者越多（+）或越少（−）",
    "reconstructed from the study's text; the drawing itself is not at hand": "据研究正文重构；原图不在手边",
    "write the picture of figure-1 to this file (.svg)": "把 figure-1 的图写入此文件（.svg）",
    "Tell a case's story and draw its game; figure-1 and study are the study's own figure and facts.": "讲述案例并画出博弈；figure-1 与 study 是研究自己的图与事实。",
    "--picture is for figure-1; {case} is drawn in the terminal": "--picture 只用于 figure-1；{case} 在终端中画出",
    "the study's figures are given; set a parameter of a case instead": "研究的数字是给定的；请改为设置案例的参数",
}
