"""Commands for the journal: history, undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xqhz_desktop.cli.command import JSON, Argument, Command, count
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import history, naming

_RECORDS = 1000
"""Changes of more records than this are counted, not listed."""


def _history(session: Session) -> int:
    options = session.options
    with session.work() as work:
        steps = history.steps(work, options.limit or -1, options.record)
        changes = {
            step.number: history.changes(work, step.number, _RECORDS, options.record)
            for step in steps
            if options.json
        }
    session.data(
        {"steps": [_as_json(session, step, changes.get(step.number, ())) for step in steps]}
    )
    say = session.language.say
    for step in steps:
        mark = say(N_("(undone)")) if step.undone else ""
        when = session.language.value(step.at)
        session.line(f"{step.number:6}  {when}  {step.actor}  {say(step.title)} {mark}".rstrip())
    return DONE


def _as_json(
    session: Session, step: history.Step, changes: Sequence[history.FieldChange]
) -> dict[str, Any]:
    return {
        "step": step.number,
        "at": step.at.isoformat(timespec="seconds"),
        "actor": step.actor,
        "title": session.language.say(step.title),
        "reason": step.reason or None,
        "kinds": list(step.kinds),
        "records": step.records,
        "undone": step.undone,
        "undoes": step.undoes,
        "changes": [
            {
                "kind": one.kind,
                "id": one.id,
                "field": one.field,
                "label": session.language.say(one.described.label),
                "before": naming.plain_of(one.described, one.before),
                "after": naming.plain_of(one.described, one.after),
            }
            for one in changes
        ],
    }


def _undo(session: Session) -> int:
    with session.work() as work:
        step = history.undo(work, session.options.step)
    session.say(Message("{title} (step {number})", title=step.title, number=step.number))
    return DONE


COMMANDS = (
    Command(
        "history",
        N_("what happened, by whom and when"),
        (
            Argument(
                "--record", default="", metavar="ID", help=N_("only what touched this record")
            ),
            Argument(
                "--limit", type=count, default=20, metavar="N", help=N_("at most so many steps")
            ),
            JSON,
        ),
        _history,
    ),
    Command(
        "undo",
        N_("take back the newest step, or one by its number"),
        (
            Argument(
                "step",
                metavar="STEP",
                nargs="?",
                type=count,
                help=N_("number of the step, as “xqhz history” says it"),
            ),
        ),
        _undo,
    ),
)
