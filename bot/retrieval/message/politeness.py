"""What people put around a question: greeting, apology, wish in front; thanks and «please reply» behind."""

from __future__ import annotations

import re
from typing import Final

from bot.text import squash

_SEP = r"[^\w%]"
_PAUSE = r"[,.。!?:;~、…]"  # a space is no pause: keywords stand between spaces
_YOU = "(?:[你您](?!们)|大家|各位|同志|老师|领导|管理员|机器人|助手|小助手)"
# beside a verb «leader» is more often what is asked about than who is asked, unless a pause follows
_HIM = rf"(?:[你您](?!们)|(?:大家|各位|同志|老师|领导|管理员|机器人|助手|小助手)(?={_PAUSE}|一下))"
_INQUIRE = "(?:问(?![责计题候卷诊政世])|查(?![处找办封询看明验实获办补]))"
_WE = "(?:我们?|俺们?|咱们?|本人|小白|新人|萌新)"
_ONCE = "(?:一下子?|下子|下(?![半一岗面列属级降乡基沉个达去来发月周设派旬个步])|一句(?!话)|一声)"
_MATTER = "(?:一?个|一件|件|些|点)(?:小)?(?:问题|事情|事儿|事|疑问)"
_MAY = "(?:能不能|能否|可不可以|可否|可以|能|请|恳请|烦请|想请|麻烦|劳烦|有劳|拜托)"
_FOR_ME = "(?:帮我们?|帮忙|帮|给我们?|跟我们?|和我|替我|为我|我)"
_SAY = (
    rf"(?:(?:告诉|告知)(?:我们?|大家)?|说说|讲讲|查查|看看|找找|问问|(?:说明?|讲解?|介绍|解释|解答|回答|科普|查询?|问|看|找|核实){_ONCE})"
    rf"(?:我们?)?{_ONCE}?"
)

_HELLO = rf"(?:(?:(?:{_YOU}|[你您]们){{1,2}}好(?![不吗处几多坏用像])|哈喽|哈罗|嗨|hello|hi(?![a-z])|早上好|上午好|中午好|下午好|晚上好|在吗|在不在)[呀啊哈]?)"
_SORRY = rf"(?:实在|真是|很|想)?(?:打扰|打搅|麻烦|劳驾|劳烦|不好意思|抱歉|冒昧|求助|求问|求教|求解|请教)(?:{_YOU}|了){{0,2}}(?:{_ONCE}|大家|{_MATTER})?"
_ASK = (
    rf"(?:{_WE}?(?:就|还|也|很|特别|再|来|顺便|顺带|另外|多嘴|冒昧|斗胆|弱弱|先|只|有){{0,3}}地?"
    rf"(?:(?:想要|想|希望)(?:[跟向找]?{_HIM})?(?:请问|求问|请教|咨询|了解|知道|打听|弄清楚|搞清楚|弄明白|搞明白|确认|核实|查查|问问|{_INQUIRE})(?:{_HIM})?(?:{_ONCE}|{_MATTER})?(?:的是)?"
    rf"|(?:要|需要)(?:[跟向找]?{_HIM})?(?:请问|请教|咨询|打听|查查|问问|(?:了解|知道|确认|核实|{_INQUIRE})(?={_ONCE}|{_MATTER}|{_PAUSE}))(?:{_HIM})?(?:{_ONCE}|{_MATTER})?(?:的是)?"
    rf"|(?:[跟向找]{_HIM})?(?:请教|咨询|打听|求问|请问|问|查)(?:{_HIM})?(?:{_ONCE}|{_MATTER}|一个(?=问题|事|{_PAUSE}))"
    rf"|(?:了解|确认|核实){_ONCE}))"
)
_HAVE = rf"(?:{_WE}?(?:这里|这儿|还)?有{_MATTER}(?:(?:想|要|需要)?(?:请教|咨询|打听|了解|求助|问问|问)(?:{_YOU})?{_ONCE}?|(?={_PAUSE})))"
_TELL = rf"(?:(?:{_YOU}?(?:{_MAY}{_YOU}?){{1,3}}|(?={_FOR_ME}{_SAY})){_FOR_ME}?{_SAY})"
_WHO_KNOWS = r"(?:(?:有没有人|有人|有谁|谁|哪位|你们?|您|大家|各位)(?:知不知道|知道|晓得|清楚)(?:吗|不|么)?(?=.))"
_PLEASE = rf"(?:(?:请问|敢问|借问)(?:{_HIM})?{_ONCE}?|想问)"
_EARLY_THANKS = rf"(?:(?:先|提前)?(?:谢谢|多谢|谢过|感谢{_YOU})(?:{_YOU})?[了啦]?(?![用的怎])|{_YOU}?(?:辛苦|麻烦|拜托)(?:{_YOU}[了啦]?|[了啦]))"
_SOUND = r"(?:那个|嗯+|呃+|哦|哎呀?|诶|欸|唉)"
_POLITE = rf"(?:{_HELLO}|{_TELL}|{_SORRY}|{_ASK}|{_HAVE}|{_PLEASE}|{_EARLY_THANKS}|{_WHO_KNOWS}|{_SOUND})"
_CALL = rf"(?:(?:{_YOU}|师傅|亲们?|朋友们?|喂|额|对了|话说|就是|是这样的?|我是(?:新来的|新人|新手|小白)|新人|小白|萌新)(?={_PAUSE}|{_POLITE}))"
_LEAD: Final = re.compile(rf"^(?:{_POLITE}|{_CALL}){_SEP}*")

_THANKS = (
    rf"(?<!表示)(?<!表达)(?<!说)(?<!致以)(?:万分|非常|十分|太|先|多|提前|再次)?(?:谢谢|感谢|谢了|多谢|谢过|蟹蟹|3q|thx|thanks|thank ?you)(?:{_YOU}|的)*"
    r"(?:解答|回答|回复|答复|帮忙|帮助|指教|指点)?[啦了哈哦呀啊们喽咯嘛呢噢]*"
)
_TROUBLE = rf"{_YOU}?(?:麻烦|辛苦|拜托|有劳|劳驾|劳烦|打扰|打搅)(?:{_YOU}[了啦]?|[了啦])|劳驾|不好意思|抱歉"
_REPLY = (
    rf"(?:请|望|盼|恳请|敬请|麻烦|劳烦|(?<![诉要请需追])求|跪求|急求){_YOU}?(?:帮忙|帮我)?(?:告诉我?|告知|解答|回答|回复|答复|指教|赐教|指点)(?:{_ONCE})?"
    rf"|求解|在线等急?|等回复|(?:告诉我|{_MAY}{_YOU}?{_FOR_ME}?{_SAY}|{_FOR_ME}{_SAY})(?:{_ONCE})?(?:吗|么|吧|嘛|呗)?"
)
_APART = r"可以(?:吗|么)|行吗|好吗|急+|求助|麻烦|辛苦|拜托|好不好|行不行|挺急的?|可以不"  # behind a pause only: 向谁求助 is a question
_TAIL: Final = re.compile(rf"(?<!{_SEP})(?:{_SEP}*+(?:{_THANKS}|{_TROUBLE}|{_REPLY})|{_SEP}++(?:{_APART})){_SEP}*$")


_MENTION: Final = re.compile(
    r"(?<![\w.+-])[@＠](?:[A-Za-z][A-Za-z0-9_]{2,31}(?![\w@.])|[^\s@＠,，.。:：?？!！]{1,20}(?=[\s,，:：]|$))[\s,，:：\u2005]*"
)


def strip_mentions(text: str) -> str:
    """``text`` as it was typed, without the names of who is called: «@assistant 几点开门» asks «几点开门»."""
    return _MENTION.sub("", text)


def strip_politeness(text: str) -> str:
    """``text``, cleaned, without the politeness around it; unchanged if nothing else would be left."""
    while True:
        shorter = _TAIL.sub("", _LEAD.sub("", text, count=1), count=1)
        if shorter == text or not squash(shorter):
            return text
        text = shorter
