"""The school's own details: names and codes that stand on papers."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import records
from xqhz_desktop.services.drafts import Left
from xqhz_desktop.ui import drafting
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, line
from xqhz_desktop.ui.widgets.draft_note import DraftNote
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.form import RecordForm

_SECTIONS = (
    (N_("Names"), ("name", "name_en", ("short_name", "level"))),
    (N_("Codes"), (("code", "national_code"),)),
    (
        N_("Place and people"),
        ("region", "address", ("legal_representative", "contact"), ("phone", "supervision_phone")),
    ),
)


class SchoolCard(Card):
    """The form of the one school of the workspace."""

    def __init__(self, context: Context) -> None:
        """Make the form; it is filled when it is shown."""
        super().__init__(padding=1, gap=0)
        self._context = context
        self._search = Search(context.work.store, self)
        self.form = RecordForm(School, _SECTIONS, Tools(context.languages, self._search))
        self.note = DraftNote(context.languages)
        self._drafting = Drafting(context, self.form, _never)
        self._left: list[Left] = []
        self._state, self.save, self._revert = Elided("small"), Button(kind="primary"), Button()
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 12)
        foot.addWidget(self._state, 1)
        foot.addWidget(self._revert)
        foot.addWidget(self.save)
        self.body.addWidget(self.note)
        self.body.addWidget(self.form, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)
        bind = context.languages.bind
        bind(self.save, self.save.setText, N_("Save"))
        bind(self._revert, self._revert.setText, N_("Revert"))
        self.save.clicked.connect(self._on_save)
        self._revert.clicked.connect(self._load)
        self.form.changed.connect(self._on_changed)
        self.note.restored.connect(self._on_restored)
        self.note.discarded.connect(self._on_discarded)
        self.destroyed.connect(self._search.close)
        self._on_changed()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the form the first time, and whenever nothing is unsaved."""
        super().showEvent(event)
        if not self.form.unsaved:
            self._load()

    def may_leave(self) -> bool:
        """Ask before unsaved changes are dropped."""
        if not self.form.unsaved:
            return True
        asked = Asked(
            N_("Leave without saving?"),
            N_("The changes of the school's details are not saved."),
            N_("Discard the changes"),
            danger=True,
        )
        ask(self, self._context.languages, asked, self._load)
        return False

    def _load(self) -> None:
        with self._context.work.store.read() as reader:
            school = next(reader.all("school"), School())
        self.form.show_record(school, {})
        self._look_for_draft()

    def _look_for_draft(self, _done: object = None) -> None:
        job = partial(drafting.left, self._context.work, School.KIND)
        self._context.tasks.run(self, job, self._on_left)

    def _on_left(self, left: list[Left]) -> None:
        self._left = left
        fields = {name: one.field for name, one in self.form.fields.items()}
        self.note.show_draft(left[0] if left and not self.form.unsaved else None, fields)

    def _on_restored(self) -> None:
        self.note.hide()
        self._drafting.restore(self._left[0])

    def _on_discarded(self) -> None:
        job = drafting.discard(self._context.work, self._left[0].draft.id)
        self._context.tasks.run(self, job, self._look_for_draft, self._context.complain)

    def _on_save(self) -> None:
        if self.form.record is None or not self.form.insist():
            return
        changed = self.form.record.but(**self.form.edits())
        job = partial(_save, self._context, changed)
        self._context.tasks.run(self, job, partial(self._on_saved, changed), self._on_refused)

    def _on_saved(self, school: Record, _number: int) -> None:
        self.form.show_record(school, {})
        self._context.say(Message("The school's details are saved."), undo=True)

    def _on_refused(self, error: UserError) -> None:
        self._context.complain(error)

    def _on_changed(self) -> None:
        unsaved = self.form.unsaved
        locked = self._context.work.read_only
        self.save.setEnabled(bool(unsaved) and not locked)
        self._revert.setVisible(bool(unsaved))
        text = (
            Message(NN_("{n} unsaved change", "{n} unsaved changes"), n=unsaved)
            if unsaved
            else N_("All changes are saved")
        )
        self._context.languages.bind(self._state, self._state.setText, text)


def _never() -> bool:
    """Tell that the school is no new record: every workspace has one."""
    return False


def _save(context: Context, school: Record, _progress: Progress) -> int:
    return records.save(context.work, school)
