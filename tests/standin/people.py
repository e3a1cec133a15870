"""Users and the bot itself."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standin.errors import Json


@dataclass(slots=True)
class User:
    """A person, or the bot; ``started`` and ``blocked`` tell how a person stands with the bot."""

    id: int
    first_name: str
    username: str | None = None
    last_name: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False

    def wire(self) -> Json:
        """A ``User`` object."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                shown[name] = value
        return shown
