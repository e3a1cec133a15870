"""/room: opens a live room from a chat, and gives its links: those for all in the chat, the host's in private."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.channel import Channels
from bot.conversation.messages import Code, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handle, Handler
from bot.errors import BotError, StorageError
from bot.features.rooms.request_parser import RoomRequest, room_wanted, rule_text
from bot.features.rooms.room import Room
from bot.features.rooms.rooms import CHANNEL, Rooms
from bot.wording import RoomNotices as Wording


class RoomCommand:
    """``is_public``: members can reach the page; else the links work on this machine or in its network alone."""

    def __init__(self, rooms: Rooms, channels: Channels, *, is_public: bool) -> None:
        self._rooms = rooms
        self._channels = channels
        self._is_public = is_public

    def feature(self, guarded: Callable[[Handle], Handler]) -> Feature:
        """/room; ``guarded`` says so where quizzes are paused, and asks for a name where there is none."""
        return Feature(commands={"room": guarded(self.open)}, code=Code.QUIZ)

    async def open(self, rest: str, incoming: Incoming) -> Reply:
        """Open the room that ``rest`` wants. Raises StorageError."""
        if self._channels.of(f"{CHANNEL}:") is None:
            return say(Wording.NO_PAGE)
        try:
            wanted = room_wanted(rest).validated()
            room = await self._rooms.open(
                wanted,
                incoming.person,
                asked_in=incoming.chat,
                origin=incoming.origin,
                shared_origin=incoming.shared_origin,
            )
        except StorageError:
            raise
        except BotError as error:
            return say(str(error))
        host = Part("text", Wording.HOST_LINK.format(host=self._rooms.host_url_of(room)))
        if incoming.is_private:
            return Reply((*self._parts(room, wanted), host))
        if not await self._channels.tell(incoming.person, Reply((Part("text", room.record.title), host))):
            await self._rooms.control(room, "end")  # nobody could lead it
            return say(Wording.HOST_NOT_SENT)
        return Reply((*self._parts(room, wanted), Part("note", Wording.HOST_IN_PRIVATE)))

    def _parts(self, room: Room, wanted: RoomRequest) -> list[Part]:
        setup, player = room.contest.setup, self._rooms.url_of(room.code)
        count = len(setup.questions)
        opened = Wording.OPENED.format(
            title=room.record.title, count=count, seconds=setup.rules.seconds, code=room.code, player=player
        )
        parts = [Part("text", opened), Part("text", rule_text(setup.rules))]
        if count < wanted.count:
            parts.append(Part("note", Wording.FEWER.format(count=count)))
        unsourced = room.citations.count("")
        if unsourced:
            parts.append(Part("note", Wording.NO_SOURCE.format(count=unsourced)))
        parts.append(Part("text", Wording.WALL.format(wall=f"{player}/wall")))
        return parts if self._is_public else [*parts, Part("note", Wording.ONLY_HERE)]
