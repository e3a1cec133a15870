"""Text becomes terms; the dictionary is cached where only we can write, and a broken cache costs nothing."""

import pytest

from bot.retrieval.index.tokenizer import NAME, load_frequencies, shared_tokenizer


def test_terms_are_long_words_pairs_and_characters_each_once() -> None:
    assert set(shared_tokenizer().terms("生产总值")) == {"生", "产", "总", "值", "生产", "产总", "总值", "生产总值"}
    assert shared_tokenizer().terms("好好好") == ["好", "好好"]


def test_figures_and_latin_words_stay_whole() -> None:
    assert shared_tokenizer().terms("增长18.7%gdp") == ["增", "长", "增长", "18.7%", "gdp"]


def test_nothing_readable_has_no_terms() -> None:
    assert shared_tokenizer().terms("、。!") == []


def test_a_term_of_the_knowledge_is_cut_whole_and_leaves_the_common_tokenizer_as_it_was() -> None:
    plain = shared_tokenizer()
    assert "五星联评" not in plain.words("开展五星联评活动")
    assert "五星联评" in plain.with_words(["五星联评"]).words("开展五星联评活动")
    assert "五星联评" not in plain.words("开展五星联评活动")


class DictCache:
    """A Cache in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def write(self, name: str, data: bytes) -> None:
        self.kept[name] = data


@pytest.mark.slow
def test_the_dictionary_is_the_same_with_a_cache_without_one_and_with_a_broken_one() -> None:
    built = load_frequencies()
    cache = DictCache()
    assert load_frequencies(cache) == built
    assert list(cache.kept) == [NAME]
    assert load_frequencies(cache) == built
    cache.kept[NAME] = b"broken"
    assert load_frequencies(cache) == built
    assert cache.kept[NAME] != b"broken"
