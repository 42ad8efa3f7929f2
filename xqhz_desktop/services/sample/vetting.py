"""Enterprises of the sample school before they take anybody: visited, decided on, signed with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from xqhz_desktop.domain.agreement import Agreement, AgreementParty, AgreementState
from xqhz_desktop.domain.preparation import Aspect, Conclusion, Decided, Decision, SiteAssessment
from xqhz_desktop.domain.records import Record
from xqhz_desktop.services.sample.draw import Draw, words
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.sample.posts import Host

_ASPECTS = ("qualification", "integrity", "management", "post", "hours", "workplace",
            "living", "health", "safety")  # fmt: skip

_MEETINGS = 3
"""Years back in which the Party organisation decided on a list."""


class Vetting:
    """Draws what is on record of enterprises; chance of its own, so that nothing else moves."""

    def __init__(self, numbers: Numbers, seed: int, today: date) -> None:
        self._numbers, self._draw, self._today = numbers, Draw(seed, "vetting"), today
        self._count = 0

    def of(self, hosts: Sequence[Host]) -> Iterator[Record]:
        """Yield the visits to enterprises and the meetings that decided on them, one a year."""
        for years in range(_MEETINGS):
            yield from self._meeting(hosts, self._today - timedelta(150 + 365 * years))
        held = self._today - timedelta(150 + 365 * (_MEETINGS - 1))
        for host in hosts:
            if self._draw.chance(0.97):
                yield self._visit(host, held - timedelta(self._draw.between(5, 40)))
            if self._draw.chance(0.9):
                made = self._cooperation(host, held + timedelta(self._draw.between(20, 600)))
                yield made
                beside = self._draw.pick(hosts)
                if self._draw.chance(0.05) and beside.id != host.id:
                    yield AgreementParty(
                        id=self._numbers.id(),
                        agreement=made.id,
                        enterprise=beside.id,
                        role=words()["ready"]["beside"],
                    )

    def _meeting(self, hosts: Sequence[Host], held: date) -> Iterator[Record]:
        meeting = Decision(
            id=self._numbers.id(),
            name=words()["ready"]["meeting"],
            minutes_no=f"党纪〔{held.year}〕6号",
            held_on=held,
            published_from=held + timedelta(3),
            published_until=held + timedelta(8),
            published_where=words()["ready"]["published"],
        )
        yield meeting
        for host in hosts:
            if self._draw.chance(0.97):
                yield Decided(id=self._numbers.id(), decision=meeting.id, enterprise=host.id)

    def _visit(self, host: Host, day: date) -> SiteAssessment:
        found = dict.fromkeys(_ASPECTS, Aspect.GOOD)
        if self._draw.chance(0.3):
            found[self._draw.pick(_ASPECTS)] = Aspect.FAIR
        return SiteAssessment(
            id=self._numbers.id(),
            enterprise=host.id,
            visited_on=day,
            visitors=words()["ready"]["visitors"],
            conclusion=Conclusion.ACCEPT,
            **found,
        )

    def _cooperation(self, host: Host, signed: date) -> Agreement:
        self._count += 1
        return Agreement(
            id=self._numbers.id(),
            name=words()["ready"]["cooperation"],
            agreement_no=f"校企〔{signed.year}〕{self._count:03d}号",
            enterprise=host.id,
            state=AgreementState.EFFECTIVE,
            signed_on=signed,
            start_date=signed,
            end_date=signed.replace(year=signed.year + 3, day=min(signed.day, 28)),
            copies=4,
        )
