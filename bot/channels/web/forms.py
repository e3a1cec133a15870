"""The fields of a form that was sent."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.wording import Web

MAX_FIELDS = 8


async def fields_of(request: Request, *names: str) -> tuple[str, ...]:
    """The texts in fields ``names``, empty where they are missing. Raises HTTPException where they cannot be read."""
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
