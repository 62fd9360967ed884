"""Reports of work."""

from __future__ import annotations

import numpy as np

from minping.stats.shingles import characters, jaccard, shingles
from tests.simulation.conftest import Made


def test_reports_share_long_passages_only_where_planted(made: Made) -> None:
    names, texts = [row["report"] for row in made["reports"]], [row["text"] for row in made["reports"]]
    hashes, text = shingles(*characters(texts), size=8)
    one, other = np.triu_indices(len(texts), 1)
    alike = jaccard(hashes, text, one, other, len(texts))
    close = {frozenset((names[one[at]], names[other[at]])) for at in np.flatnonzero(alike > 0.2)}
    cases = [case for kind in ("copied_report", "repeated_report") for case in made.told["irregular"].get(kind, ())]
    copied = {frozenset((case["about"], case["of"])) for case in cases}
    assert copied <= close and len(close) <= len(copied) + 1  # two may copy from one
    assert max(map(len, texts)) < 1200 and bool(made.told["irregular"]) == bool(copied)
