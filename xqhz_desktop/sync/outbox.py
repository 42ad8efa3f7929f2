"""What was done here, on its way out: into the registers, then into signed segments."""

from __future__ import annotations

from xqhz_desktop.storage.store import Change, Store
from xqhz_desktop.sync import replica, segment, steps, wire
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.laptop import Laptop
from xqhz_desktop.sync.ledger import State
from xqhz_desktop.sync.replica import Outcome
from xqhz_desktop.sync.segment import Origin, Segment
from xqhz_desktop.sync.stream import own_stream
from xqhz_desktop.sync.uncollected import uncollected


def absorb(store: Store) -> None:
    """Bring the registers of a workspace up to what was done here."""
    with store.merging() as change:
        absorb_into(change)


@uncollected()
def absorb_into(change: Change) -> Outcome:
    """Do so within an open `Store.merging()`: before anything is taken in, and before packing."""
    if change.cursor.execute("SELECT 1 FROM meta WHERE name = 'copy'").fetchone():
        return Outcome({})  # a partial copy has no registers: they are the school's
    shelf = Laptop(change)
    made = list(steps.own_changes(change.cursor, shelf.knowledge()))
    outcome = replica.apply(shelf, made)
    change.cursor.executemany(
        "INSERT INTO sync_sealed (stream, q, body) VALUES (?,?,?)",
        ((one.stream, one.q, wire.dump(one)) for one in made),
    )
    if learned := shelf.learned():
        replica.show_again(shelf, learned)
    return outcome


def seal(change: Change, origin: Origin) -> list[Segment]:
    """Put what is absorbed and in no segment yet into segments, and return them."""
    cursor = change.cursor
    book, stream = Shelved(cursor), own_stream(cursor)
    chain = book.chain(stream)
    found = cursor.execute(
        "SELECT stream, q, body FROM sync_sealed WHERE stream = ? ORDER BY q", (stream,)
    ).fetchall()
    made = list(segment.cut_packed(found, chain.id if chain else "", origin))
    for one in made:
        book.enter(one, State.APPLIED)
    cursor.execute("DELETE FROM sync_sealed WHERE stream = ?", (stream,))
    return made
