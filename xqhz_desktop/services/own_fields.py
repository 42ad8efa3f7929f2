"""The school's own fields and code lists: added, changed, ordered, retired and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.domain.own import (
    KINDS,
    OWNERS,
    Definitions,
    OwnChoice,
    OwnField,
    OwnList,
    OwnType,
    in_order,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import InvalidRecord, UserError
from xqhz_desktop.i18n import CODES, NN_, Message, language
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import own
from xqhz_desktop.storage.store import Change, Reader


@dataclass(frozen=True)
class CodeList:
    """A code list with all its choices in their order, retired ones among them."""

    record: OwnList
    choices: tuple[OwnChoice, ...]


def definitions(work: Work) -> Definitions:
    """Return every own field of the workspace, retired ones too."""
    with work.store.read() as reader:
        return own.definitions(reader.cursor)


def of(work: Work, kind: str) -> tuple[Field, ...]:
    """Return the own fields of a kind that are in use."""
    return tuple(definitions(work).of(kind).values())


def lists(work: Work) -> list[CodeList]:
    """Return the code lists, the older first."""
    with work.store.read() as reader:
        choices = in_order(reader.all(OwnChoice.KIND))
        return [
            CodeList(one, tuple(each for each in choices if each.own_list == one.id))
            for one in in_order(reader.all(OwnList.KIND))
        ]


def save(
    work: Work,
    field: OwnField,
    choices: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Add or change an own field; a new one stands last. Raise InvalidRecord by field name.

    `choices` make a code list of the field's name, for a field that has none to choose from. What
    was filled in is indexed anew where it is searched from now on; `progress` can stop that.
    """
    made: list[Record] = []
    if field.type is OwnType.CHOICE and not field.own_list and choices:
        listed = OwnList(name=field.name, name_en=field.name_en)
        names = enumerate(dict.fromkeys(choices), 1)
        made = [listed, *(OwnChoice(own_list=listed.id, name=one, place=n) for n, one in names)]
        field = field.but(own_list=listed.id)
    with work.store.read() as reader:
        if reader.get(OwnField.KIND, field.id) is None:
            field = field.but(place=_last(own.definitions(reader.cursor), field.of_kind) + 1)
        checked(reader, field)
    title = Message("Own field: {name}", name=field.name)
    with work.store.change(title, work.actor, progress=progress) as change:
        for record in (*made, field):
            change.put(record)
    return change.number


def checked(reader: Reader, field: OwnField) -> None:
    """Raise InvalidRecord where a definition is wrong, or would make values unreadable."""
    problems = field.problems()
    if field.of_kind not in OWNERS:
        problems["of_kind"] = Message("This kind of record has no own fields.")
    old = reader.get(OwnField.KIND, field.id)
    if isinstance(old, OwnField) and old.of_kind != field.of_kind:
        problems["of_kind"] = Message("An own field stays with its kind of record.")
    if isinstance(old, OwnField) and (old.type, old.own_list) != (field.type, field.own_list):
        problems["type"] = Message("What a field holds stays. Retire this one and add another.")
    if "of_kind" not in problems and _taken(reader, field):
        problems["name"] = Message("There is a field “{name}” already.", name=field.name)
    if problems:
        raise InvalidRecord(problems)


def retire(work: Work, field: OwnField, *, retired: bool = True) -> int:
    """Hide an own field, its values are kept; or bring it back."""
    text = "Own field retired: {name}" if retired else "Own field brought back: {name}"
    with work.store.change(Message(text, name=field.name), work.actor) as change:
        change.put(field.but(retired=retired))
    return change.number


TITLES = (
    Message("Own field retired: {name}"),
    Message("Own field brought back: {name}"),
)
"""The titles ``retire`` gives its steps, for the catalogue."""


def ordered(work: Work, ids: Sequence[str]) -> int:
    """Put own fields in this order."""
    with work.store.change(Message("Own fields put in order"), work.actor) as change:
        found = {one.id: one for one in change.some(OwnField.KIND, ids)}
        for place, id in enumerate(ids, 1):
            if id in found:
                change.put(found[id].but(place=place))
    return change.number


def save_list(work: Work, wanted: CodeList) -> int:
    """Write a code list as one step: choices are added, renamed, retired and put in order.

    Choices left out are removed where no record has them, else retired. Raises InvalidRecord
    for a list without a name, UserError for a choice without one.
    """
    placed = [one.but(place=n) for n, one in enumerate(wanted.choices, 1)]
    if problems := wanted.record.problems():
        raise InvalidRecord(problems)
    for choice in placed:
        for problem in choice.problems().values():
            raise UserError(problem)
    title = Message("Code list: {name}", name=wanted.record.name)
    with work.store.change(title, work.actor) as change:
        kept = {one.id for one in placed}
        change.put(wanted.record)
        for choice in placed:
            change.put(choice)
        for old in list(change.all(OwnChoice.KIND, own_list=wanted.record.id)):
            if old.id not in kept:
                _let_go(change, old)
    return change.number


def in_use(reader: Reader, kind: str, id: str) -> int:
    """Count the records with a value of an own field, or with a choice of a code list."""
    record = reader.get(kind, id) if kind in KINDS else None
    if record is None:
        return 0
    choice = id if isinstance(record, OwnChoice) else ""
    fields = own.used(reader.cursor, kind, id, _image(record))
    return sum(own.valued(reader.cursor, name, of, choice) for name, of in fields.items())


def refuse_removal(reader: Reader, kind: str, ids: Sequence[str]) -> None:
    """Raise where records have values that would be lost with a definition, or fields a list."""
    if kind == OwnList.KIND:
        known = own.definitions(reader.cursor).fields
        if users := [one.name for one in known if one.own_list in ids]:
            raise UserError(
                Message("This code list is used by: {fields}. It cannot be removed.", fields=users),
                code="HELD",
            )
    for id in ids:
        if n := in_use(reader, kind, id):
            text = NN_(
                "{n} record has a value here. Retire it instead: values are kept.",
                "{n} records have a value here. Retire it instead: values are kept.",
            )
            raise UserError(Message(text, n=n), code="HELD")


def _let_go(change: Change, choice: Record) -> None:
    if in_use(change, OwnChoice.KIND, choice.id):
        change.put(choice.but(retired=True))
    else:
        change.remove(OwnChoice.KIND, choice.id)


def _taken(reader: Reader, field: OwnField) -> bool:
    """Tell whether another field of the kind is called the same, in either language."""
    others = own.definitions(reader.cursor).of(field.of_kind, retired=True)
    others.pop(field.field_name, None)
    fields = (*BY_KIND[field.of_kind].FIELDS.values(), *others.values())
    labels = {language(code).say(one.label).casefold() for code in CODES for one in fields}
    return not labels.isdisjoint({field.name.casefold(), (field.name_en or field.name).casefold()})


def _last(known: Definitions, kind: str) -> int:
    return max((one.place or 0 for one in known.fields if one.of_kind == kind), default=0)


def _image(record: Record) -> dict[str, str]:
    return {name: str(value) for name, value in record.values().items() if isinstance(value, str)}
