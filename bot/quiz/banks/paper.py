"""Papers as people type them (.txt, .docx) → questions: «1. … （B）», A. B. C. D., 答案: and 解析:, keys at the end.

A line is read by what it begins with and by what came before it. What belongs to no question is told, not dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.quiz.banks.answer_key import (
    MAX_NOTES,
    AnswerKey,
    NumberedQuestion,
    begins_key,
    is_key_heading,
    key_answers,
)
from bot.quiz.banks.interpret import INLINE_ANSWER, KindOrUnknown, RawQuestion, count_blanks, kind_of
from bot.quiz.banks.model import LETTERS, BankFault, Place
from bot.quiz.banks.paper_lines import (
    BARE_OPTION,
    CHAPTER,
    LABEL,
    LABEL_WITHIN,
    MARK,
    NUMBER,
    OPTION,
    SECTION,
    first_option,
    label_of,
    plain_letter,
    split_options,
)
from bot.quiz.banks.question_pairs import read_pairs
from bot.text import shorten
from bot.wording import Banks

_NUMBER_SPACE: Final = re.compile(r"(\d{1,4})[\s\u3000]+(?=\D)")
_MARK_BEFORE: Final = re.compile(r"[（(]\s*(?:[√✓✔×✗✘✕╳对错]|[A-F]{1,6})\s*[)）]\s*(?=\d{1,4}\s*[.．、])")
_FULL_LINE: Final = 20
_RULE: Final = re.compile(r"[-=*_—~·#.]{3,}")
_ASKED: Final = re.compile(r"[QqＱ]\d{0,4}\s*[:：.、]\s*")
_REPLIED: Final = re.compile(r"[AaＡ]\d{0,4}\s*[:：]\s*")
_LONGEST_HEADING: Final = 120
_LONGEST_TAIL: Final = 60
_MOST_JUMP: Final = 20


def place_of_line(line: int) -> str:
    """How the place of a line is told."""
    return Banks.LINE.format(line=line)


def read_paper(text: str, place: Place = place_of_line) -> tuple[list[RawQuestion | BankFault], list[str]]:
    """The questions of a paper, and what is to be said of the rest. ``place`` names the place of a line, from 1."""
    lines = [line.strip(" \t\r\u3000\u00a0\ufeff") for line in text.split("\n")]
    lines = _in_chinese(["" if _RULE.fullmatch(line) else line for line in lines])
    pairs = read_pairs(lines, place)
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
    has_second = any(re.match(rf"[BＢ]\s*{MARK}", line) for line in lines)
    if not asked or has_second or len(replied) != len(asked):
        return list(lines)
    return [_REPLIED.sub("答：", _ASKED.sub("问：", line)) for line in lines]


class _PaperReader:
    """Reads a paper line by line."""

    def __init__(self, lines: Sequence[str], place: Place) -> None:
        self.notes: list[str] = []
        self.faults: list[BankFault] = []
        self._lines = lines
        self._place = place
        self._entries: list[NumberedQuestion] = []
        self._key = AnswerKey(place, self.notes, self.faults)
        self._current: NumberedQuestion | None = None
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
                self._key.read(self._lines, index + 1, self._entries[0].raw.kind)
                break
            self._line(index, line)
            self._after_blank = False
        self._drop_pending()
        self._key.give(self._entries)

    # what a line is

    def _line(self, index: int, line: str) -> None:
        if self._heading(index, line):
            return
        marked = _MARK_BEFORE.match(line)
        if marked:
            line = f"{line[marked.end() :]}{marked[0].strip()}"
        for piece in LABEL_WITHIN.split(line):
            self._piece(index, piece.strip())

    def _piece(self, index: int, piece: str) -> None:
        if not piece or self._label(index, piece) or self._question(index, piece) or self._option(index, piece):
            return
        self._continue(index, piece)

    def _heading(self, index: int, line: str) -> bool:
        found = SECTION.fullmatch(line)
        if found is not None and _names_a_section(found) and not self._has_options_next(index):
            self._drop_pending()
            self._current, self._state = None, ""
            self._kind, self._kind_name = kind_of(found["kind"]), found["kind"]
            self._section += 1
            return True
        chapter = CHAPTER.fullmatch(line)
        if chapter is not None and self._is_complete() and not self._has_options_next(index):
            self._drop_pending()
            self._current, self._state = None, ""
            self._chapter = chapter[1]
            return True
        return False

    def _has_options_next(self, index: int) -> bool:
        following = next(iter(self._following(index, 1)), "")
        return bool(re.match(rf"[（(]?[AＡ]\s*{MARK}", following))

    def _is_complete(self) -> bool:
        """Whether the question at hand may be over: nothing has to follow it."""
        if self._current is None:
            return True
        raw = self._current.raw
        return bool(raw.options or raw.answer) or self._state not in {"stem", "option"} or self._judges_inline(raw)

    def _judges_inline(self, raw: RawQuestion) -> bool:
        return raw.kind in {"true_false", "fill"} or count_blanks(raw.stem) > 0

    def _label(self, index: int, piece: str) -> bool:
        found = LABEL.match(piece)
        if found is None:
            return False
        name = label_of(found)
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
        answers = dict(key_answers(text))
        run: dict[int, NumberedQuestion] = {}
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
        found = NUMBER.match(piece)
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
            if number and (NUMBER.match(line) or SECTION.fullmatch(line)):
                return False
            labelled = LABEL.match(line)
            if (number and OPTION.match(line)) or INLINE_ANSWER.search(line) or (labelled and number):
                return True
            if not number and (count_blanks(line) or re.search(rf"\s[AＡ]\s*{MARK}.*\s[BＢ]\s*{MARK}", line)):
                return True
        return False

    def _question_follows_later(self, index: int, number: int) -> bool:
        """Whether a later line has the same number and is more like a question."""
        for later in range(index + 1, min(index + 30, len(self._lines))):
            found = NUMBER.match(self._lines[later])
            if found and int(next(group for group in found.groups() if group)) == number:
                return self._question_follows(later)
        return False

    def _begin(self, index: int, text: str, number: int | None) -> None:
        raw = RawQuestion(
            self._place(index + 1), kind=self._kind, kind_name=self._kind_name, chapter=self._chapter
        )  # fmt: skip
        self._current = NumberedQuestion(raw, number, self._section)
        self._entries.append(self._current)
        at = first_option(text)
        raw.stem = text[:at].strip()
        self._state = "stem"
        if at < len(text):
            self._options(text[at:])

    def _option(self, index: int, piece: str) -> bool:
        found = OPTION.match(piece) or self._bare_option(index, piece)
        if found is None:
            return False
        letter = plain_letter(found[1])
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
        found = BARE_OPTION.match(piece)
        if found is None or self._current is None or plain_letter(found[1]) != self._expected():
            return None
        letter = plain_letter(found[1])
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
        return bool(following and re.match(rf"[（(]?[AＡ]\s*{MARK}", following[0])) and not LABEL.match(
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
            if self._entries and len(self.notes) < MAX_NOTES:
                self.notes.append(Banks.SKIPPED_LINE.format(place=self._place(index + 1), text=shorten(text, 30)))
        self._pending = []

    # the key at the end

    def _is_key_heading(self, index: int, line: str) -> bool:
        following = self._following(index, 1) if self._entries and is_key_heading(line) else []
        if not following:
            return False
        unanswered = any(not entry.raw.answer for entry in self._entries)
        return begins_key(following[0]) and unanswered and not self._question_follows_at(index + 1)

    def _question_follows_at(self, index: int) -> bool:
        at = next((at for at in range(index, len(self._lines)) if self._lines[at]), index)
        return any(re.match(rf"[（(]?[AＡ]\s*{MARK}", line) for line in self._lines[at + 1 : at + 3])


def _is_wrapped(line: str, following: str) -> bool:
    """Whether ``line`` was broken in mid-sentence because it was full."""
    is_item = re.match(r"[①-⑳•·（(]|\d{1,2}[.、)）]\D", following)
    return len(line) >= _FULL_LINE and not re.search(r"[。！？：；:;!?)）”》…]$", line) and not is_item
