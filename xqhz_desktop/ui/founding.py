"""Making a workspace from the window: one's own school, or the sample school."""

from __future__ import annotations

from pathlib import Path

from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.services import backups, workspace
from xqhz_desktop.services import sample as sample_school
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.new_school import Wish
from xqhz_desktop.ui.tasks import Progress


def created(wish: Wish) -> Work:
    """Make the workspace somebody wished for; without a school's name, one to be filled."""
    if not wish.school:
        return workspace.join(wish.folder, passphrase=wish.passphrase)
    person = Staff(name=wish.person, role=Role.ADMIN) if wish.person else None
    school = School(name=wish.school)
    return workspace.create(wish.folder, school, person=person, passphrase=wish.passphrase)


def restore(file: Path, folder: Path) -> None:
    """Put a backup into the place of a workspace nobody has open; the old data is kept."""
    backups.restore(file, folder)


def sample(folder: Path, progress: Progress) -> Work:
    """Open the sample school in ``folder``, made first where it is not there."""
    if workspace.is_workspace(folder):
        return workspace.opened(folder)
    return sample_school.make(folder, progress=progress)
