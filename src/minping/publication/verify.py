"""Verify: a bundle in, what holds and what doesn't out: offline, and without believing anything that it says.

Every file is compared with the manifest, the manifest with its signature, the signature's key with those known here,
the evidence with its Merkle root; and, where asked, everything is computed again and compared figure by figure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from minping.errors import BundleError, Place, Problem
from minping.publication.archive import unpack
from minping.publication.manifest import MANIFEST, SIGNATURE, Manifest, digest, present, read_manifest
from minping.publication.rerun import Rerun, Run, run_again
from minping.publication.sign import Signature, check, key_id, known_keys
from minping.publication.sign import public_key as read_public_key
from minping.words import Text, both

Outcome = Literal["passed", "failed", "skipped"]
MOST_SIGNATURE_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str  #: manifest | signature | key | files | scheme | evidence | rerun
    outcome: Outcome
    words: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of a bundle."""

    bundle: str
    scheme: str  #: id and version
    period: str
    key_id: str  #: of the key that signed; empty where the signature does not fit
    key_known_as: str  #: empty where the key is not known here
    checks: tuple[Check, ...]
    problems: tuple[Problem, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed; skipped checks prove nothing either way."""
        return not self.problems

    def as_json(self) -> dict[str, object]:
        """For scripts: every check with its outcome, every problem with its place."""
        said = {
            name: getattr(self, name) for name in ("bundle", "scheme", "period", "key_id", "key_known_as", "passed")
        }
        checks = [{"name": one.name, "outcome": one.outcome, **one.words._asdict()} for one in self.checks]
        problems = [
            {"code": one.code, "place": str(one.place), "zh": one.line("zh"), "en": one.line("en")}
            for one in self.problems
        ]
        return {**said, "checks": checks, "problems": problems}


def verify(
    bundle: str | Path,
    *,
    rerun: Rerun | None = None,
    public_key: Path | None = None,
    evidence: Path | None = None,
) -> Verification:
    """Check a bundle; see `examine`.

    Raises:
        BundleError: with every changed, missing and extra file, a wrong signature, a differing figure.
    """
    found = examine(bundle, rerun=rerun, public_key=public_key, evidence=evidence)
    if found.problems:
        raise BundleError(found.problems)
    return found


def examine(
    bundle: str | Path,
    *,
    rerun: Rerun | None = None,
    public_key: Path | None = None,
    evidence: Path | None = None,
) -> Verification:
    """Check a bundle, a folder or its zip, and tell of every check.

    Args:
        bundle: the folder, or a zip file of it
        rerun: how to evaluate again (the pipeline's `again`); None: don't
        public_key: the key that must have signed; by default any, and whether it is known is said
        evidence: a folder with the evidence, where the bundle holds only its hashes

    Raises:
        BundleError: there is no readable manifest of a known format, so nothing can be checked.
    """
    wanted = None if public_key is None else read_public_key(public_key)
    with _opened(Path(bundle)) as folder:
        manifest, content = read_manifest(folder)
        signature, checks, problems = _check_signature(folder, content, wanted)
        for name, look in CHECKS.items():
            passed, faults = look(folder, manifest, evidence)
            checks.append(_outcome(name, passed, faults))
            problems += faults
        again, faults = _check_rerun(folder, manifest, evidence, rerun, bool(problems))
        return Verification(
            str(bundle),
            f"{manifest.scheme.id} {manifest.scheme.version}",
            manifest.period,
            signature.key_id if signature else "",
            signature.known_as if signature else "",
            (Check("manifest", "passed", both(manifest.format)), *checks, again),
            (*problems, *faults),
        )


def _check_signature(
    folder: Path, content: bytes, wanted: bytes | None
) -> tuple[Signature | None, list[Check], list[Problem]]:
    """The signature over the manifest, and whose key it is."""
    known = known_keys()
    try:
        signature = check(content, _signature_text(folder), known, Place(SIGNATURE))
    except BundleError as error:
        checks = [_outcome("signature", both(""), list(error.problems)), Check("key", "skipped", UNSIGNED)]
        return None, checks, list(error.problems)
    signed = Check("signature", "passed", Text(f"密钥 {signature.key_id}", f"key {signature.key_id}"))
    if wanted is not None and wanted != signature.public_key:
        problem = _wrong_key(signature.key_id, key_id(wanted))
        return signature, [signed, _outcome("key", both(""), [problem])], [problem]
    if wanted is not None or signature.known_as:
        words = Text(f"已知密钥 {signature.known_as}", f"known key {signature.known_as}")
        return signature, [signed, Check("key", "passed", words if signature.known_as else ASKED_FOR)], []
    return signature, [signed, Check("key", "skipped", UNKNOWN_KEY)], []


def _check_files(folder: Path, manifest: Manifest, _: Path | None) -> tuple[Text, list[Problem]]:
    """Every file against its size and hash; no file more, no file less."""
    told, there = {file.path: file for file in manifest.files}, present(folder)
    problems = [_file_problem("missing-file", path) for path in told if path not in set(there)]
    for path in there:
        file = folder / path
        if path not in told:
            problems.append(_file_problem("extra-file", path))
        elif file.is_symlink() or not file.is_file():
            problems.append(_file_problem("not-a-file", path))
        elif file.stat().st_size != told[path].size or digest(file) != told[path].sha256:
            problems.append(_file_problem("changed-file", path))
    return Text(f"{len(told)} 个文件与清单一致", f"{len(told)} files are as the manifest says"), problems


def _check_scheme(_folder: Path, manifest: Manifest, _: Path | None) -> tuple[Text, list[Problem]]:
    """The scheme that stands in the bundle is the one that was applied."""
    listed = {file.path: file.sha256 for file in manifest.files}
    if listed.get(manifest.scheme.file) == manifest.scheme.sha256:
        return both(f"{manifest.scheme.id} {manifest.scheme.version}"), []
    return both(""), [_file_problem("changed-scheme", manifest.scheme.file)]


def _check_evidence(folder: Path, manifest: Manifest, given: Path | None) -> tuple[Text, list[Problem]]:
    """The evidence against its hashes, in the bundle or in a folder given; the root was checked with the manifest."""
    root = manifest.evidence.merkle_root[:16]
    said = Text(
        f"{len(manifest.evidence.files)} 个文件，Merkle 根 {root}…",
        f"{len(manifest.evidence.files)} files, root {root}…",
    )
    where = _evidence_folder(folder, manifest, given)
    if where is None:
        return both(""), []
    inside = {file.path: file.sha256 for file in manifest.files}  # their content was checked with the other files
    problems = []
    for file in manifest.evidence.files:
        there = inside.get(file.path, "") if manifest.evidence.included else _hash_of(where / file.path)
        if there != file.sha256:
            problems.append(_file_problem("changed-evidence" if there else "missing-evidence", file.path))
    return said, problems


def _hash_of(path: Path) -> str:
    return digest(path) if path.is_file() else ""


def _check_rerun(
    folder: Path, manifest: Manifest, given: Path | None, rerun: Rerun | None, failed: bool
) -> tuple[Check, list[Problem]]:
    where = _evidence_folder(folder, manifest, given)
    if rerun is None or failed or where is None:
        words = NOT_ASKED if rerun is None else HASHES_FIRST if failed else NO_EVIDENCE
        return Check("rerun", "skipped", words), []
    run = Run(folder / manifest.scheme.file, where, manifest.period, manifest.seed, manifest.draws)
    words, problems = run_again(run, rerun, folder, manifest)
    return _outcome("rerun", words, problems), problems


def _evidence_folder(folder: Path, manifest: Manifest, given: Path | None) -> Path | None:
    """The folder that the paths of evidence are relative to; the folder `evidence` itself may be given as well."""
    if manifest.evidence.included or given is None:
        return folder if manifest.evidence.included else None
    return given.resolve().parent if given.resolve().name == "evidence" else given


def _outcome(name: str, passed: Text, problems: list[Problem]) -> Check:
    if problems:
        count = len(problems)
        return Check(name, "failed", Text(f"{count} 个问题", f"{count} problem" + ("s" if count > 1 else "")))
    return Check(name, "passed", passed) if passed.zh else Check(name, "skipped", NO_EVIDENCE)


@contextmanager
def _opened(bundle: Path) -> Iterator[Path]:
    """The bundle as a folder; a zip is unpacked to one that is gone afterwards."""
    if not bundle.is_file():
        yield bundle
        return
    with tempfile.TemporaryDirectory(prefix="minping-") as name:
        folder = Path(name)
        unpack(bundle, folder)
        inner = [path for path in folder.iterdir() if path.is_dir()]
        is_wrapped = not (folder / MANIFEST).exists() and len(inner) == 1
        yield inner[0] if is_wrapped else folder


def _signature_text(folder: Path) -> str:
    try:
        with (folder / SIGNATURE).open("rb") as file:
            return file.read(MOST_SIGNATURE_BYTES).decode("utf-8", "replace")
    except OSError as error:
        found = Text(f"没有签名：{error.strerror}", f"not signed: {error.strerror}")
        fix = Text("未签名的成果包不可采信；向发布单位索取", "don't rely on an unsigned bundle; ask the publisher")
        raise BundleError(Problem("not-signed", Place(SIGNATURE), found, both(""), fix)) from None


def _wrong_key(signed_by: str, wanted: str) -> Problem:
    found = Text(f"由密钥 {signed_by} 签名", f"signed by key {signed_by}")
    allowed = Text(f"密钥 {wanted}", f"key {wanted}")
    fix = Text("不是所指定的单位发布的，或其密钥已更换", "not published by whom you named, or they changed their key")
    return Problem("wrong-key", Place(SIGNATURE), found, allowed, fix)


def _file_problem(code: str, path: str) -> Problem:
    found, fix = FAULTS[code]
    return Problem(code, Place(path), found, both(""), fix)


_AGAIN = Text("向发布单位重新索取成果包", "ask the publisher for the bundle again")
FAULTS: Mapping[str, tuple[Text, Text]] = {
    "changed-file": (
        Text("内容与清单不符，发布后被改动", "not as the manifest says: changed after publication"),
        _AGAIN,
    ),
    "missing-file": (Text("清单中有，成果包中没有", "listed in the manifest, not in the bundle"), _AGAIN),
    "extra-file": (
        Text("成果包中有，清单中没有", "in the bundle, not in the manifest"),
        Text("移走它；它不属于成果包", "move it away; it is no part of the bundle"),
    ),
    "not-a-file": (Text("不是普通文件", "not a plain file"), _AGAIN),
    "changed-scheme": (Text("不是清单所说的考核方案", "not the scheme that the manifest names"), _AGAIN),
    "changed-evidence": (
        Text("证据与清单中的哈希不符", "the evidence is not what the manifest lists"),
        Text("使用评价当时的证据文件", "use the evidence files of the evaluation"),
    ),
    "missing-evidence": (
        Text("找不到这份证据", "this evidence isn't there"),
        Text("用 --evidence 指定存放证据的文件夹", "name the folder of evidence with --evidence"),
    ),
}
CHECKS: Mapping[str, Callable[[Path, Manifest, Path | None], tuple[Text, list[Problem]]]] = {
    "files": _check_files,
    "scheme": _check_scheme,
    "evidence": _check_evidence,
}
UNSIGNED = Text("没有可用的签名", "no signature that fits")
ASKED_FOR = Text("与所指定的公钥一致", "the key that was asked for")
UNKNOWN_KEY = Text(
    "签名有效，但这里不认识这个密钥：请另从发布单位取得公钥，用 --public-key 指定，或放入 keys/known",
    "the signature fits, but its key is not known here: get the publisher's key from elsewhere and name it with "
    "--public-key, or put it into keys/known",
)
NOT_ASKED = Text("没有要求重新计算", "not asked for")
HASHES_FIRST = Text("先解决上面的问题", "the problems above come first")
NO_EVIDENCE = Text(
    "成果包只含证据的哈希；用 --evidence 指定证据", "the bundle holds only hashes; name the evidence with --evidence"
)
