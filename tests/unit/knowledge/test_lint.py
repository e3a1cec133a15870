"""What a parser cannot see: claims made twice, parts left uncovered, answers too long for a phone."""

from textwrap import dedent

import pytest

from bot.knowledge.lint import lint
from bot.knowledge.parse.points_file import parse_points
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE

HEAD = 'title: 甲\nsource: s.txt\nsections: [{id: "1", title: 一}]\npoints:\n'


def _lint(points: str, source: str) -> list[tuple[str, int, str]]:
    parsed = parse_points(HEAD + dedent(points), source, "p.yaml")
    assert parsed.issues == ()
    return [(issue.file, issue.line, issue.message) for issue in lint(parsed, "p.yaml", "s.txt")]


def test_a_good_knowledge_has_no_faults() -> None:
    assert lint(parse_points(POINTS, SOURCE, "p.yaml"), "p.yaml", "s.txt") == []


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


def test_a_part_of_the_source_that_no_point_quotes_is_told_with_its_line() -> None:
    points = '- {id: a, title: t, section: "1", quote: 甲乙。}\n'
    assert _lint(points, "甲乙。\n丙丁,\n戊。") == [
        ("s.txt", 2, Lint.UNCOVERED.format(text="丙丁")),
        ("s.txt", 3, Lint.UNCOVERED.format(text="戊")),
    ]


@pytest.mark.parametrize("blank", ["\u3000", "\u00a0", "\u200b", "\ufeff", "\x0c", "——", "\r", "●", "\u2028"])
def test_what_says_nothing_needs_no_point(blank: str) -> None:
    points = '- {id: a, title: t, section: "1", quote: 甲乙。}\n'
    assert _lint(points, f"{blank}甲乙。{blank}\n{blank}") == []


def test_an_indent_is_no_part_of_what_is_uncovered() -> None:
    points = '- {id: a, title: t, section: "1", quote: 甲乙。}\n'
    assert _lint(points, "甲乙。\n\u3000\u3000丙丁。") == [("s.txt", 2, Lint.UNCOVERED.format(text="丙丁"))]


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
    parsed = parse_points(HEAD + '- {id: a, title: t, section: "1", quote: 甲}\n', "甲乙", "p.yaml")
    assert [issue.fatal for issue in lint(parsed, "p.yaml", "s.txt")] == [False]


@pytest.mark.parametrize("quote", ["第一段说发展经X", "第X段说发展经济", "第一段发展经济"])
def test_what_no_point_quotes_is_told_beside_a_quote_that_is_not_verbatim(quote: str) -> None:
    points = f'- {{id: a, title: t, section: "1", quote: {quote}}}\n'
    parsed = parse_points(HEAD + points, "第一段说发展经济。\n第二段说改善人民群众的生活。\n第三段。", "p.yaml")
    assert [issue.line for issue in parsed.issues] == [5]
    found = [(issue.line, issue.message) for issue in lint(parsed, "p.yaml", "s.txt")]
    assert found[-1] == (3, Lint.UNCOVERED.format(text="第三段"))
    assert not any("第一段" in message for _, message in found)


def test_nothing_is_called_uncovered_where_it_cannot_be_told_what_a_quote_was_meant_to_take() -> None:
    points = '- {id: a, title: t, section: "1", quote: 甲乙丙丁}\n- {id: b, title: t, section: "1", quote: 另外的话}\n'
    parsed = parse_points(HEAD + points, "甲乙丙丁。\n戊己庚辛。", "p.yaml")
    assert len(parsed.issues) == 1
    assert lint(parsed, "p.yaml", "s.txt") == []


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


def test_where_points_take_a_small_part_of_the_source_nothing_was_forgotten() -> None:
    source = "门口登记。" + "后面还有很多话。" * 5
    assert _lint('- {id: a, title: 登记, section: "1", quote: 门口登记。}', source) == []
    assert _lint(f'- {{id: a, title: 登记, section: "1", quote: {source[:30]}}}', source) != []
