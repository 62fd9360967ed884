"""Files that go out are never written over once somebody may have filled them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from minping.cli.sent_out import send_out
from minping.errors import EvidenceError


def test_the_same_is_written_again_and_another_is_not(tmp_path: Path) -> None:
    target, beside = tmp_path / "new" / "list.csv", tmp_path / "new" / "list.json"
    for _ in range(2):
        send_out({beside: b"{}", target: b"a\n"}, guarded=target)
    with pytest.raises(EvidenceError, match="somebody may have filled it in"):
        send_out({beside: b"[]", target: b"b\n"}, guarded=target)
    assert target.read_bytes() == b"a\n" and beside.read_bytes() == b"{}"
    assert sorted(one.name for one in target.parent.iterdir()) == ["list.csv", "list.json"]
