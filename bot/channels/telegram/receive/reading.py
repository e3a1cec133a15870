"""An update as Telegram sends it → the library's ``Update``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Chat, Message, Update, User

RawUpdate = dict[str, Any]
_ENVELOPE = frozenset({"update_id", "message"})
_PLAIN = frozenset({"message_id", "date", "chat", "from", "text"})


def update_of(raw: RawUpdate, bot: Bot) -> Update:
    """``raw``, read. Raises what the library raises for JSON that it does not understand.

    Nearly all updates are a plain text in a private chat. The library looks for each of the hundred things
    that a message may have, which takes as long as all the rest; a message with five is read directly.
    """
    message = raw.get("message")
    if message is None or raw.keys() != _ENVELOPE or message.keys() != _PLAIN:
        return Update.de_json(raw, bot)
    plain = Message(
        message["message_id"],
        datetime.fromtimestamp(message["date"], UTC),
        Chat.de_json(message["chat"], bot),
        from_user=User.de_json(message["from"], bot),
        text=message["text"],
    )
    plain.set_bot(bot)
    update = Update(raw["update_id"], message=plain)
    update.set_bot(bot)
    return update
