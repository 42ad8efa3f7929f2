"""The packs that ship with the program."""

from __future__ import annotations

from functools import cache

from xqhz_desktop import paths
from xqhz_desktop.compliance.pack import Pack
from xqhz_desktop.compliance.reading import read


@cache
def shipped() -> tuple[Pack, ...]:
    """Return all of them; their own examples are a matter of tests, not of every start."""
    files = sorted(paths.resource("packs").glob("*.json"))
    return tuple(read(file.read_text(encoding="utf-8"), trial=False) for file in files)


@cache
def national() -> Pack:
    """Return the newest national pack, as it ships."""
    ours = (one for one in shipped() if one.name == "national")
    return max(ours, key=lambda one: one.in_force)
