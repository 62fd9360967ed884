"""`minping lint`: findings with place, source and fix; what was waived and what did not apply; tests of a scheme."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.scheme.questionnaire.forms import GOOD, changed


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_good_scheme_passes_and_its_waivers_are_shown_with_their_reasons(minping: Run, green: Path) -> None:
    ended = minping("lint", green)
    assert (ended.code, ended.err) == (0, "")
    assert "no indicator of debt" in ended.out and "waived because: 这是生态文明评价" in ended.out
    assert "L2 not applicable, because:" in ended.out and "✓ passed: L1" in ended.out


def test_the_counter_example_fails_with_source_and_remedy_of_each_finding(minping: Run) -> None:
    ended = minping("lint", "old-style")
    assert ended.code == 1 and ended.err == ""
    findings = [line for line in ended.out.splitlines() if line[:1] in "✗!"]
    assert any(line.startswith("✗ L4") and "citizens' ratings have no weight" in line for line in findings)
    assert ended.out.count("    why: ") == ended.out.count("    to do: ") >= len(findings) >= 5


def test_json_counts_errors_and_names_the_line(minping: Run) -> None:
    ended = minping("lint", "old-style", "--json")
    report = json.loads(ended.out)
    errors = [one for one in report["findings"] if one["level"] == "error"]
    assert ended.code == 1 and report["errors"] == len(errors) >= 1
    for finding in report["findings"]:
        assert finding["file"].endswith("scheme.yaml") and finding["line"] >= 1
        assert finding["found"]["zh"] and finding["found"]["en"]


def test_a_taken_away_waiver_turns_into_a_finding(minping: Run, green: Path) -> None:
    before = json.loads(minping("lint", green, "--json").out)
    _replace(green / "scheme.yaml", "  - rule: L4\n", "  - rule: L1\n")
    ended = minping("lint", green, "--json")
    after = json.loads(ended.out)
    assert {one["rule"] for one in before["waived"]} == {"L3", "L4"} and before["findings"] == []
    assert ended.code == 1 and "L4" in {one["rule"] for one in after["findings"]}
    assert {one["rule"] for one in after["waived"]} == {"L3"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    direction: higher", "    directon: higher", ["scheme.yaml:26", "did you mean direction?"]),
        ("version:", "verson:", ["scheme.yaml:6", "did you mean version?"]),
        ("aggregate: arithmetic", "aggregate: aritmetic", ["did you mean arithmetic?"]),
        ("method: given, nested", "method: gven, nested", ["did you mean given?"]),
        ("indicators:", "indicators: [", ["scheme.yaml:"]),
    ],
)
def test_a_scheme_that_cannot_be_read_is_bad_input_not_a_finding(
    minping: Run, green: Path, old: str, new: str, words: list[str]
) -> None:
    _replace(green / "scheme.yaml", old, new)
    for command in ("lint", "check", "run"):
        ended = minping(command, green)
        assert ended.code == 2 and ended.out == "" and "Traceback" not in ended.err
        for word in words:
            assert word in ended.err, ended.err
    assert not (green / "results").exists()


@pytest.mark.parametrize(
    "faults",
    [
        [
            ("    direction: higher", "    directon: higher", "did you mean direction?"),
            ("aggregate: arithmetic", "aggregate: aritmetic", "did you mean arithmetic?"),
            ("draws: 10000", "draws: -1", "uncertainty.draws"),
        ],
        [
            ("{method: given, reason", "{method: givn, reason", "did you mean given?"),
            ("weight: 16.50", "weight: 26.50", "109.90"),
        ],
    ],
)
def test_several_faults_of_a_scheme_come_at_once(minping: Run, green: Path, faults: list[tuple[str, str, str]]) -> None:
    for old, new, _ in faults:
        _replace(green / "scheme.yaml", old, new)
    ended = minping("lint", green)
    assert ended.code == 2
    for _, _, told in faults:
        assert told in ended.err, ended.err


def test_a_path_that_is_not_there_is_told_with_the_nearest_shipped_scheme(minping: Run) -> None:
    ended = minping("lint", "unit-anual")
    assert ended.code == 2 and "no scheme unit-anual" in ended.err and "did you mean unit-annual?" in ended.err


def test_rules_that_need_data_say_so_where_there_are_none(minping: Run, green: Path) -> None:
    def applied() -> set[str]:
        return set(json.loads(minping("lint", green, "--json").out)["passed"])

    with_data = applied()
    (green / "evidence").rename(green / "elsewhere")
    without = applied()
    assert without < with_data
    assert "it needs data, and there are none" in minping("lint", green).out


def test_findings_are_said_in_chinese(minping: Run) -> None:
    ended = minping("--lang", "zh", "lint", "old-style")
    assert ended.code == 1 and "没有债务指标" in ended.out and "依据: " in ended.out and "to do" not in ended.out


def test_a_questionnaire_is_linted_beside_the_scheme_and_alone(minping: Run, green: Path, tmp_path: Path) -> None:
    form = green / "questionnaire.yaml"
    form.write_text(GOOD, encoding="utf-8")
    both = minping("lint", green)
    assert both.code == 0 and "✓ passed: L1" in both.out and "✓ passed: Q1" in both.out
    form.write_text(changed(("您对办理速度满意还是不满意", "您是否满意我们优质的服务")), encoding="utf-8")
    told = json.loads(minping("lint", green, "--json").out)
    assert told["errors"] == 0 and told["questionnaire"]["errors"] == 1
    assert told["questionnaire"]["id"] == "county-2025 1" and told["questionnaire"]["findings"][0]["rule"] == "Q1"
    assert minping("lint", green).code == 1 and minping("lint", green / "scheme.yaml").code == 0
    for place in (form, tmp_path / "alone"):
        (tmp_path / "alone").mkdir(exist_ok=True)
        (tmp_path / "alone" / "questionnaire.yaml").write_text(form.read_text(encoding="utf-8"), encoding="utf-8")
        alone = minping("lint", place)
        assert alone.code == 1 and "✗ Q1" in alone.out and "L1" not in alone.out


def test_a_questionnaire_that_cannot_be_read_is_bad_input(minping: Run, green: Path) -> None:
    (green / "questionnaire.yaml").write_text(changed(("kind: text", "kind: txt")), encoding="utf-8")
    for command in ("lint", "check"):
        ended = minping(command, green)
        assert ended.code == 2 and "did you mean text?" in ended.err and "questionnaire.yaml:" in ended.err
