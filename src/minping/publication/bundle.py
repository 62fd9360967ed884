"""Publish: an evaluation in, a signed folder of files out (`bundle/v1`): all of it or nothing.

The bundle is written beside its target under a hidden name and moved into place when it is whole; after a failure
or Ctrl-C nothing of it is left, and an older bundle stays as it was. The same evaluation, key and options give the
same bytes: no clock, no machine's name and no path of this computer goes into any file.
"""

from __future__ import annotations

import platform
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from minping.errors import BundleError, Place, Problem
from minping.model.evidence import SourceFile
from minping.publication.archive import is_safe
from minping.publication.datapackage import datapackage_text
from minping.publication.extra_tables import published_tables
from minping.publication.manifest import (
    FORMAT,
    MANIFEST,
    SIGNATURE,
    EvidenceFile,
    EvidenceList,
    Manifest,
    SchemeNote,
    Software,
    Words,
    digest,
    evidence_root,
    listed,
    manifest_bytes,
    present,
)
from minping.publication.method import Line
from minping.publication.placing import put_in_place, refuse_foreign
from minping.publication.readme import README
from minping.publication.sign import OwnKey, own_key, sign
from minping.publication.tables_csv import csv_bytes, write_parquet
from minping.scheme.questionnaire import QUESTIONNAIRE
from minping.words import Lang, Text, both

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

Progress = Callable[[Text, int, int], None]
SCHEME, EVIDENCE, PARQUET = "scheme.yaml", "evidence/", "parquet"


@dataclass(frozen=True, slots=True)
class Draft:
    """A bundle in the making."""

    evaluation: Evaluation
    folder: Path
    lang: Lang
    evidence: EvidenceList
    software: Software
    created_on: date | None = None
    word_template: Path | None = None
    facts: tuple[Line, ...] = field(default=())


def publish(
    evaluation: Evaluation,
    folder: str | Path,
    *,
    key: OwnKey | Path | None = None,
    lang: Lang = "zh",
    word_template: Path | None = None,
    include_evidence: bool = True,
    created_on: date | None = None,
    progress: Progress | None = None,
) -> Path:
    """Publish an evaluation as `bundle-<period>` in `folder`, in place of an older one.

    Args:
        evaluation: what `evaluate` returned
        folder: where the bundle is to stand; made if it isn't there
        key: the key to sign with, or its file; by default this user's own, made on first need
        lang: of the report, the Word file and the workbook
        word_template: an office's own Word template in place of the shipped one
        include_evidence: False: publish only the hashes of the evidence; to compute again then needs the evidence.
            Evidence with tables of events (ratings) or decisions on findings is never included: what citizens said
            is theirs, and an open finding is for checking inside
        created_on: the date to print; by default none
        progress: called with (stage in words, steps done, steps in all)

    Returns:
        The bundle's folder.

    Raises:
        BundleError: the evidence has changed since it was read, the template or key can't be used, or the target
            can't be written or is not a bundle; nothing is written then.
    """
    signer = key if isinstance(key, OwnKey) else own_key(key)
    target = Path(folder) / f"bundle-{evaluation.period}"
    refuse_foreign(target, MANIFEST)
    told = evaluation.evidence
    evidence = _evidence_list(evaluation, include_evidence and not (told.records or told.decisions))
    with put_in_place(target) as drafted:
        software = software_here()
        facts = _facts(evaluation, evidence, software)
        draft = Draft(evaluation, drafted, lang, evidence, software, created_on, word_template, facts)
        for done, step in enumerate(STEPS, 1):
            step(draft)
            if progress:
                progress(STAGE, done, len(STEPS) + 1)
        _seal(draft, signer)
    if progress:
        progress(STAGE, len(STEPS) + 1, len(STEPS) + 1)
    return target


def software_here() -> Software:
    """What computes here."""
    return Software(
        minping=version("minping"),
        python=platform.python_version(),
        numpy=np.__version__,
        pyarrow=version("pyarrow"),
        platform=f"{platform.system()} {platform.machine()}",
    )


def _write_inputs(draft: Draft) -> None:
    """The scheme's very text, and copies of the evidence: the bundle is itself a folder that can be evaluated."""
    (draft.folder / SCHEME).write_bytes(draft.evaluation.scheme_file.text.encode())
    (draft.folder / "README.md").write_text(README, encoding="utf-8", newline="\n")
    if not draft.evidence.included:
        return
    source = Path(draft.evaluation.evidence.folder)
    for file in draft.evidence.files:
        target = draft.folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file.path, target)
        if digest(target) != file.sha256:
            raise _evidence_changed(file.path)


def _write_tables(draft: Draft) -> None:
    """Every table as CSV and Parquet, and the data package that describes them."""
    (draft.folder / PARQUET).mkdir()
    schemas = {}
    for name, table in published_tables(draft.evaluation):
        (draft.folder / f"{name}.csv").write_bytes(csv_bytes(table))
        write_parquet(table, draft.folder / PARQUET / f"{name}.parquet")
        schemas[name] = table.schema
    files = {file.path.removesuffix(".csv"): file for file in listed(draft.folder, [f"{name}.csv" for name in schemas])}
    scheme = draft.evaluation.scheme
    about = {
        "name": _slug(f"{scheme.id}-{draft.evaluation.period}"),
        "title": f"{scheme.title.text.say(draft.lang)} {draft.evaluation.period}",
        "description": scheme.about.text.say(draft.lang) if scheme.about else "",
        "version": scheme.version,
        "licence": scheme.publish.licence,
        "created_on": draft.created_on,
    }
    text = datapackage_text(about, schemas, files)
    (draft.folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _write_report(draft: Draft) -> None:
    """report.html."""
    from minping.publication.report_html import render_report

    page = render_report(draft.evaluation, draft.lang, facts=draft.facts)
    (draft.folder / "report.html").write_text(page, encoding="utf-8", newline="\n")


def _write_workbook(draft: Draft) -> None:
    """tables.xlsx."""
    from minping.publication.tables_xlsx import xlsx_bytes

    (draft.folder / "tables.xlsx").write_bytes(xlsx_bytes(draft.evaluation, draft.lang, draft.facts, draft.created_on))


def _write_document(draft: Draft) -> None:
    """report.docx."""
    from minping.publication.notices import report_of
    from minping.publication.report_docx import SHIPPED, docx_bytes

    report = report_of(draft.evaluation, draft.lang, draft.facts, draft.created_on)
    template = draft.word_template or SHIPPED[draft.lang]
    (draft.folder / "report.docx").write_bytes(docx_bytes(report, template, draft.created_on))


def _seal(draft: Draft, signer: OwnKey) -> None:
    """The manifest over all files, and its signature."""
    evaluation, scheme = draft.evaluation, draft.evaluation.scheme
    title = scheme.title.text
    drawn = evaluation.intervals
    manifest = Manifest(
        format=FORMAT,
        scheme=SchemeNote(
            id=scheme.id,
            version=scheme.version,
            title=Words(zh=title.zh, en=title.en),
            file=SCHEME,
            sha256=evaluation.scheme_file.sha256,
        ),
        period=evaluation.period,
        seed=None if drawn is None else drawn.seed,
        draws=0 if drawn is None else drawn.draws,
        evidence=draft.evidence,
        software=draft.software,
        lang=draft.lang,
        created_on=None if draft.created_on is None else str(draft.created_on),
        licence=scheme.publish.licence,
        files=listed(draft.folder, present(draft.folder)),
    )
    content = manifest_bytes(manifest)
    (draft.folder / MANIFEST).write_bytes(content)
    (draft.folder / SIGNATURE).write_text(sign(content, signer), encoding="utf-8", newline="\n")


def _evidence_list(evaluation: Evaluation, included: bool) -> EvidenceList:
    """The evidence files as they were read; they must still be the same."""
    folder = Path(evaluation.evidence.folder)
    read: dict[str, list[SourceFile]] = {}
    for source in evaluation.evidence.files:
        read.setdefault(source.path, []).append(source)
    files = []
    for path, sources in sorted(read.items(), key=lambda item: item[0].encode()):
        if (
            not is_safe(path)
            or not (path.startswith(EVIDENCE) or path == QUESTIONNAIRE)
            or not (folder / path).is_file()
            or digest(folder / path) != sources[0].sha256
        ):
            raise _evidence_changed(path)
        files.append(
            EvidenceFile(
                path=path,
                size=(folder / path).stat().st_size,
                sha256=sources[0].sha256,
                tables=tuple(source.table for source in sources),
                rows=sum(source.rows for source in sources),
            )
        )
    return EvidenceList(merkle_root=evidence_root(files), included=included, files=tuple(files))


def _facts(evaluation: Evaluation, evidence: EvidenceList, software: Software) -> tuple[Line, ...]:
    return (
        Line(Text("方案的 SHA-256", "scheme, SHA-256"), both(evaluation.scheme_file.sha256)),
        Line(Text("证据的 Merkle 根", "evidence, Merkle root"), both(evidence.merkle_root)),
        Line(Text("计算软件", "computed by"), both(f"minping {software.minping}, numpy {software.numpy}")),
        Line(Text("格式", "format"), both(FORMAT)),
    )


def _evidence_changed(path: str) -> BundleError:
    found = Text("读取之后被改动、移走，或不在文件夹内", "changed or moved since it was read, or outside its folder")
    fix = Text("重新运行 minping run", "run minping run again")
    return BundleError(Problem("evidence-changed", Place(path), found, both(""), fix))


def _slug(name: str) -> str:
    """A package name as the standard wants it: lower case, no spaces."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or "bundle"


STAGE = Text("写出成果包", "writing the bundle")
STEPS: tuple[Callable[[Draft], None], ...] = (
    _write_inputs,
    _write_tables,
    _write_report,
    _write_workbook,
    _write_document,
)
