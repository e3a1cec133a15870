"""Everything the bot asked of the server, in order."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standin.errors import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One call and what came of it; status 0 is a call whose connection was dropped."""

    index: int
    method: str
    params: Json
    chat_id: int | None
    status: int
    result: object
    error: str | None
    time: float

    def wire(self) -> Json:
        """As the control API shows it."""
        return {
            "index": self.index,
            "method": self.method,
            "params": self.params,
            "chat_id": self.chat_id,
            "ok": self.status == 200 and self.error is None,
            "status": self.status,
            "result": self.result,
            "error": self.error,
            "time": self.time,
        }


class Journal:
    """The calls so far; indices start at 1, so that 0 means before the first."""

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self.calls: list[Call] = []

    @property
    def mark(self) -> int:
        """The index of the latest call."""
        return self._first + len(self.calls) - 1

    def add(
        self,
        method: str,
        params: Json,
        *,
        chat_id: int | None,
        status: int,
        result: object,
        error: str | None,
        time: float,
    ) -> Call:
        """Write a finished call down."""
        call = Call(self.mark + 1, method, params, chat_id, status, result, error, time)
        self.calls.append(call)
        return call

    def select(self, methods: set[str], chat_id: int | None, after: int) -> list[Call]:
        """The calls after an index, of these methods (none: of any) and in this chat (None: in any)."""
        wanted = {method.lower() for method in methods}
        return [
            call
            for call in self.calls[max(0, after - self._first + 1) :]
            if (not wanted or call.method.lower() in wanted) and chat_id in (None, call.chat_id)
        ]
