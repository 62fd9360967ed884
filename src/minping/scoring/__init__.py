"""Scoring: from values to points, scores with intervals, ranks and grades, each explained down to the evidence."""

from minping.scoring.score import score

__all__ = ["score"]
