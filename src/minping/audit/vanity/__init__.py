"""Vanity: whether projects are used, needed and worth their cost."""
