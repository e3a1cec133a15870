"""«Why?» tells how each part of a message was found, and in what."""

from bot.features.answers.explanation import explained
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.retrieval.verdict import Match, Verdict
from bot.wording import Why
from tests.unit.library import knowledge


def match(id: str, phrasing: str) -> Match:
    return Match(knowledge().point(id), 0.5, phrasing)


def test_each_part_of_a_message_is_explained_by_itself() -> None:
    found = Verdict("answer", "修路花了多少", "match", (match("road", "修路花费"),), asked="修路花了多少")
    silent = Verdict("decline", "谁当镇长", "unrelated", asked="谁当镇长")
    both = Verdict("answer", "修路花了多少,谁当镇长", "match", found.matches, parts=(found, silent))
    reply = explained(knowledge(), both)
    assert reply.text.split("\n") == [
        Why.READ.format(question="修路花了多少,谁当镇长"),
        Why.PARTS,
        Why.PART.format(number=1, asked="修路花了多少"),
        Why.REASONS["match"],
        Why.NEAREST,
        Why.MATCH.format(title="硬化村道12.5公里", score=0.5, phrasing="修路花费"),
        Why.PART.format(number=2, asked="谁当镇长"),
        Why.REASONS["unrelated"],
    ]
    assert [choice.label for choice in reply.choices] == ["硬化村道12.5公里"]


def test_what_the_source_answered_is_told_by_its_place_and_without_a_phrasing() -> None:
    alone = validate_files(Files({"花房守则.txt": "花房守则\n第一条 早上浇水。\n第二条 冬天关窗。"})).knowledge
    assert alone is not None
    point = alone.passage([alone.structure.sentences[-1].span])
    verdict = Verdict("answer", "冬天要关窗吗", "match", (Match(point, 0.9, ""),), layer="source")
    lines = explained(alone, verdict).text.split("\n")
    assert lines[2:] == [
        Why.SOURCE_ALONE,
        Why.NEAREST,
        Why.PASSAGE.format(citation="第二条", title=point.title, score=0.9),
    ]
    curated = Verdict("answer", "修路", "match", (match("road", ""),), layer="source")
    assert Why.LAYERS["source"] in explained(knowledge(), curated).text


def test_what_was_near_is_listed_from_the_surest_on() -> None:
    found = tuple(Match(knowledge().point(id), score, "甲") for id, score in (("road", 0.1), ("rice", 0.4)))
    reply = explained(knowledge(), Verdict("suggest", "多少", "close", found))
    titles = [knowledge().point(id).title for id in ("rice", "road")]
    assert [choice.label for choice in reply.choices] == titles
    assert [line for line in reply.text.split("\n") if line.startswith("·")] == [
        Why.MATCH.format(title=title, score=score, phrasing="甲")
        for title, score in zip(titles, (0.4, 0.1), strict=True)
    ]
