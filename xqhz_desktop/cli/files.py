"""Commands for spreadsheets: template, import, export."""

from xqhz_desktop.cli.command import Command

COMMANDS: tuple[Command, ...] = ()
