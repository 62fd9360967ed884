"""What is said about ratings that were weighed to a log: each edge with its category, bodies and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.errors import EvidenceError, Problem
from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import parse_scheme
from minping.scoring.evaluation import Evaluation

SCHEME = """\
id: weighed
version: 1
title: {{zh: 校准, en: weighed}}
authority: {{issuer: 考评办}}
indicators:
  - {{id: plain, title: 好评率, direction: higher, weight: 1, unit: "%", from: {{ratings: share_satisfied}},
     normalise: {{method: goalposts, floor: 0, target: 100, reason: 自然界限}}}}
  - {{id: weighed, title: 校准, direction: higher, counts: false, unit: "%",
     from: {{ratings: share_satisfied, calibrate: {{{how}}}}}}}
missing: {{policy: exclude}}
publish: {{ranking: none, k: {k}}}
"""
#: of each body: ratings by channel as (level, count)
RATED = {
    "b1": {"hall": [(5, 30), (1, 10)], "online": [(5, 8), (1, 12)], "phone": [(4, 1)]},
    "b2": {"hall": [(5, 20)], "online": [(5, 18), (1, 2)], "phone": [(3, 9)], "Hall": [(1, 6)]},
    "b3": {"hall": [(5, 7)]},
}
SERVED = {
    "b1": {"hall": 100, "online": 200, "phone": 50},
    "b2": {"hall": 100, "online": 100, "phone": 60},
    "b4": {"hall": 5},
}


def folder(home: Path, offers_columns: str = "body,period,channel,issued") -> Path:
    (home / "evidence").mkdir(exist_ok=True)
    names = {**RATED, **SERVED}
    write(home, "bodies", ["body,name", *(f"{body},单位{body}" for body in names)])
    rows, at = ["case,body,rated_on,level,channel,window"], 0
    for body, channels in RATED.items():
        for channel, told in channels.items():
            for level, count in told:
                for one in range(count):
                    at += 1
                    rows.append(f"c{at},{body},2024-05-{1 + one % 28:02d},{level},{channel},w{one % 4}")
    write(home, "ratings", rows)
    offers = [f"{body},2024,{channel},{count}" for body, told in SERVED.items() for channel, count in told.items()]
    if "channel" not in offers_columns:
        offers = [f"{body},2024,{sum(told.values())}" for body, told in SERVED.items()]
    write(home, "offers", [offers_columns, *offers])
    return home


def write(home: Path, table: str, lines: list[str]) -> None:
    (home / "evidence" / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def evaluated(home: Path, how: str, k: int = 1) -> Evaluation:
    scheme = parse_scheme(SCHEME.format(how=how, k=k))
    return evaluate(scheme, load_evidence(home, scheme), draws=0)


def told(found: Evaluation) -> dict[str, list[Problem]]:
    by_code: dict[str, list[Problem]] = {}
    for problem in found.problems:
        by_code.setdefault(problem.code, []).append(problem)
    return by_code


def test_a_channel_with_cases_and_too_few_ratings_is_named_with_what_to_merge(tmp_path: Path) -> None:
    found = evaluated(folder(tmp_path), "to: [channel]")
    few, *more = told(found)["too-few-to-calibrate"]
    assert not more and few.place.file == "evidence/ratings.csv" and few.place.column == "channel"
    assert "“phone”" in few.found.en and "b1 (1)" in few.found.en and "“phone”" in few.found.zh
    assert "merge: [[phone, hall]]" in few.fix.en or "merge: [[phone, online]]" in few.fix.en
    values = found.table("values").to_pylist()
    figure = {row["body"]: row["value"] for row in values if row["indicator"] == "weighed"}
    assert figure["b1"] != figure["b1"] and figure["b2"] == figure["b2"]


def test_ratings_of_an_unknown_channel_are_named_with_the_nearest(tmp_path: Path) -> None:
    unknown, *more = told(evaluated(folder(tmp_path), "to: [channel]"))["unknown-to-offers"]
    assert (
        not more
        and "“Hall”" in unknown.found.en
        and "b2 (1)" in unknown.found.en
        and unknown.fix.en == "did you mean hall?"
    )


def test_a_word_of_few_ratings_is_not_named_where_it_could_give_somebody_away(tmp_path: Path) -> None:
    unknown = told(evaluated(folder(tmp_path), "to: [channel]", k=7))["unknown-to-offers"]
    assert (
        len(unknown) == 1
        and "Hall" not in unknown[0].line("zh") + unknown[0].line("en")
        and "“…”" in unknown[0].found.en
    )


def test_bodies_without_offers_or_without_ratings_are_named(tmp_path: Path) -> None:
    by_code = told(evaluated(folder(tmp_path), "to: [channel]"))
    assert "b3 (1)" in by_code["no-cases-to-calibrate-to"][0].found.en
    assert "b4 (1)" in by_code["no-ratings-to-calibrate"][0].found.en


def test_what_was_counted_together_is_shown(tmp_path: Path) -> None:
    found = evaluated(folder(tmp_path), "to: [channel], few: pool")
    note, *more = told(found)["counted-together"]
    assert not more and note.severity == "note" and "online at 1, phone at 1" in note.found.en
    assert "too-few-to-calibrate" not in told(found)
    figure = next(row["value"] for row in found.table("values").to_pylist() if row["indicator"] == "weighed")
    assert figure == pytest.approx(100 * (100 / 350 * 30 / 40 + 250 / 350 * 9 / 21))


def test_merging_in_the_scheme_leaves_nothing_to_say(tmp_path: Path) -> None:
    codes = set(told(evaluated(folder(tmp_path), "to: [channel], merge: [[online, phone], [hall, Hall]]")))
    assert not codes & {"too-few-to-calibrate", "unknown-to-offers", "counted-together"}


def test_bounds_that_no_weights_can_keep_are_told(tmp_path: Path) -> None:
    by_code = told(evaluated(folder(tmp_path), "to: [channel], least: 1, method: bounded, bounds: [0.95, 1.05]"))
    assert "b1, b2 (2)" in by_code["calibration-does-not-converge"][0].found.en


def test_offers_without_the_column_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        evaluated(folder(tmp_path, "body,period,issued"), "to: [channel]")
    assert [(one.code, one.place.file) for one in caught.value.problems] == [
        ("no-column-to-calibrate", "evidence/offers.csv")
    ]


def test_the_same_calibration_of_two_indicators_is_told_of_once(tmp_path: Path) -> None:
    text = SCHEME.format(how="to: [channel]", k=1)
    more = text.replace(
        "missing:",
        "  - {id: again, title: 再, direction: higher, counts: false, unit: 分, from: {ratings: mean_points, calibrate: {to: [channel]}}}\nmissing:",
    )
    scheme = parse_scheme(more)
    found = evaluate(scheme, load_evidence(folder(tmp_path), scheme), draws=0)
    assert len(told(found)["too-few-to-calibrate"]) == 1
