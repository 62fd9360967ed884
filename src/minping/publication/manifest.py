"""The manifest of a bundle: what was evaluated, with what, and the hash of every file that came out.

Format `bundle/v1`. Written as JSON with sorted keys, so that the same evaluation gives the same bytes; these bytes
are what is signed. A manifest that is read is not believed: every field is checked before anything uses it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from minping.errors import BundleError, Place, Problem
from minping.publication.archive import is_safe
from minping.publication.merkle import file_root
from minping.words import Text, both

FORMAT: Literal["bundle/v1"] = "bundle/v1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
MOST_BYTES = 64_000_000  #: a manifest above this is not one
_CHUNK = 1 << 20

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Part(BaseModel):
    """A part of a manifest. Unknown keys are kept out, so that what is signed is what is understood."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Part):
    """A text in two languages."""

    zh: str
    en: str


class ListedFile(Part):
    """A file with its size and hash."""

    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class EvidenceFile(ListedFile):
    """A file of evidence; `path` is relative to the evaluated folder, and to the bundle where it is included."""

    tables: tuple[str, ...]
    rows: int


class EvidenceList(Part):
    """The evidence that was read. The root is that of an RFC 6962 tree (see `merkle`)."""

    merkle_root: Sha256
    included: bool  #: whether the files stand in `evidence/` of the bundle
    files: tuple[EvidenceFile, ...]


class SchemeNote(Part):
    """The scheme that was applied; its very text stands in the bundle."""

    id: str
    version: str
    title: Words
    file: str
    sha256: Sha256


class Software(Part):
    """What computed the bundle; figures may differ in their last digits where this differs."""

    minping: str
    python: str
    numpy: str
    pyarrow: str
    platform: str


class Manifest(Part):
    """Everything that a reader needs in order to check a bundle, and to compute it again."""

    format: Literal["bundle/v1"]
    hash: Literal["SHA-256"] = "SHA-256"
    scheme: SchemeNote
    period: str
    seed: int | None  #: None where nothing was drawn
    draws: int
    evidence: EvidenceList
    software: Software
    lang: Literal["zh", "en"]
    created_on: str | None  #: ISO date, where the publisher gives one
    licence: str
    files: tuple[ListedFile, ...]


def listed(folder: Path, paths: Iterable[str]) -> tuple[ListedFile, ...]:
    """Size and hash of files of a folder, sorted by path."""
    return tuple(ListedFile(path=path, **_measured(folder / path)) for path in sorted(paths, key=str.encode))


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return str(_measured(path)["sha256"])


def present(folder: Path) -> list[str]:
    """Paths of all files of a folder but the manifest and its signature, with forward slashes, sorted."""
    found = [
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    ]
    return sorted(set(found) - {MANIFEST, SIGNATURE}, key=str.encode)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it is written and signed."""
    text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode()


def read_manifest(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest of a bundle, and the bytes that were signed.

    Raises:
        BundleError: it can't be read, is of a format that this version doesn't know, or contradicts itself.
    """
    place = Place(MANIFEST)
    content = _content(folder / MANIFEST, place)
    try:
        told = json.loads(content, object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError) as error:
        found = Text(f"不是可读的 JSON：{error}", f"not readable JSON: {error}")
        raise _unreadable(place, found) from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _other_format(place, told.get("format") if isinstance(told, dict) else None)
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        raise BundleError([_misfit(fault) for fault in error.errors()]) from None
    if problems := [*_contradictions(manifest)]:
        raise BundleError(problems)
    return manifest, content


def evidence_root(files: Iterable[ListedFile]) -> str:
    """Merkle root over evidence files."""
    return file_root({file.path: file.sha256 for file in files})


def _contradictions(manifest: Manifest) -> Iterable[Problem]:
    """What no honest manifest says: paths that leave the bundle, a file twice, a root that is not that of its files."""
    paths = [file.path for file in manifest.files]
    listed_paths = [("files", path) for path in (*paths, manifest.scheme.file)]
    listed_paths += [("evidence.files", file.path) for file in manifest.evidence.files]
    fix = Text("不要使用这个成果包；向发布单位重新索取", "don't use this bundle; ask the publisher for it again")
    for key, path in listed_paths:
        if not is_safe(path):
            found = Text(f"路径 {path!r} 指向成果包之外", f"the path {path!r} leaves the bundle")
            yield Problem("unsafe-path", Place(MANIFEST, column=key), found, both(""), fix)
    for path in sorted(
        {path for path, times in Counter(paths).items() if times > 1} | ({MANIFEST, SIGNATURE} & set(paths))
    ):
        found = Text(f"文件 {path} 不应如此列出", f"the file {path} is listed twice, or must not be listed")
        yield Problem("double-file", Place(MANIFEST, column="files"), found, both(""), fix)
    if manifest.evidence.merkle_root != evidence_root(manifest.evidence.files):
        found = Text("证据的 Merkle 根与所列文件不符", "the Merkle root is not that of the files listed")
        yield Problem("bad-root", Place(MANIFEST, column="evidence.merkle_root"), found, both(""), fix)


def _measured(path: Path) -> dict[str, Any]:
    hashed, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            size += len(chunk)
    return {"size": size, "sha256": hashed.hexdigest()}


def _content(path: Path, place: Place) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        words = Text(f"无法读取：{error.strerror}", f"can't be read: {error.strerror}")
        raise _unreadable(place, words) from None
    if len(content) > MOST_BYTES:
        raise _unreadable(place, Text("文件过大", "too large"))
    return content


def _no_doubles(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    """Refuse a key that stands twice: two readers could read two manifests from the same signed bytes."""
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError(f"key twice: {Counter(name for name, _ in pairs).most_common(1)[0][0]}")
    return told


def _unreadable(place: Place, found: Text) -> BundleError:
    allowed = Text(f"格式 {FORMAT} 的成果包文件夹或 zip", f"a bundle folder, or its zip, of format {FORMAT}")
    fix = Text("检查路径；若文件残缺，请重新索取", "check the path; if the file is cut short, ask for the bundle again")
    return BundleError(Problem("no-manifest", place, found, allowed, fix))


def _other_format(place: Place, found: object) -> BundleError:
    newer = isinstance(found, str) and re.fullmatch(r"bundle/v\d+", found)
    fix = (
        Text("这是更新的格式：升级 minping 后再验证", "a newer format: upgrade minping, then verify again")
        if newer
        else Text("这不是民评成果包", "this is not a bundle of minping")
    )
    said = Text(f"格式是 {found!r}", f"the format is {found!r}")
    return BundleError(Problem("unknown-format", place, said, both(FORMAT), fix))


def _misfit(fault: Any) -> Problem:
    where = ".".join(str(step) for step in fault["loc"])
    found = Text(f"不合格式：{fault['msg']}", f"out of shape: {fault['msg']}")
    fix = Text("向发布单位重新索取", "ask the publisher for the bundle again")
    return Problem("bad-manifest", Place(MANIFEST, column=where), found, both(FORMAT), fix)
