"""`minping verify BUNDLE`: hashes, signature, and the evaluation re-run bit for bit."""

from __future__ import annotations

from pathlib import Path

import click

from minping.cli.bilingual import Command, Option, lang_of
from minping.cli.outcome import BAD_INPUT, console, show_problems
from minping.words import Text

ABOUT = Text(
    "核验成果包：每个文件的哈希、签名；加 --rerun 则从所附证据重算并逐字节比对。离线可用。",
    "Verify a bundle: the hash of every file, the signature; with --rerun the evaluation is made again from the "
    "enclosed evidence and compared byte for byte. Works offline.",
)


@click.command("verify", cls=Command, words=ABOUT)
@click.argument("bundle", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option("--rerun", cls=Option, is_flag=True, words=Text("重算并比对", "evaluate again and compare"))
@click.option(
    "--public-key", cls=Option, type=click.Path(path_type=Path), words=Text("可信公钥", "a public key to trust")
)
@click.option(
    "--evidence",
    cls=Option,
    type=click.Path(path_type=Path),
    words=Text("成果包未附证据时，证据所在文件夹", "the evidence, where the bundle holds only its hashes"),
)
@click.option("--json", "as_json", cls=Option, is_flag=True, words=Text("以 JSON 打印", "print as JSON"))
@click.pass_context
def command(
    context: click.Context,
    bundle: Path,
    rerun: bool,
    public_key: Path | None,
    evidence: Path | None,
    as_json: bool,
) -> None:
    """Verify a bundle."""
    from minping.pipeline import again
    from minping.publication.verify import examine

    lang = lang_of(context)
    how = again if rerun else None
    verification = examine(bundle, rerun=how, public_key=public_key, evidence=evidence)
    if as_json:
        import json

        click.echo(json.dumps(verification.as_json(), ensure_ascii=False, indent=2))
    else:
        from rich.text import Text as Styled

        out = console()
        for check in verification.checks:
            mark, style = {"passed": ("✓", "green"), "failed": ("✗", "red")}.get(check.outcome, ("·", "dim"))
            out.print(Styled.assemble((f"{mark} ", style), check.words.say(lang)))
        show_problems(verification.problems, lang)
    if not verification.passed:
        context.exit(BAD_INPUT)
