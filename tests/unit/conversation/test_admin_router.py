"""Who asks the desk for what, and what is done, told and written down."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.access.member_names import AdminNameRecorder
from bot.access.quotas import PER_CHANNEL, PER_PERSON
from bot.access.roles import RolePolicy
from bot.conversation.capabilities import Capabilities
from bot.conversation.commands import ADMIN_WORDS
from bot.conversation.messages import Document, Incoming, Reply, say
from bot.conversation.router import MAX_DETAIL, Feature, Handler, Router, for_everybody
from bot.records.roles import AuditRecord
from bot.wording import Admin as Wording
from bot.wording import Audits, Offers
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.roles.fixtures import EDITOR, HOST, MEMBER, NOON, OWNER, FakeRolesAndAudit, Work, pressed, said


class Room:
    """A desk with one feature on it: /reload for editors, /stats to be read by hosts, /grant for owners."""

    def __init__(self) -> None:
        self.role_store = FakeRolesAndAudit({EDITOR: "editor", HOST: "host"})
        self.work = Work()
        feature = Feature(
            commands={
                "reload": Handler(self.work.do, "editor"),
                "stats": Handler(self.work.do, "host", audited=False),
                "grant": Handler(self.work.do, "owner"),
                "export": Handler(self.work.fail, "editor"),
            },
            buttons={"rx": Handler(self.work.do, "editor"), "rf": Handler(self.work.fail, "editor")},
            typed=self.work.typed,
            document=Handler(self.work.do, "editor"),
        )
        self.rights = RolePolicy([OWNER], self.role_store.roles)
        self.desk = Router([feature], self.rights, self.role_store, lambda: NOON)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.mark.parametrize(
    ("text", "may"),
    [("/reload", {OWNER, EDITOR}), ("/stats", {OWNER, EDITOR, HOST}), ("/grant x", {OWNER})],
)
async def test_a_command_is_done_for_those_alone_whose_role_is_enough(room: Room, text: str, may: set[str]) -> None:
    for person in (OWNER, EDITOR, HOST, MEMBER):
        reply = await room.desk.route(said(text, person))
        assert reply is not None
        assert (reply.text == "办好了") is (person in may)
        assert (reply.text == Wording.REFUSED) is (person == MEMBER)
    assert {person for person, _ in room.work.done} == may


@pytest.mark.parametrize("person", [MEMBER, "", "telegram:-100"])
@pytest.mark.parametrize("action", ["a:rx", "a:rx-1", "a-rx-1", "a:rx--"])
async def test_a_forged_press_is_refused_by_a_notice_and_logged(room: Room, person: str, action: str) -> None:
    reply = await room.desk.route(pressed(action, person))
    assert reply is not None
    assert (reply.toast, reply.parts, room.work.done) == (Wording.REFUSED, (), [])
    [entry] = room.role_store.log
    assert (entry.actor, entry.action, entry.allowed) == (person, "rx", False)


_PRESSES = st.from_regex(r"a[:-]r[xf](-[A-Za-z0-9._-]{0,50})?", fullmatch=True)


@pytest.mark.slow
@given(_PRESSES | st.from_regex(r"[a-z]?[:-]?[A-Za-z0-9._-]{0,60}", fullmatch=True) | st.text(max_size=80))
def test_no_press_whatever_it_says_lets_a_member_do_anything(action: str) -> None:
    room = Room()
    asyncio.run(room.desk.route(pressed(action or "a:", MEMBER)))
    assert room.work.done == []
    assert not any(entry.allowed for entry in room.role_store.log)


async def test_a_press_of_nothing_known_is_told_to_be_stale(room: Room) -> None:
    for action in ("a:zz-1", "a:"):
        reply = await room.desk.route(pressed(action, OWNER))
        assert reply is not None
        assert reply.toast == Wording.GONE
    assert await room.desk.route(pressed("p:rice")) is None
    assert room.role_store.log == []


async def test_a_right_is_looked_up_at_each_press(room: Room) -> None:
    await room.desk.route(pressed("a:rx-1", EDITOR))
    await room.role_store.roles.delete_role(EDITOR)
    await room.desk.route(pressed("a:rx-2", EDITOR))
    assert room.work.done == [(EDITOR, "1")]
    assert [(entry.detail, entry.allowed) for entry in room.role_store.log] == [("1", True), ("2", False)]


@pytest.mark.parametrize("word", sorted(ADMIN_WORDS))
async def test_a_members_chinese_word_is_a_question_and_no_attempt(room: Room, word: str) -> None:
    assert await room.desk.route(said(word, MEMBER)) is None
    assert room.role_store.log == []


async def test_an_editors_chinese_word_is_a_command(room: Room) -> None:
    reply = await room.desk.route(said("更新知识库", EDITOR))
    assert reply is not None
    assert reply.text == "办好了"
    assert await room.desk.route(said("授权", EDITOR)) is None
    assert await room.desk.route(said("授权", OWNER)) is not None


async def test_what_nobody_takes_over_is_told_behind_a_slash_and_a_question_without(room: Room) -> None:
    reply = await room.desk.route(said("/quiet", OWNER))
    assert reply is not None
    assert reply.text == Wording.UNKNOWN
    assert await room.desk.route(said("免打扰", OWNER)) is None
    assert await room.desk.route(said("/quiz", OWNER)) is None


async def test_what_was_done_and_what_was_refused_is_written_down_and_reading_is_not(room: Room) -> None:
    await room.desk.route(said("/reload 现在", EDITOR))
    await room.desk.route(said("/stats", HOST))
    await room.desk.route(said("/stats", MEMBER))
    assert room.role_store.log == [
        AuditRecord(NOON, EDITOR, "reload", "现在", True, "r7"),
        AuditRecord(NOON, MEMBER, "stats", "", False, "r7"),
    ]


async def test_the_log_tells_whose_message_was_replied_to(room: Room) -> None:
    await room.desk.route(said("/grant 编辑", OWNER, about=MEMBER))
    assert room.role_store.log[0].detail == f"{MEMBER} 编辑"


async def test_the_log_keeps_one_line_of_bounded_length(room: Room) -> None:
    await room.desk.route(said("/reload 一\n二\x00" + "长" * 500, OWNER))
    detail = room.role_store.log[0].detail
    assert detail.startswith("一 二长")
    assert len(detail) == MAX_DETAIL


async def test_it_is_written_down_before_it_is_done(room: Room) -> None:
    reply = await room.desk.route(said("/export", EDITOR))
    assert reply is not None
    assert reply.text == "存不下"
    assert [(entry.action, entry.allowed) for entry in room.role_store.log] == [("export", True)]


@pytest.mark.parametrize("person", [OWNER, EDITOR])
async def test_what_cannot_be_written_down_is_not_done(room: Room, person: str) -> None:
    room.role_store.unwritable = True
    reply = await room.desk.route(said("/reload", person))
    assert reply is not None
    assert (reply.text, room.work.done) == ("写不进去", [])
    pressed_reply = await room.desk.route(pressed("a:rx-1", person))
    assert pressed_reply is not None
    assert (pressed_reply.toast, pressed_reply.parts, room.work.done) == ("写不进去", (), [])


async def test_what_is_only_read_needs_no_log(room: Room) -> None:
    room.role_store.unwritable = True
    reply = await room.desk.route(said("/stats", HOST))
    assert reply is not None
    assert reply.text == "办好了"


async def test_where_a_role_cannot_be_read_nobody_is_refused_and_nothing_is_written_down_as_that(room: Room) -> None:
    room.role_store.unreadable = True
    reply = await room.desk.route(said("/reload", EDITOR))  # an editor, if only the role could be read
    press = await room.desk.route(pressed("a:rx-1", EDITOR))
    assert reply is not None and press is not None
    assert (reply.text, press.toast, room.work.done, room.role_store.log) == (Wording.UNSURE, Wording.UNSURE, [], [])
    room.role_store.unreadable = False
    done = await room.desk.route(said("/reload", EDITOR))
    assert done is not None and done.text == "办好了"


async def test_a_refusal_tells_a_member_nothing_of_records_and_who_has_a_role_which_one_it_takes(room: Room) -> None:
    assert await refused(room, "/grant 12345 编辑", MEMBER) == Wording.REFUSED
    assert "记下" not in Wording.REFUSED
    assert await refused(room, "/grant 12345 编辑", EDITOR) == Wording.REFUSED_ROLE.format(needed="所有者", role="编辑")
    press = await room.desk.route(pressed("a:rx-1", HOST))
    assert press is not None
    assert press.toast == Wording.REFUSED_ROLE.format(needed="编辑", role="主持人")
    assert len(press.toast) <= 200  # characters of a notice on Telegram


async def test_a_failed_press_is_told_by_a_notice(room: Room) -> None:
    reply = await room.desk.route(pressed("a:rf", EDITOR))
    assert reply is not None
    assert (reply.toast, reply.parts) == ("存不下", ())


async def _nothing() -> bytes:
    return b""


async def test_a_document_is_taken_from_editors_and_members_are_left_alone(room: Room) -> None:
    document = Document("points.yaml", 3, _nothing)
    assert await room.desk.route(replace(said("", MEMBER), document=document)) is None
    assert room.role_store.log == []
    reply = await room.desk.route(replace(said("", EDITOR), document=document))
    assert reply is not None
    assert room.work.done == [(EDITOR, "points.yaml")]
    assert (room.role_store.log[0].action, room.role_store.log[0].detail) == ("document", "points.yaml")


PAGE = Capabilities("网页上", buttons=True, dialogue=True, quizzes=True, posts=True)


@pytest.mark.parametrize(
    "incoming",
    [
        said("/reload", EDITOR),
        said("更新知识库", EDITOR),
        pressed("a:rx-1", EDITOR),
        replace(said("", EDITOR), document=Document("points.yaml", 3, _nothing)),
        said("/grant telegram:9 编辑", OWNER),
        said("授权 telegram:9 编辑", OWNER),
    ],
    ids=["slash", "word", "button", "document", "slash of an owner", "word of an owner"],
)
async def test_where_nobody_knows_who_somebody_is_a_role_opens_nothing(room: Room, incoming: Incoming) -> None:
    reply = await room.desk.route(replace(incoming, channel=PAGE))
    assert reply is not None
    refused = Offers.MISSING["identity"].format(where="网页上")
    assert ((reply.toast if incoming.action else reply.text), room.work.done, room.role_store.log) == (refused, [], [])


async def test_a_dialogue_is_not_gone_on_with_where_nobody_knows_who_somebody_is(room: Room) -> None:
    await room.desk.route(said("/reload", EDITOR))
    assert await room.desk.route(replace(said("标题：修路", EDITOR), channel=PAGE)) is None


async def test_a_dialogue_is_asked_only_about_who_has_begun_something_with_it(room: Room) -> None:
    assert await room.desk.route(said("标题：修路", MEMBER)) is None
    assert await room.desk.route(said("标题：修路", EDITOR)) is None
    await room.desk.route(said("/reload", EDITOR))
    assert await room.desk.route(said("标题：修路", EDITOR)) is not None
    assert await room.desk.route(said("标题：修路", MEMBER)) is None
    assert (MEMBER, "标题：修路") not in room.work.done


async def test_a_dialogue_ends_with_the_right_to_lead_it(room: Room) -> None:
    await room.desk.route(pressed("a:rx-1", EDITOR))
    await room.role_store.roles.delete_role(EDITOR)
    assert await room.desk.route(said("标题：修路", EDITOR)) is None
    assert room.work.done == [(EDITOR, "1")]


async def test_what_a_dialogue_does_not_want_is_a_question(room: Room) -> None:
    await room.desk.route(said("/reload", EDITOR))
    assert await room.desk.route(said("修路花了多少钱", EDITOR)) is None


async def test_an_unknown_command_may_be_a_dialogues_own(room: Room) -> None:
    await room.desk.route(said("/reload", EDITOR))
    assert await room.desk.route(said("/cancel", EDITOR)) is None
    assert room.work.done[-1] == (EDITOR, "/cancel")


async def test_what_takes_no_role_is_done_for_everybody_and_begins_no_dialogue() -> None:
    role_store, work = FakeRolesAndAudit(), Work()
    feature = Feature(
        commands={"quiet": Handler(work.do, None, audited=False)},
        buttons={"yq": Handler(work.do, None)},
        typed=work.typed,
    )
    desk = Router([feature], RolePolicy([OWNER], role_store.roles), role_store, lambda: NOON)
    for incoming in (said("/quiet 1", MEMBER), said("免打扰", MEMBER), pressed("a:yq-2", MEMBER)):
        reply = await desk.route(incoming)
        assert reply is not None
        assert reply.text == "办好了"
    assert await desk.route(said("标题", MEMBER)) is None
    assert [(entry.action, entry.detail) for entry in role_store.log] == [("yq", "2")]


async def refused(room: Room, text: str, person: str) -> str:
    reply = await room.desk.route(said(text, person))
    assert reply is not None
    return reply.text


async def test_a_flood_of_refusals_does_not_fill_the_log() -> None:
    room = Room()
    told = [await refused(room, "/reload", MEMBER) for _ in range(PER_PERSON + 5)]
    assert told == [Wording.REFUSED] * (PER_PERSON + 5)
    assert [entry.detail for entry in room.role_store.log] == [""] * PER_PERSON + [Audits.FULL.format(limit=PER_PERSON)]
    await room.desk.route(said("/reload", OWNER))
    assert room.role_store.log[-1].allowed


async def test_whoever_floods_a_channel_under_made_up_names_hides_nothing_that_is_done_elsewhere(room: Room) -> None:
    for number in range(PER_CHANNEL + 20):
        await refused(room, "/reload", f"api:{number}")
    assert len(room.role_store.log) == PER_CHANNEL + 1
    assert await refused(room, "/reload", MEMBER) == Wording.REFUSED
    assert room.role_store.log[-1].actor == MEMBER


async def test_of_a_refused_member_the_log_keeps_who_and_what_and_nothing_that_was_typed(room: Room) -> None:
    await room.desk.route(said("/grant 13800000000 我的住址", MEMBER, about=HOST))
    await room.desk.route(pressed("a:rx-4", MEMBER))
    await room.desk.route(said("/grant 12345 编辑", EDITOR))
    assert [(entry.actor, entry.action, entry.detail) for entry in room.role_store.log] == [
        (MEMBER, "grant", ""),
        (MEMBER, "rx", "4"),
        (EDITOR, "grant", "12345 编辑"),
    ]


def test_two_features_cannot_claim_the_same() -> None:
    duty = Handler(Work().do, "editor")
    role_store = FakeRolesAndAudit()
    for feature in (Feature(commands={"say": duty}), Feature(buttons={"y": duty}), Feature(document=duty)):
        with pytest.raises(ValueError, match="two features"):
            Router([feature, feature], RolePolicy([], role_store.roles), role_store, lambda: NOON)


async def test_help_lists_what_the_role_allows_and_nothing_for_members(room: Room) -> None:
    assert "/reload 更新知识库" in await room.desk.help_for(EDITOR)
    assert "/grant" not in await room.desk.help_for(EDITOR)
    assert "/grant 授权" in await room.desk.help_for(OWNER)
    assert "/quiet" not in await room.desk.help_for(OWNER)
    assert (await room.desk.help_for(HOST)).splitlines()[1:] == [f"· /stats 统计：{Wording.COMMANDS['stats']}"]
    assert await room.desk.help_for(MEMBER) == ""


def test_every_command_is_explained() -> None:
    assert set(ADMIN_WORDS.values()) <= set(Wording.COMMANDS)


async def test_who_does_something_is_known_by_name_from_then_on_and_who_is_refused_is_not() -> None:
    room, members = Room(), FakeQuizStore()
    feature = Feature(commands={"reload": Handler(room.work.do, "editor")})
    desk = Router([feature], room.rights, room.role_store, lambda: NOON, admin_names=AdminNameRecorder(members))
    for person, name in ((EDITOR, "小王"), (EDITOR, "王编辑"), (MEMBER, "小李")):
        await desk.route(replace(said("/reload", person), name=name))
    assert await members.names({EDITOR, MEMBER}) == {EDITOR: "王编辑"}


async def test_work_is_done_although_a_name_cannot_be_kept() -> None:
    room, members = Room(), FakeQuizStore()
    members.broken = True
    feature = Feature(commands={"reload": Handler(room.work.do, "editor")})
    desk = Router([feature], room.rights, room.role_store, lambda: NOON, admin_names=AdminNameRecorder(members))
    reply = await desk.route(replace(said("/reload", EDITOR), name="小王"))
    assert reply is not None and reply.text == "办好了"


async def test_what_stands_behind_a_buttons_letter_may_begin_with_a_hyphen() -> None:
    async def show(rest: str, incoming: Incoming) -> Reply:
        return say(rest)

    feature = Feature(buttons={"u": for_everybody(show)}, code=None)
    role_store = FakeRolesAndAudit()
    router = Router([feature], RolePolicy((), role_store.roles), role_store, lambda: NOON)
    for target in ("-GfZ", "a-b", "abc"):
        assert (await router.handle(pressed(f"u:{target}", MEMBER))).text == target
