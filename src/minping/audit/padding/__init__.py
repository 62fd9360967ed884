"""Padding: whether levels are higher than independent sources support."""
