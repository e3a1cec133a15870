"""Short reactions, which ask nothing of the document: 对, 真的吗, 为什么, 然后呢, 👍, and 选C where nothing is open."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from bot.text import squash

Reaction = Literal["", "acknowledged", "doubt", "why", "next", "repeat", "disagreed", "option", "unsure"]
_END: Final = "[哎嗳诶欸唉呢啊呀吗嘛么吧哦哈噢喔嘞咧呗啦哒滴]*"
_LAUGHTER: Final = "(?:哈哈+|嘿嘿+|呵呵+|嘻嘻+)*(?:笑死|笑喷|笑哭|绝|太逗|太好笑|好好笑|太搞笑|好搞笑)(?:我|人)?了?"
_LAUGHS: Final = re.compile("^(?:哈{2,}|嘿{2,}|呵{2,}|嘻{2,})")
_TWICE: Final = re.compile(r"(.{1,4})\1+")
_AGAIN: Final = "(?:一[遍次下回]|[遍次回])"
_UNSEEN: Final = "(?:我?(?:刚才?|刚刚)?(?:没有?|冇)(?:看|听)(?:清楚?|见|到|仔细|明)|(?:太快|手滑|划过去|刷过去)了?)"
_TO_ME: Final = "(?:请|麻烦|能不能|能|可以|可否|帮我?|给我|跟我)*"
_ORIGIN: Final = "(?:(?:这|那)(?:句话|句|段|条|个)?|原文|答案|你说的|刚才(?:那|的)?(?:句|段|条|个)?)?"
_WHERE: Final = (
    "(?:哪里?|哪儿|哪一?(?:个)?(?:部分|段|章|节|条|页|处|块|篇|个?地方)|第?几(?:部分|段|章|节|条|页)|什么(?:地方|位置))"
)
_PATTERNS: Final[tuple[tuple[Reaction, re.Pattern[str]], ...]] = (
    (
        "repeat",
        re.compile(
            rf"{_UNSEEN}?{_TO_ME}(?:再|重新?|重复)(?:给我|跟我|帮我)?(?:说|讲|发|来|回答?|答|贴|念|写|复述|重复)?(?:给我)?{_AGAIN}(?:吗|么|吧|行吗|好吗|可以吗)?{_END}"
            rf"|{_UNSEEN}{_END}|(?:那|你|请)?(?:把)?(?:刚才的?)?(?:原话|原句)(?:是|怎么说|念|发|贴|给我看)*(?:什么|一?下|的|来着)*{_END}|(?:再|重)(?:发|说|讲)(?:一?下)?{_END}|重复(?:一下)?{_END}"
        ),
    ),
    (
        "doubt",
        re.compile(
            rf"{_ORIGIN}(?:是)?(?:在|出自|来自|出处(?:是|在)?|属于|位于|写在|讲在|放在){_WHERE}(?:的|里|说|讲|写|提)*{_END}"
        ),
    ),
    (
        "doubt",
        re.compile(
            rf"(?:真的假的|真的|当真|是[吗么嘛]|不会吧|不是吧|(?:你|您)?确定|(?:你|您)?肯定|可信|可靠|准确|准[吗么]|有(?:依据|根据)|(?:有)?出处"
            rf"|(?:这是?|原文)?(?:在)?(?:哪里?|哪儿)(?:写|说|讲)的?|原文(?:在哪里?|是这样|这么说的?)?|(?:你|您)?怎么知道的?|谁说的){_END}"
        ),
    ),
    (
        "why",
        re.compile(
            rf"(?:为什么|为啥|为何|为么子|咋回事|怎么回事|怎么会(?:这样)?|怎么会|凭什么|何以见得|why|什么原因|原因|理由|依据){_END}"
        ),
    ),
    (
        "next",
        re.compile(
            rf"(?:那|还)?(?:然后|接着|后面|继续|接下来|下面|往下|再往下|下文|下一[段条句]|后来|还有|其他的?|别的|后边|再后面)(?:说|讲|读|念|看)?(?:了)?{_END}"
            "|还有没有(?:了|别的|其他的?)?|更多"
        ),
    ),
    (
        "disagreed",
        re.compile(rf"(?:不+|不[对行好]|不是(?:的|这样)?|错|错了|才不是|我不信|不信|不同意|反对|不可能|胡来){_END}"),
    ),
    (
        "option",  # of a question that was asked elsewhere, or is closed by now
        re.compile(
            rf"(?:我|应该|大概|可能|好像|肯定|还是|就|先|那)*(?:选择?|猜|蒙|投|填|觉得|认为|答案?)*(?:的|一?个)?(?:应该|大概|可能|就)*是?"
            rf"[a-f]{{1,4}}(?:项|选项)?{_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "unsure",
        re.compile(
            rf"(?:我|这个?|这题)*(?:也|还|真|都)*(?:不知道|不晓得|不清楚|不会|不记得|记不得|忘记?了|没印象){_END}"
        ),
    ),
    (
        "acknowledged",
        re.compile(
            rf"(?:对+|对头|是|是的|没错|正确|的|没有?|没了|没有了|没事了|不用了?|不需要了?|不必了?|不是|不|嗯+|哦+|噢+|喔+|啊+|额+|呃+|唉+|哎+|哈+|呵+|嘿+|嘻+|行+|好+|好的|好嘞|中|可以|可|没事|没问题|ok|okk|okay|k|yes|no|收到|已收到|已阅|阅|已读|已看|看到了|看了"
            rf"|[1１]+|打卡(?:第?[\d一二三四五六七八九十百]+[天日次期])?|第[\d一二三四五六七八九十百]+[天日次期](?:打卡|签到)|要得|得行|得嘞|好嘞|莫?得?问题|中|妥|好的呀|可得|已打卡|签到|报到|到|已学习?|学习了|学到了|学习|顶+|赞+|点赞|强|牛|6+|66+|233+|哇+|没毛病|确实|的确|有道理|说得对|同意|支持|赞成|赞同|原来如此|原来(?:是)?这样|这样|是这样|懂|懂了|了解|明白|知道了?|晓得了?|呢|吧|吗|呀|{_LAUGHTER}){_END}"
        ),
    ),
)


def detect_reaction(cleaned: str) -> Reaction:
    """The reaction that ``cleaned`` is from end to end; empty for everything else, and for nothing at all."""
    text = squash(cleaned)
    if not text:
        if re.fullmatch(r"[?\s!]*\?[?\s!]*", cleaned):
            return "doubt"
        return "acknowledged" if any(unicodedata.category(char) in {"So", "Sk"} for char in cleaned) else ""
    text = _LAUGHS.sub("", text) or text
    twice = _TWICE.fullmatch(text)  # 要得要得
    readings = (text, twice[1]) if twice else (text,)
    return next((kind for one in readings for kind, pattern in _PATTERNS if pattern.fullmatch(one)), "")
