"""Previews of changes that wait for a yes, kept so that a restart forgets none: what was sent, not what came of it.

Of each author the latest three are kept, for a day. Whoever presses its button after a restart has it looked over anew.
"""

from __future__ import annotations

import base64
import json
import logging
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.errors import StorageError
from bot.features.knowledge_versions.candidate import Candidate, Content, Way
from bot.knowledge.edit.amendment import amendments_to_json
from bot.knowledge.files import sha256_hex
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


KEEP: Final = timedelta(days=1)
KEPT: Final = 3  # of each author: what was sent last comes once more after a kill, under another id
MAX_KEPT: Final = 2_000_000  # characters of what was sent, packed: a row stays small
_NAME: Final = "preview"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """What was shown under an ``id``: it was compared with version ``against``, and would have had that ``content``.

    It is made again from the files of ``sent`` (packed) in that ``way``, from the version ``back_to``, or else from the
    folder.
    """

    id: str
    at: datetime
    against: int
    content: str
    author: str
    note: str
    sent: str = ""
    back_to: int = 0
    way: Way = "files"

    @property
    def files(self) -> Mapping[str, str]:
        """The texts of the files that were sent, by name."""
        if not self.sent:
            return {}
        texts: dict[str, str] = json.loads(zlib.decompress(base64.b85decode(self.sent)))
        return texts


_PREVIEWS: Final = TypeAdapter(tuple[Preview, ...])


def name_of(content: Content) -> str:
    """What stands for ``content``: the same for the same."""
    return sha256_hex(f"{content.base.digest} {amendments_to_json(content.amendments)}".encode())


class Previews:
    """Keeps previews among the settings of their authors. ``find`` and ``drop`` raise StorageError."""

    def __init__(self, store: ContestRepository, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def save(self, candidate: Candidate, files: Mapping[str, str] | None = None, back_to: int = 0) -> None:
        """Save ``candidate``, which was made of these ``files``, of the version ``back_to`` or of the folder.

        Never raises: what cannot be kept is shown all the same, and forgotten by a restart.
        """
        if candidate.served is None or candidate.same:
            return
        sent = base64.b85encode(zlib.compress(json.dumps(dict(files)).encode())).decode() if files else ""
        if len(sent) > MAX_KEPT:
            return
        proposal = candidate.proposal
        content = name_of(candidate.content)
        made_of = (sent, back_to, proposal.way)
        row = Preview(candidate.id, self._clock(), candidate.against, content, proposal.author, proposal.note, *made_of)
        try:
            before = _read(await self._store.setting(proposal.author, _NAME))
            await self._store.save(_row(proposal.author, [*before, row][-KEPT:]))
        except StorageError as error:
            _log.warning("a preview is not kept: %s", error)

    async def find(self, id_: str) -> Preview | None:
        """The preview of that id, where it is kept still."""
        for row in await self._store.settings(_NAME):
            for preview in _read(row.value):
                if preview.id == id_ and self._clock() - preview.at <= KEEP:
                    return preview
        return None

    async def drop(self, id_: str) -> bool:
        """Forget the preview of that id; False where there is none."""
        preview = await self.find(id_)
        if preview is not None:
            left = [one for one in _read(await self._store.setting(preview.author, _NAME)) if one.id != id_]
            await self._store.save(_row(preview.author, left))
        return preview is not None


def _read(value: str) -> tuple[Preview, ...]:
    try:
        return _PREVIEWS.validate_json(value) if value else ()
    except ValueError:
        return ()


def _row(author: str, previews: Sequence[Preview]) -> SettingRecord:
    return SettingRecord(author, _NAME, _PREVIEWS.dump_json(tuple(previews)).decode() if previews else "")
