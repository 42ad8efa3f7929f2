"""What the check does in the background, each a job that takes its progress last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xqhz_desktop.i18n import Language
from xqhz_desktop.services import exporting, history, importing, mappings
from xqhz_desktop.services.staged import Staged, StagedRow
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.understand import Understood, Wishes
from xqhz_desktop.ui.tasks import Progress


def stage(work: Work, staged: Staged, progress: Progress) -> Staged:
    """Hold the whole file against the workspace again."""
    return importing.stage(work, staged.understood, staged.choice, progress)


def correct(
    work: Work, staged: Staged, cell: tuple[StagedRow, str], text: str, _progress: Progress
) -> Staged:
    """Type one cell anew: a row and the name of its value."""
    return importing.corrected(work, staged, *cell, text)


def answer(
    work: Work, staged: Staged, company: str, enterprise: str, _progress: Progress
) -> Staged:
    """Tell which enterprise a name means."""
    return importing.answered(work, staged, company, enterprise)


def read_as(work: Work, staged: Staged, wishes: Wishes, progress: Progress) -> Staged:
    """Read other sheets or columns."""
    return importing.read_as(work, staged, wishes, progress)


class Commit:
    """Writes what was staged; `step` is its number once it is written, however the job ended."""

    def __init__(self, work: Work, staged: Staged) -> None:
        """Be ready to write."""
        self._work, self._staged = work, staged
        self.step = 0

    def __call__(self, progress: Progress) -> int:
        """Write, unless `progress` stops it first."""
        self.step = importing.commit(self._work, self._staged, progress)
        return self.step


def write(
    told: Callable[[Staged, Path, Language], int],
    staged: Staged,
    lang: Language,
    path: Path,
    _progress: Progress,
) -> int:
    """Write the errors into a file, by a function of `services.exporting`."""
    return told(staged, path, lang)


def template(
    work: Work, understood: Understood, lang: Language, path: Path, _progress: Progress
) -> int:
    """Write the template of a file's kind."""
    known = exporting.names_to_choose(work, understood.kind)
    exporting.template(understood.kind, path, lang, understood.wishes.own, known)
    return 0


def write_columns(path: Path, _progress: Progress) -> int:
    """Write the remembered columns into a file."""
    return mappings.write(path)


def undo(work: Work, number: int, _progress: Progress) -> object:
    """Take the import back."""
    return history.undo(work, number)
