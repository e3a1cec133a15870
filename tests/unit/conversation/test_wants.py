"""What members say when they want to play, beside the command that it is."""

from __future__ import annotations

import pytest

from bot.conversation.commands import Command
from bot.conversation.wants import AGAIN, want_of


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        (Command("quiz"), "我想答题 开始答题吧 陪我做做题 可以答题吗 有没有题做 练一练"),
        (Command("quiz", "5"), "来几道题 给我出几道题 刷几道题 来点题目 能出几个题吗 今天没事，出几道题吧"),
        (Command("quiz", "10"), "出10道题 来十道选择题"),
        (Command("quiz", "3 值班"), "来三道关于值班的题"),
        (Command("quiz", "5 值班"), "明天要考，帮我练习一下值班这块"),
        (Command("quiz", "竞赛"), "考试 我想考试 测验一下 考考我吧 测测我学得咋样 来场比赛 跟老张来一局对战"),
        (Command("quiz", "竞赛 6"), "来六道题考考我"),
        (Command("quiz", "挑战"), "挑战 我要挑战 来个挑战赛"),
        (Command("quiz", "抢答"), "来一轮抢答赛"),
        (Command("quiz", AGAIN), "再来一轮 再玩一局 再考一次吧 在来一把 不过瘾，再来一组"),
        (Command("quiz", f"{AGAIN} 2"), "再来两题吧 再来两道"),
        (Command("wrong"), "错题本 看看我的错题 我做错的题 复习错题 我错了哪些题 错体本在哪 前面错的再练一遍 该复习了"),
        (Command("rank"), "看排名 我排第几 积分榜 谁第一 群里的排名看一下"),
        (Command("me"), "我的成绩 我答得怎么样 我答对了几道题 我有多少分"),
    ],
)
def test_a_sentence_that_wants_to_play_is_a_command(command: Command, texts: str) -> None:
    assert {text: want_of(text) for text in texts.split()} == dict.fromkeys(texts.split(), command)


@pytest.mark.parametrize(
    "text",
    [
        *("考试怎么安排", "挑战有哪些", "一道题多少分", "比赛", "竞赛", "练习", "有几个问题", "提出了几个问题", "题"),
        *(
            "要抓好几个问题",
            "成绩有哪些",
            "我们取得的成绩",
            "答题有什么用",
            "错题率是多少",
            "每天开一次会",
            "再来一次大检查",
            "我们错在哪几个方面",
            "举办了几场比赛",
            "经济总量排名第几",
        ),
    ],
)
def test_a_question_is_no_want(text: str) -> None:
    assert want_of(text) is None
