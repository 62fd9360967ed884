"""The shape of the project, as docs/explanation/architecture.md and the house style say it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

import minping
from tests.conftest import ROOT
from tools.addresses import addresses_in, tracked_files
from tools.dead_code import dead, main

SRC = ROOT / "src" / "minping"
MODULES = sorted(SRC.rglob("*.py"))
LONGEST_FUNCTION_LINES = 60
LONGEST_FILE_CODE_LINES = 350
EMPTY_WORDS = {"utils", "util", "helpers", "common", "misc", "base", "core", "manager"}

#: modules that no test names, and where they are tested all the same
TESTED_AT: dict[str, str] = {
    "cli/bilingual": "tests/cli/test_cli.py",
    "cli/folder": "tests/cli/test_cli.py",
    "cli/meter": "tests/cli/test_cli.py",
    "cli/outcome": "tests/cli/test_cli.py",
    "cli/ranking": "tests/cli/test_run.py",
    "model/evidence": "tests/evidence",
    "model/scores": "tests/scoring",
    "model/values": "tests/indicators",
    "scheme/questionnaire/shape": "tests/scheme/questionnaire/test_read.py",
}

#: tests of what a room does as a whole
WHOLES = {"bad_input", "audit_bad_input", "county", "privacy", "service", "surveys"}


def module_name(path: Path) -> str:
    return path.relative_to(SRC).with_suffix("").as_posix()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank line, no comment alone on its line, no docstring."""
    text = path.read_text(encoding="utf-8")
    words: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            words.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), 1)
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") and at not in words for at, line in lines)


def test_imports_go_down_only() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_layers_name_every_room() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "layers")
    assert layers["exhaustive"] is True
    named = {part.strip(" ()") for layer in layers["layers"] for part in layer.split("|")}
    rooms = {path.name.removesuffix(".py") for path in SRC.iterdir() if not path.name.startswith("_")}
    assert {room for room in rooms if (SRC / room).is_dir() or (SRC / f"{room}.py").exists()} - {"py.typed"} <= named


def test_no_module_imports_itself_round_about() -> None:
    graph = grimp.build_graph("minping", exclude_type_checking_imports=True, cache_dir=None)
    cycles = [
        f"{module} -> {imported}"
        for module in sorted(graph.modules)
        for imported in graph.find_modules_directly_imported_by(module)
        if graph.find_shortest_chain(imported, module)
    ]
    assert not cycles, "\n".join(["imports round about:", *cycles])


def test_the_public_face_has_at_most_twelve_names() -> None:
    assert len(minping.__all__) <= 12
    assert sorted(minping.__all__) == list(minping.__all__) == dir(minping)
    assert all(getattr(minping, name) is not None for name in minping.__all__)


def test_importing_minping_loads_nothing_heavy() -> None:
    heavy = {"numpy", "pyarrow", "pydantic", "openpyxl"}
    script = f"import minping, sys; sys.exit(' '.join({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    assert code_lines(path) <= LONGEST_FILE_CODE_LINES
    long = {
        node.name: length
        for node in functions(path)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION_LINES
    }
    assert not long


def test_modules_are_nouns_not_drawers() -> None:
    assert not [module_name(path) for path in MODULES if path.stem in EMPTY_WORDS or path.parent.name in EMPTY_WORDS]


def is_tested_by_name(path: Path, tests: str) -> bool:
    """A mirrored test file, one for the module's family (`scheme/test_lint.py` for `scheme/lint/`), or an import."""
    room, stem = path.relative_to(SRC).parent, path.stem
    mirrors = [ROOT / "tests" / room / f"test_{stem}.py", ROOT / "tests" / room.parent / f"test_{room.name}.py"]
    dotted = re.escape("minping." + module_name(path).replace("/", "."))
    return any(mirror.exists() for mirror in mirrors) or re.search(rf"(from|import) {dotted}\b", tests) is not None


def test_every_module_is_tested_by_name() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    missing = [
        module_name(path)
        for path in MODULES
        if functions(path)
        and path.stem != "__init__"
        and module_name(path) not in TESTED_AT
        and not is_tested_by_name(path, tests)
    ]
    assert not missing, "\n".join(["no test names", *missing])


def test_every_mirrored_test_names_a_module() -> None:
    strays = []
    for room in [path for path in SRC.rglob("*") if path.is_dir() and path.name != "__pycache__"]:
        tests = ROOT / "tests" / room.relative_to(SRC)
        known = {path.stem for path in room.iterdir()} | {room.name} | WHOLES
        strays += [
            str(path.relative_to(ROOT))
            for path in tests.glob("test_*.py")
            if path.stem.removeprefix("test_") not in known
        ]
    assert not strays


def test_the_exceptions_are_still_modules() -> None:
    assert not set(TESTED_AT) - {module_name(path) for path in MODULES}
    assert not [place for place in TESTED_AT.values() if not (ROOT / place).exists()]


def test_no_file_names_the_address_of_a_package_registry() -> None:
    files = tracked_files(ROOT)
    assert len(files) > 50
    assert not addresses_in(files)


def test_an_address_would_be_found(tmp_path: Path) -> None:
    host = "gro.ipyp"[::-1]
    (tmp_path / "a.txt").write_text(f"see https://{host}/simple\n", encoding="utf-8")
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    (requirements / "dev.txt").write_text("--index-url somewhere\nnumpy==2.0\n", encoding="utf-8")
    found = addresses_in([tmp_path / "a.txt", requirements / "dev.txt"])
    assert [(path.name, line) for path, line, _ in found] == [("a.txt", 1), ("dev.txt", 1)]


def test_no_code_is_dead(capsys: pytest.CaptureFixture[str]) -> None:
    ended = main()
    assert ended == 0, capsys.readouterr().out


def test_dead_code_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "dead.py").write_text("def nobody_calls_me() -> None:\n    pass\n", encoding="utf-8")
    assert dead(tmp_path) == [("dead.py", "function", 1, "nobody_calls_me")]
