"""What is shown of a point: whole sentences, verbatim, unless they are too long."""

from dataclasses import replace

from bot.knowledge.model import MAX_EXCERPT, Knowledge, Point, Section
from bot.knowledge.structure import Span

SOURCE = "第一句话,有前半截,有后半截。第二句;第三句!\n第四句没有句号"


def shown(*quotes: str, source: str = SOURCE) -> tuple[str, ...]:
    spans = tuple(Span(source.index(quote), source.index(quote) + len(quote)) for quote in quotes)
    point = Point("a", "标题", "1", quotes, spans)
    return Knowledge("文", "", source, (Section("1", "一"),), (point,), "v").excerpt_texts(point)


def test_a_part_of_a_sentence_is_shown_in_the_whole_of_it() -> None:
    assert shown("有前半截") == ("第一句话,有前半截,有后半截。",)
    assert shown("第二句") == ("第二句;",)
    assert shown("四句没有") == ("第四句没有句号",)


def test_a_quote_over_two_sentences_shows_both_and_no_third() -> None:
    assert shown("有后半截。第二句;") == ("第一句话,有前半截,有后半截。第二句;",)


def test_two_quotes_of_one_sentence_show_it_once() -> None:
    assert shown("有前半截", "有后半截") == ("第一句话,有前半截,有后半截。",)


def test_a_sentence_too_long_for_a_phone_is_left_at_the_quote() -> None:
    source = "开头" + "很长" * MAX_EXCERPT + "结尾。"
    assert shown("结尾", source=source) == ("结尾",)


def test_what_is_shown_is_verbatim_wherever_it_stands() -> None:
    knowledge = Knowledge("文", "", SOURCE, (Section("1", "一"),), (), "v")
    for start in range(len(SOURCE) - 1):
        point = Point("a", "标题", "1", (SOURCE[start : start + 1],), (Span(start, start + 1),))
        assert all(text in SOURCE for text in replace(knowledge, points=(point,)).excerpt_texts(point))


def test_neighbours_show_sentences_of_their_own() -> None:
    def point(number: int, quote: str) -> Point:
        start = SOURCE.index(quote)
        return Point(f"p{number}", quote, "1", (quote,), (Span(start, start + len(quote)),))

    points = tuple(point(n, quote) for n, quote in enumerate(["有前半截", "有后半截", "第二句", "二句", "第三句"]))
    knowledge = Knowledge("文", "", SOURCE, (Section("1", "一"),), points, "v")
    assert [other.id for other in knowledge.neighbours(points[0], 4)] == ["p2", "p4"]
