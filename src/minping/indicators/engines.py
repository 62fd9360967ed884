"""Engines: where events are counted. In an address and evidence, out the same evidence, counted there.

All engines compute the same expressions and give equal results: which one it was is nobody's business, and nothing
published names it. Checks and the audit stay with DuckDB, which names rows of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, NamedTuple

from minping.errors import EngineError, Place, Problem, did_you_mean, masked
from minping.indicators import postgres, spark
from minping.model.evidence import Evidence
from minping.words import Text, both


@contextmanager
def on_engine(evidence: Evidence, address: str | None) -> Iterator[Evidence]:
    """The evidence with records that an engine counts until the end of the block; no address: as it is.

    Raises:
        EngineError: no such engine, its extra is not installed, it can't be reached, or it stops meanwhile.
    """
    row = None if address is None else engine_at(address)
    if row is None or address is None or not evidence.records:
        yield evidence
        return
    with row.connect(address) as opened:
        records = {name: replace(one, engine=opened) for name, one in evidence.records.items()}
        yield replace(evidence, records=records)


def engine_at(address: str) -> Engine | None:
    """The engine that an address is of; None: DuckDB, here.

    Raises:
        EngineError: there is none, or its extra is not installed.
    """
    if address == HERE:
        return None
    kind, apart, _ = address.partition("://")
    row = ENGINES.get(kind) if apart else None
    if row is None:
        what = Text(f"没有引擎 {masked(address)}", f"no engine {masked(address)}")
        allowed = ", ".join((HERE, *(one.example for one in ENGINES.values())))
        raise EngineError(Problem("unknown-engine", Place(), what, both(allowed), did_you_mean(kind, [HERE, *ENGINES])))
    if missing := [name for name in row.packages if find_spec(name) is None]:
        names = ", ".join(missing)
        what = Text(f"{kind} 需要未安装的 {names}", f"{kind} needs {names}, which is not installed")
        fix = both(f"pip install 'minping[{row.extra}]'")
        raise EngineError(Problem("engine-not-installed", Place(), what, both(""), fix))
    return row


class Engine(NamedTuple):
    """One row of ENGINES."""

    example: str
    extra: str  #: of the package, that installs what it needs
    packages: tuple[str, ...]
    connect: Callable[[str], AbstractContextManager[Any]]


HERE = "duckdb"  #: over the files, on this machine
_POSTGRES = Engine(postgres.EXAMPLE, "postgres", ("psycopg",), postgres.connect)
ENGINES = {
    "spark": Engine(spark.EXAMPLES, "spark", ("pyspark",), spark.connect),
    "postgresql": _POSTGRES,
    "postgres": _POSTGRES,
}
