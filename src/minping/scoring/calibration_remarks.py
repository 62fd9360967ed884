"""Calibration remarks: what must be said about ratings that were weighed to the log of all cases served.

What can't be done at all is an error of the evidence; what was left out, counted together or could not be weighed is a
warning, with the category, the bodies and what to do. How few ratings there were is never told: warnings are published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from minping.errors import Place, Problem, Severity, did_you_mean
from minping.model.arrays import Bools, Ints
from minping.model.calibration import Calibration, Outcome
from minping.model.evidence import Evidence
from minping.model.values import Values
from minping.scheme.shape import Calibrate, Scheme
from minping.stats.groups import sums
from minping.words import Text, both

MOST_NAMED = 5  #: bodies or categories named in one warning
_NOTHING = both("")


def columns_to_calibrate(scheme: Scheme, evidence: Evidence, _: Values, __: str) -> Iterator[Problem]:
    """A column that ratings are weighed by stands in ratings and in offers."""
    asked = {column for part in scheme.indicators if part.evidence.calibrate for column in part.evidence.calibrate.to}
    for column in sorted(asked):
        for table in ("ratings", "offers"):
            if not any(column in file.columns for file in evidence.records[table].files):
                found = Text(
                    f"{table} 没有 {column} 列，不能按它校准", f"{table} has no column {column} to calibrate by"
                )
                fix = Text(
                    f"补上 {column} 列，或从方案的 calibrate.to 中去掉", f"add {column}, or take it out of calibrate.to"
                )
                yield Problem("no-column-to-calibrate", _place(evidence, table, column), found, both(column), fix)


def calibration_remarks(scheme: Scheme, evidence: Evidence, values: Values, period: str) -> tuple[Problem, ...]:
    """Every warning about the calibrations of a period; the same calibration of several indicators is told of once."""
    told: dict[Calibrate, Calibration] = {}
    for part in scheme.indicators:
        if part.evidence.calibrate is not None and part.id in values.calibrations:
            told.setdefault(part.evidence.calibrate, values.calibrations[part.id])
    least = scheme.publish.k or 1
    return tuple(
        remark
        for how, found in told.items()
        for remark in _Teller(how, found, evidence, period, found.periods.index(period), least).remarks()
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    how: Calibrate
    found: Calibration
    evidence: Evidence
    period: str
    at: int
    k: int  #: words of fewer ratings are not named: whoever typed them might be made out

    def remarks(self) -> Iterator[Problem]:
        """The warnings, one for each kind and category."""
        yield from self._outcomes()
        for margin in range(len(self.found.cells.short)):
            yield from self._short(margin)
        yield from self._unknown()

    def _outcomes(self) -> Iterator[Problem]:
        outcome = self.found.outcome[self.at]
        for kind, (code, table, said, fix) in _WITHOUT.items():
            bodies = np.flatnonzero(outcome == kind)
            if len(bodies):
                yield self._warn(code, table, "", said, self._who(bodies), fix)
        negative = np.flatnonzero(self.found.negative[self.at])
        if len(negative):
            yield self._warn("negative-weights", "ratings", "", _NEGATIVE, self._who(negative), _BOUND_THEM)

    def _short(self, margin: int) -> Iterator[Problem]:
        cells, pool = self.found.cells, self.how.few == "pool"
        outcome = self.found.outcome[self.at][cells.body]
        here = (cells.period == self.at) & (outcome == (Outcome.WEIGHED if pool else Outcome.TOO_FEW))
        here &= (cells.pooled[margin] if pool else cells.short[margin]) & (cells.issued > 0)
        column = " × ".join(self.found.columns) if self.found.joint else self.found.columns[margin]
        names = self._names(margin, here)
        if pool:
            yield from self._together(column, names)
            if margin == 0:
                yield from self._too_few_in_all()
            return
        for name, rows in names:
            said = Text(
                f"{column} 为“{name}”的办件，评价不足 {self.how.least} 件，不能校准",
                f"{column} “{name}” has cases and fewer than {self.how.least} ratings: can't be calibrated",
            )
            mate = self._mate(margin, name)
            fix = Text(
                f"合并相近类别（calibrate: {{merge: [[{name}, {mate}]]}}），或设 few: pool",
                f"merge it with one like it (calibrate: {{merge: [[{name}, {mate}]]}}), or set few: pool",
            )
            fix = _MERGE_THEM if self.found.joint else fix
            bodies = np.unique(cells.body[rows])
            yield self._warn("too-few-to-calibrate", "ratings", column, said, self._who(bodies), fix)

    def _together(self, column: str, names: list[tuple[str, Ints]]) -> Iterator[Problem]:
        """One note for all categories of a column that were counted together."""
        if not names:
            return
        body = self.found.cells.body
        count = [(name, len(np.unique(body[rows]))) for name, rows in names]
        more = " …" if len(names) > MOST_NAMED else ""
        zh = "、".join(f"{name}（{bodies} 个单位）" for name, bodies in count[:MOST_NAMED]) + more
        en = ", ".join(f"{name} at {bodies}" for name, bodies in count[:MOST_NAMED]) + more
        said = Text(
            f"{column} 中评价不足 {self.how.least} 件的类别合并计算：{zh}",
            f"categories of {column} with fewer than {self.how.least} ratings were counted together, {en}",
        )
        who = self._who(np.unique(np.concatenate([body[rows] for _, rows in names])))
        yield self._warn("counted-together", "ratings", column, said, who, _MERGE_THEM, "note")

    def _too_few_in_all(self) -> Iterator[Problem]:
        bodies = np.flatnonzero(self.found.outcome[self.at] == Outcome.TOO_FEW)
        if len(bodies):
            least = self.how.least
            said = Text(
                f"全部评价不足 {least} 件，没有校准值", f"fewer than {least} ratings in all: no calibrated figure"
            )
            yield self._warn("too-few-to-calibrate", "ratings", "", said, self._who(bodies), _MORE_RATINGS)

    def _unknown(self) -> Iterator[Problem]:
        """Ratings of categories that the offers do not know; those of a word that is nowhere, then the others."""
        cells = self.found.cells
        here, served = (cells.period == self.at) & cells.unknown, (cells.period == self.at) & (cells.issued > 0)
        left = here.copy()
        for column, code in zip(self.found.columns, cells.code, strict=True):
            logged = np.unique(code[served])
            nowhere = here & ~np.isin(code, logged)
            left &= ~nowhere
            for word, rows in self._by_word(code, nowhere):
                said = Text(
                    f"有 {column} 为“{word}”的评价，offers 中没有：不计入校准",
                    f"ratings with {column} “{word}”, which the offers do not know: without weight",
                )
                who, fix = self._who(np.unique(cells.body[rows])), did_you_mean(word, self._said(logged))
                yield self._warn("unknown-to-offers", "ratings", column, said, who, fix)
        if left.any():
            who = self._who(np.unique(cells.body[left]))
            yield self._warn("unknown-to-offers", "ratings", " × ".join(self.found.columns), _ELSEWHERE, who, _CHECK)

    def _by_word(self, code: Ints, here: Bools) -> Iterator[tuple[str, Ints]]:
        """Words with their rows, those of the most ratings first; words of few ratings, and any more, are one “…”."""
        rows = np.flatnonzero(here)
        found, place = np.unique(code[rows], return_inverse=True)
        rated = sums(place, self.found.cells.rated[rows], len(found))
        order = np.argsort(-rated, kind="stable")
        shown = [at for at in order[:MOST_NAMED].tolist() if rated[at] >= self.k]
        for at in shown:
            yield self.found.words[found[at]] or "—", rows[place == at]
        if len(shown) < len(found):
            yield "…", rows[~np.isin(place, shown)]

    def _said(self, codes: Ints) -> list[str]:
        return [self.found.words[one] for one in codes.tolist()]

    def _names(self, margin: int, here: Bools) -> list[tuple[str, Ints]]:
        """Category -> its rows, in the order of words."""
        cells, words = self.found.cells, self.found.words
        codes = np.stack(cells.code if self.found.joint else [cells.code[margin]])
        rows = np.flatnonzero(here)
        found, place = np.unique(codes[:, rows], axis=1, return_inverse=True)
        named = [" × ".join(words[one] or "—" for one in column) for column in found.T.tolist()]
        return sorted(((name, rows[place.ravel() == at]) for at, name in enumerate(named)), key=lambda one: one[0])

    def _mate(self, margin: int, name: str) -> str:
        """The category with cases that has the fewest ratings beside this one, over all bodies."""
        cells = self.found.cells
        here = (cells.period == self.at) & (cells.issued > 0)
        rated = {word: float(cells.rated[rows].sum()) for word, rows in self._names(margin, here) if word != name}
        enough = {word: count for word, count in rated.items() if count >= self.how.least}
        return min(enough, key=lambda word: (enough[word], word), default="…")

    def _who(self, bodies: Ints) -> str:
        named = ", ".join(self.found.bodies[one] for one in bodies[:MOST_NAMED].tolist())
        return named + (" …" if len(bodies) > MOST_NAMED else "") + f" ({len(bodies)})"

    def _warn(
        self, code: str, table: str, column: str, said: Text, who: str, fix: Text, severity: Severity = "warning"
    ) -> Problem:
        found = Text(f"{self.period} 校准：{said.zh}：{who}", f"{self.period}, calibration: {said.en}: {who}")
        return Problem(code, _place(self.evidence, table, column), found, _NOTHING, fix, severity)


def _place(evidence: Evidence, table: str, column: str) -> Place:
    path = next((source.path for source in evidence.files if source.table == table), f"evidence/{table}")
    return Place(file=path, column=column)


_NEGATIVE = Text("有的权重小于零", "some weights are below nought")
_BOUND_THEM = Text("改用 method: bounded", "use method: bounded")
_MERGE_THEM = Text(
    "也可在方案中写明合并（calibrate: {merge: …}）", "or say in the scheme what to merge (calibrate: {merge: …})"
)
_MORE_RATINGS = Text("可调低 calibrate.least", "lower calibrate.least, if that is meant")
_ELSEWHERE = Text(
    "有的评价，其类别组合在该单位的 offers 中没有：不计入校准",
    "ratings of categories that these bodies' offers do not hold: without weight",
)
_CHECK = Text("核对 offers 与 ratings 的用词", "check the words of offers and ratings")
#: outcome -> code, table, what is said, what to do
_WITHOUT: dict[Outcome, tuple[str, str, Text, Text]] = {
    Outcome.NO_LOG: (
        "no-cases-to-calibrate-to",
        "offers",
        Text("offers 中没有办件，没有校准值", "the offers tell of no case: no calibrated figure"),
        Text("补充这些单位的 offers", "supply the offers of these bodies"),
    ),
    Outcome.NO_RATINGS: (
        "no-ratings-to-calibrate",
        "ratings",
        Text("办件没有任何可用的评价，没有校准值", "cases without any rating that counts: no calibrated figure"),
        Text("核对评价的渠道、事项用词", "check the words that ratings use"),
    ),
    Outcome.UNATTAINABLE: (
        "calibration-does-not-converge",
        "ratings",
        Text("迭代不收敛：没有一组权重（在界限内）符合办件构成", "does not converge: no weights (within the bounds) give the log's margins"),
        Text("合并类别、放宽 bounds 或改用 method: post", "merge categories, widen bounds, or use method: post"),
    ),
}  # fmt: skip
