"""The server's state and its levers: time, faults, switches."""

from __future__ import annotations

from tests.standin.views import Wire
from tests.standin.wire import Line


class Controls:
    """What a test reads off the server and sets on it."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def commands(self, scope: str | Wire = "default", language_code: str = "") -> list[Wire]:
        """The command menu of a scope and language."""
        found: list[Wire] = await self._line.call("commands", scope=scope, language_code=language_code)
        return found

    async def pending(self) -> int:
        """The updates the bot has not taken yet."""
        return int((await self._line.call("state"))["pending"])

    async def polled(self, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109  # the server keeps the time
        """Return when a call of getUpdates waits for an update. TimeoutError if none does."""
        if not (await self._line.call("polled", timeout=timeout))["polled"]:
            raise TimeoutError(f"nobody asked for updates within {timeout} s")

    async def webhook(self) -> Wire:
        """The webhook, as getWebhookInfo shows it."""
        found: Wire = await self._line.call("webhook")
        return found

    async def advance(self, seconds: float) -> None:
        """Set the server's clock forward."""
        await self._line.call("advance", seconds=seconds)

    async def fault(
        self,
        method: str,
        kind: str,
        *,
        times: int = 1,
        seconds: float = 0.0,
        retry_after: int = 1,
        carried_out: bool = False,
    ) -> None:
        """Let the next calls of a method fail, see the package's docstring for the kinds."""
        how = {"times": times, "seconds": seconds, "retry_after": retry_after, "carried_out": carried_out}
        await self._line.call("fault", method=method, kind=kind, **how)

    async def struck(self, method: str, *, timeout: float = 5.0) -> None:  # noqa: ASYNC109  # the server keeps the time
        """Return when all faults of a method struck; the call that hangs is not over then. TimeoutError if not."""
        if not (await self._line.call("struck", method=method, timeout=timeout))["struck"]:
            raise TimeoutError(f"{method} was not called often enough within {timeout} s")

    async def clear_faults(self) -> None:
        """No more faults."""
        await self._line.call("clear_faults")

    async def configure(self, **switches: bool) -> dict[str, bool]:
        """Turn switches: privacy, mention_delivery, flood, inline, inline_feedback; all of them come back."""
        found: dict[str, bool] = await self._line.call("configure", **switches)
        return found

    async def reset(self) -> None:
        """Forget users, chats, calls, faults and switches; the bot's menu, webhook and descriptions stay."""
        await self._line.call("reset")
