"""A PostgreSQL server of our own and Spark on threads of this machine.

The server keeps its files in a folder that is gone afterwards, listens on a socket and on this machine only, and is
stopped by its process id. Where PostgreSQL or Java can't be had, the tests are skipped and say what to install.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import pytest

from minping.indicators.spark import java
from tests.cli.conftest import green, minping  # noqa: F401

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
SPARK = "spark://local[2]"
PASSWORD = "right and secret"  # noqa: S105


class Server(NamedTuple):
    """A server that runs: its address for the user `minping`, and the folder with its socket."""

    address: str
    folder: Path
    port: int

    def of(self, user: str, password: str = "", database: str = "evaluation") -> str:
        """The address on the network of this machine, where a password is asked for."""
        secret = f":{password.replace(' ', '%20')}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"


def program(name: str) -> str:
    """A program of PostgreSQL; Debian keeps those of a server apart."""
    found = next((str(path / name) for path in SERVERS if (path / name).exists()), None) or shutil.which(name)
    if found is None:
        pytest.skip(f"NOT TESTED: PostgreSQL equality; no {name} on this machine (Debian: apt-get install postgresql)")
    return found


def nobody() -> dict[str, Any]:
    """Whom the server runs as: ourselves, or where we are root, whom nothing belongs to."""
    if os.getuid() != 0:
        return {}
    who = pwd.getpwnam("nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": [], "env": {**os.environ, "HOME": "/"}}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def run_sql(socket_folder: Path, port: int, *statements: str, database: str = "postgres") -> list[str]:
    """What `psql` prints, as the server's administrator."""
    command = [program("psql"), "-h", str(socket_folder), "-p", str(port), "-U", "admin", "-d", database]
    asked = [part for statement in statements for part in ("-c", statement)]
    done = subprocess.run([*command, "-XtAq", *asked], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server with the users `minping`, `known` (who has a password) and `guest` (who may make no tables)."""
    initdb, postgres = program("initdb"), program("postgres")
    folder, who, port = Path(mkdtemp(prefix="minping-pg-")), nobody(), free_port()
    if who:
        shutil.chown(folder, who["user"], who["group"])
    cluster = folder / "cluster"
    made = [initdb, "-D", str(cluster), "-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **who)
    (cluster / "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "fsync": "off", "port": port}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([postgres, "-D", str(cluster), *flags], cwd=folder, stdout=log, stderr=log, **who)
        try:
            wait_for(folder / f".s.PGSQL.{port}", running)
            run_sql(
                folder, port, "CREATE ROLE minping LOGIN", f"CREATE ROLE known LOGIN PASSWORD '{PASSWORD}'",
                f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'", "CREATE DATABASE evaluation OWNER minping",
                "CREATE DATABASE latin ENCODING LATIN1 TEMPLATE template0",
                "REVOKE TEMPORARY ON DATABASE evaluation FROM PUBLIC",
                "GRANT TEMPORARY ON DATABASE evaluation TO known",
            )  # fmt: skip
            yield Server(f"postgresql://minping@/evaluation?host={folder}&port={port}", folder, port)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)
    shutil.rmtree(folder)


def wait_for(path: Path, running: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Until the server answers, which its socket shows."""
    last = time.monotonic() + seconds
    while not path.exists():
        if running.poll() is not None or time.monotonic() > last:
            pytest.fail(f"PostgreSQL did not start:\n{(path.parent / 'log').read_text()}")
        time.sleep(0.05)
    time.sleep(0.3)


@pytest.fixture(scope="session")
def spark_address() -> Iterator[str]:
    """Spark on two threads of this machine; its compiler does no more than short work is worth."""
    if java() is None:
        pytest.skip(
            "NOT TESTED: Spark equality; no Java on this machine (Debian: apt-get install openjdk-17-jre-headless)"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", "--driver-java-options -XX:TieredStopAtLevel=1 pyspark-shell")
        yield SPARK
