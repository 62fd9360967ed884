"""A home for keys of its own, and one published bundle that each test may spoil a copy of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from minping.publication.bundle import publish
from minping.scoring.evaluation import Evaluation
from tests.publication.evaluations import evaluation_in


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`$MINPING_HOME` in a folder that is gone afterwards."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MINPING_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """A small evaluation whose evidence lies in a folder."""
    return evaluation_in(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def published(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its bundle; not to be changed."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINPING_HOME", str(folder / "home"))
        return publish(evaluation, folder / "results")


@pytest.fixture
def bundle(published: Path, tmp_path: Path) -> Path:
    """A copy of the bundle, to be spoiled."""
    return Path(shutil.copytree(published, tmp_path / published.name))
