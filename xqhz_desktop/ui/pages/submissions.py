"""上报模板: the forms of authorities, checked before anybody uploads them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import adapters, adapting, placing, workspace
from xqhz_desktop.services.adapters import Known
from xqhz_desktop.services.adapting import Scope, Submission
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.submission_pane import SubmissionPane
from xqhz_desktop.ui.widgets.told import ToldTable

_LIST = 320

Found = tuple[Known, list[PlacementBatch]]


class SubmissionsPage(QWidget):
    """The forms at the left; the chosen one, filled in and checked, at the right."""

    def __init__(self, context: Context) -> None:
        """Look for forms once the page comes to the front."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._checking: Handle | None = None
        self._number = 0
        self._wanted: Query | None = None
        self._head = Head()
        self.add_button = Button("plus")
        self.forms = ToldTable([Told(N_("Template"), _form, _LIST)], context.languages)
        locked = workspace.needs_passphrase(context.work.folder)
        self.pane = SubmissionPane(context.languages, locked=locked)
        self._stand()
        self._speak()
        self.forms.picked.connect(self.check)
        self.add_button.clicked.connect(self.add)
        self.pane.batch_chosen.connect(self.check)
        self.pane.record_wanted.connect(self._on_record)
        self.pane.write_wanted.connect(self._on_write)
        context.changed.connect(self._on_changed)

    def show_query(self, query: Query) -> None:
        """Report what a list shows: its kind, and its batch where it is filtered by one."""
        self._wanted = query
        self.refresh()

    def refresh(self) -> None:
        """Look for forms again."""
        job = partial(_known, self._context.work)
        self._context.tasks.run(self, job, self._show, self._context.complain)

    def check(self) -> None:
        """Fill in the chosen form again and check it."""
        if self._checking is not None:
            self._checking.cancel()
        for adapter in self.forms.chosen():
            self._number += 1
            self.pane.wait(adapter)
            where = (Where("batch", "=", self.pane.batch),) if self.pane.batch else ()
            scope = Scope(where if adapter.kind == "placement" else ())
            job = partial(_fill, self._context.work, adapter, scope)
            done = partial(self._on_filled, self._number)
            failed = partial(self._on_failed, self._number)
            title = Message("Checking what would be refused")
            self._checking = self._context.tasks.run(self, job, done, failed, title)

    def add(self) -> None:
        """Ask for a file that describes a form."""
        if self._context.work.read_only:
            return
        say = self._languages.say
        dialog = QFileDialog(self, say(N_("Choose a template file")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("JSON (*.json)")
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, file: str) -> None:
        """Add a form from a file; one that is none is refused with a reason."""
        job = partial(_add, self._context.work, Path(file))
        self._context.tasks.run(self, job, self._on_added, self._context.complain)

    def write(self, path: Path, *, good: bool) -> None:
        """Write the form in view: only the rows that would be taken, or all."""
        found = self.pane.submission
        if found is not None:
            chosen = adapting.without_refused(found) if good else found
            job = partial(_write, self._context.work, chosen, path, self._languages.language)
            done = partial(self._on_written, path)
            title = Message("Writing {file}", file=path.name)
            self._context.tasks.run(self, job, done, self._context.complain, title)

    @property
    def settled(self) -> bool:
        """Tell whether what is in view is what was asked for."""
        return self._checking is None and bool(self.forms.told.rows)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.forms, self.pane.findings, self.pane.hits]

    def showEvent(self, event: QShowEvent) -> None:
        """Look for forms when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def _show(self, found: Found) -> None:
        """List the forms; the one chosen stays chosen."""
        known, batches = found
        wanted, self._wanted = self._wanted, None
        chosen = {one.id for one in self.forms.chosen()}
        if wanted is None:
            self.pane.show_batches(batches)
        else:
            fitting = {one.id for one in known.adapters if one.kind == wanted.kind}
            chosen = chosen & fitting or fitting
            where = {one.field: one.value for one in wanted.where if one.op == "="}
            self.pane.show_batches(batches, str(where.get("batch", "")))
        places = (n for n, one in enumerate(known.adapters) if one.id in chosen)
        self.forms.show_rows(known.adapters, next(places, 0))
        text = NN_(
            "{n} template, checked before you upload", "{n} templates, checked before you upload"
        )
        line = Message(text, n=len(known.adapters))
        self._languages.bind(self._head.line, self._head.line.setText, line)
        if self.isVisible():
            self._context.count(line)
        for trouble in known.troubles:
            self._context.say(trouble)

    def _on_filled(self, number: int, found: Submission) -> None:
        if number == self._number:
            self._checking = None
            self.pane.show_submission(found)

    def _on_failed(self, number: int, error: UserError) -> None:
        if number == self._number:
            self._checking = None
            self._context.complain(error)

    def _on_added(self, adapter: Adapter) -> None:
        self._context.say(Message("Template added: {name}", name=Message(adapter.name)))
        self.refresh()

    def _on_write(self, good: bool) -> None:
        for adapter in self.forms.chosen():
            say = self._languages.say
            dialog = QFileDialog(self, say(N_("Save the sheet")))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("xlsx")
            dialog.selectFile(_file_name(say(adapter.name)))
            dialog.fileSelected.connect(partial(self._on_file, good))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _on_file(self, good: bool, file: str) -> None:
        self.write(Path(file), good=good)

    def _on_written(self, path: Path, rows: int) -> None:
        text = NN_("{n} row written to {name}", "{n} rows written to {name}")
        self._context.say(Message(text, n=rows, name=path.name))

    def _on_record(self, kind: str, id: str) -> None:
        if kind in BY_NAME:
            self._context.navigate(kind, record=id)
        else:  # the school has no list of its own
            self._context.navigate("settings")

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.check()

    def _stand(self) -> None:
        column = stand(self, self._head)
        self._head.tools.addWidget(self.add_button)
        self.add_button.setEnabled(not self._context.work.read_only)
        listed = Card(0, 0)
        listed.body.setContentsMargins(1, 8, 1, 8)
        listed.body.addWidget(self.forms)
        listed.setMaximumWidth(_LIST)
        self.forms.horizontalHeader().hide()
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(listed, 2)
        row.addWidget(self.pane, 5)
        column.addLayout(row, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Templates to report"))
        bind(self.forms, self.forms.setAccessibleName, N_("Templates to report"))
        bind(self.add_button, self.add_button.setText, N_("Add a template …"))


def _form(adapter: Adapter, lang: Language) -> Said:
    icon = "table-2" if adapter.kind else "file-text"
    return Said(lang.say(adapter.name), lang.say(adapter.state), icon=icon)


def _file_name(name: str) -> str:
    kept = "".join("_" if letter in '<>:"/\\|?*' else letter for letter in name)
    return f"{kept}.xlsx"


def _known(work: Work, _progress: Progress) -> Found:
    return adapters.known(work.folder), placing.batches(work)


def _fill(work: Work, adapter: Adapter, scope: Scope, progress: Progress) -> Submission:
    return adapting.fill(work, adapter, scope, progress)


def _add(work: Work, file: Path, _progress: Progress) -> Adapter:
    return adapters.add(work, file)


def _write(
    work: Work, submission: Submission, path: Path, lang: Language, _progress: Progress
) -> int:
    return adapting.write(work, submission, path, lang)
