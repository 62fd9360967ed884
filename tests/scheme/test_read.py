from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import SchemeError
from minping.scheme.read import MOST_BYTES, codebook, parse_scheme, read_scheme
from tests.made import scheme
from tests.scheme.faults import GOOD, changed, faults, problems_of


def test_a_good_scheme_is_read() -> None:
    file = parse_scheme(GOOD)
    assert [part.id for part in file.scheme.parts] == ["people", "economy", "solved", "wait", "rate"]
    assert file.scheme.version == "1"
    assert len(file.sha256) == 64


@pytest.mark.parametrize(
    ("old", "new", "fault", "near"),
    [
        ("weights: {sum", "wieghts: {sum", ("misspelt-key", 6, "wieghts"), "weights"),
        ("floor: 0", "flor: 0", ("unknown-parameter", 11, "indicators.solved.normalise.flor"), "floor"),
        ("direction: lower", "direktion: lower", ("misspelt-key", 12, "indicators.wait.direktion"), "direction"),
        ("direction: lower", "direction: lowest", ("unknown-option", 12, "indicators.wait.direction"), "lower"),
        ("normalise: minmax", "normalise: minmaks", ("unknown-method", 12, "indicators.wait.normalise.method"), "minmax"),
        ("in: economy, direction: lower", "in: econmy, direction: lower", ("unknown-dimension", 12, "indicators.wait.in"), "economy"),
        ("rural: 70", "rurall: 70", ("unknown-type", 13, "indicators.rate.weight.rurall"), "rural"),
        ("direction: lower", "direction: lower, from: {requests: solve_rate}", ("unknown-option", 12, "indicators.wait.from.requests"), "solved_rate"),
        ("direction: lower", "direction: lower, from: {requests: {share: [solvd]}}", ("unknown-option", 12, "indicators.wait.from.requests.share.0"), "solved"),
        ("id: b, title", "id: b, titel", ("misspelt-key", 15, "grades.levels.b.titel"), "title"),
    ],
)  # fmt: skip
def test_a_misspelt_word_is_told_with_its_line_and_the_nearest_one(
    old: str, new: str, fault: tuple[str, int, str], near: str
) -> None:
    found = {(entry.code, entry.place.row, entry.place.column): entry for entry in problems_of(changed(old, new))}
    assert fault in found
    assert near in found[fault].fix.en and near in found[fault].fix.zh


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("weight: 30", "weight: thirty", ("bad-value", 12, "indicators.wait.weight")),
        ("weight: 30", "weight: .inf", ("bad-value", 12, "indicators.wait.weight")),
        ("weight: 30", "weight: -1", ("bad-value", 12, "indicators.wait.weight")),
        ("urban: 70", "urban: many", ("bad-value", 13, "indicators.rate.weight.urban")),
        ("authority: {issuer: 考评办}", "authority: 考评办", ("bad-value", 4, "authority")),
        ("authority: {issuer: 考评办}", "authority: {}", ("missing-key", 4, "authority.issuer")),
        ("sum: 100", "sum: 0", ("bad-value", 6, "weights.sum")),
        ("title: {zh: 好方案, en: good}", "title: {}", ("bad-value", 3, "title")),
        ("version: 1", "version: 1\nperiod: {of: 2016-13}", ("bad-value", 3, "period.of")),
        ("version: 1", "version: 1\npoints: {low: 100, high: 0}", ("bad-value", 3, "points")),
    ],
)
def test_a_wrong_value_is_told_once_with_its_line(old: str, new: str, fault: tuple[str, int, str]) -> None:
    assert faults(changed(old, new)) == [fault]


def test_what_is_wanted_is_said_in_both_languages() -> None:
    (found,) = problems_of(changed("weight: 30", "weight: .inf"))
    assert (found.allowed.zh, found.allowed.en) == ("有限的数", "a finite number")


def test_a_fault_within_an_entry_brings_no_second_one_of_the_whole_list() -> None:
    text = changed("direction: lower", "direction: down").replace("floor: 0,", "floor: 0, clip: 1,")
    assert faults(text) == [("unknown-option", 12, "indicators.wait.direction")]
    assert faults(GOOD[: GOOD.index("indicators:")] + "indicators: []\n")[0] == ("bad-value", 10, "indicators")


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    text = changed("weight: 60", "weight: 50").replace("minmax", "minmaks").replace("target: 100", "target: 0")
    codes = [code for code, _, _ in faults(text)]
    assert codes == ["weights-do-not-sum", "weights-do-not-sum", "equal-bounds", "unknown-method"]
    rows = [row for _, row, _ in faults(text)]
    assert rows == sorted(rows, key=lambda row: row or 0)


def test_a_key_given_twice_is_told() -> None:
    assert ("duplicate-key", 3, "version") in faults(changed("version: 1", "version: 1\nversion: 2"))


def test_a_file_in_gb18030_is_read(tmp_path: Path) -> None:
    (tmp_path / "scheme.yaml").write_bytes(GOOD.encode("gb18030"))
    assert read_scheme(tmp_path).scheme.title.zh == "好方案"
    (tmp_path / "scheme.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_scheme(tmp_path / "scheme.yaml").scheme.id == "good"


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "no-scheme"), (b"\xff\xff\x00", "not-text"), (b"a" * (MOST_BYTES + 1), "scheme-too-large")],
)
def test_a_file_that_is_no_scheme_is_told(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "scheme.yaml").write_bytes(content)
    with pytest.raises(SchemeError) as caught:
        read_scheme(tmp_path)
    assert [found.code for found in caught.value.problems] == [code]


def test_the_codebook_names_every_figure_that_the_scheme_asks_for() -> None:
    file = scheme(
        "indicators:\n"
        "  - {id: a, title: 甲, unit: '%', direction: higher, weight: 1, possible: [0, 100],"
        " normalise: {method: goalposts, floor: p5, target: goal_a}}\n"
        "  - {id: b, title: 乙, direction: higher, weight: 1, from: {official: b_level},"
        " convert: {per: population, real: cpi}, normalise: minmax}\n"
        "adjust: {bonus: [{id: c, title: 奖, official: prizes, max: 3}],"
        " veto: [{id: d, title: 否, when: {incident: fraud}, grade: x}]}\n"
        "grades: {levels: [{id: x, title: x}]}\n"
    )
    book = codebook(file.scheme)
    assert set(book.indicators) == {"a", "b_level", "population", "cpi", "goal_a", "prizes"}
    assert book.indicators["a"].percent and (book.indicators["a"].low, book.indicators["a"].high) == (0, 100)
    assert book.incident_kinds == ("fraud",)


def test_what_is_wrong_behind_a_misspelt_key_is_told_at_once() -> None:
    text = changed("direction: lower", "directon: lower").replace("method: goalposts", "method: goalpost")
    assert {code for code, _, _ in faults(text)} == {"misspelt-key", "missing-key", "unknown-method"}
