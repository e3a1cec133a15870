"""The files of a knowledge folder, as texts in memory: what is read, compared, kept and given back. Plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

POINTS_FILE = "points.yaml"
QUIZ_FILE = "quiz.yaml"
GOLDEN_FILE = "golden.yaml"
JUDGE_FILE = "judge.json"
_TEXTS = (".txt", ".md")


def is_text_name(name: str) -> bool:
    """Whether a file of that name holds text that may be a source."""
    return name.lower().endswith(_TEXTS)


def sha256_hex(data: bytes) -> str:
    """The name of ``data``: its SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, eq=False)
class Files:
    """Texts by the names of their files; never changed, only replaced. Two are equal if their digests are.

    The texts are those of the files byte for byte, without a byte order mark and with ``\\n`` as line end.
    """

    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.texts.items()))

    def get(self, name: str) -> str | None:
        """The text of a file; None if there is no such file."""
        return self.texts.get(name)

    @property
    def document(self) -> str:
        """The name of the only text among them, the source if there is no points.yaml; empty if there is no such."""
        found = [name for name in self.texts if is_text_name(name)]
        return found[0] if len(found) == 1 else ""

    def with_file(self, name: str, text: str) -> Files:
        """These files, with one replaced or added."""
        return Files({**self.texts, name: text})

    @cached_property
    def digest(self) -> str:
        """A name that changes whenever one byte of one file does."""
        return sha256_hex("".join(f"{name} {sha256_hex(_bytes(text))}\n" for name, text in self).encode())

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Files) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # what was typed in a chat may hold half an emoji
