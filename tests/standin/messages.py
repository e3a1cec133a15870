"""A message with everything that happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.standin.errors import Json
from tests.standin.people import User
from tests.standin.polls import Poll
from tests.standin.text import Marked

if TYPE_CHECKING:
    from tests.standin.chats import Chat


@dataclass(slots=True)
class Message:
    """A message; ``content`` holds what is neither text, caption nor poll, as it goes over the wire."""

    chat: Chat
    id: int
    date: int
    sender: User | None = None
    text: Marked | None = None
    caption: Marked | None = None
    poll: Poll | None = None
    content: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: Message | None = None
    thread_id: int | None = None
    via_bot: User | None = None
    inline_id: str | None = None
    edit_date: int | None = None
    deleted: bool = False
    service: bool = False
    by_bot: bool = False
    """Sent by the bot, in a channel also in the channel's name."""
    html: str | None = None
    edits: list[Json] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    def wire(self, *, nested: bool = False) -> Json:
        """A ``Message`` object; a nested one leaves out what it replies to."""
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.wire()}
        if self.sender is not None:
            shown["from"] = self.sender.wire()
        else:
            shown["sender_chat"] = self.chat.wire()
        if self.via_bot is not None:
            shown["via_bot"] = self.via_bot.wire()
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if self.thread_id is not None:
            shown["message_thread_id"] = self.thread_id
            if self.chat.is_forum:
                shown["is_topic_message"] = True
        if self.reply_to is not None and not nested:
            shown["reply_to_message"] = self.reply_to.wire(nested=True)
        for name, marks, marked in (
            ("text", "entities", self.text),
            ("caption", "caption_entities", self.caption),
        ):
            if marked is not None and marked.text:
                shown[name] = marked.text
                shown |= {marks: marked.entities} if marked.entities else {}
        if self.poll is not None:
            shown["poll"] = self.poll.wire(inside_message=True)
        if self.markup is not None:
            shown["reply_markup"] = self.markup
        return shown | self.content

    def view(self) -> Json:
        """What a test may know of it, beyond what the bot sees."""
        return {
            **self.wire(),
            "html": self.html,
            "deleted": self.deleted,
            "edits": self.edits,
            "reactions": {str(user_id): reaction for user_id, reaction in self.reactions.items()},
            "poll_settings": self.poll.settings if self.poll is not None else None,
            "votes": {str(user_id): votes for user_id, votes in self.poll.votes.items()} if self.poll else None,
        }

    def remember(self) -> None:
        """Keep text, caption and buttons as they are, before an edit changes them."""
        before = self.text or self.caption
        entry: Json = {"text": before.text if before else None, "reply_markup": self.markup}
        self.edits.append({**entry, "html": self.html, "edit_date": self.edit_date})
