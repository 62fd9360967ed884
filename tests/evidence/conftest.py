"""A folder with three bodies and three official figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.folder import BODIES, OFFICIAL, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder that loads without a word."""
    return Folder(tmp_path).write("bodies.csv", BODIES).write("official.csv", OFFICIAL)
