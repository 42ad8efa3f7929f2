"""What people call the columns of a kind of list: its own words, and those of what it points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.general import NAMES, root
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind

Words = dict[str, Any]
"""``own``, ``fields`` and ``groups`` of a kind, as ``resources/imports/headers.json`` has them."""

_NAME = ("名称", "全称", "name")
_PERSON = ("姓名", "名字", "name")


def words_of(kind: ImportKind, words: Words) -> Words:
    """Return the words of a kind: those told for it, then those that follow from its columns."""
    told = words.get(kind.name, {})
    fields: dict[str, list[str]] = {name: [*said] for name, said in told.get("fields", {}).items()}
    own, groups = [*told.get("own", ())], dict(told.get("groups", {}))
    if kind.name in NAMES:
        entity = BY_KIND[kind.name]
        own += _labels(entity)
        by_hand = "fields" in told and not kind.general
        for column in sorted(kind.columns, key=lambda one: "." in one.tells):
            if column.name in kind.own:
                continue
            if column.name in fields:
                field = entity.FIELDS.get(column.tells)
                fields[column.name] += _said(field.label) if field else ()
            else:
                said = (
                    () if by_hand and "." not in column.tells else _general(column, entity, words)
                )
                fields[column.name] = [*said]
        if kind.general:
            groups = dict(_groups(kind, entity, words)) | groups
    return {"own": own, "fields": fields, "groups": groups, "foreign": told.get("foreign", [])}


def _general(column: Column, entity: type[Record], words: Words) -> Iterator[str]:
    """Yield what a column is called in any list."""
    fields, targets = words["general"]["fields"], words["general"]["targets"]
    kind, last = _end(column.tells, entity)
    if "." not in column.tells:
        field = entity.FIELDS.get(column.tells)
        if field is None:
            yield from fields.get(column.name, ())
            return
        if field.kind is Kind.REF:
            yield from (*_said(field.label), *targets.get(root(field.target), ()))
        elif column.tells == entity.TITLE:
            yield from targets.get(entity.KIND, ())
            yield from (one + name for one in _labels(entity) for name in _NAME)
            yield from _NAME
        yield from fields.get(column.tells, ())
        return
    if BY_KIND[kind].FIELDS[last].kind is Kind.REF:
        yield from targets.get(root(BY_KIND[kind].FIELDS[last].target), ())
    else:
        yield from words.get(kind, {}).get("fields", {}).get(last, fields.get(last, ()))


def _groups(
    kind: ImportKind, entity: type[Record], words: Words
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what can stand above the columns that tell one other record: 企业, 学生信息."""
    for field in entity.FIELDS.values():
        if field.kind is not Kind.REF:
            continue
        target = root(field.target)
        heads = {*_said(field.label), *_labels(BY_KIND[target]), *_labels(BY_KIND[field.target])}
        heads |= {*words["general"]["targets"].get(target, ())}
        heads |= {*words.get(target, {}).get("own", ())}
        fields: dict[str, list[str]] = {}
        for name in kind.telling(field.name):
            column = kind.column(name)
            names = (*_NAME, *_PERSON, *_said(BY_KIND[target].FIELDS[BY_KIND[target].TITLE].label))
            said = names if column.tells == field.name else ()
            fields[name] = [*said, *_general(column, entity, words), *_own_label(column, entity)]
        yield field.name, {"words": sorted(heads), "fields": fields}


def _own_label(column: Column, entity: type[Record]) -> list[str]:
    kind, last = _end(column.tells, entity)
    return _said(BY_KIND[kind].FIELDS[last].label)


def _end(path: str, entity: type[Record]) -> tuple[str, str]:
    """Return the kind and the field at the end of a path."""
    *way, last = path.split(".")
    kind = entity.KIND
    for step in way:
        kind = BY_KIND[kind].FIELDS[step].target
    return kind, last


def _labels(entity: type[Record]) -> list[str]:
    return _all(_said(one) for one in (entity.LABEL, entity.PLURAL))


def _said(label: str) -> list[str]:
    return [language(code).say(label) for code in CODES]


def _all(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(one for some in lists for one in some))
