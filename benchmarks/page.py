"""The page of a benchmark run: what was asked, what was measured, on what machine."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Check, Line, Ratio

HEAD = """\
<!-- made by python -m benchmarks --page; do not edit -->
# 快慢 · Benchmarks

一条命令 `make bench`：同一次运行里并排测 Minping 与 pymcdm、scikit-criteria、svy、samplics、balance、benford_py、datasketch。数字是 CPU 秒（中位数）；答案不对的不算数。
One command, `make bench`: Minping beside pymcdm, scikit-criteria, svy, samplics, balance, benford_py and datasketch in
the same run. CPU seconds, medians; a figure counts only if the answer is right (the scores of the first three agree to
1e-9, the means of the survey tools to a twentieth of their error).
"""
CHECKS = """
## 标准误对不对 · Are the errors right

同一份模拟数据（6,400 条评价、480 个初级抽样单元、16 层，四个边际校准），总体均值的标准误。
The same made-up ratings (6,400, of 480 sampling units in 16 strata), raked on four margins: standard error of their
mean. The jackknife leaves out one unit at a time and rakes anew; it needs no formula.

| tool | SE | ÷ jackknife | beside Minping |
|---|---:|---:|---:|"""
NOTES = """\
- “完整计分”含每个节点的得分、有效权重、贡献、状态和位次；其他工具只给总分与位次。
  A full score of ours holds points, effective weight, contribution and state of every node, and ranks; the others
  give scores and ranks.
- 其他工具的重复计算是逐次循环，测较少次数后按比例换算到 1,000 次。
  Replications of the other tools are a loop, measured for fewer and scaled to 1,000.
- 读取证据：每次在独立进程里，CPU 秒含解释器启动；三行坏数据必须逐行点名。
  Evidence is loaded in a process of its own, start of the interpreter included; three bad rows must be named.
- 抽样误差：Minping 计整个进程（含生成数据），其他工具只计调用本身；“scaled”是用 5 个和 25 个单位各测一次、按直线推到
  1,000 个单位。balance 不知道分层与整群，只计校准一步。
  Raking and errors: of Minping the whole process counts, making the data among it, of the others the calls alone.
  “Scaled” is the line through 5 and 25 bodies, read at 1,000. Of balance, which knows no strata and no units, raking
  alone is timed. That errors of raked designs are R's is shown by `tests/references/test_survey.py`; svy follows
  R's `rake`, whose residuals are taken margin by margin, Minping R's `calibrate`, which regresses on all at once.
- 台账数字：Minping 计读成精确十进制和全部统计量，benford_py 计其对象（求和检验与对数尾数统计在 pandas 3 下出错，没有计入）。
  它按浮点取位，一百万行里首两位有几百个计数不同。文本重用：Minping 给出每对的共同段落，datasketch 只给近似候选；埋入的抄袭都须找到。
  Digits of a ledger: ours with exact decimals and every statistic read, of benford_py its object (its summation and its
  statistics of mantissas fail under pandas 3 and are not in it). It takes digits from floats: of a million rows some
  hundred counts of the first two digits differ. Reuse of reports: ours with the passage that each pair shares,
  datasketch's are candidates by approximation; every planted copy must be found by ours.
"""


def machine() -> str:
    """Processor, cores, system, Python."""
    processor = platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    cores = 0
    if cpuinfo.exists():
        told = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
        names = [line.partition(":")[2].strip() for line in told if line.startswith("model name")]
        processor, cores = (names[0] if names else processor), len(names)
    return f"{processor}, {cores or '?'} cores, {platform.system()}, Python {platform.python_version()}"


def versions(peers: Mapping[str, str]) -> str:
    """What was measured."""
    own = {name: version(name) for name in ("minping", "numpy", "pyarrow")}
    return ", ".join(f"{name} {told}" for name, told in {**own, **peers}.items())


def text(
    lines: Sequence[Line],
    ratios: Sequence[Ratio],
    peers: Mapping[str, str],
    on: str,
    checks: Sequence[Check] = (),
) -> str:
    """The page as Markdown."""
    told = [HEAD, f"{on} · {machine()}  \n{versions(peers)}\n" if on else f"{machine()}  \n{versions(peers)}\n"]
    told.append(
        "| 问题 question | tool | size | CPU s | limit | peak MB | limit | kept |\n|---|---|---|---:|---:|---:|---:|---|"
    )
    for line in lines:
        limits = line.limit is not None or line.limit_mb is not None
        kept = ("yes" if line.is_within else "**no**") if limits else ""
        told.append(
            f"| {line.question} | {line.tool} | {line.size} | {seconds(line.seconds)} | {limit(line.limit)} | "
            f"{'' if line.megabytes is None else f'{line.megabytes:,.0f}'} | {limit(line.limit_mb)} | {kept} |"
        )
    told.append("\n## 与其他工具之比 · Beside the others\n")
    told.append("| 问题 question | Minping s | other | s | ratio | set | kept |\n|---|---:|---|---:|---:|---:|---|")
    told += [
        f"| {ratio.question} | {seconds(ratio.ours)} | {ratio.peer} | {seconds(ratio.theirs)} | "
        f"{_of(ratio)} | {'yes' if ratio.is_within else '**no**'} |"
        for ratio in ratios
    ]
    if checks:
        told.append(CHECKS)
        told += [
            f"| {check.tool} | {check.se:.6f} | {check.se / check.jackknife:.3f} | {check.se / check.ours - 1:+.2%} |"
            for check in checks
        ]
    return "\n".join(told) + "\n\n" + NOTES


def seconds(taken: float) -> str:
    """Three significant digits.

    >>> seconds(0.0016444), seconds(3.7263)
    ('0.00164', '3.73')
    """
    return f"{taken:.3g}"


def limit(allowed: float | None) -> str:
    """A limit, or nothing."""
    return "" if allowed is None else f"{allowed:g}"


def _of(ratio: Ratio) -> str:
    """Ours of theirs, and the most that is set.

    >>> _of(Ratio("q", 1.0, "p", 10.0, 0.25)), _of(Ratio("q", 1.1, "p", 1.0, 1.3))
    ('1/10.0 | ≤ 1/4', '1.10 | ≤ 1.3')
    """
    if ratio.at_most < 1:
        return f"1/{ratio.theirs / ratio.ours:.1f} | ≤ 1/{1 / ratio.at_most:.0f}"
    return f"{ratio.ours / ratio.theirs:.2f} | ≤ {ratio.at_most:g}"
