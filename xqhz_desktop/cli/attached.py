"""Commands for files attached to records: attach, files, file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.domain.attachment import DocumentType
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import attaching, naming
from xqhz_desktop.services.attaching import Held
from xqhz_desktop.services.workspace import Work


def _attach(session: Session) -> int:
    options = session.options
    type = DocumentType[options.type.upper()] if options.type else None
    given = attaching.from_disk(Path(options.file), type)
    with session.work() as work:
        kind, id = _record(work, options.kind, options.id)
        made = attaching.attach(work, kind, id, [given])[0]
    session.data({"id": made.id, "sha256": made.sha256, "type": made.type.name.lower()})
    session.say(Message("{name} is attached as {type}.", name=made.name, type=made.type))
    return DONE


def _files(session: Session) -> int:
    options = session.options
    with session.work() as work:
        found = attaching.of_record(work, *_record(work, options.kind, options.id))
    session.data({"files": [_as_json(one) for one in found]})
    for one in found:
        size = f"{-(-(one.record.size or 0) // 1024)} KB"
        mark = "" if one.here else session.language.say(N_("(not here yet)"))
        type = session.language.say(one.record.type)
        session.line(f"{one.record.id}  {size:>9}  {type}  {one.record.name} {mark}".rstrip())
    session.say(Message(NN_("{n} file", "{n} files"), n=len(found)))
    return DONE


def _file(session: Session) -> int:
    options = session.options
    with session.work() as work:
        place = attaching.save_copy(work, options.id, Path(options.target))
    session.say(Message("Written to {file}.", file=str(place)))
    return DONE


def _record(work: Work, kind: str, name: str) -> tuple[str, str]:
    entity = naming.kind(kind)
    with work.store.read() as reader:
        return entity.KIND, naming.reference(reader, entity.KIND, name)


def _as_json(one: Held) -> dict[str, Any]:
    record = one.record
    return {
        "id": record.id,
        "name": record.name,
        "type": record.type.name.lower(),
        "sha256": record.sha256,
        "size": record.size,
        "mime": record.mime,
        "day": record.day.isoformat() if record.day else None,
        "note": record.note or None,
        "here": one.here,
        "version": one.version,
        "newest": one.version == one.versions,
    }


_KIND = Argument("kind", metavar="KIND", help=N_("one of “xqhz kinds”"))
_ID = Argument("id", metavar="ID", help=N_("id, number or name of the record"))
COMMANDS = (
    Command(
        "attach",
        N_("attach a file to a record"),
        (
            _KIND,
            _ID,
            Argument("file", metavar="FILE", help=N_("the file, at most 20 MB")),
            Argument(
                "--type",
                default="",
                choices=tuple(one.name.lower() for one in DocumentType),
                help=N_("what the file is; else its name tells"),
            ),
            JSON,
        ),
        _attach,
    ),
    Command("files", N_("list the files of a record"), (_KIND, _ID, JSON), _files),
    Command(
        "file",
        N_("write a copy of an attached file"),
        (
            Argument("id", metavar="ID", help=N_("id of the file, as “xqhz files” says it")),
            Argument("target", metavar="TARGET", help=N_("the folder or file to write to")),
        ),
        _file,
    ),
)
"""Putting files to records and getting them out again."""
