from __future__ import annotations

from tests.made import flat, run, table


def test_an_evaluation_names_its_tables_and_shows_itself_in_a_notebook() -> None:
    evaluation = run(flat("a"), table({"a": [1.0, 2.0]}))
    assert "ranks" in evaluation.tables and "outliers" in evaluation.tables
    shown = evaluation._repr_html_()
    assert shown.startswith("<table><caption>试验 · 2020</caption>") and "<td>2.00</td>" in shown
    assert evaluation.scheme.id == "made" and evaluation.explain("b01").points == 2.0
