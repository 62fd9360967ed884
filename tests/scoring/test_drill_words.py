from __future__ import annotations

from minping.model.drill import CellWeight, Drill, Place, Removal, Tally
from minping.scoring.drill_words import MOST_CELLS, drill_lines
from minping.words import Text

NOTHING = Text("", "")
PLACE = Place(Text("已评", "rated"), "evidence/a.xlsx", "表1", "ab" * 32, 900, 7, (2, 5, 9))


def lines(found: Drill) -> list[str]:
    return [line.en for line in drill_lines(found)]


def test_counts_reasons_and_places_are_told() -> None:
    tallies = ((Tally(Text("5★", "5★"), 3.0), Tally(Text("剔除", "removed"), 1.0)), ())
    found = Drill(tallies, (Removal("误评", "", 1),), (), NOTHING, (PLACE,))
    assert lines(found) == [
        "5★ 3 · removed 1",
        "left out 1: 误评 (approved by —)",
        (
            "→ rated, 7 rows: evidence/a.xlsx[表1]:2 evidence/a.xlsx[表1]:5 evidence/a.xlsx[表1]:9 … "
            "(file of 900 rows, SHA-256 abababababab…)"
        ),
    ]


def test_cells_of_a_calibration_are_told_with_what_became_of_them() -> None:
    cells = (
        CellWeight(("hall",), 10.0, 4.0, 1.25, NOTHING),
        CellWeight(("phone",), 3.0, 0.0, None, Text("评价太少", "too few ratings")),
    )
    said = lines(Drill((), (), cells, Text("已校准", "calibrated"), ()))
    assert said == [
        "calibrated",
        "  hall: 10 served, 4 rated, each counts 1.25",
        "  phone: 3 served, 0 rated, no weight (too few ratings)",
    ]


def test_many_cells_are_cut_and_the_rest_is_counted() -> None:
    cells = tuple(CellWeight((f"s{at}",), 1.0, 1.0, 1.0, NOTHING) for at in range(MOST_CELLS + 3))
    assert lines(Drill((), (), cells, Text("已校准", "calibrated"), ()))[-1] == "  … 3 more cells"
