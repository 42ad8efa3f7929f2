"""Seeded bugs: each a small wrong change of the merge that the schedules must notice.

``python -m tests.sync.mutants`` runs them all, each in a process of its own, and says what
killed it; numbers behind it choose some. A new one is added with every bug found.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from io import StringIO
from typing import Any, NamedTuple

import pytest

MOST = 150
"""Schedules a mutant may live before the examples have a go."""

EXAMPLES = [f"tests/sync/test_{name}.py" for name in ("merge", "derive", "replica", "ledger")]


class Mutant(NamedTuple):
    """A wrong change of a module of `xqhz_desktop.sync`: some text and what takes its place."""

    module: str
    text: str
    wrong: str
    survives: str = ""
    """The reason why it does no harm, for the few of which that is true."""


def _of(module: str, *changes: tuple[str, ...]) -> list[Mutant]:
    return [Mutant(module, *change) for change in changes]


MERGE = _of(
    "merge",
    ("if seen.get(one.stream, 0) < one.q", "if seen.get(one.stream, 0) <= one.q"),
    ("if seen.get(one.stream, 0) < one.q", "if seen.get(one.stream, 0) < one.q - 1"),
    ("if seen.get(one.stream, 0) < one.q", ""),
    ("key=_rank, reverse=True))", "key=_rank, reverse=True)[:1])"),
    ("key=_rank, reverse=True))", "key=_rank))"),
    ("key=_rank, reverse=True))", "key=lambda one: one.stream, reverse=True))"),
    ("[*beside, write]", "[*beside, write] if write.at > register[0].at else beside"),
    ("return write.at, write.stream, write.q", "return write.at, '', 0"),
    ("return any(one.value for one in row.alive)", "return all(one.value for one in row.alive)"),
    ("return any(one.value for one in row.alive)", "return bool(row.alive[0].value)"),
    ("Write(*dot, op.values is not None)", "Write(*dot, True)"),
    ("return replace(row, alive=alive)", "return Row(alive)"),
    ("    beside = dict(row.beside)", "    beside = {}"),
    ("{**row.values, **op.values}", "dict(op.values)"),
    (
        "{**row.dots, **dict.fromkeys(op.values, dot)}",
        "dict(row.dots) or dict.fromkeys(op.values, dot)",
    ),
    (
        "for column in op.values.keys() & row.values.keys():",
        "for column in beside.keys() & op.values:",
    ),
    (
        "values[column], dots[column] = register[0].value, register[0][:3]",
        "values[column] = register[0].value",
    ),
    (
        "values[column], dots[column] = register[0].value, register[0][:3]",
        "dots[column] = register[0][:3]",
    ),
    ("        beside[column] = register[1:]", "        pass"),
    ("len(register) > 1 and len({one.value for one in register}) > 1", "len(register) > 1"),
    ("if _differ(row.alive) else found", "if False else found"),
)
DERIVE = _of(
    "derive",
    ("= min(kept, self._next", "= max(kept, self._next"),
    ("if kind != Alias.KIND and dropped", "if dropped"),
    ("and dropped != kept:", "and True:"),
    ("key = min(circle[circle.index(key) :])", "key = min(circle)"),
    ("key = min(circle[circle.index(key) :])", "key = circle[0]"),
    ("for one in before.all() | after.all() if", "for one in after.all() if"),
    ("for one in before.all() | after.all() if", "for one in before.all() if"),
    ("*self._shelf.pointing({before.of(one) for one in moved})", ""),
    ("pointing({before.of(one) for one in moved})", "pointing({after.of(one) for one in moved})"),
    ("self._before = Names([*rest, *_aliases(old)])", "self._before = Names(rest)"),
    ("if (Alias.KIND, id) not in new]", "]"),
    ("if moved or self._rows.keys() - self._old.keys():", "if moved:"),
    ("if moved or self._rows.keys() - self._old.keys():", "if self._rows.keys() - self._old:"),
    ("if moved or self._rows.keys() - self._old.keys():", "if False:"),
    ("entering = {one for key in keys for one in after.alike(key)}", "entering = keys"),
    ("} & self._special - self._keys", "} & set()"),
    ("before.of(target)\n", "target\n"),
    ("alive = {self._after.of(key) for key", "alive = {key for key"),
    ("alive | self._held_from_outside(alive) if", "alive if"),
    ("        while wave:", "        if wave:"),
    ("self._load(beyond - self._shelf.shown(beyond).keys())", "pass"),
    ("entering = self._shelf.pointing(self._keys - self._shown)", "entering = set()"),
    ("if not all(map(self._was_alive, self._shown)):", "if False:"),
    ("        self._shown |= entering", "        pass"),
    ("if key in wanted or one.shown != was.get(key)", "if key in wanted"),
    ("gone = self._gone() | (self._keys - self._shown)", "gone = self._gone()"),
    ("gone = self._gone() | (self._keys - self._shown)", "gone = self._keys - self._shown"),
    ("return old is not None and is_alive(old) and", "return old is not None and"),
    ("and is_alive(old) and self._before.of(key) == key", "and is_alive(old)"),
    ("key[0] in self._kinds and key in self._rows and is_alive", "key in self._rows and is_alive"),
    ("self._shelf.pointing(removed) - self._keys", "self._shelf.pointing(removed)"),
    ("if column in shape.links and column not in shape.emptied", "if column in shape.links"),
    ("stands = self._after.of(target)\n            same", "stands = target\n            same"),
    ("if column not in shape.emptied and (not same", "if (not same"),
    ("(not same or stands in self._keys)", "not same"),
    ("== target[1]\n", "!= ''\n"),
    ("if key in self._special or column in self", "if column in self"),
    ("return beyond - self._shelf.shown(beyond).keys()", "return beyond"),
    ("if not is_own(column):", "if False:"),
    ("stands = self._after.of(target)\n            empty", "stands = target\n            empty"),
    ("return Kept(row, shown, special)", "return Kept(row, shown)"),
    ("self._kinds[key[0]], not is_alive(row)", "self._kinds[key[0]], False"),
    ("special = special or empty", "pass"),
    ("if kind == Alias.KIND and is_alive(row):", "if kind == Alias.KIND:"),
)  # fmt: skip
REPLICA = _of(
    "replica",
    ("context = {**known, **one.deps}", "context = {**known}"),
    ("seen = {**context, one.stream: one.q - 1}", "seen = {**one.deps, one.stream: one.q - 1}"),
    ("seen = {**context, one.stream: one.q - 1}", "seen = {**context}"),
    ("seen = {**context, one.stream: one.q - 1}", "seen = {**knowledge, one.stream: one.q - 1}"),
    ("contexts[one.stream] if one.stream in contexts else shelf", "shelf"),
    ("new.get(op.key) or old.get(op.key)", "old.get(op.key)"),
    ("kept = settled(shelf, {}, rows, kinds)", "kept = settled(shelf, rows, rows, kinds)"),
)
LEDGER = _of(
    "ledger",
    ("        if segment.id in rivals:", "        if False:"),
    ("if chain and chain.key != header.key:", "if False:"),
    ("if not rivals and chain and header.q1 <= chain.q:", "if False:"),
    ("if rivals or header.q0 <= known:", "if header.q0 <= known and False:"),
    ("if header.q0 > known + 1:", "if header.q0 > known + 2:"),
    ('if header.prev != (chain.id if chain else ""):', "if False:"),
    ("if segment.header.min_reader > self._schema:", "if False:"),
    ("if any(q >= self._doubtful.get(stream, q + 1) for stream, q in needs):", "if False:"),
    ("q >= self._doubtful", "q > self._doubtful"),
    ("if any(q >= self._doubtful.get(stream, q + 1) for stream, q in needs):",
     "if segment.header.stream in self._doubtful:"),
    ("return State.DEPS if missing else State.APPLIED", "return State.APPLIED"),
    ("self._knowledge[header.stream] = header.q1", "pass"),
    ("self._chains[header.stream] = Chain(header.q1, segment.id, header.key)", "pass"),
    ("self._places[header.stream][segment.id] = header.q0, header.q1", "pass"),
    ("if state is State.FORK:", "if False:"),
    ("{**waited, **{one.id: one for one in segments}}", "{one.id: one for one in segments}"),
    ("going = len(waiting) < len(left) or not applying", "going = not applying"),
    ("(state is State.APPLIED and not applying)", "False"),
    ("if state is not State.KNOWN or segment.id in waited:", "if state is State.APPLIED:"),
)  # fmt: skip
MUTANTS = (*MERGE, *DERIVE, *REPLICA, *LEDGER)


class Patch(SourceFileLoader, MetaPathFinder):
    """Loads a module with a mutation."""

    def __init__(self, mutant: Mutant) -> None:
        """Find where the module is."""
        self.mutant = mutant
        name = f"xqhz_desktop.sync.{mutant.module}"
        package = __import__("xqhz_desktop.sync", fromlist=["sync"])
        spec = PathFinder.find_spec(name, package.__path__)
        assert spec is not None
        assert spec.origin is not None
        super().__init__(name, spec.origin)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Answer for this module only."""
        return ModuleSpec(fullname, self, origin=self.path) if fullname == self.name else None

    def get_code(self, fullname: str) -> Any:
        """Compile the changed source, never a kept one."""
        source = self.get_data(self.path).decode()
        assert source.count(self.mutant.text) == 1, self.mutant
        changed = source.replace(self.mutant.text, self.mutant.wrong)
        return compile(changed, self.path, "exec")


def fate(mutant: Mutant, most: int = MOST) -> str:
    """Return what became of a mutant, in this process: schedules first, examples then."""
    sys.meta_path.insert(0, Patch(mutant))
    from tests.sync.schedules import run  # after the patch

    for seed in range(most):
        try:
            run(seed)
        except Exception:  # whatever it is, somebody would have seen it
            return f"killed by schedule {seed}"
    quiet = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", *EXAMPLES]
    with redirect_stdout(StringIO()):
        return "killed by an example" if pytest.main(quiet) else "alive"


def killed(number: int, most: int = MOST) -> str:
    """Run one mutant in a process of its own; return what became of it."""
    command = [sys.executable, "-m", "tests.sync.mutants", "--inside", str(number), str(most)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def main(numbers: Iterable[int]) -> int:
    """Run mutants and tell of each; return how many survived without a reason."""
    alive = 0
    for number in numbers:
        mutant, found = MUTANTS[number], killed(number)
        alive += found == "alive" and not mutant.survives
        sys.stdout.write(f"{number} {mutant.module} {mutant.text.strip()!r}: {found}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{alive} survived without a reason\n")
    return alive


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--inside", number, most]:
            sys.stdout.write(fate(MUTANTS[int(number)], int(most)))
        case numbers:
            sys.exit(bool(main(map(int, numbers) if numbers else range(len(MUTANTS)))))
