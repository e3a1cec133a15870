"""Values → YAML, as a curator would write them: plain if YAML reads the text as it is and it does not look
like a typo, else in double quotes. Pure.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

import yaml

from bot.knowledge.parse.yaml_typos import reads_as_typo

Value = str | Sequence[str] | Mapping[str, str | Sequence[str]]
"""What is written: a text, a list of texts, or a mapping of such."""


def to_scalar(text: str, *, flow: bool = False) -> str:
    """``text`` on one line. ``flow``: within ``[]`` or ``{}``, where commas and brackets mean something."""
    plain = _dump(text, None, flow)
    return plain if plain == text and not reads_as_typo(text, flow=flow) else _dump(text, '"', flow)


def _dump(text: str, style: str | None, flow: bool) -> str:
    written = yaml.safe_dump(
        [text], default_style=style, default_flow_style=flow, allow_unicode=True, width=sys.maxsize
    )
    return written.strip()[1:-1] if flow else written.strip()[2:]  # without the list that it stood in


def to_flow_style(value: Value) -> str:
    """``value`` in flow style: ``[a, b]``, ``{id: a}``."""
    if isinstance(value, str):
        return to_scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {to_flow_style(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(to_flow_style(item) for item in value) + "]"


def item_lines(value: Value, column: int, offset: int) -> Iterator[str]:
    """``value`` as an item of a list whose dashes stand in ``column``. ``offset``: from a key to its list's dashes."""
    lead = f"{' ' * column}- "
    if isinstance(value, str):
        yield f"{lead}{to_scalar(value)}"
    elif not isinstance(value, Mapping):
        yield f"{lead}{to_flow_style(value)}"
    else:
        for key, item in value.items():
            yield from _entry_lines(key, item, lead, column + 2 + offset)
            lead = " " * (column + 2)


def _entry_lines(key: str, value: str | Sequence[str], lead: str, column: int) -> Iterator[str]:
    """``key: value`` behind ``lead``; the dashes of a list stand in ``column``."""
    if isinstance(value, str):
        yield f"{lead}{key}: {to_scalar(value)}"
        return
    yield f"{lead}{key}:"
    for item in value:
        yield f"{' ' * column}- {to_scalar(item)}"
