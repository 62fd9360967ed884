"""All of it or nothing: a folder is put in place when it is whole."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from minping.errors import BundleError
from minping.publication.placing import put_in_place, refuse_foreign


def test_the_whole_folder_appears_at_once(tmp_path: Path) -> None:
    target = tmp_path / "new" / "bundle"
    with put_in_place(target) as drafted:
        (drafted / "a").write_text("1", encoding="utf-8")
        assert not target.exists()
    assert (target / "a").read_text(encoding="utf-8") == "1" and [path.name for path in target.parent.iterdir()] == [
        "bundle"
    ]


def interrupted(target: Path, failure: type[BaseException]) -> None:
    with put_in_place(target) as drafted:
        (drafted / "a").write_text("new", encoding="utf-8")
        raise failure


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, OSError])
def test_after_a_failure_the_older_one_stands_and_nothing_else(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "bundle"
    with put_in_place(target) as drafted:
        (drafted / "a").write_text("old", encoding="utf-8")
    with pytest.raises((failure, BundleError)):
        interrupted(target, failure)
    assert (target / "a").read_text(encoding="utf-8") == "old" and [path.name for path in tmp_path.iterdir()] == [
        "bundle"
    ]


def test_a_new_one_takes_the_place_of_the_older(tmp_path: Path) -> None:
    for word in ("old", "new"):
        with put_in_place(tmp_path / "bundle") as drafted:
            (drafted / word).touch()
    assert [path.name for path in (tmp_path / "bundle").iterdir()] == ["new"]


def test_the_folder_has_the_rights_that_any_new_folder_has(tmp_path: Path) -> None:
    with put_in_place(tmp_path / "bundle"):
        pass
    (tmp_path / "plain").mkdir()
    assert stat.S_IMODE((tmp_path / "bundle").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_what_is_no_bundle_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").touch()
    (tmp_path / "file").touch()
    for name in ("mine", "file"):
        with pytest.raises(BundleError, match="something else stands here"):
            refuse_foreign(tmp_path / name, "manifest.json")
    (tmp_path / "empty").mkdir()
    for name in ("empty", "absent"):
        refuse_foreign(tmp_path / name, "manifest.json")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BundleError, match="can't be written"), put_in_place(tmp_path / "file" / "bundle"):
        pass
