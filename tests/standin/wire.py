"""The client's line to the control API."""

from __future__ import annotations

from typing import Any

import httpx

PATIENCE = 90.0
"""Longer than any wait a test may ask the server for."""


class Refused(Exception):  # noqa: N818  # reads as the sentence it is raised for
    """The users' side could not do that: no such button, poll closed, not in the chat."""


class Line:
    """Calls control actions; ``mark`` comes along with each, so that nothing is missed in between."""

    def __init__(self, url: str) -> None:
        # Loading certificates takes longer than most tests, and this line is never encrypted.
        self._http = httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False, verify=False)

    async def call(self, action: str, **params: object) -> Any:
        """The action's result; Refused if the server will not."""
        response = await self._http.post(f"/control/{action}", json=params)
        body = response.json()
        if response.status_code != 200:
            raise Refused(body["error"])
        return body["result"]

    async def mark(self) -> int:
        """The number of calls the bot made so far."""
        state = await self.call("state")
        return int(state["mark"])

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()
