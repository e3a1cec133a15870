"""An HTTP request's query and body, whichever of the four forms Telegram accepts, as parameters."""

from __future__ import annotations

import json

from starlette.datastructures import UploadFile
from starlette.requests import Request

from tests.standin.errors import ApiError, bad_request
from tests.standin.params import Params, Upload

LARGEST_BODY = 52 * 1024 * 1024
"""Uploads end at 50 MB; the rest is room for the other fields."""


async def read_params(request: Request) -> Params:
    """Query string, urlencoded form, multipart form or JSON object; the body wins over the query."""
    values: dict[str, object] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "application/json":
        values |= _json_object(await request.body())
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime_type = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or name, await value.read(), mime_type)
                else:
                    values[name] = value
    else:
        await request.body()
    return Params(values, files)


def _json_object(body: bytes) -> dict[str, object]:
    try:
        decoded: object = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse the request: invalid JSON") from None
    if not isinstance(decoded, dict):
        raise bad_request("can't parse the request: expected a JSON object")
    return decoded
