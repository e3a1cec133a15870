"""The Bot API methods by name; Telegram takes names in any case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.standin.params import Params
from tests.standin.world import World

Method = Callable[[World, Params], Awaitable[object]]

METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a coroutine as a Bot API method; it returns the ``result`` of the answer."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register
