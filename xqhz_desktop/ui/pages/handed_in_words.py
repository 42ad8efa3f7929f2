"""What the list of students' reports says of an intern."""

from __future__ import annotations

from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services.handing_in import Writer
from xqhz_desktop.ui.models.told import Said, Told

_NUMBERS = 8
"""Missing reports named in a cell."""


def _intern(one: Writer, _lang: Language) -> Said:
    return Said(one.seat.name, f"{one.seat.student_no} {one.seat.enterprise_name}")


def _received(one: Writer, lang: Language) -> Said:
    text = Message("{came} of {owed}", came=one.owed - len(one.missing), owed=one.owed)
    last = lang.say(Message("last on {day}", day=one.last)) if one.last else ""
    return Said(lang.say(text), last)


def _missing(one: Writer, lang: Language) -> Said:
    if not one.missing:
        return Said(lang.say(N_("complete")), tone="good")
    numbers = lang.say(N_(", ")).join(map(str, one.missing[:_NUMBERS]))
    more = " …" if len(one.missing) > _NUMBERS else ""
    tone = "bad" if len(one.missing) * 2 > one.owed else "warn"
    text = Message(NN_("{n} missing", "{n} missing"), n=len(one.missing))
    return Said(lang.say(text), lang.say(Message("No. {numbers}", numbers=numbers)) + more, tone)


def _read(one: Writer, lang: Language) -> Said:
    if not one.came:
        return Said("—")
    again = lang.say(Message("{n} to be written again", n=one.again)) if one.again else ""
    if not one.unread:
        return Said(lang.say(N_("all read")), again, ink="warn")
    text = Message(NN_("{n} not read", "{n} not read"), n=one.unread)
    return Said(lang.say(text), again, "warn", ink="warn")


def _summary(one: Writer, lang: Language) -> Said:
    return Said(lang.say(N_("received")), tone="good") if one.summary else Said("—")


COLUMNS = (
    Told(N_("Intern"), _intern, 220),
    Told(N_("Received"), _received, 150),
    Told(N_("Missing"), _missing, 240),
    Told(N_("Read"), _read, 150),
    Told(N_("Internship report"), _summary, 140),
    Told(N_("School tutor"), lambda one, _lang: Said(one.seat.tutor or "—"), 110),
)
"""The columns of the list."""
