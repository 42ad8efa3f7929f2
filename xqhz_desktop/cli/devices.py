"""The command ``device``: who takes part in the exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import enrolling, escrow, excerpts, syncing, workspace

_WANTED = {
    "name": 1, "request": 2, "admit": 2, "accept": 1, "safe": 1, "recover": 2, "renew": 1,
    "revoke": 1, "trust": 1,
}  # fmt: skip
"""How many words follow a verb."""

VERBS = ("list", "name", "request", "admit", "accept", "renew", "revoke", "trust", "safe",
         "recover")  # fmt: skip


def _device(session: Session) -> int:
    verb = session.options.verb
    needed = _WANTED.get(verb, 0)
    if len(session.options.what) < needed:
        raise WrongUsage(Message("Something is missing behind “{verb}”.", verb=verb), "xqhz device")
    return _DO[verb](session, *session.options.what[:needed])


def _list(session: Session) -> int:
    with session.work() as work:
        found = enrolling.members(work)
    session.data(
        {
            "devices": [
                {
                    "id": one.id,
                    "name": one.name,
                    "role": one.role.value,
                    "revoked": one.revoked,
                    "until": datetime.fromtimestamp(one.until / 1000).date().isoformat(),
                }
                for one in found
            ]
        }
    )
    for one in found:
        mark = session.language.say(N_("(blocked)")) if one.revoked else ""
        session.line(f"{one.id[:16]}  {one.name} {mark}".rstrip())
    if not found:
        session.say(Message("This workspace exchanges with no other yet."))
    return DONE


def _name(session: Session, name: str) -> int:
    with session.work() as work:
        made = enrolling.begin(work, name)
    session.say(Message("This is now the school's first device, “{name}”.", name=made.name))
    return DONE


def _request(session: Session, file: str, name: str) -> int:
    if not workspace.is_workspace(session.folder):
        workspace.close(workspace.join(session.folder, passphrase=session.passphrase))
    with session.work() as work:
        asked = enrolling.request(work, Path(file), name)
    words = session.language.say(enrolling.words(asked.public.id))
    session.data({"id": asked.public.id, "name": asked.name, "words": words})
    session.say(Message("The request is in {file}. Its words: {words}", file=file, words=words))
    return DONE


def _admit(session: Session, file: str, answer: str) -> int:
    with session.work() as work:
        name = session.options.part
        part = [excerpts.named(work, name)] if name else []
        asked = enrolling.admit(work, Path(file), Path(answer), part=part)
    words = session.language.say(enrolling.words(asked.public.id))
    session.data({"id": asked.public.id, "name": asked.name, "words": words})
    session.say(
        Message(
            "“{name}” is admitted by {file}. Compare these words with those on that computer; "
            "if they differ, block it: {words}",
            name=asked.name, file=answer, words=words,
        )
    )  # fmt: skip
    return DONE


def _accept(session: Session, answer: str) -> int:
    words = session.language.say(enrolling.words(enrolling.school_of(Path(answer))))
    with session.work() as work:
        made = enrolling.accept(work, Path(answer))
    session.data({"id": made.id, "name": made.name, "words": words})
    session.say(
        Message(
            "This computer takes part as “{name}”. The words of the school: {words}",
            name=made.name, words=words,
        )
    )  # fmt: skip
    return DONE


def _renew(session: Session, device: str) -> int:
    with session.work() as work:
        made = enrolling.renew(work, device)
    day = datetime.fromtimestamp(made.until / 1000).date()
    session.data({"id": made.id, "name": made.name, "until": day.isoformat()})
    session.say(
        Message(
            "“{name}” takes part until {day}. It learns so by the next package.",
            name=made.name,
            day=day,
        )
    )
    return DONE


def _safe(session: Session, file: str) -> int:
    with session.work() as work:
        made = escrow.deposit(work, Path(file))
    words = session.language.say(made.words)
    session.data({"files": [str(one) for one in made.files], "words": words})
    session.say(
        Message(
            "Written: {files}. Put them on a stick into the safe, and these words on paper beside "
            "it; they are shown this once: {words}",
            files=[one.name for one in made.files],
            words=words,
        )
    )
    return DONE


def _recover(session: Session, file: str, name: str) -> int:
    if not workspace.is_workspace(session.folder):
        workspace.close(workspace.join(session.folder, passphrase=session.passphrase))
    with session.work() as work:
        made = escrow.recover(work, Path(file), session.options.words, name)
    session.data({"id": made.me.id, "name": made.me.name, "data": made.taken is not None})
    session.say(
        Message("“{name}” is now the school's first computer. Block the lost one.", name=name)
    )
    return DONE


def _revoke(session: Session, device: str) -> int:
    with session.work() as work:
        gone = enrolling.revoke(work, device, session.options.reason)
    session.say(Message("“{name}” is blocked. The others learn it by package.", name=gone.name))
    return DONE


def _trust(session: Session, device: str) -> int:
    with session.work() as work:
        streams = {one.stream for one in syncing.waiting(work) if device in (one.device, "*")}
        changes = sum(syncing.trust(work, stream).changes for stream in sorted(streams))
    session.say(Message(NN_("{n} change taken in.", "{n} changes taken in."), n=changes))
    return DONE


_DO: Mapping[str, Callable[..., int]] = {
    "list": _list,
    "name": _name,
    "request": _request,
    "admit": _admit,
    "accept": _accept,
    "safe": _safe,
    "recover": _recover,
    "renew": _renew,
    "revoke": _revoke,
    "trust": _trust,
}

_PART = N_("admit for a part alone: a class, a department, a teacher's students or a batch")
COMMANDS = (
    Command(
        "device",
        N_("who takes part in the exchange: name, ask, admit, accept, renew, block, trust"),
        (
            Argument("verb", choices=VERBS, help=N_("what to do")),
            Argument(
                "what",
                nargs="*",
                metavar="WHAT",
                help=N_(
                    "“name NAME”, “request FILE NAME”, “admit FILE ANSWER”, “accept ANSWER”, "
                    "“renew NAME”, “revoke NAME”, “trust NAME”, “safe FILE”, “recover FILE NAME”"
                ),
            ),
            Argument(
                "--words", default="", metavar="WORDS", help=N_("the words on paper in the safe")
            ),
            Argument("--part", default="", metavar="NAME", help=_PART),
            Argument("--reason", default="", metavar="WORDS", help=N_("why a device is blocked")),
            JSON,
        ),
        _device,
    ),
)
