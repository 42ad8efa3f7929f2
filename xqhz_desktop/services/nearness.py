"""Known companies that a name in a file may mean: shown to be chosen, never taken unasked."""

from __future__ import annotations

from collections.abc import Iterable

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.services import likeness
from xqhz_desktop.services.staged import Candidate

_MOST = 5
_NEVER_THE_SAME = 99
"""Percent shown of two names that differ only in what does not tell companies apart."""


class Near:
    """The companies of a workspace, to be asked for those called nearly alike."""

    def __init__(self, known: Iterable[Enterprise]) -> None:
        """Bring every name into the form in which it is compared."""
        self._known = [(one, likeness.core(one.name)) for one in known]
        self._asked: dict[tuple[str, str], tuple[Candidate, ...]] = {}

    def to(self, name: str, code: str) -> tuple[Candidate, ...]:
        """Return companies called nearly so, the most alike first; another code is another one."""
        if (name, code) not in self._asked:
            self._asked[name, code] = self._found(name, code)
        return self._asked[name, code]

    def _found(self, name: str, code: str) -> tuple[Candidate, ...]:
        wanted = likeness.core(name)
        found = [
            Candidate(one.id, one.name, _place(one), min(round(score), _NEVER_THE_SAME))
            for one, core in self._known
            if not (code and one.uscc) and (score := likeness.alike(wanted, core)) >= likeness.ALIKE
        ]
        return tuple(sorted(found, key=lambda one: (-one.score, one.name))[:_MOST])


def _place(one: Enterprise) -> str:
    return codes.full_name(one.region, "zh_CN") if one.region else ""
