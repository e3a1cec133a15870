"""Who may do what, with the real process: members and forged buttons are refused and audited, roles end at once."""

from __future__ import annotations

from pathlib import Path

from bot.wording import ONLY_TEXT, Admin, Audits, Contests, Offers, Telegram, Versions
from tests.e2e.admin_bot import ABOUT_ROAD, LONG, LONGER, ROAD, SLOW, admin_bot, data_of, new_admin_bot, staff
from tests.standin.client import Message, Standin, User

TYPED = ("/reload", "/rollback 1", "/misses", "/stats", "/export", "/grant 编辑", "/audit", "/say 明天开会")
FORGED = ("a:rb-1", "a:rc-0000", "a:mi-0123456789ab", "a:ml-0123456789ab.road", "a:na-0000", "a:ysend-0000", "a:sl-")


async def pressed(who: User, message: Message, data: str) -> str:
    """The notice that ``who`` gets for pressing what ``message`` may never have had."""
    press = await who.press_stale(message, data)
    assert press.answer is not None
    return press.answer.text


async def test_members_are_refused_whatever_they_type_or_forge_and_it_is_in_the_audit_log(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        boss, ann = one.boss, one.ann
        group = await one.telegram.supergroup("学习小组", [boss], admins=[ann])
        before = await one.version()
        for text in (
            "/reload",
            "/rollback 1",
            "/misses",
            "/stats",
            "/export",
            "/grant 编辑",
            "/audit",
            "/say 明天开会",
        ):
            assert (await one.ask(text, by=ann)).text == Admin.REFUSED
        assert (await ann.ask(group, "/reload@standin_bot")).text == Admin.REFUSED  # who rules a group rules no bot
        assert (await one.ask("更新知识库", by=ann)).text != Admin.REFUSED  # a word is a question

        posed = {"question": "/reload", "session": f"telegram:{boss.id}"}
        reply = (await one.web.post("/api/ask", json=posed)).json()["reply"]  # nobody is known there, whoever is named
        assert reply.startswith(Offers.MISSING["identity"].format(where=Offers.API))

        offered = await one.send("points.yaml", LONGER)
        card = await one.ask(ABOUT_ROAD, by=ann)
        apply = data_of(offered, Versions.APPLY)
        for data in (apply, data_of(offered, Versions.DISCARD), *FORGED, f"a:gy-telegram.{boss.id}"):
            for message in (card, offered):
                assert await pressed(ann, message, data) == Admin.REFUSED
        assert (await one.answer(ABOUT_ROAD), await one.version()) == (ROAD, before)
        assert [
            message for message in await group.messages() if "明天开会" in message.text and message.sender_id != ann.id
        ] == []

        refused = one.audited("actor", "action", "detail", allowed=False)
        assert {actor for actor, *_ in refused} == {f"telegram:{ann.id}"}
        actions = [action for _, action, _ in refused]
        assert actions[:8] == ["reload", "rollback", "misses", "stats", "export", "grant", "audit", "say"]
        assert actions.count("ra") == actions.count("rx") == actions.count("rb") == actions.count("mi") == 2
        assert (f"telegram:{ann.id}", "ra", apply.removeprefix("a:ra-")) in refused

        audit = await one.ask("/audit")
        assert audit.text.count(Audits.REFUSED) == 10
        older = await one.press(audit, Audits.OLDER)
        assert Audits.REFUSED in older.text
        only = await one.ask("/audit 更新知识库")
        assert (only.text.count(f"telegram:{ann.id}"), only.text.count(Audits.REFUSED)) == (1, 1)
        assert Audits.TIMES.format(count=2) in only.text

        done = await one.applied(offered)  # nobody took it away from the owner
        assert await one.answer(ABOUT_ROAD) == LONG
        assert done.labels
        allowed = one.audited("actor", "action", "detail", allowed=True)
        assert (f"telegram:{boss.id}", "ra", apply.removeprefix("a:ra-")) in allowed


async def test_an_editor_is_made_and_unmade_by_a_reply_and_never_makes_others(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        boss, ann = one.boss, one.ann
        group = await one.telegram.supergroup("学习小组", [boss, ann])
        said = await ann.say(group, "我来管知识库")
        mark = await one.telegram.mark()
        await boss.say(group, "/grant 编辑", reply_to=said)
        granted = (await one.telegram.wait_for("sendMessage", chat_id=boss.chat, after=mark)).message
        assert granted.text == f"好的，安安（telegram:{ann.id}） 现在是编辑，马上生效。"
        await one.telegram.quiet(after=mark)
        assert (await group.last()).text == Telegram.SENT_APART
        assert (await one.ask("/reload", by=ann)).text == Versions.SAME
        for text in (f"/grant {boss.id} 主持", "/grant 编辑", f"/revoke {boss.id}", "/audit"):
            needs = Admin.REFUSED_ROLE.format(needed="所有者", role="编辑")
            assert (await one.ask(text, by=ann)).text == needs
        offered = await one.send("points.yaml", LONGER, by=ann)
        assert offered.labels == [Versions.APPLY, Versions.DISCARD]

        revoked = await one.ask(f"/revoke {ann.id}")
        assert revoked.text == f"好的，安安（telegram:{ann.id}） 不再是编辑，马上生效。"
        assert await pressed(ann, offered, data_of(offered, Versions.APPLY)) == Admin.REFUSED
        assert (await one.ask("/reload", by=ann)).text == Admin.REFUSED
        assert (await one.send("points.yaml", LONGER, by=ann)).text == ONLY_TEXT
        assert await one.answer(ABOUT_ROAD) == ROAD

        member, owner = f"telegram:{ann.id}", f"telegram:{boss.id}"
        assert one.audited("actor", "action", "detail", allowed=False) == [
            (member, "grant", f"{boss.id} 主持"),
            (member, "grant", "编辑"),
            (member, "revoke", f"{boss.id}"),
            (member, "audit", ""),
            (member, "ra", data_of(offered, Versions.APPLY).removeprefix("a:ra-")),
            (member, "reload", ""),
        ]
        assert one.audited("actor", "action", "detail", allowed=True) == [
            (owner, "grant", f"{member} 编辑"),
            (member, "reload", ""),
            (member, "document", "points.yaml"),
            (owner, "revoke", f"{ann.id}"),
        ]
        grants = (await one.ask("/audit 授权")).text
        assert f"安安（{member}）\n　　{Audits.REFUSED}授权：书记（{owner}） 主持" in grants
        assert f"书记（{owner}）\n　　授权：安安（{member}） 编辑" in grants


async def test_a_role_outlasts_a_kill_and_so_does_its_end(tmp_path: Path) -> None:
    async with Standin.running() as telegram:
        people = await staff(telegram)
        ann = people[1]
        async with admin_bot(telegram, tmp_path, *people) as one:
            await one.ask(f"/grant {ann.id} 编辑")
            await one.bot.kill()
        async with admin_bot(telegram, tmp_path, *people) as two:
            assert (await two.ask("/reload", by=ann)).text == Versions.SAME
            await two.ask(f"/revoke {ann.id}")
            await two.bot.kill()
        async with admin_bot(telegram, tmp_path, *people) as three:
            assert (await three.ask("/reload", by=ann)).text == Admin.REFUSED


async def test_while_telegram_cannot_tell_who_rules_a_group_its_admin_is_not_refused(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        bo = await one.telegram.user("小波", started=True)
        group = await one.telegram.supergroup("学习小组", [bo, one.ann])
        await group.add(bo, "administrator")
        await one.telegram.quiet()  # it has said hello
        menu = await bo.ask(group, "/daily", timeout=SLOW)
        await one.telegram.fault("getChatMember", "500", times=20)
        assert (await bo.ask(group, "/daily 8:00", timeout=3 * SLOW)).text == Admin.UNSURE
        press = await bo.press(menu, "每天 8:00", wait=3 * SLOW)
        assert press.answer is not None
        assert press.answer.text == Admin.UNSURE
        assert one.audited("actor", "action", allowed=False) == []
        await one.telegram.clear_faults()
        mark = await one.telegram.mark()
        refused = await one.ann.press(menu, "每天 8:00", wait=SLOW)  # a member's press is nobody else's business
        assert refused.answer is not None
        assert refused.answer.text == Contests.DAILY_ADMINS
        await one.telegram.quiet(after=mark)
        assert await one.telegram.calls("sendMessage", chat_id=group, after=mark) == []
        assert (await bo.ask(group, "/daily 8:00", timeout=SLOW)).text.startswith("好的")
