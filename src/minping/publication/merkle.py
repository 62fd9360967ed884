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


def _subtree(leaves: Sequence[bytes]) -> bytes:
    """Pair neighbours level by level, an odd one out moving up: the same tree as the recursive definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [_join(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
