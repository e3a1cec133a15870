"""Commands as members type them: a Latin name behind a slash, or the Chinese word that does the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from bot.text import clean

QuizCommand = Literal[
    "quiz", "skip", "stop", "pause", "void", "season", "rank", "wrong", "me", "daily", "settings", "report", "forget",
    "link", "unlink", "room", "paper",
]  # fmt: skip
AdminCommand = Literal[
    "reload",
    "draft",
    "diff",
    "history",
    "rollback",
    "export",
    "misses",
    "stats",
    "grant",
    "revoke",
    "audit",
    "say",
    "quiet",
    "reports",
    "bank",
]
CommandName = Literal["start", "help", "ask", "outline", "why", "id", "books", "unknown"] | QuizCommand | AdminCommand
QUIZ_WORDS: Final[dict[str, QuizCommand]] = {
    "答题": "quiz",
    "跳过": "skip",
    "结束答题": "stop",
    "暂停答题": "pause",
    "作废": "void",
    "赛季": "season",
    "排行": "rank",
    "错题": "wrong",
    "我的": "me",
    "每日一题": "daily",
    "答题设置": "settings",
    "举报题目": "report",
    "忘记我": "forget",
    "关联账号": "link",
    "取消关联": "unlink",
    "开房间": "room",
    "学习竞赛": "paper",
}
ADMIN_WORDS: Final[dict[str, AdminCommand]] = {
    "更新知识库": "reload",
    "整理": "draft",
    "改动": "diff",
    "历史版本": "history",
    "退回版本": "rollback",
    "导出": "export",
    "未答": "misses",
    "统计": "stats",
    "授权": "grant",
    "撤权": "revoke",
    "操作记录": "audit",
    "群发": "say",
    "免打扰": "quiet",
    "题目举报": "reports",
    "题库": "bank",
}
WORDS: Final[dict[str, CommandName]] = {
    "帮助": "help",
    "目录": "outline",
    "开始": "start",
    "问": "ask",
    "依据": "why",
    "编号": "id",
    "书架": "books",
    "排行榜": "rank",
    "复习": "wrong",
    "举报": "report",
    **QUIZ_WORDS,
    **ADMIN_WORDS,
}
WORD_OF: Final[dict[CommandName, str]] = {name: word for word, name in WORDS.items()}
"""Command → the Chinese word that does the same; of several the one that is told."""
QUIZ_COMMANDS: Final = frozenset(QUIZ_WORDS.values())
ADMIN_COMMANDS: Final = frozenset(ADMIN_WORDS.values())
_NAMES: Final[dict[str, CommandName]] = {
    "start": "start",
    "help": "help",
    "ask": "ask",
    "outline": "outline",
    "why": "why",
    "id": "id",
    "books": "books",
    **{name: name for name in QUIZ_COMMANDS},
    **{name: name for name in ADMIN_COMMANDS},
}
_SLASH = re.compile(
    r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?"
    r"(?:\s+(?P<spaced>.*)|(?P<joined>[,，:：、。.!！?？;；—…]+\s*.*|[^\x00-\x7f].*))?",
    re.DOTALL,
)
_HEAD = re.compile(r"[／/][／/＠@＿_０-９0-9Ａ-Ｚａ-ｚA-Za-z]*")
"""A slash and a Latin name, as Chinese input methods write them: full-width, or not."""
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"  # characters without a width that a pasted command may begin with
_POINTS = ",，:：、。.!！?？;；—… \t\n\u3000\xa0"
_ASK = re.compile(r"问[\s:\uff1a]+(.+)", re.DOTALL)
_WITH_REST = re.compile(
    r"(书架|未答|答题|开房间|排行|每日一题|答题设置|授权|撤权|操作记录|关联账号|作废|赛季)\s+(.{1,60})"
)
_NOTICE = re.compile(r"(群发)\s+(.+)", re.DOTALL)
_PAPER = re.compile(r"(学习竞赛)\s+(.{1,2000})", re.DOTALL)
_QUIET = re.compile(r"(免打扰)\s+(\d.{0,40}|关闭?|停|取消|不要了)")
_RANK = re.compile(r"(总|今日|今天|本周|本月)排行榜?")


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what was written behind it. ``slashed``: it cannot be meant as a question."""

    name: CommandName
    rest: str = ""
    slashed: bool = field(default=False, compare=False)


def command_of(text: str) -> Command | None:
    """The command that ``text`` is; None for a question. «问 …» needs a space, «问题» is a question.

    Some words may have something behind them, after a space, as in 答题 5; a range may stand before 排行. A slash may
    be full-width, or stand before a Chinese word; a space of any width, a mark or a Chinese word ends its name.
    """
    text = text.strip().lstrip(_UNSEEN).lstrip()
    head = _HEAD.match(text)
    return _worded(text) if head is None else _slashed(unicodedata.normalize("NFKC", head[0]) + text[head.end() :])


def _slashed(text: str) -> Command | None:
    slash = _SLASH.fullmatch(text)
    if slash is not None:
        name = _NAMES.get(slash[1].lower())
        if name is not None:
            rest = slash["spaced"] or (slash["joined"] or "").lstrip(_POINTS)
            return Command(name, rest.strip(), slashed=True)
        return None if slash["joined"] else Command("unknown", (slash["spaced"] or "").strip(), slashed=True)
    worded = _worded(text[1:])
    return None if worded is None else replace(worded, slashed=True)


def _worded(text: str) -> Command | None:
    ask = _ASK.fullmatch(text)
    if ask is not None:
        return Command("ask", ask[1].strip())
    worded = _WITH_REST.fullmatch(text) or _NOTICE.fullmatch(text) or _QUIET.fullmatch(text) or _PAPER.fullmatch(text)
    if worded is not None:
        return Command(WORDS[worded[1]], worded[2].strip())
    if len(text) > 8:
        return None
    spelled = clean(text)
    ranged = _RANK.fullmatch(spelled)
    if ranged is not None:
        return Command("rank", ranged[1])
    name = WORDS.get(spelled)
    return Command(name) if name else None
