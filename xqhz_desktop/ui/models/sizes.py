"""How large files are, as people say it."""

from __future__ import annotations

from xqhz_desktop.i18n import Message

_KB = 1024


def size(count: int) -> Message:
    """Return a number of bytes in KB or MB."""
    if count < _KB * _KB:
        return Message("{n} KB", n=max(1, round(count / _KB)))
    return Message("{n} MB", n=round(count / _KB / _KB, 1))
