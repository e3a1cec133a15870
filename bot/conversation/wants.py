"""What members say when they want to play or to see how they are doing → the command that does it.

「我想答题」, 「来几道题考考我」, 「再来一轮」: what people say before and behind it, and the thing itself. A sentence
with anything else in it is a question: 「考试怎么安排」. Pure.
"""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.commands import Command, CommandName
from bot.quiz.phrase_grammar import MARK, any_of
from bot.text import clean, parse_count

AGAIN: Final = "再来一轮"
"""Behind /quiz: the same as was played last."""
A_FEW: Final = 5  # questions, if somebody wants some
_LONGEST: Final = 24  # characters
_BEFORE: Final = any_of("""
    我 我们 俺 咱 咱们 大家 请 麻烦 能不能 能 可不可以 可以 可否 帮 帮忙 帮我 给 给我 让 让我 让我们 跟 陪 陪我 来 要
    想 想要 要求 需要 打算 准备 就 先 再 那 那就 也 还 还要 有点 好 好的 嗯 哎 诶 啊 现在 今天 直接 快 赶紧 马上 开始
    开启 进入 打开 参加 进行 搞 玩 玩个 试 试试 去 随便 看 看看 查看 下 一下 个 一个 一场 场 一轮 一局 一次 一把 你 您
    老师 小助手 机器人 有没有 有 hi hello 你好 您好 怎么 如何 到 我要
""")
_BEHIND: Final = any_of("""
    吧 啊 呀 呢 吗 嘛 么 了 啦 的 哦 喔 噢 哈 呗 哎 诶 咯 哟 好吗 好不好 行吗 行不行 可以吗 不 一下 下 试试 玩玩 看看
    练练 练手 一场 一轮 一局 一次 一把 谢谢 多谢 老师 来 我 我们 大家 考考我 考我 考考我们 考考大家 考一考我 测测我
    来试试 模式 赛 开始 看
""")
_VERB: Final = any_of("想 要 来 开始 开启 进入 玩 参加 搞 试试 给我 给我们 进行 再来 做 我要 我想")
_MANY: Final = r"(?P<many>[0-9]{1,2}|[一二两三四五六七八九十]{1,3}|几|一些|些|点|点儿|多)"
_ITEM: Final = "(?:[道个条]?(?:选择|判断|练习|测试|单选|多选|小)?题目?)"
_ABOUT: Final = r"(?:关于|有关|围绕)(?P<topic>.{1,12}?)(?:方面)?的?"
_QUIZ: Final = any_of("""
    答题 做题 刷题 练题 抢题 答答题 做做题 刷刷题 做点题 答点题 做练习题 做测验 做测试 做个测验 做个测试 答题游戏
    问答游戏 答题模式 知识问答 有奖问答 有题做 知识竞答 有题吗 出题 玩答题 做道题 答道题 练习题
""")
_EXAM: Final = any_of("""
    考试 测验 考考我 考我 考一考我 考下我 考一下我 考考我们 考考大家 考我一下 测测我 测试我 测一测 测一下 模拟考
    模拟考试 小测验 小测 随堂测 随堂测验 摸底考试 自测 提问我 问我问题 考试模式 出卷 出题考我 出题考考我 检验一下我
    检测一下我
""")
_ERR: Final = r"(?:做|答|考|搞|弄)?错(?:了|过)?(?:的|哪些|了哪些|过哪些)*"
_LOOK: Final = "(?:看一下|查一下|看看|查看|看|查)"
_MINE: Final = "(?:我的|我|个人|自己的)"
_RESULT: Final = any_of("成绩 得分 分数 积分 战绩 记录 情况 统计 正确率 成绩单")
_BOARD: Final = any_of("排行 排行榜 排名 名次 积分榜 成绩榜 光荣榜 榜单")
_KINDS: Final[tuple[tuple[CommandName, str, str], ...]] = (
    (
        "quiz",
        AGAIN,
        r"(?:再|重新|又)(?:来|玩|答|考|做|开|练|测|比)[一1个]?[轮局次组把遍回场](?:答题|比赛|题|考试)?",
    ),
    ("quiz", "挑战", r"挑战(?:赛|模式|一下|自己|答题)*|闯关答题|答题闯关"),
    ("quiz", "抢答", r"抢答(?:赛|模式|题)"),
    ("quiz", "分队", r"(?:分队|红蓝|团队)(?:赛|对抗赛?|比赛|pk|答题)"),
    ("quiz", "竞赛", rf"(?:{_EXAM})|知识竞赛|答题比赛|答题竞赛"),
    ("quiz", "", rf"(?:{_QUIZ})"),
    (
        "wrong",
        "",
        rf"错题[本集库]?(?:记录)?(?:复习|重做|回顾|重练)?|(?:我|的|那些|之前|以前|复习|重做|练)*{_ERR}题目?"
        r"|(?:复习|重做|回顾|练|重练)(?:一下|下|我的|我)*错题|该复习的题?",
    ),
    (
        "rank",
        "",
        rf"(?:{_LOOK}|{_MINE}|的|大家|现在|总)*(?:{_BOARD})(?:情况)?|(?:我|现在)*排(?:名)?第?几名?"
        r"|谁[是得排]?第一名?",
    ),
    (
        "me",
        "",
        rf"{_LOOK}*{_MINE}(?:答题|学习|考试|总)?(?:{_RESULT})(?:怎么样|如何|是?多少)?|我[答考做][得的](?:怎么样|如何)"
        r"|我(?:一共|总共)?[答做考]对?了?(?:多少|几)[道个]?[题分]",
    ),
    ("daily", "", r"每[天日][来出做答推发]?(?:给我)?一[道个]?题"),
)
_PATTERNS: Final = tuple(
    (name, rest, re.compile(rf"(?:{MARK}|{_BEFORE})*(?:{core})(?:{MARK}|{_BEHIND})*")) for name, rest, core in _KINDS
)
_COUNTED: Final = re.compile(
    rf"(?:{MARK}|{_BEFORE}|出|做|答|刷|练|抽|考|问|提)*(?:{_MANY}[道个条]?)?(?:{_ABOUT})?{_ITEM}(?:{MARK}|{_BEHIND}|做做?|答答?|练练?|刷刷?)*"
)
_WEAK: Final = re.compile(
    rf"(?:{MARK}|{_BEFORE})*?(?:{_VERB})(?:{MARK}|{_BEFORE}|做)*(?P<mode>竞赛|比赛|测试|练习|抢答|分队|闯关|pk|游戏|互动|玩游戏)(?:{MARK}|{_BEHIND})*"
)
_VERBAL: Final = re.compile(rf"{_VERB}|出|做|答|刷|练|抽|考|问")


def want_of(text: str) -> Command | None:
    """The command that ``text`` asks for in a sentence; None for a question or talk."""
    if len(text) > _LONGEST:
        return None
    spelled = clean(text)
    for name, rest, pattern in _PATTERNS:
        if pattern.fullmatch(spelled):
            return Command(name, rest)
    counted = _COUNTED.fullmatch(spelled)
    if counted is not None and (counted["many"] or counted["topic"]) and _VERBAL.search(spelled):
        return Command("quiz", f"{_number(counted['many'])} {counted['topic'] or ''}".strip())
    weak = _WEAK.fullmatch(spelled)
    if weak is None:
        return None
    return Command("quiz", {"抢答": "抢答", "分队": "分队", "闯关": "挑战"}.get(weak["mode"], "竞赛"))


def _number(said: str | None) -> int:
    """How many questions somebody wants."""
    count = parse_count(said.replace("两", "二")) if said else None
    return count or A_FEW
