"""What the sync page shows: devices, packages and what waits, as rows told in words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import copies, enrolment, excerpts, exchanging, syncing
from xqhz_desktop.services.copies import Copy
from xqhz_desktop.services.enrolment import Member
from xqhz_desktop.services.syncing import Package, Receiver, Status, Touched, Waiting
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.models.sizes import size
from xqhz_desktop.ui.models.told import Said, Told, counts
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.changes import when

_SOON = 45 * 24 * 3600
"""So many seconds before its end an admission is spoken of."""

_ROLES = {
    "hub": N_("Central server"),
    "device": N_("Computer"),
    "reader": N_("Partial copy"),
    "bureau": N_("Education bureau"),
    "school": N_("School"),
}


@dataclass(frozen=True)
class Device:
    """A device of the school; `lacks` is None for this computer and for blocked ones."""

    member: Member
    lacks: Receiver | None
    here: bool
    part: str = ""
    """What part of the school a partial copy has."""


@dataclass(frozen=True)
class Standing:
    """Everything the page shows. `place`: the folder or address used last, or ""."""

    status: Status
    devices: tuple[Device, ...]
    packages: Sequence[Package]
    place: str
    copy: Copy | None = None
    """Which part this computer has, where it is a partial copy and has it."""

    @property
    def partial(self) -> bool:
        """Tell whether this computer has a part of the school alone."""
        return any(one.here and one.member.partial for one in self.devices)

    @property
    def last(self) -> Package | None:
        """Return the newest package, made or taken in."""
        return self.packages[0] if self.packages else None


def look(work: Work, _progress: Progress) -> Standing:
    """Read everything the page shows."""
    status, circle = syncing.status(work), enrolment.known(work)
    lacking = {one.id: one for one in status.receivers}
    with work.store.read() as reader:
        copy = copies.about(reader)
        devices = tuple(
            Device(
                one, lacking.get(one.id), one.id == circle.me.id,
                excerpts.title(reader, one) if one.partial else "",
            )
            for one in circle.members
        ) if circle else ()  # fmt: skip
    return Standing(status, devices, syncing.packages(work), exchanging.last_place(work), copy)


def unsent(status: Status) -> Message:
    """Return what was done here and is in no package yet."""
    if not status.unsent:
        return Message("Everything done here is in a package")
    text = NN_("{n} change is not sent yet: {what}", "{n} changes are not sent yet: {what}")
    what = counts(status.kinds) or [Message("settings")]
    return Message(text, n=status.unsent, what=what)


def ending(standing: Standing) -> Message | None:
    """Return what to do where the admission of this computer ends soon, or has ended."""
    here = next((one.member for one in standing.devices if one.here), None)
    if here is None or here.until > (time.time() + _SOON) * 1000:
        return None
    day = datetime.fromtimestamp(here.until / 1000).date()
    if here.until < time.time() * 1000:
        return Message(
            "The admission of this computer ended on {day}: it gets no more packages. Work goes "
            "on; have it renewed on the school's first computer and take in its next package.",
            day=day,
        )
    return Message(
        "The admission of this computer ends on {day}. Have it renewed on the school's first "
        "computer and take in its next package.",
        day=day,
    )


def place_name(place: str) -> str:
    """Return a folder or an address short enough for a line."""
    if exchanging.is_address(place):
        return place
    path = Path(place)
    return str(path) if len(str(path)) <= 48 else f"…{path.anchor}{path.parent.name}/{path.name}"


def device_columns() -> tuple[Told, ...]:
    """Return the columns of the devices."""
    return (
        Told(N_("Device"), _device, 220),
        Told(N_("State"), _state, 150),
        Told(N_("Last heard"), _heard, 150),
        Told(N_("Last package for it"), _sent, 150),
    )


def package_columns() -> tuple[Told, ...]:
    """Return the columns of the packages."""
    return (
        Told(N_("Package"), _package, 260),
        Told(N_("When"), _when, 140),
        Told(N_("What is in it"), _what, 230),
        Told(N_("Can be rolled back"), _until, 150),
    )


def waiting_columns() -> tuple[Told, ...]:
    """Return the columns of what waits."""
    return (Told(N_("Why it waits"), _why, 320), Told(N_("Changes"), _waiting, 140))


def touched_columns() -> tuple[Told, ...]:
    """Return the columns of what a package would do, record by record."""
    return (
        Told(N_("Record"), _touched, 220),
        Told(N_("What happens"), _happens, 140),
        Told(N_("Fields"), _fields, 320),
    )


def _device(one: Device, lang: Language) -> Said:
    icon = {"hub": "server", "reader": "eye"}.get(one.member.role.value, "laptop")
    role = lang.say(_ROLES[one.member.role.value])
    below = lang.say(N_("This computer")) if one.here else role
    if one.part and not one.here:
        below = lang.say(Message("Partial copy: {part}", part=one.part))
    return Said(one.member.name, below, icon=icon)


def _state(one: Device, lang: Language) -> Said:
    if one.member.revoked:
        return Said(lang.say(N_("blocked")), tone="bad")
    if one.member.until < time.time() * 1000:
        return Said(lang.say(N_("admission ended")), tone="bad")
    if one.here:
        return Said(lang.say(N_("this computer")), tone="info")
    if one.lacks is None:
        word = N_("gets its part by hand") if one.member.partial else N_("gets nothing")
        return Said(lang.say(word), tone="neutral")
    if not one.lacks.changes:
        return Said(lang.say(N_("has everything")), tone="good")
    text = Message(NN_("lacks {n} change", "lacks {n} changes"), n=one.lacks.changes)
    return Said(
        lang.say(text), lang.say(Message("about {size}", size=size(one.lacks.size))), "warn"
    )


def _heard(one: Device, lang: Language) -> Said:
    if one.here:
        return Said("—")
    told = one.member.told
    return Said(lang.say(when(datetime.fromtimestamp(told / 1000)) if told else N_("never yet")))


def _sent(one: Device, lang: Language) -> Said:
    sent = one.lacks.sent if one.lacks else None
    return Said(lang.say(when(sent)) if sent else "—")


def _package(one: Package, lang: Language) -> Said:
    names = list(filter(None, one.devices)) or ["—"]
    text = (
        Message("from {names}", names=names) if one.taken else Message("for {names}", names=names)
    )
    return Said(one.file, lang.say(text), icon="download" if one.taken else "package")


def _when(one: Package, lang: Language) -> Said:
    word = N_("taken in") if one.taken else N_("made")
    return Said(lang.say(when(one.at)), lang.say(word))


def _what(one: Package, lang: Language) -> Said:
    changes = Message(NN_("{n} change", "{n} changes"), n=one.changes)
    return Said(lang.value(counts(one.kinds)) or "—", lang.say(changes))


def _until(one: Package, lang: Language) -> Said:
    if one.rolled_back:
        return Said(lang.say(N_("rolled back")), tone="neutral")
    if one.until is None:
        return Said("—")
    return Said(lang.say(Message("until {day}", day=one.until.date())))


def _why(one: Waiting, lang: Language) -> Said:
    said = Message("{device} | since {when}", device=one.device or "—", when=when(one.since))
    return Said(lang.say(one.why), lang.say(said), icon="info")


def _waiting(one: Waiting, lang: Language) -> Said:
    text = Message(NN_("{n} change", "{n} changes"), n=one.changes)
    word = N_("set aside") if one.set_aside else N_("waits")
    return Said(lang.say(text), lang.say(word), ink="bad" if one.set_aside else "")


def _touched(one: Touched, lang: Language) -> Said:
    icon = BY_NAME[one.kind].icon if one.kind in BY_NAME else "file-text"
    return Said(one.called or "—", lang.say(BY_KIND[one.kind].LABEL), icon=icon)


def _happens(one: Touched, lang: Language) -> Said:
    if one.disputed:
        return Said(lang.say(N_("conflict")), tone="warn")
    tone = {"new": "good", "removed": "bad", "refused": "warn"}.get(one.what, "info")
    return Said(lang.say(_WHAT[one.what]), tone=tone)


_WHAT = {
    "new": N_("new"),
    "changed": N_("changed"),
    "removed": N_("removed"),
    "refused": N_("refused"),
}


def _fields(one: Touched, lang: Language) -> Said:
    if one.why:
        return Said(lang.say(one.why))
    return Said(lang.value([lang.say(label) for label in one.labels]) or "—")
