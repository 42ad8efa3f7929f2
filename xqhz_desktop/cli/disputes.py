"""Commands for what copies say differently: conflicts, resolve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, OPEN_FINDINGS, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import conflicts, naming
from xqhz_desktop.services.conflicts import RECORD, Clash, Conflict, Whose
from xqhz_desktop.services.workspace import Work


def _conflicts(session: Session) -> int:
    with session.work() as work:
        found = conflicts.open_ones(work, limit=-1)
        with work.store.read() as reader:
            kinds = {one.kind for one in found if one.kind in BY_KIND}
            fields = {kind: reader.fields(kind, retired=True) for kind in kinds}
    session.data({"conflicts": [_conflict(one) for one in found]})
    say = session.language.say
    for one in found:
        session.line(f"{one.id}  {say(BY_KIND[one.kind].LABEL)}  {one.called}")
        for clash in one.clashes:
            session.line(f"    {_said(session, fields.get(one.kind, {}), clash)}")
    if not found:
        session.say(Message("There are no conflicts."))
    return OPEN_FINDINGS if found else DONE


def _resolve(session: Session) -> int:
    options = session.options
    with session.work() as work:
        one = next((c for c in conflicts.open_ones(work, limit=-1) if c.id == options.id), None)
        if one is None:
            one = conflicts.one(work, "", options.id)
        if options.take:
            whose = Whose[options.take.upper()]
            sides = {c.field: conflicts.taken(c, whose) for c in one.clashes}
            values = {field: side.value for field, side in sides.items() if side}
        else:
            values = _values(work, one, options.values)
        number = conflicts.settle(work, one.kind, one.id, values)
    session.data({"id": one.id, "step": number})
    session.say(Message("Settled: {name}", name=one.called))
    return DONE


def _values(work: Work, one: Conflict, words: list[str]) -> dict[str, Any]:
    pairs: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals:
            raise WrongUsage(Message("“{word}” is not FIELD=VALUE.", word=word), "xqhz resolve")
        pairs[name] = text
    if not pairs:
        raise WrongUsage(
            Message("Say FIELD=VALUE for the fields in conflict, or --take."), "xqhz resolve"
        )
    stays = pairs.pop("record", None)
    with work.store.read() as reader:
        values = naming.values(reader, BY_KIND[one.kind], pairs)
    return values if stays is None else values | {RECORD: stays != "removed"}


def _said(session: Session, fields: Mapping[str, Field], clash: Clash) -> str:
    say = session.language.say
    field = fields.get(clash.field)
    if clash.field == RECORD:
        label, shown = say(N_("edited and removed")), ""
    else:
        label = say(field.said) if field else clash.field
        shown = " | ".join(
            f"{side.called or (field.show(side.value, session.language) if field else side.value)}"
            f" ({side.actor}, {session.language.value(side.at)})"
            for side in clash.sides
        )
    return f"{label}: {shown}" if shown else label


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.called,
        "must": one.must,
        "fields": [
            {
                "field": clash.field or None,
                "base": naming.plain(clash.base),
                "sides": [
                    {
                        "value": naming.plain(side.value),
                        "name": side.called or None,
                        "actor": side.actor,
                        "at": side.at.isoformat(timespec="seconds"),
                        "mine": side.mine,
                    }
                    for side in clash.sides
                ],
            }
            for clash in one.clashes
        ],
    }


COMMANDS = (
    Command("conflicts", N_("what two copies say differently"), (JSON,), _conflicts),
    Command(
        "resolve",
        N_("settle a conflict, here and on every other copy"),
        (
            Argument("id", metavar="ID", help=N_("id of the record, as “xqhz conflicts” says it")),
            Argument(
                "values",
                nargs="*",
                metavar="FIELD=VALUE",
                help=N_(
                    "what it is to be; “record=stays” or “record=removed” where one removed it"
                ),
            ),
            Argument(
                "--take",
                choices=("mine", "theirs", "newest"),
                default="",
                help=N_("one side for every field in conflict"),
            ),
            JSON,
        ),
        _resolve,
    ),
)
