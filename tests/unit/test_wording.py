"""Every sentence is set as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot import wording

_CHINESE = re.compile("[\u4e00-\u9fff]")
_PLACEHOLDER = re.compile(r"\{[a-z_]*(:[^}]*)?\}")
_HALF_WIDTH = re.compile(r"[,;!?](?!\s)|[()]")  # with a space behind it, it stands in JSON or in code


def sentences(holder: object = wording) -> Iterator[str]:
    """Every sentence, those of the classes too."""
    for name, value in vars(holder).items():
        if name.startswith("__"):
            continue
        if isinstance(value, type):
            yield from sentences(value)
        elif isinstance(value, str):
            yield value


def test_chinese_sentences_have_full_width_punctuation() -> None:
    found = [text for text in sentences() if _CHINESE.search(text)]
    assert len(found) > 100
    assert [text for text in found if _HALF_WIDTH.search(_PLACEHOLDER.sub("", text))] == []


def test_whatever_is_wrong_with_a_file_comes_with_its_mend() -> None:
    told = [text for holder in (wording.Lint, wording.Amending, wording.Document) for text in sentences(holder)]
    hints = {wording.Lint.HINT_NOWHERE, wording.Lint.HINT_UNTIL}  # parts of a sentence that has one
    assert [text for text in told if "请" not in text and text not in hints] == []
