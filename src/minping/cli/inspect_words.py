"""A plan of inspections as a list to fill in, as a record of how it was drawn, and on the terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.evidence.prefilled import Cell
    from minping.model.evidence import Bodies
    from minping.model.inspected import ErrorRate, InspectionPlan

RATES = (0.05, 0.1, 0.2)
Z = 1.959964  #: 95 %
METHOD = Text(
    "入样概率正比于风险×分量，并有下限；按条件泊松抽样抽取固定件数，每项的入样概率恰为所列（Hájek 1964）",
    "chances proportional to risk × how much hangs on a claim, with a floor; a fixed number drawn by conditional Poisson "
    "sampling, so that each has exactly its chance (Hájek 1964)",
)
HEADS = (
    Text("类别", "kind"),
    Text("共有", "claims"),
    Text("抽取", "drawn"),
    Text("入样概率", "chance"),
)


def list_rows(plan: InspectionPlan, bodies: Bodies, lang: Lang) -> list[dict[str, Cell]]:
    """The drawn claims as rows of `inspections`, to be completed; nothing says why one was drawn."""
    from minping.audit.inspections.plan import strata_of

    claims = plan.claims
    return [
        {
            "inspection": name,
            "body": bodies.ids[claims.body[at]],
            "claim": claims.words[at].say(lang),
            "reported_value": float(claims.reported[at]),
            "indicator": claims.about[at],
            "tolerance": float(f"{claims.tolerance[at]:.6g}"),
            "probability": float(plan.probability[at]),
            "stratum": stratum,
        }
        for name, at, stratum in zip(_names(plan), plan.drawn.tolist(), strata_of(plan), strict=True)
    ]


def documented(plan: InspectionPlan, bodies: Bodies) -> dict[str, object]:
    """How the draw was made, so that anyone with the evidence can make it again; for use inside."""
    claims = plan.claims
    return {
        "method": METHOD._asdict(),
        "period": plan.period,
        "seed": plan.seed,
        "claims": len(plan.probability),
        "drawn": len(plan.drawn),
        "effective": round(plan.effective, 2),
        "frame_sha256": plan.frame,
        "frame_lines": "kind<TAB>body<TAB>about<TAB>probability, in the order of kinds, one line feed each, UTF-8",
        "kinds": [
            {"kind": kind, "claims": there, "drawn": drawn, "least": least, "most": most}
            for kind, (there, drawn, least, most) in _kinds(plan).items()
        ],
        "list": [
            {
                "inspection": name,
                "body": bodies.ids[claims.body[at]],
                "about": claims.about[at],
                "probability": float(plan.probability[at]),
                "risk": round(float(plan.risk[at]), 3),
            }
            for name, at in zip(_names(plan), plan.drawn.tolist(), strict=True)
        ],
    }


def show(out: Console, plan: InspectionPlan, files: Sequence[Path], lang: Lang) -> None:
    """Print what was drawn, how well the result will tell the error rate, and what to do next."""
    from rich.table import Table

    from minping.model.inspected import CLAIM_KINDS

    there, drawn = len(plan.probability), len(plan.drawn)
    said = Text(f"{plan.period}：{there} 项可核查，抽取 {drawn} 项", f"{plan.period}: {drawn} of {there} claims drawn")
    out.print(said.say(lang), style="bold")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(HEADS):
        table.add_column(head.say(lang), justify="right" if number else "left")
    for kind, (count, taken, least, most) in _kinds(plan).items():
        table.add_row(CLAIM_KINDS[kind].say(lang), str(count), str(taken), f"{least:.3g}–{most:.3g}")  # type: ignore[index]
    out.print(table)
    out.print(margins(plan).say(lang))
    done = Text(
        "名单不写为何抽中：核查的人不应先知道结果。由本单位以外的人核查，填 visited_on、found_value、inspected_by，存为 "
        "evidence/inspections，再运行 minping audit",
        "The list doesn't say why a claim was drawn: whoever looks should not expect a result. Let others than the body "
        "inspect, fill in visited_on, found_value, inspected_by, save as evidence/inspections, run minping audit",
    )
    out.print(done.say(lang))
    written = " ".join(str(one) for one in files)
    out.print(Text(f"已写出 {written}", f"written: {written}").say(lang), soft_wrap=True)


def margins(plan: InspectionPlan) -> Text:
    """± at 95 % to expect of the overall error rate, where errors are spread evenly."""
    told = []
    for rate in RATES:
        wide = Z * math.sqrt(rate * (1 - rate) / plan.effective) if plan.probability.min() < 1 else 0.0
        told.append((f"{rate:.0%}", f"{100 * wide:.1f}"))
    zh = "，".join(f"若为 {rate} 则正负 {wide} 个百分点" for rate, wide in told)
    en = ", ".join(f"± {wide} points at {rate}" for rate, wide in told)
    return Text(f"总体差错率的估计：{zh}（95%）", f"Overall error rate to be told: {en} (95 %)")


def rate_json(found: ErrorRate | Text) -> dict[str, object]:
    """For scripts."""
    if isinstance(found, Text):
        return {"because": found._asdict()}
    columns = zip(
        found.groups,
        *(getattr(found, name).tolist() for name in ("inspected", "wrong", "share", "low", "high")),
        strict=True,
    )
    names = ("stratum", "inspected", "wrong", "share", "low", "high")
    groups = [{key: _known(cell) for key, cell in zip(names, row, strict=True)} for row in columns]
    return {"level": found.level, "unseen": found.unseen, "all": groups[0], "strata": groups[1:]}


def _known(cell: object) -> object:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _names(plan: InspectionPlan) -> list[str]:
    return [f"I-{plan.period}-{at + 1:04d}" for at in range(len(plan.drawn))]


def _kinds(plan: InspectionPlan) -> dict[str, tuple[int, int, float, float]]:
    """Kind -> claims, drawn ones, least and most chance; those that there are."""
    from minping.model.inspected import CLAIM_KINDS

    found = {}
    for at, kind in enumerate(CLAIM_KINDS):
        mine = plan.claims.kind == at
        if mine.any():
            chance = plan.probability[mine]
            found[kind] = int(mine.sum()), int(np.isin(plan.drawn, np.flatnonzero(mine)).sum()), *_ends(chance)
    return {str(kind): row for kind, row in found.items()}


def _ends(chance: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    return float(chance.min()), float(chance.max())
