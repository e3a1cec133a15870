"""Files that were sent, in either direction."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from tests.standin.errors import Json, bad_request


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file; ``size`` may claim more than ``content`` holds, for tests of large files."""

    id: str
    name: str
    mime_type: str
    content: bytes
    size: int
    path: str

    def wire(self) -> Json:
        """What every kind of file shows."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id[-12:]}", "file_size": self.size}

    def document(self) -> Json:
        """A ``Document`` object."""
        return {**self.wire(), "file_name": self.name, "mime_type": self.mime_type}

    def photo_sizes(self) -> list[Json]:
        """The sizes of a photo, smallest first; only the last has a file of its own."""
        width, height = _dimensions(self.content)
        small = {"width": max(1, width // 4), "height": max(1, height // 4)}
        return [{**self.wire(), **small}, {**self.wire(), "width": width, "height": height}]


def _dimensions(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; any other picture is given a usual size; no picture is refused."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith((b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        return 1280, 960
    raise bad_request("IMAGE_PROCESS_FAILED")
