"""Placing: a folder that appears whole or not at all, and takes the place of an older one only when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from minping.errors import BundleError, Place, Problem
from minping.words import Text, both


def refuse_foreign(target: Path, mark: str) -> None:
    """Only a bundle (it holds the file `mark`), or nothing, may be replaced.

    Raises:
        BundleError: something else stands at `target`.
    """
    if not target.exists() or (target.is_dir() and ((target / mark).is_file() or not any(target.iterdir()))):
        return
    found = Text("这里已有别的文件", "something else stands here")
    allowed = Text("旧的成果包，或什么都没有", "an older bundle, or nothing")
    fix = Text("移走它，或换一个文件夹", "move it away, or choose another folder")
    raise BundleError(Problem("not-a-bundle", Place(str(target)), found, allowed, fix))


@contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """A hidden folder beside `target` that takes its place if all went well, and is gone otherwise.

    Raises:
        BundleError: it can't be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        drafted = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    try:
        drafted.chmod(0o777 & ~_umask())
        yield drafted
        _swap(drafted, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(drafted, ignore_errors=True)


def _swap(drafted: Path, target: Path) -> None:
    """Move the new bundle to its place; the older one goes only when the new one stands."""
    if not target.exists():
        drafted.rename(target)
        return
    older = drafted.with_name(f"{drafted.name}-older")
    target.rename(older)
    try:
        drafted.rename(target)
    except BaseException:
        older.rename(target)
        raise
    shutil.rmtree(older, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unwritable(folder: Path, error: OSError) -> BundleError:
    found = Text(f"无法写入：{error.strerror or error}", f"can't be written: {error.strerror or error}")
    fix = Text("换一个可写的文件夹，或检查磁盘空间与权限", "choose another folder, or check space and permissions")
    return BundleError(Problem("unwritable", Place(error.filename or str(folder)), found, both(""), fix))
