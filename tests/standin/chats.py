"""Chats, their members and topics."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.standin.errors import Json
from tests.standin.messages import Message
from tests.standin.people import User

INSIDE = {"creator", "administrator", "member", "restricted"}
ADMINS = {"creator", "administrator"}
STATUSES = {*INSIDE, "left", "kicked"}
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
)


@dataclass(slots=True)
class Chat:
    """A private chat, group, supergroup or channel, with every message ever sent to it."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    owner: User | None = None
    """The person of a private chat."""
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    forbidden: set[str] = field(default_factory=set)
    """Rights of ``MEMBER_RIGHTS`` that are switched off for everybody but admins."""
    migrated_to: int | None = None

    def wire(self) -> Json:
        """A ``Chat`` object."""
        shown: Json = {"id": self.id, "type": self.type}
        if self.owner is not None:
            shown |= {key: value for key, value in self.owner.wire().items() if key in PERSON}
        if self.title is not None:
            shown["title"] = self.title
        if self.username is not None:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        return shown

    def full(self) -> Json:
        """A ``ChatFullInfo`` object."""
        gifts = (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        )
        shown = self.wire()
        shown |= {"accent_color_id": 0, "max_reaction_count": 11}
        shown |= {"accepted_gift_types": dict.fromkeys(gifts, False)}
        if self.type in {"group", "supergroup"}:
            shown["permissions"] = {right: right not in self.forbidden for right in MEMBER_RIGHTS[:12]}
        return shown

    def status(self, user_id: int) -> str:
        """A user's membership; ``left`` for one who never was here."""
        if self.owner is not None:
            return "member"
        return self.members.get(user_id, "left")

    def has(self, user_id: int) -> bool:
        """Whether the user is in the chat now."""
        return self.status(user_id) in INSIDE and (self.owner is None or self.owner.id == user_id)

    def may(self, user_id: int, right: str) -> bool:
        """Whether the chat's permissions let a user do something; its admins may do everything."""
        return right not in self.forbidden or self.status(user_id) in ADMINS

    def is_group(self) -> bool:
        """Group or supergroup: where privacy mode works."""
        return self.type in {"group", "supergroup"}

    def find(self, message_id: int | None) -> Message | None:
        """A message that was not deleted."""
        message = self.messages.get(message_id or 0)
        return message if message is not None and not message.deleted else None


PERSON = {"first_name", "last_name", "username"}


def member_wire(user: User, status: str) -> Json:
    """A ``ChatMember`` object of the given status."""
    shown: Json = {"user": user.wire(), "status": status}
    if status == "creator":
        shown["is_anonymous"] = False
    elif status == "administrator":
        shown |= dict.fromkeys(ADMIN_RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
        shown["can_promote_members"] = False
    elif status == "restricted":
        shown |= dict.fromkeys(MEMBER_RIGHTS, True) | {"can_react_to_messages": True}
        shown |= {"is_member": True, "until_date": 0, "can_change_info": False}
    elif status == "kicked":
        shown["until_date"] = 0
    return shown
