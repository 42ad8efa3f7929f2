"""What can go wrong in a way the user can do something about."""

from __future__ import annotations

from collections.abc import Mapping

from xqhz_desktop.i18n import Message


class UserError(Exception):
    """Something was refused or failed, and `message` says what to do next."""

    def __init__(self, message: Message, *, code: str = "") -> None:
        """Carry the message, and a short stable `code` for scripts where there is one."""
        super().__init__(message)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        """Return the English text, for the log."""
        return str(self.message)


class InvalidRecord(UserError):
    """A record was not stored; `problems` says why, by field name."""

    def __init__(self, problems: Mapping[str, Message]) -> None:
        """Carry every problem; the first one is the message."""
        super().__init__(next(iter(problems.values())), code="INVALID")
        self.problems = dict(problems)


class NotFound(UserError):
    """A record, file or name that does not exist (any more)."""


class ReadOnly(UserError):
    """The workspace is open in another window or its folder cannot be written."""


class WrongKey(UserError):
    """The passphrase does not open this workspace."""


class NewerVersion(UserError):
    """The workspace was made by a newer version of the program."""


class BadFile(UserError):
    """A file that is not what it says, with one of the codes of the command line's contract."""


class BadPackage(UserError):
    """A package, or something in it, that was refused; nothing of it was used. `code` says why.

    NOT_A_PACKAGE TRUNCATED DAMAGED TOO_LARGE NEWER SIGNATURE UNKNOWN_SENDER REVOKED WRONG_KEY
    OTHER_SCHOOL MISSING_VOLUME: the sentences are in `sync/refusals.py`.
    """


class Cancelled(UserError):
    """The user stopped a job; nothing was written."""

    def __init__(self) -> None:
        """Say that nothing was written."""
        super().__init__(Message("Stopped. Nothing was changed."), code="CANCELLED")
