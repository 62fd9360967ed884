"""Spark as an engine: it reads the checked Parquet by path; on a cluster every machine must see the path.

In addresses like spark://host:7077 and spark://local[2] (threads of this machine); out a session that counts. What
Java prints is kept from the terminal and told where something fails.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from minping.errors import EngineError, Place, Problem
from minping.words import Text, both

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

EXAMPLES = "spark://HOST:PORT, spark://local[2]"
LOCAL = re.compile(r"spark://(local(\[(\d+|\*)\])?)")
HOSTS = re.compile(r"spark://[^\s:,/]+:\d+(,[^\s:,/]+:\d+)*")
PATIENCE_SECONDS = 5.0
SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # what overflows fails
    "spark.sql.caseSensitive": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # no Python on the cluster
    "spark.sql.legacy.parquet.nanosAsLong": "true",  # as pandas writes moments
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
#: of threads of this machine: nothing but the machine itself is listened to
AT_HOME = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """A session of a cluster or of threads, until the end of the block; one that is there already stays.

    Raises:
        EngineError: no such address, no Java, nobody answers; it stops meanwhile.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    master = master_of(address)
    _need_java()
    there = SparkSession.getActiveSession() is not None
    local = master.startswith("local")
    builder = SparkSession.builder.master(master).appName("minping")
    for key, value in {**SETTINGS, **(AT_HOME if local else {})}.items():
        builder = builder.config(key, value)
    with TemporaryFile() as log:
        try:
            with _quiet(log):
                session = builder.getOrCreate()
        except (PySparkException, Py4JError, OSError) as error:
            raise EngineError(_failed(address, _last_of(log) or str(error))) from error
        try:
            yield _connected(session)
        except (Py4JError, PySparkException, ConnectionError) as error:
            if not _is_of_the_cluster(error):
                raise
            raise EngineError(_failed(address, str(error))) from error
        finally:
            if not there:
                with suppress(Py4JError, ConnectionError):
                    session.stop()


def _connected(session: Any) -> Any:
    """Ibis on a session; results come as Arrow, since pandas has no whole numbers that may be missing."""
    import ibis

    usual = type(ibis.pyspark.connect(session))

    class Arrow(usual):  # type: ignore[misc, valid-type]
        def to_pyarrow(self, expr: Any, /, **_: object) -> Any:
            table = expr.as_table()
            found = session.sql(self.compile(table)).toArrow()
            return expr.__pyarrow_result__(found.cast(table.schema().to_pyarrow()))

    opened = Arrow()
    opened.do_connect(session)
    return opened


def scan(opened: Any, path: str) -> ibis.Table:
    """A Parquet file by its path; moments in nanoseconds come in microseconds."""
    import pyarrow.parquet as pq
    from ibis.util import gen_name
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as of

    frame = SparkSession.active().read.parquet("file://" + re.sub(r"([][{}*?\\])", r"\\\1", path))
    for field in pq.read_schema(path):
        if str(field.type).startswith("timestamp[ns"):
            column = of.col(f"`{field.name.replace('`', '``')}`")
            frame = frame.withColumn(field.name, of.timestamp_micros((column / 1000).cast("bigint")))
    name = gen_name("minping")
    frame.createOrReplaceTempView(name)
    return opened.table(name)


def put(opened: Any, rows: pa.Table) -> ibis.Table:
    """A few rows as a table."""
    from ibis.util import gen_name
    from pyspark.sql import SparkSession

    name = gen_name("minping")
    SparkSession.active().createDataFrame(rows).createOrReplaceTempView(name)
    return opened.table(name)


def master_of(address: str) -> str:
    """What Spark calls the master; that of a cluster is looked for, since Spark itself would try for a minute.

    Raises:
        EngineError: no such address; nobody answers there.

    >>> master_of("spark://local[2]")
    'local[2]'
    """
    if (local := LOCAL.fullmatch(address)) is not None:
        return local[1]
    allowed = both(EXAMPLES)
    if HOSTS.fullmatch(address) is None:
        what = Text(f"{address} 不是 Spark 的地址", f"{address} is no address of Spark")
        fix = Text("写明主机和端口，如 spark://master:7077", "name host and port, e.g. spark://master:7077")
        raise EngineError(Problem("engine-address", Place(), what, allowed, fix))
    told = ""
    for host in address.removeprefix("spark://").split(","):
        name, port = host.rsplit(":", 1)
        try:
            socket.create_connection((name, int(port)), PATIENCE_SECONDS).close()
        except (OSError, OverflowError) as error:
            told = str(error)
        else:
            return address
    what = Text(f"连不上 {address}：{told}", f"can't connect to {address}: {told}")
    fix = Text("核对主机、端口和防火墙；主节点是否开着", "check host, port and firewall, and whether the master runs")
    raise EngineError(Problem("engine-unreachable", Place(), what, allowed, fix))


def java() -> str | None:
    """Where Java is: in JAVA_HOME, or on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _need_java() -> None:
    if java() is None:
        what = Text("这台机器上找不到 Java", "there is no Java on this machine")
        fix = Text(
            "安装 Java 17（Debian：openjdk-17-jre-headless），或设 JAVA_HOME",
            "install Java 17 (Debian: openjdk-17-jre-headless), or set JAVA_HOME",
        )
        raise EngineError(Problem("engine-needs-java", Place(), what, Text("Java 17 或更新", "Java 17 or newer"), fix))


@contextmanager
def _quiet(log: IO[bytes]) -> Iterator[None]:
    """What programs started meanwhile print on standard error goes into the log, for as long as they run."""
    sys.stderr.flush()
    kept = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


def _last_of(log: IO[bytes]) -> str:
    log.seek(0)
    said = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    return next((line for line in said if re.search("error|exception", line, re.IGNORECASE)), (said or [""])[-1])


def _is_of_the_cluster(error: Exception) -> bool:
    """Whether the cluster failed, not what it was asked for."""
    from pyspark.errors import AnalysisException, ParseException

    return "PATH_NOT_FOUND" in str(error) or not isinstance(error, AnalysisException | ParseException)


def _failed(address: str, said: str) -> Problem:
    told = next((line.strip() for line in said.splitlines() if line.strip()), "")
    what = Text(f"{address} 没能完成：{told}", f"{address} failed: {told}")
    fix = Text(
        "看集群的日志；证据和 TMPDIR 所在路径须每台机器都看得见",
        "look at the cluster's log; every machine must see the paths of the evidence and of TMPDIR",
    )
    return Problem("engine-stopped", Place(), what, both(""), fix)
