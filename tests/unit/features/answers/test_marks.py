"""In a whole sentence, what answers is marked, where it is the smaller part of it."""

from textwrap import dedent

import pytest

from bot.channels.telegram.send.formatting import render_pages
from bot.conversation.messages import Part, Reply, passage_parts
from bot.knowledge.model import Knowledge, MarkedText
from bot.knowledge.parse.points_file import parse_points

SOURCE = "硬化村道12.5公里,总投资460万元,其中县级补助180万元,市级补助<90>万元。"


def knowledge(quote: str) -> Knowledge:
    points = dedent(
        f"""\
        title: 修路
        source: source.txt
        speaker: 镇长
        sections: [{{id: "1", title: 第一部分}}]
        points:
          - {{id: road, title: 补助, section: "1", quote: {quote}}}
        """
    )
    parsed = parse_points(points, SOURCE, "points.yaml")
    assert not [fault for fault in parsed.issues if fault.fatal]
    return parsed.knowledge


@pytest.mark.parametrize(
    ("quote", "marked"),
    [
        ('"其中县级补助180万元"', ["其中县级补助180万元"]),
        ("[硬化村道12.5公里, 其中县级补助180万元]", ["硬化村道12.5公里", "其中县级补助180万元"]),
        ('"总投资460万元,其中县级补助180万元,市级补助<90>万元。"', []),  # most of the sentence: no mark tells anything
        ('["其中县级补助180万元", "补助180万元,市级"]', []),  # one in the other
    ],
)
def test_the_words_of_the_point_are_marked_in_its_sentence(quote: str, marked: list[str]) -> None:
    document = knowledge(quote)
    (part,) = [part for part in passage_parts(document, document.point("road")) if part.kind == "quote"]
    assert part.text == SOURCE
    assert [piece.text for piece in part.pieces if piece.marked] == marked
    assert "".join(piece.text for piece in part.pieces) == SOURCE


def test_telegram_shows_marks_in_bold_and_plain_text_shows_none() -> None:
    part = Part("quote", "总投资460万元,市级<90>万元", marks=((8, 17),))
    assert part.pieces == (MarkedText("总投资460万元"), MarkedText(",市级<90>万元", marked=True))
    assert Reply((part,)).text == part.text
    (page,) = render_pages(Reply((Part("quote", "补助<90>万元,其中", marks=((0, 8),)),)))
    assert page == "<blockquote><b>补助&lt;90&gt;万元</b>,其中</blockquote>"
