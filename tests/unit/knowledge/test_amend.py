"""An addition goes into the file where a curator would write it; not a byte beside it moves."""

from __future__ import annotations

from textwrap import dedent

import pytest

from bot.errors import KnowledgeError
from bot.knowledge.edit.amend import amend, amend_all
from bot.knowledge.edit.amendment import AddPoint, AddQuestion
from bot.wording import Amending, Lint

HEAD = 'title: 甲\nsource: s.txt\nsections:\n  - {id: "1", title: 一}\n  - {id: "2", title: 二}\n'
ASKED = AddQuestion("a", "新问法")
POINT = AddPoint("new", "新要点", "1", ("甲乙。",), ("怎么问", "还能怎么问"))


def _amended(before: str, amendment: AddQuestion | AddPoint = ASKED) -> str:
    text = HEAD + dedent(before)
    amended = amend(text, amendment)
    assert amended.startswith(HEAD)
    assert amend(amended, amendment) == amended, "what is there already is not added again"
    return amended.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "points:\n  - id: a\n    questions:\n      - 甲  # 注\n      # 下一行\n    facts: []\n",
            "points:\n  - id: a\n    questions:\n      - 甲  # 注\n      - 新问法\n      # 下一行\n    facts: []\n",
            id="a list of lines, behind the comment of the last one",
        ),
        pytest.param(
            "points:\n- id: a\n  questions:\n  - 甲\n\n\n# 完\n",
            "points:\n- id: a\n  questions:\n  - 甲\n  - 新问法\n\n\n# 完\n",
            id="dashes below their key",
        ),
        pytest.param(
            "points:\n  - id: a\n    questions:\n      - 甲",
            "points:\n  - id: a\n    questions:\n      - 甲\n      - 新问法",
            id="no final line break",
        ),
        pytest.param(
            "points:\n  - id: a\n    questions: [甲, 乙 ]  # 注\n",
            "points:\n  - id: a\n    questions: [甲, 乙, 新问法 ]  # 注\n",
            id="a list in brackets",
        ),
        pytest.param(
            "points:\n  - id: a\n    questions: [甲,  # 一\n      乙,  # 二\n    ]\n",
            "points:\n  - id: a\n    questions: [甲,  # 一\n      乙, 新问法,  # 二\n    ]\n",
            id="a list in brackets over several lines",
        ),
        pytest.param(
            "points:\n  - id: a\n    questions: [ ]\n",
            "points:\n  - id: a\n    questions: [ 新问法]\n",
            id="empty brackets",
        ),
        pytest.param(
            "points:\n  - id: a\n    aliases:\n    - 名\n    questions:  # 还没有\n    facts: []\n",
            "points:\n  - id: a\n    aliases:\n    - 名\n    questions:  # 还没有\n    - 新问法\n    facts: []\n",
            id="a key with nothing, dashes as elsewhere in the file",
        ),
        pytest.param(
            "points:\n  - id: a\n    quote: 甲\n    facts:\n      - {ask: 谁}\n",
            "points:\n  - id: a\n    quote: 甲\n    questions:\n      - 新问法\n    facts:\n      - {ask: 谁}\n",
            id="no key, put where it belongs",
        ),
        pytest.param(
            "points:\n  - id: a\n    aliases: [名]\n    quote: 甲\n",
            "points:\n  - id: a\n    aliases: [名]\n    quote: 甲\n    questions: [新问法]\n",
            id="no key, among lists in brackets",
        ),
        pytest.param(
            "points:\n  - {id: a, quote: 甲, facts: []}\n",
            "points:\n  - {id: a, quote: 甲, questions: [新问法], facts: []}\n",
            id="no key, in braces",
        ),
        pytest.param(
            "points:\n  - {id: a, questions: , quote: 甲}\n",
            "points:\n  - {id: a, questions: [新问法] , quote: 甲}\n",
            id="a key with nothing, in braces",
        ),
        pytest.param(
            "points: [{id: b}, {id: a, questions: [甲]}]",
            "points: [{id: b}, {id: a, questions: [甲, 新问法]}]",
            id="all in braces",
        ),
        pytest.param(
            "points:\n  - id: a\n    questions:\n      - >-\n        甲\n        乙\n\n    facts: []\n",
            "points:\n  - id: a\n    questions:\n      - >-\n        甲\n        乙\n      - 新问法\n\n    facts: []\n",
            id="behind a folded text",
        ),
        pytest.param(
            "points:\n  - id: b\n    questions: [新问法]\n  - id: a\n    questions: ['甲']\n",
            "points:\n  - id: b\n    questions: [新问法]\n  - id: a\n    questions: ['甲', 新问法]\n",
            id="what another point has is not looked at",
        ),
    ],
)
def test_a_question_goes_where_a_curator_would_write_it(before: str, after: str) -> None:
    assert _amended(before) == after


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("三级联创是什么？", "三级联创是什么？"),
        ("为什么: 这样", '"为什么: 这样"'),
        ("第 #1 条", '"第 #1 条"'),
        ("100", '"100"'),
        ("是", "是"),
        ("no", '"no"'),
        ("- 破折号", '"- 破折号"'),
        ("“创”和“争”, 各指什么", "“创”和“争”, 各指什么"),
        ("  前后空格\t和\n换行 ", "前后空格 和 换行"),
        ("看不见\u200b的\x07字", "看不见的字"),
        ("表情😀呢", "表情😀呢"),
    ],
)
def test_a_text_is_quoted_only_where_yaml_needs_it(question: str, written: str) -> None:
    before = "points:\n  - id: a\n    questions:\n      - 甲\n"
    assert _amended(before, AddQuestion("a", question)) == f"{before}      - {written}\n"


def test_within_brackets_a_comma_needs_quotes() -> None:
    before = "points:\n  - {id: a, questions: [甲]}\n"
    after = 'points:\n  - {id: a, questions: [甲, "“创”和“争”, 各指什么"]}\n'
    assert _amended(before, AddQuestion("a", "“创”和“争”, 各指什么")) == after


@pytest.mark.parametrize("there", ["新问法", "'新问法？'", "新 问法!"])
def test_a_question_that_is_there_in_another_spelling_changes_nothing(there: str) -> None:
    before = f"points:\n  - id: a\n    questions: [{there}]\n"
    assert _amended(before) == before


def test_a_point_goes_behind_those_of_its_section() -> None:
    before = """\
        points:
          - id: a
            section: "1"
            aliases:
              - 名  # 注

          # ── 二 ──
          - id: b
            section: "2"
        """
    after = """\
        points:
          - id: a
            section: "1"
            aliases:
              - 名  # 注
          - id: new
            title: 新要点
            section: "1"
            quote: 甲乙。
            questions:
              - 怎么问
              - 还能怎么问

          # ── 二 ──
          - id: b
            section: "2"
        """
    assert _amended(before, POINT) == dedent(after)


def test_points_that_stand_apart_stay_apart() -> None:
    before = 'points:\n- id: a\n  section: "2"\n\n- id: b\n  section: "2"\n'
    point = AddPoint("new", "新", "1", ("甲: 乙", "丙"), ())
    added = '\n- id: new\n  title: 新\n  section: "1"\n  quote:\n    - "甲: 乙"\n    - 丙\n'
    assert _amended(before, point) == before + added


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("points: []\n", 'points: [{id: new, title: 新, section: "1", quote: 甲}]\n'),
        ("points:\n", 'points:\n  - id: new\n    title: 新\n    section: "1"\n    quote: 甲\n'),
        ("", 'points:\n  - id: new\n    title: 新\n    section: "1"\n    quote: 甲\n'),
    ],
)
def test_the_first_point_of_all(before: str, after: str) -> None:
    assert _amended(before, AddPoint("new", "新", "1", ("甲",), ())) == after


def test_questions_of_a_point_given_twice_are_written_once() -> None:
    point = AddPoint("new", "新", "1", ("甲",), ("怎么问", "怎么 问？", "另问"))
    assert _amended("points:\n", point).endswith("questions:\n      - 怎么问\n      - 另问\n")


def test_a_point_that_was_mended_by_hand_is_left_as_it_is() -> None:
    amended = _amended("points:\n", POINT)
    mended = HEAD + amended.replace("新要点", "改过的标题").replace("      - 还能怎么问\n", "")
    assert amend(mended, POINT) == mended


@pytest.mark.parametrize(
    ("before", "amendment", "line", "message"),
    [
        ("points:\n  - id: b\n", ASKED, 1, Amending.POINT_GONE.format(id="a")),
        ("points:\n  - id: a\n", AddQuestion("a", " ？ "), 7, Lint.NOTHING_TO_MATCH.format(text="？")),
        ("points:\n  - id: a\n    questions: 甲\n", ASKED, 8, Lint.NOT_A_LIST.format(key="questions")),
        ('points:\n  - id: a\n    questions: ""\n', ASKED, 8, Lint.NOT_A_LIST.format(key="questions")),
        ("points:\n  - id: new\n    quote: 丙\n", POINT, 7, Amending.ID_TAKEN.format(id="new")),
        (
            "points:\n",
            AddPoint("new", "新", "9", ("甲",), ()),
            1,
            Amending.SECTION_GONE.format(section="9"),
        ),
        ("points:\n", AddPoint("新", "新", "1", ("甲",), ()), 1, Lint.BAD_ID.format(id="新", limit=40)),
        ("points:\n", AddPoint("new", "新", "1", (), ()), 1, Lint.MISSING_KEY.format(key="quote")),
        ("points:\n", AddPoint("new", "", "1", ("甲",), ()), 1, Lint.MISSING_KEY.format(key="title")),
        ("points:\n", AddPoint("new", "新", "1", ("甲",), ("。",)), 1, Lint.NOTHING_TO_MATCH.format(text="。")),
        ("points:\n\t- id: a\n", ASKED, 7, Lint.TAB),
        ("points:\n  - id: a\n    ? questions\n", ASKED, 1, Amending.UNUSUAL),
    ],
)
def test_what_has_no_place_says_so_with_its_line(
    before: str, amendment: AddQuestion | AddPoint, line: int, message: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        amend(HEAD + before, amendment)
    assert [(issue.file, issue.line, issue.message) for issue in caught.value.issues] == [
        ("points.yaml", line, message)
    ]


def test_a_question_behind_its_new_point_has_a_place_though_those_before_it_have_none() -> None:
    early = [AddQuestion("new", "早问的"), AddQuestion("new", "也早问的")]
    late = AddQuestion("new", "晚问的")
    done = amend_all("title: 甲\nsource: s.txt\nsections: [{id: '1', title: 一}]\npoints:\n", [*early, POINT, late])
    assert done.without_place == tuple(early)
    assert "晚问的" in done.text
