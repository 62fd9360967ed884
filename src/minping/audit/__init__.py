"""Audit: from evidence to findings that need checking; never an accusation, never a person."""

from minping.audit.examine import examine

__all__ = ["examine"]
