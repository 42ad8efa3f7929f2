"""A list of any kind of record: its columns come from the fields, its keys from the record.

A reference takes several columns: what the other record is called, and what tells namesakes apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import CODES, N_, Bilingual, Message, language
from xqhz_desktop.spreadsheets import lists
from xqhz_desktop.spreadsheets.kinds import NUMBERED, Column, ImportKind, Sort
from xqhz_desktop.spreadsheets.sorts import column_of, sort_of

UNLISTED = frozenset(
    (
        *("school", "alias", "apart", "own_list", "own_choice", "own_field"),
        *("export_layout", "attachment", "rule_pack", "finding_answer", "work_answer"),
        "compliance_sheet",
    )
)
"""Kinds of records nobody keeps in lists: what the program itself writes down."""

TOLD = {
    "student": ("student_no", "id_no", "school_class"),
    "staff": ("staff_no",),
    "enterprise": ("uscc",),
    "school_class": (),
    "placement": ("batch", "enterprise", "start_date"),
    "placement_batch": (),
    "visit": ("visitor", "planned_on", "made_on"),
    "policy": ("policy_no",),
    "training": ("held_on", "batch"),
}
"""What tells records of a kind apart besides their name, where the rule below says too much."""

KEYS = {
    "department": (("name",),),
    "agreement": (("agreement_no",), ("enterprise", "name")),
    "decision": (("minutes_no",), ("name", "held_on")),
    "leave": (("placement", "start_date"),),
    "tripartite": (("agreement_no",), ("placement",)),
    "filing": (("document_no",), ("name",)),
    "score": (("placement",), ("student",)),
    "visit": (("enterprise", "visitor", "planned_on"), ("enterprise", "visitor", "made_on")),
    "placement_event": (("placement", "day", "kind"),),
    "survey": (),
}
"""Fields by which a row finds its record, where neither the record nor the rule below says it."""


@dataclass(frozen=True)
class _Beside:
    """What else a row tells: the kinds it always points to, what its other fields are called."""

    kinds: frozenset[str]
    labels: frozenset[str]


_PERIOD = ("start_date", "end_date")
_PEOPLE = frozenset({"student", "staff", "mentor", "enterprise_contact"})
_KEYED = (Kind.REF, Kind.DAY, Kind.MONTH, Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.TABLE)
_APART = (Kind.REF, Kind.DAY, Kind.MONTH, Kind.CODE)
_SHORT = {"school_class": "class_name", "student": "name", "placement": "name"}
"""What columns are called in JSON, by what they point to."""
_LEFT = {"placement": ("status",)}
"""Fields that move with the work and are not taken from lists."""

NAMES = tuple(one.KIND for one in ENTITIES if one.KIND not in UNLISTED)
"""Every kind of record that can be kept in a list."""


def general(entity: type[Record], given: ImportKind | None = None) -> ImportKind:
    """Return the list of a kind of record; `given` columns stand first and are not repeated."""
    columns = list(given.columns if given else ())
    there = {one.tells for one in columns}
    taken = {one.name for one in columns} | set(entity.FIELDS)
    for field in entity.FIELDS.values():
        for one in _columns(entity, field):
            if one.tells in there or one.tells in _LEFT.get(entity.KIND, ()):
                continue
            column = replace(one, name=one.name or _free(one.tells, taken))
            if given and one.choices:
                column = replace(column, lenient=True)
            there.add(column.tells)
            taken.add(column.name)
            columns.append(column)
    columns = _shortened(entity, columns)
    if given:
        return replace(given, columns=tuple(columns))
    keys = keys_of(entity)
    if all(one in entity.FIELDS for one in _PERIOD):
        columns.append(Column("period", N_("From and until"), Sort.PERIOD, parts=_PERIOD))
    return _described(entity, _grouped(columns, keys), keys)


def keys_of(entity: type[Record]) -> tuple[tuple[str, ...], ...]:
    """Return the fields by which a row finds its record, the best first.

    Where nothing else is said: all that must be filled in and is no amount or free text.
    """
    if entity.KIND in KEYS:
        return KEYS[entity.KIND]
    if entity.KEYS and not any(BY_KIND[entity.KIND].FIELDS[one].many for (one, *_) in entity.KEYS):
        return entity.KEYS
    must = [one.name for one in entity.FIELDS.values() if one.required and one.kind in _KEYED]
    return (tuple(must),) if must else ()


def told(kind: str) -> tuple[str, ...]:
    """Return the fields that tell records of a kind apart besides what they are called."""
    if kind in TOLD:
        return TOLD[kind]
    entity = BY_KIND[kind]
    keys = [key[0] for key in entity.KEYS if len(key) == 1]
    found = [
        one.name
        for one in entity.FIELDS.values()
        if one.name != entity.TITLE
        and one.kind in _APART
        and (one.required or (one.name in keys and one.kind is Kind.CODE))
    ]
    return tuple(found)


def field_at(kind: str, path: str) -> Field | None:
    """Return the field at the end of a path from a kind of record, None where there is none."""
    *way, last = path.split(".")
    fields = BY_KIND[kind].FIELDS if kind in BY_KIND else {}
    for step in way:
        fields = BY_KIND[fields[step].target].FIELDS
    return fields.get(last)


def root(kind: str) -> str:
    """Return the kind whose name is the name of a record: of a placement that of its student."""
    entity = BY_KIND[kind]
    title = entity.FIELDS[entity.TITLE]
    return root(title.target) if title.kind is Kind.REF else kind


def _columns(entity: type[Record], field: Field) -> Iterator[Column]:
    """Yield the columns that tell a field."""
    if field.kind is not Kind.REF:
        column = column_of(field)
        if entity.KIND in _PEOPLE and field.name == entity.TITLE:
            column = replace(column, sort=Sort.PERSON)
        yield column
        return
    others = [one for one in entity.FIELDS.values() if one.name != field.name]
    beside = _Beside(
        frozenset(one.target for one in others if one.kind is Kind.REF and one.required),
        frozenset(one.label for one in others),
    )
    yield from _telling(field.target, field.name, (field.label,), beside)


def _telling(kind: str, path: str, owners: tuple[str, ...], beside: _Beside) -> Iterator[Column]:
    """Yield the columns that tell a record of a kind, the number of a person first."""
    entity = BY_KIND[kind]
    title = entity.FIELDS[entity.TITLE]
    person = root(kind) == "student"
    known = title.kind is Kind.REF and title.target in beside.kinds
    if title.kind is Kind.REF and not known:
        for one in _telling(title.target, f"{path}.{title.name}", (*owners, title.label), beside):
            if one.tells == f"{path}.{title.name}":  # it is called as what it points to
                yield replace(one, label=N_("Name") if person else _said(owners), path=path)
            else:
                yield one
    elif not known and not person:
        yield Column("", _said(owners), _sort(kind), path=path, grouping=True)
    for place, name in enumerate(told(kind)):
        field = entity.FIELDS[name]
        if field.kind is Kind.REF and field.target in beside.kinds:
            continue
        short = person and field.label not in beside.labels
        label = field.label if short else _said((*owners, field.label))
        link = field.kind is Kind.REF
        sort = _sort(root(field.target)) if link else sort_of(field)
        yield Column("", label, sort, path=f"{path}.{name}", grouping=link or not person)
        if person and kind == "student" and not place:
            yield Column("", N_("Name"), Sort.PERSON, path=path)


def _shortened(entity: type[Record], columns: list[Column]) -> list[Column]:
    """Return columns with the short label where no other one is called so: 保单号."""
    ends = {one.tells: field_at(entity.KIND, one.tells) for one in columns if "." in one.tells}
    count = Counter(one.label for one in columns if one.tells not in ends)
    count.update(end.label for end in ends.values() if end)
    return [
        replace(one, label=end.label)
        if (end := ends.get(one.tells)) and count[end.label] == 1 and _impersonal(entity, one)
        else one
        for one in columns
    ]


def _impersonal(entity: type[Record], column: Column) -> bool:
    """Tell whether a column is about a paper, a place or a company: whose number needs no name."""
    way = column.tells.rsplit(".", 1)[0]
    field = field_at(entity.KIND, way)
    return field is not None and field.target not in _PEOPLE


def _sort(kind: str) -> Sort:
    if kind == "enterprise":
        return Sort.COMPANY
    if kind in _PEOPLE:
        return Sort.PERSON
    return Sort.LABEL if kind in ("school_class", "major", "department") else Sort.TEXT


def _said(labels: tuple[str, ...]) -> str:
    """Return labels one within the other, in both languages: 岗位企业, Position: Enterprise."""
    if len(labels) == 1:
        return labels[0]
    said = Message(labels[-1])
    for owner in reversed(labels[:-1]):
        said = Message("{owner}: {field}", owner=Message(owner), field=said)
    chinese, english = (language(code).say(said) for code in CODES)
    return Bilingual(chinese, english)


def _free(path: str, taken: set[str]) -> str:
    """Return a name for the column of a path that no other one has."""
    *way, last = path.split(".")
    usual = _SHORT.get(last, last) if way or last in ("student", "placement") else last
    return "_".join((*way, last)) if usual in taken else usual


def _grouped(columns: list[Column], keys: tuple[tuple[str, ...], ...]) -> list[Column]:
    """Return columns of which one at least names a row by itself."""
    named = [one for key in keys for one in key]
    if any(one.field in named and not one.grouping for one in columns) or not named:
        return columns
    return [replace(one, grouping=one.grouping and one.field != named[-1]) for one in columns]


def _described(
    entity: type[Record], columns: list[Column], keys: tuple[tuple[str, ...], ...]
) -> ImportKind:
    naming = {entity.TITLE, *(one for key in keys for one in key)}
    needs = tuple(
        tuple(
            one.name
            for one in columns
            if one.tells == field.name or (one.field == field.name and one.sort in NUMBERED)
        )
        for field in entity.FIELDS.values()
        if field.required
    )
    return ImportKind(
        entity.KIND,
        tuple(columns),
        tuple(one.name for one in columns if one.field in naming),
        needs,
        keys,
        general=True,
    )


_GIVEN = {one.name: one for one in lists.KINDS}
KINDS = tuple(dict.fromkeys((*_GIVEN, *NAMES)))
"""The names of every kind of list that is understood."""


@cache
def import_kind(name: str) -> ImportKind:
    """Return a kind by its name; KeyError where there is none."""
    if name not in KINDS:
        raise KeyError(name)
    given = _GIVEN.get(name)
    return general(BY_KIND[name], given) if name in BY_KIND else lists.COURSE
