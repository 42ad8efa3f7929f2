"""Commands for files: template, import, export."""

COMMANDS = ()
