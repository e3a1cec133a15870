"""Which of a model's phrasings are kept: each is tried first."""

from __future__ import annotations

from bot.drafting.draft import make_draft
from bot.drafting.language_model import ModelPhrasings
from bot.drafting.phrasings import TriedPhrasings, try_phrasings
from bot.knowledge.files import Files
from bot.knowledge.model import Knowledge
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from tests.unit.drafting.documents import RULE, knowledge_of

BORROW = ("一次能拿几本书", "一个人最多借几本书", "书能借多久", "借书期限是多少天", "借的书可以续借吗")
STOPPED = ("哪些情况不让借书了", "书弄丢了不赔会怎样", "多久不还书就不让借了")


def _make(knowledge: Knowledge, _: Files) -> Retriever:
    return Retriever(knowledge, shared_tokenizer())


def _tried(**written: ModelPhrasings) -> TriedPhrasings:
    draft = make_draft(knowledge_of(RULE), "source.txt")
    return try_phrasings(draft, {id_.replace("_", "-"): one for id_, one in written.items()}, _make)


def test_phrasings_that_find_their_own_passage_are_kept() -> None:
    tried = _tried(s2_1=ModelPhrasings(BORROW, ("阅览室几点开门",)), s2_2=ModelPhrasings(STOPPED, ()))
    assert tried == TriedPhrasings({"s2-1": BORROW, "s2-2": STOPPED}, {"s2-1": ("阅览室几点开门",), "s2-2": ()}, 0)


def test_a_phrasing_that_finds_another_passage_is_dropped() -> None:
    astray = "丢书按定价的几倍赔偿"
    own = ModelPhrasings(("丢书按定价几倍赔", "丢书赔偿定价的多少倍"), ())
    tried = _tried(s2_1=ModelPhrasings((*BORROW, astray), ()), s3_1=own)
    assert (tried.questions["s2-1"], tried.dropped) == (BORROW, 1)


def test_phrasings_of_somebody_elses_text_are_all_dropped() -> None:
    foreign = ("丢书按定价的几倍赔偿", "丢了书要赔定价几倍", "丢书按什么赔偿")
    own = ModelPhrasings(("丢书按定价几倍赔", "丢书赔偿定价的多少倍", "丢书怎么按定价赔偿"), ())
    tried = _tried(s2_1=ModelPhrasings(foreign, ("丢书赔不赔新的",)), s3_1=own)
    assert (tried.questions["s2-1"], tried.gaps["s2-1"]) == ((), ())


def test_what_says_the_same_and_what_two_passages_are_asked_by_goes() -> None:
    tried = _tried(
        s2_1=ModelPhrasings((*BORROW, "一次能拿几本书？", "书的事"), ()), s2_2=ModelPhrasings((*STOPPED, "书的事"), ())
    )
    assert (tried.questions["s2-1"], tried.questions["s2-2"], tried.dropped) == (BORROW, STOPPED, 3)


def test_a_gap_that_the_source_answers_is_dropped() -> None:
    answered = "每人每次可以借5册，借期30日"
    tried = _tried(s2_1=ModelPhrasings(BORROW, (answered, "阅览室几点开门")))
    assert tried.gaps["s2-1"] == ("阅览室几点开门",)


def test_one_phrasing_of_many_is_held_back_to_be_a_golden_question() -> None:
    many = (*BORROW, "一人一次能借走多少本书", "一回可以借几册书", "借书最多能借几册", "一个人一次借几本书")
    tried = _tried(s2_1=ModelPhrasings(many, ()), s2_2=ModelPhrasings(STOPPED, ()))
    [(id_, held_back)] = tried.held_back.items()
    assert (id_, held_back in many, held_back in tried.questions["s2-1"]) == ("s2-1", True, False)
    assert len(tried.questions["s2-1"]) + tried.dropped == len(many) - 1
