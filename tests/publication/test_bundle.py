"""Publish: a whole bundle or none, the same twice, an older one kept until the new one is whole."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from minping.errors import BundleError
from minping.publication import bundle as making
from minping.publication.bundle import Draft, publish
from minping.publication.merkle import file_root
from minping.publication.sign import own_key
from minping.scoring.evaluation import Evaluation
from minping.words import Text
from tests.publication.evaluations import evaluated, evaluation_in

EVIDENCE = ("evidence/bodies.csv", "evidence/official.csv", "evidence/incidents.csv")
FIRST_COLUMNS = {
    "scores.csv": ["body", "node", "points", "weight", "contribution", "state"],
    "ranks.csv": ["body", "score", "score_lo", "score_hi", "rank", "rank_lo", "rank_hi", "tier", "grade"],
}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _refused(publishing: Callable[[], object]) -> str:
    with pytest.raises(BundleError) as error:
        publishing()
    problem = error.value.problems[0]
    assert problem.found.zh
    assert problem.found.en
    return problem.code


def test_a_bundle_holds_every_part(published: Path, evaluation: Evaluation) -> None:
    there = set(_contents(published))
    assert published.name == "bundle-2016"
    assert {"manifest.json", "signature.json", "scheme.yaml", "datapackage.json", "README.md"} <= there
    assert {"report.html", "report.docx", "tables.xlsx", *EVIDENCE} <= there
    for name in evaluation.tables:
        assert {f"{name}.csv", f"parquet/{name}.parquet"} <= there


@pytest.mark.parametrize("name", FIRST_COLUMNS)
def test_the_promised_columns_come_first(name: str, published: Path) -> None:
    with (published / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header[: len(FIRST_COLUMNS[name])] == FIRST_COLUMNS[name]


def test_the_manifest_says_what_was_evaluated_with_what(published: Path, evaluation: Evaluation) -> None:
    told = json.loads((published / "manifest.json").read_bytes())
    evidence = {name: (published / name).read_bytes() for name in EVIDENCE}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in evidence.items()}
    assert told["format"] == "bundle/v1"
    assert told["scheme"]["sha256"] == hashlib.sha256((published / "scheme.yaml").read_bytes()).hexdigest()
    assert (published / "scheme.yaml").read_text(encoding="utf-8") == evaluation.scheme_file.text
    assert (told["period"], told["seed"], told["draws"]) == ("2016", 7, 200)
    assert {file["path"]: file["sha256"] for file in told["evidence"]["files"]} == hashes
    assert told["evidence"]["merkle_root"] == file_root(hashes)
    assert told["created_on"] is None
    assert told["software"]["numpy"]
    listed = {file["path"]: (file["size"], file["sha256"]) for file in told["files"]}
    there = {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in _contents(published).items()
        if name not in ("manifest.json", "signature.json")
    }
    assert listed == there


def test_publishing_twice_gives_the_same_bytes_wherever_it_happens(evaluation: Evaluation, tmp_path: Path) -> None:
    key = own_key()
    one = publish(evaluation, tmp_path / "one", key=key)
    moved = Path(shutil.copytree(evaluation.evidence.folder, tmp_path / "elsewhere"))
    other = publish(evaluated(moved), tmp_path / "two", key=key)
    assert _contents(one) == _contents(other)


def test_no_path_of_this_computer_is_in_a_bundle(published: Path, evaluation: Evaluation) -> None:
    for name, content in _contents(published).items():
        assert evaluation.evidence.folder.encode() not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name


def test_a_date_is_printed_where_one_is_given(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = publish(evaluation, tmp_path, created_on=date(2017, 5, 6))
    assert json.loads((folder / "manifest.json").read_bytes())["created_on"] == "2017-05-06"
    assert json.loads((folder / "datapackage.json").read_bytes())["created"].startswith("2017-05-06")


def test_without_evidence_only_its_hashes_are_published(
    evaluation: Evaluation, tmp_path: Path, published: Path
) -> None:
    folder = publish(evaluation, tmp_path, include_evidence=False)
    assert not (folder / "evidence").exists()
    told = json.loads((folder / "manifest.json").read_bytes())["evidence"]
    whole = json.loads((published / "manifest.json").read_bytes())["evidence"]
    assert told == {**whole, "included": False}


def test_progress_is_told_to_the_end(evaluation: Evaluation, tmp_path: Path) -> None:
    told: list[tuple[Text, int, int]] = []
    publish(evaluation, tmp_path, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(1, told[-1][2] + 1))


def _stop(_: Draft) -> None:
    raise KeyboardInterrupt


def _fail(_: Draft) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("step", "raised"), [(_stop, KeyboardInterrupt), (_fail, BundleError)])
def test_what_is_interrupted_leaves_nothing_and_an_older_bundle_whole(
    step: Callable[[Draft], None], raised: type[BaseException], evaluation: Evaluation, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    older = _contents(publish(evaluation, tmp_path))
    monkeypatch.setattr(making, "STEPS", (*making.STEPS, step))
    for folder in (tmp_path, tmp_path / "fresh"):
        with pytest.raises(raised):
            publish(evaluation, folder, created_on=date(2020, 1, 1))
    assert _contents(tmp_path / "bundle-2016") == older
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle-2016", "fresh", "home"]
    assert list((tmp_path / "fresh").iterdir()) == []


def test_the_older_bundle_comes_back_when_the_new_one_cannot_take_its_place(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = _contents(publish(evaluation, tmp_path))
    move, moves = Path.rename, []

    def second_fails(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == 2:
            raise OSError(5, "Input/output error")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    assert _refused(lambda: publish(evaluation, tmp_path, created_on=date(2020, 1, 1))) == "unwritable"
    assert _contents(tmp_path / "bundle-2016") == older
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle-2016", "home"]


def test_a_new_bundle_replaces_the_older_one_and_all_its_files(evaluation: Evaluation, tmp_path: Path) -> None:
    folder = publish(evaluation, tmp_path)
    (folder / "left-over.txt").write_text("of an older version")
    publish(evaluation, tmp_path, created_on=date(2020, 1, 1))
    assert not (folder / "left-over.txt").exists()
    assert b"2020-01-01" in (folder / "manifest.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle-2016", "home"]


def test_a_folder_that_is_no_bundle_is_never_replaced(evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "bundle-2016").mkdir()
    (tmp_path / "bundle-2016" / "thesis.txt").write_text("three years of work")
    assert _refused(lambda: publish(evaluation, tmp_path)) == "not-a-bundle"
    assert (tmp_path / "bundle-2016" / "thesis.txt").read_text() == "three years of work"


def test_a_folder_that_cannot_be_written_is_said(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert _refused(lambda: publish(evaluation, tmp_path / "file" / "results")) == "unwritable"

    def read_only(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("minping.publication.placing.tempfile.mkdtemp", read_only)
    assert _refused(lambda: publish(evaluation, tmp_path / "results")) == "unwritable"


def test_evidence_that_changed_after_it_was_read_is_not_published(tmp_path: Path) -> None:
    evaluation = evaluation_in(tmp_path)
    path = tmp_path / "evidence" / "official.csv"
    path.write_bytes(path.read_bytes() + b"b00,2016,wait,1\n")
    assert _refused(lambda: publish(evaluation, tmp_path)) == "evidence-changed"
    assert _refused(lambda: publish(evaluation, tmp_path, include_evidence=False)) == "evidence-changed"
    path.unlink()
    assert _refused(lambda: publish(evaluation, tmp_path)) == "evidence-changed"
    assert not (tmp_path / "bundle-2016").exists()


def test_a_wrong_key_or_template_is_refused_and_nothing_is_written(evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("neither a key nor a document")
    assert _refused(lambda: publish(evaluation, tmp_path / "out", key=tmp_path / "bad")) == "bad-key"
    assert _refused(lambda: publish(evaluation, tmp_path / "out", word_template=tmp_path / "bad")) == "bad-template"
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


def test_a_bundle_can_be_read_by_others_than_its_owner(published: Path) -> None:
    assert published.stat().st_mode & 0o055 == 0o055
