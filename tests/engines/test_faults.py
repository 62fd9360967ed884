"""An engine that can't be used is named in both languages, with what to do; no password is ever shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from minping.errors import EngineError, masked
from minping.indicators import engines, postgres
from minping.indicators.engines import engine_at, on_engine
from minping.indicators.postgres import ROWS, connect, lines, sent
from minping.indicators.spark import connect as connect_spark
from minping.indicators.spark import master_of
from tests.cli.conftest import Run
from tests.engines.conftest import PASSWORD, SPARK, Server, free_port


@pytest.fixture
def county(minping: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    assert minping("new", folder, "--scheme", "service", "--with-example").code == 0
    return folder


def problem_of(error: pytest.ExceptionInfo[EngineError]) -> str:
    """The code; both languages say what was found and what to do."""
    (problem,) = error.value.problems
    assert all(words.say(lang) for words in (problem.found, problem.fix) for lang in ("zh", "en"))
    assert PASSWORD not in str(error.value) and "right" not in str(error.value)
    return problem.code


@pytest.mark.parametrize(
    "address", ["sprak://host:7077", "mysql://u:secret@h/d", "duckdb:///x", "spark", "", "postgresql:/x"]
)
def test_an_unknown_engine_is_told_before_anything_is_read(minping: Run, address: str, tmp_path: Path) -> None:
    ended = minping("run", tmp_path / "nowhere", "--engine", address)
    assert ended.code == 2 and "[unknown-engine]" in ended.err and "spark://local[2]" in ended.err
    assert "secret" not in ended.err and "Traceback" not in ended.err


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    for address, extra in (("spark://local[2]", "spark"), ("postgresql://h/d", "postgres")):
        with pytest.raises(EngineError) as error:
            engine_at(address)
        assert error.value.problems[0].fix.en == f"pip install 'minping[{extra}]'"
        assert problem_of(error) == "engine-not-installed"


@pytest.mark.parametrize("address", ["spark://host", "spark://", "spark://local[", "spark://a:b", "spark://local[0x2]"])
def test_a_wrong_address_of_spark_is_told(address: str) -> None:
    with pytest.raises(EngineError) as error:
        master_of(address)
    assert problem_of(error) == "engine-address"


def test_nobody_answers(minping: Run, county: Path) -> None:
    port = free_port()
    with pytest.raises(EngineError) as error:
        master_of(f"spark://127.0.0.1:{port},127.0.0.1:{port}")
    assert problem_of(error) == "engine-unreachable"
    ended = minping("--lang", "zh", "run", county, "--engine", f"postgresql://u:secret@127.0.0.1:{port}/d")
    assert (
        ended.code == 2 and "[engine-unreachable]" in ended.err and "连不上 postgresql://u:***@127.0.0.1" in ended.err
    )
    assert "secret" not in ended.err and "Traceback" not in ended.err and not (county / "results").exists()


def test_java_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError) as error, connect_spark(SPARK):
        pass
    assert problem_of(error) == "engine-needs-java"


@pytest.mark.parametrize(
    ("user", "password", "database", "code"),
    [
        ("known", "wrong", "evaluation", "engine-unreachable"),
        ("nobody", "wrong", "evaluation", "engine-unreachable"),
        ("known", PASSWORD, "absent", "engine-unreachable"),
        ("known", PASSWORD, "latin", "engine-encoding"),
        ("guest", PASSWORD, "evaluation", "engine-forbids"),
    ],
)
def test_the_server_refuses(server: Server, user: str, password: str, database: str, code: str) -> None:
    address = server.of(user, password, database)
    with pytest.raises(EngineError) as error, connect(address) as opened:
        sent(opened, rows())
    assert problem_of(error) == code


def test_a_password_lets_in_and_may_stand_in_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(server.of("known", PASSWORD)) as opened:
        assert sent(opened, rows()).count().to_pyarrow().as_py() == 1
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with connect(server.of("known")) as opened:
        assert opened.con.info.user == "known"


@pytest.mark.parametrize("address", ["postgresql://u:right%zz@h/d", "postgresql://h/d?nonsense=1"])
def test_a_malformed_address_of_postgresql_is_told(address: str) -> None:
    with pytest.raises(EngineError) as error, connect(address):
        pass
    assert problem_of(error) == "engine-address"


def test_a_server_that_goes_away_is_told(server: Server) -> None:
    with pytest.raises(EngineError) as error, connect(server.address) as opened:
        opened.con.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert problem_of(error) == "engine-stopped"


def test_passwords_are_masked() -> None:
    said = masked('unexpected character in "postgresql://u:p:w@h/d?password=x y&sslmode=require"')
    assert ":***@h/d?password=***" in said and "p:w" not in said


def test_odd_texts_arrive_as_they_were(server: Server) -> None:
    import pyarrow as pa

    odd = ["a\tb", "\\N", "\\", "line\nline\r", "", None, "，中文🙂", "\\."]
    with connect(server.address) as opened:
        table = sent(opened, pa.table({"at": range(len(odd)), "text": odd}))
        assert table.order_by("at").to_pyarrow()["text"].to_pylist() == odd
        zero = sent(opened, pa.table({"text": ["a\0b"]}))
        assert zero.to_pyarrow()["text"].to_pylist() == ["a␀b"]


def test_rows_are_sent_in_pieces(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    sizes: list[int] = []
    monkeypatch.setattr(postgres, "lines", lambda batch: sizes.append(batch.num_rows) or lines(batch))
    with connect(server.address) as opened:
        table = sent(opened, pa.table({"at": pa.array(range(3 * ROWS + 1))}))
        assert table["at"].sum().to_pyarrow().as_py() == sum(range(3 * ROWS + 1))
    assert sizes == [ROWS] * 3 + [1]


@pytest.mark.slow
def test_no_engine_is_loaded_unless_it_is_asked_for(county: Path) -> None:
    script = (
        "import sys\nfrom minping.cli import main\n"
        f"try: main(['run', {str(county)!r}, '--draws', '0', '-q'])\nexcept SystemExit as ended: code = ended.code\n"
        "sys.exit(' '.join({'psycopg', 'pyspark', 'py4j'} & set(sys.modules)) or code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_evidence_without_events_needs_no_engine(minping: Run, green: Path) -> None:
    assert minping("run", green, "--draws", 0, "--engine", f"postgresql://127.0.0.1:{free_port()}/d").code == 0


def test_duckdb_may_be_named(county: Path) -> None:
    assert engine_at("duckdb") is None
    with on_engine("as it is", "duckdb") as found:  # type: ignore[arg-type]
        assert found == "as it is"


def rows() -> object:
    import pyarrow as pa

    return pa.table({"at": [1]})


def test_what_is_counted_is_counted_by_the_engine_of_the_records() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in Path(engines.__file__).parent.glob("*.py")}
    opening = {name: re.findall(r"with engine\((.*)\) as", text) for name, text in texts.items()}
    assert not any("" in given for given in opening.values()) and sum(map(len, opening.values())) > 8
    # years and rows of files are looked up, words compared and call-backs drawn by DuckDB here
    here = {name for name, text in texts.items() if "with here(" in text}
    assert here == {"events", "drill", "requests", "themes", "alignment", "callback_draw"}
