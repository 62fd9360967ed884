"""`minping run DIR`: evaluate and write the bundle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.folder import evaluate_folder, find_folder, read_folder
from minping.cli.meter import Meter
from minping.cli.outcome import console, show_problems
from minping.words import Lang, Text

if TYPE_CHECKING:
    from minping.scoring.evaluation import Evaluation

ABOUT = Text(
    "考核 DIR（scheme.yaml 与 evidence/），打印位次区间与分组，写出 results/bundle-<考核期>/。DIR 也可以是其中另一个方案文件。",
    "Evaluate DIR (scheme.yaml and evidence/), print ranks with intervals and tiers, and write "
    "results/bundle-<period>/. DIR may also be another scheme file in the folder.",
)


@click.command("run", cls=Command, words=ABOUT)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), default=".")
@click.option(
    "--period",
    cls=Option,
    words=Text("考核期（默认取方案或最新一期）", "the period (default: the scheme's, or the latest)"),
)
@click.option("--seed", cls=Option, type=click.IntRange(0, 2**63 - 1), words=Text("随机种子", "seed of the draws"))
@click.option("--draws", cls=Option, type=click.IntRange(0, 1_000_000), words=Text("抽样次数", "number of draws"))
@click.option(
    "--engine",
    cls=Option,
    words=Text(
        "在哪里计数：spark://主机:端口、spark://local[2]、postgresql://用户@主机/库（默认 DuckDB，就在本机；结果相同）",
        "where events are counted: spark://HOST:PORT, spark://local[2], postgresql://USER@HOST/DATABASE "
        "(default: DuckDB, here; results are equal)",
    ),
)
@click.option(
    "--out",
    cls=Option,
    type=click.Path(path_type=Path),
    words=Text("结果文件夹（默认 DIR/results）", "where to write (default: DIR/results)"),
)
@click.option(
    "--key", cls=Option, type=click.Path(path_type=Path), words=Text("签名私钥文件", "private key to sign with")
)
@click.option(
    "--word-template",
    cls=Option,
    type=click.Path(path_type=Path),
    words=Text("本单位的 Word 模板", "your own Word template"),
)
@click.option(
    "--no-evidence",
    cls=Option,
    is_flag=True,
    words=Text("成果包里只放证据的哈希，不放证据本身", "publish only the hashes of the evidence, not the evidence"),
)
@click.option(
    "--dated",
    cls=Option,
    type=click.DateTime(["%Y-%m-%d"]),
    words=Text("印在报告上的日期，如 2026-11-21", "date to print, e.g. 2026-11-21"),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印结果", "print the result as JSON"))
@click.option("--quiet", "-q", cls=Option, is_flag=True, words=Text("不打印表格", "print no tables"))
def command(
    folder: Path,
    period: str | None,
    seed: int | None,
    draws: int | None,
    engine: str | None,
    out: Path | None,
    key: Path | None,
    word_template: Path | None,
    no_evidence: bool,
    dated: datetime | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Evaluate a folder."""
    from minping.indicators.engines import engine_at
    from minping.publication import publish
    from minping.publication.sign import own_key

    lang = lang_of(click.get_current_context())
    if engine is not None:
        engine_at(engine)  # what can be seen at once is said before anything is read
    with Meter(lang, quiet) as meter:
        read = read_folder(folder, meter)
        evaluation = evaluate_folder(read, meter, period, seed, draws, engine)
        signer = own_key(key)
        bundle = publish(
            evaluation,
            out or read.results,
            key=signer,
            lang=lang,
            word_template=word_template,
            include_evidence=not no_evidence,
            created_on=dated.date() if dated else None,
            progress=meter.step,
        )
    if as_json:
        print_json(evaluation, bundle)
        return
    show_problems(evaluation.problems, lang)
    if not quiet:
        print_result(evaluation, lang)
    if signer.created:
        made = Text(
            f"新建了您的签名私钥 {signer.path}（请妥善保管，不要外传）",
            f"made your signing key {signer.path} (keep it safe, give it to nobody)",
        )
        console(stderr=True).print(made.say(lang), style="yellow")
    console().print(Text(f"已写出 {bundle}", f"written: {bundle}").say(lang), style="green", soft_wrap=True)
    if not quiet:
        _print_next(evaluation, folder, bundle, lang)


def print_json(evaluation: Evaluation, bundle: Path) -> None:
    """The result for scripts: where the bundle is, and the ranking."""
    import json

    ranking = evaluation.table("ranks").to_pylist()
    clean = [{name: None if cell != cell else cell for name, cell in row.items()} for row in ranking]
    result = {"bundle": str(bundle), "period": evaluation.period, "ranks": clean, "citizens": citizens(evaluation)}
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


def citizens(evaluation: Evaluation) -> list[dict[str, object]]:
    """How far each citizens' companion agrees with the score: Spearman's rank correlation and the count."""
    from minping.scoring.compare import spearman

    scores = evaluation.scores
    found: list[dict[str, object]] = []
    for indicator in evaluation.scheme.indicators:
        if not indicator.counts and "citizen" in indicator.tags:
            rho, count = spearman(scores.score, scores.points[:, scores.column(indicator.id)])
            rounded = None if rho != rho else round(rho, 4)
            found.append({"indicator": indicator.id, "spearman": rounded, "bodies": count})
    return found


def print_result(evaluation: Evaluation, lang: Lang) -> None:
    """Ranks with intervals and tiers, the citizens' view, what the score rests on."""
    from minping.cli.ranking import ranking_table

    out = console()
    title = evaluation.scheme.title.text.say(lang)
    out.print(f"{title} · {evaluation.period}", style="bold")
    out.print(ranking_table(evaluation, lang, out.width))
    _print_tiers(evaluation, lang)
    for view in citizens(evaluation):
        indicator = next(part for part in evaluation.scheme.indicators if part.id == view["indicator"])
        rho, name = view["spearman"], indicator.title.text
        if rho is None:  # too few bodies have both
            continue
        words = Text(
            f"群众怎么看：得分与“{name.zh}”的斯皮尔曼相关 {rho:.2f}（{view['bodies']} 个单位）",
            f"What citizens say: Spearman {rho:.2f} between the score and “{name.en}” ({view['bodies']} bodies)",
        )
        out.print(words.say(lang), style="bold")
    for waiver in evaluation.scheme.waivers:
        out.print(
            Text(f"豁免 {waiver.rule}：{waiver.reason}", f"waived {waiver.rule}: {waiver.reason}").say(lang),
            style="dim",
        )


def _print_tiers(evaluation: Evaluation, lang: Lang) -> None:
    intervals, out = evaluation.intervals, console()
    if intervals is None:
        none = Text("没有抽样，就没有区间；没有区间不列位次", "nothing was drawn: no intervals, therefore no ranks")
        out.print(none.say(lang), style="yellow")
        return
    tiers = int(intervals.tier.max())
    words = Text(
        f"{intervals.draws} 次抽样（种子 {intervals.seed}），失败 {len(intervals.failures)} 次；{tiers} 组，组内先后不能确定",
        f"{intervals.draws} draws (seed {intervals.seed}), {len(intervals.failures)} failed; "
        f"{tiers} tiers, within a tier the order is not settled",
    )
    out.print(words.say(lang), style="dim")


def _print_next(evaluation: Evaluation, folder: Path, bundle: Path, lang: Lang) -> None:
    body = evaluation.scores.bodies[0]
    out = console()
    out.print(Text("接下来：", "Next:").say(lang), style="dim")
    with_evidence = f" --evidence {find_folder(folder)}" if evaluation.evidence.records else ""
    for line in (f"minping explain {folder} {body}", f"minping verify {bundle} --rerun{with_evidence}"):
        out.print(f"  {line}", style="dim", soft_wrap=True)
