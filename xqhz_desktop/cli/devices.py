"""The command ``device``: who takes part in the exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from xqhz_desktop.cli.command import JSON, Argument, Command
from xqhz_desktop.cli.session import DONE, Session
from xqhz_desktop.cli.usage import WrongUsage
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import enrolling, syncing, workspace

_WANTED = {"name": 1, "request": 2, "admit": 2, "accept": 1, "revoke": 1, "trust": 1}
"""How many words follow a verb."""

VERBS = ("list", "name", "request", "admit", "accept", "revoke", "trust")


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
                {"id": one.id, "name": one.name, "role": one.role.value, "revoked": one.revoked}
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
        asked = enrolling.admit(work, Path(file), Path(answer))
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
    "revoke": _revoke,
    "trust": _trust,
}

COMMANDS = (
    Command(
        "device",
        N_("who takes part in the exchange: name, ask, admit, accept, block, trust"),
        (
            Argument("verb", choices=VERBS, help=N_("what to do")),
            Argument(
                "what",
                nargs="*",
                metavar="WHAT",
                help=N_(
                    "“name NAME”, “request FILE NAME”, “admit FILE ANSWER”, “accept ANSWER”, "
                    "“revoke NAME”, “trust NAME”"
                ),
            ),
            Argument("--reason", default="", metavar="WORDS", help=N_("why a device is blocked")),
            JSON,
        ),
        _device,
    ),
)
