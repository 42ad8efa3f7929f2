"""The papers of one placement: which are there, how far each is, and on which days they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from xqhz_desktop.domain.agreement import PartyState, Tripartite
from xqhz_desktop.domain.guidance import Incident
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.placement import Placement, PlacementBatch
from xqhz_desktop.domain.preparation import (
    Consent,
    Decided,
    Decision,
    Filing,
    SiteAssessment,
    Training,
    TrainingResult,
)
from xqhz_desktop.domain.readiness import Item, State
from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import Message
from xqhz_desktop.storage.store import Reader

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Paper:
    """One line of the list: the item, how far it is, and the record it stands in."""

    item: Item
    state: State
    word: Message
    """How far it is: signed, sealed, missing."""
    beside: Message | None
    kind: str
    id: str
    """The record, "" where there is none yet."""
    files: int


@dataclass(frozen=True)
class Came:
    """A paper that came on a day."""

    day: date
    icon: str
    text: Message


def of(
    reader: Reader, one: Placement, batch: PlacementBatch | None, states: Mapping[Item, State]
) -> tuple[Paper, ...]:
    """Return the papers in the order of the matrix; `states`: how they count there."""
    made = []
    for item, (kind, record, word, beside) in _found(reader, one, batch).items():
        id = record.id if record else ""
        state = states.get(item, State.DONE if record else State.MISSING)
        said = word or Message("{name}", name=state)
        files = reader.count("attachment", owner=id) if id else 0
        made.append(Paper(item, state, said, beside, kind, id, files))
    return tuple(made)


Found = tuple[str, Record | None, Message | None, Message | None]
"""Kind, record, how far it is, and what stands beside."""


def _found(reader: Reader, one: Placement, batch: PlacementBatch | None) -> dict[Item, Found]:
    agreement = _last(reader, Tripartite, placement=one.id)
    consent = _last(reader, Consent, student=one.student, batch=one.batch)
    visit = _last(reader, SiteAssessment, enterprise=one.enterprise)
    plan = batch.plan_approved_on if batch else None
    return {
        Item.AGREEMENT: ("tripartite", agreement, _signed(agreement), _parties(agreement)),
        Item.CONSENT: (
            "consent",
            consent,
            Message("{name}", name=consent.state) if consent else None,
            _day(consent.guardian_signed_on if consent else None),
        ),
        Item.TRAINING: _training(reader, one),
        Item.INSURANCE: _insurance(reader, one),
        Item.SITE: ("site_assessment", visit, None, _day(visit.visited_on if visit else None)),
        Item.DECISION: _decision(reader, one),
        Item.PLAN: ("placement_batch", batch, None, _day(plan)),
        Item.FILING: _filing(reader, one),
    }


def days(reader: Reader, one: Placement) -> Iterator[Came]:
    """Yield the papers of a placement that came on a day, and what happened to the intern."""
    agreement = _last(reader, Tripartite, placement=one.id)
    if agreement and agreement.signed_on:
        yield Came(agreement.signed_on, "file-text", Message("Agreement signed by all parties"))
    consent = _last(reader, Consent, student=one.student, batch=one.batch)
    if consent and consent.guardian_signed_on:
        text = Message("Consent signed by the guardian")
        yield Came(consent.guardian_signed_on, "file-text", text)
    for result, training in _trainings(reader, one):
        if training.held_on:
            text = Message("{training}: passed", training=training.name)
            if not result.passed:
                text = Message("{training}: not passed", training=training.name)
            elif result.score is not None:
                text = Message("{training}: {score}", training=training.name, score=result.score)
            yield Came(training.held_on, "shield-check", text)
    for incident in reader.all("incident", placement=one.id):
        if isinstance(incident, Incident) and incident.happened_on:
            text = Message("{kind}: {what}", kind=incident.kind, what=incident.what)
            yield Came(incident.happened_on, "triangle-alert", text)


def _signed(agreement: Tripartite | None) -> Message | None:
    return Message("{name}", name=agreement.state) if agreement else None


def _parties(agreement: Tripartite | None) -> Message | None:
    """Say who has not signed yet, or that a scan is there."""
    if agreement is None:
        return None
    names = ("school", "enterprise", "student")
    missing = [
        Message(Tripartite.FIELDS[name].label)
        for name in names
        if getattr(agreement, name) is PartyState.OPEN
    ]
    if missing:
        return Message("still to sign: {names}", names=missing)
    return _day(agreement.signed_on)


def _training(reader: Reader, one: Placement) -> Found:
    for result, training in _trainings(reader, one):
        beside = _day(training.held_on)
        if result.score is not None:
            beside = Message("{n} points", n=result.score)
        word = None if result.passed else Message("not passed")
        return "training_result", result, word, beside
    return "training_result", None, None, None


def _trainings(reader: Reader, one: Placement) -> Iterator[tuple[TrainingResult, Training]]:
    results = [
        each
        for each in reader.all("training_result", student=one.student)
        if isinstance(each, TrainingResult)
    ]
    held = {t.id: t for t in reader.some("training", [each.training for each in results])}
    for result in results:
        training = held.get(result.training)
        if isinstance(training, Training) and training.batch in ("", one.batch):
            yield result, training


def _insurance(reader: Reader, one: Placement) -> Found:
    covers = [each for each in reader.all("cover", student=one.student) if isinstance(each, Cover)]
    policies = {p.id: p for p in reader.some("policy", [each.policy for each in covers])}
    ends = [
        (each.end_date or policy.end_date, each)
        for each in covers
        if isinstance(policy := policies.get(each.policy), Policy)
    ]
    known = [(end, each) for end, each in ends if end]
    if not known:
        return "cover", None, None, None
    end, cover = max(known, key=lambda pair: pair[0])
    return "cover", cover, None, Message("covered until {day}", day=end)


def _decision(reader: Reader, one: Placement) -> Found:
    found = _last(reader, Decided, enterprise=one.enterprise)
    meeting = reader.get("decision", found.decision) if found else None
    day = meeting.published_from if isinstance(meeting, Decision) else None
    return "decided", found, None, Message("published {day}", day=day) if day else None


def _filing(reader: Reader, one: Placement) -> Found:
    some = [each for each in reader.all("filing", batch=one.batch) if isinstance(each, Filing)]
    mine = [each for each in some if each.student in ("", one.student)]
    found = max(mine, key=lambda each: (each.filed_on or date.min, each.id), default=None)
    if found is None:
        return "filing", None, None, None
    return "filing", found, Message("{name}", name=found.state), _day(found.filed_on)


def _last(reader: Reader, entity: type[R], **equal: Any) -> R | None:
    some: Iterable[Record] = reader.all(entity.KIND, **equal)
    return max(
        (one for one in some if isinstance(one, entity)), key=lambda one: one.id, default=None
    )


def _day(day: date | None) -> Message | None:
    return Message("{name}", name=day) if day else None
