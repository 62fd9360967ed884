"""The same evidence written twice: plainly, and in every odd way that the checks let through."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from minping.scheme import work_rules
from minping.simulation.county import simulate

Row = dict[str, str]
SERVICE = Path(__file__).resolve().parents[2] / "src" / "minping" / "schemes" / "service" / "scheme.yaml"
MORE = """
  - {id: trust, in: ratings, title: {zh: 信任, en: trust}, unit: 分, direction: higher, counts: false,
     kind: survey, from: {surveys: trust, least: 5}}
  - {id: positive, in: ratings, title: {zh: 正面, en: positive}, unit: "%", direction: higher, counts: false,
     kind: survey, from: {surveys: satisfied, measure: share_positive, least: 5, lonely: certainty}}
  - {id: quick, in: requests, title: {zh: 五个工作日内办结, en: closed in five working days}, unit: "%",
     direction: higher, counts: false, from: {requests: closed_within, days: 5, days_of: working}}
  - {id: median, in: requests, title: {zh: 中位办结天数, en: median days}, unit: 天, direction: lower, counts: false,
     from: {requests: median_days}}
  - {id: heard, in: ratings, title: {zh: 连同回访, en: with those called back}, unit: 分, direction: higher,
     counts: false, kind: survey, from: {ratings: mean_points, callbacks: true, least: 5}}
  - {id: undone, in: requests, title: {zh: 反复率, en: came again}, unit: "%", direction: lower, counts: false,
     from: {requests: undone_rate}}
"""
WORKS = "".join(
    f"  - {{id: {name}, in: requests, title: {{zh: 试, en: {name}}}, unit: 件, direction: higher, counts: false, "
    f"from: {{{kind}: {name}}}}}\n"
    for kind, measures in work_rules.WORKS.items()
    for name in measures
)
DAYS: Sequence[Callable[[dt.date], str]] = (
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f" {day.year}-{day.month}-{day.day} ",
    lambda day: f"{day:%Y.%m.%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day} 23:59:00",
    lambda day: f"{day}T00:30:00+08:00",
)
MOMENTS: Sequence[Callable[[str], str]] = (  # of one time zone, as the checks want it
    lambda text: text,
    lambda text: f" {text} ",
    lambda text: text.replace("-", "/").replace("T", " "),
    lambda text: f"{text[:19]}.000 +08:00",
)
BLANKS = ("{}", " {}", "{} ", "\t{}\n", "{}")


def plain(folder: Path) -> Path:
    """A small simulated county with answers of several lines, removals, ties and requests left out of the rates."""
    simulate(folder, seed=11, bodies=5, services=2500, callbacks=400)
    evidence = folder / "evidence"
    for at, row in enumerate(requests := read(evidence / "requests.csv")):
        if at % 6 == 0:
            row["reply"] = "您好，\n您的来信已收悉。\n谢谢" if row["responded_at"] else ""
        if at % 9 == 0:
            row["excluded"], row["approved_by"] = "重复派单", "热线中心"
        if at % 5 == 0 and at:
            before = requests[at - 1]
            row |= {name: before[name] for name in ("body", "category", "place")}
        if at % 7 == 0:
            row["closed_at"] = row["reopened_at"] = row["resolved"] = row["satisfied"] = ""
    write(evidence / "requests.csv", requests)
    for at, row in enumerate(ratings := read(evidence / "ratings.csv")):
        if row["status"] == "rated" and at % 13 == 0:
            row |= {"status": "removed", "reason": "误评", "approved_by": "政务办"}
        if at % 3 == 0:
            row["window"] = ""
    write(evidence / "ratings.csv", ratings)
    for at, row in enumerate(surveys := read(evidence / "surveys.csv")):
        row["answer"] = {0: "unknown", 1: "refused"}.get(at % 11, row["answer"])
    write(evidence / "surveys.csv", surveys)
    (folder / "scheme.yaml").write_text(
        SERVICE.read_text(encoding="utf-8").replace("\nuncertainty:", f"{MORE}{WORKS}uncertainty:", 1), encoding="utf-8"
    )
    return folder


def odd(source: Path, folder: Path) -> Path:
    """The same county: blanks, forms of dates, names instead of ids, several files, columns with types."""
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    (folder / "scheme.yaml").write_text((source / "scheme.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    bodies = read(source / "evidence" / "bodies.csv")
    write(evidence / "bodies.csv", bodies)
    names = {row["body"]: cycle((row["body"], row["name"], f" {row['name_en']} ")) for row in bodies}

    ratings = read(source / "evidence" / "ratings.csv")
    typed, texts = ratings[::3], [row for at, row in enumerate(ratings) if at % 3]
    blanks, days, ends = cycle(BLANKS), cycle(DAYS), cycle(("", ".0", " "))
    for row in texts:
        for name in ("rated_on", "completed_on", "rectified_on", "called_back_on"):
            row[name] = next(days)(dt.date.fromisoformat(row[name])) if row.get(name) else " "
        row["body"], row["window"] = next(names[row["body"]]), next(blanks).format(row["window"])
        row["channel"], row["service"] = next(blanks).format(row["channel"]), next(blanks).format(row["service"])
        row["level"] = f" {row['level']}{next(ends) if row['level'] else ''}"
        row["status"] = {"rated": "", "removed": " removed", "defaulted": "defaulted "}[row["status"]]
    write(evidence / "ratings-1.csv", texts[::2])
    write(evidence / "好差评 二.csv", texts[1::2], utf8_sig=True)
    pq.write_table(typed_ratings(typed), evidence / "ratings [typed].parquet")

    requests, moments = read(source / "evidence" / "requests.csv"), cycle(MOMENTS)
    for row in requests:
        row["body"], form = next(names[row["body"]]), next(moments)
        for name in row:
            if name.endswith("_at") and row[name]:
                row[name] = form(row[name])
        row["place"], row["category"] = (next(blanks).format(row[name]) for name in ("place", "category"))
    write(evidence / "requests.csv", list(reversed(requests)))

    surveys = read(source / "evidence" / "surveys.csv")
    for at, row in enumerate(surveys):
        row["answer"] = {"unknown": "不知道", "refused": "拒答"}.get(
            row["answer"], row["answer"] + (".0" if at % 2 else "")
        )
        row["stratum"], row["cluster"] = f" {row['stratum']} ", f"{row['cluster']} "
    write(evidence / "surveys.csv", surveys[::2])
    pq.write_table(pa.Table.from_pylist([{**row, "weight": float(row["weight"])} for row in surveys[1::2]]),
                   evidence / "surveys.parquet")  # fmt: skip
    for table in ("offers", "cases", "callbacks"):
        rows = read(source / "evidence" / f"{table}.csv")[::-1]
        write(evidence / f"{table}.csv", [listed(row, names[row["body"]], days, blanks) for row in rows])
    for table in ("projects", "uses", "tasks", "inspections"):
        rows = [worked(row, names, days, blanks) for row in read(source / "evidence" / f"{table}.csv")[::-1]]
        write(evidence / f"{table}-1.csv", rows[::2])
        write(evidence / f"{table}-2.csv", rows[1::2], utf8_sig=True)
    return folder


def worked(
    row: Row, names: dict[str, Iterator[str]], days: Iterator[Callable[[dt.date], str]], blanks: Iterator[str]
) -> Row:
    """A row of projects, uses, tasks or inspections."""
    changed = {key: next(days)(dt.date.fromisoformat(row[key])) for key in row if key.endswith("_on") and row[key]}
    changed |= {key: next(blanks).format(row[key]) for key in ("project", "stratum", "capacity_unit") if key in row}
    return {**row, **({"body": next(names[row["body"]])} if "body" in row else {}), **changed}


def listed(row: Row, name: Iterator[str], days: Iterator[Callable[[dt.date], str]], blanks: Iterator[str]) -> Row:
    """A row of offers, cases or call-backs."""
    changed = {
        key: next(days)(dt.date.fromisoformat(row[key])) for key in ("completed_on", "called_on") if row.get(key)
    }
    if "completed_on" in row:
        changed["channel"] = next(blanks).format(row["channel"])
    return {**row, "body": next(name), **changed}


def typed_ratings(rows: Sequence[Row]) -> pa.Table:
    """Ratings with the types that other programs leave: nanoseconds, zones, codes, fractions for whole numbers."""
    noon = [dt.datetime.fromisoformat(f"{row['rated_on']}T12:00:00") for row in rows]
    coded = pa.dictionary(pa.int32(), pa.string())
    words = {name: pa.array([row[name] or None for row in rows], coded) for name in ("window", "status")}
    return pa.table(
        {
            "case": [row["case"] for row in rows],
            "单位": [row["body"] for row in rows],
            "评价日期": pa.array(noon, pa.timestamp("ns")),
            "level": pa.array([float(row["level"]) if row["level"] else None for row in rows], pa.float64()),
            "completed_on": pa.array([_day(row["completed_on"]) for row in rows], pa.date32()),
            "rectified_on": pa.array([_moment(row["rectified_on"]) for row in rows], pa.timestamp("us", tz="UTC")),
            "called_back_on": pa.array([_day(row["called_back_on"]) for row in rows], pa.date32()),
            "rerated_level": pa.array([int(row["rerated_level"]) if row["rerated_level"] else None for row in rows], pa.int16()),
            **words,
            **{name: [row[name] or None for row in rows] for name in ("reason", "approved_by", "channel", "service", "device")},
        }
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(f"{text}T06:00:00+00:00") if text else None


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Sequence[Row], *, utf8_sig: bool = False) -> None:
    with path.open("w", encoding="utf-8-sig" if utf8_sig else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
