"""Merkle trees: in a list of entries, out one hash that commits to all of them, and short proofs for each.

As RFC 6962 (Laurie, Langley and Kasper 2013), section 2.1, with SHA-256. A bundle's evidence root is the hash of
such a tree over the lines that `sha256sum` prints for the evidence files, in the order of their paths; whoever
holds one file can prove that it was part of the evaluation without seeing the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence


def file_root(sha256: Mapping[str, str]) -> str:
    """Root over files given as path -> SHA-256 (hex), in hex.

    >>> file_root({"official.csv": "ab" * 32, "bodies.csv": "cd" * 32})[:16]
    '8d05cf486416b678'
    """
    return root(file_entries(sha256)).hex()


def file_entries(sha256: Mapping[str, str]) -> list[bytes]:
    r"""The entries of the tree: one line per file, sorted by the bytes of the path.

    >>> file_entries({"b.csv": "00", "a.csv": "11"})
    [b'11  a.csv\n', b'00  b.csv\n']
    """
    return [f"{sha256[path]}  {path}\n".encode() for path in sorted(sha256, key=str.encode)]


def root(entries: Sequence[bytes]) -> bytes:
    """Merkle tree hash of the entries (RFC 6962, 2.1).

    >>> root([]).hex()[:8]
    'e3b0c442'
    """
    return _subtree([_leaf(entry) for entry in entries])


def proof(entries: Sequence[bytes], at: int) -> list[bytes]:
    """Audit path of the entry at position `at`, from its sibling up to the root's child (RFC 6962, 2.1.1).

    Raises:
        IndexError: there is no such entry.
    """
    if not 0 <= at < len(entries):
        raise IndexError(at)
    leaves, path = [_leaf(entry) for entry in entries], []
    while len(leaves) > 1:
        half = _split(len(leaves))
        left, right = leaves[:half], leaves[half:]
        path.append(_subtree(right if at < half else left))
        leaves, at = (left, at) if at < half else (right, at - half)
    return path[::-1]


def proves(entry: bytes, at: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Whether `path` shows that `entry` stands at position `at` of the tree of `size` entries with root `top`.

    >>> entries = [b"a", b"b", b"c"]
    >>> proves(b"c", 2, 3, proof(entries, 2), root(entries))
    True
    """
    if not 0 <= at < size:
        return False
    turns = []
    while size > 1:
        half = _split(size)
        turns.append(at < half)
        at, size = (at, half) if at < half else (at - half, size - half)
    if len(turns) != len(path):
        return False
    here = _leaf(entry)
    for is_left, sibling in zip(reversed(turns), path, strict=True):
        here = _join(here, sibling) if is_left else _join(sibling, here)
    return here == top


def _subtree(leaves: Sequence[bytes]) -> bytes:
    """Pair neighbours level by level, an odd one out moving up: the same tree as the recursive definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [_join(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
