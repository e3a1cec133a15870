"""A call's parameters, read with the type the method expects.

Forms carry every value as text, JSON bodies carry real types; both are read alike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from tests.standin.errors import Json, bad_request

WORDS = {"text", "caption", "question", "explanation", "description", "short_description", "query"}
"""Parameters that are a person's words and never JSON, whatever they look like."""


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes
    mime_type: str


class Params:
    """A JSON object or a form; a value of the wrong type is a Bad Request."""

    def __init__(self, values: Mapping[str, object], files: Mapping[str, Upload] | None = None) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.files = dict(files or {})

    def has(self, name: str) -> bool:
        """Whether the parameter was given."""
        return name in self.values

    def text(self, name: str) -> str | None:
        """A string; numbers are spelled out, as Telegram does."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool | int | float):
            return json.dumps(value)
        raise bad_request(f'field "{name}" must be of type String')

    def words(self, name: str) -> str:
        """A string, empty if missing."""
        return self.text(name) or ""

    def number(self, name: str) -> int | None:
        """A whole number, or its digits in a string."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f'field "{name}" must be of type Number') from None

    def decimal(self, name: str, default: float) -> float:
        """A number that may have a fraction."""
        value = self.values.get(name, default)
        try:
            return float(str(value))
        except ValueError:
            raise bad_request(f'field "{name}" must be of type Number') from None

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false, also as ``true``, ``1`` or ``yes``."""
        value = self.values.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in {"true", "1", "yes", "t", "y"}

    def items(self, name: str) -> list[object] | None:
        """A list, or the JSON text of one."""
        value = self._decoded(name)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"can't parse {name} JSON object: expected an Array")

    def child(self, name: str) -> Params | None:
        """An object, or the JSON text of one."""
        value = self._decoded(name)
        if value is None:
            return None
        if isinstance(value, dict):
            return Params(value, self.files)
        raise bad_request(f"can't parse {name} JSON object: expected an Object")

    def children(self, name: str) -> list[Params] | None:
        """A list of objects."""
        items = self.items(name)
        if items is None:
            return None
        found = []
        for item in items:
            if not isinstance(item, dict):
                raise bad_request(f"can't parse {name} JSON object: expected an Array of Object")
            found.append(Params(item, self.files))
        return found

    def numbers(self, name: str) -> list[int] | None:
        """A list of whole numbers."""
        items = self.items(name)
        if items is None:
            return None
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in items):
            raise bad_request(f"can't parse {name} JSON object: expected an Array of Number")
        return [item for item in items if isinstance(item, int)]

    def shown(self) -> Json:
        """The parameters for the journal: decoded, files by name and size."""
        shown: Json = {name: self._plain(name, value) for name, value in self.values.items()}
        for name, file in self.files.items():
            shown[name] = {"file_name": file.name, "size": len(file.content), "mime_type": file.mime_type}
        return shown

    def _decoded(self, name: str) -> object:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            decoded: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
        return decoded

    @staticmethod
    def _plain(name: str, value: object) -> object:
        """A form's text as what it stands for, so that a test can compare numbers with numbers."""
        if not isinstance(value, str) or name in WORDS:
            return value
        looks_like_number = value.lstrip("-").isdigit() and name not in {"secret_token", "callback_query_id"}
        if value in {"true", "false"} or value.startswith(("{", "[")) or looks_like_number:
            try:
                plain: object = json.loads(value)
            except ValueError:
                return value
            return plain
        return value
