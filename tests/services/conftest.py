"""Two laptops of one school, for tests of what travels between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.laptops import Laptop, joined, meet, office
from xqhz_desktop.services import workspace


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Laptop]:
    """The office's laptop."""
    made = office(tmp_path)
    yield made
    workspace.close(made.work)


@pytest.fixture
def second(first: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    """The department's laptop, which has what the office has."""
    made = joined(first, tmp_path, "机电系")
    meet(first, made)
    yield made
    workspace.close(made.work)
