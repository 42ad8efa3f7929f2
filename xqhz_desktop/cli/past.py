"""Commands for the journal: history, undo."""

from __future__ import annotations

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import history, naming


def _history(session: Session) -> int:
    options = session.options
    with session.work() as work:
        steps = history.steps(work, options.limit, options.record)
        changes = {step.number: history.changes(work, step.number, 20) for step in steps}
    say = session.language.say
    session.data(
        {
            "steps": [
                {
                    "step": step.number,
                    "at": step.at.isoformat(timespec="seconds"),
                    "actor": step.actor,
                    "title": say(step.title),
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
                            "before": naming.plain(one.before),
                            "after": naming.plain(one.after),
                        }
                        for one in changes[step.number]
                    ],
                }
                for step in steps
            ]
        }
    )
    for step in steps:
        mark = say(N_("(undone)")) if step.undone else ""
        when = session.language.value(step.at)
        session.line(f"{step.number:6}  {when}  {step.actor}  {say(step.title)} {mark}".rstrip())
    return DONE


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
            Argument("--record", default="", metavar="ID"),
            Argument("--limit", type=int, default=20, metavar="N"),
            JSON,
        ),
        _history,
    ),
    Command(
        "undo",
        N_("take back the newest step, or one by its number"),
        (Argument("step", metavar="STEP", nargs="?", type=int, default=None),),
        _undo,
    ),
)
