"""Questions in the rows of a table, by what its headings say; and questions as such rows.

The headings of 考试宝, 学习通, 问卷星, 磨题帮, of Kahoot and of tables that people made themselves are known. A table
with whole questions in single cells is read as a paper.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from bot.quiz.banks.interpret import RawQuestion, kind_of
from bot.quiz.banks.model import LETTERS, MAX_QUESTIONS, BankFault, BankQuestion
from bot.quiz.banks.paper import read_paper
from bot.quiz.banks.paper_lines import split_options
from bot.text import CHINESE_NUMERALS, shorten
from bot.wording import Banks

MAX_HEAD_ROW: Final = 15  # how many rows of explanations may stand above the headings
_WORDS: Final[dict[str, str]] = {
    "stem": "(?:试题|题目)?题干(?:内容)?|题目(?:内容|描述|名称)?|试题(?:内容|描述|题目)?|问题(?:内容|描述)?|小题题干"
    "|question(?:text)?|stem|prompt|question-max120characters",
    "material": "大题题干|材料|共用题干",
    "kind": "题型|题目类型|试题类型|问题类型|小题题型|类型|题目题型|type|kind|questiontype",
    "options": "选项|备选答案|候选项|选项内容|options|choices",
    "answer": "(?:正确|标准|参考|试题|题目|最佳)?答案(?:内容|选项)?|正确(?:答案[a-l]|选项)|(?:correct)?answers?|correct"
    "|correctanswers?-chooseatleastone",
    "explanation": "(?:答案|试题|题目|本题|参考)?(?:解析|分析|详解|解释)|答案说明|explanation|analysis|feedback",
    "chapter": "章节|所属章节|目录|知识点|考点|分类|题目分类|试题分类|科目|模块|chapter|category",
    "difficulty": "难度|难易度|难易程度|难度等级|难度系数|试题难度|difficulty|level",
    "source": "出处|来源|依据|答案出处|题目来源|原文|source",
    "accepted": "(?:其他|其它|备选|可接受)答案",
    "other": "序号|编号|题号|id|no|分值|分数|得分\\d*|标签|选项数|用时|备注|题目序号|时间|timelimit.*|出题人|单位|部门",
}  # fmt: skip
_HEADS: Final = tuple((name, re.compile(words)) for name, words in _WORDS.items())
_OPTION_HEAD: Final = re.compile(
    r"(?:(?:选项|选择项|备选项|备选答案|答案选项|option|choice|answer)[-_]?(\d{1,2}|[a-l一二三四五六七八九十])|([a-l])(?:选项|项)?)"
    r"(?:-max75characters)?"
)
_ANSWER_HEAD: Final = re.compile(r"答案([a-l]|\d)")
_BRACKETED: Final = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_BREAK: Final = re.compile(r"<br\s*/?>|</p>|</?div>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_BETWEEN_OPTIONS: Final = re.compile(r"\$;\$|\n|\|")
_DELIMITERS: Final = ",\t;|"
_QUOTED_FORMULA: Final = re.compile(r"^'(?=[=+\-@'\t\r])")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class Table:
    """A table: its ``rows`` of cells with the ``places`` to tell them by."""

    rows: Sequence[Sequence[str]]
    places: Sequence[str]


@dataclass(slots=True)
class _Columns:
    """Which column has what; ``options`` by letter, in the order of the letters."""

    named: dict[str, list[int]] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)
    blanks: list[int] = field(default_factory=list)  # answers of a column each

    @property
    def is_whole(self) -> bool:
        """Whether the columns make questions: there is a stem, and an answer or options."""
        has_more = "answer" in self.named or self.options or "options" in self.named or self.blanks
        return "stem" in self.named and bool(has_more)


def read_csv(text: str) -> Table:
    """The rows of a text with separated values; the separator is the one that its first rows have most."""
    head = text[:5000]
    delimiter = max(_DELIMITERS, key=head.count)
    rows, places = [], []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append([cell.strip() for cell in row])
            places.append(Banks.ROW.format(line=begins))
        begins = reader.line_num + 1
    return Table(rows, places)


def read_table(table: Table) -> tuple[list[RawQuestion | BankFault], list[str]]:
    """The questions of a table, and what is to be said of the rest; both empty if it has no headings that are known."""
    found = _headings(table)
    if found is None:
        return [], []
    head, columns = found
    raws: list[RawQuestion | BankFault] = []
    notes: list[str] = []
    if not columns.is_whole:
        return _whole_cells(table, head, columns.named["stem"][0])
    for row, place in zip(table.rows[head + 1 :], table.places[head + 1 :], strict=True):
        if len(raws) > MAX_QUESTIONS:
            break
        if any(cell.strip() for cell in row) and not _repeats(row, table.rows[head]):
            raws.append(_raw(row, place, columns))
    return raws, notes


def has_headings(table: Table) -> bool:
    """Whether the table has headings that are known."""
    return _headings(table) is not None


def as_lines(table: Table) -> tuple[list[RawQuestion | BankFault], list[str]]:
    """The questions of a table that is a paper: a line of it, or a whole question, a cell."""
    lines: list[str] = []
    places: list[str] = []
    for row, place in zip(table.rows, table.places, strict=True):
        text = "    ".join(cell for cell in row if cell.strip())
        for line in _BREAK.sub("\n", text).split("\n"):
            lines.append(_TAG.sub("", line))
            places.append(place)
    return read_paper("\n".join(lines), lambda number: places[number - 1])


def _repeats(row: Sequence[str], head: Sequence[str]) -> bool:
    return [cell.strip() for cell in row] == [cell.strip() for cell in head]


def _headings(table: Table) -> tuple[int, _Columns] | None:
    """The row of the headings and what they say; of several the one that says most."""
    best: tuple[int, _Columns] | None = None
    for number, row in enumerate(table.rows[:MAX_HEAD_ROW]):
        columns = _columns_of(row)
        if "stem" not in columns.named:
            continue
        if columns.is_whole:
            return number, columns
        if best is None and sum(bool(cell.strip()) for cell in row) == len(
            [c for cs in columns.named.values() for c in cs]
        ):
            best = (number, columns)
    return best


def _bare(head: str) -> str:
    head = unicodedata.normalize("NFKC", head)
    head = "".join(_BRACKETED.sub("", head).split()).strip("*:：.。").casefold()
    return head.replace("–", "-").replace("—", "-")


def _columns_of(row: Sequence[str]) -> _Columns:
    found = _Columns()
    answers: dict[str, int] = {}
    for at, head in enumerate(map(_bare, row)):
        if not head or len(head) > 40:
            continue
        counted = _ANSWER_HEAD.fullmatch(head)
        if counted:
            answers[_letter(counted[1])] = at
            continue
        name = next((name for name, pattern in _HEADS if pattern.fullmatch(head)), "")
        option = _OPTION_HEAD.fullmatch(head)
        if name:
            found.named.setdefault(name, []).append(at)
        elif option and (letter := _letter(option[1] or option[2])):
            found.options.setdefault(letter, at)
    if "answer" in found.named and len(answers) > 1 and not found.options:
        found.options = answers  # 答案A, 答案B and 正确答案: what may be chosen, and what is right
    else:
        found.blanks = list(answers.values())
    if "stem" not in found.named and "material" in found.named:
        found.named["stem"] = found.named.pop("material")
    found.options = dict(sorted(found.options.items()))
    return found


def _letter(label: str) -> str:
    if label in CHINESE_NUMERALS:
        label = str(CHINESE_NUMERALS.index(label) + 1)
    if label.isdecimal():
        return LETTERS[int(label) - 1] if 1 <= int(label) <= len(LETTERS) else ""
    return label.upper()


def _raw(row: Sequence[str], place: str, columns: _Columns) -> RawQuestion:
    def cells(name: str) -> list[str]:
        texts = (row[at].strip() for at in columns.named.get(name, ()) if at < len(row))
        return [_plain(text) for text in texts if text]

    stem = "\n".join(dict.fromkeys([*cells("material"), *cells("stem")]))
    kind_name = next(iter(cells("kind")), "")
    raw = RawQuestion(place, stem, kind_of(kind_name), kind_name)
    options = [(letter, _plain(row[at].strip()) if at < len(row) else "") for letter, at in columns.options.items()]
    raw.options = [(letter, _without_letter(letter, text)) for letter, text in options]
    if not any(text for _, text in raw.options):
        raw.options = [(letter, text) for cell in cells("options") for letter, text in _options_of(cell)]
    raw.answer = "\n".join(cells("answer"))
    blanks = [_plain(row[at].strip()) for at in columns.blanks if at < len(row) and row[at].strip()]
    if blanks and not raw.answer:
        is_typed = raw.kind == "fill" or not any(text for _, text in raw.options)
        raw.answer = ("；" if is_typed else "").join(blanks)
    raw.accepted = [form for cell in cells("accepted") for form in re.split(r"[;；|]", cell) if form.strip()]
    raw.explanation = "\n".join(cells("explanation"))
    raw.chapter = next(iter(cells("chapter")), "")
    raw.difficulty = next(iter(cells("difficulty")), "")
    raw.source = "\n".join(cells("source"))
    return raw


def _options_of(cell: str) -> list[tuple[str, str]]:
    """The options of a cell that has them all: lettered, or separated by $;$, by lines, | or ；."""
    pieces = [piece.strip() for piece in _BETWEEN_OPTIONS.split(cell) if piece.strip()]
    if len(pieces) == 1:
        lettered = list(split_options(pieces[0]))
        if len(lettered) > 1:
            return lettered
        pieces = [piece.strip() for piece in re.split("[;；]", cell) if piece.strip()]
    found = [list(split_options(piece)) for piece in pieces]
    if all(found):  # each with its letter, perhaps several in a line
        return [one for several in found for one in several]
    return list(zip(LETTERS, pieces, strict=False))


def _without_letter(letter: str, text: str) -> str:
    """An option without the letter of its own column: A. 绿茶 in the column 选项A."""
    found = re.match(rf"[（(]?{letter}\s*[.．、:：)）]\s*(?=\S)", text)
    return text[found.end() :] if found else text


def _plain(text: str) -> str:
    """A cell without HTML, and without the apostrophe that keeps it from being a formula."""
    text = _QUOTED_FORMULA.sub("", text)
    return _TAG.sub("", _BREAK.sub("\n", text)) if "<" in text else text


def _whole_cells(table: Table, head: int, column: int) -> tuple[list[RawQuestion | BankFault], list[str]]:
    """Questions that stand in one cell each, as a paper has them."""
    raws: list[RawQuestion | BankFault] = []
    notes: list[str] = []
    for row, place in zip(table.rows[head + 1 :], table.places[head + 1 :], strict=True):
        text = _TAG.sub("", _BREAK.sub("\n", row[column] if column < len(row) else ""))
        if not text.strip():
            continue
        read, told = read_paper(text, lambda _, place=place: place)  # type: ignore[misc]  # the place of this row
        if not read:
            raws.append(BankFault(place, Banks.NO_ANSWER, shorten(" ".join(text.split()), 30)))
        raws += read
        notes += told
    return raws, notes


def rows_of(questions: Sequence[BankQuestion]) -> Iterator[list[str]]:
    """``questions`` as rows below ``Banks.HEADINGS``, which are the first row."""
    most = max((len(_option_cells(question)) for question in questions), default=0)
    letters = max(4, min(most, len(LETTERS)))
    heads = list(Banks.HEADINGS)
    yield [*heads[: 2 + letters], *heads[2 + len(LETTERS) :]]
    for question in questions:
        options = _option_cells(question)
        answer = question.accepted[0] if question.kind == "fill" else question.answer
        row = [Banks.KINDS[question.kind], question.stem, *options, *[""] * (letters - len(options)), answer]
        yield [*row, question.explanation, question.chapter, question.difficulty, question.source]


def _option_cells(question: BankQuestion) -> tuple[str, ...]:
    """What stands in the columns of the options: of a question that is answered by typing, the accepted answers."""
    if question.kind == "true_false":
        return ()
    return question.accepted if question.kind == "fill" else question.options


def neutral(cell: str) -> str:
    """``cell`` so that no program takes it for a formula: with an apostrophe before it if it begins like one."""
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def write_csv(questions: Sequence[BankQuestion]) -> bytes:
    """``questions`` as a text with separated values, marked as UTF-8 as Excel wants it."""
    out = StringIO(newline="")
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows_of(questions))
    return out.getvalue().encode("utf-8-sig")
