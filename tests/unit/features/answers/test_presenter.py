"""How a verdict reads: one passage, several in their places, headings, a term that is only mentioned."""

from bot.conversation.messages import Part
from bot.features.answers.presenter import answered, unanswered
from bot.features.answers.record import as_record
from bot.retrieval.verdict import Match, Verdict
from bot.wording import (
    CORRECTED,
    CORRECTED_HERE,
    DECLINE_PREMISE,
    HEADINGS,
    MENTIONED,
    NEAREST_TEXT,
    NOT_GIVEN,
    SEVERAL_PLACES,
)
from tests.unit.library import SOURCE, knowledge, retriever


def matches(*ids: str) -> tuple[Match, ...]:
    return tuple(Match(knowledge().point(id), 0.5, "") for id in ids)


def test_several_passages_stand_each_with_its_place() -> None:
    verdict = Verdict("answer", "花了多少", "match", matches("road", "rice", "school"), answers=2)
    reply = answered(knowledge(), verdict, knowledge().point("road"), "1")
    assert reply.text.split("\n") == [
        SEVERAL_PLACES,
        "硬化村道12.5公里",
        "硬化村道12.5公里,总投资460万元,其中县级补助180万元。",
        "—— 第二部分·修好进村道路",
        "种植水稻3200亩",
        "全镇今年种植水稻3200亩,比去年多种400亩。",
        "—— 第一部分·抓好春耕生产",
    ]
    record = as_record(reply, id=1, ms=0.0, knowledge=knowledge())
    assert record["point"] == "road"
    assert record["citation"] == "第二部分·修好进村道路"
    assert record["quote"] == "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"  # of the first; the reply has all
    assert record["quote"] in SOURCE
    assert [other["point"] for other in record["suggestions"]] == ["school"]


def test_each_citation_knows_the_passage_it_cites() -> None:
    verdict = Verdict("answer", "花了多少", "match", matches("road", "rice"), answers=2)
    reply = answered(knowledge(), verdict, knowledge().point("road"), "1")
    assert [part.point for part in reply.parts if part.kind == "citation"] == ["road", "rice"]


def test_an_outline_quotes_the_headings() -> None:
    verdict = retriever().ask("讲话一共几部分")
    assert verdict.point is not None
    reply = answered(knowledge(), verdict, verdict.point, "1")
    assert reply.parts == (
        Part("text", HEADINGS),
        Part("quote", "一、抓好春耕生产。"),
        Part("citation", "第一部分·抓好春耕生产", "rice"),
        Part("quote", "二、修好进村道路。"),
        Part("citation", "第二部分·修好进村道路", "road"),
        Part("quote", "三、办好村里的学校。"),
        Part("citation", "第三部分·办好村里的学校", "school"),
    )


def test_a_term_that_the_document_never_explains_is_said_to_be_mentioned() -> None:
    verdict = retriever().ask("什么是田间课堂")
    assert verdict.mentioned == "田间课堂"
    assert verdict.point is not None
    assert answered(knowledge(), verdict, verdict.point, "1").parts[0] == Part(
        "text", MENTIONED.format(term="田间课堂")
    )
    assert retriever().ask("田间课堂培训了多少人").mentioned == ""


def test_what_was_asked_wrongly_is_put_right_above_the_passage() -> None:
    verdict = Verdict("answer", "花了9万亿吧", "match", matches("road"), corrected="9万亿")
    assert answered(knowledge(), verdict, knowledge().point("road")).parts[0] == Part(
        "text", CORRECTED.format(corrected="9万亿")
    )
    elsewhere = SOURCE[:2]
    verdict = Verdict("answer", "是这个吧", "match", matches("road"), corrected=elsewhere)
    assert answered(knowledge(), verdict, knowledge().point("road")).parts[0] == Part(
        "text", CORRECTED_HERE.format(corrected=elsewhere)
    )


def test_what_the_nearest_passage_does_not_give_is_told_with_what_it_says() -> None:
    verdict = Verdict("decline", "谁修的", "not_given", matches("road", "rice"), lacking="person")
    reply = unanswered(knowledge(), verdict)
    point = knowledge().point("road")
    assert reply.parts[:3] == (
        Part("text", NOT_GIVEN["person"]),
        Part("note", NEAREST_TEXT),
        Part("quote", point.quotes[0]),
    )
    assert [choice.label for choice in reply.choices] == [knowledge().point(id).title for id in ("road", "rice")]
    alone = unanswered(knowledge(), Verdict("decline", "谁修的", "not_given", lacking="person"))
    assert (alone.text, [choice.label for choice in alone.choices]) == (NOT_GIVEN["person"], ["目录"])


def test_a_no_promises_nothing_near_where_nothing_is_offered() -> None:
    reply = unanswered(knowledge(), Verdict("decline", "县长说了什么", "premise", missing="县长"))
    assert reply.text == DECLINE_PREMISE.format(title=knowledge().title, missing="县长")
    assert "相近" not in reply.text
    assert [choice.label for choice in reply.choices] == ["目录"]
