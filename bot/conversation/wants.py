"""What members say when they want to play or to see how they are doing → the command that does it.

「闲着没事，来道题」, 「帮我练习一下值班这块」: each command has patterns that are looked for anywhere in a short
message, typing errors that sound alike put right. Whatever else stands there must not ask anything, as 「考试怎么安排」
does. Pure.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bot.conversation.commands import Command, CommandName
from bot.conversation.phrase_grammar import any_of, spelled
from bot.retrieval.spelling.pinyin import usual_reading
from bot.text import parse_count

AGAIN: Final = "再来一轮"
"""Behind /quiz: the same as was played last, perhaps with another number of questions."""
A_FEW: Final = 5  # questions, if somebody wants some
_LONGEST: Final = 32  # characters
_LONGEST_REST: Final = 16  # characters beside what was found
_ASKS: Final = re.compile(
    "什么|怎么(?!样)|如何|为[啥何]|哪|多少|几(?![道个题])|谁|何时|规定|要求|内容|意义|条件|时间|办法|工作|问题|情况"
)
"""What makes a question of a message, beside what was found in it."""
_WHERE: Final = re.compile("在哪(?:里|儿)?(?=[呀啊呢?]|$)")
"""Where the book or the board is to be found: it is shown."""
_END: Final = r"(?=$|[\s,、;:.。!?~…(]|[吧呗啊呀哈了嘛呢吗么哦喔哟咯噢试看玩来给行好可谢先怎咋不]|一下|练|做|答)"
_NUMBER: Final = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}|几|一些|些|点|点儿"
_WORDS: Final = """
    错题 答题 出题 做题 刷题 练题 选择题 判断题 竞赛 比赛 排行 排名 成绩 战绩 挑战 再来 复习 练习 测验 考试 测试 积分
    抢答 名次 榜单
""".split()  # noqa: SIM905 - a list of words reads better so
"""What is put right where it is spelled with other characters of the same sound: 错提, 竟赛, 在来."""
_ASK_FOR: Final = any_of("来 出 做 刷 练 抽 问 发 给 再 搞 弄 想 要 整 考 答 推 挑 选")
_WISH: Final = any_of(
    "想 要 来 开始 可以 能 能不能 可不可以 陪 一起 继续 去 玩 帮 帮我 让 让我 打算 准备 该 试 试试 进入 再 请 做个"
)
_PLAIN: Final = any_of("""
    答题 做题 刷题 练题 练习 练习题 自测 测验 测试 小测 quiz 问答 答答题 做做题 测一测 练一练 练练 练手 出题
    自我检测 摸底 闯关 知识竞答 做个题 答个题 游戏
""")
_MINE: Final = "(?:我(?!们)|上次|上回|以前|之前|前面|刚才|昨天|过去|那些|那几)"
_RESULT: Final = any_of("成绩 得分 分数 积分 战绩 记录 正确率 成绩单 答题情况 学习情况 学习统计 水平 答题统计 进度")
_BOARD: Final = any_of("排行 排行榜 排名 名次 积分榜 成绩榜 光荣榜 榜单 龙虎榜 红榜")
_LOOK: Final = any_of("看 查 我 群 大家 咱 现在 谁 发 本周 总 给 瞧 有没有")
_MATCH: Final = any_of("比赛 竞赛 pk 对战 对抗 对决 擂台 擂台赛 比拼 battle 较量 答题赛")
_KINDS: Final[tuple[tuple[CommandName, str, str], ...]] = (
    (
        "wrong",
        "",
        rf"错题|{_MINE}.{{0,6}}错(?!误|综|位|峰|过了|失)(?:了?[哪几].{{0,3}}题)?|错的(?:那|这)?(?:几|些)?[道个]?题|该.{{0,3}}复习|复习.{{0,4}}(?:题|到期)"
        rf"|(?:有|要|需要|到期|开始|去|来|想|该).{{0,4}}复习{_END}|错了?(?:哪|几).{{0,3}}题",
    ),
    (
        "quiz",
        AGAIN,
        rf"(?<!不)(?<!不想)(?:再|重新|又|接着)(?:来|玩|答|考|做|开|练|测|比|打|刷)(?:{_NUMBER})?"
        rf"(?:[轮局次组把遍回场盘套]|[道个条]?题|[道个条])(?:题目?)?{_END}|^再来[吧呀啊]?$",
    ),
    (
        "rank",
        "",
        rf"^(?:{_BOARD}){_END}|(?:{_LOOK}).{{0,5}}(?:{_BOARD})|(?:{_BOARD}).{{0,2}}(?:看|发|查|给|瞧)"
        rf"|谁.{{0,3}}(?:第一名?|最多|最高|最厉害|领先){_END}|^(?:现在)?我(?!们).{{0,5}}(?:第几名?|排.{{0,3}}[几哪].?){_END}",
    ),
    (
        "quiz",
        "竞赛",
        rf"考[一考]*(?:我|一下我|下我|大家|咱们?|自己|一考).*|测(?:一?测|一下|试)?(?:我|自己).*|(?:^|(?:{_WISH}).{{0,2}})(?:模拟)?考试{_END}|^测验(?:一下)?{_END}"
        r"|(?:检验|检测|检查)(?:一下|下)?我.*|提问我.*|问我(?:几|点|些)?.{0,3}问题.*",
    ),
    (
        "me",
        "",
        rf"(?:我|自己|个人)(?!们).{{0,5}}(?:{_RESULT})|我(?!们).{{0,6}}[答做考对得](?:了|过|对)*(?:多少|几)[道个]?[题分]"
        r"|我(?!们).{0,5}(?:多少分|几分)|我(?!们).{0,4}[答做考学练][得的](?:怎么?样|咋样|如何|好不好)",
    ),
    (
        "quiz",
        "挑战",
        rf"^挑战(?:赛|模式|一下|自己)*{_END}|(?:我|来|要|想|开始|玩|发起|接受)[^战]{{0,4}}挑战(?:赛|模式|一下|自己)*{_END}",
    ),
    ("quiz", "抢答", rf"^抢答[赛题]?$|(?:{_WISH}|来|搞|开|办).{{0,4}}抢答[赛题]?{_END}"),
    ("quiz", "分队", rf"(?:分队|红蓝|团队|分组)(?:赛|对抗赛?|比赛|pk|答题|竞赛){_END}"),
    (
        "quiz",
        "竞赛",
        rf"(?:搞|来|开(?!展)|办|发起|组织|弄|打|玩|参加|整)[^了过]{{0,5}}[场个轮次局盘].{{0,4}}(?:{_MATCH}){_END}"
        rf"|(?:谁|跟我|和我|跟你|咱们?|我们|一起|想|发起).{{0,6}}(?:{_MATCH}){_END}|(?:一起|咱们?|我们).{{0,3}}比(?:一比|一下|比){_END}"
        rf"|^知识竞赛$|^答题(?:比赛|竞赛)$",
    ),
    (
        "quiz",
        "",
        rf"(?:{_ASK_FOR}).{{0,6}}?(?<![第每])(?:(?:{_NUMBER})(?:道|个|条)?|道|点儿?|些).{{0,10}}?(?<![主问话标议课专命难])题(?!目[的是]|材|型|组)",
    ),
    (
        "quiz",
        "",
        rf"(?:(?:{_WISH}).{{0,2}}(?:{_PLAIN})|^(?!练习|测试|问答|游戏|闯关)(?:{_PLAIN}))(?:一下|下)?(?:题目?|模式)?{_END}|(?:{_WISH}).{{0,4}}(?:{_PLAIN})(?:一下|下)",
    ),
    (
        "quiz",
        "",
        rf"有(?:没有|没|啥)?.{{0,3}}(?:练习题?|(?<!问)题目?|测试题?|题库)(?:可以|能|给我)?[做答练刷]?{_END}|^(?:开|来|搞)(?:个|一个)?(?:quiz|题){_END}",
    ),
)
_PATTERNS: Final = tuple((name, rest, re.compile(pattern)) for name, rest, pattern in _KINDS)
_COUNT: Final = re.compile(
    rf"(?<![第每轮局次])(?P<many>{_NUMBER})(?:[道个条](?:.{{0,10}}?题)?|.{{0,10}}?题)(?!目[的是]|材|型|组)"
)
_TOPIC: Final = re.compile(
    r"(?:关于|有关|围绕)(?P<about>[^的,\s]{1,12}?)(?:方面|这块|这部分|部分)?(?:的\w{0,4})?题"
    r"|(?:一下|练习|自测|测验|题|考[我考]+)(?P<of>(?!我|一下)[^,\s的]{2,10}?)(?:这块|这部分|这方面|方面|这一?[章节])"
)


def want_of(text: str) -> Command | None:
    """The command that ``text`` asks for in a sentence; None for a question or talk."""
    if len(text) > _LONGEST:
        return None
    said = _heard(spelled(text))
    for name, rest, pattern in _PATTERNS:
        found = pattern.search(said)
        if found is None:
            continue
        beside = _WHERE.sub("", said[: found.start()] + " " + said[found.end() :])
        if len(beside) > _LONGEST_REST or _ASKS.search(beside):
            continue
        return Command(name, _request(rest, said) if name == "quiz" else rest)
    return None


def _request(rest: str, said: str) -> str:
    """What stands behind /quiz: the mode, the number of questions and the topic that were said."""
    counted, topic = _COUNT.search(said), _TOPIC.search(said)
    words = [rest]
    if counted is not None or (topic is not None and not rest):
        words.append(str(_number(counted["many"] if counted is not None else None)))
    if topic is not None:
        words.append(topic["about"] or topic["of"])
    return " ".join(word for word in words if word)


def _number(said: str | None) -> int:
    """How many questions somebody wants."""
    return (parse_count(said.replace("两", "二")) if said else None) or A_FEW


def _heard(said: str) -> str:
    """``said`` with _WORDS in place of what sounds alike."""
    spoken = _spoken(said)  # asked for every message: most words are not in it by their sound either
    for word in _WORDS:
        if word in said or _spoken_word(word) not in spoken:
            continue
        sounds = _sounds(word)
        for at in range(len(said) - len(word) + 1):
            part = said[at : at + len(word)]
            if any(one in word for one in part) and _sounds(part) == sounds:
                said = said[:at] + word + said[at + len(word) :]
                spoken = _spoken(said)
    return said


def _spoken(text: str) -> str:
    """The readings of the characters of ``text``, each between two spaces."""
    return "".join(f" {usual_reading(char) or char} " for char in text)


@cache
def _spoken_word(word: str) -> str:
    return _spoken(word)


@cache
def _sounds(text: str) -> tuple[str, ...]:
    return tuple(usual_reading(char) or char for char in text)
