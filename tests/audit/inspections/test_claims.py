"""What could be inspected in a period."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minping.audit.inspections.claims import open_claims
from minping.audit.opened import Opened
from minping.indicators.events import engine
from minping.model.inspected import CLAIM_KINDS, Claims
from tests.audit.inspections.made import BODIES, folder_in, read


def claims_in(home: Path, period: str = "2024") -> Claims:
    scheme, evidence = read(home)
    with engine() as connection:
        return open_claims(Opened(evidence, period, scheme, connection))


def test_self_reported_figures_closed_tasks_and_projects_in_use_are_claims(tmp_path: Path) -> None:
    found = claims_in(folder_in(tmp_path / "one"))
    counts = np.bincount(found.kind, minlength=len(CLAIM_KINDS)).tolist()
    assert counts == [2 * BODIES, 3 * BODIES, BODIES]
    assert set(found.about[: 2 * BODIES]) == {"roads", "trees"}  # not those of statistics
    assert found.words[0].en == "roads 2024: 10" and found.words[1].zh == "道路 2024：11"
    assert "done as closed" in found.words[2 * BODIES].en and "60" in found.words[2 * BODIES].en
    assert found.words[-1].en == "use of p11: 111 人次"


def test_tolerances_and_what_hangs_on_a_claim(tmp_path: Path) -> None:
    found = claims_in(folder_in(tmp_path / "one"))
    figure, task, project = (found.kind == at for at in range(3))
    np.testing.assert_allclose(found.tolerance[figure], np.maximum(0.5, 0.02 * found.reported[figure]))  # whole numbers
    assert (found.reported[task] == 1).all() and (found.tolerance[task] == 0).all()
    np.testing.assert_allclose(found.tolerance[project], 0.02 * found.reported[project])
    roads = np.array(found.about)[figure] == "roads"
    assert set(found.material[figure][roads].tolist()) == {8 / 15 * 3} and set(found.material[figure][~roads]) == {0.5}
    np.testing.assert_allclose(found.material[project], np.clip(np.arange(1, 13) / 6.5, 0.5, 2))


def test_every_claim_leads_to_its_row(tmp_path: Path) -> None:
    home = folder_in(tmp_path / "one")
    found, (_, evidence) = claims_in(home), read(home)
    for at in (0, 30, 70):
        lines = (home / evidence.files[found.file[at]].path).read_text(encoding="utf-8").splitlines()
        row = lines[found.row[at] - 1]
        assert found.about[at] in row and evidence.bodies.ids[found.body[at]] in row


def test_a_period_without_anything_has_no_claims(tmp_path: Path) -> None:
    found = claims_in(folder_in(tmp_path / "one", tasks=False), "2019")
    assert len(found.body) == len(found.about) == 0


def test_without_self_reported_figures_every_declared_one_is_a_claim(tmp_path: Path) -> None:
    home = folder_in(tmp_path / "one", tasks=False)
    path = home / "scheme.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("reporter: self", "reporter: third_party"), encoding="utf-8"
    )
    assert set(claims_in(home).about) == {"roads", "trees", "air"}
