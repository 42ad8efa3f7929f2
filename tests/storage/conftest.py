"""A workspace of its own for every test that touches the data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Store


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """An empty workspace with its school and one person."""
    person = make(Staff, name="陈老师", role=Role.ADMIN)
    made = workspace.create(tmp_path / "school", make(School, name="星河职校"), person=person)
    yield made
    workspace.close(made)


@pytest.fixture
def store(work: Work) -> Store:
    """The store of that workspace."""
    return work.store
