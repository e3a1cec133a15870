"""What was typed → what is asked: cleaned, in simplified characters, politeness taken off, numbers in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.retrieval.numerals import in_one_spelling
from bot.text import clean, squash

MAX_LENGTH = 300
"""Characters after cleaning. A longer text is no question; reading it would only cost time."""

_YOU = "(?:你|您|大家|各位|同志|老师|领导|管理员|机器人|助手|小助手)"
_HELLO = rf"(?:{_YOU}们?好|哈喽|哈罗|嗨|hello|hi|早上好|上午好|中午好|下午好|晚上好|在吗|在不在)"
_SORRY = rf"(?:打扰|打搅|麻烦|劳驾|劳烦|不好意思|求助|求问|请教){_YOU}?(?:一下|下|了|大家)?"
_WISH = (
    r"(?:(?:我|俺|咱|我们)?(?:就|还|也|很|特别)?(?:想要|想|要|需要)"
    r"(?:问|问问|请教|咨询|了解|知道|打听|弄清楚|搞清楚|确认|查|查查|请问)(?:一下子|一下|下)?(?:的是)?)"
)
_TELL = (
    rf"(?:{_YOU}?(?:能不能|能否|可不可以|可否|可以|能|请|帮忙|帮我|给我|给我们)"
    r"(?:帮我|帮忙|给我|给我们|跟我)?(?:告诉我|告诉|说说|说一下|讲讲|讲一下|介绍一下|介绍下|解释一下|查一下|查查|问一下|看一下|看看)(?:我)?(?:一下)?)"
)
_PLEASE = r"(?:请问(?:一下)?|问一下|问下|问个问题|想问)"
_LEAD = re.compile(rf"^(?:{_HELLO}|{_SORRY}|{_WISH}|{_TELL}|{_PLEASE}|那个|嗯+|呃+|哦)[\s,.。!:~、?]*")
_THANKS = rf"(?:(?:非常|十分|太|先|多)?(?:谢谢|感谢|谢了|多谢){_YOU}?(?:啦|了|哈|哦|呀|啊|们)?|(?:麻烦|辛苦|拜托){_YOU}?(?:了|啦)?)"
_TAIL = re.compile(rf"[\s,.。!:~、?]*(?:{_THANKS}|能?告诉我(?:一下)?(?:吗|么)|可以(?:吗|么)|行吗|好吗)[\s,.。!~]*$")


_EMPHASIS = re.compile("(?<=.)(?:到底|究竟|说到底)(?=.)")  # asks no other thing, only more pressingly


@dataclass(frozen=True, slots=True)
class Question:
    """A question in three forms: as ``typed``, ``cleaned`` and readable, and its ``core`` for comparing."""

    typed: str
    cleaned: str
    core: str

    @property
    def too_long(self) -> bool:
        """Longer than a question is."""
        return len(self.cleaned) > MAX_LENGTH


def read(typed: str) -> Question:
    """``typed`` as a Question. Nothing is too strange to be read; the core of an emoji is empty."""
    cleaned = clean(typed[: MAX_LENGTH * 4])
    if len(cleaned) > MAX_LENGTH:
        return Question(typed, cleaned, "")
    core, before = cleaned, ""
    while core != before:  # what is taken off may lay bare more of it; each round shortens, so that it ends
        before = core
        core = _EMPHASIS.sub("", squash(strip_politeness(core)))
        spelled = in_one_spelling(core)
        core = spelled if len(spelled) <= MAX_LENGTH else core
    return Question(typed, cleaned, core)


def strip_politeness(cleaned: str) -> str:
    """``cleaned`` without greeting, apology, wish and thanks around it; unchanged where nothing else is left."""
    text = cleaned
    for _ in range(8):
        shorter = _TAIL.sub("", _LEAD.sub("", text, count=1), count=1)
        if shorter == text:
            break
        if not squash(shorter):
            return text
        text = shorter
    return text
