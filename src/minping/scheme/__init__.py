"""Scheme: read a scheme file, check it, lint it, say it in words."""
