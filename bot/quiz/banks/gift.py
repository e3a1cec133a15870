"""GIFT, as Moodle defines it: a stem and its answers in braces. An order is written as items matched with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.quiz.banks.interpret import GAP, RawQuestion, mixed_order
from bot.quiz.banks.model import LETTERS, BankFault, BankQuestion
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.text import shorten
from bot.wording import Banks

CAPACITY: Final = Capacity(fields=("explanation", "chapter", "difficulty"))
_SPECIAL: Final = re.compile(r"([~=#{}:\\])")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_TITLE: Final = re.compile(r"::((?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT: Final = re.compile(r"\[(html|moodle|plain|markdown)\]")
_TAG: Final = re.compile(r"\[tag:([^\]]*)\]")
_WEIGHT: Final = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_TRUE: Final = frozenset({"T", "TRUE"})
_FALSE: Final = frozenset({"F", "FALSE"})
_CATEGORY: Final = "$CATEGORY:"
_TOP: Final = "$course$/top"
_DIFFICULTY: Final = "难度:"
_LIKELY: Final = re.compile(r"\{[^{}]*(?:[=~#]|\bT(?:RUE)?\b|\bF(?:ALSE)?\b)[^{}]*\}")


def is_gift(text: str) -> bool:
    """Whether ``text`` is in GIFT format: braces with answers in them."""
    return _LIKELY.search(_ESCAPED.sub("", text)) is not None or text.lstrip().startswith(_CATEGORY)


@dataclass(slots=True)
class _Block:
    """The text of a question with the line that it begins in, its category and its tags."""

    line: int
    category: str
    tags: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def read_gift(text: str) -> list[RawQuestion | BankFault]:
    """The questions of a text in GIFT format."""
    found: list[RawQuestion | BankFault] = []
    for block in _blocks(text):
        place = Banks.LINE.format(line=block.line)
        try:
            found.append(_question(block, place))
        except ValueError:
            found.append(BankFault(place, Banks.NOT_GIFT, shorten(" ".join("".join(block.lines).split()), 30)))
    return found


def _blocks(text: str) -> Iterator[_Block]:
    category, tags = "", list[str]()
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if bare.startswith("//"):
            tags += _TAG.findall(bare)
        elif bare.startswith(_CATEGORY):
            category = category_of(bare.removeprefix(_CATEGORY).strip())
        elif not bare and (block is None or _is_closed(block.lines)):
            if block is not None:
                yield block
            block = None
        else:
            if block is None:
                block = _Block(number, category, tags)
                tags = []
            block.lines.append(line)
    if block is not None:
        yield block


def _is_closed(lines: Sequence[str]) -> bool:
    text = _ESCAPED.sub("", "\n".join(lines))
    return text.count("{") == text.count("}")


def category_of(path: str) -> str:
    """The chapter that is meant by the path of a category of Moodle."""
    for context in ("$course$", "$system$", "$module$", "$cat1$"):
        path = path.removeprefix(context)
    path = path.removeprefix("/")
    if path == "top" or path.startswith("top/"):
        path = path.removeprefix("top").removeprefix("/")
    return path.replace("//", "/")


def category_path(chapter: str) -> str:
    """The path of the category of Moodle that ``chapter`` becomes."""
    return f"{_TOP}/{chapter.replace('/', '//')}" if chapter else _TOP


def _find(text: str, mark: str, start: int = 0) -> int:
    """Where ``mark`` stands without a backslash before it, from ``start`` on; -1 if nowhere."""
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] in mark:
            return at
        else:
            at += 1
    return -1


def _question(block: _Block, place: str) -> RawQuestion:
    """Raises ValueError if the braces do not match or nothing is in them that is an answer."""
    text = "\n".join(block.lines).strip()
    title = _TITLE.match(text)
    text = text[title.end() :].strip() if title else text
    marked = _FORMAT.match(text)
    text = text[marked.end() :] if marked else text
    opens = _find(text, "{")
    closes = _find(text, "}", opens + 1)
    if opens < 0 or closes < 0:
        raise ValueError(text)
    before, inside, after = text[:opens], text[opens + 1 : closes].strip(), text[closes + 1 :]
    stem = _plain(before)
    if after.strip():
        stem = f"{stem}{GAP}{_plain(after)}"
    raw = RawQuestion(place, stem, chapter=block.category, exact=True)
    if marked and marked[1] == "html":
        from bot.quiz.banks.xml_form import text_of_html  # noqa: PLC0415 - few files have such stems

        raw.stem = text_of_html(stem)
    raw.difficulty = next((tag.removeprefix(_DIFFICULTY) for tag in block.tags if tag.startswith(_DIFFICULTY)), "")
    general = re.search(r"(?<!\\)####", inside)
    if general:
        raw.explanation = _plain(inside[general.end() :])
        inside = inside[: general.start()].strip()
    _read_answers(raw, inside)
    return raw


def _read_answers(raw: RawQuestion, inside: str) -> None:
    first = inside[: _find(inside, "#") if _find(inside, "#") >= 0 else len(inside)].strip().upper()
    if first in _TRUE | _FALSE:
        raw.kind, raw.answer = "true_false", "T" if first in _TRUE else "F"
        return
    if inside.startswith("#"):
        _read_number(raw, inside[1:])
        return
    answers = list(_answers(inside))
    if not answers:
        raw.kind, raw.kind_name = "unmarked", Banks.ESSAY
        return
    pairs = [_pair(text) for _, text in answers]
    if all(pairs):
        _read_pairs(raw, [pair for pair in pairs if pair])
    elif all(mark == "=" for mark, _ in answers):
        raw.kind = "fill"
        raw.accepted = [_plain(_weighted(text)[1]) for _, text in answers]
    else:
        _read_choices(raw, answers)


def _read_choices(raw: RawQuestion, answers: Sequence[tuple[str, str]]) -> None:
    weights = []
    for (mark, text), letter in zip(answers, LETTERS, strict=False):
        weight, option = _weighted(text)
        raw.options.append((letter, _plain(option)))
        weights.append(weight if weight is not None else 100.0 if mark == "=" else 0.0)
    if len(answers) > len(LETTERS):
        raw.options += [("", _plain(text)) for _, text in answers[len(LETTERS) :]]
    has_equal = any(mark == "=" for mark, _ in answers)
    right = [index for index, weight in enumerate(weights) if (weight >= 100 if has_equal else weight > 0)]
    raw.kind = "single" if has_equal else "several"
    raw.answer = "".join(LETTERS[index] for index in right)


def _read_pairs(raw: RawQuestion, pairs: Sequence[tuple[str, str]]) -> None:
    places = [place for _, place in pairs]
    if sorted(places) != sorted(str(number) for number in range(1, len(pairs) + 1)) or len(pairs) > len(LETTERS):
        raw.kind, raw.kind_name = "unmarked", Banks.MATCHING
        return
    raw.kind = "order"
    raw.options = [(letter, item) for letter, (item, _) in zip(LETTERS, pairs, strict=False)]
    raw.answer = "".join(LETTERS[places.index(str(number))] for number in range(1, len(pairs) + 1))
    if raw.answer == LETTERS[: len(pairs)]:
        mixed_order(raw)


def _read_number(raw: RawQuestion, inside: str) -> None:
    """{#3}, {#3:0.1} or {#2.9..3.1}: the number is to be typed; a tolerance is told."""
    first = next(iter(_answers(inside)), ("", inside))[1] if inside.lstrip().startswith("=") else inside
    value = _weighted(first)[1].split("#")[0].strip()
    exact, _, tolerance = value.partition(":")
    if ".." in value:
        low, _, high = value.partition("..")
        exact, tolerance = f"{(float(low) + float(high)) / 2:.10g}", value
    float(exact)  # ValueError if it is none
    raw.kind, raw.accepted = "fill", [exact.strip()]
    if tolerance and tolerance.strip() not in {"0", "0.0"}:
        raw.notes.append(Banks.TOLERANCE.format(text=tolerance.strip()))


def _answers(inside: str) -> Iterator[tuple[str, str]]:
    """The marks and texts of the answers within braces, without what is replied to each."""
    at = _find(inside, "=~")
    if inside[: at if at >= 0 else len(inside)].strip():
        raise ValueError(inside)
    while at >= 0:
        following = _find(inside, "=~", at + 1)
        text = inside[at + 1 : following if following >= 0 else len(inside)]
        reply = _find(text, "#")
        yield inside[at], (text[:reply] if reply >= 0 else text).strip()
        at = following


def _weighted(text: str) -> tuple[float | None, str]:
    found = _WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (None, text)


def _pair(text: str) -> tuple[str, str] | None:
    left, arrow, right = text.partition("->")
    return (_plain(left), _plain(right)) if arrow else None


def _plain(text: str) -> str:
    """``text`` without its escapes."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text.strip()).strip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n").replace("->", "-\\>")


def write_gift(questions: Sequence[BankQuestion]) -> WrittenBank:
    """``questions`` in GIFT format."""
    blocks: list[str] = []
    category = ""
    for question in questions:
        lines: list[str] = []
        if question.chapter != category:
            category = question.chapter
            blocks.append(f"{_CATEGORY} {category_path(category)}")
        if question.difficulty:
            lines.append(f"// [tag:{_DIFFICULTY}{question.difficulty}]")
        stem = _escaped(question.stem)
        if stem.startswith(("[", "//", "$")):
            stem = f"[plain]{stem}"
        answers = [*_written(question)]
        if question.explanation:
            answers.append(f"####{_escaped(question.explanation)}")
        blocks.append("\n".join([*lines, f"{stem} {{", *answers, "}"]))
    return WrittenBank(("\n\n".join(blocks) + "\n").encode(), len(questions), CAPACITY.losses(questions))


def _written(question: BankQuestion) -> Iterator[str]:
    if question.kind == "true_false":
        yield "TRUE" if question.correct == (0,) else "FALSE"
    elif question.kind == "fill":
        yield from (f"={_guarded(form)}" for form in question.accepted)
    elif question.kind == "order":
        for index, option in enumerate(question.options):
            yield f"={_escaped(option)} -> {question.correct.index(index) + 1}"
    elif question.kind == "single":
        for index, option in enumerate(question.options):
            yield f"{'=' if index in question.correct else '~'}{_guarded(option)}"
    else:
        share = f"{100 / len(question.correct):.5f}".rstrip("0").rstrip(".")
        for index, option in enumerate(question.options):
            yield f"~%{share if index in question.correct else '-100'}%{_escaped(option)}"


def _guarded(option: str) -> str:
    """An option that must not be read as one with a weight."""
    return _escaped(option) if not option.startswith("%") else f"\\{_escaped(option)}"
