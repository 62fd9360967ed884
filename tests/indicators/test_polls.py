"""Polls: columns of text as codes."""

from __future__ import annotations

import pyarrow as pa

from minping.indicators.polls import coded


def test_words_are_coded_in_their_order_whatever_the_chunks() -> None:
    column = pa.chunked_array([pa.array(["b", None]), pa.array(["a", "b"])])
    found = coded(column)
    assert found.words == ("", "a", "b") and found.code.tolist() == [2, 0, 1, 2]
