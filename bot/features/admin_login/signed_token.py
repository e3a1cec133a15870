"""Links and cookies for the page for admins: what they say, signed with the bot's secret. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from itsdangerous import BadData

from bot.access.secret import Secret

Purpose = Literal["link", "cookie"]
MAX_LENGTH = 1000  # characters of anything that is taken for a token


@dataclass(frozen=True, slots=True)
class SignedToken:
    """Lets ``person`` in until ``until`` (whole seconds); ``nonce`` tells it from every other.

    The end is part of what is signed instead of a timestamp of the library's, which would read a clock of its own.
    """

    person: str
    until: datetime
    nonce: str


def sign_token(secret: Secret, purpose: Purpose, token: SignedToken) -> str:
    """``token`` as text for an address or a cookie: letters, digits, ``-``, ``_`` and dots."""
    fields = [token.person, int(token.until.timestamp()), token.nonce]
    return secret.serializer(purpose).dumps(fields)


def verify_token(secret: Secret, purpose: Purpose, text: str) -> SignedToken | None:
    """The token that ``text`` is; None if we did not sign it, for this purpose, or it was altered."""
    try:
        person, until, nonce = secret.serializer(purpose).loads(text[:MAX_LENGTH].encode(errors="replace"))
        return SignedToken(person, datetime.fromtimestamp(until, UTC), nonce)
    except BadData:
        return None
    except (ValueError, TypeError, OverflowError, OSError):  # signed by another version of this program
        return None
