"""What the page of visits says and asks."""

from __future__ import annotations

from datetime import date, timedelta

from xqhz_desktop.domain.guidance import VisitState
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.visiting import Board, Host, Made
from xqhz_desktop.ui.dialogs.answering import Asking
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages.visit_jobs import Begun, Planning

_NOTE = (
    (N_("Visit"), (("made_on", "way"), "visitor", ("state", "seen"), "received_by")),
    (
        N_("Asked on the visit"),
        (("hours", "pay"), ("safety", "lodging"), ("fees", "papers"), "agencies"),
    ),
    (N_("What was found"), ("findings", "trouble", "advice")),
    (N_("To be done"), ("follow_up", ("due_on", "settled_on"))),
)
_STATES = {VisitState.PLANNED: "info", VisitState.DONE: "good", VisitState.DROPPED: "neutral"}


def fits(one: Made, mode: str) -> bool:
    """Tell whether a visit stands in a list."""
    match mode:
        case "planned":
            return one.state is VisitState.PLANNED
        case "made":
            return one.state is VisitState.DONE
    return one.open


def line(board: Board) -> Message:
    """Say how the batch stands."""
    due = sum(one.due for one in board.hosts)
    return Message(
        "{hosts}, {due} without a visit for more than {every} days | {made} made, "
        "{planned} planned, {open} to be done",
        hosts=Message(NN_("{n} enterprise", "{n} enterprises"), n=len(board.hosts)),
        due=due,
        every=board.every,
        made=sum(one.state is VisitState.DONE for one in board.visits),
        planned=sum(one.state is VisitState.PLANNED for one in board.visits),
        open=sum(one.open for one in board.visits),
    )


def nothing(board: Board | None, mode: str) -> tuple[str, str, str]:
    """Return title, hint and button where a list is empty."""
    if board is None:
        hint = N_("A batch says which classes go out together, and from when until when.")
        return N_("No placement batch yet"), hint, N_("Allocation")
    match mode:
        case "waiting":
            return N_("Nobody is on placement now"), "", ""
        case "planned":
            hint = N_("Pick enterprises under “To be visited” and plan visits to them.")
            return N_("No visit is planned"), hint, ""
        case "made":
            return N_("No visit has been made yet"), "", ""
    return N_("Nothing is to be done"), N_("What visits found has been settled."), ""


def planning(n: int) -> Asking:
    """Return the question when somebody goes, and who."""
    first = Planning(on=date.today() + timedelta(1))
    said = Message(NN_("{n} enterprise", "{n} enterprises"), n=n)
    return Asking(N_("Plan visits"), N_("Plan"), first, said=said)


def noting(begun: Begun) -> Asking:
    """Return the form of a visit."""
    said = Message("{name}", name=begun.names.get("enterprise", ""))
    return Asking(
        N_("Note a visit"), N_("Save"), begun.visit, _NOTE, begun.names, said, new=begun.new
    )


def _host(one: Host, lang: Language) -> Said:
    interns = Message(NN_("{n} intern", "{n} interns"), n=one.interns)
    return Said(one.name, lang.say(interns))


def _waits(one: Host, lang: Language) -> Said:
    text = lang.say(Message(NN_("{n} day", "{n} days"), n=one.waits))
    if one.last:
        return Said(text, tone="bad" if one.due else "good")
    below = lang.say(Message("never, interns since {day}", day=one.since))
    return Said(text, below, "bad" if one.due else "info")


def _last(one: Host, lang: Language) -> Said:
    return Said(lang.value(one.last) or "—")


def _planned(one: Host, lang: Language) -> Said:
    if one.planned is None:
        return Said("—")
    late = lang.say(N_("is past")) if one.planned < date.today() else ""
    return Said(lang.value(one.planned), late, ink="warn")


def _visit(one: Made, _lang: Language) -> Said:
    return Said(one.name, one.visitor)


def _state(one: Made, lang: Language) -> Said:
    return Said(lang.say(one.state), tone=_STATES[one.state])


def _day(one: Made, lang: Language) -> Said:
    seen = lang.say(Message(NN_("{n} intern seen", "{n} interns seen"), n=one.seen))
    return Said(lang.value(one.made or one.planned) or "—", seen if one.seen else "")


def _trouble(one: Made, _lang: Language) -> Said:
    return Said(one.trouble or "—", one.follow_up)


def _due(one: Made, lang: Language) -> Said:
    if one.settled:
        return Said(lang.say(N_("settled")), lang.value(one.settled), "good")
    if not one.due:
        return Said("—")
    late = one.due < date.today()
    return Said(lang.value(one.due), lang.say(N_("overdue")) if late else "",
                "bad" if late else "warn", ink="bad")  # fmt: skip


HOSTS = (
    Told(N_("Enterprise"), _host, 280),
    Told(N_("Without a visit for"), _waits, 230),
    Told(N_("Last visit"), _last, 120),
    Told(N_("Planned for"), _planned, 130),
)
"""Columns of those that wait."""

VISITS = (
    Told(N_("Enterprise"), _visit, 240),
    Told(N_("State"), _state, 110),
    Told(N_("Day"), _day, 130),
    Told(N_("Problems"), _trouble, 280),
    Told(N_("To be done by"), _due, 130),
)
"""Columns of visits."""
