"""What a test can ask for, by name: ``POST /control/{name}`` with a JSON object."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.standin.params import Params
from tests.standin.world import World

Action = Callable[[World, Params], Awaitable[object]]

ACTIONS: dict[str, Action] = {}


def action(name: str) -> Callable[[Action], Action]:
    """Register a coroutine as a control action; what it returns goes back as JSON."""

    def register(function: Action) -> Action:
        ACTIONS[name] = function
        return function

    return register
