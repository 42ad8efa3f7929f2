"""Every rule the program can judge, in the order of their numbers."""

from __future__ import annotations

from xqhz_desktop.compliance import course, data, guidance, hosts, hours, papers, pay, persons, work
from xqhz_desktop.compliance.outcome import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *persons.RULES,
            *work.RULES,
            *hours.RULES,
            *papers.RULES,
            *pay.RULES,
            *hosts.RULES,
            *course.RULES,
            *guidance.RULES,
            *data.RULES,
        ),
        key=lambda rule: rule.id,
    )
)

BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}
