"""The fields of a form that was sent."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.wording import Web

MAX_FIELDS = 18  # a question has at most twelve options, each a field of its own


async def fields_of(request: Request, *names: str) -> tuple[str, ...]:
    """The texts in fields ``names``, empty if they are missing. Raises HTTPException if they cannot be read."""
    if _is_urlencoded(request):
        return _parsed(await request.body(), names)
    try:
        async with request.form(max_files=0, max_fields=MAX_FIELDS) as form:
            values = [form.get(name, "") for name in names]
    except HTTPException as error:
        if error.status_code == 400:  # the reason is in English, and of no use to a visitor
            raise HTTPException(400, Web.BAD_FORM) from None
        raise
    texts = tuple(value for value in values if isinstance(value, str))
    if len(texts) < len(names):
        raise HTTPException(400, Web.BAD_FORM)
    return texts


async def lists_of(request: Request, *names: str) -> tuple[tuple[str, ...], ...]:
    """All texts in each of the fields ``names``, which may stand there several times. Raises HTTPException."""
    if _is_urlencoded(request):
        found = _pairs(await request.body())
    else:
        try:
            async with request.form(max_files=0, max_fields=MAX_FIELDS) as form:
                found = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        except HTTPException as error:
            raise HTTPException(error.status_code, Web.BAD_FORM) from None
    return tuple(tuple(value for key, value in found if key == name) for name in names)


def _is_urlencoded(request: Request) -> bool:
    media_type = request.headers.get("content-type", "").partition(";")[0]
    return media_type.strip().lower() == "application/x-www-form-urlencoded"


def _parsed(body: bytes, names: tuple[str, ...]) -> tuple[str, ...]:
    values = dict(_pairs(body))
    return tuple(values.get(name, "") for name in names)


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """As browsers send it, and also with characters in UTF-8 that are not percent-encoded, as programs may."""
    try:
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise HTTPException(400, Web.BAD_FORM) from None
