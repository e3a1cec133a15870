"""Links and cookies for the page for admins: what they say, signed with the bot's secret. Pure."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.access.secret import Secret

Purpose = Literal["link", "cookie"]
MAX_LENGTH = 1000  # characters of anything that is taken for a ticket


@dataclass(frozen=True, slots=True)
class SignedToken:
    """Lets ``person`` in until ``until`` (whole seconds); ``nonce`` tells it from every other."""

    person: str
    until: datetime
    nonce: str


def sign_token(secret: Secret, purpose: Purpose, ticket: SignedToken) -> str:
    """``ticket`` as text for an address or a cookie: letters, digits, ``-``, ``_`` and one dot."""
    said = json.dumps([ticket.person, int(ticket.until.timestamp()), ticket.nonce], ensure_ascii=False)
    body = base64.urlsafe_b64encode(said.encode(errors="replace")).decode().rstrip("=")
    return f"{body}.{secret.signature(purpose, body)}"


def verify_token(secret: Secret, purpose: Purpose, text: str) -> SignedToken | None:
    """The ticket that ``text`` is; None where we did not write it, for this purpose, or it was altered."""
    body, _, signature = text[:MAX_LENGTH].partition(".")
    if not secret.verify(purpose, body, signature):
        return None
    try:
        person, until, nonce = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return SignedToken(person, datetime.fromtimestamp(until, UTC), nonce)
    except (ValueError, TypeError, OverflowError, OSError):  # signed by another version of this program
        return None
