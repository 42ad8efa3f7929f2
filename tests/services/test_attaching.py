"""Files attached to records: kept once, opened as copies, never lost, never plain where sealed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import make
from xqhz_desktop.domain.attachment import Attachment, DocumentType
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import BadFile, InvalidRecord, NotFound, ReadOnly, UserError
from xqhz_desktop.services import attaching, backups, history, merging, records, workspace
from xqhz_desktop.services.attaching import Copies, Given
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import attachments

SCAN = b"%PDF-1.4 the agreement, signed and scanned"


@pytest.fixture
def student(work: Work) -> Student:
    one = make(Student, name="张小河")
    records.save(work, one)
    return one


def attach(
    work: Work, owner: Student, name: str = "三方协议.pdf", data: bytes = SCAN
) -> Attachment:
    given = attaching.pasted(name, data)
    return attaching.attach(work, owner.KIND, owner.id, [given])[0]


def names(work: Work, owner: Student) -> list[str]:
    return [one.record.name for one in attaching.of_record(work, owner.KIND, owner.id)]


def lying(folder: Path) -> list[Path]:
    return [place for place in folder.rglob("*") if place.is_file()]


def test_a_file_is_attached_and_read_again(work: Work, student: Student, tmp_path: Path) -> None:
    scan = tmp_path / "三方协议 张小河.pdf"
    scan.write_bytes(SCAN)
    given = attaching.from_disk(scan)
    made = attaching.attach(work, student.KIND, student.id, [given])[0]
    assert made.type is DocumentType.AGREEMENT
    assert (made.name, made.size, made.mime) == (scan.name, len(SCAN), "application/pdf")
    scan.unlink()
    assert attaching.read(work, made) == SCAN
    assert [one.here for one in attaching.of_record(work, student.KIND, student.id)] == [True]


def test_the_same_file_lies_on_the_disk_once(work: Work, student: Student) -> None:
    other = make(Student, name="李小海")
    records.save(work, other)
    attach(work, student)
    attach(work, student, "again.pdf")
    attach(work, other)
    assert names(work, student) == ["三方协议.pdf"]
    assert names(work, other) == ["三方协议.pdf"]
    assert len(lying(work.folder / "blobs")) == 1


def test_a_removed_file_comes_back_with_undo(work: Work, student: Student) -> None:
    made = attach(work, student)
    attaching.remove(work, made.id)
    assert names(work, student) == []
    history.undo(work)
    assert attaching.read(work, attaching.find(work, made.id)) == SCAN


def test_a_record_brought_back_has_its_files(work: Work, student: Student) -> None:
    attach(work, student)
    records.remove(work, student.KIND, [student.id])
    history.undo(work)
    assert names(work, student) == ["三方协议.pdf"]


def test_the_files_of_twins_are_together_after_a_merge(work: Work, student: Student) -> None:
    twin = make(Student, name="张小河")
    records.save(work, twin)
    attach(work, twin, "保单.pdf", b"insured")
    attach(work, student)
    alias = merging.merge(work, student.KIND, student.id, twin.id)
    assert sorted(names(work, student)) == ["三方协议.pdf", "保单.pdf"]
    merging.unmerge(work, alias.id)
    assert names(work, student) == ["三方协议.pdf"]


def test_a_file_of_300_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    video = tmp_path / "培训.mp4"
    with video.open("wb") as stream:
        stream.truncate(300 << 20)
    with pytest.raises(UserError, match="300 MB") as refused:
        attaching.from_disk(video)
    assert refused.value.code == "TOO_LARGE"


def test_a_file_may_have_20_mb_and_no_byte_more(tmp_path: Path) -> None:
    scan = tmp_path / "a.pdf"
    for size in (attachments.MOST, attachments.MOST + 1):
        with scan.open("wb") as stream:
            stream.truncate(size)
        if size == attachments.MOST:
            assert len(attaching.from_disk(scan).data) == size
        else:
            with pytest.raises(UserError, match="21 MB"):
                attaching.from_disk(scan)


def test_an_empty_or_missing_file_is_refused(work: Work, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    with pytest.raises(UserError, match="empty"):
        attaching.from_disk(tmp_path / "a.pdf")
    with pytest.raises(NotFound):
        attaching.from_disk(tmp_path / "b.pdf")
    given = Given("a.pdf", SCAN, DocumentType.OTHER)
    with pytest.raises(NotFound):
        attaching.attach(work, "student", "0" * 32, [given])
    assert not (work.folder / "blobs").exists()


def test_a_file_changed_behind_the_programs_back_is_not_used(work: Work, student: Student) -> None:
    made = attach(work, student)
    place = attaching.contents(work).place(made.sha256)
    place.write_bytes(SCAN + b" and changed")
    assert [str(one) for one in backups.verify(work.folder)] == ["1 attached file is damaged."]
    with pytest.raises(BadFile, match="behind the program's back"):
        attaching.read(work, made)
    assert [one.here for one in attaching.of_record(work, student.KIND, student.id)] == [False]
    attaching.attach(work, student.KIND, student.id, [attaching.pasted(made.name, SCAN)])
    assert attaching.read(work, made) == SCAN
    assert backups.verify(work.folder) == []


def test_where_only_the_name_is_here_one_sentence_says_so(work: Work, student: Student) -> None:
    made = attach(work, student)
    attaching.contents(work).place(made.sha256).unlink()
    with pytest.raises(NotFound, match="comes with the next package"):
        attaching.read(work, made)
    assert [one.here for one in attaching.of_record(work, student.KIND, student.id)] == [False]
    with work.store.read() as reader:
        assert attaching.missing(work, reader) == [made.sha256]


def test_an_encrypted_workspace_has_no_plain_byte_of_a_file_on_the_disk(tmp_path: Path) -> None:
    work = workspace.create(tmp_path / "a", make(School), passphrase="geheim")
    one = make(Student, name="张小河")
    records.save(work, one)
    made = attach(work, one)
    backups.make(work)
    assert attaching.read(work, made) == SCAN
    workspace.close(work)
    found = lying(tmp_path / "a")
    assert sum("blobs" in place.parts for place in found) == 2
    for place in found:
        assert SCAN not in place.read_bytes(), place
        assert made.sha256 not in place.name
    again = workspace.opened(tmp_path / "a", passphrase="geheim")
    assert attaching.read(again, made) == SCAN
    workspace.close(again)


def test_a_backup_elsewhere_brings_the_files_along(
    work: Work, student: Student, tmp_path: Path
) -> None:
    made = attach(work, student)
    file = backups.make(work, tmp_path / "stick" / "school.xqbak")
    assert backups.verify(file) == []
    backups.restore(file, tmp_path / "new")
    restored = workspace.opened(tmp_path / "new")
    assert attaching.read(restored, made) == SCAN
    workspace.close(restored)


def test_backups_in_the_workspace_share_the_files_and_bring_them_back(
    work: Work, student: Student
) -> None:
    made = attach(work, student)
    first, second = backups.make(work), backups.make(work, work.folder / "backups" / "2.xqbak")
    assert len(lying(work.folder / "backups" / "blobs")) == 1
    place = attaching.contents(work).place(made.sha256)
    place.unlink()
    workspace.close(work)
    backups.restore(first, work.folder)
    again = workspace.opened(work.folder)
    assert attaching.read(again, made) == SCAN
    workspace.close(again)
    assert backups.verify(second) == []


def test_a_backup_without_the_files_says_so(work: Work, student: Student, tmp_path: Path) -> None:
    attach(work, student)
    alone = backups.make(work).rename(tmp_path / "alone.xqbak")
    assert [str(one) for one in backups.verify(alone)] == [
        "1 attached file is not in this backup, only its name."
    ]
    backups.restore(alone, tmp_path / "new")  # everything else is as good as ever


def test_what_could_be_a_program_is_not_opened(work: Work, student: Student) -> None:
    copies = Copies()
    made = attach(work, student, "保单.pdf.exe")
    with pytest.raises(UserError, match="Save a copy"):
        copies.copy(work, made.id)
    good = copies.copy(work, attach(work, student, "保单.pdf", b"insured").id)
    assert good.read_bytes() == b"insured"
    copies.clear()
    assert not good.exists()


def test_a_name_from_elsewhere_leads_into_no_other_folder(
    work: Work, student: Student, tmp_path: Path
) -> None:
    made = attach(work, student)
    with work.store.merging() as change:  # as another version might have written it
        change.put(made.but(name="../../etc/协议.pdf"))
    (tmp_path / "to").mkdir()
    saved = attaching.save_copy(work, made.id, tmp_path / "to")
    assert saved.parent == tmp_path / "to"
    with pytest.raises(UserError, match="already"):
        attaching.save_copy(work, made.id, saved)


def test_an_attachment_without_a_real_hash_is_refused(work: Work, student: Student) -> None:
    made = attach(work, student)
    with pytest.raises(InvalidRecord):
        records.save(work, made.but(sha256="../../etc/passwd"))


def test_a_workspace_open_elsewhere_keeps_nothing(work: Work, student: Student) -> None:
    second = workspace.opened(work.folder)
    with pytest.raises(ReadOnly):
        attach(second, student)
    workspace.close(second)
    assert not (work.folder / "blobs").exists()


def test_another_content_of_the_same_name_is_a_newer_version(work: Work, student: Student) -> None:
    attach(work, student, "三方协议.pdf", b"unsigned")
    attach(work, student, "其他.pdf", b"something else")
    attach(work, student, "三方协议.PDF", b"signed")
    found = attaching.of_record(work, "student", student.id)
    assert [(one.record.name, one.version, one.versions) for one in found] == [
        ("三方协议.pdf", 1, 2),
        ("其他.pdf", 1, 1),
        ("三方协议.PDF", 2, 2),
    ]
