"""Handles for the users' side: a person and a chat."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from tests.standin.views import Found, Message, Press, Wire, found_view, message_view, press_view
from tests.standin.wire import Line


class Chat:
    """A group, supergroup or channel, or a user's private chat with the bot."""

    def __init__(self, line: Line, raw: Wire, bot_id: int) -> None:
        self._line = line
        self._bot_id = bot_id
        self.id: int = raw["id"]
        self.type: str = raw["type"]
        self.topics: dict[str, int] = dict(raw.get("topics", {}))

    async def add(self, user: User, status: str = "member", by: User | None = None) -> None:
        """Let a user in, or give one another status."""
        await self._set(user.id, status, by)

    async def add_bot(self, by: User, status: str = "member") -> None:
        """Bring the bot in, or promote it."""
        await self._set(self._bot_id, status, by)

    async def kick_bot(self, by: User) -> None:
        """Throw the bot out."""
        await self._set(self._bot_id, "kicked", by)

    async def topic(self, name: str, by: User | None = None) -> int:
        """Open a topic in a forum; its message_thread_id."""
        user = {} if by is None else {"user_id": by.id}
        raw = await self._line.call("create_topic", chat_id=self.id, name=name, **user)
        self.topics[name] = raw["message_thread_id"]
        return self.topics[name]

    async def delete_topic(self, name: str) -> None:
        """Delete a topic of a forum, with all that was said in it."""
        await self._line.call("delete_topic", chat_id=self.id, message_thread_id=self.topics[name])

    async def permit(self, right: str, *, allowed: bool) -> None:
        """Let everybody, or only admins, use a right such as ``can_send_polls``."""
        await self._line.call("permit", chat_id=self.id, right=right, allowed=allowed)

    async def post(self, text: str) -> Message:
        """A channel's post in its own name."""
        mark = await self._line.mark()
        return message_view(await self._line.call("say", chat_id=self.id, text=text), mark)

    async def edit_post(self, message: Message, text: str) -> Message:
        """Change a channel's post."""
        mark = await self._line.mark()
        raw = await self._line.call("edit", chat_id=self.id, message_id=message.message_id, text=text)
        return message_view(raw, mark)

    async def migrate(self) -> Chat:
        """Turn a group into a supergroup, under a new number."""
        return Chat(self._line, await self._line.call("migrate", chat_id=self.id), self._bot_id)

    async def messages(self) -> list[Message]:
        """All messages, deleted ones too, oldest first."""
        mark = await self._line.mark()
        return [message_view(raw, mark) for raw in await self._line.call("messages", chat_id=self.id)]

    async def last(self) -> Message:
        """The newest message."""
        return (await self.messages())[-1]

    async def _set(self, user_id: int, status: str, by: User | None) -> None:
        user = {} if by is None else {"by_id": by.id}
        await self._line.call("set_member", chat_id=self.id, user_id=user_id, status=status, **user)


class User:
    """A person with an app: says, presses, votes."""

    def __init__(self, line: Line, raw: Wire, bot_id: int) -> None:
        self._line = line
        self.id: int = raw["id"]
        self.username: str | None = raw.get("username")
        self.chat = Chat(line, {"id": self.id, "type": "private"}, bot_id)

    async def start(self, payload: str = "") -> Message:
        """Open the private chat, through a deep link if there is a payload."""
        return await self.tell(f"/start {payload}".strip())

    async def tell(self, text: str, *, reply_to: Message | None = None) -> Message:
        """A text in the private chat."""
        return await self.say(self.chat, text, reply_to=reply_to)

    async def say(
        self, chat: Chat | int, text: str, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """A text in a chat."""
        return await self._send("say", chat, reply_to, thread, text=text)

    async def ask(
        self,
        chat: Chat | int,
        text: str,
        *,
        reply_to: Message | None = None,
        thread: int | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109  # the server keeps the time
    ) -> Message:
        """Say something and wait for the bot's next message there."""
        return await next_message(self._line, await self.say(chat, text, reply_to=reply_to, thread=thread), timeout)

    async def sticker(self, chat: Chat | int, emoji: str = "👍", *, reply_to: Message | None = None) -> Message:
        """A sticker."""
        return await self._send("sticker", chat, reply_to, None, emoji=emoji)

    async def document(
        self,
        chat: Chat | int,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        size: int | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
        album: str | None = None,
    ) -> Message:
        """A file; ``size`` claims another length, for files too large to bother with.

        Those with the same ``album`` are shown together.
        """
        data = base64.b64encode(content).decode()
        file = {"name": name, "content": data, "caption": caption, "size": size, "album": album}
        return await self._send("document", chat, reply_to, thread, **file)

    async def edit(self, message: Message, text: str) -> Message:
        """Change a text said before, or the caption of a file."""
        return await self._on(message, "edit", text=text)

    async def forward(self, message: Message, chat: Chat | int) -> Message:
        """Send a message on to a chat, with its author's name on it."""
        source = {"source_id": message.chat_id, "message_id": message.message_id}
        return await self._send("forward", chat, None, None, **source)

    async def press(
        self, message: Message, text: str | None = None, *, data: str | None = None, wait: float = 5.0
    ) -> Press:
        """Press a button the message has now, and wait for the bot's answer."""
        return await self._press("press", message, text=text, data=data, wait=wait)

    async def press_stale(self, message: Message, data: str, *, wait: float = 5.0) -> Press:
        """Press a button the message may have lost, or may never have had: a forged press.

        Whoever does it need not be in the chat.
        """
        return await self._press("press_stale", message, data=data, wait=wait)

    async def inline(self, query: str, *, chat_type: str = "supergroup", offset: str = "", wait: float = 5.0) -> Found:
        """Type ``@bot query`` and wait for the results."""
        mark = await self._line.mark()
        asked = {"query": query, "chat_type": chat_type, "offset": offset, "wait": wait}
        return found_view(await self._line.call("inline", user_id=self.id, **asked), mark)

    async def choose(self, found: Found, number: int, chat: Chat | int) -> Message:
        """Send a result of an inline query into a chat."""
        mark = await self._line.mark()
        chosen = {"inline_query_id": found.id, "result_id": found.results[number]["id"], "query": found.query}
        raw = await self._line.call("choose", user_id=self.id, chat_id=number_of(chat), **chosen)
        return message_view(raw, mark)

    async def vote(self, message: Message, *options: int | str, anonymous: bool = False) -> int:
        """Vote by option numbers or texts, ``anonymous`` as the chat itself; the mark from before."""
        return await self._vote(message, options, anonymous=anonymous)

    async def retract(self, message: Message) -> int:
        """Take the vote back; the mark from before."""
        return await self._vote(message, (), anonymous=False)

    async def react(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message, or take it away with an empty one."""
        ids = {"chat_id": message.chat_id, "message_id": message.message_id}
        await self._line.call("react", user_id=self.id, emoji=emoji, **ids)

    async def block(self) -> None:
        """Block the bot."""
        await self._line.call("block", user_id=self.id)

    async def unblock(self) -> None:
        """Take the bot back."""
        await self._line.call("block", user_id=self.id, blocked=False)

    async def _send(
        self, action: str, chat: Chat | int, reply_to: Message | None, thread: int | None, **more: object
    ) -> Message:
        mark = await self._line.mark()
        reply = None if reply_to is None else reply_to.message_id
        place = {"user_id": self.id, "chat_id": number_of(chat), "reply_to": reply, "thread": thread}
        return message_view(await self._line.call(action, **place, **more), mark)

    async def _on(self, message: Message, action: str, **more: object) -> Message:
        mark = await self._line.mark()
        place = {"user_id": self.id, "chat_id": message.chat_id, "message_id": message.message_id}
        return message_view(await self._line.call(action, **place, **more), mark)

    async def _press(self, action: str, message: Message, **more: object) -> Press:
        mark = await self._line.mark()
        place = {"user_id": self.id, "chat_id": message.chat_id, "message_id": message.message_id}
        return press_view(await self._line.call(action, **place, **more), message.chat_id, mark)

    async def _vote(self, message: Message, options: Iterable[int | str], *, anonymous: bool) -> int:
        mark = await self._line.mark()
        place = {"user_id": self.id, "chat_id": message.chat_id, "message_id": message.message_id}
        await self._line.call("vote", options=list(options), anonymous=anonymous, **place)
        return mark


SENDING = ["sendMessage", "sendPoll", "sendDocument", "sendPhoto"]


def number_of(chat: Chat | User | int) -> int:
    """A chat's number, from its handle or as it is."""
    return chat if isinstance(chat, int) else chat.id


async def next_message(line: Line, before: Message | Press, seconds: float) -> Message:
    """The bot's next message in the chat of a message or a press; TimeoutError, with its calls, if none."""
    place = {"chat_id": before.chat_id, "after": before.mark}
    raw = await line.call("wait", methods=SENDING, timeout=seconds, only_ok=True, **place)
    if raw["call"] is None:
        made = [f"{call['method']} {call['error'] or ''}".strip() for call in await line.call("calls", **place)]
        raise TimeoutError(f"no message within {seconds} s in chat {before.chat_id}; calls there: {made}")
    return message_view(raw["call"]["result"], raw["call"]["index"])
