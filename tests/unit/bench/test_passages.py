"""What peers search is the whole source, or the very phrasings that we search."""

import pytest

from bot.text import squash
from tests.bench.passages import Passage, cuts, phrasings, phrasings_and_gaps
from tests.unit.library import SOURCE, knowledge


@pytest.mark.parametrize("way", ["sentences", "paragraphs"])
def test_a_cut_of_the_source_holds_all_of_it_once(way: str) -> None:
    cut = cuts(knowledge())[way]
    assert squash("".join(passage.text for passage in cut)) == squash(SOURCE)
    assert all(passage.shown == passage.text for passage in cut)


def test_sentences_end_where_sentences_end() -> None:
    assert cuts(knowledge())["sentences"][1:3] == [
        Passage("一、抓好春耕生产。", "一、抓好春耕生产。"),
        Passage("全镇今年种植水稻3200亩,比去年多种400亩。", "全镇今年种植水稻3200亩,比去年多种400亩。"),
    ]


def test_a_point_is_found_by_its_quote_and_shown_in_its_sentences() -> None:
    assert Passage("青山镇镇长 张远", "青山镇镇长 张远") in cuts(knowledge())["points"]
    assert len(cuts(knowledge())["points"]) == len(knowledge().points)


def test_phrasings_show_what_we_show_for_their_point() -> None:
    rice = "全镇今年种植水稻3200亩,比去年多种400亩。"
    found = phrasings(knowledge())
    for text in ("种植水稻3200亩", rice, "种田", "田里种了多少稻子", "水稻种植面积"):
        assert Passage(text, rice) in found
    assert all(passage.shown for passage in found)


def test_gaps_and_foreign_questions_show_nothing() -> None:
    silent = [passage.text for passage in phrasings_and_gaps(knowledge(), ["天气怎么样"]) if not passage.shown]
    assert sorted(silent) == sorted(["田间课堂几点开课", "修路的施工队是哪家", "天气怎么样"])
    assert [passage for passage in phrasings_and_gaps(knowledge(), []) if passage.shown] == phrasings(knowledge())
