"""Read a scheme: in a YAML file (or its text), out a `Scheme`, or every problem of the file at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from minping.errors import Place, Problem, SchemeError
from minping.model.evidence import Codebook, IndicatorNote
from minping.model.surveys import SurveyPlan
from minping.scheme.consistency import inconsistencies
from minping.scheme.declared import declared
from minping.scheme.misfits import misfits, repaired
from minping.scheme.shape import Scheme
from minping.scheme.source import Source, read_source
from minping.words import Text, both

MOST_BYTES = 4_000_000  #: a scheme file above this is not one


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme with the file it was read from: its lines for messages, its bytes for the hash."""

    scheme: Scheme
    source: Source
    text: str

    @property
    def sha256(self) -> str:
        """Hash of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_scheme(path: str | Path) -> SchemeFile:
    """Read and check a scheme file, or the `scheme.yaml` of a folder.

    Raises:
        SchemeError: with every problem of the file, each with its line.
    """
    path = Path(path)
    if path.is_dir():
        path = path / "scheme.yaml"
    return parse_scheme(text_of(path), str(path))


def parse_scheme(text: str, file: str = "scheme.yaml") -> SchemeFile:
    """Check the text of a scheme file.

    Raises:
        SchemeError: with every problem of the text.
    """
    source = read_source(text, file)
    try:
        scheme = Scheme.model_validate(source.values)
    except ValidationError as error:
        found = source.problems + misfits(error, source, Scheme) + _further(error, source)
        raise SchemeError(sorted(found, key=lambda problem: problem.place.row or 0)) from None
    problems = source.problems + inconsistencies(scheme, source)
    if problems:
        raise SchemeError(sorted(problems, key=lambda found: found.place.row or 0))
    return SchemeFile(scheme, source, text)


def _further(error: ValidationError, source: Source) -> list[Problem]:
    """What else would be wrong with the file once its misspelt keys are put right; nothing where that can't be told."""
    try:
        scheme = Scheme.model_validate(repaired(error, source, Scheme))
    except ValidationError:
        return []
    return inconsistencies(scheme, source)


def codebook(scheme: Scheme) -> Codebook:
    """What the scheme expects of evidence, for `evidence.load`."""
    notes: dict[str, IndicatorNote] = {}
    for indicator in scheme.indicators:
        if indicator.evidence.is_event:
            continue
        low, high = indicator.possible or (None, None)
        notes[indicator.official] = IndicatorNote(
            indicator.official,
            indicator.title.text.zh,
            indicator.title.text.en,
            indicator.unit,
            "%" in indicator.unit,
            low,
            high,
        )
    for name in _helper_figures(scheme):
        notes.setdefault(name, IndicatorNote(name, name, name))
    scored = set(notes)
    for name, one in declared(scheme).items():
        notes.setdefault(name, IndicatorNote(name, one.title.zh, one.title.en, one.unit, "%" in one.unit))
    adjust = scheme.adjust
    answered = [entry.when for entries in (adjust.deduct, adjust.caps, adjust.veto) for entry in entries]
    answered += [entry.when for entry in adjust.bonus if entry.when is not None]
    kinds = {when.incident for when in answered}
    questions = questions_of(scheme)
    return Codebook(
        notes,
        scheme.body_types,
        (),
        tuple(sorted(kinds)),
        _tables_of_events(scheme),
        questions,
        survey=_survey_plan(scheme),
        audited=tuple(name for name in notes if name not in scored),
    )


def questions_of(scheme: Scheme) -> tuple[str, ...]:
    """The questions of surveys that indicators are computed from."""
    named = [name for part in scheme.indicators for name in part.evidence.questions]
    wanted = {part.evidence.index for part in scheme.indicators}
    named += [name for index in scheme.surveys.indices if index.id in wanted for name in index.questions]
    return tuple(dict.fromkeys(named))


def _survey_plan(scheme: Scheme) -> SurveyPlan:
    """What the indicators of surveys expect beside their questions."""
    asked = [part.evidence for part in scheme.indicators if "surveys" in part.evidence.tables]
    if not asked:
        return SurveyPlan()
    rules = scheme.surveys
    needs_pairs = any((one.lonely or rules.lonely) == "fail" for one in asked)
    given = rules.replicates
    return SurveyPlan(
        rules.weighting.margins,
        rules.weighting.columns,
        needs_pairs,
        rules.weighting.nonresponse,
        () if given is None else given.names,
        "" if given is None or given.columns is None else f"{given.columns}{(given.count or 0) + 1}",
        given is not None and given.fay > 0,
    )


def _tables_of_events(scheme: Scheme) -> tuple[str, ...]:
    """The tables of events that indicators are computed from."""
    named = [table for part in scheme.indicators for table in part.evidence.tables]
    if "surveys" in named:
        named += ["margins"] if scheme.surveys.weighting.margins else []
        named += ["dispositions"] if scheme.surveys.weighting.nonresponse else []
    return tuple(dict.fromkeys(named))


def _helper_figures(scheme: Scheme) -> list[str]:
    """Names of official figures that only serve others: price indices, denominators, targets, bonus points."""
    names = [
        name for part in scheme.indicators if part.convert for name in (part.convert.real, part.convert.per) if name
    ]
    for part in scheme.indicators:
        parameters = part.normalise.parameters if part.normalise else {}
        names += [value for value in parameters.values() if isinstance(value, str) and not is_percentile(value)]
    return names + [entry.official for entry in scheme.adjust.bonus if entry.official]


def is_percentile(bound: str) -> bool:
    """Whether a bound is written as a percentile of the peers.

    >>> is_percentile("p95"), is_percentile("population")
    (True, False)
    """
    return bound[:1] == "p" and bound[1:].isdigit() and 0 <= int(bound[1:]) <= 100


def text_of(path: Path) -> str:
    """The text of a YAML file, UTF-8 or GB18030.

    Raises:
        SchemeError: it can't be read, is too large or no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        fix = Text("检查路径；用 minping new 新建", "check the path, or start with minping new")
        what = error.strerror or "?"
        raise SchemeError(
            Problem("no-scheme", Place(str(path)), Text(f"无法读取：{what}", f"can't be read: {what}"), both(""), fix)
        ) from None
    if len(content) > MOST_BYTES:
        found = Text(f"文件有 {len(content)} 字节", f"the file has {len(content)} bytes")
        allowed = Text(f"最多 {MOST_BYTES} 字节", f"at most {MOST_BYTES} bytes")
        raise SchemeError(Problem("scheme-too-large", Place(str(path)), found, allowed, both("")))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    found = Text("既不是 UTF-8 也不是 GB18030 文本", "neither UTF-8 nor GB18030 text")
    raise SchemeError(
        Problem("not-text", Place(str(path)), found, both(""), Text("另存为 UTF-8", "save the file as UTF-8"))
    )
