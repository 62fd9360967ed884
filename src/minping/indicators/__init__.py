"""Indicators: from evidence to values with standard errors and the way back to the rows."""

from minping.indicators.compute import compute

__all__ = ["compute"]
