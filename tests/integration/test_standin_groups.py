"""The stand-in's groups, channels and privacy mode, as python-telegram-bot sees them."""

from __future__ import annotations

import pytest
from telegram import Bot, ReplyParameters
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.standin.client import Standin, User


@pytest.fixture
async def ann(telegram: Standin) -> User:
    return await telegram.user("安安")


async def texts(bot: Bot) -> list[str | None]:
    """The texts of all waiting messages; they are confirmed."""
    waiting = await bot.get_updates()
    if waiting:
        await bot.get_updates(offset=waiting[-1].update_id + 1)
    return [update.message.text for update in waiting if update.message is not None and update.message.text]


async def test_privacy_mode_lets_only_what_is_meant_for_the_bot_through(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.supergroup("群", [ann])
    await bot.send_message(group.id, "我来了")
    mine = await group.last()
    for text in (
        "大家好",
        "/quiz 5",
        "/quiz@other_bot",
        "/ask@Standin_Bot 就业",
        "@standin_bot 就业",
        "/ask就业",
    ):
        await ann.say(group, text)
    await ann.say(group, "谢谢", reply_to=mine)
    await ann.sticker(group)
    assert await texts(bot) == ["/quiz 5", "/ask@Standin_Bot 就业", "谢谢"]


async def test_mentions_come_when_switched_on_and_everything_without_privacy(
    telegram: Standin, bot: Bot, ann: User
) -> None:
    group = await telegram.group("群", [ann])
    await telegram.configure(mention_delivery=True)
    await ann.say(group, "@standin_bot 就业")
    await ann.say(group, "闲聊")
    assert await texts(bot) == ["@standin_bot 就业"]
    await telegram.configure(privacy=False)
    await ann.say(group, "闲聊")
    assert await texts(bot) == ["闲聊"]
    assert (await bot.get_me()).can_read_all_group_messages


async def test_an_administrator_sees_everything_in_spite_of_privacy_mode(
    telegram: Standin, bot: Bot, ann: User
) -> None:
    group = await telegram.group("群", admins=[ann], bot="administrator")
    await ann.say(group, "闲聊")
    assert await texts(bot) == ["闲聊"]


async def test_coming_and_going_reaches_the_bot(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.group("群", admins=[ann], bot=None)
    await group.add_bot(by=ann)
    await group.kick_bot(by=ann)
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        (ChatMemberStatus.LEFT, ChatMemberStatus.MEMBER),
        (ChatMemberStatus.MEMBER, ChatMemberStatus.BANNED),
    ]
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "在吗")


async def test_a_supergroup_and_a_left_chat_are_named_in_the_refusal(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.supergroup("群", admins=[ann])
    await group.kick_bot(by=ann)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.get_chat(group.id)
    other = await telegram.supergroup("群", admins=[ann])
    await bot.leave_chat(other.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(other.id, "在吗")


async def test_members_administrators_and_chats_can_be_looked_up(telegram: Standin, bot: Bot, ann: User) -> None:
    bo = await telegram.user("博")
    group = await telegram.supergroup("群", [ann], admins=[bo], bot="administrator", username="study")
    assert (await bot.get_chat("@study")).title == "群"
    assert (await bot.get_chat_member(group.id, ann.id)).status == ChatMemberStatus.MEMBER
    assert {admin.user.id for admin in await bot.get_chat_administrators(group.id)} == {bo.id, bot.id}
    assert await bot.get_chat_member_count(group.id) == 3
    await group.add(ann, status="restricted")
    assert (await bot.get_chat_member(group.id, ann.id)).status == ChatMemberStatus.RESTRICTED
    stranger = await telegram.user("生人")
    assert (await bot.get_chat_member(group.id, stranger.id)).status == ChatMemberStatus.LEFT
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(group.id, 1)


async def test_forum_topics_keep_their_messages(telegram: Standin, bot: Bot, ann: User) -> None:
    forum = await telegram.forum("论坛", [ann], topics=["答题"])
    thread = forum.topics["答题"]
    asked = await ann.say(forum, "/quiz", thread=thread)
    received = (await bot.get_updates())[-1].message
    assert received is not None
    assert (received.message_thread_id, received.is_topic_message) == (thread, True)
    sent = await bot.send_message(forum.id, "好", message_thread_id=thread)
    assert sent.message_thread_id == thread
    reply = await bot.send_message(forum.id, "好", reply_parameters=ReplyParameters(asked.message_id))
    assert reply.message_thread_id == thread
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "好", message_thread_id=999)


async def test_a_reply_thread_outside_forums_is_no_topic(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.supergroup("群", [ann])
    first = await ann.say(group, "/start")
    await ann.say(group, "/ask", reply_to=first)
    received = (await bot.get_updates())[-1].message
    assert received is not None
    assert (received.message_thread_id, received.is_topic_message) == (first.message_id, None)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "好", message_thread_id=received.message_thread_id)


async def test_edits_channel_posts_and_nameless_users_arrive(telegram: Standin, bot: Bot, ann: User) -> None:
    said = await ann.tell("/ask 就叶")
    await ann.edit(said, "/ask 就业")
    channel = await telegram.channel("频道")
    post = await channel.post("公告")
    await channel.edit_post(post, "公告二")
    arrived = await bot.get_updates()
    edited = arrived[1].edited_message
    assert edited is not None and edited.from_user is not None
    assert (edited.text, edited.from_user.username) == ("/ask 就业", None)
    assert arrived[-2].channel_post is not None
    assert arrived[-2].channel_post.from_user is None
    assert arrived[-1].edited_channel_post is not None


async def test_a_channel_wants_an_administrator(telegram: Standin, bot: Bot) -> None:
    channel = await telegram.channel("频道", username="news")
    assert (await bot.send_message("@news", "公告")).sender_chat is not None
    await channel.add_bot(by=await telegram.user("主"), status="member")
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "公告")


async def test_a_group_that_grew_tells_its_new_number(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.group("群", [ann])
    new = await group.migrate()
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "在吗")
    assert moved.value.new_chat_id == new.id
