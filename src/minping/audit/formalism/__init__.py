"""Formalism: whether tasks were closed by results or by traces."""
