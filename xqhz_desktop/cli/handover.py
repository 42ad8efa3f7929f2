"""The command ``handover``: what is open when somebody leaves, and who takes over."""

from __future__ import annotations

from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import handovers, naming


def _handover(session: Session) -> int:
    options = session.options
    with session.work() as work:
        with work.store.read() as reader:
            leaver = naming.reference(reader, "staff", options.leaver)
            heir = options.to and naming.reference(reader, "staff", options.to)
        found = handovers.matters(work, leaver)
        data: dict[str, Any] = {
            "person": found.person,
            "records": {kind: list(names) for kind, names in found.records.items()},
            "unfinished": [session.language.say(one) for one in found.unfinished],
        }
        if heir:
            data["step"] = handovers.hand_over(work, leaver, heir, roles=not options.keep_roles)
    session.data(data)
    for kind, names in found.records.items():
        label = Message(BY_KIND[kind].PLURAL)
        session.say(Message("{kind}: {names}", kind=label, names=list(names)))
    for one in found.unfinished:
        session.say(one)
    if heir:
        session.say(Message("Handed over to {name}.", name=options.to))
    return DONE


COMMANDS = (
    Command(
        "handover",
        N_("what is open when somebody leaves; with --to a successor takes over"),
        (
            Argument("leaver", metavar="NAME", help=N_("who leaves: name, number or id")),
            Argument("--to", default="", metavar="NAME", help=N_("who takes over")),
            Argument("--keep-roles", action="store_true", help=N_("roles stay as they are")),
            JSON,
        ),
        _handover,
    ),
)
