"""Verify: whatever was done to a bundle is found and named."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from minping.errors import BundleError, EvidenceError, Place, Problem
from minping.pipeline import again
from minping.publication.bundle import publish
from minping.publication.manifest import listed, manifest_bytes, present, read_manifest
from minping.publication.rerun import Run, first_difference
from minping.publication.sign import OwnKey, own_key, sign
from minping.publication.verify import examine, verify
from minping.scoring.evaluation import Evaluation
from minping.words import both
from tests.publication.evaluations import evaluated


def _found(bundle: Path, **how: object) -> dict[str, str]:
    """Code of every problem by the file it names."""
    with pytest.raises(BundleError) as error:
        verify(bundle, **how)  # type: ignore[arg-type]
    for problem in error.value.problems:
        assert problem.found.zh
        assert problem.found.en
    return {problem.place.file: problem.code for problem in error.value.problems}


def _outcomes(bundle: Path, **how: object) -> dict[str, str]:
    return {check.name: check.outcome for check in examine(bundle, **how).checks}  # type: ignore[arg-type]


def _signed_anew(bundle: Path, key: OwnKey, **changes: object) -> None:
    """What a forger with a key of their own would do: change files, then list and sign everything again."""
    manifest, _ = read_manifest(bundle)
    manifest = manifest.model_copy(update={"files": listed(bundle, present(bundle)), **changes})
    content = manifest_bytes(manifest)
    (bundle / "manifest.json").write_bytes(content)
    (bundle / "signature.json").write_text(sign(content, key))


def test_a_whole_bundle_passes_and_its_unknown_key_is_said(bundle: Path) -> None:
    found = verify(bundle)
    assert {check.name: check.outcome for check in found.checks} == {
        "manifest": "passed",
        "signature": "passed",
        "key": "skipped",
        "files": "passed",
        "scheme": "passed",
        "evidence": "passed",
        "rerun": "skipped",
    }
    key = next(check for check in found.checks if check.name == "key")
    assert "not known" in key.words.en
    assert "不认识" in key.words.zh
    assert found.passed
    assert found.as_json()["passed"] is True


def test_a_key_of_ones_own_is_known(evaluation: Evaluation, tmp_path: Path) -> None:
    found = verify(publish(evaluation, tmp_path))
    assert found.key_known_as == "signing.pem"
    assert {check.outcome for check in found.checks if check.name == "key"} == {"passed"}


def test_a_changed_byte_in_any_file_is_found_and_the_file_named(bundle: Path) -> None:
    for path in present(bundle):
        content = (bundle / path).read_bytes()
        spoiled = bytearray(content)
        spoiled[len(content) // 2] ^= 1
        (bundle / path).write_bytes(spoiled)
        assert _found(bundle)[path] == "changed-file", path
        (bundle / path).write_bytes(content)
    assert verify(bundle).passed


def test_a_changed_byte_anywhere_in_the_manifest_or_signature_is_found(bundle: Path) -> None:
    for name in ("manifest.json", "signature.json"):
        content = (bundle / name).read_bytes()
        for at in range(0, len(content) - 1, 41):
            spoiled = bytearray(content)
            spoiled[at] ^= 1
            (bundle / name).write_bytes(spoiled)
            with pytest.raises(BundleError):
                verify(bundle)
        (bundle / name).write_bytes(content)


def test_missing_and_extra_files_are_all_named(bundle: Path) -> None:
    (bundle / "ranks.csv").unlink()
    (bundle / "evidence" / "official.csv").unlink()
    (bundle / "evidence" / "more.csv").write_text("a")
    (bundle / "scores.csv").write_text("body\n")
    with pytest.raises(BundleError) as error:
        verify(bundle)
    found = {(problem.place.file, problem.code) for problem in error.value.problems}
    assert {
        ("ranks.csv", "missing-file"),
        ("evidence/official.csv", "missing-file"),
        ("evidence/more.csv", "extra-file"),
        ("scores.csv", "changed-file"),
    } <= found


def test_a_link_in_place_of_a_file_is_refused(bundle: Path) -> None:
    content = bundle.parent / "ranks.csv"
    shutil.move(bundle / "ranks.csv", content)
    (bundle / "ranks.csv").symlink_to(content)
    assert _found(bundle)["ranks.csv"] == "not-a-file"


def test_a_pipe_in_place_of_a_file_does_not_hang(bundle: Path) -> None:
    (bundle / "ranks.csv").unlink()
    os.mkfifo(bundle / "ranks.csv")
    assert _found(bundle)["ranks.csv"] == "not-a-file"


def test_a_signature_of_another_bundle_is_refused(bundle: Path, evaluation: Evaluation, tmp_path: Path) -> None:
    other = publish(evaluation, tmp_path / "other", lang="en")
    shutil.copy(other / "signature.json", bundle / "signature.json")
    assert _found(bundle) == {"signature.json": "bad-signature"}
    assert _outcomes(bundle)["signature"] == "failed"


def test_a_bundle_without_a_signature_is_refused(bundle: Path) -> None:
    (bundle / "signature.json").unlink()
    assert _found(bundle) == {"signature.json": "not-signed"}


def test_a_forger_who_signs_anew_is_found_by_the_key(bundle: Path, published: Path, tmp_path: Path) -> None:
    true_key = tmp_path / "office.pem"
    true_key.write_text(json.loads((published / "signature.json").read_text())["public_key"])
    (bundle / "report.html").write_text("all is well")
    forger = own_key()
    _signed_anew(bundle, replace(forger, path=tmp_path / "forger.pem"))
    assert _found(bundle, public_key=true_key) == {"signature.json": "wrong-key"}
    assert verify(published, public_key=true_key).passed


def test_a_key_put_among_the_known_ones_is_known_by_its_name(bundle: Path, home: Path) -> None:
    (home / "keys" / "known").mkdir(parents=True)
    pem = json.loads((bundle / "signature.json").read_text())["public_key"]
    (home / "keys" / "known" / "考评办.pem").write_text(pem)
    assert verify(bundle).key_known_as == "考评办.pem"


def test_a_wrong_public_key_file_is_said(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key")
    assert _found(bundle, public_key=tmp_path / "key") == {str(tmp_path / "key"): "bad-key"}


def test_a_scheme_or_evidence_put_in_place_of_the_true_one_is_found_even_if_signed(bundle: Path) -> None:
    (bundle / "scheme.yaml").write_text("another: scheme\n")
    (bundle / "evidence" / "official.csv").write_text("body,period,indicator,value\n")
    _signed_anew(bundle, own_key())
    assert _found(bundle) == {"scheme.yaml": "changed-scheme", "evidence/official.csv": "changed-evidence"}


def test_evidence_that_is_not_in_the_bundle_is_checked_in_the_folder_given(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    bundle = publish(evaluation, tmp_path, include_evidence=False)
    assert _outcomes(bundle)["evidence"] == "skipped"
    given = Path(shutil.copytree(evaluation.evidence.folder, tmp_path / "copy"))
    for folder in (given, given / "evidence"):
        assert _outcomes(bundle, evidence=folder)["evidence"] == "passed"
    (given / "evidence" / "bodies.csv").write_text("body,name\n")
    assert _found(bundle, evidence=given) == {"evidence/bodies.csv": "changed-evidence"}
    (given / "evidence" / "bodies.csv").unlink()
    assert _found(bundle, evidence=given) == {"evidence/bodies.csv": "missing-evidence"}


def _zip(bundle: Path, path: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for found in sorted(bundle.rglob("*")):
            if found.is_file():
                file.write(found, inside + found.relative_to(bundle).as_posix())
    return path


@pytest.mark.parametrize("inside", ["", "bundle-2016/"])
def test_a_zipped_bundle_is_checked_like_a_folder(inside: str, bundle: Path, tmp_path: Path) -> None:
    assert verify(_zip(bundle, tmp_path / "x.zip", inside)).passed
    (bundle / "ranks.csv").write_text("body\n")
    assert _found(_zip(bundle, tmp_path / "x.zip", inside)) == {"ranks.csv": "changed-file"}


def test_a_zip_that_would_do_harm_is_refused(bundle: Path, tmp_path: Path) -> None:
    path = _zip(bundle, tmp_path / "x.zip")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("../outside.txt", "1")
    assert "unsafe-path" in _found(path).values()
    with zipfile.ZipFile(_zip(bundle, path), "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(50_000_000))
    assert "zip-bomb" in _found(path).values()
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("name", ["none", "empty", "file.txt"])
def test_what_is_no_bundle_is_refused_in_words(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("hello")
    assert set(_found(tmp_path / name).values()) <= {"no-manifest", "bad-archive"}


def test_a_rerun_gives_the_same_tables_byte_for_byte(bundle: Path) -> None:
    found = verify(bundle, rerun=again)
    assert found.checks[-1].outcome == "passed"
    assert "byte for byte" in found.checks[-1].words.en


def test_a_rerun_uses_the_evidence_given_where_the_bundle_has_none(evaluation: Evaluation, tmp_path: Path) -> None:
    bundle = publish(evaluation, tmp_path / "out", include_evidence=False)
    assert _outcomes(bundle, rerun=again)["rerun"] == "skipped"
    evidence = Path(shutil.copytree(evaluation.evidence.folder, tmp_path / "copy"))
    assert _outcomes(bundle, rerun=again, evidence=evidence)["rerun"] == "passed"


def test_what_was_said_of_files_that_are_no_evidence_need_not_be_said_again(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(evaluation.evidence.folder, tmp_path / "copy"))
    (folder / "evidence" / "notes.txt").write_text("a table in no format that is read")
    path = folder / "evidence" / "official.csv"
    path.write_text(path.read_text().replace(",2016,solved,", ",2016,solved,０", 1))
    bundle = publish(evaluated(folder), tmp_path)
    said = (bundle / "problems.csv").read_text(encoding="utf-8")
    assert "notes.txt" in said
    assert "official.csv:" in said
    assert verify(bundle, rerun=again).checks[-1].outcome == "passed"
    (bundle / "problems.csv").write_text("\n".join(line for line in said.split("\n") if "official" not in line))
    _signed_anew(bundle, own_key())
    assert _found(bundle, rerun=again) == {"problems.csv": "other-result"}


def test_a_figure_that_does_not_follow_from_the_evidence_is_named_with_its_row(bundle: Path) -> None:
    path = bundle / "scores.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[7].split(",")
    cells[2] = "99.9"
    lines[7] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    _signed_anew(bundle, own_key())
    with pytest.raises(BundleError) as error:
        verify(bundle, rerun=again)
    (problem,) = error.value.problems
    assert problem.code == "other-result"
    assert (problem.place.file, problem.place.row, problem.place.column) == ("scores.csv", 8, "points")
    assert "99.9" in problem.found.en


def test_on_other_software_last_digits_may_differ_and_this_is_said(bundle: Path) -> None:
    path = bundle / "scores.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[1].split(",")
    cells[2] = repr(float(cells[2]) * (1 + 1e-13))
    lines[1] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    _signed_anew(bundle, own_key())
    assert _found(bundle, rerun=again) == {"scores.csv": "other-result"}
    manifest, _ = read_manifest(bundle)
    _signed_anew(bundle, own_key(), software=manifest.software.model_copy(update={"numpy": "1.0"}))
    assert "last digits" in verify(bundle, rerun=again).checks[-1].words.en


def test_a_table_that_cannot_be_computed_is_named(bundle: Path) -> None:
    (bundle / "opinions.csv").write_text("body\n")
    _signed_anew(bundle, own_key())
    assert _found(bundle, rerun=again) == {"opinions.csv": "other-result"}


def test_a_rerun_that_fails_says_why(bundle: Path) -> None:
    def fail(_: Run) -> Evaluation:
        raise EvidenceError(Problem("unknown-body", Place("official.csv", row=3), both("x"), both("y"), both("z")))

    assert _found(bundle, rerun=fail) == {"official.csv": "unknown-body"}


def test_nothing_is_run_again_before_the_hashes_fit(bundle: Path) -> None:
    def never(_: Run) -> Evaluation:
        raise AssertionError

    (bundle / "ranks.csv").write_text("body\n")
    assert _outcomes(bundle, rerun=never)["rerun"] == "skipped"


ROWS = b"body,points\na,1.0\nb,2.0\n"


@pytest.mark.parametrize(
    ("computed", "row"),
    [
        (b"body,points\na,1.0\nb,2.5\n", 3),
        (b"body,points\na,1.0\n", 3),
        (ROWS + b"c,3\n", 4),
        (b"body,score\na,1.0\nb,2.0\n", 1),
    ],
)
def test_the_first_differing_row_is_named(computed: bytes, row: int) -> None:
    for close in (0.0, 1e-9):
        problem = first_difference("x.csv", ROWS, computed, close)
        assert problem is not None
        assert problem.place.row == row


def test_close_figures_pass_only_where_the_software_differs() -> None:
    computed = b"body,points\na,1.0000000000001\nb,2.0\n"
    assert first_difference("x.csv", ROWS, computed, 1e-9) is None
    assert first_difference("x.csv", ROWS, computed, 0.0) is not None
    rewritten = first_difference("x.csv", ROWS, ROWS.replace(b"2.0", b"2.00"), 0.0)
    assert rewritten is not None
    assert rewritten.place.row == 3


def test_a_verification_says_itself_as_json(bundle: Path) -> None:
    (bundle / "ranks.csv").write_text("body\n")
    said = json.dumps(examine(bundle).as_json(), ensure_ascii=False)
    assert "ranks.csv" in said
    assert '"passed": false' in said
