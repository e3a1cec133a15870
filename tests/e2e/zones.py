"""Time zones of our own, whose clocks change when a test wants it: no process can be told another time."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from pathlib import Path

_DAY = 24 * 3600


def write_zone(folder: Path, name: str, change: datetime, local: timedelta, by: timedelta) -> None:
    """A zone as a TZif file (RFC 8536) for PYTHONTZPATH: at ``change`` its clocks, which then show ``local`` after
    midnight, are put forward ``by`` so much, or back where that is negative."""
    moment = int(change.timestamp())
    offset = (int(local.total_seconds()) - moment) % _DAY
    if offset > _DAY // 2:
        offset -= _DAY
    offsets = (offset, offset + int(by.total_seconds()))
    times = (moment - 30 * _DAY, moment)
    names = b"AAA\0BBB\0"
    data = struct.pack(">2q", *times) + bytes((0, 1))
    data += b"".join(struct.pack(">lBB", each, 0, 4 * number) for number, each in enumerate(offsets)) + names
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_header(0, 1, 1) + struct.pack(">lBBB", 0, 0, 0, 0) + _header(2, 2, len(names)) + data + b"\n\n")


def _header(times: int, types: int, characters: int) -> bytes:
    return b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, times, types, characters)
