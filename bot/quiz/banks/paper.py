"""Papers as people type them (.txt, .docx) → questions: «1. … （B）», A. B. C. D., 答案: and 解析:, keys at the end.

A line is read by what it begins with and by what came before it. What belongs to no question is told, not dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from bot.quiz.banks.interpret import (
    INLINE_ANSWER,
    KIND_WORD,
    KindOrUnknown,
    RawQuestion,
    count_blanks,
    judgement_of,
    kind_of,
)
from bot.quiz.banks.model import LETTERS, BankFault
from bot.text import shorten
from bot.wording import Banks

_COUNTED = "[一二三四五六七八九十百]{1,4}"
_SECTION: Final = re.compile(
    rf"(?:\#+\s*)?(?:第{_COUNTED}(?:部分|大题)[:：、\s]*|{_COUNTED}\s*[、.．:：]\s*|[（(]{_COUNTED}[）)]\s*|[IVX]{{1,4}}[.．、]\s*"
    rf"|(?P<digit>\d{{1,2}}[.．、])\s*|[【\[])?"
    rf"(?P<kind>{KIND_WORD}(?P<named>(?:试?题)?))(?:部分|[】\]])?\s*(?P<tail>(?:[（(【\[:：].*|[，,。;；共每].*|\d+\s*[道题].*)?)",
    re.IGNORECASE,
)
_CHAPTER: Final = re.compile(rf"(?:\#+\s*)?(第(?:{_COUNTED}|\d{{1,3}})[章节编讲课单](?:元)?(?:[\s:：、]+.{{1,40}})?)")
_NUMBER: Final = re.compile(
    r"(?:第\s*(\d{1,5})\s*[题道][.．、:：\s]*|[（(【\[]\s*(\d{1,5})\s*[）)】\]][.．、:：]?\s*|[Qq]?(\d{1,5})\s*[.．、:：)）]\s*)"
)
_NUMBER_SPACE: Final = re.compile(r"(\d{1,4})[\s\u3000]+(?=\D)")
_MARK_BEFORE: Final = re.compile(r"[（(]\s*(?:[√✓✔×✗✘✕╳对错]|[A-F]{1,6})\s*[)）]\s*(?=\d{1,4}\s*[.．、])")
_OPTION: Final = re.compile(r"[（(【\[]?\s*([A-La-lＡ-Ｌａ-ｌ])\s*(?:[.．、:：)）】\],，]|(?=[\s\u3000]))\s*")
_BARE_OPTION: Final = re.compile(r"([A-LＡ-Ｌ])(?=[《“\u3400-\u9fff\d])")
_MARK: Final = r"[.．、:：)）】\]]"
_LABELS: Final[dict[str, str]] = {
    "answer": r"第[一二三四五六七八九十\d]{1,2}空"
    "|(?:本题|此题|试题)?(?:正确|参考|标准|最佳)?答案|正确选项|答|answer|ans|key",
    "explanation": "(?:答案|试题|题目|本题|参考)?(?:解析|详解|分析|解释)|答案说明|说明|explanation|analysis",
    "chapter": "(?:所属|对应)?(?:章节|知识点|考点|目录|分类)|chapter",
    "difficulty": "难度(?:等级|系数)?|难易(?:度|程度)|difficulty",
    "kind": "题型|题目类型|试题类型|type",
    "source": "出处|来源|依据|source",
    "stem": "题干|题目|问题|问|试题|question",
    "options": "(?:备选)?选项|options",
    "score": "分值|分数|得分|(?:我|你|您|考生|学生)的?答案|score",
    "aliases": "(?:其他|其它|可接受的?|备选)答案|aliases",
}
_NAMES: Final = "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
_LABEL: Final = re.compile(
    rf"(?:[【\[](?:{_NAMES})[】\]]\s*[:：]?|(?:{re.sub('<', '<p_', _NAMES)})\s*[:：])\s*", re.IGNORECASE
)
_LABEL_WITHIN: Final = re.compile(
    r"(?:(?<=[\s。；;)）】\]])|(?<=\t))(?=[【\[]?(?:正确答案|参考答案|标准答案|答案解析|答案|试题解析|解析|难易度|难度|章节|知识点)"
    r"(?:[】\]]|\s*[:：]))|(?=【(?:正确答案|参考答案|标准答案|答案解析|答案|试题解析|解析|难度|知识点|章节|考点)】)"
)  # fmt: skip
_KEY_HEADING: Final = re.compile(
    r"(?:\#+\s*)?(?:附[件录]?[:：]?\s*)?(?:[一-龥]{0,16}?)(?:参考|标准|正确|试题|习题|题目)?答案(?:[及与和]?(?:解析|详解|评分标准)|部分|一览|汇总|页|表)?\s*[:：]?"
)
_KEY_RANGE: Final = re.compile(r"(\d{1,4})\s*[-—–~～－至到]+\s*(\d{1,4})\s*题?\s*[.．、:：)）]?\s*")
_KEY_ONE: Final = re.compile(
    r"(\d{1,4})\s*[.．、:：)）]?\s*([A-La-lＡ-Ｌ](?:[,，、]?\s?[A-La-lＡ-Ｌ])*(?![A-Za-z])|[√✓✔×✗✘✕╳]|[对错](?!误)|正确|错误)"
)
_KEY_NUMBER: Final = re.compile(r"(?:^|(?<=[\s,，;；。|\t]))[（(]?(\d{1,4})\s*[.．、:：)）]\s*")
_KEY_SECTION: Final = re.compile(rf"(?:{_COUNTED}\s*[、.．:：]|[（(]{_COUNTED}[）)])\s*(?=[（(]?\d|$)")
_KEY_ROW: Final = re.compile(r"题号(?:[\s|:：]+\d{1,4})+\s*\|?\s*$")
_KEY_CELLS: Final = re.compile(r"答案[\s|:：]+")
_KEY_VALUE: Final = re.compile(r"[A-L]+|[√✓✔×✗✘✕╳对错TFtf]")
_FULL_LINE: Final = 20
_LONG_STEM: Final = 12
_LONG_ANSWER: Final = 30
_ALONE: Final = 2.5  # of a line without its other half
_RULE: Final = re.compile(r"[-=*_—~·#.]{3,}")
_ASKED: Final = re.compile(r"[QqＱ]\d{0,4}\s*[:：.、]\s*")
_REPLIED: Final = re.compile(r"[AaＡ]\d{0,4}\s*[:：]\s*")
_LONGEST_HEADING: Final = 120
_LONGEST_TAIL: Final = 60
_MOST_JUMP: Final = 20
_PAIRED: Final = 0.7
_MAX_NOTES: Final = 20


@dataclass(slots=True)
class _Entry:
    """A question of the paper with what connects it with the key at the end."""

    raw: RawQuestion
    number: int | None
    section: int


@dataclass(slots=True)
class _KeyAnswer:
    section: int
    kind: KindOrUnknown
    number: int
    line: int
    answer: str
    explanation: str = ""
    used: bool = field(default=False)


Place = Callable[[int], str]


def place_of_line(line: int) -> str:
    """How the place of a line is told."""
    return Banks.LINE.format(line=line)


def read_paper(text: str, place: Place = place_of_line) -> tuple[list[RawQuestion | BankFault], list[str]]:
    """The questions of a paper, and what is to be said of the rest. ``place`` names the place of a line, from 1."""
    lines = [line.strip(" \t\r\u3000\u00a0\ufeff") for line in text.split("\n")]
    lines = _in_chinese(["" if _RULE.fullmatch(line) else line for line in lines])
    pairs = _pairs(lines, place)
    if pairs is not None:
        return pairs, []
    reader = _PaperReader(lines, place)
    reader.read()
    return [*reader.raws(), *reader.faults], reader.notes


def _names_a_section(found: re.Match[str]) -> bool:
    """Whether a line is the heading of a section, not a question that begins like one: 1. 判断对错：…."""
    tail = found["tail"]
    says_more = len(tail) > 1 and (tail[0] in ":：，,。;；" or len(tail) > _LONGEST_TAIL)
    if len(found[0]) > _LONGEST_HEADING or kind_of(found["kind"]) == "" or (says_more and not found["named"]):
        return False
    return not (found["digit"] and says_more)


def _in_chinese(lines: Sequence[str]) -> list[str]:
    """``lines`` with 问 and 答 for Q: and A: if they take turns and A: is no first option."""
    asked = [at for at, line in enumerate(lines) if _ASKED.match(line)]
    replied = [at for at, line in enumerate(lines) if _REPLIED.match(line)]
    has_second = any(re.match(rf"[BＢ]\s*{_MARK}", line) for line in lines)
    if not asked or has_second or len(replied) != len(asked):
        return list(lines)
    return [_REPLIED.sub("答：", _ASKED.sub("问：", line)) for line in lines]


def _is_structured(line: str) -> bool:
    return bool(_OPTION.match(line) or _LABEL.match(line))


def _pairs(lines: Sequence[str], place: Place) -> list[RawQuestion | BankFault] | None:
    """Questions and answers, a line each, without options and labels; None if the text is not made of these."""
    said = [(number, line) for number, line in enumerate(lines, start=1) if line]
    if len(said) < 2 or any(_is_structured(line) or _SECTION.fullmatch(line) for _, line in said):
        return None
    if not any(count_blanks(line) or line.endswith(("？", "?")) for _, line in said):
        return None
    doubts = [(_doubt_as_question(line), _doubt_as_answer(line)) for _, line in said]
    pairs = _paired(doubts)
    if 2 * len(pairs) < _PAIRED * len(said):
        return None
    found: list[RawQuestion | BankFault] = []
    at = 0
    while at < len(said):
        number, line = said[at]
        if at in pairs:
            answer = _plain_answer(_unnumbered(said[at + 1][1]))
            found.append(RawQuestion(place(number), _unnumbered(line), kind="fill", answer=answer))
        elif doubts[at][0] < 1:
            found.append(RawQuestion(place(number), _unnumbered(line), kind="fill"))
        else:
            found.append(BankFault(place(number), Banks.NOT_A_QUESTION.format(text=shorten(line, 30))))
        at += 2 if at in pairs else 1
    return found


def _paired(doubts: Sequence[tuple[float, float]]) -> set[int]:
    """Which lines are questions with the next line as their answer, so that there is least doubt in all."""
    costs: list[tuple[float, bool]] = [(0.0, False)] * (len(doubts) + 1)
    costs.append((float("inf"), False))
    for at in range(len(doubts) - 1, -1, -1):
        alone = costs[at + 1][0] + _ALONE
        pair = costs[at + 2][0] + doubts[at][0] + doubts[at + 1][1] if at + 1 < len(doubts) else float("inf")
        costs[at] = (min(alone, pair), pair <= alone)
    found, at = set[int](), 0
    while at < len(doubts):
        if costs[at][1]:
            found.add(at)
        at += 2 if costs[at][1] else 1
    return found


def _doubt_as_question(line: str) -> float:
    """How little ``line`` looks like a question: 0 not at all."""
    if count_blanks(line):
        return 0
    if line.endswith(("是。", "为。", "？", "?", "是", "为", "：", ":")) or _NUMBER.match(line):
        return 0.3
    return 0.8 if len(line) > _LONG_STEM else 1.6


def _doubt_as_answer(line: str) -> float:
    if count_blanks(line):
        return 4
    if line.endswith(("？", "?", "是。", "为。")):
        return 2
    return 0.7 if len(line) > _LONG_ANSWER else 0


def _unnumbered(line: str) -> str:
    found = _NUMBER.match(line)
    return line[found.end() :] if found and (found[1] or found[2] or not line[found.end() :][:1].isdecimal()) else line


def _plain_answer(line: str) -> str:
    label = _LABEL.match(line)
    line = line[label.end() :] if label else line
    return line.strip("。. ") if line.count("。") == 1 and line.endswith("。") else line


class _PaperReader:
    """Reads a paper line by line."""

    def __init__(self, lines: Sequence[str], place: Place) -> None:
        self.notes: list[str] = []
        self.faults: list[BankFault] = []
        self._lines = lines
        self._place = place
        self._entries: list[_Entry] = []
        self._key: list[_KeyAnswer] = []
        self._current: _Entry | None = None
        self._state = ""  # what a line without a mark goes on with: stem, option, or the name of a field
        self._kind: KindOrUnknown = ""
        self._kind_name = ""
        self._section = 0
        self._chapter = ""
        self._pending: list[tuple[int, str]] = []  # lines that may be a stem without a number
        self._after_blank = True

    def raws(self) -> list[RawQuestion]:
        return [entry.raw for entry in self._entries]

    def read(self) -> None:
        """Read all lines."""
        for index, line in enumerate(self._lines):
            if not line:
                self._after_blank = True
                continue
            if self._is_key_heading(index, line):
                self._drop_pending()
                self._read_key(index + 1)
                break
            self._line(index, line)
            self._after_blank = False
        self._drop_pending()
        self._give_key()

    # what a line is

    def _line(self, index: int, line: str) -> None:
        if self._heading(index, line):
            return
        marked = _MARK_BEFORE.match(line)
        if marked:
            line = f"{line[marked.end() :]}{marked[0].strip()}"
        for piece in _LABEL_WITHIN.split(line):
            self._piece(index, piece.strip())

    def _piece(self, index: int, piece: str) -> None:
        if not piece or self._label(index, piece) or self._question(index, piece) or self._option(index, piece):
            return
        self._continue(index, piece)

    def _heading(self, index: int, line: str) -> bool:
        found = _SECTION.fullmatch(line)
        if found is not None and _names_a_section(found) and not self._has_options_next(index):
            self._drop_pending()
            self._current, self._state = None, ""
            self._kind, self._kind_name = kind_of(found["kind"]), found["kind"]
            self._section += 1
            return True
        chapter = _CHAPTER.fullmatch(line)
        if chapter is not None and self._is_complete() and not self._has_options_next(index):
            self._drop_pending()
            self._current, self._state = None, ""
            self._chapter = chapter[1]
            return True
        return False

    def _has_options_next(self, index: int) -> bool:
        following = next(iter(self._following(index, 1)), "")
        return bool(re.match(rf"[（(]?[AＡ]\s*{_MARK}", following))

    def _is_complete(self) -> bool:
        """Whether the question at hand may be over: nothing has to follow it."""
        if self._current is None:
            return True
        raw = self._current.raw
        return bool(raw.options or raw.answer) or self._state not in {"stem", "option"} or self._judges_inline(raw)

    def _judges_inline(self, raw: RawQuestion) -> bool:
        return raw.kind in {"true_false", "fill"} or count_blanks(raw.stem) > 0

    def _label(self, index: int, piece: str) -> bool:
        found = _LABEL.match(piece)
        if found is None:
            return False
        name = next(name.removeprefix("p_") for name, value in found.groupdict().items() if value is not None)
        rest = piece[found.end() :].strip()
        if name == "stem":
            self._drop_pending()
            self._begin(index, rest, None)
            return True
        self._adopt_pending()
        if self._current is None:
            return False
        self._state = name
        if name == "answer" and self._take_answers(rest):
            self._state = "answers"
        elif name == "options":
            self._state = "listed"
            if rest:
                self._options(rest)
                self._list_options(rest)
        else:
            self._add_field(name, rest)
        return True

    def _take_answers(self, text: str) -> bool:
        """Whether ``text`` has the answers to all questions of the section so far; then they are given."""
        answers = dict(_key_answers(text))
        run: dict[int, _Entry] = {}
        for entry in reversed(self._entries):
            if entry.number is None or entry.number in run or entry.section != self._section:
                break
            run[entry.number] = entry
        whole = self._state == "answers" or (len(answers) > 1 and min(answers) == min(run, default=0))
        if not answers or not whole or not set(answers) <= set(run) or (len(run) == 1 and len(answers) > 1):
            return False
        for number, answer in answers.items():
            run[number].raw.answer = run[number].raw.answer or answer
        return True

    def _add_field(self, name: str, text: str) -> None:
        assert self._current is not None  # noqa: S101 - who calls it has seen to that
        raw = self._current.raw
        if name == "kind":
            raw.kind, raw.kind_name = kind_of(text) or raw.kind, text
        elif name == "aliases":
            raw.accepted += [one for one in re.split(r"[;；|]", text) if one.strip()]
        elif name != "score" and text:
            before = getattr(raw, name)
            setattr(raw, name, f"{before}\n{text}" if before else text)

    def _question(self, index: int, piece: str) -> bool:
        found = _NUMBER.match(piece)
        number = int(next(group for group in found.groups() if group)) if found else None
        if found is None:
            found = _NUMBER_SPACE.match(piece)
            number = int(found[1]) if found else None
            if found is None or number != self._last_number() + 1 or not self._is_complete():
                return False
        is_bare = not piece[found.end() :].strip()
        if number is None or (is_bare and number != self._last_number() + 1) or not self._is_next(index, number):
            return False
        self._drop_pending()
        self._begin(index, piece[found.end() :].strip(), number)
        return True

    def _last_number(self) -> int:
        return next((entry.number for entry in reversed(self._entries) if entry.number is not None), 0)

    def _is_next(self, index: int, number: int) -> bool:
        """Whether a line that begins with ``number`` begins a question."""
        last = self._last_number()
        if self._current is None:
            return True
        in_text = self._state in {"explanation", "source", "aliases"}
        if number == last + 1:
            return not in_text or self._question_follows(index) or not self._question_follows_later(index, last + 1)
        if self._state == "stem" and not self._is_complete():
            return False
        if self._state == "option":
            return number == 1 or last < number <= last + _MOST_JUMP or self._question_follows(index)
        return self._question_follows(index)

    def _question_follows(self, index: int) -> bool:
        """Whether what begins at ``index`` has, before the next number, what makes it a question."""
        for number, line in enumerate(self._lines[index : index + 12]):
            if number and (_NUMBER.match(line) or _SECTION.fullmatch(line)):
                return False
            labelled = _LABEL.match(line)
            if (number and _OPTION.match(line)) or INLINE_ANSWER.search(line) or (labelled and number):
                return True
            if not number and (count_blanks(line) or re.search(rf"\s[AＡ]\s*{_MARK}.*\s[BＢ]\s*{_MARK}", line)):
                return True
        return False

    def _question_follows_later(self, index: int, number: int) -> bool:
        """Whether a later line has the same number and is more like a question."""
        for later in range(index + 1, min(index + 30, len(self._lines))):
            found = _NUMBER.match(self._lines[later])
            if found and int(next(group for group in found.groups() if group)) == number:
                return self._question_follows(later)
        return False

    def _begin(self, index: int, text: str, number: int | None) -> None:
        raw = RawQuestion(
            self._place(index + 1), kind=self._kind, kind_name=self._kind_name, chapter=self._chapter
        )  # fmt: skip
        self._current = _Entry(raw, number, self._section)
        self._entries.append(self._current)
        at = _first_option(text)
        raw.stem = text[:at].strip()
        self._state = "stem"
        if at < len(text):
            self._options(text[at:])

    def _option(self, index: int, piece: str) -> bool:
        found = _OPTION.match(piece) or self._bare_option(index, piece)
        if found is None:
            return False
        letter = _plain(found[1])
        mark = piece[found.end(1) : found.end()].strip()
        expected = self._expected()
        if (
            letter == "A"
            and self._pending
            and (self._current is None or self._current.raw.options or self._state not in {"stem"})
        ):
            self._adopt_pending()
            expected = self._expected()
        if self._current is None or self._state not in {"stem", "option", "listed"}:
            return False
        is_lower = found[1] not in "ABCDEFGHIJKLＡＢＣＤＥＦＧＨＩＪＫＬ"
        if (not mark or is_lower) and letter != expected:
            return False
        near = expected and LETTERS.index(letter) - LETTERS.index(expected)
        if not isinstance(near, int) or not 0 <= near <= 2:
            return False
        self._options(piece)
        return True

    def _bare_option(self, index: int, piece: str) -> re.Match[str] | None:
        """An option whose letter stands right before its text, if the letters around are in order: A绿茶 B红茶."""
        found = _BARE_OPTION.match(piece)
        if found is None or self._current is None or _plain(found[1]) != self._expected():
            return None
        letter = _plain(found[1])
        following = LETTERS[LETTERS.index(letter) + 1 :][:1]
        here = re.search(rf"\s{following}[^A-Za-z]", piece)
        below = next(iter(self._following(index, 1)), "")
        return found if letter != "A" or here or below.startswith(following) else None

    def _following(self, index: int, count: int) -> list[str]:
        """The next lines with something in them, at most ``count``."""
        return list(islice((line for line in islice(self._lines, index + 1, index + 40) if line), count))

    def _expected(self) -> str:
        if self._current is None:
            return "A"
        options = self._current.raw.options
        at = LETTERS.index(options[-1][0]) + 1 if options else 0
        return LETTERS[at] if at < len(LETTERS) else ""

    def _options(self, text: str) -> None:
        """Take the options of a line: the first at its beginning, the others behind it in the order of the letters."""
        assert self._current is not None  # noqa: S101 - who calls it has seen to that
        found = list(split_options(text))
        self._state = "option" if found else self._state
        self._current.raw.options += found

    def _list_options(self, text: str) -> None:
        """Take the options of ``text``, which have no letters, behind 选项；nothing if letters were found there."""
        assert self._current is not None  # noqa: S101 - who calls it has seen to that
        raw = self._current.raw
        if self._state == "listed":
            for piece in re.split(r"[;；|]|\s{2,}", text):
                if piece.strip() and len(raw.options) < len(LETTERS):
                    raw.options.append((LETTERS[len(raw.options)], piece.strip()))

    def _continue(self, index: int, piece: str) -> None:
        current = self._current
        over = current is None or (
            self._after_blank
            and self._is_complete()
            and self._state in {"option", "answer", "score", "difficulty", "chapter", "kind"}
        )
        over = over or (
            self._state in {"answer", "explanation", "source", "difficulty", "chapter", "score"}
            and self._begins_unnumbered(index)
        )
        if self._state == "answers" and self._take_answers(piece):
            return
        if over or self._pending or self._state == "answers":
            self._pending.append((index, piece))
            return
        assert current is not None  # noqa: S101 - else it is over
        raw = current.raw
        if self._state == "stem":
            raw.stem += piece if _is_wrapped(raw.stem.rpartition("\n")[2], piece) else f"\n{piece}"
        elif self._state == "listed":
            self._list_options(piece)
        elif self._state == "option" and raw.options:
            letter, text = raw.options[-1]
            raw.options[-1] = (
                letter,
                f"{text} {piece}" if text[-1:].isascii() and piece[:1].isascii() else text + piece,
            )
        else:
            self._add_field(self._state, piece)

    def _begins_unnumbered(self, index: int) -> bool:
        """Whether the line is the stem of a question without a number: options A and B follow at once."""
        following = self._following(index, 1)
        return bool(following and re.match(rf"[（(]?[AＡ]\s*{_MARK}", following[0])) and not _LABEL.match(
            self._lines[index]
        )

    def _adopt_pending(self) -> None:
        """Make the last of the lines that belong to nothing the stem of a question."""
        if not self._pending:
            return
        gap = len(self._pending) - 1
        while gap and self._pending[gap][0] - self._pending[gap - 1][0] == 1 and gap > 1:
            gap -= 1
        *rest, (index, text) = self._pending
        self._pending = rest
        self._drop_pending()
        self._begin(index, text, None)

    def _drop_pending(self) -> None:
        for index, text in self._pending:
            if self._entries and len(self.notes) < _MAX_NOTES:
                self.notes.append(Banks.SKIPPED_LINE.format(place=self._place(index + 1), text=shorten(text, 30)))
        self._pending = []

    # the key at the end

    def _is_key_heading(self, index: int, line: str) -> bool:
        if not self._entries or len(line) > 40 or not _KEY_HEADING.fullmatch(line):
            return False
        following = self._following(index, 3)
        if not following:
            return False
        first = following[0]
        numbered = _KEY_NUMBER.match(first) or _KEY_RANGE.match(first) or _KEY_ONE.match(first)
        in_key = bool(
            numbered
            or _KEY_ROW.match(first)
            or _KEY_SECTION.match(first)
            or _SECTION.match(first)
            or _CHAPTER.fullmatch(first)
        )
        unanswered = any(not entry.raw.answer for entry in self._entries)
        return in_key and unanswered and not self._question_follows_at(index + 1)

    def _question_follows_at(self, index: int) -> bool:
        at = next((at for at in range(index, len(self._lines)) if self._lines[at]), index)
        return any(re.match(rf"[（(]?[AＡ]\s*{_MARK}", line) for line in self._lines[at + 1 : at + 3])

    def _read_key(self, start: int) -> None:
        section, kind, last, headed = 0, self._entries[0].raw.kind, 0, False
        columns: list[int] = []  # the numbers in the row above of a table
        for index in range(start, len(self._lines)):
            line = self._lines[index]
            if not line:
                continue
            found = _SECTION.match(line)
            if found is not None and kind_of(found["kind"]):
                section, last, kind, headed = section + 1, 0, kind_of(found["kind"]), True
                tail = re.search(r"(?:题|部分|择|断|空)[^\d]*?(?=\d)", line)
                line = (
                    line[tail.end() :] if tail and not re.match(r"\s*(?:道|题|分|小题)", line[tail.end() + 1 :]) else ""
                )
                if not line:
                    continue
            if _CHAPTER.fullmatch(line):
                last = 0
                continue
            counted = _KEY_SECTION.match(line)
            if counted is not None:
                section, last, kind, headed = section + 1, 0, "", True
                line = line[counted.end() :]
                if not line:
                    continue
            row = _KEY_ROW.match(line)
            if row is not None:
                columns = [int(number) for number in re.findall(r"\d+", line)]
                continue
            cells = _KEY_CELLS.match(line)
            if cells is not None and columns:
                line = " ".join(
                    f"{number}.{cell}" for number, cell in zip(columns, line[cells.end() :].split(), strict=False)
                )
                columns = []
            answers = list(_key_answers(line))
            if not answers:
                self._key_text(index, line)
                continue
            for number, answer in answers:
                if number <= last and not headed:
                    section += 1
                last = number
                told, explanation = _without_label(answer)
                at = section if headed else section + 1
                self._key.append(_KeyAnswer(at, kind if headed else "", number, index + 1, told, explanation))

    def _key_text(self, index: int, line: str) -> None:
        labelled = _LABEL.match(line)
        if self._key and labelled:
            self._key[-1].explanation += line[labelled.end() :]
        elif self._key and self._key[-1].explanation:
            self._key[-1].explanation += f"\n{line}"
        elif len(self.notes) < _MAX_NOTES:
            self.notes.append(Banks.SKIPPED_LINE.format(place=self._place(index + 1), text=shorten(line, 30)))

    def _give_key(self) -> None:
        if not self._key:
            return
        runs = self._runs()
        numbers = [answer.number for answer in self._key]
        if runs and runs[-1] == 1 and len(set(numbers)) == len(numbers):
            for answer in self._key:  # numbered through: headings tell nothing
                answer.section, answer.kind = 1, ""
        by_number: dict[tuple[int, int], _KeyAnswer] = {}
        for answer in self._key:
            if (answer.section, answer.number) in by_number:
                message = Banks.NUMBER_TWICE.format(number=answer.number)
                self.faults.append(BankFault(self._place(answer.line), message))
            by_number.setdefault((answer.section, answer.number), answer)
        kinds: dict[KindOrUnknown, int] = {one.kind: one.section for one in reversed(self._key) if one.kind}
        sections = len({answer.section for answer in self._key})
        several = sections > 1
        for entry, run in zip(self._entries, runs, strict=True):
            if entry.number is None or entry.raw.answer:
                continue
            by_kind = entry.raw.kind in kinds and sections != runs[-1]
            section = kinds[entry.raw.kind] if by_kind else run
            found = by_number.get((section if several else self._key[0].section, entry.number))
            if found is None or (not several and found.used):
                continue
            found.used = True
            entry.raw.answer = found.answer
            entry.raw.explanation = entry.raw.explanation or found.explanation
        for answer in self._key:
            if not answer.used:
                message = Banks.ANSWER_WITHOUT_QUESTION.format(number=answer.number)
                self.faults.append(BankFault(self._place(answer.line), message))

    def _runs(self) -> list[int]:
        """Of each question, which run of numbers it belongs to, counted from 1."""
        run, last, section, found = 1, 0, None, list[int]()
        for entry in self._entries:
            number = entry.number if entry.number is not None else last + 1
            if section is not None and number <= last:
                run += 1
            last, section = number, entry.section
            found.append(run)
        return found


def _is_wrapped(line: str, following: str) -> bool:
    """Whether ``line`` was broken in mid-sentence because it was full."""
    is_item = re.match(r"[①-⑳•·（(]|\d{1,2}[.、)）]\D", following)
    return len(line) >= _FULL_LINE and not re.search(r"[。！？：；:;!?)）”》…]$", line) and not is_item


def _plain(letter: str) -> str:
    """A letter of half width, upper case."""
    code = ord(letter)
    return (chr(code - 0xFEE0) if code > 0xFF00 else letter).upper()


def _first_option(text: str) -> int:
    """Where the options begin in a line that has the stem and at least A and B; its length if it has none."""
    for found in re.finditer(rf"(?:(?<=[\s）)。？?：:])|(?<=[（(]\s[)）]))[（(]?[AＡ]\s*{_MARK}", text):
        if found.start() and len(list(split_options(text[found.start() :]))) > 1:
            return found.start()
    return len(text)


def split_options(text: str) -> Iterator[tuple[str, str]]:
    """The options of ``text``, which begins with one, by letter: each letter is looked for behind the one before."""
    first = _OPTION.match(text) or _BARE_OPTION.match(text)
    if first is None:
        return
    letter, start = _plain(first[1]), first.end()
    spaced = not text[first.end(1) : first.end()].strip()
    while True:
        following = LETTERS[LETTERS.index(letter) + 1 :][:1]
        found = _next_option(text, start, following, spaced=spaced) if following else None
        if found is None:
            yield letter, text[start:].strip()
            return
        yield letter, text[start : found.start()].strip(" \t\u3000;；")
        letter, start = following, found.end()


def _next_option(text: str, start: int, letter: str, *, spaced: bool) -> re.Match[str] | None:
    both = f"[{letter}{letter.lower()}{chr(ord(letter) + 0xFEE0)}]"
    upper = f"[{letter}{chr(ord(letter) + 0xFEE0)}]"
    behind_space = re.compile(rf"(?<=[\s\u3000;；，,])[（(]?\s*{both}\s*{_MARK}\s*").search(text, start)
    if behind_space is not None:
        return behind_space
    if spaced:
        return re.compile(rf"(?<=[\s\u3000]){upper}(?:[\s\u3000]+|(?=[《“\u3400-\u9fff\d]))").search(text, start)
    close = re.compile(rf"(?<![A-Za-z0-9])[（(]?\s*{upper}\s*[.．、:：)）]\s*").search(text, start)
    return close if close is not None and close.start() > start else None


def _key_answers(line: str) -> Iterator[tuple[int, str]]:
    """Numbers and answers of a line of a key: 1-5 BCDAA, 1.B 2.C, 3、√, 4. 北京."""
    ranges = list(_KEY_RANGE.finditer(line))
    if ranges:
        ends = [*(one.start() for one in ranges[1:]), len(line)]
        for found, end in zip(ranges, ends, strict=True):
            yield from _of_range(int(found[1]), int(found[2]), line[found.end() : end].strip())
        return
    ones = list(_KEY_ONE.finditer(line))
    rest = _KEY_ONE.sub("", line).strip(" \t,，;；。、.|\u3000")
    if ones and not rest:
        for found in ones:
            yield int(found[1]), found[2]
        return
    numbers = list(_KEY_NUMBER.finditer(line))
    if not numbers or numbers[0].start() > 0:
        return
    ends = [*(one.start() for one in numbers[1:]), len(line)]
    for found, end in zip(numbers, ends, strict=True):
        yield int(found[1]), line[found.end() : end].strip(" \t;；|")


def _of_range(first: int, last: int, text: str) -> Iterator[tuple[int, str]]:
    count = last - first + 1
    if not 1 <= count <= 500:
        return
    pieces = [piece for piece in re.split(r"[\s,，、;；]+", text) if piece]
    if len(pieces) != count:
        singles = [char for piece in pieces for char in piece]
        if len(pieces) > 1 and all(_KEY_VALUE.fullmatch(piece) for piece in pieces) and len(singles) != count:
            return
        pieces = singles
    if len(pieces) == count:
        yield from zip(range(first, last + 1), pieces, strict=True)


def _without_label(answer: str) -> tuple[str, str]:
    """An answer of a key and its explanation: 【答案】B【解析】…."""
    told, explanation = "", ""
    for piece in _LABEL_WITHIN.split(answer):
        found = _LABEL.match(piece)
        name = (
            next((name.removeprefix("p_") for name, value in found.groupdict().items() if value), "")
            if found
            else "answer"
        )
        rest = piece[found.end() :].strip() if found else piece.strip()
        if name == "answer":
            told += rest
        elif name == "explanation":
            explanation += rest
    lettered = re.fullmatch(r"([A-L]+|[√×✓✗])[。.．,，;；\s]+(\S.*)", told)
    if lettered and not explanation and judgement_of(told) is None:
        told, explanation = lettered[1], lettered[2]
    return told, explanation
