"""What the coverage of a scheme comes to, in words for the terminal and the report."""

from __future__ import annotations

from minping.model.coverage import STANDINGS, Coverage
from minping.words import Text

SMALLEST = 0.005  #: share that is told
REPORTERS = {
    "self": Text("本单位", "the body itself"),
    "statistics": Text("统计部门", "statistics"),
    "third_party": Text("第三方", "a third party"),
}


def resting_words(found: Coverage) -> Text:
    """On whose figures the score rests, the shares that are not nought."""
    shares = {title: found.share(standing) for standing, title in STANDINGS.items()}
    told = [(title, f"{share:.0%}") for title, share in shares.items() if share >= SMALLEST]
    return Text(
        f"总分权重中：{'；'.join(f'{title.zh}的占 {share}' for title, share in told)}。",
        f"Of the weight: {', '.join(f'{share} {title.en}' for title, share in told)}.",
    )


def reporting_words(found: Coverage) -> Text:
    """What the scheme asks of bodies in a year."""
    told = found.reporting
    if not told.indicators:
        return Text("本方案不要求各单位自报。", "The scheme asks bodies for no figures of their own.")
    return Text(
        f"填报负担：自报 {told.indicators} 项，{told.bodies} 个单位每年共 {told.cells:g} 格，平均每单位 {told.each:.1f} 格。",
        f"Reporting burden: {told.indicators} self-reported figures; {told.bodies} bodies fill in {told.cells:g} cells a "
        f"year, {told.each:.1f} each on average.",
    )
