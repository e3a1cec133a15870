"""Files to users and from users: sendDocument, sendPhoto, getFile."""

from __future__ import annotations

from tests.standin import limits
from tests.standin.errors import ApiError, Json, bad_request
from tests.standin.files import StoredFile
from tests.standin.methods.registry import method
from tests.standin.methods.targets import draft
from tests.standin.params import Params
from tests.standin.world import World


@method("sendDocument")
async def send_document(world: World, params: Params) -> Json:
    """A file of at most 50 MB, with a caption of at most 1024 units."""
    return _send(world, params, "document", limits.UPLOAD_SIZE)


@method("sendPhoto")
async def send_photo(world: World, params: Params) -> Json:
    """A picture of at most 10 MB."""
    return _send(world, params, "photo", limits.PHOTO_SIZE)


@method("getFile")
async def get_file(world: World, params: Params) -> Json:
    """Where to download a file; bots download at most 20 MB."""
    stored = world.files.get(params.words("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > limits.DOWNLOAD_SIZE:
        raise bad_request("file is too big")
    return {**stored.wire(), "file_path": stored.path}


def _send(world: World, params: Params, kind: str, largest: int) -> Json:
    target = draft(world, params)
    caption = limits.caption(params)
    stored = _file(world, params, kind, largest)
    content: Json = {kind: stored.document() if kind == "document" else stored.photo_sizes()}
    message = target.send(world)
    message.caption = caption
    message.html = params.text("caption") if params.text("parse_mode") else None
    message.content |= content
    return message.wire()


def _file(world: World, params: Params, kind: str, largest: int) -> StoredFile:
    """The file of a call: uploaded, attached under another name, or one the server has already."""
    given = params.text(kind) or ""
    upload = params.files.get(given.removeprefix("attach://") if given.startswith("attach://") else kind)
    if upload is None:
        stored = world.files.get(given)
        if stored is None:
            missing = f"there is no {kind} in the request"
            raise bad_request("wrong file identifier/HTTP URL specified" if given else missing)
        return stored
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > largest:
        raise ApiError(413, "Request Entity Too Large")
    folder = "documents" if kind == "document" else "photos"
    return world.add_file(upload.name, upload.mime_type, upload.content, None, folder)
