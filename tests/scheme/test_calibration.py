from __future__ import annotations

import pytest

from minping.scheme.read import parse_scheme
from tests.scheme.faults import GOOD, faults

WAIT = "{id: wait, title: 等候, in: economy, direction: lower,"


def scheme(how: str) -> str:
    assert WAIT in GOOD
    return GOOD.replace(WAIT, f"{WAIT} from: {{{how}}},")


@pytest.mark.parametrize(
    ("how", "code", "key"),
    [
        ("ratings: response_rate, calibrate: {to: [channel]}", "calibrate-without-effect", "calibrate"),
        ("requests: solved_rate, calibrate: {to: [channel]}", "calibrate-without-effect", "calibrate"),
        ("ratings: mean_points, as_ruled: true, calibrate: {to: [channel]}", "calibrated-as-ruled", "as_ruled"),
        ("ratings: mean_points, calibrate: {to: [channel], method: bounded}", "no-bounds", "calibrate"),
        ("ratings: mean_points, calibrate: {to: [channel], bounds: [0.5, 2]}", "bounds-without-effect", "calibrate.bounds"),
        ("ratings: mean_points, calibrate: {to: [channel], method: bounded, bounds: [1.5, 2]}", "impossible-bounds",
         "calibrate.bounds"),
        ("ratings: mean_points, calibrate: {to: [channel, channel]}", "column-twice", "calibrate.to"),
        ("ratings: mean_points, calibrate: {to: [channel], merge: [[a, b], [b, c]]}", "merged-twice", "calibrate.merge"),
        ("ratings: mean_points, calibrate: {to: [channel], merge: [[a]]}", "merge-without-effect", "calibrate.merge"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_line(how: str, code: str, key: str) -> None:
    assert (code, 12, f"indicators.wait.from.{key}") in faults(scheme(how))


@pytest.mark.parametrize(
    "how",
    [
        "{to: [channel]}",
        "{to: [service, channel], method: bounded, bounds: [0.3, 3], merge: [[a, b]], few: pool, least: 9}",
    ],
)
def test_what_fits_is_read(how: str) -> None:
    wait = parse_scheme(scheme(f"ratings: share_bad, calibrate: {how}")).scheme.indicators[1]
    assert wait.evidence.calibrate is not None and wait.evidence.tables == ("ratings", "offers")


@pytest.mark.parametrize(
    "how", ["{to: []}", "{to: [window]}", "{to: [channel], method: raking}", "{to: [channel], least: 0}"]
)
def test_what_has_not_the_shape_is_refused(how: str) -> None:
    found = faults(scheme(f"ratings: share_bad, calibrate: {how}"))
    assert found and all(column.startswith("indicators.wait.from.calibrate") for _, _, column in found)
