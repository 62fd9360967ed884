"""DuckDB, PostgreSQL and Spark give equal results: figures bit for bit, bundles byte for byte."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from minping.indicators.events import engine as duckdb
from minping.indicators.events import event_table
from minping.indicators.spark import connect as spark
from minping.model.evidence import Evidence, RecordFile, Records
from minping.model.values import Values
from minping.pipeline import evaluate, load_evidence
from minping.scheme.read import SchemeFile, read_scheme
from tests.cli.conftest import Run
from tests.engines import oddities
from tests.engines.conftest import Server, run_sql

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),  # Spark leaves them to Python
]
CUBES = ("estimate", "se", "raw", "n", "heard", "silent")
Loaded = tuple[SchemeFile, Evidence]


def load(folder: Path) -> Loaded:
    scheme = read_scheme(folder)
    return scheme, load_evidence(folder, scheme)


def values_of(loaded: Loaded, engine: str | None = None) -> Values:
    return evaluate(*loaded, draws=0, engine=engine).values


def assert_same(found: Values, expected: Values) -> None:
    assert found.indicators == expected.indicators and found.periods == expected.periods
    for name in CUBES:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name), err_msg=name)


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Values:
    folder = oddities.plain(tmp_path_factory.mktemp("engines") / "plain")
    return values_of(load(folder))


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("engines-odd")
    return oddities.odd(oddities.plain(home / "plain"), home / "另 一个 [odd]")


@pytest.fixture(params=["postgres", "spark"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that is not the default."""
    found: str | Server = request.getfixturevalue("spark_address" if request.param == "spark" else "server")
    return found if isinstance(found, str) else found.address


def test_every_measure_has_figures_to_compare(plain: Values) -> None:
    assert np.isfinite(plain.estimate).any(axis=(0, 1)).all()
    assert np.nansum(plain.heard, axis=(0, 1)).min() >= 10
    assert np.nanmin(plain.silent[..., list(plain.indicators).index("trust"), :].sum(axis=(0, 1))) > 0


def test_odd_writing_changes_no_figure(plain: Values, odd: Path) -> None:
    assert_same(values_of(load(odd)), plain)


def test_odd_evidence_gives_equal_figures(engine: str, plain: Values, odd: Path) -> None:
    assert_same(values_of(load(odd), engine), plain)


def test_the_bundle_of_the_service_example_is_the_same_byte_for_byte(engine: str, minping: Run, tmp_path: Path) -> None:
    folder = tmp_path / "county"
    assert minping("new", folder, "--scheme", "service", "--with-example").code == 0
    for name, named in (("here", ()), ("there", ("--engine", engine))):
        ended = minping("run", folder, "--draws", 20, "--out", tmp_path / name, "--no-evidence", *named)
        assert ended.code == 0, ended.err
        assert "WARN" not in ended.err and "log4j" not in ended.err
    bundles = [tmp_path / name / "bundle-2025" for name in ("here", "there")]
    files = [sorted(path.relative_to(bundle) for path in bundle.rglob("*") if path.is_file()) for bundle in bundles]
    assert files[0] == files[1] and {"values.csv", "ratings.csv"} <= {path.name for path in files[0]}
    assert not [path for path in files[0] if (bundles[0] / path).read_bytes() != (bundles[1] / path).read_bytes()]


def test_rows_come_in_any_order(odd: Path, plain: Values, server: Server, tmp_path: Path) -> None:
    shutil.copytree(odd, tmp_path / "turned")
    for path in (tmp_path / "turned" / "evidence").glob("*.csv"):
        if path.name != "bodies.csv":
            oddities.write(path, oddities.read(path)[::-1])
    turned = load(tmp_path / "turned")
    assert_same(values_of(turned), plain)
    assert_same(values_of(turned, server.address), plain)


def test_nothing_is_left_behind_on_the_server(server: Server, odd: Path) -> None:
    values_of(load(odd), server.address)
    asked = "SELECT count(*) FROM pg_class WHERE relname LIKE 'minping%' OR relnamespace::regnamespace::text LIKE 'pg_temp%'"
    assert run_sql(server.folder, server.port, asked, database="evaluation") == ["0"]
    others = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'minping'"
    assert run_sql(server.folder, server.port, others) == ["0"]


def test_spark_reads_times_and_numbers_as_duckdb_does(spark_address: str, tmp_path: Path) -> None:
    day, clock = "2024-05-04", "2024-05-04 08:30"
    zones = ("", "Z", "+08", "+0800", "+08:00", " -03:30", ":30", ":30.25Z")
    moments = [*(clock + zone for zone in zones), "2024/5/4 8:30", "2024-05-04T08:30:00", day, " ", "", None]
    days = [
        day,
        *(form(dt.date(2024, 5, 4)) for form in oddities.DAYS),
        f"{clock}:00+08:00",
        "2024/05/04 8:30",
        " ",
        None,
    ]
    levels = ["5", " 4 ", "3.0", "2.", "1e0", "+5", "", None]
    rows = {"opened_at": moments, "rated_on": days, "level": levels}
    longest = max(map(len, rows.values()))
    table = pa.table({name: [*cells, *[None] * (longest - len(cells))] for name, cells in rows.items()})
    path = tmp_path / "every form.parquet"
    pq.write_table(table.append_column("at", pa.array(f"{at:02}" for at in range(longest))), path)
    records = Records("t", (RecordFile(str(path), 0, {name: name for name in (*rows, "at")}),), longest)
    with duckdb() as here, spark(spark_address) as there:
        found = [
            event_table(one, records, (*rows, "at")).order_by("at").to_pyarrow().to_pydict() for one in (here, there)
        ]
    assert found[0] == found[1]
    assert found[0]["rated_on"][: len(days)] == [dt.date(2024, 5, 4)] * (len(days) - 2) + [None, None]
    assert {at.replace(second=0, microsecond=0) for at in found[0]["opened_at"][:10]} == {
        dt.datetime(2024, 5, 4, 8, 30)
    }
    assert found[0]["level"][: len(levels)] == [5, 4, 3, 2, 1, 5, None, None]
