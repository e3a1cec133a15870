"""Which message a message replies to, and what that says of it. Pure."""

from __future__ import annotations

from telegram import Message, MessageOriginUser, User
from telegram.constants import ChatType

from bot.channels.telegram.send.keyboard import action_of
from bot.conversation.buttons import parse_action
from bot.conversation.messages import Choice


def replies_to_bot(message: Message, me: int) -> bool:
    """Whether ``message`` replies to the bot. Every message of a topic «replies» to the topic's first one."""
    other = message.reply_to_message
    return (
        other is not None
        and other.from_user is not None
        and other.from_user.id == me
        and other.forum_topic_created is None
    )


def replied_answer_id(message: Message, me: int) -> str:
    """The id of the answer of the bot's that ``message`` replies to, as its buttons have it; nothing for others."""
    other = message.reply_to_message
    if other is None or other.reply_markup is None or not replies_to_bot(message, me):
        return ""
    pressed = (button.callback_data for row in other.reply_markup.inline_keyboard for button in row)
    actions = (parse_action(data) for data in pressed if isinstance(data, str))
    return next((action.target for action in actions if action is not None and action.code in {"u", "d"}), "")


def replied_choices(message: Message, me: int) -> tuple[Choice, ...]:
    """The numbered choices of the bot's list that ``message`` replies to, in their order; none for other messages."""
    other = message.reply_to_message
    if other is None or other.reply_markup is None or not replies_to_bot(message, me):
        return ()
    buttons = [button for row in other.reply_markup.inline_keyboard for button in row]
    found: list[Choice] = []
    for button in buttons:
        number, dot, label = button.text.partition(". ")
        if dot and number == str(len(found) + 1) and isinstance(button.callback_data, str):
            found.append(Choice(label, action_of(button.callback_data)))
    return tuple(found)


def replied_member(message: Message) -> User | None:
    """The member whose message ``message`` replies to; in a private chat, whose message was forwarded there.

    Nobody if a chat speaks, be it for an anonymous admin: that is many people.
    """
    other = message.reply_to_message
    if other is None or other.sender_chat is not None or other.forum_topic_created is not None:
        return None
    author = other.from_user
    if message.chat.type == ChatType.PRIVATE:
        author = other.forward_origin.sender_user if isinstance(other.forward_origin, MessageOriginUser) else None
    return None if author is None or author.is_bot else author
