"""What is typed beside the command that it is."""

from __future__ import annotations

import pytest

from bot.conversation.commands import Command, command_of


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/quiz", Command("quiz")),
        ("/quiz@study_bot 5 20 就业", Command("quiz", "5 20 就业")),
        ("答题", Command("quiz")),
        ("答题 5 抢答", Command("quiz", "5 抢答")),
        ("跳过", Command("skip")),
        ("結束答題", Command("stop")),
        ("排行 周", Command("rank", "周")),
        ("排行榜", Command("rank")),
        ("总排行", Command("rank", "总")),
        ("今日排行", Command("rank", "今日")),
        ("本周排行榜", Command("rank", "本周")),
        ("本月排行", Command("rank", "本月")),
        ("错题", Command("wrong")),
        ("复习", Command("wrong")),
        ("我的", Command("me")),
        ("每日一题 8:00", Command("daily", "8:00")),
        ("忘记我", Command("forget")),
        ("授权", Command("grant")),
        ("授权 12345 编辑", Command("grant", "12345 编辑")),
        ("撤权 telegram:12345", Command("revoke", "telegram:12345")),
        ("操作记录 授权", Command("audit", "授权")),
        ("/grant@study_bot 12345 编辑", Command("grant", "12345 编辑")),
        ("/nothing", Command("unknown")),
        ("/say 你好\n各位", Command("say", "你好\n各位")),
        ("群发 你好\n各位", Command("say", "你好\n各位")),
        ("免打扰", Command("quiet")),
        ("免打扰 22:00-7:00", Command("quiet", "22:00-7:00")),
        ("免打扰 关", Command("quiet", "关")),
    ],
)
def test_a_command_is_known_by_its_latin_name_or_its_chinese_word(text: str, command: Command) -> None:
    assert command_of(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "/ask 修路花了多少钱",
        "/ask\u3000修路花了多少钱",
        "/ask\xa0修路花了多少钱",
        "/ask\n修路花了多少钱",
        "/ask：修路花了多少钱",
        "/ask@study_bot，修路花了多少钱",
        "/ask@study_bot\n\n修路花了多少钱",
        "/ASK。 修路花了多少钱",
        "/ask修路花了多少钱",
        "／ask 修路花了多少钱",
        "／ａｓｋ　修路花了多少钱",
        "／ask@study_bot：修路花了多少钱",
        "／问 修路花了多少钱",
        "/问：修路花了多少钱",
        "\ufeff/ask 修路花了多少钱",
    ],
)
def test_a_command_is_read_however_people_separate_it(text: str) -> None:
    command = command_of(text)
    assert command == Command("ask", "修路花了多少钱")
    assert command.slashed == (not text.startswith("问"))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("／答题", Command("quiz")),
        ("/答题 5 抢答", Command("quiz", "5 抢答")),
        ("／帮助", Command("help")),
        ("／quiz５", Command("unknown")),
        ("/总排行", Command("rank", "总")),
        ("/ask？", Command("ask")),
        ("/say ！！明天 开会", Command("say", "！！明天 开会")),
    ],
)
def test_a_slash_before_a_chinese_word_is_a_command_too(text: str, command: Command) -> None:
    assert command_of(text) == command


@pytest.mark.parametrize("text", ["/三级联创是什么", "/2、第二点", "／／", "/"])
def test_a_slash_before_anything_else_is_no_command(text: str) -> None:
    assert command_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "我的 问题是什么",
        "错题 有几道",
        "答题有什么用",
        "排行第一的是谁",
        "总排行第一的是谁",
        "复习什么",
        "授权给谁",
        "操作记录是什么",
        "每日一题是什么",
        "免打扰 是什么",
        "群发是什么",
    ],
)
def test_a_question_that_begins_alike_is_none(text: str) -> None:
    assert command_of(text) is None
