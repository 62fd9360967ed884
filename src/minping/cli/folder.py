"""A folder of an evaluation: its scheme and its evidence, read together so that all problems show at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from minping.errors import EvidenceError, Place, Problem, SchemeError, did_you_mean, one_of
from minping.words import Text, both

if TYPE_CHECKING:
    from minping.cli.meter import Meter
    from minping.model.evidence import Evidence
    from minping.scheme.read import SchemeFile
    from minping.scoring.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Folder:
    """What `minping` works on: `scheme.yaml` (or another scheme file beside it), `evidence/`, `results/`."""

    path: Path
    scheme_file: SchemeFile
    evidence: Evidence

    @property
    def results(self) -> Path:
        """Where bundles are written: those of another scheme file than `scheme.yaml` in a folder of its name."""
        name = Path(self.scheme_file.source.file).stem
        return self.path / "results" / ("" if name == "scheme" else name)


def find_folder(path: Path) -> Path:
    """The folder itself, or the one that a scheme file lies in.

    Raises:
        SchemeError: there is no such folder.
    """
    found = path.parent if path.is_file() else path
    if not found.is_dir():
        here = [entry.name for entry in found.parent.iterdir() if entry.is_dir()] if found.parent.is_dir() else []
        what = Text(f"没有文件夹 {path}", f"no folder {path}")
        fix = did_you_mean(found.name, here) if here else both("")
        new = Text("或新建：minping new DIR --scheme NAME", "or start one: minping new DIR --scheme NAME")
        fix = Text(f"{fix.zh}；{new.zh}", f"{fix.en}; {new.en}")
        raise SchemeError(Problem("no-folder", Place(str(path)), what, both(""), fix))
    return found


def read_folder(path: Path, meter: Meter | None = None) -> Folder:
    """Read the scheme and the evidence of a folder; a file is the scheme to evaluate the folder by.

    Raises:
        SchemeError: the scheme can't be used (the evidence is not looked at: what it must hold is unknown).
        EvidenceError: the evidence can't be used.
    """
    from minping.pipeline import load_evidence
    from minping.scheme.read import read_scheme

    folder = find_folder(path)
    scheme_file = read_scheme(path if path.is_file() else folder)
    progress = meter.step if meter is not None else None
    return Folder(folder, scheme_file, load_evidence(folder, scheme_file, progress))


def evaluate_folder(
    folder: Folder,
    meter: Meter,
    period: str | None = None,
    seed: int | None = None,
    draws: int | None = None,
    engine: str | None = None,
) -> Evaluation:
    """Evaluate a folder with a progress bar."""
    from minping.pipeline import evaluate

    stage = Text("不确定性抽样", "drawing")
    return evaluate(
        folder.scheme_file,
        folder.evidence,
        period=period,
        seed=seed,
        draws=draws,
        engine=engine,
        progress=lambda done, total: meter.step(stage, done, total),
    )


def known_body(evaluation: Evaluation, asked: str) -> str:
    """A body's id from its id or name.

    Raises:
        EvidenceError: no such body, with the nearest.
    """
    bodies = evaluation.evidence.bodies
    for names in (bodies.ids, bodies.names, bodies.names_en):
        if asked in names:
            return bodies.ids[names.index(asked)]
    offered = [*bodies.ids, *bodies.names_en]
    found = Text(f"没有单位 {asked}", f"no body {asked}")
    raise EvidenceError(Problem("unknown-body", Place(), found, one_of(bodies.ids, 40), did_you_mean(asked, offered)))


def known_node(evaluation: Evaluation, asked: str) -> str:
    """A node's id from its id or title.

    Raises:
        SchemeError: no such node, with the nearest.
    """
    nodes = evaluation.scores.nodes
    for node in nodes:
        if asked in (node.id, node.title_zh, node.title_en):
            return node.id
    names = [name for node in nodes for name in (node.id, node.title_zh, node.title_en)]
    found = Text(f"没有维度或指标 {asked}", f"no dimension or indicator {asked}")
    fix = did_you_mean(asked, names)
    raise SchemeError(Problem("unknown-node", Place(), found, one_of([node.id for node in nodes], 60), fix))
