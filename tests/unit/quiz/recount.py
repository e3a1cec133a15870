"""Each made question judged again from the text of the source alone: nothing of how it was made is used here."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    """Whether a sentence with its gap filled stands in the source, and not only without the 无 or 非 before it."""
    filled = _bare(_sentence(stem).replace(Quiz.GAP, option))
    return re.search(f"(?<![无非不未]){re.escape(filled)}", _bare(text)) is not None


def _belongs(stem: str, option: str, text: str) -> bool:
    """Whether an option is one of what stands where the gap is: in a sentence, or in the items below it."""
    sentence = _sentence(stem)
    before, after = sentence.split(Quiz.GAP)
    after = after.rstrip("。")
    lead = re.search(f"{re.escape(before)}(?:下列|以下|如下){re.escape(after)}[：。]", text)
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


def _is_so(stem: str, option: str, text: str) -> bool:
    """Whether 对 or 错 is right."""
    said = _sentence(stem.removeprefix("判断对错："))
    table = re.search("，(?P<key>[^，“”]+?)为(?P<case>[^，]+?)的，(?P<cells>[^，]+?是[^，]+，[^，]+?是[^，]+)。$", said)
    if table and _is_header(table["key"], text):
        row = _row_of(table["key"], table["case"], text)
        stands = all(_cell(text, row, column) == cell for column, cell in _pairs_of(table["cells"]))
    else:
        stands = _bare(said) in _bare(text)
    return stands is (option == Quiz.TRUE)


def _is_stated(stem: str, option: str, text: str) -> bool:
    """Whether a statement is what the stem asks for: as it stands in the source, or not so."""
    if table := re.search("下列(?P<key>[^，“”]+?)与(?P<column>[^，“”]+?)对应正确的", stem):
        row, _, cell = option.partition("：")
        return _cell(text, row, table["column"]) == cell
    if table := re.search("，(?P<key>[^，“”]+?)为“(?P<case>[^”]+)”的，下列说法", stem):
        column, _, cell = option.partition("是")
        return _cell(text, table["case"], column) == cell
    return (_bare(option) in _bare(text)) is not stem.endswith(Quiz.WHICH_FALSE)


def _stands_below(stem: str, option: str, text: str) -> bool:
    """Whether a measure stands in the section of the heading that the stem names."""
    named = re.search("“(.+)”部分提出的", stem)
    assert named is not None
    return any(_bare(option) in _bare(section) for section in _sections(named.group(1), text))


def _in_cell(stem: str, option: str, text: str) -> bool:
    found = re.search("，(?P<key>[^，]+?)为(?P<case>[^，]+?)的，(?P<column>[^，]+?)是（", stem)
    assert found is not None
    case = found["case"].strip("“”")
    if not _is_first_column(found["key"], text):  # the other way round
        return _cell(text, option, found["key"]) == case
    return _cell(text, _row_of(found["key"], found["case"], text), found["column"]) == option


_JUDGES = {
    "figure": _fills, "relation": _fills, "blank": _fills, "several": _belongs,
    "true_false": _is_so, "statement": _is_stated, "match": _stands_below, "table": _in_cell,
}  # fmt: skip


def _sentence(stem: str) -> str:
    """The words of the source in a stem."""
    sentence = re.sub("^“[^“”]*(?:“[^”]*”[^“”]*)*”部分指出[：，]", "", stem)
    return sentence.removesuffix(Quiz.SEVERAL_MARK)


def _close(text: str) -> str:
    """``text`` without spaces between Chinese characters, such as headings have them; the gap stays."""
    parts = unify_characters(text).replace("‘", "“").replace("’", "”").split(Quiz.GAP)
    return Quiz.GAP.join(re.sub(r"(?<=[^\x00-\x7f])[^\S\n\t]+(?=[^\x00-\x7f])", "", part) for part in parts)


def _bare(text: str) -> str:
    return re.sub(r"[^\w%.]+", "", text)


def _cell(text: str, row: str, column: str) -> str:
    """What stands in a table: the cell of the row that begins with ``row``, below the header ``column``."""
    lines = _table_lines(text)
    header = next(line for line in lines if column in line)
    return next(line for line in lines if line[0] == row and len(line) == len(header))[header.index(column)]


def _table_lines(text: str) -> list[list[str]]:
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]
    return [line for line in lines if len(line) > 1]


def _is_header(key: str, text: str) -> bool:
    return any(key in line for line in _table_lines(text))


def _is_first_column(key: str, text: str) -> bool:
    return any(line[0] == key for line in _table_lines(text))


def _pairs_of(cells: str) -> list[list[str]]:
    return [cell.split("是", 1) for cell in cells.split("，")]


def _row_of(key: str, case: str, text: str) -> str:
    """The first cell of the row for a case: the row of that name, or the range of figures that it falls in."""
    lines = _table_lines(text)
    at = next(number for number, line in enumerate(lines) if line[0] == key)
    names = [line[0] for line in lines[at + 1 :]]
    if case.strip("“”") in names:
        return case.strip("“”")
    [found] = [name for name in names if _low_of(name) < _value_of(case) <= _high_of(name)]
    return found


def _low_of(name: str) -> float:
    if name.endswith("以下"):
        return 0
    return _value_of(name.split("至", maxsplit=1)[0])


def _high_of(name: str) -> float:
    if name.endswith("以上"):
        return float("inf")
    return _value_of(name.rsplit("至", maxsplit=1)[-1])


def _value_of(text: str) -> float:
    found = re.match(r"([\d.]+)([百千万亿]?)", text)
    assert found is not None
    return float(found.group(1)) * {"": 1, "百": 100, "千": 1000, "万": 10000, "亿": 10**8}[found.group(2)]


def _sections(name: str, text: str) -> list[str]:
    """The text below each heading ``name``, up to the next one numbered so or in a larger way."""
    found = []
    for heading in re.finditer(rf"(?:^|\n|(?<=。))({'|'.join(_LABELS)})\s*{re.escape(name)}", text):
        kind = next(number for number, label in enumerate(_LABELS) if re.fullmatch(label, heading.group(1)))
        end = re.compile(rf"\n(?:{'|'.join(_LABELS[: kind + 1])})").search(text, heading.end())
        found.append(text[heading.start() : end.start() if end else None])
    return found
