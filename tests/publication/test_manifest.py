"""A manifest that is read is not believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minping.errors import BundleError, Problem
from minping.publication import manifest as module
from minping.publication.manifest import manifest_bytes, read_manifest

Told = dict[str, Any]


def _spoiled(bundle: Path, spoil: Callable[[Told], object]) -> tuple[Problem, ...]:
    told = json.loads((bundle / "manifest.json").read_bytes())
    spoil(told)
    (bundle / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BundleError) as error:
        read_manifest(bundle)
    return error.value.problems


def test_what_is_written_reads_back_as_the_same_bytes(published: Path) -> None:
    manifest, content = read_manifest(published)
    assert manifest_bytes(manifest) == content


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "a\\b", "c:x", "", "a/../b", "evidence/../../x"])
def test_a_path_that_leaves_the_bundle_is_refused(path: str, bundle: Path) -> None:
    problems = _spoiled(bundle, lambda told: told["files"][0].update(path=path))
    assert [problem.code for problem in problems] == ["unsafe-path"]


def test_so_is_one_of_the_scheme_or_of_the_evidence(bundle: Path) -> None:
    problems = _spoiled(bundle, lambda told: told["scheme"].update(file="../scheme.yaml"))
    assert "unsafe-path" in {problem.code for problem in problems}
    problems = _spoiled(bundle, lambda told: told["evidence"]["files"][0].update(path="../../x"))
    assert "unsafe-path" in {problem.code for problem in problems}


def test_a_file_listed_twice_or_the_manifest_listed_in_itself_is_refused(bundle: Path) -> None:
    assert _spoiled(bundle, lambda told: told["files"].append(told["files"][0]))[0].code == "double-file"
    assert _spoiled(bundle, lambda told: told["files"][-1].update(path="manifest.json"))[-1].code == "double-file"


def test_a_root_that_is_not_that_of_the_files_is_refused(bundle: Path) -> None:
    problems = _spoiled(bundle, lambda told: told["evidence"].update(merkle_root="0" * 64))
    assert [problem.code for problem in problems] == ["bad-root"]


def test_every_key_out_of_shape_is_named(bundle: Path) -> None:
    def spoil(told: Told) -> None:
        told["files"][0]["sha256"] = "ABC"
        told["files"][1]["size"] = -1
        told["extra"] = 1
        del told["period"]

    problems = _spoiled(bundle, spoil)
    assert {problem.code for problem in problems} == {"bad-manifest"}
    assert {problem.place.column for problem in problems} == {"files.0.sha256", "files.1.size", "extra", "period"}


def test_a_newer_format_says_to_upgrade_and_another_that_it_is_no_bundle(bundle: Path) -> None:
    newer = _spoiled(bundle, lambda told: told.update(format="bundle/v2"))[0]
    assert newer.code == "unknown-format"
    assert "upgrade" in newer.fix.en
    for other in ("datapackage", None, 7):
        assert "not a bundle" in _spoiled(bundle, lambda told, other=other: told.update(format=other))[0].fix.en  # type: ignore[misc]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 200_000, b'{"a": NaN'])
def test_what_is_no_manifest_is_refused_in_words(content: bytes, bundle: Path) -> None:
    (bundle / "manifest.json").write_bytes(content)
    with pytest.raises(BundleError) as error:
        read_manifest(bundle)
    assert error.value.problems[0].code in ("no-manifest", "unknown-format")


def test_a_manifest_cut_short_is_refused_at_every_length(bundle: Path) -> None:
    content = (bundle / "manifest.json").read_bytes()
    for length in range(0, len(content) - 1, 97):
        (bundle / "manifest.json").write_bytes(content[:length])
        with pytest.raises(BundleError):
            read_manifest(bundle)


def test_a_key_that_stands_twice_is_refused(bundle: Path) -> None:
    path = bundle / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b"{", b'{"draws": 1,', 1))
    with pytest.raises(BundleError) as error:
        read_manifest(bundle)
    assert "draws" in error.value.problems[0].found.en


def test_a_folder_without_a_manifest_is_no_bundle(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(BundleError) as error:
            read_manifest(folder)
        assert error.value.problems[0].code == "no-manifest"


def test_a_manifest_that_is_far_too_large_is_not_read(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    with pytest.raises(BundleError) as error:
        read_manifest(bundle)
    assert error.value.problems[0].found.en == "too large"
