from __future__ import annotations

import hashlib

from xqhz_desktop import paths
from xqhz_desktop.i18n import language
from xqhz_desktop.sync import fingerprint

ALL = paths.resource("words", "fingerprint.txt")


def test_a_key_is_read_out_as_eight_words_of_either_language() -> None:
    said = fingerprint.words("00ff01" + "00" * 29)
    for code, first in (("zh_CN", "苹果 司机 香蕉 苹果"), ("en", "apple driver banana apple")):
        spoken = language(code).say(said)
        assert spoken.startswith(first)
        assert len(spoken.split()) == 8


def test_every_byte_has_a_word_of_its_own_in_both_languages() -> None:
    said = [fingerprint.words(f"{byte:02x}" * 32) for byte in range(256)]
    assert len(set(said)) == len({one.english for one in said}) == 256


def test_the_list_never_changes() -> None:
    # A device of today and one of ten years from now read the same key out alike.
    digest = hashlib.sha256(ALL.read_text(encoding="utf-8").encode()).hexdigest()
    assert digest == "b3bc4a713b0d00b305c566c76a43b655b76fb5edb87148c48bfb25275341c84f"
