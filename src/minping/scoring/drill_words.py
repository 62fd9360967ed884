"""Drill words: what a figure of citizens' words rests on, as lines to read."""

from __future__ import annotations

from minping.model.drill import CellWeight, Drill, Place, Tally
from minping.words import Text

MOST_CELLS = 40  #: cells of a calibration that are told one by one


def drill_lines(found: Drill) -> tuple[Text, ...]:
    """Counts, what was left out and why, weights, and where the rows stand."""
    counts = tuple(_counts(group) for group in found.tallies if group)
    return (*counts, *_removals(found), *_weights(found), *(_place(place) for place in found.places))


def _counts(group: tuple[Tally, ...]) -> Text:
    return Text(
        " · ".join(f"{tally.name.zh} {tally.count:.0f}" for tally in group),
        " · ".join(f"{tally.name.en} {tally.count:.0f}" for tally in group),
    )


def _removals(found: Drill) -> tuple[Text, ...]:
    return tuple(
        Text(
            f"剔除 {one.count} 件：{one.reason or '没有写明原因'}（批准：{one.approved_by or '—'}）",
            f"left out {one.count}: {one.reason or 'no reason given'} (approved by {one.approved_by or '—'})",
        )
        for one in found.removals
    )


def _weights(found: Drill) -> tuple[Text, ...]:
    if not found.outcome.zh:
        return ()
    shown = [_cell(cell) for cell in found.weights[:MOST_CELLS]]
    more = len(found.weights) - len(shown)
    rest = (Text(f"  ……另有 {more} 格", f"  … {more} more cells"),) if more > 0 else ()
    return (found.outcome, *shown, *rest)


def _cell(cell: CellWeight) -> Text:
    words = " × ".join(cell.words)
    factor = (
        Text("无权重", "no weight")
        if cell.factor is None
        else Text(f"每件权重 {cell.factor:.3g}", f"each counts {cell.factor:.3g}")
    )
    zh = f"  {words}：办件 {cell.issued:.0f}，评价 {cell.rated:.0f}，{factor.zh}"
    en = f"  {words}: {cell.issued:.0f} served, {cell.rated:.0f} rated, {factor.en}"
    return Text(f"{zh}（{cell.note.zh}）", f"{en} ({cell.note.en})") if cell.note.zh else Text(zh, en)


def _place(place: Place) -> Text:
    sheet = f"[{place.sheet}]" if place.sheet else ""
    rows = " ".join(f"{place.file}{sheet}:{row}" for row in place.first)
    more = " …" if place.count > len(place.first) else ""
    digest = place.sha256[:12]
    return Text(
        f"→ {place.kind.zh} {place.count} 行：{rows}{more}（文件共 {place.rows} 行，SHA-256 {digest}…）",
        f"→ {place.kind.en}, {place.count} rows: {rows}{more} (file of {place.rows} rows, SHA-256 {digest}…)",
    )
