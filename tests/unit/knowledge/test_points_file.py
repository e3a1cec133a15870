"""Each issue is found, with its line; all of them, not only the first."""

from pathlib import Path
from textwrap import dedent

import pytest

from bot.knowledge.parse.points_file import ParsedPoints, parse_points
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE


def _parse(text: str, source: str = "甲乙丙,丁戊己。") -> ParsedPoints:
    return parse_points(dedent(text), source, "points.yaml")


def _faults(text: str, source: str = "甲乙丙,丁戊己。") -> list[str]:
    return [str(issue) for issue in _parse(text, source).issues]


def _one_point(point: str) -> str:
    return f'title: 甲\nsource: source.txt\nsections: [{{id: "1", title: 一}}]\npoints:\n  - {point}\n'


def test_a_whole_file_becomes_a_knowledge() -> None:
    parsed = parse_points(POINTS, SOURCE, "points.yaml")
    assert parsed.issues == ()
    road = parsed.knowledge.point("road")
    assert road.quote == "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"
    assert SOURCE[road.spans[0].start : road.spans[0].end] == road.quote
    assert parsed.knowledge.citation(road) == "第二部分·修好进村道路"


def test_a_quote_of_several_spans_keeps_each_of_them() -> None:
    parsed = _parse(_one_point('{id: a, title: t, section: "1", quote: [甲乙, 丁戊己。]}'))
    assert parsed.issues == ()
    assert parsed.knowledge.point("a").quotes == ("甲乙", "丁戊己。")


def test_a_quote_that_is_not_verbatim_says_where_it_leaves_the_source() -> None:
    assert _faults(_one_point('{id: a, title: t, section: "1", quote: "甲乙丙,丁戊X"}')) == [
        "points.yaml:5: 要点“a”的引文与原文不一致：到“甲乙丙,丁戊”为止一致，后面的“X”原文里不是这样。"
        "请从原文重新复制，标点也要一样。"
    ]


def test_every_fault_is_told_not_only_the_first() -> None:
    text = """\
        title: 甲
        source: source.txt
        sections: [{id: "1", title: 一}, {id: "1", title: 二}]
        points:
          - {id: A_b, title: t, section: "9", quote: 没有这句}
          - {id: c, title: t, section: "1", quote: 甲乙丙, facts: [{ask: 谁, value: 庚}]}
          - {id: c, section: "1", quote: 甲乙丙, colour: red}
        """
    lines = [(issue.line, issue.message) for issue in _parse(text).issues]
    assert (3, Lint.SECTION_TWICE.format(id="1", line=3)) in lines
    assert (5, Lint.BAD_ID.format(id="A_b", limit=40)) in lines
    assert (5, Lint.NO_SUCH_SECTION.format(section="9")) in lines
    assert (5, Lint.NOT_VERBATIM.format(id="A_b", hint=Lint.HINT_NOWHERE)) in lines
    assert (6, Lint.FACT_NOT_IN_QUOTE.format(value="庚", id="c")) in lines
    assert (7, Lint.MISSING_KEY.format(key="title")) in lines
    assert (7, Lint.ID_TWICE.format(id="c", line=6)) in lines
    assert any(line == 7 and "colour" in message for line, message in lines)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("", f"points.yaml:1: {Lint.EMPTY_FILE}"),
        ("# nothing but a comment\n", f"points.yaml:1: {Lint.EMPTY_FILE}"),
        ("title: a\npoints:\n\t- id: b\n", f"points.yaml:3: {Lint.TAB}"),
        (
            "title: a\ntitle: b\nsource: s\npoints: []\n",
            f"points.yaml:2: {Lint.KEY_TWICE.format(key='title', line=1)}",
        ),
        ("title: a\x07\n", f"points.yaml:1: {Lint.BAD_CHARACTER.format(code='U+0007')}"),
        ("title: {a: b}\nsource: s\n", f"points.yaml:1: {Lint.NOT_A_TEXT.format(key='title')}"),
        ("[" * 50 + "]" * 50, f"points.yaml:1: {Lint.TOO_DEEP}"),
        ("[" * 100_000, f"points.yaml:1: {Lint.TOO_DEEP}"),
        ("{a: " * 100_000, f"points.yaml:1: {Lint.TOO_DEEP}"),
        ("- " * 100_000, f"points.yaml:1: {Lint.TOO_DEEP}"),
    ],
)
def test_a_broken_file_is_told_with_its_line(text: str, issue: str) -> None:
    assert issue in _faults(text)


def test_an_anchor_bomb_is_refused_before_it_unfolds() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    issues = _faults(bomb)
    assert issues == [f"points.yaml:{line}: {Lint.ANCHOR}" for line in range(1, 21)]


def test_no_tag_can_make_a_call(tmp_path: Path) -> None:
    parsed = _parse(f"!!python/object/apply:os.mkdir ['{tmp_path}/made']\n")
    assert parsed.knowledge.points == ()
    assert parsed.issues != ()
    assert list(tmp_path.iterdir()) == []


def test_the_version_changes_with_every_byte_of_either_file() -> None:
    versions = {
        _parse(_one_point("{id: a}")).knowledge.version,
        _parse(_one_point("{id: b}")).knowledge.version,
        _parse(_one_point("{id: a}"), source="甲").knowledge.version,
    }
    assert len(versions) == 3
