"""PostgreSQL as an engine: rows go into temporary tables of one session by COPY and are counted by the server.

In checked records as DuckDB reads them, batch by batch; out tables of the server. Its memory and disk hold the rows,
ours a batch. Nothing is left behind: the tables end with the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from minping.errors import EngineError, Place, Problem, masked
from minping.words import Text, both

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

EXAMPLE = "postgresql://USER@HOST:PORT/DATABASE"
ROWS = 20_000  #: of a batch
PATIENCE = {"connect_timeout": "10", "application_name": "minping"}  #: unless the address says otherwise
FIRST_VERSION = 15  #: of the server: it knows regexp_like
#: what a text of COPY writes otherwise; no text of PostgreSQL may hold a zero
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "␀"}
#: kind of an Arrow column -> type of a column; texts compare by bytes, as everywhere else
KINDS = {
    "string": 'text COLLATE "C"',
    "int8": "smallint",
    "int16": "smallint",
    "int32": "integer",
    "int64": "bigint",
    "double": "double precision",
    "date32[day]": "date",
    "timestamp[us]": "timestamp",
}


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """A session of a server, until the end of the block.

    Raises:
        EngineError: it can't be reached, lets nobody in or can't do the work; it stops meanwhile.
    """
    import ibis
    import psycopg

    try:
        given = psycopg.conninfo.conninfo_to_dict(address)
        missing = {key: value for key, value in PATIENCE.items() if key not in given}
        asked = psycopg.conninfo.make_conninfo(address, client_encoding="utf8", **missing)
        session = psycopg.connect(asked, autocommit=True)
    except psycopg.ProgrammingError:  # what the driver says of it would quote the password
        raise EngineError(_malformed(address)) from None
    except psycopg.Error as error:
        raise EngineError(_refused(address, error)) from error
    with closing(session):
        _look_at(address, session.info.server_version // 10_000, session.info.parameter_status("server_encoding"))
        try:
            session.execute("SET jit = off")
            yield ibis.postgres.from_connection(session)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction) as error:
            raise EngineError(_forbidden(address, error)) from error
        except psycopg.OperationalError as error:
            raise EngineError(_stopped(address, error)) from error


def sent(opened: Any, rows: Any) -> ibis.Table:
    """Rows, from anything that streams Arrow, as a temporary table of the server."""
    import pyarrow as pa
    from ibis.util import gen_name

    name, session, batches = gen_name("minping"), opened.con, pa.RecordBatchReader.from_stream(rows)
    columns = ", ".join(f'"{field.name}" {KINDS[str(field.type)]}' for field in batches.schema)
    session.execute(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
    with session.cursor() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS):
                copy.write(lines(batch.slice(start, ROWS)))
    session.execute(f'ANALYZE "{name}"')
    return opened.table(name)


def lines(batch: pa.RecordBatch) -> bytes:
    r"""Rows in the text form of COPY.

    >>> import pyarrow as pa
    >>> lines(pa.record_batch({"window": ["A\t1", None], "level": [5, 4]}))
    b'A\\t1\t5\n\\N\t4\n'
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not batch.num_rows:
        return b""
    kind = pa.large_string()
    cells = []
    for column in batch.columns:
        cell = column.cast(kind)
        for character, escaped in ESCAPES.items() if column.type in (pa.string(), kind) else ():
            cell = pc.replace_substring(cell, character, escaped)
        cells.append(cell)
    tab, end, nothing = (pa.scalar(text, kind) for text in ("\t", "\n", ""))
    rows = pc.binary_join_element_wise(*cells, tab, null_handling="replace", null_replacement="\\N")
    ended: list[str] = pc.binary_join_element_wise(rows, nothing, end).to_pylist()
    return "".join(ended).encode()


def _look_at(address: str, version: int, encoding: str | None) -> None:
    if version < FIRST_VERSION:
        what = Text(f"{masked(address)} 是 PostgreSQL {version}", f"{masked(address)} is PostgreSQL {version}")
        allowed = Text(f"{FIRST_VERSION} 或更新", f"{FIRST_VERSION} or newer")
        fix = Text("换一台服务器，或不用 --engine", "use another server, or none: leave out --engine")
        raise EngineError(Problem("engine-too-old", Place(), what, allowed, fix))
    if encoding != "UTF8":
        what = Text(
            f"{masked(address)} 的数据库编码是 {encoding}",
            f"the database at {masked(address)} is of encoding {encoding}",
        )
        fix = Text("另建一个：createdb --encoding UTF8", "make another one: createdb --encoding UTF8")
        raise EngineError(Problem("engine-encoding", Place(), what, both("UTF8"), fix))


def _malformed(address: str) -> Problem:
    what = Text(f"{masked(address)} 不是 PostgreSQL 的地址", f"{masked(address)} is no address of PostgreSQL")
    fix = Text(
        "核对端口和参数；密码里的符号写成 %40 之类，或放进 PGPASSWORD",
        "check port and parameters; write signs of the password like %40, or put it into PGPASSWORD",
    )
    return Problem("engine-address", Place(), what, both(EXAMPLE), fix)


def _refused(address: str, error: Exception) -> Problem:
    said = _said(error)
    what = Text(f"连不上 {masked(address)}：{said}", f"can't connect to {masked(address)}: {said}")
    fix = Text(
        "核对地址、用户、数据库；服务器是否开着；密码放在 PGPASSWORD 或 ~/.pgpass",
        "check address, user, database and whether the server runs; the password belongs into PGPASSWORD or ~/.pgpass",
    )
    return Problem("engine-unreachable", Place(), what, both(EXAMPLE), fix)


def _forbidden(address: str, error: Exception) -> Problem:
    said = _said(error)
    what = Text(f"{masked(address)} 不许建临时表：{said}", f"{masked(address)} allows no temporary tables: {said}")
    fix = Text(
        "请管理员执行 GRANT TEMPORARY ON DATABASE … TO …；不要连只读副本",
        "have the administrator GRANT TEMPORARY ON DATABASE … TO …; use no read-only replica",
    )
    return Problem("engine-forbids", Place(), what, both(""), fix)


def _stopped(address: str, error: Exception) -> Problem:
    said = _said(error)
    what = Text(f"{masked(address)} 中途停了：{said}", f"{masked(address)} stopped at work: {said}")
    fix = Text(
        "看服务器的日志（磁盘、内存、超时），再运行",
        "look at the server's log (disk, memory, time-outs), then run again",
    )
    return Problem("engine-stopped", Place(), what, both(""), fix)


def _said(error: Exception) -> str:
    """The last line of what the driver says, without a password."""
    return masked((str(error).strip().splitlines() or [type(error).__name__])[-1].strip())
