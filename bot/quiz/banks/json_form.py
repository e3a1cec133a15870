"""JSON in the forms that programs and language models write: lists by kind, or one list whose items name their kind.

Keys go by many names (question, stem, content, 题干); options are an object by letter, a list, or JSON within a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.errors import DocumentError
from bot.quiz.banks.interpret import RawQuestion, kind_of
from bot.quiz.banks.model import LETTERS, BankFault
from bot.wording import Banks

_STEM: Final = ("question", "stem", "content", "title", "text", "prompt", "题干", "题目", "问题", "试题", "内容")
_OPTIONS: Final = ("options", "choices", "answers", "选项", "option", "items")
_ANSWER: Final = (
    "answer", "correct_answer", "correctAnswer", "answers", "correct", "correct_answers", "correctAnswers", "right",
    "key", "答案", "正确答案", "参考答案", "标准答案",
)  # fmt: skip
_EXPLANATION: Final = ("explanation", "analysis", "explain", "feedback", "解析", "答案解析", "说明")
_KIND: Final = ("type", "kind", "question_type", "questionType", "题型", "类型")
_CHAPTER: Final = ("chapter", "category", "section", "章节", "分类", "知识点")
_DIFFICULTY: Final = ("difficulty", "level", "难度", "难易度")
_SOURCE: Final = ("source", "quote", "出处", "来源", "原文")
_ALIASES: Final = ("aliases", "alias", "accepted", "synonyms", "alternatives", "其他答案", "别名")
_OPTION_TEXT: Final = ("text", "value", "content", "label", "option", "内容")
_OPTION_LETTER: Final = ("key", "id", "letter", "label", "序号")
_LEADING_LETTER: Final = re.compile(r"\s*[（(]?([A-L])\s*[.．、:：)）]\s*(\S.*)", re.DOTALL)
_MAX_DEPTH: Final = 6
_OWN: Final = {"several": "several", "true_false": "true_false", "written": ""}


def read_json(text: str) -> list[RawQuestion | BankFault]:
    """The questions of a JSON text, or of one with an object a line. Raises DocumentError if it is not JSON."""
    return list(_found(_parsed(text), "", 0))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise DocumentError(Banks.NOT_JSON.format(line=1, column=1)) from None
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and error.msg == "Extra data":
            try:
                return [json.loads(line) for line in lines]
            except (json.JSONDecodeError, RecursionError) as other:
                at = getattr(other, "colno", 1)
                number = next((n for n, line in enumerate(lines, start=1) if not _is_json(line)), 1)
                raise DocumentError(Banks.NOT_JSON.format(line=number, column=at)) from None
        raise DocumentError(Banks.NOT_JSON.format(line=error.lineno, column=error.colno)) from None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _found(node: Any, name: str, depth: int) -> Iterator[RawQuestion | BankFault]:
    """The questions within ``node``, which stands under ``name``."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, Mapping):
        if _value(node, _STEM) is not None and (_is_text(_value(node, _STEM))) and not _holds_lists(node):
            yield _raw(node, name, 1)
            return
        for key, value in node.items():
            if isinstance(value, (list, Mapping)):
                yield from _found(value, str(key), depth + 1)
    elif isinstance(node, list):
        for number, item in enumerate(node, start=1):
            if isinstance(item, Mapping) and not _holds_lists(item):
                yield _raw(item, name, number)
            elif isinstance(item, (list, Mapping)):
                yield from _found(item, name, depth + 1)
            else:
                yield BankFault(_place(name, number), Banks.NOT_A_QUESTION.format(text=str(item)[:30]))


def _holds_lists(node: Mapping[str, Any]) -> bool:
    """Whether ``node`` is a set of questions, not a question: somewhere in it are objects that are questions."""
    for value in node.values():
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        for item in inner:
            if isinstance(item, list) and item and isinstance(item[0], Mapping):
                return True
            if isinstance(item, Mapping) and _is_text(_value(item, _STEM)) and _value(item, _ANSWER + _OPTIONS):
                return True
    return False


def _place(name: str, number: int) -> str:
    named = name and name not in {"questions", "items", "data", "list"}
    return Banks.LIST_ITEM.format(list=name, number=number) if named else Banks.ITEM.format(number=number)


def _value(node: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((node[name] for name in names if name in node and node[name] is not None), None)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _raw(node: Mapping[str, Any], name: str, number: int) -> RawQuestion | BankFault:
    place = _place(name, number)
    stem = _value(node, _STEM)
    if not isinstance(stem, str):
        return BankFault(place, Banks.NO_STEM)
    kind_name = str(_value(node, _KIND) or "")
    raw = RawQuestion(place, stem, kind_name=kind_name)
    raw.kind = kind_of(_OWN.get(kind_name, kind_name)) or kind_of(name)
    raw.options = list(_options(_value(node, _OPTIONS)))
    given = _value(node, tuple(one for one in _ANSWER if one != "answers" or "options" in node or "choices" in node))
    raw.answer = _answer(given, "correct" in node and "answer" not in node and _are_indices(node["correct"]))
    if isinstance(given, list) and not raw.options:
        raw.answer, raw.accepted = "", [_text(one) for one in given]
        if raw.kind == "true_false":
            raw.answer, raw.accepted = _text(given[0]) if given else "", []
    aliases = _value(node, _ALIASES)
    raw.accepted += [_text(one) for one in (aliases if isinstance(aliases, list) else [aliases]) if one]
    raw.explanation = _text(_value(node, _EXPLANATION))
    raw.chapter = _text(_value(node, _CHAPTER))
    raw.difficulty = _text(_value(node, _DIFFICULTY))
    raw.source = _text(_value(node, _SOURCE))
    return raw


def _are_indices(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) and not isinstance(one, bool) for one in value)


def _options(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (json.JSONDecodeError, RecursionError):
            value = [piece for piece in re.split(r"\n|\|", value) if piece.strip()]
    if isinstance(value, Mapping):
        lettered = {str(letter).strip().upper(): text for letter, text in value.items()}
        for letter in sorted(lettered) if set(lettered) <= set(LETTERS) else lettered:
            yield letter if letter in LETTERS else "", _text(lettered[letter])
        return
    if not isinstance(value, list):
        return
    texts = [_option_of(one) for one in value]
    lettered_all = all(letter or _LEADING_LETTER.match(text) for letter, text in texts)
    for at, (letter, text) in enumerate(texts):
        found = _LEADING_LETTER.match(text) if lettered_all and not letter else None
        yield (found[1], found[2]) if found else (letter or LETTERS[at : at + 1], text)


def _option_of(one: Any) -> tuple[str, str]:
    if not isinstance(one, Mapping):
        return "", _text(one)
    letter = _text(_value(one, _OPTION_LETTER)).upper()
    return letter if letter and letter in LETTERS else "", _text(_value(one, _OPTION_TEXT))


def _answer(value: Any, indices: bool) -> str:
    if isinstance(value, bool):
        return Banks.TRUE_WORD if value else Banks.FALSE_WORD
    if indices:
        return "".join(LETTERS[one] if 0 <= one < len(LETTERS) else "?" for one in value)
    if isinstance(value, list):
        texts = [_text(one).strip() for one in value]
        return "".join(texts) if all(text.upper() in LETTERS for text in texts) else "\n".join(texts)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return Banks.TRUE_WORD if value else Banks.FALSE_WORD
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    return str(value)
