"""How a passage reads that no curator wrote down: its words once, and each with the place where they stand."""

from bot import wording
from bot.conversation.capabilities import Capabilities
from bot.conversation.messages import Part, passage_parts
from bot.features.answers.presenter import answered, unanswered
from bot.features.answers.record import as_record
from bot.knowledge.model import Knowledge, Point
from bot.retrieval.verdict import Match, Verdict
from tests.unit.features.answers.test_document_presenter import document

RULES = """花房守则
第一条 早上浇水。
第二条 冬天关窗。夏天开窗。
第三条 钥匙放在门房。"""


def passage(knowledge: Knowledge, *texts: str) -> Point:
    sentences = knowledge.structure.sentences
    return knowledge.passage([one.span for one in sentences if knowledge.structure.text(one.span) in texts])


def test_a_passage_does_not_say_its_first_words_twice() -> None:
    knowledge = document(RULES)
    point = passage(knowledge, "第三条 钥匙放在门房。")
    assert passage_parts(knowledge, point) == (
        Part("quote", "第三条 钥匙放在门房。"),
        Part("citation", "第三条", point.id),
    )


def test_a_passage_in_several_places_has_each_place_below_its_words() -> None:
    knowledge = document(RULES)
    point = passage(knowledge, "第一条 早上浇水。", "第二条 冬天关窗。", "夏天开窗。")
    assert [(part.kind, part.text) for part in passage_parts(knowledge, point)] == [
        ("quote", "第一条 早上浇水。"),
        ("citation", "第一条"),
        ("quote", "第二条 冬天关窗。"),
        ("quote", "夏天开窗。"),
        ("citation", "第二条"),
    ]
    verdict = Verdict("answer", "什么时候开窗", "match", (Match(point, 0.9, ""),), layer="source")
    record = as_record(answered(knowledge, verdict, point), id=1, ms=0.0, knowledge=knowledge)
    assert record["quote"] == "第一条 早上浇水。\n第二条 冬天关窗。\n夏天开窗。"
    assert record["citation"] == "第一条；第二条"


def test_what_is_nearest_stands_with_its_places_and_a_short_button() -> None:
    knowledge = document(RULES)
    point = passage(knowledge, "第一条 早上浇水。", "第三条 钥匙放在门房。")
    verdict = Verdict("suggest", "钥匙呢", "close", (Match(point, 0.4, ""),), layer="source")
    reply = unanswered(knowledge, verdict)
    assert [part.text for part in reply.parts if part.kind == "citation"] == ["第一条", "第三条"]
    assert [choice.label for choice in reply.choices] == [wording.CONTEXT_OF_SEVERAL.format(place="第一条")]


def test_a_heading_alone_is_not_what_is_nearest() -> None:
    knowledge = document("# 花房守则\n## 浇水\n早上浇。\n## 关窗\n冬天关。")
    mixed, heading = passage(knowledge, "浇水", "早上浇。"), passage(knowledge, "关窗")
    found = (Match(heading, 0.5, ""), Match(mixed, 0.4, ""))
    reply = unanswered(knowledge, Verdict("suggest", "几点浇", "close", found, layer="source"))
    assert [part.text for part in reply.parts if part.kind == "quote"] == ["早上浇。"]
    assert len(reply.choices) == 1
    titled = (Match(passage(knowledge, "花房守则"), 0.5, ""), found[1])
    reply = unanswered(knowledge, Verdict("suggest", "几点浇", "close", titled, layer="source"))
    assert [part.text for part in reply.parts if part.kind == "quote"] == ["早上浇。"]
    alone = unanswered(knowledge, Verdict("suggest", "关窗", "close", found[:1], layer="source"))
    assert [part.text for part in alone.parts if part.kind == "quote"] == ["关窗"]
    lacking = unanswered(knowledge, Verdict("decline", "谁关窗", "not_given", found[:1], lacking="person"))
    assert [part.kind for part in lacking.parts] == ["text"]


def test_no_context_is_offered_if_nothing_can_be_picked() -> None:
    knowledge = document(RULES)
    match = Match(passage(knowledge, "第一条 早上浇水。"), 0.4, "")
    verdict = Verdict("suggest", "浇水吗", "close", (match,), layer="source")
    assert unanswered(knowledge, verdict, Capabilities("这里")).choices == ()
    assert unanswered(knowledge, verdict, Capabilities("这里", dialogue=True)).choices


def test_a_part_that_asks_for_what_its_passage_does_not_give_is_told_so() -> None:
    knowledge = document(RULES)
    found = Match(passage(knowledge, "第一条 早上浇水。"), 0.9, "")
    near = Match(passage(knowledge, "第三条 钥匙放在门房。"), 0.9, "")
    parts = (
        Verdict("answer", "几点浇水", "match", (found,), layer="source", asked="几点浇水"),
        Verdict("decline", "有几把钥匙", "not_given", (near,), lacking="figure", asked="有几把钥匙"),
    )
    verdict = Verdict("answer", "几点浇水,有几把钥匙", "match", (found, near), layer="source", parts=parts)
    line = answered(knowledge, verdict, found.point).parts[-1].text
    assert line == wording.PART_NOT_GIVEN.format(asked="有几把钥匙", sentence=wording.NOT_GIVEN["figure"])


def test_what_is_nearest_by_words_alone_says_that_it_will_be_better_soon() -> None:
    knowledge = document(RULES)
    match = Match(passage(knowledge, "第一条 早上浇水。"), 0.4, "")
    sure = unanswered(knowledge, Verdict("suggest", "浇水吗", "close", (match,), layer="source"))
    soon = unanswered(knowledge, Verdict("suggest", "浇水吗", "preparing", (match,), layer="source"))
    assert soon.parts[-1] == Part("note", wording.PREPARING)
    assert Part("note", wording.PREPARING) not in sure.parts


def test_a_passage_that_answers_a_part_of_a_message_says_which() -> None:
    knowledge = document(RULES)
    points = [passage(knowledge, text) for text in ("第一条 早上浇水。", "第三条 钥匙放在门房。")]
    parts = tuple(
        Verdict("answer", asked, "match", (Match(point, 0.9, ""),), layer="source", asked=asked)
        for asked, point in zip(("几点浇水", "钥匙在哪"), points, strict=True)
    )
    matches = tuple(match for part in parts for match in part.matches)
    verdict = Verdict("answer", "几点浇水,钥匙在哪", "match", matches, answers=2, layer="source", parts=parts)
    reply = answered(knowledge, verdict, points[0])
    assert [part.text for part in reply.parts if part.kind == "title"] == ["几点浇水", "钥匙在哪"]


def test_a_wrong_figure_is_not_denied_that_stands_elsewhere_in_another_spelling() -> None:
    knowledge = document("花房守则\n第一条 学徒期三个月。\n第二条 满十二个月发围裙,押金 30 元。")
    point = passage(knowledge, "第一条 学徒期三个月。")
    for wrong in ("12个月", "十二个月", "30元"):
        verdict = Verdict("answer", "学徒期多久", "match", (Match(point, 0.9, ""),), corrected=wrong)
        lead = answered(knowledge, verdict, point).parts[0].text
        assert lead == wording.CORRECTED_HERE.format(corrected=wrong)
    verdict = Verdict("answer", "学徒期多久", "match", (Match(point, 0.9, ""),), corrected="11个月")
    assert answered(knowledge, verdict, point).parts[0].text == wording.CORRECTED.format(corrected="11个月")
