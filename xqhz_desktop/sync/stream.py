"""Which stream a copy of a workspace writes: its own, and no other copy's.

A copied folder, or a backup restored after packages were made, would number its changes as another
copy has numbered others. So the computer remembers, outside the workspace, where each stream lies
and how far it was handed out; what does not fit goes on under a stream of its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.logs import LOG
from xqhz_desktop.storage.backups import DATABASE
from xqhz_desktop.storage.store import Store


def settle(store: Store) -> bool:
    """Make sure an open workspace writes a stream of its own; tell whether it is a new one."""
    with store.read() as reader:
        stream = own_stream(reader.cursor)
        fresh = not reader.cursor.execute(
            "SELECT 1 FROM journal_step WHERE stream = ? AND taken = 0 LIMIT 1", (stream,)
        ).fetchone()
        handed = last_handed_out(reader.cursor, stream)
    folder = store.file.parent.resolve()
    known = _known(stream)
    copied = known is not None and known[0] != folder and (known[0] / DATABASE).exists()
    if fresh or (known and not copied and known[1] <= handed):
        _remember(stream, folder, handed)
        return False
    from xqhz_desktop.sync import renewal  # lazy: keys and compression, for a copy alone

    LOG.info("this copy of the workspace goes on under a stream of its own")
    with store.merging() as change:
        stream = renewal.renew(change)
        if copied:  # the other one goes on as the device it was
            change.cursor.execute("DELETE FROM meta WHERE name = 'device'")
    _remember(stream, folder, 0)
    return True


def handed_out(store: Store) -> None:
    """Remember how far the stream of a workspace was handed out: after every package."""
    with store.read() as reader:
        stream = own_stream(reader.cursor)
        handed = last_handed_out(reader.cursor, stream)
    _remember(stream, store.file.parent.resolve(), handed)


def own_stream(cursor: Any) -> str:
    """Return the stream this copy writes."""
    row = cursor.execute("SELECT value FROM meta WHERE name = 'stream'").fetchone()
    return str(row[0])


def last_handed_out(cursor: Any, stream: str) -> int:
    """Return up to which change a stream stands in segments, which others may have."""
    row = cursor.execute("SELECT q FROM sync_chain WHERE stream = ?", (stream,)).fetchone()
    return int(row[0]) if row else 0


def _known(stream: str) -> tuple[Path, int] | None:
    """Return where this computer left a stream and how far it was handed out, if it knows."""
    try:
        known = json.loads(_file(stream).read_text(encoding="utf-8"))
        return Path(known["folder"]), int(known["q"])
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _remember(stream: str, folder: Path, handed: int) -> None:
    target = _file(stream)
    part = target.with_suffix(".part")
    text = json.dumps({"folder": str(folder), "q": handed}, ensure_ascii=False)
    try:
        if target.exists() and target.read_text(encoding="utf-8") == text:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    except OSError:
        LOG.info("this computer cannot remember which stream it writes")


def _file(stream: str) -> Path:
    return paths.settings_file().parent / "streams" / f"{stream}.json"
