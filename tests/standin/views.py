"""What a test sees: messages, calls and answers as typed, unchanging records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Wire = dict[str, Any]
"""Telegram's own JSON; what it holds depends on the method, so tests read it openly."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard."""

    text: str
    data: str | None
    url: str | None
    raw: Wire


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was when asked for; ``mark`` is the number of bot calls made before that."""

    chat_id: int
    message_id: int
    text: str
    """Text or caption."""
    html: str | None
    """The markup the bot sent, if it named a parse mode."""
    entities: list[Wire]
    buttons: list[list[Button]]
    sender_id: int | None
    reply_to_id: int | None
    thread_id: int | None
    poll: Wire | None
    edits: list[Wire]
    """Earlier text, html and reply_markup, oldest first."""
    deleted: bool
    reactions: dict[int, list[str]]
    raw: Wire
    mark: int

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons, row by row."""
        return [button.text for row in self.buttons for button in row]


@dataclass(frozen=True, slots=True)
class Call:
    """A call the bot made; status 0 is one whose connection was dropped."""

    index: int
    method: str
    params: Wire
    chat_id: int | None
    ok: bool
    status: int
    result: Any
    error: str | None
    time: float

    @property
    def mark(self) -> int:
        """The call's own index, so that ``after=call`` means later ones."""
        return self.index

    @property
    def message(self) -> Message:
        """The message that came back, as it was then."""
        if not isinstance(self.result, dict) or "message_id" not in self.result:
            raise LookupError(f"{self.method} returned no message: {self.error or self.result}")
        return message_view(self.result, self.index)


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a pressed button got back."""

    text: str
    show_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button; ``answer`` is None if the bot gave none in time."""

    id: str
    data: str
    answer: CallbackAnswer | None
    chat_id: int
    mark: int


@dataclass(frozen=True, slots=True)
class Found:
    """An inline query and what the bot answered; no answer in time has no results."""

    id: str
    query: str
    answered: bool
    results: list[Wire]
    next_offset: str
    button: Wire | None
    mark: int


def message_view(raw: Wire, mark: int) -> Message:
    """A message out of the server's JSON."""
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    reactions = {int(user): [one["emoji"] for one in ones] for user, ones in raw.get("reactions", {}).items()}
    return Message(
        chat_id=raw["chat"]["id"],
        message_id=raw["message_id"],
        text=raw["text"] if "text" in raw else raw.get("caption", ""),
        html=raw.get("html"),
        entities=raw["entities"] if "entities" in raw else raw.get("caption_entities", []),
        buttons=[[Button(one["text"], one.get("callback_data"), one.get("url"), one) for one in row] for row in rows],
        sender_id=raw.get("from", {}).get("id"),
        reply_to_id=raw.get("reply_to_message", {}).get("message_id"),
        thread_id=raw.get("message_thread_id"),
        poll=raw.get("poll"),
        edits=raw.get("edits", []),
        deleted=raw.get("deleted", False),
        reactions=reactions,
        raw=raw,
        mark=mark,
    )


def found_view(raw: Wire, mark: int) -> Found:
    """An inline query out of the server's JSON."""
    answer = raw["answer"] or {}
    results, offset = answer.get("results", []), answer.get("next_offset", "")
    return Found(raw["id"], raw["query"], bool(answer), results, offset, answer.get("button"), mark)


def press_view(raw: Wire, chat_id: int, mark: int) -> Press:
    """A pressed button out of the server's JSON."""
    answer = CallbackAnswer(**raw["answer"]) if raw["answer"] is not None else None
    return Press(raw["id"], raw["data"], answer, chat_id, mark)
