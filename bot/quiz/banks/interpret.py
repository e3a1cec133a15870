"""A question as it stands in a file → a ``BankQuestion``, or what is wrong with it: kinds, answers, blanks, slips.

The readers of the formats find out what belongs to a question; what it means is decided here, alike for all of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.quiz.banks.model import (
    KINDS,
    LETTERS,
    MAX_QUESTIONS,
    TRUE_FALSE,
    BankFault,
    BankKind,
    BankQuestion,
    Difficulty,
    ReadBank,
    ReadQuestion,
    comparable,
    problem_of,
)
from bot.text import readable, shorten
from bot.wording import Banks, Quiz

KindOrUnknown = BankKind | Literal["", "choice", "unmarked"]
"""``choice``: single or several, as the answer has it. ``unmarked``: of a kind that no program can mark."""

_KIND_WORDS: Final[tuple[tuple[str, KindOrUnknown], ...]] = (
    ("单项?选择?|single(?:[ _-]?(?:answer|choice|select))?|radio", "single"),
    ("多项?选择?|不定项(?:选择)?|任选"
     "|multi(?:ple)?(?:[ _-]?(?:answer|select|response))?s?|checkbox|several", "several"),
    ("判断(?:对错|正误)?|正误(?:判断)?|是非|对错"
     "|t/?f|true[ _-]?(?:or[ _-]?)?/?false|judge(?:ment)?|bool(?:ean)?", "true_false"),
    ("填空|填充|fill(?:[ _-]?in)?(?:[ _-]?(?:the[ _-]?)?blanks?)?|blanks?|short[ _-]?answer|cloze", "fill"),
    ("排序|顺序|order(?:ing)?|sort", "order"),
    ("选择|choice|quiz|multiple[ _-]?choice|multi[ _-]?choice", "choice"),
    ("简答|问答|论述|名词解释|案例(?:分析)?|材料(?:分析|解析)?|连线|匹配|计算|操作|作文|写作|主观|综合|分析|完形填空|阅读理解"
     "|essay|matching|open[ _-]?ended|poll|survey", "unmarked"),
)  # fmt: skip
KIND_WORD: Final = "(?:" + "|".join(words for words, _ in _KIND_WORDS) + ")"
"""A pattern for what kinds of questions are called."""
_KINDS_OF: Final = tuple(
    (re.compile(f"(?:{words})(?:题|试题|类|questions?)*", re.IGNORECASE), kind) for words, kind in _KIND_WORDS
)
_YES: Final = frozenset({*"对是√✓✔☑tyr1", "正确", "对的", "是的", "true", "yes", "right", "ok", "v"})
_NO: Final = frozenset({*"错否×✗✘✕❌☒╳xfn0", "错误", "错的", "不对", "不是", "不正确", "false", "no", "wrong"})
_DIFFICULTIES: Final[dict[str, Difficulty]] = {
    **dict.fromkeys(("易", "较易", "容易", "简单", "easy", "low", "基础", "初级"), "易"),
    **dict.fromkeys(("中", "中等", "一般", "适中", "普通", "medium", "normal", "middle", "moderate", "中级"), "中"),
    **dict.fromkeys(("难", "较难", "困难", "很难", "hard", "difficult", "high", "高级"), "难"),
}  # fmt: skip
_SEPARATED: Final = re.compile(r"[\s,，、;；/|和与及.．]+")
_LETTERED: Final = re.compile(r"[A-L]+")
_BEFORE_LETTERS: Final = re.compile(r"^(?:故|应|因此)?(?:选择?|答案?[是为]?)?\s*[:：]?\s*")
INLINE_ANSWER: Final = re.compile(r"[（(【\[〔]\s*([A-La-lＡ-Ｌ](?:[\s,，、;；]*[A-La-lＡ-Ｌ])*)\s*[)）】\]〕]")
_INLINE_MARK: Final = re.compile(r"[（(【\[〔]\s*([√✓✔×✗✘✕╳]|[对错]|正确|错误|[XxTF])\s*[)）】\]〕]")
_LETTERS_BEHIND: Final = re.compile(r"(?<=[:：\s])([A-L]{1,8})\s*[。.]?\s*$")
_BARE_MARK: Final = re.compile(r"\s*[√✓✔×✗✘✕╳]\s*$|^\s*[√✓✔×✗✘✕╳]\s*")
_BLANK_AT_EDGE: Final = re.compile(r"^[（(【]\s*[)）】]|[（(【]\s*[)）】](?=[。.]?$)")
_FILLED: Final = re.compile(r"[（(【]\s*([^（()）【】\s][^（()）【】]{0,40}?)\s*[)）】]|_{1,}([^_\s]{1,40})_{1,}")
GAP: Final = Quiz.GAP
_BLANK: Final = re.compile(r"[〔〈【《\\]?[（(【〈〔\\]\s*[)）】〉〕]")
_EMPTY_TITLE: Final = re.compile(r"《[ \u3000]*》")
_AROUND_GAP: Final = re.compile(rf"(?:(?<=[^\x00-\x7f]) +)?{GAP}(?: +(?=[^\x00-\x7f]))?")
_EMPTY_SPACES: Final = re.compile(r"(?:_{2,}|＿{2,})")
_CJK: Final = "\u3400-\u9fff"
_BROKEN_LINE: Final = re.compile(rf"(?<=[{_CJK}，、。；]) (?=[{_CJK}“《])")
_LONG: Final = 15  # characters before a space that may be the end of a line that was broken
_ANSWER_BEHIND: Final = re.compile(r"(?:\s+|(?<=[。.]))\S{0,4}、\s*(正确|错误|对|错)\s*$")
_STATISTIC: Final = re.compile(r"\s*[（(]?(?:正确率|错误率|.错率)\s*[:：]\s*[\d.]+\s*%[)）]?\s*$")
_SCORE: Final = re.compile(r"[（(【\[]\s*(?:本题|每[小]?题|共)?\s*\d+(?:\.\d+)?\s*分[^）)】\]]{0,8}[）)】\]]")
_KIND_TAG: Final = re.compile(rf"[（(【\[]\s*({KIND_WORD}(?:题|选择题)?)\s*[^）)】\]]{{0,10}}[）)】\]]", re.IGNORECASE)
_WAS_CHOICE: Final = re.compile("下列(?:哪|选项|各项|说法|属于|不属于|表述)|以下(?:哪|选项|各项|说法)")
_LETTER_AND_WORDS: Final = re.compile(r"(?<![A-Za-z])([A-La-l])(?:\s*[.．、:：)）]\s*|\s+)(?=\S)")
_ALTERNATIVES: Final = re.compile(r"\s*[|｜]\s*|\s*(?:###|\$;\$)\s*|\s+或\s+")
_LISTED: Final = re.compile(r"\s*[;；]\s*")
_PARTS: Final = re.compile(r"\s*[;；、，,|｜/]\s*|\s{1,}")
_HALF_BRACKETS: Final = str.maketrans("（）", "()")
_SHOWN: Final = 30


@dataclass(slots=True)
class RawQuestion:
    """What a reader found to belong to a question, all of it as it is written.

    ``options``: letter and text, the letter empty if there is none. ``accepted``: of an answer that is typed, forms
    that are told one by one; those in ``answer`` may be in one text. ``exact``: nothing in the texts is to be
    cleaned, cut or told apart, since a program wrote them.
    """

    place: str
    stem: str = ""
    kind: KindOrUnknown = ""
    kind_name: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""
    accepted: list[str] = field(default_factory=list)
    explanation: str = ""
    chapter: str = ""
    difficulty: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)
    exact: bool = False


def mixed_order(raw: RawQuestion) -> None:
    """Put the options of ``raw`` another way than the right one, always the same, and the answer with them."""
    right = [text for _, text in raw.options]
    mixed = sorted(right, key=lambda text: hashlib.sha256(text.encode("utf-8", "replace")).digest())
    mixed = mixed[::-1] if mixed == right else mixed
    raw.options = list(zip(LETTERS, mixed, strict=False))
    raw.answer = "".join(LETTERS[mixed.index(text)] for text in right) if len(right) <= len(LETTERS) else ""


def kind_of(words: str) -> KindOrUnknown:
    """The kind that ``words`` name (单选题, 多项选择, true/false); empty if none that is known."""
    bare = "".join(words.split()).strip("：:【】[]()（）")
    for spelled in (words.strip(), bare):
        for pattern, kind in _KINDS_OF:
            if pattern.fullmatch(spelled):
                return kind
    return ""


def difficulty_of(words: str) -> Difficulty:
    """The difficulty that ``words`` name; empty if none that is known."""
    bare = words.strip().removesuffix("度").casefold()
    return _DIFFICULTIES.get(bare, _DIFFICULTIES.get(bare.removesuffix("题"), ""))


def judgement_of(words: str) -> bool | None:
    """Whether ``words`` say right or wrong: 正确, ×, F. None if neither."""
    bare = words.strip().strip("。.!！，,（）()【】 ").casefold()
    return True if bare in _YES else False if bare in _NO else None


def read_bank(raws: Sequence[RawQuestion | BankFault], notes: Sequence[str] = ()) -> ReadBank:
    """The questions that ``raws`` mean. One that is there twice is read once; twice with two answers is a fault."""
    questions: list[ReadQuestion] = []
    faults: list[BankFault] = []
    told = list(notes)
    seen: dict[tuple[str, str, frozenset[str]], ReadQuestion] = {}
    if len(raws) > MAX_QUESTIONS:
        return ReadBank(
            faults=(BankFault(raws[MAX_QUESTIONS].place, Banks.MANY_QUESTIONS.format(limit=MAX_QUESTIONS)),)
        )
    for raw in raws:
        read = raw if isinstance(raw, BankFault) else interpret(raw)
        if isinstance(read, BankFault):
            faults.append(read)
            continue
        question = read.question
        options = frozenset(comparable(option) for option in question.options)
        first = seen.setdefault((question.kind, comparable(question.stem), options), read)
        if first is read:
            questions.append(read)
        elif _said(first.question) == _said(question):
            told.append(Banks.SAME_TWICE.format(place=read.place, first=first.place))
        else:
            shown = shorten(question.stem, _SHOWN)
            faults.append(BankFault(read.place, Banks.OTHER_ANSWER.format(place=first.place), shown))
    return ReadBank(tuple(questions), tuple(faults), tuple(told))


def _said(question: BankQuestion) -> tuple[frozenset[str], ...] | frozenset[str]:
    if question.kind == "order":
        return tuple(frozenset({comparable(question.options[index])}) for index in question.correct)
    right = question.accepted or tuple(question.options[index] for index in question.correct)
    return frozenset(map(comparable, right))


def interpret(raw: RawQuestion) -> ReadQuestion | BankFault:
    """What ``raw`` means."""
    reading = _Reading(raw)
    try:
        question = reading.question()
        if problem := problem_of(question):
            raise _UnreadError(problem)
    except _UnreadError as error:
        stem = raw.stem if raw.exact else tidy_stem(raw.stem)
        return BankFault(raw.place, str(error), shorten(" ".join(stem.split()), _SHOWN))
    return ReadQuestion(question, raw.place, tuple(dict.fromkeys(reading.notes)))


class _UnreadError(Exception):
    """Why a question cannot be read: a sentence that says how to mend it."""


class _Reading:
    """One question while it is read. ``notes``: what somebody should look at."""

    def __init__(self, raw: RawQuestion) -> None:
        self.notes = list(raw.notes)
        self._raw = raw
        self._stem = raw.stem
        self._kind: KindOrUnknown = raw.kind
        self._options: list[tuple[str, str]] = []
        self._answer = raw.answer if raw.exact else _one_line(raw.answer)

    def question(self) -> BankQuestion:
        """The question. Raises _UnreadError."""
        raw = self._raw
        if not raw.exact:
            self._cut_tags()
        if self._kind == "unmarked":
            raise _UnreadError(Banks.NOT_AUTOMATIC.format(kind=raw.kind_name or Banks.THIS_KIND))
        self._options = list(raw.options) if raw.exact else self._tidy_options()
        if not raw.exact:
            self._statistic()
            self._find_inline_answer()
            self._options = self._told_apart(self._options)
        if self._kind == "true_false" or (self._kind in {"", "choice", "single"} and self._judges()):
            return self._judgement()
        if self._kind == "fill" or (not self._options and self._kind in {"", "choice"} and not self._is_lettered()):
            return self._fill()
        return self._choice()

    def _made(
        self,
        kind: BankKind,
        options: tuple[str, ...] = (),
        correct: tuple[int, ...] = (),
        accepted: tuple[str, ...] = (),
    ) -> BankQuestion:
        raw = self._raw
        if raw.exact:
            texts = [self._stem, raw.explanation, raw.chapter, raw.source]
        else:
            texts = [
                tidy_stem(self._stem),
                _several_lines(raw.explanation),
                _one_line(raw.chapter),
                _one_line(raw.source),
            ]
            self._doubt_blanks(kind, texts[0])
        difficulty = difficulty_of(raw.difficulty)
        return BankQuestion(kind, texts[0], options, correct, accepted, texts[1], texts[2], difficulty, texts[3])

    def _doubt_blanks(self, kind: BankKind, stem: str) -> None:
        """Tell of a blank that was lost: half of its brackets is there, or nothing at all."""
        bare = stem.translate(_HALF_BRACKETS)
        asks = re.search("[?？]|什么|哪|多少|几|何|谁|是[。:：]?$|为[。:：]?$", stem)
        if bare.count("(") != bare.count(")"):
            self.notes.append(Banks.HALF_BRACKET)
        elif kind == "fill" and not count_blanks(stem) and not asks:
            self.notes.append(Banks.NO_BLANK)

    def _cut_tags(self) -> None:
        """Cut the kind and the score out of the stem, where people put them in brackets."""
        stem = _SCORE.sub("", self._stem)
        for found in _KIND_TAG.finditer(stem):
            at_edge = not stem[: found.start()].strip() or not stem[found.end() :].strip(" 。.：:")
            if at_edge and (kind := kind_of(found[1])):
                self._kind = self._kind if self._kind in KINDS else kind
                self._raw.kind_name = self._raw.kind_name or found[1]
                stem = stem[: found.start()] + stem[found.end() :]
                break
        self._stem = stem.strip()

    def _tidy_options(self) -> list[tuple[str, str]]:
        tidied = [(letter.upper(), _tidy_option(text)) for letter, text in self._raw.options]
        while tidied and not tidied[-1][1]:  # a column of the sheet that is not used
            tidied.pop()
        tidied = [one for one in tidied if one[1]]
        if any(text.endswith(("；", ";")) for _, text in tidied):  # set as a list in a sentence
            tidied = [(letter, text.rstrip("；;。.").rstrip() or text) for letter, text in tidied]
        if self._kind != "fill" and all(len(letter) == 1 and letter in LETTERS for letter, _ in tidied):
            return _unglued(tidied, self.notes)
        return tidied

    def _statistic(self) -> None:
        found = _STATISTIC.search(self._answer)
        if found and found.start():
            self.notes.append(Banks.STATISTIC.format(text=found[0].strip()))
            self._answer = self._answer[: found.start()].rstrip()

    def _find_inline_answer(self) -> None:
        """Cut the answer out of the brackets of the stem."""
        kind = self._kind
        letters = {letter for letter, _ in self._options}
        found = [one for one in INLINE_ANSWER.finditer(self._stem) if self._options]
        fitting = [one for one in found if set(_letters(one[1]) or "?") <= letters] if all(letters) else found
        if found and not fitting and not self._answer:
            self._answer = found[-1][1]  # names an option that is not there, which will be told
        found = fitting
        if found:
            inline = "".join(dict.fromkeys("".join(_letters(one[1]) or "" for one in found)))
            self._take_inline(inline, letters)
            return
        behind = _LETTERS_BEHIND.search(self._stem) if self._options and not self._answer else None
        if behind is not None and set(behind[1]) <= letters:
            self._answer, self._stem = behind[1], self._stem[: behind.start()] + GAP
            return
        if not self._options and kind in {"", "true_false"}:
            self._find_bare_mark()
            marks = list(_INLINE_MARK.finditer(self._stem))
            at_edge = [
                one
                for one in marks
                if not self._stem[one.end() :].strip("。. ") or not self._stem[: one.start()].strip()
            ]
            if at_edge and not self._answer:
                self._answer = at_edge[-1][1]
                cut = at_edge[-1]
                self._stem = (self._stem[: cut.start()] + self._stem[cut.end() :]).strip()
                self._kind = "true_false"
                return
        if kind == "fill" and not self._answer and not self._raw.accepted:
            filled = [one[1] or one[2] for one in _FILLED.finditer(self._stem)]
            if filled:
                self._answer = "；".join(filled)
                self._stem = _FILLED.sub(GAP, self._stem)

    def _find_bare_mark(self) -> None:
        """Cut a √ or × off that stands behind or before a statement without brackets."""
        found = _BARE_MARK.search(self._stem)
        if found is not None and not self._answer:
            self._answer = found[0].strip()
            self._stem = (self._stem[: found.start()] + self._stem[found.end() :]).strip()
            self._kind = "true_false"

    def _take_inline(self, inline: str, letters: set[str]) -> None:
        told = _letters(self._answer)
        if self._answer and told is not None and set(told) != set(inline):
            return  # 维生素（A）: no answer but part of the text
        self._answer = self._answer or inline
        self._stem = INLINE_ANSWER.sub(
            lambda found: GAP if not all(letters) or set(_letters(found[1]) or "?") <= letters else found[0], self._stem
        )

    def _told_apart(self, options: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The options; missing letters are told, and a stray copy of one below the stem is cut."""
        lines = self._stem.split("\n")
        texts = {text for _, text in options}
        stray = [line for line in lines[1:] if line.strip() in texts]
        for line in stray:
            self.notes.append(Banks.STRAY.format(text=line.strip()))
            lines.remove(line)
        self._stem = "\n".join(lines)
        have = [letter for letter, _ in options]
        if all(letter in LETTERS and letter for letter in have) and have:
            last = max(map(LETTERS.index, have))
            for letter in LETTERS[:last]:
                if letter not in have:
                    self.notes.append(Banks.GAP_IN_OPTIONS.format(letter=letter))
        return options

    def _is_lettered(self) -> bool:
        return self._kind == "choice" and _letters(self._answer) is not None

    def _judges(self) -> bool:
        """Whether it is a question of right or wrong though nothing says so."""
        if self._raw.accepted:
            return False
        if self._options:
            said = {judgement_of(text) for _, text in self._options}
            return len(self._options) == 2 and said == {True, False}
        if self._raw.exact:
            return False
        bare = self._answer.strip().strip("。.（）()【】 ")
        return judgement_of(self._answer) is not None and not bare.isdecimal() and bare not in {"是", "否"}

    def _judgement(self) -> BankQuestion:
        self._cut_answer_behind()
        if not self._raw.exact:
            self._stem = _BLANK_AT_EDGE.sub("", self._stem.strip()).strip()
        texts = [text for _, text in self._options]
        said = [judgement_of(text) for text in texts]
        if self._options and (len(texts) != 2 or set(said) != {True, False}):
            return self._choice()  # 同意 or 反对: no right and wrong, but a choice of two
        right = None if self._options and self._answer.strip().isdecimal() else judgement_of(self._answer)
        if right is None and self._answer:
            letters = _letters(self._answer) or _by_number(self._answer, 2) or ""
            if len(letters) == 1 and letters in "AB":
                right = said["AB".index(letters)] if said else letters == "A"
            elif texts and self._answer.strip() in texts:
                right = said[texts.index(self._answer.strip())]
        if right is None:
            raise _UnreadError(Banks.NOT_JUDGED.format(answer=self._answer) if self._answer else Banks.NO_ANSWER)
        return self._made("true_false", TRUE_FALSE, (0 if right else 1,))

    def _cut_answer_behind(self) -> None:
        if self._raw.exact:
            return
        found = _ANSWER_BEHIND.search(self._stem)
        if found is None or not found.start():
            return
        agrees = judgement_of(found[1]) == judgement_of(self._answer)
        note = Banks.ANSWER_IN_STEM if agrees or not self._answer else Banks.ANSWER_IN_STEM_OTHER
        self.notes.append(note.format(text=found[0].strip()))
        self._answer = self._answer or found[1]
        self._stem = self._stem[: found.start()]

    def _fill(self) -> BankQuestion:
        raw = self._raw
        typed = [text for _, text in self._options]
        if len(typed) == count_blanks(self._stem) > 1 and not any("；" in text for text in typed):
            typed = ["；".join(typed)]  # a column for each blank
        if raw.exact or typed:
            forms = [*typed, *raw.accepted] or [self._answer]
        else:
            forms = [*_forms(self._answer, count_blanks(self._stem)), *map(_one_line, raw.accepted)]
        forms = [form for form in dict.fromkeys(forms) if form.strip()]
        if not forms:
            raise _UnreadError(Banks.NO_ANSWER)
        if not raw.exact and _WAS_CHOICE.search(self._stem):
            self.notes.append(Banks.OPTIONS_GONE)
        return self._made("fill", accepted=tuple(forms))

    def _choice(self) -> BankQuestion:
        if not self._options:
            raise _UnreadError(Banks.NO_OPTIONS)
        texts = tuple(text for _, text in self._options)
        if not self._answer.strip():
            raise _UnreadError(Banks.NO_ANSWER)
        order = self._picked(texts)
        if self._kind == "order":
            return self._made("order", texts, order)
        correct = tuple(sorted(set(order)))
        kind: BankKind = "several" if self._kind == "several" else "single"
        if kind == "single" and len(correct) > 1:
            if self._kind == "single":
                raise _UnreadError(Banks.SINGLE_SEVERAL.format(answer=self._answer))
            kind = "several"
        return self._made(kind, texts, correct)

    def _picked(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """The indices that the answer names, in its order. Raises _UnreadError."""
        named = [letter for letter, _ in self._options]
        if not all(named):
            named = list(LETTERS[: len(texts)])
        letters = _letters(self._answer)
        if letters is None:
            whole = [index for index, text in enumerate(texts) if text.strip() == self._answer.strip()]
            if len(whole) == 1:
                return (whole[0],)
            letters = _by_number(self._answer, len(texts)) or _with_words(self._answer, self._options)
        if letters is None:
            by_words = _by_words(self._answer, texts)
            if by_words is None:
                raise _UnreadError(Banks.ANSWER_UNREAD.format(answer=shorten(self._answer, _SHOWN)))
            return by_words
        if not set(letters) <= set(named):
            raise _UnreadError(Banks.ANSWER_BEYOND.format(answer=shorten(self._answer, _SHOWN)))
        return tuple(named.index(letter) for letter in letters)


def count_blanks(stem: str) -> int:
    """How many blanks there are to be filled in."""
    return sum(len(pattern.findall(stem)) for pattern in (_BLANK, _EMPTY_TITLE, _EMPTY_SPACES))


def tidy_stem(stem: str) -> str:
    """``stem`` with its blanks spelled alike, and lines joined that were broken in mid-sentence."""
    lines = [_joined(" ".join(readable(line).split())) for line in stem.replace("\t", " ").split("\n")]
    text = "\n".join(line for line in lines if line)
    return _AROUND_GAP.sub(GAP, _EMPTY_TITLE.sub("《　　》", _BLANK.sub(GAP, text))).strip(" \n\t")


def _joined(line: str) -> str:
    return _BROKEN_LINE.sub(lambda found: "" if found.start() >= _LONG else " ", line)


def _one_line(text: str) -> str:
    return " ".join(readable(text).split())


def _several_lines(text: str) -> str:
    lines = (" ".join(readable(line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _tidy_option(text: str) -> str:
    text = _joined(_one_line(text)).lstrip("、.．,，").strip()
    if text.startswith('"') and text.count('"') == 1 and "”" in text and "“" not in text:
        text = f"“{text[1:]}"
    return text


def _unglued(options: list[tuple[str, str]], notes: list[str]) -> list[tuple[str, str]]:
    """``options``, those told apart of which one swallowed the next: its letter is missing."""
    found: list[tuple[str, str]] = []
    have = {letter for letter, _ in options}
    for letter, text in options:
        found.append((letter, text))
        at = LETTERS.index(letter)
        following = LETTERS[at + 1] if at + 1 < len(LETTERS) else ""
        if not following or following in have:
            continue
        marked = re.search(rf"\s+{following}[A-Z]?\s*[、.．:：]\s*", text)
        if marked is None and letter != options[-1][0] and re.fullmatch(r"\S+ \S+", text):
            marked = re.search(" ", text)
        if marked is not None and text[: marked.start()].strip() and text[marked.end() :].strip():
            found[-1] = (letter, text[: marked.start()].strip())
            found.append((following, text[marked.end() :].strip()))
            notes.append(Banks.GLUED.format(one=letter, other=following))
    return found


def _letters(answer: str) -> str | None:
    """The letters that ``answer`` consists of, each once, in its order; None if it is something else."""
    bare = "".join(chr(ord(char) - 0xFEE0) if "Ａ" <= char <= "ｚ" else char for char in answer)
    bare = _BEFORE_LETTERS.sub("", bare.strip().strip("（）()【】[]。.;；，, ")).upper()
    bare = _SEPARATED.sub("", bare).removesuffix("项")
    return "".join(dict.fromkeys(bare)) if _LETTERED.fullmatch(bare) else None


def _by_number(answer: str, count: int) -> str | None:
    """The letters of the options that ``answer`` counts: 1,3."""
    numbers = [int(number) for number in _SEPARATED.split(answer.strip()) if number.isdecimal() and len(number) < 3]
    whole = _SEPARATED.sub("", answer.strip()).isdecimal()
    if not whole or not numbers or not all(1 <= number <= count for number in numbers):
        return None
    return "".join(dict.fromkeys(LETTERS[number - 1] for number in numbers if number <= len(LETTERS)))


def _with_words(answer: str, options: Sequence[tuple[str, str]]) -> str | None:
    """The letters of ``A. 绿茶 C. 黑茶``, the words being those of the options."""
    by_letter = {letter: comparable(text) for letter, text in options}
    said = list(_LETTER_AND_WORDS.finditer(answer))
    if not said or answer[: said[0].start()].strip():
        return None
    ends = [*(one.start() for one in said[1:]), len(answer)]
    for found, end in zip(said, ends, strict=True):
        if by_letter.get(found[1].upper()) != comparable(answer[found.end() : end]):
            return None
    return "".join(dict.fromkeys(found[1].upper() for found in said))


def _by_words(answer: str, texts: Sequence[str]) -> tuple[int, ...] | None:
    """The options whose words ``answer`` has, separated by marks."""
    keys = [comparable(text) for text in texts]
    if keys.count(comparable(answer)) == 1:
        return (keys.index(comparable(answer)),)
    parts = [comparable(part) for part in re.split(r"[;；|\n]+", answer) if part.strip()]
    if len(parts) > 1 and all(keys.count(part) == 1 for part in parts):
        return tuple(keys.index(part) for part in parts)
    return None


def _forms(answer: str, blanks: int) -> Iterator[str]:
    """The forms in which ``answer`` may be typed; one to several blanks is one text, separated by ；."""
    for form in _ALTERNATIVES.split(answer):
        if blanks > 1:
            parts = [part for part in _PARTS.split(form) if part]
            yield "；".join(parts) if len(parts) == blanks else form
        else:
            yield from _LISTED.split(form)
