"""The jobs of the page 上岗前检查, each of which takes its progress last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from xqhz_desktop.domain.insurance import Policy
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.preparation import ConsentState, Decision, Training, TrainingKind
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.reports.kit import Edition, Output
from xqhz_desktop.reports.preflight import PREFLIGHT, CheckQuestions
from xqhz_desktop.services import placing, preflight, preflight_paper, readying
from xqhz_desktop.services.attaching import Copies
from xqhz_desktop.services.preflight import Matrix, Proof, Row
from xqhz_desktop.services.proofs import Line
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.questions import Wanted


@dataclass(frozen=True)
class Seen:
    """What was read: every batch, and the matrix of one."""

    batches: list[PlacementBatch]
    matrix: Matrix | None


@dataclass(frozen=True)
class Way:
    """Something that fills gaps: its word, and the job that does it for lines of a row."""

    text: Message
    do: partial[int]


@dataclass(frozen=True)
class Known:
    """What stands behind a cell, and what can be done about it at once."""

    row: Row
    item: Item
    proof: Proof
    ways: tuple[Way, ...]


def look(work: Work, wanted: str, today: date, _progress: Progress) -> Seen:
    """Read the batch asked for, else the one to be filled."""
    batches = placing.batches(work)
    batch = next((one for one in batches if one.id == wanted), None) or _next(batches, today)
    return Seen(batches, preflight.read(work, batch, today) if batch else None)


def seek(work: Work, kind: str, words: str, _progress: Progress) -> frozenset[str]:
    """Return the ids of enterprises or students whom words find."""
    with work.store.read() as reader:
        rows = queries.found(reader, Query(kind, words)).rows
        found = reader.cursor.execute(
            f"SELECT id FROM {kind} WHERE row IN ({','.join('?' * len(rows))})", list(rows)
        )
        return frozenset(id for (id,) in found.fetchall())


def behind(work: Work, matrix: Matrix, row: Row, item: Item, _progress: Progress) -> Known:
    """Read what stands behind a cell."""
    proof = preflight.proof(work, matrix, row, item)
    return Known(row, item, proof, tuple(_ways(work, matrix, proof, item)))


def do(way: Way, _progress: Progress) -> int:
    """Fill gaps; return the number of the step."""
    return way.do()


def copy(copies: Copies, work: Work, id: str, _progress: Progress) -> Path:
    """Return a copy of a file to be opened by another program."""
    return copies.copy(work, id)


def write(
    matrix: Matrix, rows: Sequence[Row], lang: Language, path: Path, _progress: Progress
) -> int:
    """Write the gaps as a sheet."""
    return preflight_paper.write(matrix, rows, path, lang)


def draw(
    work: Work, matrix: Matrix, rows: Sequence[Row], lang: Language, progress: Progress
) -> Drawn:
    """Draw the matrix on paper, in the language of the window."""
    output = Output.EN if lang.code == "en" else Output.ZH_CN
    edition = Edition(output, printed_by=work.actor.name)
    paper = preflight_paper.drawn(work, matrix, rows, edition, progress)
    wanted = Wanted(CheckQuestions(), output)
    missing = tuple(paper.missing)
    return Drawn(PREFLIGHT, wanted, edition, paper.data, paper.pages, paper.told, missing)


def _next(batches: list[PlacementBatch], today: date) -> PlacementBatch | None:
    """Return the next batch to begin, else the newest."""
    coming = [one for one in batches if one.start_date and one.start_date >= today]
    return coming[-1] if coming else next(iter(batches), None)


def _ways(work: Work, matrix: Matrix, proof: Proof, item: Item) -> Iterable[Way]:
    """Return what fills the gaps of a cell in one step."""
    lines = proof.without
    if not lines:
        return ()
    match item:
        case Item.CONSENT:
            return _consents(work, matrix, lines)
        case Item.AGREEMENT:
            ids = [one.placement for one in lines]
            text = Message("Signed and sealed on paper: {n}", n=len(ids))
            return (Way(text, partial(readying.signed, work, ids, matrix.today)),)
        case Item.INSURANCE:
            return _insured(work, matrix, _students(lines))
        case Item.TRAINING:
            return _trained(work, matrix, _students(lines))
        case Item.DECISION:
            return _decided(work, list(dict.fromkeys(one.enterprise for one in lines)))
    return ()


def _students(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(one.student for one in lines))


def _consents(work: Work, matrix: Matrix, lines: Sequence[Line]) -> Iterator[Way]:
    students = _students(lines)
    for text, state in (
        (N_("Signed and returned: {n}"), ConsentState.RETURNED),
        (N_("Handed out: {n}"), ConsentState.PRINTED),
    ):
        job = partial(readying.consents, work, matrix.batch.id, students, state, matrix.today)
        yield Way(Message(text, n=len(students)), job)


def _insured(work: Work, matrix: Matrix, students: list[str]) -> Iterator[Way]:
    for one in _policies(work, matrix):
        text = Message("Under policy {policy}: {n}", policy=one.policy_no, n=len(students))
        yield Way(text, partial(readying.insured, work, one.id, students))


def _trained(work: Work, matrix: Matrix, students: list[str]) -> Iterator[Way]:
    for one in _trainings(work, matrix.batch.id):
        text = Message("Passed “{training}”: {n}", training=one.name, n=len(students))
        yield Way(text, partial(readying.trained, work, one.id, dict.fromkeys(students)))


def _decided(work: Work, hosts: list[str]) -> Iterator[Way]:
    for one in _meetings(work):
        text = Message("Accepted by “{meeting}”", meeting=one.name)
        yield Way(text, partial(readying.decided, work, one.id, hosts))


def _meetings(work: Work) -> list[Decision]:
    """Return the newest meetings whose list was published."""
    with work.store.read() as reader:
        some = [one for one in reader.all("decision") if isinstance(one, Decision)]
    published = [one for one in some if one.published_from]
    return sorted(published, key=lambda one: one.published_from or date.min, reverse=True)[:2]


def _policies(work: Work, matrix: Matrix) -> list[Policy]:
    """Return the policies that reach into the batch, the newest first."""
    start, end = matrix.batch.start_date, matrix.batch.end_date
    with work.store.read() as reader:
        some = [one for one in reader.all("policy") if isinstance(one, Policy)]
    fitting = [
        one
        for one in some
        if start and end and one.start_date and one.end_date
        and one.start_date <= end and one.end_date >= start
    ]  # fmt: skip
    return sorted(fitting, key=lambda one: one.id, reverse=True)[:3]


def _trainings(work: Work, batch: str) -> list[Training]:
    with work.store.read() as reader:
        some = [
            one
            for one in reader.all("training", batch=batch)
            if isinstance(one, Training) and one.kind is TrainingKind.SAFETY
        ]
    return sorted(some, key=lambda one: one.id, reverse=True)[:3]
