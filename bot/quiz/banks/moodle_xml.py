"""Moodle XML: multichoice, truefalse, shortanswer, numerical and ordering questions, in categories, with tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.quiz.banks.gift import category_of, category_path
from bot.quiz.banks.interpret import RawQuestion, mixed_order
from bot.quiz.banks.model import LETTERS, BankFault, BankQuestion
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.quiz.banks.xml_form import has_media, local_name, text_of_html
from bot.wording import Banks

CAPACITY: Final = Capacity()
_KNOWN: Final = frozenset({"multichoice", "multichoiceset", "truefalse", "shortanswer", "numerical", "ordering"})
_DIFFICULTY, _SOURCE, _SHOWN = "难度:", "出处:", "顺序:"
_PLAIN: Final = frozenset({"plain_text", "moodle_auto_format", "markdown"})


def is_moodle(root: Any) -> bool:
    """Whether ``root`` is that of a file of Moodle."""
    return local_name(root) == "quiz"


def read_moodle(root: Any) -> list[RawQuestion | BankFault]:
    """The questions of a file of Moodle."""
    found: list[RawQuestion | BankFault] = []
    category = ""
    for node in root:
        if local_name(node) != "question":
            continue
        if node.get("type") == "category":
            category = category_of(_raw_text(node.find("category")))
        else:
            found.append(_question(node, category))
    return found


def _raw_text(node: Any) -> str:
    """The text below ``node``, which has it in an element ``text``."""
    if node is None:
        return ""
    inner = node.find("text")
    return "".join((inner if inner is not None else node).itertext()).strip()


def _text(node: Any, raw: RawQuestion) -> str:
    """What a reader sees of the text below ``node``; what is more than text is told."""
    if node is None:
        return ""
    text = _raw_text(node)
    if node.get("format", "html") in _PLAIN:
        return text
    if has_media(text) or node.find("file") is not None:
        raw.notes.append(Banks.MEDIA)
    return text_of_html(text)


def _question(node: Any, category: str) -> RawQuestion:
    type_ = node.get("type", "")
    raw = RawQuestion(Banks.LINE.format(line=node.sourceline), chapter=category, exact=True)
    raw.stem = _text(node.find("questiontext"), raw)
    raw.explanation = _text(node.find("generalfeedback"), raw)
    tags = [_raw_text(tag) for tag in node.findall("tags/tag")]
    raw.difficulty = _tagged(tags, _DIFFICULTY)
    raw.source = _tagged(tags, _SOURCE)
    if type_ not in _KNOWN:
        raw.kind, raw.kind_name = "unmarked", type_ or Banks.THIS_KIND
        return raw
    answers = [(_fraction(one), _text(one, raw)) for one in node.findall("answer")]
    if type_ == "truefalse":
        raw.kind = "true_false"
        raw.answer = next((text for fraction, text in answers if fraction > 0), "")
    elif type_ in {"shortanswer", "numerical"}:
        raw.kind = "fill"
        raw.accepted = [text for fraction, text in answers if fraction >= 100 and text != "*"]
        if any(0 < fraction < 100 for fraction, _ in answers):
            raw.notes.append(Banks.PARTIAL)
        if type_ == "numerical" and any(_raw_text(one) not in {"", "0"} for one in node.findall("answer/tolerance")):
            raw.notes.append(Banks.TOLERANCE.format(text=_raw_text(node.find("answer/tolerance"))))
    elif type_ == "ordering":
        _read_ordering(raw, [text for _, text in answers], _tagged(tags, _SHOWN))
    else:
        _read_choice(raw, node, answers, type_)
    return raw


def _tagged(tags: Sequence[str], prefix: str) -> str:
    return next((tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)), "")


def _fraction(answer: Any) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _read_choice(raw: RawQuestion, node: Any, answers: Sequence[tuple[float, str]], type_: str) -> None:
    single = _raw_text(node.find("single")).casefold() in {"true", "1"} and type_ == "multichoice"
    raw.options = [(LETTERS[at : at + 1], text) for at, (_, text) in enumerate(answers)]
    right = [at for at, (fraction, _) in enumerate(answers) if (fraction >= 100 if single else fraction > 0)]
    raw.answer = "".join(LETTERS[at : at + 1] for at in right)
    raw.kind = "single" if single else "several"
    if single and any(0 < fraction < 100 for fraction, _ in answers):
        raw.notes.append(Banks.PARTIAL)


def _read_ordering(raw: RawQuestion, items: Sequence[str], shown: str) -> None:
    """The items stand in their right order; ``shown``: in which they are shown, if it was saved."""
    raw.kind = "order"
    raw.answer = LETTERS[: len(items)]
    raw.options = [(LETTERS[at : at + 1], text) for at, text in enumerate(items)]
    if sorted(shown) != sorted(raw.answer):
        mixed_order(raw)
        return
    raw.options = [(LETTERS[at], items[LETTERS.index(letter)]) for at, letter in enumerate(shown)]
    raw.answer = "".join(LETTERS[shown.index(letter)] for letter in LETTERS[: len(items)])


def write_moodle(questions: Sequence[BankQuestion]) -> WrittenBank:
    """``questions`` as Moodle XML."""
    from lxml import etree  # noqa: PLC0415 - only these formats need it

    root = etree.Element("quiz")
    category = ""
    for question in questions:
        if question.chapter != category:
            category = question.chapter
            _add(
                etree.SubElement(etree.SubElement(root, "question", type="category"), "category"),
                category_path(category),
            )
        _write(root, question)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return WrittenBank(data, len(questions), CAPACITY.losses(questions))


def _add(parent: Any, text: str) -> None:
    from lxml import etree  # noqa: PLC0415 - see write_moodle

    etree.SubElement(parent, "text").text = text


def _plain(parent: Any, name: str, text: str, **attributes: str) -> None:
    from lxml import etree  # noqa: PLC0415 - see write_moodle

    _add(etree.SubElement(parent, name, format="plain_text", **attributes), text)


_TYPES: Final = {
    "single": "multichoice",
    "several": "multichoice",
    "true_false": "truefalse",
    "fill": "shortanswer",
    "order": "ordering",
}


def _write(root: Any, question: BankQuestion) -> None:
    from lxml import etree  # noqa: PLC0415 - see write_moodle

    node = etree.SubElement(root, "question", type=_TYPES[question.kind])
    _add(etree.SubElement(node, "name"), " ".join(question.stem.split())[:60])
    _plain(node, "questiontext", question.stem)
    _plain(node, "generalfeedback", question.explanation)
    etree.SubElement(node, "defaultgrade").text = "1"
    for name, value in _settings(question):
        etree.SubElement(node, name).text = value
    for fraction, text in _answers(question):
        _plain(node, "answer", text, fraction=fraction)
    tags = [(_DIFFICULTY, question.difficulty), (_SOURCE, question.source)]
    if question.kind == "order":
        shown = (LETTERS[question.correct.index(index)] for index in range(len(question.options)))
        tags.append((_SHOWN, "".join(shown)))
    told = [prefix + text for prefix, text in tags if text]
    if told:
        parent = etree.SubElement(node, "tags")
        for tag in told:
            _add(etree.SubElement(parent, "tag"), tag)


def _settings(question: BankQuestion) -> Iterator[tuple[str, str]]:
    if question.kind in {"single", "several"}:
        yield "single", "true" if question.kind == "single" else "false"
        yield "shuffleanswers", "true"
        yield "answernumbering", "ABCD"
    elif question.kind == "fill":
        yield "usecase", "0"
    elif question.kind == "order":
        yield "layouttype", "VERTICAL"
        yield "selecttype", "ALL"
        yield "gradingtype", "ALL_OR_NOTHING"


def _answers(question: BankQuestion) -> Iterator[tuple[str, str]]:
    """The answers with their fractions, in per cent of the mark."""
    if question.kind == "true_false":
        yield "100" if question.correct == (0,) else "0", "true"
        yield "100" if question.correct == (1,) else "0", "false"
    elif question.kind == "fill":
        yield from (("100", form) for form in question.accepted)
    elif question.kind == "order":
        yield from (("100", question.options[index]) for index in question.correct)
    else:
        share = f"{100 / len(question.correct):.5f}".rstrip("0").rstrip(".")
        wrong = "0" if question.kind == "single" else "-100"
        for index, option in enumerate(question.options):
            yield share if index in question.correct else wrong, option
