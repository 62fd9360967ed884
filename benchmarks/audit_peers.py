"""Minping beside benford_py and datasketch in one process; prints JSON.

PYTHON -m benchmarks.audit_peers ledger ROWS REPEATS | reports TEXTS LENGTH [alone]
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks.measure import side_by_side
from minping.stats.ledgers import ledger
from minping.stats.passages import longest_shared
from minping.stats.reuse import SIZE, reuse

SEED = 20261121
PHRASES = 20_000
COPIES = 200  #: reports of 5,000 that have a passage of another
LEAST = 0.5


def amounts(rows: int) -> np.ndarray:
    """A made-up ledger: log-normal amounts with two decimals."""
    return np.round(np.exp(np.random.default_rng(SEED).normal(6, 2, rows)), 2)


def ledgers(rows: int, repeats: int) -> dict[str, Any]:
    """Every statistic of digits of ours; the object with all digit tests and mantissas of theirs."""
    from benford import Benford

    paid = amounts(rows)
    theirs = Benford(paid, decimals=2, verbose=False)
    if theirs.F1D.Counts.to_list() != ledger(paid).first.counts.tolist():
        raise SystemExit("first digits differ")
    taken = side_by_side(
        {"minping": lambda: ledger(paid), "benford_py": lambda: Benford(paid, decimals=2, verbose=False)}, repeats
    )
    off = int(np.abs(theirs.F2D.Counts.to_numpy() - ledger(paid).first_two.counts).sum())
    return {"seconds": taken, "off": off, "versions": {"benford_py": version("benford_py")}}


def reports(texts: int, length: int) -> tuple[list[str], set[tuple[int, int]]]:
    """Made-up reports of phrases that some use more than others; pairs of which the second has most of the first."""
    random = np.random.default_rng(SEED)
    letters = random.integers(0x4E00, 0x5A00, 8 * PHRASES)
    ends = np.cumsum(np.r_[0, random.integers(3, 12, PHRASES)]) % (7 * PHRASES)
    phrases = ["".join(map(chr, letters[at : at + 3 + at % 9])) for at in ends[:-1].tolist()]
    weight = 1 / np.arange(1, PHRASES + 1)
    chosen = random.choice(PHRASES, (texts, length // 5), p=weight / weight.sum())
    said = ["".join(phrases[at] for at in row)[:length] for row in chosen.tolist()]
    copies = max(2, COPIES * texts // 5000)
    drawn = random.permutation(texts)[: 2 * copies].tolist()
    planted = set()
    for one, other in zip(drawn[:copies], drawn[copies:], strict=True):
        cut = length // 10
        said[other] = said[other][:cut] + said[one][cut : length - cut] + said[other][length - cut :]
        planted.add((min(one, other), max(one, other)))
    return said, planted


def pairs(texts: int, length: int, alone: bool) -> dict[str, Any]:
    """Pairs of which one holds half of the other, of ours with the shared passage; of theirs the candidates."""
    said, planted = reports(texts, length)
    start = time.process_time()
    found = reuse(said, least=LEAST)
    alike = list(zip(found.one.tolist(), found.other.tolist(), strict=True))
    passages = [longest_shared(said[one], said[other]) for one, other in alike]
    taken = {"minping": time.process_time() - start}
    if not planted <= set(alike) or any(one is None or one.characters < length // 2 for one in passages):
        raise SystemExit("a planted copy was not found")
    recalled, versions = {"minping": len(planted & set(alike)) / len(planted)}, {}
    if not alone:
        start = time.process_time()
        candidates = datasketch(said)
        taken["datasketch"] = time.process_time() - start
        recalled["datasketch"] = len(planted & candidates) / len(planted)
        versions = {"datasketch": version("datasketch")}
    return {"seconds": taken, "recalled": recalled, "versions": versions}


def datasketch(said: Sequence[str]) -> set[tuple[int, int]]:
    """Candidate pairs by containment: MinHash with 128 permutations, an ensemble of LSH indexes."""
    from datasketch import MinHash, MinHashLSHEnsemble

    runs = [{text[at : at + SIZE].encode() for at in range(len(text) - SIZE + 1)} for text in said]
    hashes = MinHash.bulk(runs, num_perm=128)
    index = MinHashLSHEnsemble(threshold=LEAST, num_perm=128)
    index.index((at, one, len(mine)) for at, (one, mine) in enumerate(zip(hashes, runs, strict=True)))
    found = set()
    for at, (one, mine) in enumerate(zip(hashes, runs, strict=True)):
        found |= {(min(at, other), max(at, other)) for other in index.query(one, len(mine)) if other != at}
    return found


def main(arguments: Sequence[str]) -> None:
    """Print one line of JSON."""
    what, first, second, *more = arguments
    if what == "ledger":
        print(json.dumps(ledgers(int(first), int(second))))
    else:
        print(json.dumps(pairs(int(first), int(second), "alone" in more)))


if __name__ == "__main__":
    main(sys.argv[1:])
