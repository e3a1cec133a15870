"""A quote that is not verbatim → where it goes wrong, and which part of the source it was meant to take. Pure."""

from __future__ import annotations

from bot.knowledge.model import Span
from bot.wording import Lint

_SURE = 4  # characters in a row that the source has: fewer stand anywhere
_SLACK = 10  # characters that a quote may have lost or won


def misquote_hint(quote: str, source: str) -> str:
    """Where the curator should look: up to where ``quote`` is verbatim, and how it goes on."""
    good = _common(quote, source)
    if good < _SURE:
        return Lint.HINT_NOWHERE
    return Lint.HINT_UNTIL.format(good=quote[max(0, good - 8) : good], bad=quote[good : good + 8])


def intended_span(quote: str, source: str) -> Span | None:
    """The part of ``source`` that begins or ends as ``quote`` does; None where neither is to be found.

    Where one end is not known it is guessed by the length, and moved to a line's beginning or end that is near.
    """
    head, tail = _common(quote, source), _common(quote[::-1], source[::-1])
    start = source.find(quote[:head]) if head >= _SURE else -1
    last = source.find(quote[-tail:], max(start, 0)) if tail >= _SURE else -1
    end = last + tail
    if start < 0:
        return Span(len(source) - _end(source[::-1], len(source) - end, quote), end) if last >= 0 else None
    return Span(start, end if 0 <= last <= start + 2 * len(quote) else _end(source, start, quote))


def _end(source: str, start: int, quote: str) -> int:
    guess = start + len(quote)
    near = source.find("\n", max(guess - _SLACK, start), guess + _SLACK)
    return near if near >= 0 else min(guess + _SLACK, len(source))


def _common(quote: str, source: str) -> int:
    """How many characters of the beginning of ``quote`` stand somewhere in ``source``."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        if quote[:middle] in source:
            low = middle
        else:
            high = middle - 1
    return low
