"""What a command is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.cli.session import OpenWindow, Session
from xqhz_desktop.i18n import N_


class Argument:
    """One argument or option, in the words of argparse; its help is a msgid."""

    def __init__(self, *names: str, **traits: Any) -> None:
        """Keep names and traits for the parser."""
        self.names = names
        self.traits = traits


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does, its arguments, and the function that does it."""

    name: str
    about: str
    arguments: tuple[Argument, ...]
    run: Callable[[Session], int | OpenWindow]


def count(text: str) -> int:
    """Return a whole number from 0 on; raise ValueError for anything else."""
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


JSON = Argument("--json", action="store_true", help=N_("one JSON document instead of text"))

WHERE = Argument(
    "--where",
    action="append",
    default=[],
    metavar="FIELD=VALUE",
    help=N_("only records with this value; may be given several times"),
)
"""Chooses among records."""
