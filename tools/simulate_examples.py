"""Simulate the example evidence of shipped schemes that have no published figures. Seeded: the same files each time.

    python tools/simulate_examples.py

Every row is marked `simulated` in its source column. Bodies differ by a latent level and by indicator; figures lie
between the scheme's bounds, rates carry the standard error of their sample.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from minping.cli.simulate import simulate_folder
from minping.scheme.read import read_scheme
from minping.scheme.shape import Indicator, Scheme
from minping.simulation.county import County, simulate, simulated_year
from minping.simulation.writing import write

SCHEMES = Path(__file__).parents[1] / "src" / "minping" / "schemes"
SOURCE = "模拟 simulated"
PROVINCES = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南".split()
COUNTIES = "青川 白石 长岭 东湖 南浦 西塘 北山 红河 绿洲 金沙 银滩 云台".split()
OFFICES = (
    "发展改革 教育 科技 工业信息 公安 民政 司法 财政 人社 自然资源 生态环境 住建 交通 水务 农业农村 商务 文旅 卫健 应急 "
    "审计 市场监管 统计 医保 政务服务"
).split()
OFFICES_EN = (
    "Development Education Science Industry Police Civil-affairs Justice Finance Labour Land Environment Housing "
    "Transport Water Farming Commerce Culture Health Emergency Audit Markets Statistics Insurance Services"
).split()


def main() -> None:
    """Write every simulated example."""
    five_concepts()
    unit_annual()
    green_full()
    old_style()
    service()
    county()


def county() -> None:
    """The county of `examples/`: what `minping simulate examples/county` writes."""
    home = Path(__file__).parents[1] / "examples" / "county"
    shutil.rmtree(home, ignore_errors=True)
    simulate_folder(home)


def service() -> None:
    """16 bodies of a county in 2025: ratings and requests of the shipped simulator, with abuse planted."""
    with TemporaryDirectory() as folder:
        simulate(Path(folder), seed=20260501, bodies=16, services=5000)
        home = SCHEMES / "service" / "example" / "evidence"
        home.mkdir(parents=True, exist_ok=True)
        for name in ("bodies", "offers", "ratings", "requests"):
            shutil.copyfile(Path(folder) / "evidence" / f"{name}.csv", home / f"{name}.csv")


def five_concepts() -> None:
    """36 counties of three types, figures of 2021–2024; three indicators are computed from levels."""
    random, scheme = np.random.default_rng(20260110), read_scheme(SCHEMES / "five-concepts-plus").scheme
    bodies = [
        {"body": f"{kind[0].upper()}{at + 1:02d}", "name": f"{name}{suffix}", "name_en": f"{kind.title()} county {at + 1}",
         "body_type": kind, "population": int(random.integers(20, 120)) * 10_000}
        for kind, suffix in (("urban", "区"), ("agri", "县"), ("eco", "县（生态）"))
        for at, name in enumerate(COUNTIES)
    ]  # fmt: skip
    rows, levels = [], random.normal(0, 0.12, len(bodies))
    for body, level in zip(bodies, levels.tolist(), strict=True):
        for at, period in enumerate(("2021", "2022", "2023", "2024")):
            rows += _figures(scheme, body["body"], period, level + 0.03 * at, random)
            rows += _levels(body["body"], period, at, level, random)
    incidents = [
        ("I-001", "U03", "2024-05-11", "false_information", "市纪委监委", "minor", "示例〔2024〕7 号", ""),
        ("I-002", "A05", "2024-08-02", "major_accident", "省应急管理厅", "severe", "示例〔2024〕19 号", ""),
        (
            "I-003",
            "E02",
            "2024-03-20",
            "false_information",
            "市审计局",
            "minor",
            "示例〔2024〕3 号",
            "示例容错〔2024〕1 号",
        ),
    ]
    _write("five-concepts-plus", bodies, rows, incidents)
    _write_citizens("five-concepts-plus", bodies, levels)


#: of each table of citizens' evidence, the columns that five-concepts-plus needs
KEPT = {
    "ratings": ("case", "body", "rated_on", "level", "status", "reason", "approved_by", "rectified_on"),
    "requests": (
        "request", "body", "opened_at", "category", "responded_at", "closed_at", "resolved", "satisfied",
        "reopened_at", "duplicate_of", "place",
    ),
    "surveys": ("respondent", "body", "question", "answer", "asked_on", "weight", "stratum", "cluster", "fpc"),
}  # fmt: skip


def _write_citizens(
    name: str, bodies: list[dict[str, object]], levels: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    """What citizens of some counties say in 2024; how content they are goes only in part with the county's level."""
    random, size = np.random.default_rng(20240101), len(bodies)
    county = County(
        ids=tuple(str(body["body"]) for body in bodies),
        names=tuple(str(body["name"]) for body in bodies),
        names_en=tuple(str(body["name_en"]) for body in bodies),
        department=np.zeros(size, dtype=np.bool_),
        population=np.array([body["population"] for body in bodies], dtype=np.int64),
        quality=0.5 * levels + random.normal(-0.15, 0.2, size),
        response=random.normal(-0.1, 0.3, size),
        days=np.arange("2024-01-01", "2025-01-01", dtype="datetime64[D]"),
        months=12,
    )
    tables, _ = simulated_year(county, 20240101, 26_000, planted=False)
    for table, columns in KEPT.items():
        kept = pa.table({column: tables[table][column] for column in columns})
        if table == "surveys":
            kept = kept.filter(pc.equal(kept["question"], "satisfied"))
        write(SCHEMES / name / "example" / "evidence" / f"{table}.csv", {one: kept[one] for one in columns})


def unit_annual() -> None:
    """24 departments in 2024 and 2025."""
    random, scheme = np.random.default_rng(20260111), read_scheme(SCHEMES / "unit-annual").scheme
    bodies = [
        {"body": f"D{at + 1:02d}", "name": f"市{name}部门", "name_en": f"{OFFICES_EN[at]} office"}
        for at, name in enumerate(OFFICES)
    ]
    rows = []
    for body in bodies:
        level = random.normal(0.12, 0.10)
        for period in ("2024", "2025"):
            rows += _figures(scheme, body["body"], period, level, random)
    incidents = [
        ("I-001", "D04", "2025-06-18", "summoned", "市政府督查室", "minor", "示例〔2025〕12 号", ""),
        ("I-002", "D08", "2025-04-09", "innovation", "市绩效管理委员会（第三方评估）", "", "示例〔2025〕5 号", ""),
        ("I-003", "D19", "2025-10-30", "major_accident", "省政府调查组", "severe", "示例〔2025〕31 号", ""),
        ("I-004", "D22", "2025-11-21", "statistical_fraud", "国家统计局统计督察组", "severe", "示例〔2025〕40 号", ""),
        ("I-005", "D14", "2025-07-07", "summoned", "省水利厅", "severe", "示例〔2025〕22 号", "示例容错〔2025〕2 号"),
    ]
    _write("unit-annual", bodies, rows, incidents)


def green_full() -> None:
    """16 provinces, 2016; coast, grassland and desert decide what applies."""
    random, scheme = np.random.default_rng(2016), read_scheme(SCHEMES / "green-2016-full").scheme
    coast = set("天津 河北 辽宁 上海 江苏 浙江 福建 山东".split())
    grass, desert = set("内蒙古 河北 山西 辽宁 吉林 黑龙江".split()), set("内蒙古 河北 山西 吉林".split())
    bodies = [
        {"body": name, "name": f"{name}（模拟）", "name_en": f"Province {at + 1} (simulated)",
         "coastal": _yes(name in coast), "grassland": _yes(name in grass), "desert": _yes(name in desert)}
        for at, name in enumerate(PROVINCES)
    ]  # fmt: skip
    rows = []
    for body in bodies:
        level = random.normal(0, 0.12)
        for indicator in scheme.indicators:
            rule = indicator.not_applicable
            if rule and any(body[column] == "no" for column in rule.where):
                continue
            value = 40 + 25 * level * (-1 if indicator.direction == "lower" else 1) + random.normal(0, 8)
            rows.append((body["body"], "2016", indicator.id, f"{max(value, 0.5):.2f}", "", "", "2017-12-26"))
    _write("green-2016-full", bodies, rows, [])


def old_style() -> None:
    """12 counties that all report targets met: what such lists bring forth."""
    random, scheme = np.random.default_rng(2015), read_scheme(SCHEMES / "old-style").scheme
    bodies = [
        {"body": f"C{at + 1:02d}", "name": f"{name}县", "name_en": f"County {at + 1}"}
        for at, name in enumerate(COUNTIES)
    ]
    rows = [
        (body["body"], "2015", indicator.id, f"{97 + abs(random.normal(0, 3.5)):.1f}", "", "", "2016-03-01")
        for body in bodies
        for indicator in scheme.indicators
    ]
    _write("old-style", bodies, rows, [])


def _figures(
    scheme: Scheme, body: str, period: str, level: float, random: np.random.Generator
) -> Iterator[tuple[str, ...]]:
    released = f"{int(period) + 1}-03-15"
    for indicator in scheme.indicators:
        if indicator.convert is not None:
            continue
        if indicator.evidence.is_event:  # what citizens say is evidence of its own
            continue
        low, high = _bounds(indicator)
        share = float(np.clip(0.62 + level + random.normal(0, 0.13), 0.02, 1.05))
        value = low * (high / low) ** share if _is_log(indicator) else low + share * (high - low)
        se, n = "", ""
        if indicator.kind == "survey":
            n = str(int(random.integers(300, 900)))
            se = f"{100 * np.sqrt(0.75 * 0.25 / int(n)):.3f}"
        if indicator.possible is not None:
            low, high_end = indicator.possible
            value = max(value, -np.inf if low is None else low)
            value = min(value, np.inf if high_end is None else high_end)
        yield body, period, indicator.id, f"{value:.3f}", se, n, released
        if indicator.normalise and "target" in indicator.normalise.parameters:
            target = indicator.normalise.parameters["target"]
            if isinstance(target, str) and target.endswith("_target"):
                yield body, period, target, f"{high:.3f}", "", "", released


def _bounds(indicator: Indicator) -> tuple[float, float]:
    """Worst and best of the simulation."""
    rule = indicator.normalise.parameters if indicator.normalise else {}
    special = {"I3": (0.05, 0.6), "O3": (30.0, 4.0), "R4": (0.08, 0.005), "R1": (290.0, 90.0), "G4": (1.0, 3.4),
               "G5": (1.5, 4.2), "G6": (41.0, 44.0), "T1": (70.0, 104.0)}  # fmt: skip
    if indicator.id in special:
        return special[indicator.id]
    return float(rule["floor"]), float(rule["target"])


def _is_log(indicator: Indicator) -> bool:
    return bool(indicator.normalise and indicator.normalise.parameters.get("log"))


def _levels(body: str, period: str, at: int, level: float, random: np.random.Generator) -> Iterator[tuple[str, ...]]:
    """Levels from which growth is computed: productivity, income, price index, ecological quality."""
    released = f"{int(period) + 1}-03-15"
    pace = 1.055 + 0.05 * level
    yield (
        body,
        period,
        "labour_productivity",
        f"{120_000 * pace**at * (1 + random.normal(0, 0.004)):.0f}",
        "",
        "",
        released,
    )
    yield (
        body,
        period,
        "income_per_head",
        f"{38_000 * (pace + 0.01) ** at * (1 + random.normal(0, 0.004)):.0f}",
        "",
        "",
        released,
    )
    yield body, period, "price_index", f"{100 * 1.012**at:.2f}", "", "", released
    yield (
        body,
        period,
        "eqi",
        f"{58 + 8 * level + at * (0.4 + 2 * level) + random.normal(0, 0.1):.2f}",
        "",
        "",
        released,
    )


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _write(
    name: str, bodies: list[dict[str, object]], rows: list[tuple[str, ...]], incidents: list[tuple[str, ...]]
) -> None:
    home = SCHEMES / name / "example" / "evidence"
    home.mkdir(parents=True, exist_ok=True)
    _table(home / "bodies.csv", list(bodies[0]), [tuple(map(str, body.values())) for body in bodies])
    header = ["body", "period", "indicator", "value", "se", "n", "released_on", "source"]
    _table(home / "official.csv", header, [(*row, SOURCE) for row in rows])
    if incidents:
        names = ["incident", "body", "occurred_on", "kind", "confirmed_by", "severity", "authority_ref", "exempted_by"]
        _table(home / "incidents.csv", names, incidents)


def _table(path: Path, header: list[str], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
