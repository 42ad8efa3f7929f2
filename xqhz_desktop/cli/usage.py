"""Help and wrong usage in the user's language, where argparse knows only English."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from xqhz_desktop.cli.session import USAGE
from xqhz_desktop.i18n import N_, Language, Message

_WIDE = 28
_PROBLEMS = (
    (r"the following arguments are required: (?P<names>.+)", N_("{names} is missing.")),
    (r"argument (?P<name>.+?): expected .+", N_("{name} needs a value.")),
    (
        r"argument (?P<name>.+?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)",
        N_("{name}: there is no “{value}”. Choose from {known}."),
    ),
    (
        r"argument (?P<name>.+?): invalid \w+ value: '(?P<value>.*)'",
        N_("{name}: “{value}” is not a whole number."),
    ),
    (r"argument (?P<name>.+?): ignored explicit argument .+", N_("{name} takes no value.")),
    (r"unrecognized arguments: (?P<value>.+)", N_("“{value}” is not known here.")),
)
"""What argparse says in English, and our words for it."""


class WrongUsage(Exception):
    """The words of a command are off; `message` says which."""

    def __init__(self, wrong: Message, command: str) -> None:
        """Carry the message and where to look it up."""
        super().__init__(wrong)
        self.message = Message("{problem} Try “{command} --help”.", problem=wrong, command=command)
        self.code = USAGE


class Help(argparse.HelpFormatter):
    """Help in one language; Chinese characters count as two columns."""

    def __init__(self, prog: str, language: Language) -> None:
        """Format the help of a command."""
        super().__init__(prog, max_help_position=_WIDE)
        self._language = language

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin the usage with our own word."""
        word = self._language.say(N_("Usage:")) + " " if prefix is None else prefix
        super().add_usage(usage, actions, groups, word)

    def add_argument(self, action: argparse.Action) -> None:
        """Take an argument into account with the columns it really fills."""
        super().add_argument(action)
        if action.help is not argparse.SUPPRESS:
            said = self._format_action_invocation(action)
            filled = len(said) + sum(map(_is_wide, said)) + self._current_indent
            self._action_max_length = max(self._action_max_length, filled)

    def _format_action(self, action: argparse.Action) -> str:
        """Take back the blanks that wide characters need no more."""
        said = super()._format_action(action)
        extra = sum(map(_is_wide, self._format_action_invocation(action)))
        gap = re.search(r"\S( {2,})\S", said)
        if not extra or not gap or "\n" in said[: gap.end()]:
            return said
        kept = max(2, len(gap[1]) - extra)
        return said[: gap.start(1)] + " " * kept + said[gap.end(1) :]


def problem(said: str) -> Message:
    """Return what argparse found wrong, as a message."""
    for pattern, text in _PROBLEMS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return Message(text, **found.groupdict())
    return Message("The command is not complete.")


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"
