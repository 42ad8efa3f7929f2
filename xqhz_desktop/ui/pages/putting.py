"""What happens when students are put into a position, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from xqhz_desktop.domain.participation import Absence
from xqhz_desktop.domain.position import Position
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import history, offers, placing, readying
from xqhz_desktop.services.offers import Candidate, Trial
from xqhz_desktop.services.placing import Board
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.drafting import ReasonDraft
from xqhz_desktop.ui.models.offers import PostLine
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.cap_notice import CapNotice, Trouble
from xqhz_desktop.ui.widgets.offer_row import Aimed
from xqhz_desktop.ui.widgets.posts import PostsPane
from xqhz_desktop.ui.widgets.students import StudentsPane


class Putting(QObject):
    """Joins the two panes: tries first, asks where it must, then does it as one step."""

    def __init__(self, context: Context, students: StudentsPane, posts: PostsPane) -> None:
        """Listen to both panes; nothing can be put until there is a board."""
        super().__init__(posts)
        self._context, self._students, self._posts = context, students, posts
        self._board: Board | None = None
        self._people: dict[str, Candidate] = {}
        self._busy = False
        self._reason: ReasonDraft | None = None
        posts.list.tried = self._try
        posts.list.wanted.connect(self._on_wanted)
        posts.undo_bar.undone.connect(self._on_undo)
        students.model.picked.connect(self._on_picked)
        students.back_wanted.connect(self._on_back)
        students.absent_wanted.connect(self._on_absent)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), posts.window())
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._close)

    def show_board(self, board: Board) -> None:
        """Work on what was read anew."""
        self._board = board
        self._people = {one.student.id: one for one in board.candidates}
        self._on_picked()

    def put_here(self) -> None:
        """Put who is ticked into the position the keyboard is on."""
        post = self._posts.list.current()
        if post is None:
            self._tell(Message("Choose a position at the right first."))
        else:
            self._on_wanted(post.offer.position.id, [])

    def _on_wanted(self, position: str, ids: Sequence[str]) -> None:
        self._close()
        post = self._posts.model.post(self._posts.model.row_of(position))
        people = [self._people[id] for id in ids if id in self._people] or self._ticked()
        if not people:
            self._tell(Message("Tick students at the left first."))
        elif post is not None and not post.offer.full:
            self._consider(post, people)

    def _consider(self, post: PostLine, people: list[Candidate]) -> None:
        """Put students there, or say below the position what stands in the way."""
        trial = self._try(post.offer.position, len(people))
        young = tuple(one for one in people if one.young)
        if not young and not trial.beyond:
            self._place(post, people)
            return
        trouble = Trouble(trial, young)
        notice = CapNotice(self._context.languages, trouble)
        others = [one for one in people if not one.young]
        notice.fewer.connect(partial(self._on_fewer, post, others[: trouble.fewer]))
        notice.reasoned.connect(partial(self._place, post, people))
        notice.cancelled.connect(self._close)
        self._posts.list.show_notice(Aimed(post.offer.position.id, trial, False), notice)
        self._escape.setEnabled(True)
        self._reason = ReasonDraft(self._context, notice, post.offer.position.id)
        notice.start()

    def _on_fewer(self, post: PostLine, people: list[Candidate]) -> None:
        self._close()
        self._consider(post, people)

    def _place(self, post: PostLine, people: list[Candidate], reason: str = "") -> None:
        self._close()
        if self._busy or self._board is None:
            return
        self._busy = True
        position, ids = post.offer.position, [one.student.id for one in people]
        enterprise = post.host.enterprise
        text = NN_(
            "{n} student placed: {host} | {position}", "{n} students placed: {host} | {position}"
        )
        said = Message(
            text, n=len(ids), host=enterprise.short_name or enterprise.name, position=position.name
        )
        job = partial(_place, self._context.work, self._board, ids, (position.id, reason))
        self._context.tasks.run(self, job, partial(self._on_done, said), self._on_failed)

    def _on_back(self) -> None:
        ids = [one.id for one in self._students.model.chosen()]
        if self._busy or not ids:
            return
        self._busy = True
        text = NN_("{n} placement taken back", "{n} placements taken back")
        said = Message(text, n=len(ids))
        job = partial(_unplace, self._context.work, ids)
        self._context.tasks.run(self, job, partial(self._on_done, said), self._on_failed)

    def _on_absent(self, reason: Absence) -> None:
        ids = [one.student.id for one in self._ticked()]
        if self._busy or not ids or self._board is None:
            return
        self._busy = True
        text = NN_("{n} student does not take part", "{n} students do not take part")
        job = partial(_absent, self._context.work, self._board.batch.id, ids, reason)
        done = partial(self._on_done, Message(text, n=len(ids)))
        self._context.tasks.run(self, job, done, self._on_failed)

    def _on_undo(self, step: int) -> None:
        job = partial(_undo, self._context.work, step)
        self._context.tasks.run(self, job, self._tell, self._on_failed)

    def _on_done(self, said: Message, step: int) -> None:
        self._busy = False
        self._posts.undo_bar.say(said, step)

    def _on_failed(self, error: UserError) -> None:
        self._busy = False
        self._tell(error.message)

    def _tell(self, message: Message) -> None:
        self._posts.undo_bar.say(message)

    def _close(self) -> None:
        self._escape.setEnabled(False)
        if self._reason is not None:
            self._reason.release()
            self._reason = None
        self._posts.list.show_notice(None, None)

    def _on_picked(self) -> None:
        people = self._ticked()
        majors = tuple(sorted({one.major_code for one in people if one.major_code}))
        self._posts.aim(majors, len(people))

    def _ticked(self) -> list[Candidate]:
        if self._students.settled:
            return []
        chosen = self._students.model.chosen()
        return [self._people[one.id] for one in chosen if one.id in self._people]

    def _try(self, position: Position, students: int) -> Trial:
        assert self._board is not None, "there are positions only on a board"
        return offers.trial(self._board.crowd, students, position)


def _place(
    work: Work, board: Board, students: list[str], where: tuple[str, str], _progress: Progress
) -> int:
    position, reason = where
    return placing.place(work, board.batch, students, position, reason=reason)


def _unplace(work: Work, placements: list[str], _progress: Progress) -> int:
    return placing.unplace(work, placements)


def _absent(
    work: Work, batch: str, students: list[str], reason: Absence, _progress: Progress
) -> int:
    return readying.absent(work, batch, students, reason)


def _undo(work: Work, step: int, _progress: Progress) -> Message:
    return history.undo(work, step).title
