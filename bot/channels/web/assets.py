"""The static files, read once and served from memory, each under an address that changes with its content.

Not ``starlette.staticfiles.StaticFiles``: its ETag comes of a file's time and size, so that a fresh installation of the
same files would be fetched anew; it cannot tell the version in an address, which may be kept for good, from an older
one, which has to be asked for again; and it opens the file in a thread for each request.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, their media type, and a short hash of them."""

    body: bytes
    media_type: str
    version: str


class StaticAssets:
    """All static files of one folder. Raises OSError if the folder cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._assets = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _MEDIA_TYPES}

    def url(self, name: str) -> str:
        """The address of the file ``name``, with its version. Raises KeyError for one that is not there."""
        return f"/static/{name}?v={self._assets[name].version}"

    async def serve(self, request: Request) -> Response:
        """``GET /static/{name}``: the file, for a browser to keep for good if it asks for this version."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        current = request.query_params.get("v") == asset.version
        headers = {"Cache-Control": _FOR_GOOD if current else _ASK_AGAIN, "ETag": f'"{asset.version}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(asset.body, media_type=asset.media_type, headers=headers)


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    return Asset(body, _MEDIA_TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:12])
