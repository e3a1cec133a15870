"""What a parser cannot see: claims made twice, parts left uncovered, answers too long for a phone."""

from textwrap import dedent

from bot.knowledge.lint import lint
from bot.knowledge.parse import parse
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE

HEAD = 'title: 甲\nsource: s.txt\nsections: [{id: "1", title: 一}]\npoints:\n'


def _lint(points: str, source: str) -> list[tuple[str, int, str]]:
    parsed = parse(HEAD + dedent(points), source, "p.yaml")
    assert parsed.faults == ()
    return [(fault.file, fault.line, fault.message) for fault in lint(parsed, "p.yaml", "s.txt")]


def test_a_good_knowledge_has_no_faults() -> None:
    assert lint(parse(POINTS, SOURCE, "p.yaml"), "p.yaml", "s.txt") == []


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


def test_an_answer_too_long_for_a_phone_is_told() -> None:
    source = "长" * 400
    points = f'- {{id: a, title: t, section: "1", quote: {source}}}\n'
    assert _lint(points, source) == [("p.yaml", 5, Lint.QUOTE_LONG.format(id="a", length=400, limit=320))]


def test_these_faults_do_not_keep_the_bot_from_answering() -> None:
    parsed = parse(HEAD + '- {id: a, title: t, section: "1", quote: 甲}\n', "甲乙", "p.yaml")
    assert [fault.fatal for fault in lint(parsed, "p.yaml", "s.txt")] == [False]
