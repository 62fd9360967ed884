"""One reply to many different requests, and requests that come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minping.audit.targets.replies import judged, sameness
from tests.audit.folders import looked, made, of, why

HEAD = "request,body,opened_at,category,closed_at,reopened_at,duplicate_of,reply\n"
KINDS = ("道路", "噪声", "供水", "停车")


def requests(bodies: int, each: int, template: dict[int, str], back: dict[int, int] | None = None) -> str:
    """Requests answered each with words of their own but one stock phrase in ten; of some bodies all with one phrase."""
    rows = []
    for at in range(bodies):
        for one in range(each):
            own = "已收悉" if (one + at) % 10 == 0 else f"第{chr(0x4E00 + 97 * at + one)}处已修好"
            reply = template.get(at, own).replace("#", str(one))
            again = "2024-05-20T08:00:00" if one < (back or {}).get(at, 0) else ""
            rows.append(
                f"r{at}-{one},b{at:02d},2024-05-01T08:00:00,{KINDS[one % 4]},2024-05-03T08:00:00,{again},,{reply}"
            )
    return HEAD + "\n".join(rows) + "\n"


def test_a_body_with_one_reply_for_all_is_found_whatever_the_figures_in_it(tmp_path: Path) -> None:
    text = requests(8, 80, {3: "您好，编号#的诉求已转相关科室办理"})
    (one,) = of(looked(made(tmp_path, 8, requests=text)), "template_replies")
    assert (one.body, one.grade, one.observed, one.n, one.rows) == ("b03", "E3", 1.0, 80, 80)
    assert one.said is not None and "80 of 80 replies are the same" in one.said.en and "编号#" in one.said.zh
    assert one.expected < 0.1 and one.sample[0].startswith("evidence/requests.csv")


def test_stock_phrases_that_all_use_are_no_finding(tmp_path: Path) -> None:
    told = looked(made(tmp_path, 8, requests=requests(8, 80, {})))
    assert not of(told, "template_replies") and told.compared["template_replies"] == 8


@pytest.mark.parametrize(("bodies", "each", "reply"), [(8, 80, ""), (8, 50, None), (4, 80, None)])
def test_too_little_to_compare_is_not_applicable(bodies: int, each: int, reply: str | None, tmp_path: Path) -> None:
    text = requests(bodies, each, {} if reply is None else dict.fromkeys(range(bodies), reply))
    told = why(looked(made(tmp_path, bodies, requests=text)), "template_replies")
    assert ("tells its reply" if reply == "" else "nothing to test") in told


def test_the_share_is_that_of_all_pairs_of_different_categories() -> None:
    random = np.random.default_rng(1)
    reply, category = random.integers(0, 4, 70), random.integers(0, 3, 70)
    pairs = [(a, b) for a in range(70) for b in range(a) if category[a] != category[b]]
    same = np.mean([reply[a] == reply[b] for a, b in pairs])
    cells, n = np.unique(np.stack([reply, category]), axis=1, return_counts=True)
    told = sameness(np.zeros(n.size, dtype=np.int64), cells[0], cells[1], n.astype(np.float64), 2)
    assert told.share[0] == pytest.approx(same) and np.isnan(told.share[1]) and told.n.tolist() == [70, 0]


def test_one_category_alone_tells_nothing() -> None:
    told = sameness(np.zeros(2, dtype=np.int64), np.arange(2), np.zeros(2, dtype=np.int64), np.full(2, 70.0), 1)
    assert np.isnan(told.share[0]) and np.isnan(told.error[0])


def test_requests_that_come_back_are_held_against_those_of_their_category(tmp_path: Path) -> None:
    evidence = made(tmp_path, 8, requests=requests(8, 40, {}, {2: 20, 5: 2}))
    (one,) = of(looked(evidence), "came_back")
    assert (one.body, one.observed, one.n, one.rows) == ("b02", 20, 40, 20) and one.expected == pytest.approx(22 / 8)
    assert one.said is not None and "20 of 40 closed requests came back" in one.said.en


def test_one_that_is_asked_again_came_back(tmp_path: Path) -> None:
    text = requests(4, 10, {})
    text += "".join(f"x{at},b01,2024-06-01T08:00:00,道路,,,r1-{at},\n" for at in range(9))
    (one,) = of(looked(made(tmp_path, 4, requests=text)), "came_back")
    assert (one.body, one.observed, one.n) == ("b01", 9, 10)


def test_without_anything_that_came_back_it_is_not_applicable(tmp_path: Path) -> None:
    evidence = made(tmp_path, 4, requests=requests(4, 10, {}))
    assert "the table holds no transfers" in why(looked(evidence), "came_back")
    assert "no request was closed" in why(looked(evidence, period="2020"), "came_back")


def test_expected_counts_follow_the_categories() -> None:
    body, category = np.array([0, 0, 1]), np.array([0, 1, 1])
    found, size, expected, p = judged(body, category, np.array([10.0, 10.0, 10.0]), np.array([2.0, 1.0, 5.0]), 3)
    assert (found.tolist(), size.tolist(), expected.tolist()) == ([3, 5, 0], [20, 10, 0], [5, 3, 0])
    assert p[0] == 1 and 0 < p[1] < 1 and np.isnan(p[2])
