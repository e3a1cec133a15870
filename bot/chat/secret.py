"""The bot's secret: made once, kept with the data, known to nobody. It signs links and hides who asked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Final, Protocol

from bot.chat.quiz_ports import KeptSetting

OWNER: Final = "bot"
NAME: Final = "secret"
WHO_LENGTH = 16  # hex digits: 64 bits, so that no two members of any group that exists are taken for one


class FirstSetting(Protocol):
    """Where the secret is kept."""

    async def first(self, setting: KeptSetting) -> str:
        """Keep ``setting`` unless there is one of its name already; gives what is kept. Raises StorageError."""


class Secret:
    """What is made of the secret; the secret itself is not given out."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def who(self, member: str) -> str:
        """A name for ``member`` that is always the same, and tells nobody without the secret who that is."""
        return self.signature("who", member)[:WHO_LENGTH]

    def signature(self, purpose: str, text: str) -> str:
        """The HMAC-SHA256 (RFC 2104) of ``text`` for one ``purpose`` alone, in hex."""
        return hmac.new(self._key, f"{purpose}\0{text}".encode(errors="replace"), hashlib.sha256).hexdigest()

    def signed(self, purpose: str, text: str, signature: str) -> bool:
        """Whether ``signature`` is that of ``text`` for ``purpose``; takes as long whatever it is."""
        return hmac.compare_digest(self.signature(purpose, text).encode(), signature.encode(errors="replace"))


async def shared_secret(store: FirstSetting, new: Callable[[], str]) -> Secret:
    """The secret of all processes on ``store``: the one that was kept first. Raises StorageError."""
    return Secret(await store.first(KeptSetting(OWNER, NAME, new())))
