"""Targets: whether targets are realistic, and whether what was attained looks natural."""
