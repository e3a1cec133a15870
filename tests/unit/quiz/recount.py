"""Each made question judged again from the text of the source alone: nothing of how it was made is used here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.quiz.question import Question
from bot.text import unify_characters
from bot.wording import Quiz

_NUMBER = "[〇零一二三四五六七八九十百千0-9]+"
_LABELS = (
    rf"第{_NUMBER}编", rf"第{_NUMBER}分编", rf"第{_NUMBER}章", rf"第{_NUMBER}节",
    "[一二三四五六七八九十]+、", "（[一二三四五六七八九十]+）", "[一二三四五六七八九十]+是",
)  # fmt: skip
"""How headings are numbered, from the largest."""
_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"})


def faults(question: Question, source: str) -> Iterator[str]:
    """What is wrong with ``question``: a right option that is not true by the source, a wrong one that is."""
    lines = (line.strip(" \u3000\xa0") for line in source.translate(_WIDE).split("\n"))
    text = _close("\n".join(lines))
    right = [option for number, option in enumerate(question.options) if number in question.correct]
    wrong = [option for option in question.options if option not in right]
    if not right or not wrong:
        yield "no right option, or no wrong one"
    judge = _JUDGES.get(question.kind)
    if judge is None:
        yield f"nobody recounts {question.kind}"
        return
    for option in question.options:
        if judge(_close(question.question), _close(option), text) is not (option in right):
            yield f"{option} is {'not ' if option in right else ''}true by the source"


def _fills(stem: str, option: str, text: str) -> bool:
    """Whether a sentence with its gap filled stands in the source."""
    return _bare(_sentence(stem).replace(Quiz.GAP, option)) in _bare(text)


def _belongs(stem: str, option: str, text: str) -> bool:
    """Whether an option is one of what stands where the gap is: in a sentence, or in the items below it."""
    sentence = _sentence(stem)
    before, after = sentence.split(Quiz.GAP)
    after = after.rstrip("。")
    lead = re.search(f"{re.escape(before)}下列{re.escape(after)}[：。]", text)
    if lead is not None:
        rest = text[lead.end() :].lstrip("\n")
        end = re.search(r"\n(?!\s*（[一二三四五六七八九十]+）|\s*\d+[.．、])", rest)
        items = [
            _bare(re.sub(r"^\s*(?:（[一二三四五六七八九十]+）|\d+[.．、])\s*", "", line))
            for line in rest[: end.start() if end else None].split("\n")
        ]
        return _bare(option) in items
    found = re.search(f"{re.escape(before)}([^，。；\n]+?){re.escape(after) or '(?=[，。；])'}", text)
    if found is None:
        return False
    listed = re.sub(rf"^(?:第{_NUMBER}条)?\s*", "", found.group(1))
    return option in {*listed.split("、"), *re.split("、|以及|或者|[和及与或]", listed)}


def _is_asked_for(stem: str, option: str, text: str) -> bool:
    """Whether an option belongs to a list, or does not, as the stem asks."""
    sentence, lacking, _ = stem.partition(Quiz.NOT_IN_LIST)
    return _belongs(sentence, option, text) is not bool(lacking)


def _is_so(stem: str, option: str, text: str) -> bool:
    """Whether 对 or 错 is right."""
    said = _sentence(stem.removeprefix("判断对错："))
    table = re.search("，(?P<key>[^，]+?)为“(?P<row>[^”]+)”的，(?P<column>[^，]+?)是(?P<cell>[^，]+)。$", said)
    stands = _cell(text, table["row"], table["column"]) == table["cell"] if table else _bare(said) in _bare(text)
    return stands is (option == Quiz.TRUE)


def _is_stated(stem: str, option: str, text: str) -> bool:
    """Whether a statement is what the stem asks for: as it stands in the source, or not so."""
    table = re.search("关于(?P<column>[^，“”]+)，下列", stem)
    row, _, cell = option.partition("：")
    stands = _cell(text, row, table["column"]) == cell if table else _bare(option) in _bare(text)
    return stands is not stem.endswith(Quiz.WHICH_FALSE)


def _stands_below(stem: str, option: str, text: str) -> bool:
    """Whether an option stands in the section of the heading that the stem names."""
    named = re.search("“(.+)”(这一部分的内容|提出的)", stem)
    assert named is not None
    begins = rf"(?:{'|'.join(_LABELS)})\s*" if named.group(2) != "提出的" else "\n"
    heading = re.compile(begins + re.escape(option))
    return any(heading.search(section) for section in _sections(named.group(1), text))


def _is_above(stem: str, option: str, text: str) -> bool:
    """Whether what the stem quotes stands in the section of the heading ``option``."""
    named = re.search("^“(.+)”(?:是在哪一部分|在哪一章|是哪一章)", stem)
    assert named is not None
    name = named.group(1)
    if stem.endswith("规定？") and "是哪一章" in stem:
        return any(_bare(name) in _bare(section) for section in _sections(option, text))
    heading = re.compile(rf"(?:{'|'.join(_LABELS)})\s*{re.escape(name)}(?=[\n。，]|$)")
    return any(heading.search(section) for section in _sections(option, text))


def _in_order(stem: str, option: str, text: str) -> bool:
    places = [
        min((text.find(f"\n{label}") for label in _headings(name, text)), default=-1)
        for name in re.split(" *→ *", option)
    ]
    return all(0 <= one < other for one, other in pairwise(places))


def _in_cell(stem: str, option: str, text: str) -> bool:
    found = re.search("，(?P<key>[^，]+?)为“(?P<row>[^”]+)”的，(?P<column>[^，]+?)是（", stem)
    assert found is not None
    return _cell(text, found["row"], found["column"]) == option


_JUDGES = {
    "figure": _fills, "relation": _fills, "blank": _fills, "several": _belongs, "member": _is_asked_for,
    "true_false": _is_so, "statement": _is_stated, "match": _stands_below, "place": _is_above, "order": _in_order,
    "table": _in_cell,
}  # fmt: skip


def _sentence(stem: str) -> str:
    """The words of the source in a stem."""
    sentence = re.sub("^“[^“”]*(?:“[^”]*”[^“”]*)*”部分指出[：，]", "", stem)
    return sentence.removesuffix(Quiz.SEVERAL_MARK).removesuffix(Quiz.INCLUDING)


def _close(text: str) -> str:
    """``text`` without spaces between Chinese characters, such as headings have them; the gap stays."""
    parts = unify_characters(text).replace("‘", "“").replace("’", "”").split(Quiz.GAP)
    return Quiz.GAP.join(re.sub(r"(?<=[^\x00-\x7f])[^\S\n\t]+(?=[^\x00-\x7f])", "", part) for part in parts)


def _bare(text: str) -> str:
    return re.sub(r"[^\w%.]+", "", text)


def _cell(text: str, row: str, column: str) -> str:
    """What stands in a table: the cell of the row that begins with ``row``, below the header ``column``."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]
    header = next(line for line in lines if len(line) > 1 and column in line)
    return next(line for line in lines if line[0] == row and len(line) == len(header))[header.index(column)]


def _headings(name: str, text: str) -> list[str]:
    """The beginnings of lines that are a label and ``name``."""
    return [found.group(1) for found in re.finditer(rf"\n((?:{'|'.join(_LABELS)}|)\s*{re.escape(name)})", "\n" + text)]


def _sections(name: str, text: str) -> list[str]:
    """The text below each heading ``name``, up to the next one numbered so or in a larger way."""
    found = []
    for heading in re.finditer(rf"(?:^|\n|(?<=。))({'|'.join(_LABELS)})\s*{re.escape(name)}", text):
        kind = next(number for number, label in enumerate(_LABELS) if re.fullmatch(label, heading.group(1)))
        end = re.compile(rf"\n(?:{'|'.join(_LABELS[: kind + 1])})").search(text, heading.end())
        found.append(text[heading.start() : end.start() if end else None])
    return found
