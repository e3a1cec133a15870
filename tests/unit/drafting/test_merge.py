"""A draft made again: what a curator did stays, the rest follows the document."""

from __future__ import annotations

import pytest

from bot.drafting.draft import Draft, draft_text, make_draft
from bot.drafting.merge import MergeReport, keep_ids, merge
from bot.errors import KnowledgeError
from bot.knowledge.files import POINTS_FILE, Files
from bot.knowledge.load import validate_files
from tests.unit.drafting.documents import RULE, knowledge_of

BEFORE = draft_text(make_draft(knowledge_of(RULE), "source.txt"))


def _again(document: str, curated: str) -> tuple[str, MergeReport]:
    draft = keep_ids(make_draft(knowledge_of(document), "source.txt"), BEFORE)
    text, report = merge(draft, BEFORE, curated)
    checked = validate_files(Files({POINTS_FILE: text, "source.txt": document}))
    assert [issue for issue in checked.issues if issue.fatal] == []
    return text, report


def _block(text: str, id_: str) -> str:
    start = text.index(f"  - id: {id_}\n")
    end = text.find("  - id: ", start + 1)
    return text[start:end] if end >= 0 else text[start:]


def test_a_draft_can_be_served_and_says_that_a_program_made_it() -> None:
    checked = validate_files(Files({POINTS_FILE: BEFORE, "source.txt": RULE}))
    assert checked.issues == ()
    assert checked.knowledge is not None
    assert [point.id for point in checked.knowledge.points if point.made] == ["s1-1", "s1-2", "s2-1", "s2-2", "s3-1"]
    assert checked.knowledge.citation(checked.knowledge.point("s2-1")) == "第三条"


def test_the_same_document_gives_the_same_text_with_the_curators_bytes() -> None:
    curated = BEFORE.replace("    title: 第五条 丢书按定价的2倍赔偿", "    # 看过\n    title: 丢了书怎么赔")
    assert curated != BEFORE
    assert _again(RULE, curated) == (curated, MergeReport(kept=("丢了书怎么赔",)))


def test_a_changed_passage_that_nobody_touched_follows_the_document_under_its_id() -> None:
    text, report = _again(RULE.replace("借期30日", "借期45日"), BEFORE)
    assert "借期45日" in _block(text, "s2-1")
    assert report == MergeReport(changed=("第三条 每人每次可以借5册，借期45日…",))


def test_a_new_article_is_added_in_its_place_and_one_that_is_gone_goes() -> None:
    document = RULE.replace("第五条 丢书", "第五条 阅览室每周一闭馆。\n第六条 丢书").replace(
        "第一条 为方便职工借书，制定本办法。\n", ""
    )
    text, report = _again(document, BEFORE)
    assert text.index("阅览室每周一闭馆") < text.index("丢书按定价")
    assert "丢书按定价" in _block(text, "s3-1")
    assert "为方便职工借书" not in text
    assert report.added == ("第五条 阅览室每周一闭馆",)
    assert report.gone == ("第一条 为方便职工借书，制定本办法",)


def test_what_a_curator_deleted_stays_deleted_and_what_he_added_stays_where_it_is() -> None:
    own = "  - {id: mine, title: 赔偿, section: s3, quote: 按定价的2倍}\n"
    curated = BEFORE.replace(_block(BEFORE, "s1-1"), "").replace(_block(BEFORE, "s2-2"), _block(BEFORE, "s2-2") + own)
    text, report = _again(RULE.replace("借期30日", "借期45日"), curated)
    assert "id: s1-1" not in text
    assert text.index("id: s2-2") < text.index("id: mine") < text.index("id: s3-1")
    assert report == MergeReport(changed=("第三条 每人每次可以借5册，借期45日…",), kept=("赔偿",))


def test_a_curators_point_whose_passage_changed_keeps_his_words_and_quotes_the_new_one() -> None:
    block = _block(BEFORE, "s2-1")
    theirs = block.replace("    made: true\n", "").replace("    facts:", "    aliases: [借书]\n    facts:")
    curated = BEFORE.replace(block, theirs)
    text, report = _again(RULE.replace("借期30日", "借期45日"), curated)
    block = _block(text, "s2-1")
    assert "aliases: [借书]" in block
    assert "made" not in block
    assert "借期45日" in block
    assert len(report.conflicts) == 1


def test_a_curators_point_whose_passage_is_gone_stands_behind_as_a_comment() -> None:
    curated = BEFORE.replace("    title: 第五条 丢书按定价的2倍赔偿", "    title: 丢了书怎么赔")
    text, report = _again(RULE.replace("第五条 丢书按定价的2倍赔偿。\n", "第五条 雨天不外借。\n"), curated)
    assert "#     title: 丢了书怎么赔" in text
    assert report.lost == ("丢了书怎么赔",)


def test_a_curators_point_in_braces_whose_passage_changed_stands_behind_as_a_comment() -> None:
    braces = "  - {id: s3-1, title: 赔偿, section: s3, quote: 第五条 丢书按定价的2倍赔偿。}\n"
    curated = BEFORE.replace(_block(BEFORE, "s3-1"), braces)
    text, report = _again(RULE.replace("2倍", "3倍"), curated)
    assert "第五条 丢书按定价的3倍赔偿。" in _block(text, "s3-1")
    assert "#   - {id: s3-1, title: 赔偿" in text
    assert report.lost == ("赔偿",)


def test_points_that_are_not_written_line_by_line_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="一行一项"):
        _again(RULE, "title: 甲\nsource: source.txt\nsections: [{id: s1, title: 一}]\npoints: [{id: a}]\n")


def test_a_moved_passage_keeps_its_id() -> None:
    moved = RULE.replace("第五条 丢书按定价的2倍赔偿。\n", "").replace(
        "第一章 总则\n", "第一章 总则\n第五条 丢书按定价的2倍赔偿。\n"
    )
    draft: Draft = keep_ids(make_draft(knowledge_of(moved), "source.txt"), BEFORE)
    assert {point.id: point.passage.quote for point in draft.points}["s3-1"] == "第五条 丢书按定价的2倍赔偿。"
