"""What a parser cannot see: claims made twice, answers too long for a phone."""

from dataclasses import replace
from textwrap import dedent

import pytest

from bot.knowledge.lint import covered_share, lint
from bot.knowledge.parse.points_file import parse_points
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE

HEAD = 'title: 甲\nsource: s.txt\nsections: [{id: "1", title: 一}]\npoints:\n'


def _lint(points: str, source: str) -> list[tuple[str, int, str]]:
    parsed = parse_points(HEAD + dedent(points), source, "p.yaml")
    assert parsed.issues == ()
    return [(issue.file, issue.line, issue.message) for issue in lint(parsed, "p.yaml")]


def test_a_good_knowledge_has_no_faults() -> None:
    assert lint(parse_points(POINTS, SOURCE, "p.yaml"), "p.yaml") == []


def test_two_points_may_not_claim_the_same_question_however_it_is_spelled() -> None:
    points = """\
        - {id: a, title: t, section: "1", quote: 甲乙, questions: [就业怎么样?]}
        - {id: b, title: t, section: "1", quote: 丙丁, questions: [就業怎么样]}
        """
    message = Lint.CLAIMED_TWICE.format(text="就業怎么样", id="a", line=5)
    assert _lint(points, "甲乙丙丁") == [("p.yaml", 6, message)]


def test_a_question_may_not_be_answered_and_a_gap_at_once() -> None:
    points = '- {id: a, title: t, section: "1", quote: 甲乙, questions: [有几个], gaps: [有几个]}\n'
    message = Lint.CLAIMED_TWICE.format(text="有几个", id="a", line=5)
    assert _lint(points, "甲乙") == [("p.yaml", 5, message)]


def test_an_answer_too_long_for_a_phone_is_told() -> None:
    source = "长" * 400
    points = f'- {{id: a, title: t, section: "1", quote: {source}}}\n'
    assert _lint(points, source) == [("p.yaml", 5, Lint.QUOTE_LONG.format(id="a", length=400, limit=320))]


def test_a_figure_in_a_title_stands_in_the_quote_below_it() -> None:
    source = "新增就业4047人,增长18.7%,投资7.2亿元。"
    points = f"""\
        - id: a
          section: "1"
          quote: {source}
          title: 就业4047人、18.7%、7.2亿
        - id: b
          section: "1"
          title: 就业047人，增长8.7%，投资7.2万、7亿
          quote: {source}
        """
    assert _lint(points, source) == [
        ("p.yaml", 11, Lint.FIGURE_NOT_IN_QUOTE.format(id="b", figure=figure))
        for figure in ("047人", "8.7%", "7.2万", "7亿")
    ]


def test_a_number_without_a_unit_is_no_figure() -> None:
    points = '- {id: a, title: 要点3, section: "1", quote: 甲}\n'
    assert _lint(points, "甲") == []


def test_these_faults_do_not_keep_the_bot_from_answering() -> None:
    parsed = parse_points(HEAD + '- {id: a, title: 共3人, section: "1", quote: 甲}\n', "甲乙", "p.yaml")
    assert [issue.fatal for issue in lint(parsed, "p.yaml")] == [False]


def test_what_a_title_puts_in_quotation_marks_stands_so_in_the_source() -> None:
    source = "开展“十佳能手”和“田间课堂,送教下乡”活动,评选先进。"
    points = f"""\
        - id: a
          section: "1"
          title: “十佳能手”，“田间课堂，送教下乡”
          quote: {source}
        - id: b
          section: "1"
          title: “十佳”与“先进”
          quote: {source}
        """
    assert _lint(points, source) == [
        ("p.yaml", 11, Lint.TERM_NOT_QUOTED.format(id="b", term=term)) for term in ("十佳", "先进")
    ]


def test_how_much_points_cover_counts_what_says_something() -> None:
    source = "值班办法\n第一条 每天两人值班。\n第二条 夜里锁门。"
    points = '- {id: a, title: 值班, section: "1", quote: 第一条 每天两人值班。}'
    knowledge = parse_points(HEAD + points, source, "p.yaml").knowledge
    assert covered_share(knowledge) == pytest.approx(10 / 18)
    assert covered_share(replace(knowledge, points=())) == 0


def test_one_long_sentence_of_a_program_is_no_fault() -> None:
    points = '- {id: a, made: true, title: 长句, section: "1", quote: "%s"}' % ("很" * 400)
    assert _lint(points, "很" * 400) == []


@pytest.mark.parametrize(("written", "made"), [("true", True), ("false", False), ("True", True)])
def test_a_point_says_whether_a_program_made_it(written: str, made: bool) -> None:
    points = f'- {{id: a, made: {written}, title: 甲, section: "1", quote: 甲}}'
    assert [point.made for point in parse_points(HEAD + points, "甲", "p.yaml").knowledge.points] == [made]


def test_made_is_true_or_false() -> None:
    parsed = parse_points(HEAD + '- {id: a, made: 也许, title: 甲, section: "1", quote: 甲}', "甲", "p.yaml")
    assert [issue.message for issue in parsed.issues] == [Lint.NOT_A_FLAG.format(key="made")]
