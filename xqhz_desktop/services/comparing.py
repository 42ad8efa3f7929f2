"""A comparison of two lists in words and on paper."""

from __future__ import annotations

from pathlib import Path

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import Message
from xqhz_desktop.reports.comparison import ComparisonQuestions, Sides, tell
from xqhz_desktop.reports.kit import Edition, Printed, printed, quiet
from xqhz_desktop.services import own_fields, reconcile
from xqhz_desktop.services.pairing import State
from xqhz_desktop.services.persons import Progress
from xqhz_desktop.services.reconcile import Comparison
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query


def held(work: Work, query: Query, path: Path, progress: Progress | None = None) -> Comparison:
    """Read a file and hold the persons of a query against it; raise UserError."""
    own = own_fields.of(work, query.kind)
    return reconcile.compare(work, query, reconcile.read(path, query.kind, progress, own), progress)


def summary(done: Comparison) -> Message:
    """Say in one sentence what came of a comparison."""
    counts = done.counts
    return Message(
        "{here} here, {there} in the file: {same} the same, {different} differ, "
        "{only_here} only here, {only_there} only in the file, {unclear} unclear.",
        here=done.here,
        there=done.there,
        same=counts[State.SAME],
        different=counts[State.DIFFERENT],
        only_here=counts[State.HERE],
        only_there=counts[State.THERE],
        unclear=counts[State.AGAIN] + counts[State.UNCLEAR],
    )


def drawn(
    work: Work, done: Comparison, kind: str, edition: Edition, progress: Progress = quiet
) -> Printed:
    """Return the differences of a comparison with our list of `kind` as a PDF."""
    with work.store.read() as reader:
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    sides = Sides(
        school,
        Message(BY_KIND[kind].PLURAL),
        done.file,
        summary(done),
        list(reconcile.rows(done, edition.main)),
    )
    return printed(tell(sides, ComparisonQuestions(), edition), edition, progress)
