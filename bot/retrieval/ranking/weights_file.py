"""Weights as text: the JSON file of a knowledge folder, and the module of the defaults."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from bot.retrieval.ranking.candidates import Features
from bot.retrieval.ranking.ranking_model import TRUST_FEATURES
from bot.retrieval.ranking.weights import WeightPair, Weights

NAME = "judge.json"
DIGITS = 3
_FIRST = "BY_MEANING"


def as_json(fitted: WeightPair) -> str:
    """``fitted`` as the text of the file ``NAME``: every weight by its name."""
    return json.dumps({kind: _named(weights) for kind, weights in fitted._asdict().items()}, indent=1) + "\n"


def from_json(text: str) -> WeightPair:
    """The weights of such a file. Raises ValueError if it is not one, or belongs to a version with other features."""
    try:
        data = json.loads(text)
        return WeightPair(*(_weights(data[kind]) for kind in WeightPair._fields))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("not the weights of this version") from error


def as_module(fitted: WeightPair, module: str) -> str:
    """``module``, the text of ``bot/retrieval/ranking/weights.py``, with ``fitted`` in place of the weights it has.

    Raises ValueError if ``module`` is another text.
    """
    head, found, _ = module.partition(f"{_FIRST}:")
    if not found:
        raise ValueError("not the module of the weights")
    return head + "\n".join(_lines(fitted))


def _lines(fitted: WeightPair) -> Iterator[str]:
    for name, weights in ((_FIRST, fitted.by_meaning), ("BY_WORDS", fitted.by_words)):
        yield f"{name}: Final = Weights("
        for part, names in (("rank", Features._fields), ("trust", TRUST_FEATURES)):
            yield f"    {part}=("
            values: tuple[float, ...] = getattr(weights, part)
            yield from (f"        {value:.{DIGITS}f},  # {each}" for value, each in zip(values, names, strict=True))
            yield "    ),"
        yield f"    bias={weights.bias:.{DIGITS}f},"
        yield ")"
        yield ""
    yield "DEFAULT: Final = WeightPair(BY_MEANING, BY_WORDS)"
    yield ""


def _named(weights: Weights) -> dict[str, object]:
    return {
        "rank": {name: round(value, DIGITS) for name, value in zip(Features._fields, weights.rank, strict=True)},
        "trust": {name: round(value, DIGITS) for name, value in zip(TRUST_FEATURES, weights.trust, strict=True)},
        "bias": round(weights.bias, DIGITS),
    }


def _weights(data: dict[str, dict[str, float]]) -> Weights:
    if set(data["rank"]) != set(Features._fields) or set(data["trust"]) != set(TRUST_FEATURES):
        raise ValueError("other names than this version's")
    weights = Weights(
        tuple(float(data["rank"][name]) for name in Features._fields),
        tuple(float(data["trust"][name]) for name in TRUST_FEATURES),
        float(data["bias"]),  # type: ignore[arg-type]  # a number beside the two tables
    )
    if not all(map(math.isfinite, (*weights.rank, *weights.trust, weights.bias))):
        raise ValueError("not a finite number")
    return weights
