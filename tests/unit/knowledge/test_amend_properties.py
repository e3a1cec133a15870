"""Whatever a points.yaml looks like, an amendment adds what it says, and every byte beside it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.knowledge.edit.amend import AmendResult, amend, amend_all
from bot.knowledge.edit.amendment import AddPoint, AddQuestion, Amendment, amendments_from_json, amendments_to_json
from bot.knowledge.parse.yaml_typos import reads_as_typo
from bot.text import squash

pytestmark = pytest.mark.slow


# what YAML means something by, and what it does not print, beside what people type
CHARACTERS = "甲乙丙丁就业abno019 :#-,'\"[]{}&*!|>%@`?？，。“”\\\t~=<.。😀\u3000\u2028\x85\ufeff\x07"
texts = st.text(CHARACTERS, min_size=1, max_size=12).filter(squash)
lines = texts.map(lambda text: " ".join(text.split())).filter(lambda text: text.isprintable() and squash(text) != "")
Draw = Callable[[st.SearchStrategy[str]], str]


@dataclass
class Writer:
    """Writes a file as differently as YAML allows: ``pick`` chooses one of several ways."""

    draw: st.DrawFn
    out: list[str] = field(default_factory=list)

    def pick(self, *ways: str) -> str:
        return self.draw(st.sampled_from(ways))

    def scalar(self, text: str, *, flow: bool) -> str:
        ways = ["'", '"'] if reads_as_typo(text, flow=flow) else [None, "'", '"']  # a file with slips is never served
        style = self.draw(st.sampled_from(ways))
        written = str(
            yaml.safe_dump([text], default_style=style, default_flow_style=flow, allow_unicode=True, width=9999)
        ).strip()
        return written[1:-1] if flow else written[2:]

    def comment(self) -> str:
        return self.pick("", "", "  # 注: [x]", " #", "  ")

    def pause(self) -> None:
        self.out += self.draw(st.lists(st.sampled_from(["", "# 注", "        # - 深处的注", "  "]), max_size=2))

    def flow_list(self, items: list[str]) -> str:
        gap = self.pick("", " ", "\n          ", "  # 注, ]\n          ")
        inner = f",{gap or ' '}".join(self.scalar(item, flow=True) for item in items)
        return f"[{gap}{inner}{self.pick('', ',') if items else ''}{gap}]"

    def list_entry(self, key: str, items: list[str], column: int) -> None:
        offset = self.draw(st.sampled_from([0, 2, 4]))
        if self.pick("block", "flow") == "flow" or not items:
            value = self.flow_list(items) if items or self.pick("", "[]") else ""
            self.out.append(f"{' ' * column}{key}: {value}{self.comment()}".rstrip(" "))
            return
        self.out.append(f"{' ' * column}{key}:{self.comment()}")
        for item in items:
            self.pause()
            dash = f"{' ' * (column + offset)}-{self.pick(' ', '   ')}"
            if self.pick("one line", "one line", "block scalar") == "block scalar":
                self.out += [f"{dash}{self.pick('|', '>-', '|+')}", f"{' ' * (column + offset + 2)}{item}"]
            else:
                self.out.append(f"{dash}{self.scalar(item, flow=False)}{self.comment()}")

    def point(self, id_: str, entries: dict[str, str | list[str]]) -> None:
        if self.pick("block", "flow") == "flow":
            pairs = [f"id: {id_}"]
            for key, value in entries.items():
                written = self.scalar(value, flow=True) if isinstance(value, str) else self.flow_list(value)
                pairs.append(f"{key}: {written}")
            self.out.append(f"  - {{{', '.join(pairs)}}}{self.comment()}")
            return
        self.out.append(f"  - id: {id_}{self.comment()}")
        for key, value in entries.items():
            self.pause()
            if isinstance(value, str):
                self.out.append(f"    {key}: {self.scalar(value, flow=False)}{self.comment()}")
            else:
                self.list_entry(key, value, 4)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A points.yaml of one to three points, ``a`` first; any of their lists may be empty or missing."""
    writer = Writer(draw)
    writer.out += ["# 头", "title: 甲", "source: s.txt", 'sections: [{id: "1", title: 一}]', "points:"]
    for id_ in "abc"[: draw(st.integers(1, 3))]:
        writer.pause()
        entries: dict[str, str | list[str]] = {"title": draw(lines), "section": "1", "quote": draw(lines)}
        for key in draw(st.permutations(["aliases", "questions", "gaps"])):
            if draw(st.booleans()):
                entries[key] = draw(st.lists(lines, max_size=3))
        writer.point(id_, entries)
    writer.pause()
    text = "\n".join(writer.out)
    return text + draw(st.sampled_from(["", "\n", "\n\n", "\n...\n"]))


amendments = st.one_of(
    st.builds(AddQuestion, point=st.just("a"), question=texts),
    st.builds(
        AddPoint,
        id=st.just("new"),
        title=texts,
        section=st.just("1"),
        quotes=st.lists(texts.map(str.strip).filter(squash), min_size=1, max_size=2).map(tuple),
        questions=st.lists(texts, max_size=2, unique_by=squash).map(tuple),
    ),
)


def _points(text: str) -> dict[str, dict[str, list[str]]]:
    """What a file says of each point, every value as a list."""
    read = yaml.load(text, Loader=yaml.BaseLoader)  # every value as text
    return {
        point["id"]: {
            key: [item.strip() for item in ([value] if isinstance(value, str) else value)]
            for key, value in point.items()
            if value
        }
        for point in read["points"]
    }


@settings(max_examples=300, deadline=None)
@given(files(), amendments)
def test_an_amendment_adds_what_it_says_and_moves_no_byte(text: str, amendment: Amendment) -> None:
    amended = amend(text, amendment)
    before, after = _points(text), _points(amended)
    if isinstance(amendment, AddPoint):
        point = after.pop("new")
        assert tuple(point["quote"]) == amendment.quotes
        assert [squash(text) for text in point.get("questions", [])] == [squash(text) for text in amendment.questions]
        assert squash(point["title"][0]) == squash(amendment.title)
    else:
        asked = after["a"]["questions"]
        added = [question for question in asked if squash(question) == squash(amendment.question)]
        assert len(added) >= 1
        if amended != text:
            asked.remove(added[0])
            after["a"] = {key: value for key, value in after["a"].items() if value}
    assert after == before
    head = next((at for at, (old, new) in enumerate(zip(text, amended, strict=False)) if old != new), len(text))
    assert amended.endswith(text[head:]), "what was put in, taken out again, leaves the file as it was"
    assert amend(amended, amendment) == amended


@given(st.lists(amendments, max_size=4))
def test_amendments_come_back_from_their_json(given_: list[Amendment]) -> None:
    assert amendments_from_json(amendments_to_json(given_)) == tuple(given_)


def _one_by_one(text: str, given_: list[Amendment]) -> AmendResult:
    already: list[Amendment] = []
    without: list[Amendment] = []
    for one in given_:
        try:
            grown = amend(text, one)
        except KnowledgeError:
            without.append(one)
            continue
        if grown == text:
            already.append(one)
        text = grown
    return AmendResult(text, tuple(already), tuple(without))


anywhere = st.builds(AddQuestion, point=st.sampled_from(["a", "b", "c", "new", "gone"]), question=texts)


BLOCK_LAST = """points:
  - id: a
    title: 甲
    section: '1'
    quote: 乙
    aliases:
    - |{0}
      丙

  - id: b
    title: 丁
    section: '1'
    quote: 乙"""
QUESTION_THEN_POINT: list[Amendment] = [
    AddQuestion(point="a", question="丙是谁"),
    AddPoint(id="new", title="新", section="1", quotes=("乙",), questions=()),
]


@settings(max_examples=200, deadline=None)
@given(files(), st.lists(amendments | anywhere, max_size=6))
@example(BLOCK_LAST.format(""), QUESTION_THEN_POINT)
@example(BLOCK_LAST.format("+"), QUESTION_THEN_POINT)
def test_many_amendments_together_give_what_they_give_one_after_the_other(text: str, given_: list[Amendment]) -> None:
    together, one_by_one = amend_all(text, given_), _one_by_one(text, given_)
    assert together.text == one_by_one.text
    assert Counter(together.already) == Counter(one_by_one.already)
    assert Counter(together.without_place) == Counter(one_by_one.without_place)
