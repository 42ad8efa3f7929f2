"""Files of records on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call


def test_a_file_is_attached_listed_and_written_again(xqhz: Call, tmp_path: Path) -> None:
    scan = tmp_path / "三方协议.pdf"
    scan.write_bytes(b"%PDF signed")
    made = xqhz("attach", "student", "张三", str(scan), "--type", "consent", "--json")
    assert (made.code, made.json["type"]) == (0, "consent")
    (one,) = xqhz("files", "student", "张三", "--json").json["files"]
    assert (one["name"], one["size"], one["here"]) == (scan.name, 11, True)
    assert scan.name in xqhz("files", "student", "张三").out
    (tmp_path / "to").mkdir()
    assert xqhz("file", one["id"], str(tmp_path / "to")).code == 0
    assert (tmp_path / "to" / scan.name).read_bytes() == b"%PDF signed"
    assert xqhz("remove", "attachment", one["id"]).code == 0
    assert xqhz("files", "student", "张三", "--json").json["files"] == []


def test_a_file_that_is_too_large_is_refused_in_one_sentence(xqhz: Call, tmp_path: Path) -> None:
    video = tmp_path / "培训.mp4"
    with video.open("wb") as stream:
        stream.truncate(300 << 20)
    refused = xqhz("attach", "student", "张三", str(video))
    assert refused.code == 3
    assert "300 MB" in refused.err


def test_a_record_or_file_that_is_not_there_is_named(xqhz: Call, tmp_path: Path) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"%PDF")
    assert "没有这个人" in xqhz("attach", "student", "没有这个人", str(scan)).err
    assert xqhz("file", "0" * 32, str(tmp_path)).code == 3
