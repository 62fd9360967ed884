"""What `minping audit` prints: findings by what is looked for, what else they may be, what was not applicable and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minping.words import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

    from minping.model.findings import Finding, Findings

NOTHING = Text("没有待核实的发现", "nothing that needs checking was found")
HEADS = (
    Text("单位", "body"),
    Text("待核实", "needs checking"),
    Text("所见", "what was found"),
    Text("q", "q"),
    Text("证据", "grade"),
    Text("状态", "state"),
    Text("行", "rows"),
    Text("编号", "id"),
)
STATES = {
    "open": Text("待核实", "open"),
    "replied": Text("已答复", "replied"),
    "confirmed": Text("已认定", "confirmed"),
    "dismissed": Text("已排除", "dismissed"),
}
NARROW = 100  #: columns of a terminal; below, each finding is a few lines and no row of a table


def print_findings(out: Console, found: Findings, names: dict[str, str], lang: Lang) -> None:
    """The findings under the heads of what is looked for, each kind of test followed by what else it may be."""
    from minping.audit.suspicions import KIND_OF, KINDS
    from minping.model.findings import NEEDS_CHECKING

    colon = "：" if lang == "zh" else ": "
    if not found.findings:
        out.print(f"{found.period}{colon}{NOTHING.say(lang)}", style="green")
        return
    out.print(f"{found.period}{colon}{NEEDS_CHECKING.say(lang)}", style="italic")
    for kind, (title, _) in KINDS.items():
        told = [one for one in found.findings if KIND_OF[one.suspicion] == kind]
        if not told:
            continue
        (_narrow if out.width < NARROW else _table)(out, told, names, title, lang)
        for one in {one.suspicion: one for one in told}.values():
            out.print(f"{one.title.say(lang)}: {one.test.say(lang)}", style="bold")
            out.print(f"    {Text('也可能是', 'may also be').say(lang)}: {one.innocent.say(lang)}")
            out.print(f"    {Text('如何核实', 'how to check').say(lang)}: {one.check.say(lang)}")


def _table(out: Console, told: list[Finding], names: dict[str, str], title: Text, lang: Lang) -> None:
    from rich.table import Table

    table = Table(*(head.say(lang) for head in HEADS), title=title.say(lang))
    for one in told:
        table.add_row(names[one.body], one.title.say(lang), *_figures(one, lang))
    out.print(table)


def _narrow(out: Console, told: list[Finding], names: dict[str, str], title: Text, lang: Lang) -> None:
    out.print(title.say(lang), style="bold underline")
    for one in told:
        figures = zip(HEADS[2:], _figures(one, lang), strict=True)
        out.print(f"{names[one.body]} · {one.title.say(lang)}", style="bold")
        out.print("    " + "; ".join(f"{head.say(lang)} {cell}" for head, cell in figures))


def _figures(one: Finding, lang: Lang) -> tuple[str, ...]:
    q = "–" if one.p == 0 else f"{one.q:.2g}"
    return found_words(one).say(lang), q, one.grade, STATES[one.state].say(lang), rows_of(one), one.id


def found_words(one: Finding) -> Text:
    """What was found: in the test's own words, or else how many where how many would be expected."""
    if one.said is not None:
        return one.said
    return Text(
        f"{one.observed:.0f}，应约 {one.expected:.1f}（共 {one.n}）",
        f"{one.observed:.0f}, about {one.expected:.1f} expected (of {one.n})",
    )


def rows_of(one: Finding) -> str:
    """How many rows a finding concerns, and the first of them: `36: evidence/ratings.csv:132, 368, 424`."""
    said: list[str] = []
    before = ""
    for place in one.sample[:3]:
        file, _, row = place.rpartition(":")
        said.append(row if file == before else place)
        before = file
    return f"{one.rows}: {', '.join(said)}" if said else "–"


def print_skipped(out: Console, found: Findings, lang: Lang) -> None:
    """The tests that were not applicable, by reason: they are no pass."""
    reasons: dict[Text, list[str]] = {}
    for one in found.skipped:
        reasons.setdefault(one.because, []).append(one.title.say(lang))
    because, comma = Text("不适用，因为", "not applicable, because"), "、" if lang == "zh" else "; "
    for reason, titles in reasons.items():
        out.print(f"– {because.say(lang)} {reason.say(lang)}: {comma.join(titles)}")
