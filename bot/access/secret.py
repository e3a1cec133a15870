"""The bot's secret: made once, kept with the data, known to nobody. It signs links and hides who asked.

``rotate_secret`` makes a new one for signing, also beside a running bot.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from itsdangerous import URLSafeSerializer

from bot.errors import StorageError
from bot.records.contests import SettingRecord
from bot.wording import Storage

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.first_writer import FirstWriter


OWNER: Final = "bot"
NAME: Final = "secret"
ASKERS: Final = "secret of askers"
WHO_LENGTH = 16  # hex digits: 64 bits, so that no two members of any group that exists are taken for one


class Secret:
    """What is made of the secret; the secret itself is not given out."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def pseudonym(self, member: str) -> str:
        """A name for ``member`` that is always the same, and tells nobody without the secret who that is.

        Stored with what was asked: made another way, nobody's earlier rows would be found any more.
        """
        return self.signature("who", member)[:WHO_LENGTH]

    def serializer(self, purpose: str) -> URLSafeSerializer:
        """What signs and verifies links and cookies for one ``purpose`` alone, with HMAC-SHA256 (RFC 2104)."""
        return URLSafeSerializer(
            self._key, salt=purpose, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )

    def signature(self, purpose: str, text: str) -> str:
        """The HMAC-SHA256 (RFC 2104) of ``text`` for one ``purpose`` alone, in hex: each text has exactly one."""
        return hmac.new(self._key, f"{purpose}\0{text}".encode(errors="replace"), hashlib.sha256).hexdigest()

    def verify(self, purpose: str, text: str, signature: str) -> bool:
        """Whether ``signature`` is that of ``text`` for ``purpose``; takes as long whatever it is."""
        return hmac.compare_digest(self.signature(purpose, text).encode(), signature.encode(errors="replace"))


async def load_secret(store: ContestRepository) -> Secret:
    """The secret that signs at this moment; another process may have changed it. Raises StorageError."""
    key = await store.setting(OWNER, NAME)
    if not key:  # anybody could sign with nothing
        raise StorageError(Storage.REFUSED)
    return Secret(key)


async def load_pseudonym_secret(store: ContestRepository) -> Secret:
    """The secret that hides who asked. It outlives a change of the one that signs: whoever is to be forgotten must be
    found in what was counted before. Raises StorageError."""
    return Secret(await store.setting(OWNER, ASKERS) or await store.setting(OWNER, NAME))


async def rotate_secret(store: ContestRepository, new: Callable[[], str]) -> None:
    """Sign with a ``new`` secret from now on: nothing that was signed before is valid any more. Raises StorageError."""
    rows = [SettingRecord(OWNER, NAME, new())]
    before = await store.setting(OWNER, NAME)
    if before and not await store.setting(OWNER, ASKERS):
        rows.append(SettingRecord(OWNER, ASKERS, before))
    await store.save(*rows)


async def load_or_create_secret(store: FirstWriter, new: Callable[[], str]) -> Secret:
    """The secret of all processes on ``store``: the one that was kept first. Raises StorageError."""
    return Secret(await store.first(SettingRecord(OWNER, NAME, new())))
