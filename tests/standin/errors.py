"""How the stand-in says no: to the bot in Telegram's words, to a test in plain ones."""

from __future__ import annotations

from dataclasses import dataclass

Json = dict[str, object]
"""A JSON object; its values are checked where they are read."""


@dataclass
class ApiError(Exception):
    """A Bot API refusal: HTTP status, description and, for some, response parameters."""

    status: int
    description: str
    parameters: Json | None = None

    def wire(self) -> Json:
        """The body Telegram sends with it."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


class Refused(Exception):  # noqa: N818  # reads as the sentence it is raised for
    """Something the user's side cannot do: press a button that is not there, vote in a closed poll."""


def bad_request(text: str) -> ApiError:
    """400 with ``Bad Request: text``."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """403 with ``Forbidden: text``."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """409 with ``Conflict: text``."""
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the number of seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
