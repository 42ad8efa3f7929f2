"""Commands for the exchange with other copies: pack, unpack, sync."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command, count
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import newcomers, syncing
from xqhz_desktop.services.syncing import Counts, Way


def _pack(session: Session) -> int:
    options = session.options
    to = [options.to] if options.to else []
    target, way = Path(options.file), Way(options.mail, not options.names_only)
    with session.work() as work:
        if options.new:
            made = newcomers.make(work, target, to=to)
        else:
            made = syncing.make(work, target, to=to, since=options.since, way=way)
    session.data(
        {
            "files": [str(file) for file in made.files],
            "bytes": made.size,
            "changes": made.changes,
            "kinds": dict(made.kinds),
            "receivers": list(made.receivers),
        }
    )
    text = NN_(
        "{n} change packed into {file} for {receivers}.",
        "{n} changes packed into {file} for {receivers}.",
    )
    values = {"file": str(made.files[0]), "receivers": list(made.receivers)}
    session.say(Message(text, n=made.changes, **values))
    return DONE


def _unpack(session: Session) -> int:
    options = session.options
    file, leave_out = Path(options.file), options.leave_out.split(",") if options.leave_out else ()
    with session.work() as work:
        if options.dry_run:
            found = syncing.look(work, file, leave_out=leave_out)
            session.data(_preview(found))
            _say_kinds(session, found.kinds)
            _say_refused(session, found)
            if found.taken_in:
                session.say(Message("It was taken in already, on {when}.", when=found.taken_in))
            return DONE
        taken = syncing.take_in(work, file, leave_out=leave_out, progress=session.progress)
    session.data(_taken(taken))
    _say_kinds(session, taken.kinds)
    _say_taken(session, taken)
    return DONE


def _sync(session: Session) -> int:
    from xqhz_desktop.services import exchanging  # lazy: loads HTTP, which no other command needs

    with session.work() as work:
        place = session.options.place or exchanging.last_place(work)
        if not place:
            raise WrongUsage(
                Message("Say the folder or the address to exchange with."), "xqhz sync"
            )
        done = exchanging.exchange(work, place, session.progress)
    session.data(
        {
            "taken": [_taken(one) for one in done.taken],
            "sent": done.sent,
            "bytes": done.size,
            "refused": [
                {"package": name, "why": session.language.say(why)} for name, why in done.refused
            ],
        }
    )
    for one in done.taken:
        _say_kinds(session, one.kinds)
        _say_taken(session, one)
    for name, why in done.refused:
        session.say(Message("{package}: {why}", package=name, why=why))
    session.say(Message(NN_("{n} change sent.", "{n} changes sent."), n=done.sent))
    return OPEN_FINDINGS if done.refused else DONE


def _counts(kinds: Mapping[str, Counts]) -> dict[str, Any]:
    return {
        kind: {
            "new": one.new, "changed": one.changed, "removed": one.removed,
            "conflicts": one.conflicts, "twins": one.twins,
        }
        for kind, one in kinds.items()
    }  # fmt: skip


def _preview(found: syncing.Preview) -> dict[str, Any]:
    return {
        "sender": found.sender,
        "made": found.made.isoformat(timespec="seconds") if found.made else None,
        "taken_in": found.taken_in.isoformat(timespec="seconds") if found.taken_in else None,
        "groups": [
            {
                "key": one.key,
                "device": one.device,
                "people": list(one.people),
                "first": one.first.isoformat(timespec="seconds"),
                "last": one.last.isoformat(timespec="seconds"),
                "changes": one.changes,
                "kinds": dict(one.kinds),
            }
            for one in found.groups
        ],
        "kinds": _counts(found.kinds),
        "refused": [
            {"kind": one.kind, "id": one.id, "name": one.called, "why": one.why}
            for one in found.records
            if one.why
        ],
        "waits": found.waits,
        "set_aside": found.set_aside,
        "known": found.known,
    }


def _taken(one: syncing.Taken) -> dict[str, Any]:
    return {
        "package": one.package,
        "kinds": _counts(one.kinds),
        "changes": one.changes,
        "conflicts": one.conflicts,
        "waits": one.waits,
        "set_aside": one.set_aside,
        "refused": one.refused,
        "backup": str(one.backup) if one.backup else None,
    }


def _say_kinds(session: Session, kinds: Mapping[str, Counts]) -> None:
    for kind, one in kinds.items():
        session.say(
            Message(
                "{kind}: {new} new, {changed} changed, {removed} removed, {conflicts} in conflict, "
                "{twins} known under the same number",
                kind=Message(BY_KIND[kind].PLURAL), **_counts({kind: one})[kind],
            )
        )  # fmt: skip


def _say_refused(session: Session, found: syncing.Preview) -> None:
    for one in found.records:
        if one.why:
            kind = Message(BY_KIND[one.kind].LABEL)
            why = Message(one.why)
            session.say(
                Message("refused: {kind} “{name}”, {why}", kind=kind, name=one.called, why=why)
            )


def _say_taken(session: Session, one: syncing.Taken) -> None:
    session.say(Message(NN_("{n} change taken in.", "{n} changes taken in."), n=one.changes))
    if one.waits:
        session.say(Message(NN_("{n} change waits.", "{n} changes wait."), n=one.waits))
    if one.refused:
        session.say(
            Message(NN_("{n} record was refused.", "{n} records were refused."), n=one.refused)
        )
    if one.set_aside:
        session.say(
            Message(
                NN_("{n} change was set aside.", "{n} changes were set aside."), n=one.set_aside
            )
        )


_NAMES_ONLY = N_("of attached files only the names; they come when asked for")
COMMANDS = (
    Command(
        "pack",
        N_("write a package of what the others have not seen"),
        (
            Argument("file", metavar="FILE.xqhz", help=N_("where to write it")),
            Argument(
                "--to", default="", metavar="NAME", help=N_("only for this device; else for all")
            ),
            Argument(
                "--since",
                type=count,
                metavar="SEQ",
                help=N_("from this change on; 0: everything, for a device that was set back"),
            ),
            Argument("--names-only", action="store_true", help=_NAMES_ONLY),
            Argument("--mail", action="store_true", help=N_("in files that mail lets through")),
            Argument("--new", action="store_true", help=N_("everything at once, for a new device")),
            JSON,
        ),
        _pack,
    ),
    Command(
        "unpack",
        N_("look at a package, or take it in"),
        (
            Argument("file", metavar="FILE.xqhz", help=N_("the package")),
            Argument("--dry-run", action="store_true", help=N_("only say what would happen")),
            Argument(
                "--leave-out",
                default="",
                metavar="A,B,…",
                help=N_("kinds or groups that wait here, with whatever builds on them"),
            ),
            JSON,
        ),
        _unpack,
    ),
    Command(
        "sync",
        N_("exchange with a folder, a stick or the server"),
        (
            Argument(
                "place",
                metavar="TRANSPORT",
                nargs="?",
                default="",
                help=N_("the folder, or the address of the server; else the one used last"),
            ),
            JSON,
        ),
        _sync,
    ),
)
