"""What goes out comes in again the same, in every format; what a format cannot carry is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.quiz.banks.formats import FORMATS, Format, read_here, write_bank
from bot.quiz.banks.model import TRUE_FALSE, BankKind, BankQuestion

ENDINGS = {**{form: f".{form}" for form in FORMATS}, "moodle": ".xml", "qti": ".zip"}
EXACT: tuple[Format, ...] = ("gift", "moodle", "qti")
"""Formats that programs write: nothing in them is tidied."""
QUESTIONS = (
    BankQuestion(
        "single", "龙井属于（　　）。", ("绿茶", "红茶"), (0,), (), "不发酵。\n要炒青。", "第一章", "易", "茶经"
    ),
    BankQuestion("several", "哪些茶要发酵？", ("红茶", "绿茶", "黑茶"), (0, 2), chapter="第一章"),
    BankQuestion("several", "只有一个对的多选", ("红茶", "绿茶", "黑茶"), (1,), chapter="第二章/上", difficulty="难"),
    BankQuestion("true_false", "茶能解渴。", TRUE_FALSE, (0,)),
    BankQuestion("true_false", "茶树长在海里。", TRUE_FALSE, (1,), explanation="茶树长在山上。"),
    BankQuestion("fill", "茶圣是（　　）。", accepted=("陆羽", "陆鸿渐"), difficulty="中"),
    BankQuestion("fill", "茶分（　　）和（　　）。", accepted=("红茶；绿茶",)),
    BankQuestion("fill", "最早的茶书是《　　》。", accepted=("茶经",)),
    BankQuestion("order", "泡茶的先后是", ("注水", "洗杯", "投茶"), (1, 2, 0)),
)


def back(questions: tuple[BankQuestion, ...], form: Format) -> tuple[BankQuestion, ...]:
    bank = read_here(ENDINGS[form], write_bank(questions, form, "茶艺").data)
    assert not bank.faults
    return tuple(one.question for one in bank.questions)


def by_kind(questions: tuple[BankQuestion, ...]) -> tuple[BankQuestion, ...]:
    order: tuple[BankKind, ...] = ("single", "several", "true_false", "fill", "order")
    return tuple(sorted(questions, key=lambda one: order.index(one.kind)))


@pytest.mark.parametrize("form", ["xlsx", "csv", "moodle", "qti", "docx"])
def test_every_kind_with_all_that_belongs_to_it_comes_back(form: Format) -> None:
    expected = by_kind(QUESTIONS) if form == "docx" else QUESTIONS
    assert back(QUESTIONS, form) == expected
    assert write_bank(QUESTIONS, form, "茶艺").losses == ()


def test_gift_carries_all_but_the_source_and_says_so() -> None:
    assert back(QUESTIONS, "gift") == (replace(QUESTIONS[0], source=""), *QUESTIONS[1:])
    assert write_bank(QUESTIONS, "gift").losses == ("出处（1 题）",)


def test_aiken_carries_single_choice_alone_and_says_so() -> None:
    carried = (QUESTIONS[0], QUESTIONS[3], QUESTIONS[4])
    bare = tuple(replace(one, explanation="", chapter="", difficulty="", source="") for one in carried)
    assert back(QUESTIONS, "aiken") == bare
    written = write_bank(QUESTIONS, "aiken")
    assert written.count == 3
    assert written.losses == (
        "多选题 2 题，没有写进去", "填空题 3 题，没有写进去", "排序题 1 题，没有写进去",
        "解析（2 题）", "章节（1 题）", "难度（1 题）", "出处（1 题）",
    )  # fmt: skip


def test_a_paper_without_answers_tells_nothing_of_them() -> None:
    written = write_bank(QUESTIONS, "docx", "茶艺", answers=False)
    assert written.losses[0] == "答案（9 题）"
    bank = read_here(".docx", written.data)
    assert not bank.questions
    assert len(bank.faults) == 9


SIGNS = "茶水山中红绿A B1.、（）()=~#{}:：\\%->/[]<>&\"'“”，。？?|$_@+《》①"
WORDS = (
    st.text(SIGNS, min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text.strip("=+-@'"))
)
PLAIN = st.text("茶水山中红绿黄白黑青春夏秋冬", min_size=3, max_size=12)


def texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(words, min_size=1, max_size=2).map("\n".join)


@st.composite
def questions(draw: st.DrawFn, words: st.SearchStrategy[str], many: st.SearchStrategy[str]) -> BankQuestion:
    kind: BankKind = draw(st.sampled_from(["single", "several", "true_false", "fill", "order"]))
    count = draw(st.integers(3, 6))
    options = tuple(draw(st.lists(words, min_size=count, max_size=count, unique_by=lambda one: one.strip())))
    correct: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    if kind == "single":
        correct = (draw(st.integers(0, count - 1)),)
    elif kind == "several":
        correct = tuple(sorted(draw(st.sets(st.integers(0, count - 1), min_size=1))))
    elif kind == "order":
        correct = tuple(draw(st.permutations(range(count)).filter(lambda order: list(order) != sorted(order))))
    elif kind == "fill":
        options, accepted = (), options
    else:
        options, correct = TRUE_FALSE, (draw(st.integers(0, 1)),)
    return BankQuestion(
        kind, draw(many), options, correct, accepted, draw(st.just("") | many), draw(st.just("") | PLAIN),
        draw(st.sampled_from(["", "易", "中", "难"])), draw(st.just("") | PLAIN),
    )  # fmt: skip


@pytest.mark.parametrize("form", EXACT)
@given(one=questions(WORDS, texts(WORDS)), other=questions(WORDS, texts(WORDS)))
@settings(max_examples=30, deadline=None)
def test_whatever_signs_a_text_has_programs_get_it_back_as_it_was(
    form: Format, one: BankQuestion, other: BankQuestion
) -> None:
    asked = (replace(one, stem=f"甲{one.stem}"), replace(other, stem=f"乙{other.stem}"))
    expected = tuple(replace(each, source="") for each in asked) if form == "gift" else asked
    assert back(asked, form) == expected


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {*EXACT, "aiken"}])
@given(asked=st.lists(questions(PLAIN, PLAIN), min_size=1, max_size=4, unique_by=lambda one: one.stem))
@settings(max_examples=8, deadline=None)
def test_plain_words_come_back_from_sheets_and_papers(form: Format, asked: list[BankQuestion]) -> None:
    expected = by_kind(tuple(asked)) if form == "docx" else tuple(asked)
    assert back(tuple(asked), form) == expected
