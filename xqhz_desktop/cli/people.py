"""Commands for single records: kinds, list, show, set, remove."""

from __future__ import annotations

from collections.abc import Mapping

from xqhz_desktop.cli.command import JSON, WHERE, Argument, Command, count
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import ENTITIES
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.own import Definitions
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import naming, own_fields, records, workspace
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader


def _kinds(session: Session) -> int:
    say = session.language.say
    own = _own(session)
    session.data(
        {
            "kinds": [
                {
                    "kind": entity.KIND,
                    "label": say(entity.LABEL),
                    "fields": [
                        {
                            "name": field.name,
                            "label": say(field.label),
                            "kind": field.kind.value,
                            "required": field.required,
                            "private": field.private,
                        }
                        for field in (*entity.FIELDS.values(), *own.of(entity.KIND).values())
                    ],
                }
                for entity in ENTITIES
            ]
        }
    )
    for entity in ENTITIES:
        session.line(f"{entity.KIND:20} {say(entity.LABEL)}")
        for field in (*entity.FIELDS.values(), *own.of(entity.KIND).values()):
            session.line(f"  {field.name:22} {field.kind.value:8} {say(field.label)}")
    return DONE


def _own(session: Session) -> Definitions:
    """Return the own fields of the workspace; none where there is no workspace yet."""
    if not workspace.is_workspace(session.folder):
        return Definitions()
    with session.work() as work:
        return own_fields.definitions(work)


def _list(session: Session) -> int:
    options = session.options
    entity = naming.kind(options.kind)
    with session.work() as work, work.store.read() as reader:
        fields = reader.fields(entity.KIND)
        sort = naming.field(entity, fields, options.sort).name if options.sort else ""
        where = conditions(reader, entity, options.where)
        query = queries.Query(entity.KIND, options.search, where, sort)
        found = queries.found(reader, query, most=None)
        wanted = found.rows[: options.limit] if options.limit else found.rows
        rows = [row for row in queries.rows(reader, entity.KIND, wanted) if row]
    session.data(
        {
            "kind": entity.KIND,
            "total": found.total,
            "records": [naming.as_json(row.record, fields, row.names) for row in rows],
        }
    )
    for row in rows:
        session.line(_line(session, row, fields))
    session.say(Message("{n} in all", n=found.total))
    return DONE


def _show(session: Session) -> int:
    entity = naming.kind(session.options.kind)
    with session.work() as work, work.store.read() as reader:
        row = queries.row_of(reader, entity.KIND, _id(reader, entity, session.options.id))
        fields = reader.fields(entity.KIND)
    assert row is not None
    session.data(naming.as_json(row.record, fields, row.names))
    for field in fields.values():
        value = row.record.value(field)
        said = row.names.get(field.name) or field.show(value, session.language)
        if said:
            session.line(f"{session.language.say(field.label)}: {said}")
    return DONE


def _set(session: Session) -> int:
    options = session.options
    entity = naming.kind(options.kind)
    words = list(options.pairs)
    id = words.pop(0) if "=" not in words[0] else ""
    if not words:
        raise WrongUsage(Message("What to change is missing, as FIELD=VALUE."), "xqhz set")
    pairs = dict(_pair(word) for word in words)
    with session.work() as work:
        with work.store.read() as reader:
            fields = reader.fields(entity.KIND)
            changes = naming.values(reader, entity, pairs)
            old = reader.get(entity.KIND, _id(reader, entity, id)) if id else None
        record = (old or entity()).but(**changes)
        records.save(work, record)
    advice = records.advice(record)
    said = {name: session.language.say(problem) for name, problem in advice.items()}
    session.data({**naming.as_json(record, fields), "advice": said})
    session.say(Message("Saved: {name} ({id})", name=record.called, id=record.id))
    for line in said.values():
        session.line(line)
    return DONE


def _remove(session: Session) -> int:
    entity = naming.kind(session.options.kind)
    with session.work() as work:
        with work.store.read() as reader:
            id = _id(reader, entity, session.options.id)
        records.remove(work, entity.KIND, [id], whole=session.options.whole)
    session.say(Message("Removed. “xqhz undo” brings it back."))
    return DONE


def _id(reader: Reader, entity: type[Record], text: str) -> str:
    """Return the id of an existing record, given by id, key or name."""
    return naming.reference(reader, entity.KIND, text)


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise WrongUsage(Message("“{word}” is not FIELD=VALUE.", word=word), "xqhz")
    return name, value


def conditions(reader: Reader, entity: type[Record], words: list[str]) -> tuple[queries.Where, ...]:
    """Return what ``FIELD=VALUE`` words ask of records; references may be given by name."""
    pairs = naming.values(reader, entity, dict(_pair(word) for word in words))
    return tuple(queries.Where(name, "=", value) for name, value in pairs.items())


def _line(session: Session, row: queries.Row, fields: Mapping[str, Field]) -> str:
    shown = [row.record.id]
    for field in fields.values():
        if field.column and not field.private and field.kind is not Kind.NOTE:
            value = row.record.value(field)
            shown.append(row.names.get(field.name) or field.show(value, session.language))
    return "\t".join(shown)


_KIND = Argument("kind", metavar="KIND", help=N_("one of “xqhz kinds”"))
_ID = Argument("id", metavar="ID", help=N_("id, number or name of the record"))
COMMANDS = (
    Command("kinds", N_("list the kinds of records and their fields"), (JSON,), _kinds),
    Command(
        "list",
        N_("list records"),
        (
            _KIND,
            Argument(
                "--search",
                default="",
                metavar="WORDS",
                help=N_("names, pinyin initials or numbers to look for"),
            ),
            WHERE,
            Argument("--sort", default="", metavar="FIELD", help=N_("order by this field")),
            Argument(
                "--limit", type=count, default=0, metavar="N", help=N_("at most so many records")
            ),
            JSON,
        ),
        _list,
    ),
    Command("show", N_("show one record"), (_KIND, _ID, JSON), _show),
    Command(
        "set",
        N_("add or change a record"),
        (
            _KIND,
            Argument(
                "pairs",
                metavar="[ID] FIELD=VALUE",
                nargs="+",
                help=N_("the record, where it exists already, and its new values"),
            ),
            JSON,
        ),
        _set,
    ),
    Command(
        "remove",
        N_("remove a record"),
        (
            _KIND,
            _ID,
            Argument("--whole", action="store_true", help=N_("with everything that belongs to it")),
        ),
        _remove,
    ),
)
