"""Words of a vocabulary: known ones, names that stand for ids, and the nearest of those that are unknown."""

from __future__ import annotations

import pytest

from minping.evidence import words as module
from minping.evidence.words import body_reader, growing_reader, reader_of, unique_names
from minping.model.evidence import Bodies
from minping.words import Text

WHAT = Text("单位", "body")


def _bodies(*rows: tuple[str, str, str]) -> Bodies:
    ids, names, names_en = zip(*rows, strict=True) if rows else ((), (), ())
    blank = ("",) * len(rows)
    return Bodies(ids, names, names_en, blank, blank, blank)


def test_a_known_word_is_its_position_blanks_around_it_or_not() -> None:
    read = reader_of(("a", "b"), WHAT, "unknown-body")
    assert [read(text) for text in ("a", "b", " b ", "", "  ")] == [
        (0, None),
        (1, None),
        (1, None),
        (None, None),
        (None, None),
    ]


def test_an_unknown_word_comes_with_the_nearest_and_the_allowed_ones() -> None:
    value, remark = reader_of(("福建", "山东"), WHAT, "unknown-body")("福健")
    assert value is None and remark is not None and remark.code == "unknown-body"
    assert (
        remark.found.en == "no body “福健”"
        and remark.fix.en == "did you mean 福建?"
        and remark.allowed.en == "福建, 山东"
    )


def test_case_and_width_are_not_guessed_at_but_suggested() -> None:
    value, remark = reader_of(("beijing",), WHAT, "unknown-body")("Beijing")
    assert value is None and remark is not None and remark.fix.en == "did you mean beijing?"


def test_a_name_that_stands_for_an_id_is_noted_and_never_hides_an_id() -> None:
    read = reader_of(("a", "b"), WHAT, "unknown-body", {"甲": "a", "b": "a"})
    value, remark = read("甲")
    assert value == 0 and remark is not None and (remark.code, remark.severity) == ("name-for-id", "note")
    assert read("b") == (1, None)


def test_only_the_first_unknown_words_cost_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SUGGESTED", 2)
    read = reader_of(("beijing",), WHAT, "unknown-body")
    fixes = [remark.fix.en for text in ("bejing", "beijin", "beiing") if (remark := read(text).remark) is not None]
    assert fixes == ["did you mean beijing?"] * 2 + ["use one of the allowed names"]


def test_a_growing_vocabulary_gives_each_new_word_the_next_position() -> None:
    vocabulary: dict[str, int] = {}
    read = growing_reader(vocabulary)
    assert [read(text).value for text in ("x", " y", "x ", "", "two\nlines")] == [0, 1, 0, None, 2]
    assert vocabulary == {"x": 0, "y": 1, "two\nlines": 2}


@pytest.mark.parametrize(
    ("text", "text_only", "code"),
    [("#REF!", False, "excel-error"), ("two\nlines", False, "control-character"), ("x" * 40_000, True, "huge-cell")],
)
def test_what_is_no_word_does_not_grow_a_vocabulary(text: str, text_only: bool, code: str) -> None:
    vocabulary: dict[str, int] = {}
    value, remark = growing_reader(vocabulary, text_only)(text)
    assert value is None and remark is not None and remark.code == code and vocabulary == {}


def test_a_body_is_known_by_id_and_by_a_name_that_only_it_bears() -> None:
    bodies = _bodies(
        ("620102", "城关区", "Chengguan"), ("540102", "城关区", "Chengguan"), ("110000", "北京", "Beijing")
    )
    read, ids = body_reader(bodies)
    assert ids == ("620102", "540102", "110000")
    assert [read(text).value for text in ("540102", "北京", "Beijing", "城关区", "Chengguan")] == [1, 2, 2, None, None]


def test_without_bodies_any_word_passes_since_none_can_be_checked() -> None:
    read, ids = body_reader(_bodies())
    assert (read("x").value, read(" ").value, list(ids)) == (0, None, [""])


def test_a_name_that_two_ids_bear_is_not_unique_whatever_the_order() -> None:
    pairs = [("x", "a"), ("", "b"), ("y", "b"), ("x", "c"), ("y", "b")]
    assert unique_names(pairs) == unique_names(pairs[::-1]) == {"y": "b"}
