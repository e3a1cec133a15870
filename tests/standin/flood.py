"""Flood control: how often a bot may send before it is told to wait."""

from __future__ import annotations

import math
from collections import defaultdict

from tests.standin.errors import too_many_requests

SENDING = {"sendmessage", "sendpoll", "senddocument", "sendphoto"}
PER_CHAT = (1, 1.0)
PER_GROUP = (20, 60.0)
OVERALL = (30, 1.0)


class Flood:
    """Remembers when messages were sent; Telegram allows one a second in a chat, 20 a minute in a group."""

    def __init__(self) -> None:
        self._sent: dict[int, list[float]] = defaultdict(list)

    def check(self, chat_id: int, *, is_group: bool, now: float) -> None:
        """Count a message, or refuse it with the seconds to wait."""
        everywhere = sorted(time for times in self._sent.values() for time in times)
        windows = [(self._sent[chat_id], PER_CHAT), (everywhere, OVERALL)]
        if is_group:
            windows.append((self._sent[chat_id], PER_GROUP))
        wait = max(_wait(times, count, seconds, now) for times, (count, seconds) in windows)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._sent[chat_id].append(now)


def _wait(times: list[float], count: int, seconds: float, now: float) -> float:
    """How long until one more fits into the window."""
    recent = [time for time in times if time > now - seconds]
    return recent[-count] + seconds - now if len(recent) >= count else 0.0
