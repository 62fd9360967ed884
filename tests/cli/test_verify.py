"""`minping verify`: what was looked at, what does not hold and why, for people and for scripts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def bundle(minping: Run, green: Path) -> Path:
    """A bundle signed with a key of the test's own home."""
    assert minping("run", green, "--draws", 40, "--quiet").code == 0
    return green / "results" / "bundle-2016"


def test_a_whole_bundle_passes_every_check_that_was_asked_for(minping: Run, bundle: Path) -> None:
    ended = minping("verify", bundle)
    assert (ended.code, ended.err) == (0, "")
    marks = [line[0] for line in ended.out.splitlines()]
    assert marks == ["✓"] * 6 + ["·"] and "not asked for" in ended.out
    assert "files are as the manifest says" in ended.out and "known key signing.pem" in ended.out
    assert "与清单一致" in minping("--lang", "zh", "verify", bundle).out


def test_a_rerun_is_the_last_check(minping: Run, bundle: Path) -> None:
    ended = minping("verify", bundle, "--rerun")
    assert ended.code == 0 and [line[0] for line in ended.out.splitlines()] == ["✓"] * 7


@pytest.mark.parametrize("name", ["scores.csv", "report.html", "scheme.yaml", "evidence/official.csv", "tables.xlsx"])
def test_one_changed_byte_names_its_file(minping: Run, bundle: Path, name: str) -> None:
    path = bundle / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    ended = minping("verify", bundle)
    assert ended.code == 2 and "Traceback" not in ended.err
    assert ended.err.startswith(f"error {name}") and "changed after publication" in ended.err
    assert "ask the publisher for the bundle again" in ended.err
    assert ended.err.count("[changed-file]") == 1 and "✗ 1 problem" in ended.out


def test_a_missing_a_changed_and_an_extra_file_are_all_named(minping: Run, bundle: Path) -> None:
    (bundle / "ranks.csv").unlink()
    (bundle / "scores.csv").write_text("body\n", encoding="utf-8")
    (bundle / "extra.txt").write_text("x", encoding="utf-8")
    found = json.loads(minping("verify", bundle, "--json").out)
    assert {(one["code"], one["place"]) for one in found["problems"]} == {
        ("missing-file", "ranks.csv"),
        ("changed-file", "scores.csv"),
        ("extra-file", "extra.txt"),
    }
    assert found["passed"] is False
    assert {one["name"]: one["outcome"] for one in found["checks"]}["files"] == "failed"


def test_json_of_a_whole_bundle_names_every_check(minping: Run, bundle: Path) -> None:
    ended = minping("verify", bundle, "--json")
    found = json.loads(ended.out)
    assert ended.code == 0 and found["passed"] is True and found["problems"] == []
    assert (found["scheme"], found["period"]) == ("green-2016 2016.1", "2016")
    assert [one["name"] for one in found["checks"]] == [
        "manifest", "signature", "key", "files", "scheme", "evidence", "rerun"
    ]  # fmt: skip


def test_a_zip_of_the_bundle_is_checked_too_and_a_rerun_is_made_of_it(
    minping: Run, bundle: Path, tmp_path: Path
) -> None:
    packed = shutil.make_archive(str(tmp_path / "sent"), "zip", bundle)
    ended = minping("verify", packed, "--rerun")
    assert ended.code == 0 and "✗" not in ended.out
    assert ended.out.splitlines()[-1].startswith("✓")


def test_where_only_hashes_were_published_the_evidence_is_asked_for(minping: Run, green: Path) -> None:
    minping("run", green, "--draws", 40, "--quiet", "--no-evidence", "--out", green / "out")
    bundle = green / "out" / "bundle-2016"
    assert not list(bundle.rglob("official.csv"))
    alone = minping("verify", bundle, "--rerun")
    assert alone.code == 0 and "--evidence" in alone.out and alone.out.splitlines()[-1].startswith("·")
    with_it = minping("verify", bundle, "--rerun", "--evidence", green)
    assert with_it.code == 0 and with_it.out.splitlines()[-1].startswith("✓")
    official = green / "evidence" / "official.csv"
    official.write_text(official.read_text(encoding="utf-8").replace("82.92", "83.92"), encoding="utf-8")
    changed = minping("verify", bundle, "--rerun", "--evidence", green)
    assert changed.code == 2 and "evidence/official.csv" in changed.err and "[changed-evidence]" in changed.err


def test_the_key_of_somebody_else_is_not_the_one_asked_for(minping: Run, bundle: Path, tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem, info = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    other = tmp_path / "other.pem"
    other.write_bytes(Ed25519PrivateKey.generate().public_key().public_bytes(pem, info))
    ended = minping("verify", bundle, "--public-key", other)
    assert ended.code == 2 and "[wrong-key]" in ended.err


@pytest.mark.parametrize("name", ["nothing", "scheme.yaml", "evidence"])
def test_what_is_no_bundle_is_refused_in_words(minping: Run, green: Path, name: str) -> None:
    ended = minping("verify", green / name)
    assert ended.code == 2 and ended.out == "" and "Traceback" not in ended.err
    assert ended.err.startswith("error ") and "to do:" in ended.err
