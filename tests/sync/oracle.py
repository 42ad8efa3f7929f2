"""What a replica must know and show, from first principles: slow, naive, and none of our code."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Fact:
    """One change, and every change its writer knew then: (stream, q) each."""

    dot: tuple[str, int]
    at: int
    ops: tuple[Any, ...]
    seen: frozenset[tuple[str, int]]


def registers(facts: list[Fact]) -> dict[Any, dict[str, dict[Fact, Any]]]:
    """Return by record and column ("": the record) every write that no other one had seen."""
    rows: dict[Any, dict[str, dict[Fact, Any]]] = {}
    for fact, op in ((one, op) for one in facts for op in one.ops):
        for column, value in {"": op.values is not None, **(op.values or {})}.items():
            rows.setdefault(op.key, {}).setdefault(column, {})[fact] = value
    for row in rows.values():
        for column, all in row.items():
            row[column] = {x: all[x] for x in all if not any(x.dot in y.seen for y in all)}
    return rows


def shown(rows: dict[Any, dict[str, dict[Fact, Any]]], kinds: Any) -> dict[Any, dict[str, Any]]:
    """Return what is shown by record: columns as last written, references led on."""
    last = {
        key: {column: all[max(all, key=lambda f: (f.at, *f.dot))] for column, all in row.items()}
        for key, row in rows.items()
    }
    alive = {key for key, row in rows.items() if any(row[""].values())}
    said = [tuple(map(last[k].get, ("of_kind", "dropped", "kept"))) for k in alive if "alias" in k]

    def stands(kind: str, id: str) -> Any:
        path = [id]
        while kepts := [k for of, d, k in said if of == kind != "alias" and d == path[-1] != k]:
            if min(kepts) in path:
                return kind, min(path[path.index(min(kepts)) :])
            path.append(min(kepts))
        return kind, path[-1]

    def links(key: Any, without: Any = ()) -> dict[str, Any]:
        to = {c: kind for c, kind in kinds[key[0]].links.items() if c not in without}
        return {c: stands(to[c], v) for c, v in last[key].items() if c in to and v}

    def kept(key: Any) -> set[Any]:
        return set(links(key, kinds[key[0]].emptied).values())

    known = {key for key in rows if key[0] in kinds}
    there = {stands(*key) for key in alive} & known
    while more := set().union(*map(kept, there)) & known - there:
        there |= more
    told = {k: {c: v for c, v in last[k].items() if c in kinds[k[0]].columns} for k in there}
    for key, cells in told.items():
        cells |= {c: t[1] if t in there else None for c, t in links(key).items()}
    return told
