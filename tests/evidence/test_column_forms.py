"""Forms of columns: of the kind that they say."""

from __future__ import annotations

from minping.evidence.column_forms import amount, day, key, number, word, words
from minping.evidence.project_tables import PROJECTS, USES
from minping.words import Text

TITLE = Text("列", "column")


def test_each_form_is_of_its_kind() -> None:
    made = [form("a", TITLE, TITLE, "b") for form in (key, day, amount, number, words)]
    assert [column.kind for column in made] == ["id", "date", "number", "number", "text"]
    assert [column.required for column in made] == [True, False, False, False, False]
    assert [column.low for column in made] == [None, None, 0.0, None, None]
    assert all(column.aliases == ("b",) for column in made)
    assert word("a", TITLE, TITLE, ("yes", "no")).choices == ("yes", "no")


def test_money_says_its_unit_and_use_is_of_the_project() -> None:
    money = [column for column in PROJECTS.columns if column.name.endswith("_cny")]
    assert len(money) == 8 and all("（元）" in column.title.zh and column.low == 0.0 for column in money)
    assert "body" not in {column.name for column in USES.columns}
