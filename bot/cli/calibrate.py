"""The command ``eval --calibrate``: fit the judge to a folder, say what to expect, and write it down."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

from bot.config import Settings
from bot.errors import BotError
from bot.files import write_whole
from bot.retrieval.calibration.calibrate import is_better, report_lines
from bot.retrieval.ranking.decision import ANSWER_THRESHOLD
from bot.retrieval.ranking.weights import DEFAULT, WeightPair
from bot.retrieval.ranking.weights_file import as_json, as_module
from bot.retrieval_factory import calibrate_judge, uses_embeddings
from bot.wording import Calibrate


def calibrate_and_report(settings: Settings, output: Path | None, *, anew: bool) -> Iterator[str]:
    """The lines that a person is told. Raises BotError, before anything is fitted if that can be known."""
    if importlib.util.find_spec("scipy") is None:
        raise BotError(Calibrate.NO_SCIPY)
    if output is not None:
        _text(output, DEFAULT)
    by_words = calibrate_judge(settings, meaning=False, anew=anew)
    yield from (Calibrate.BY_WORDS, *report_lines(by_words, ANSWER_THRESHOLD))
    by_meaning = calibrate_judge(settings, meaning=True, anew=anew) if uses_embeddings(settings) else None
    if by_meaning is not None:
        yield from (Calibrate.BY_MEANING, *report_lines(by_meaning, ANSWER_THRESHOLD))
    if output is not None and output.suffix != ".py" and not is_better(by_meaning or by_words, ANSWER_THRESHOLD):
        yield Calibrate.NO_BETTER
    elif output is not None:
        fitted = WeightPair(by_meaning.weights if by_meaning else DEFAULT.by_meaning, by_words.weights)
        _write(output, _text(output, fitted))
        yield Calibrate.WRITTEN.format(file=output)


def _text(output: Path, fitted: WeightPair) -> str:
    """What ``fitted`` is in ``output``. Raises BotError if that cannot be written."""
    try:
        if output.suffix == ".py":
            return as_module(fitted, output.read_text(encoding="utf-8"))
        if not os.access(output.parent, os.W_OK) or output.is_dir():
            raise BotError(Calibrate.NOT_WRITABLE.format(file=output))
        return as_json(fitted)
    except ValueError:
        raise BotError(Calibrate.NOT_THE_MODULE.format(file=output)) from None
    except OSError:
        raise BotError(Calibrate.NOT_WRITABLE.format(file=output)) from None


def _write(output: Path, text: str) -> None:
    try:
        write_whole(output, text.encode())
    except OSError:
        raise BotError(Calibrate.NOT_WRITABLE.format(file=output)) from None
