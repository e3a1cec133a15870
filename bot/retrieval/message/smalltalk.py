"""Greetings, thanks, who are you; short reactions such as 对, 真的吗, 为什么, 然后呢, 👍, and 选C where nothing is open.

Both are recognised as a whole, never as a part of a question, and ask nothing of the document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.normalize.question import normalize_colloquial
from bot.retrieval.verdict import ChatIntent
from bot.text import squash

_YOU = "(?:你们|您们|你|您)"
_END = "[呀啊啦呢吗吧哦哈嘛么的了哇诶呦喽咯噢喔唷呗]*"
_MACHINE = "(?:小?(?:机器人|助手|助理|学习助手|东西|玩意儿?|工具|程序|软件|系统))"
_BOT = f"(?:这个?|那个)?{_MACHINE}"
_CALL = rf"(?:{_BOT}|各位|大家|老师|同志|朋友|小家伙|小伙伴)?"
_PERSON = "(?:真人|活人|人工|人|机器人|机器|ai|人工智能|人工客服|客服|程序|电脑)"
_PAPER = "(?:讲话稿?|文章|文件|文档|稿子|材料|报告|条例|法律|法规|办法|手册|制度|章程|规定|细则)"
_WHOLE = f"(?:完整(?:的)?{_PAPER}|(?:整篇|全篇|整份|通篇){_PAPER}?|全文|原文|原稿|正文全文|完整版|完整(?:的)?(?:内容|文本)|全部内容|电子版|pdf|word版?)"
_FOR_ME = "(?:那么?|你们?|您|请|麻烦|能不能|能否|可不可以|可以|可否|能|会|帮忙|帮我们?|帮大家|帮|给我们?|给大家|替我|为我|我想要?|我要|再|来|就|先)*"
_IT = f"(?:把|对|将)?(?:(?:这|那|本|整|上面|刚才|前面|以上)?(?:一?[篇份段个条些])?(?:的)?(?:{_PAPER}|{_WHOLE}|内容|回答|话|东西|答案)|这个?|它|上面|以上|刚才的?|全部|所有|书记讲的|领导讲的)(?:的|里的?)?"
_PATTERNS: Final[tuple[tuple[ChatIntent, str], ...]] = (
    # what asks for something comes before what is only polite: «你好,你是谁» is answered as «你是谁»
    (
        "help",
        rf"(?:{_YOU}|我|{_MACHINE}|[这那]个?|它)*(?:都|还|到底)?(?:能|会|可以|支持|该|要)(?:够)?(?:帮我|给我|帮我们|帮忙|帮)?(?:做|干|弄|搞|整|回答|问|查|答|聊|提供|帮)?(?:我)?"
        rf"(?:些|点|一些|一点|到)?(?:什么|啥|哪些|甚么)(?:事情|问题|东西|功能|忙|事)?{_END}"
        rf"|(?:{_YOU}|我|{_MACHINE}|[这那]个?)*(?:要|该|应该)?(?:怎么|怎样|如何|咋|咋个)(?:去|样)?(?:使用|用|玩|提问|问|操作|弄)(?:{_YOU}|{_MACHINE}|[这那]个|它)*{_END}"
        rf"|(?:我)?(?:可以|能|该|要)?(?:向|跟|找)?{_YOU}?(?:可以|能)?(?:问|查|聊)(?:{_YOU})?(?:些|点|一些)?(?:什么|啥|哪些)(?:问题|内容|东西)?{_END}"
        rf"|(?:我)?(?:是)?(?:头一回|第一次|头一次|刚)(?:用|来|玩|加入|进来)(?:的)?(?:{_BOT})?{_END}|(?:我)?(?:是)?新(?:来|手|人)(?:的)?{_END}"
        rf"|教(?:教|一下|下)?我(?:怎么|咋|如何)?(?:用|使用|操作|问)?(?:一下|下|{_YOU})?{_END}"
        rf"|(?:{_YOU})?(?:都)?(?:有|有些|有什么|有啥|有哪些)(?:什么|啥|哪些)?(?:功能|用处|本事|用){_END}"
        rf"|(?:有)?(?:帮助|使用说明|使用方法|用法|说明书|功能介绍|help|菜单)",
    ),
    (
        "identity",
        rf"(?:请问)?{_YOU}(?:到底|究竟)?(?:是|叫)(?:谁|什么人|什么|啥|哪位|什么名字|啥名字|干什么|干啥|做什么|什么东西|什么机器人){_END}"
        rf"|{_YOU}?(?:到底|究竟)?(?:是|算)(?:不是)?(?:一个|个)?{_PERSON}{_END}"
        rf"|{_YOU}?(?:到底|究竟)?(?:是)?(?:个|一个)?{_PERSON}(?:在回复|在回答|回复)?{_END}(?:还是|或者|或)(?:是)?(?:个|一个)?{_PERSON}(?:在回复|在回答|回复)?{_END}"
        rf"|(?:对面|那边|后面)(?:是|坐着)?(?:的)?(?:是)?(?:谁|{_PERSON}){_END}|(?:你|您)(?:是)?(?:哪位|谁){_END}|{_YOU}?(?:是)?什么来头{_END}"
        rf"|{_YOU}(?:的)?(?:名字|姓名|身份)(?:是|叫)?(?:什么|啥)?{_END}|{_YOU}(?:的)?(?:老板|主人|领导|上司|上级|东家|爸爸?|妈妈?|父母)(?:是|叫)?(?:谁|哪个|哪位|什么)?{_END}|谁(?:在)?(?:管|养)(?:着)?{_YOU}{_END}|自我介绍(?:一下|下)?|介绍(?:一下|下)?(?:你|您)自己"
        rf"|(?:谁|哪个)(?:开发|做|制作|设计|写|发明)(?:的|了|出)?{_YOU}(?:的)?|{_YOU}是(?:谁|哪个|哪家)(?:开发|做|制作|设计|写)的?",
    ),
    (
        "summary",
        rf"{_FOR_ME}(?:{_IT})?{_FOR_ME}(?:再)?(?:简单|简要|简短|大概|大致|完整|全面)?(?:地|的)?(?:做|写|来|给|要|弄|整|出|列|生成|有没有|有)*(?:一?[个份段篇句下]|一个)?(?:我)?(?:简短的?|简单的?|简要的?)?"
        rf"(?:总结|概括|归纳|小结|提炼|概述|缩写|浓缩|简述|梳理|摘要|概要|梗概|精简版|缩写版|简版|要点总结|内容提要|思维导图)(?:总结|概括|归纳)?(?:一?下子?|一句话?|几句话?|成(?:一|几|[二三两五十])(?:句|点|条|段)话?)?(?:给)?(?:我|我们|大家)?(?:听听|听|看)?"
        rf"(?:{_IT})?(?:主要|核心|重点|大概|的)*(?:内容|要点|大意|意思|重点|中心思想|主旨|思想|精神)?(?:可以|行|好|能|会)?{_END}"
        rf"|{_FOR_ME}(?:用)?(?:一|两|几|三)句话(?:来|就|能|给我)*(?:总结|概括|说说|讲讲|说完|讲完|说清楚|讲清楚|归纳|说|讲)?(?:{_IT}|一?下)?{_END}"
        rf"|{_FOR_ME}(?:长话短说|简短(?:地|点)?(?:说|讲)?(?:说|讲)?|简单(?:地)?(?:说说|讲讲|说一?下|讲一?下)|(?:挑|拣|只)?(?:说|讲)(?:得)?(?:重点|要点|简短点?|短点?|精简点?)|(?:挑|拣)重点(?:说|讲)?)(?:一?[点些下])*{_END}"
        rf"|(?:太长|字太多|内容太多|太多字)了?(?:没空|没时间|不想|懒得|不)?看?(?:完|了)?,?{_FOR_ME}(?:总结|概括|归纳|精简)(?:一?下)?{_END}|太长(?:了)?(?:不想|懒得|不)看{_END}",
    ),
    (
        "whole_text",
        rf"(?:我|我们)?(?:想|要|需要|请|麻烦|能不能|能否|可以|可否|能|给我|帮我|把|看|发|发我|求|有没有|有)*(?:一下|下|个|份|一份)?(?:{_PAPER})?(?:的)?(?:{_WHOLE})(?:的)?(?:{_PAPER})?"
        rf"(?:能不能|能否|可以|可否|能|都|全部|完整|整个)*(?:再)?(?:发|给|传|贴|看|下载|打印|分享|拿来|来|打开|在哪里?|在哪儿|哪里有|怎么看|有吗|有没有)*(?:给)?(?:我|我们|大家|群里|一?份|一?下|过来|出来|看|到群里)*{_END}"
        rf"|(?:我|我们)?(?:想|要|请|麻烦|能不能|可以|能)*(?:把|给我|发我|发)(?:一?下|一?份)?(?:整个|这个|这篇|这份|完整的?)?{_PAPER}(?:都|全部)?(?:发|给|传|贴)?(?:给)?(?:我|我们|大家|群里|一?份|一?下|过来|出来|看)*{_END}"
        rf"|(?:{_IT})?(?:我|我们|咱们?)?(?:还是|就|先|想|要|打算|准备)*(?:把)?(?:{_IT})?(?:从头到尾|从头至尾|从头|一字不漏|一字不落|完完整整|完整)(?:地)?(?:都|再)?(?=[发贴拿给读看过学念听])(?:(?:发|贴|拿|给)(?:给|来)?(?:我们?|大家|群里)?)?(?:读|看|过|学|念|听)?(?:一?[遍下次]|完|看)?(?:行吗|可以吗|吧)?{_END}",
    ),
    (
        "human",
        rf"(?:我)?(?:想|要|需要|请|帮我|给我|能不能|可以|能)*(?:转|接|找|换|叫|联系|呼叫|有没有|有)(?:个|一下|到|一个)?(?:人工|真人|客服|人工客服|人工服务|活人|管理员|工作人员)(?:服务|客服|来|回答|处理|接待)?{_END}"
        rf"|(?:人工|真人)(?:客服|服务)?(?:在哪|在吗|怎么找|怎么联系)?{_END}",
    ),
    (
        "restart",
        rf"(?:我们|咱们)?(?:重新|从头)(?:再)?(?:开始|来|问|聊)(?:一?[遍次下])?(?:吧)?{_END}|(?:重来|重启|重置|清空|清除)(?:对话|聊天|记录|上下文)?{_END}|换个?(?:话题|问题){_END}",
    ),
    (
        "trouble",
        rf"(?:我)?(?:还是|有点|完全|根本)?(?:没|没有|不|听不|看不|没看|没听|不太)(?:听|看|太)?(?:懂|明白){_END}"
        rf"|(?:你|您)?(?:说|讲|答|回答)(?:得|的)?(?:是)?(?:都|也|好像|全|完全)?(?:不对|错了|不准|有误|什么|啥|什么意思){_END}"
        rf"|(?:这|那)?(?:好像|都|也)?(?:不对|错了|错|不是这个|不是这样|答非所问|牛头不对马嘴|不是我要的|不是我问的|搞错了){_END}"
        rf"|(?:能不能|请|可以)?(?:说|讲)?(?:人话|大白话|通俗点|简单点|清楚点){_END}|(?:太|有点)(?:长|短|多|啰嗦|复杂|难)(?:了)?(?:看不懂)?{_END}"
        rf"|(?:再)?换(?:一个|个|一条|一批|一换)(?:答案|别的)?{_END}|(?:这|那)?(?:是)?(?:什么|啥)意思{_END}|(?:你|您)?(?:没|没有|不)(?:用|行|会){_END}",
    ),
    (
        "chatter",
        rf"(?:哈+|嘿+|呵+|嘻+|嗯+|哦+|啊+|额+|呃+|哎+|唉+|切+|666+|233+|哇+|牛逼?|ok){_END}"
        rf"|(?:我们|咱们|咱)?(?:随便|陪我|和我|跟我|来|一起)*聊(?:聊|一聊|会儿?|天|两句)(?:天|吧)?{_END}|(?:{_YOU}?(?:会|能不能|能|可以)?(?:帮|给|替|为)?(?:我们?|大家|咱们?)?)?(?:讲|说|来|唱|背|念|表演)(?:一?[个首段篇则])?(?:笑话|冷笑话|故事|歌|诗|段子|绕口令|新闻|脑筋急转弯)(?:来?(?:听听|听|看看))?{_END}"
        rf"|(?:能不能|能|可以|请|麻烦)*(?:帮|给|替|为)(?:我们?|咱们?|忙)?(?:写|画|翻译|编|起草|润色|生成|作|改|订|买|点|定|算|查快递|设)(?:一?[份篇首张个段封幅下条])?[^,.?!什么哪几多少怎]{{1,14}}"
        rf"|(?:好)?(?:无聊|没劲|没意思|烦)(?:死|啊|呀|了)*{_END}"
        rf"|{_YOU}(?:今年)?(?:多大|几岁|多大年纪|多大岁数|是男的?还是女的?|是男的?|是女的?|结婚|吃饭|吃|睡|累不累|累|开心|高兴|忙|下班)(?:了)?{_END}"
        rf"|{_YOU}(?:是)?(?:chatgpt|gpt|deepseek|文心一言|豆包|通义千问|kimi|siri|小爱同学?|微信机器人){_END}"
        rf"|(?:我)?(?:喜欢|爱|想|讨厌){_YOU}{_END}|(?:继续|下一条|上一条|上一页|下一页|返回|退出|取消|更多|测试|试试|试一下|test){_END}",
    ),
    (
        "farewell",
        rf"(?:先走一步|下线|(?:今天|今晚|这次)?(?:就)?(?:先)?(?:学|聊|说|讲|问|看)?到(?:这|此|这里|这儿)(?:为止)?(?:吧|了)?|(?:大家|各位)?晚安(?:各位|大家)?|再会|再见|拜拜|拜|bye|byebye|goodbye|回见|回头见|下次见|下次再聊|晚安|先这样|不聊|我走|先走|88){_END}",
    ),
    (
        "thanks",
        rf"(?:非常|十分|太|真是|真|多|好的|好|嗯|那)*(?:(?:感谢|多?谢|3q|thanks|thankyou|thx)(?:{_YOU}|大家|帮忙|帮助|解答|回答|的)*)+{_END}"
        rf"|(?:老师|各位|大家|同志们?|领导)辛苦(?:了|啦)?{_END}"
        rf"|(?:真是)?(?:辛苦|麻烦|有劳){_YOU}?(?:了|啦)?{_BOT}?{_END}|{_BOT}(?:真是|真|太)?(?:辛苦|麻烦)(?:{_YOU})?{_END}"
        rf"|{_YOU}?{_BOT}?(?:真|太|好|很|挺|非常|蛮|还|相当|真是太)?(?:棒|厉害|聪明|不错|给力|赞|牛|可以|有用|好用|方便|能干){_END}"
        rf"|{_YOU}?(?:讲|说|答|回答|解释|介绍|回|找)(?:得|的)?(?:真|太|好|很|挺|非常|蛮|还|相当|都)?(?:清楚|明白|好|对|准|准确|快|详细|到位|不错|仔细|清晰){_END}"
        rf"|(?:我)?(?:问|找|查|学|看|弄|搞)(?:到|明白|清楚|懂|会){_END}"
        rf"|(?:帮|解决)(?:了)?(?:我)?(?:大忙|忙|问题){_END}"
        rf"|(?:我|这下|那)?(?:好|好的|好嘞|行|嗯|嗯嗯|哦|哦哦|收到|明白|知道|晓得|了解|懂|清楚|ok|okay|可以|没事|没问题){_END}",
    ),
    (
        "presence",
        rf"人呢{_END}|(?:请问)?{_CALL}(?:{_YOU})?(?:还)?(?:(?:在|有人|有人在|在线)(?:吗|么|不在|不|没有|没|嘛|啊|呀)++)++{_END}",
    ),
    (
        "greeting",
        rf"{_CALL}(?:{_YOU}|大家|各位|老师|同志)*(?:好|早)+{_END}{_CALL}{_END}"
        rf"|{_CALL}(?:早上|上午|中午|下午|晚上|新年|节日|周末)(?:好|快乐){_END}{_CALL}{_END}"
        rf"|(?:早安|午安|hi|hello|hey|嗨|哈喽|哈罗|哈啰|喂|嘿|nihao|你好)+{_END}{_CALL}{_END}",
    ),
)
_TO_YOU: Final = re.compile(_YOU)
_COMPILED: Final = tuple((intent, re.compile(pattern)) for intent, pattern in _PATTERNS)
_RANK: Final = {intent: number for number, (intent, _) in enumerate(_COMPILED)}
_BREAK = re.compile(r"[\s,.!?;:~、。…]+")
_WORDS: Final = re.compile("[a-z]+")
_COMMON: Final = frozenset(
    [
        "the",
        "is",
        "are",
        "was",
        "were",
        "what",
        "who",
        "whom",
        "whose",
        "how",
        "when",
        "where",
        "why",
        "which",
        "many",
        "much",
        "do",
        "does",
        "did",
        "of",
        "in",
        "on",
        "at",
        "for",
        "from",
        "to",
        "and",
        "or",
        "not",
        "can",
        "could",
        "will",
        "would",
        "should",
        "please",
        "tell",
        "me",
        "about",
        "your",
        "this",
        "that",
        "these",
        "those",
        "there",
        "have",
        "has",
        "had",
        "with",
        "it",
        "its",
    ]
)
MAX_LENGTH = 40
MAX_JOINED = 16  # characters of two pieces of smalltalk without a break between them
_FILLERS: Final = re.compile("^(?:[嗯呃额哎唉诶,。…~ ]|那个|这个|就是)+(?=..)")
_RUN_ON: Final = re.compile("谢|辛苦|[你您]好|再见|拜拜|在吗|早上好|晚上好|收到|明白了|知道了|好的")


def is_english(cleaned: str) -> bool:
    """Whether a text is written in English: several Latin words, and a common one among them, which no pinyin is."""
    words = _WORDS.findall(cleaned)
    return len(words) > 1 and cleaned.isascii() and not _COMMON.isdisjoint(words)


def smalltalk_intent(cleaned: str) -> ChatIntent:
    """The intent of a text that is smalltalk from end to end; empty for everything else."""
    intents = _intents(cleaned)
    if "" in intents:
        intents = _intents(normalize_colloquial(_FILLERS.sub("", cleaned)))
    return "" if "" in intents else min(intents, key=_RANK.__getitem__, default="")


def partial_smalltalk_intent(cleaned: str) -> ChatIntent:
    """The intent of a text of which a part is smalltalk that tells what the whole is for; empty for everything else.

    «你好» in front of a question does not; «拜拜» or «真棒» behind something does.
    """
    intents = _intents(cleaned)
    while len(intents) > 1 and intents[0] == "thanks" and "" in intents and QUESTION_WORDS.search(cleaned):
        intents = intents[1:]  # «好的收到,再问下…» goes on
    if any(QUESTION_WORDS.search(piece) and not _TO_YOU.search(piece) for piece in _other_pieces(cleaned)):
        intents = [intent for intent in intents if intent not in {"thanks", "farewell"}]  # said around a question
    telling: list[ChatIntent] = [intent for intent in intents if intent not in {"", "greeting"}]
    return min(telling, key=_RANK.__getitem__, default="")


def _intents(cleaned: str) -> list[ChatIntent]:
    """The intent of each piece of a short text, empty for a piece that is no smalltalk."""
    if len(cleaned) > MAX_LENGTH:
        return [""]
    return [intent for text in _pieces(cleaned) for intent in _intents_of_piece(text)]


def _pieces(cleaned: str) -> list[str]:
    return [text for text in map(squash, _BREAK.split(cleaned)) if text]


def _other_pieces(cleaned: str) -> list[str]:
    """The pieces of a text that are no smalltalk."""
    return [text for text in _pieces(cleaned) if "" in _intents_of_piece(text)]


def _intents_of_piece(text: str) -> list[ChatIntent]:
    """The intent of ``text`` as one; of «谢谢啊辛苦了», which has no break, those of its two halves."""
    whole = _intent(text)
    if not whole and len(text) <= MAX_JOINED and _RUN_ON.search(text):
        for end in range(len(text) - 2, 1, -1):
            first = _intent(text[:end])
            second = _intent(text[end:]) if first else ""
            if second:
                return [first, second]
    return [whole]


def _intent(text: str) -> ChatIntent:
    return next((name for name, pattern in _COMPILED if pattern.fullmatch(text)), "")


Reaction = Literal["", "acknowledged", "doubt", "why", "next", "repeat", "disagreed", "option", "unsure"]
_REACTION_END: Final = "[哎嗳诶欸唉呢啊呀吗嘛么吧哦哈噢喔嘞咧呗啦哒滴]*"
_LAUGHTER: Final = "[哈嘿呵嘻]*(?:笑死|笑喷|笑哭|绝|太逗|太好笑|好好笑|太搞笑|好搞笑)(?:我|人)?了?"
_LAUGHS: Final = re.compile("^(?:哈{2,}|嘿{2,}|呵{2,}|嘻{2,})")
_SIGHS: Final = re.compile("^[呃额嗯唔唉哎诶欸哦噢喔啊]+")
_REMARK_ENDS: Final = re.compile("[了啦啊呀哈吧的]$")
_TWICE: Final = re.compile(r"(.{1,4})\1+")
_AGAIN: Final = "(?:一[遍次下回]|[遍次回])"
_SWEPT: Final = (
    "(?:(?:我|刚才?|群里?|消息|答案|回答|内容|被|都|已经?|又)*"
    "(?:刷屏|刷(?:没|掉|走|过去|上去)|顶(?:没|掉|上去)|冲(?:没|掉|走|上去)|淹没?|划过去|翻不到)了?)"
)
_UNSEEN: Final = (
    rf"(?:(?:{_SWEPT}|(?:我|刚才?|都|也|太快)*)(?:没有?|冇)(?:看|听)(?:清楚?|见|到|仔细|明)了?|太快了?|{_SWEPT})"
)
_PUZZLED: Final = (
    "(?:啥|什么|哈|(?:我|还是|有点|完全|根本|真|都)*"
    "(?:听|看|读|搞|弄)?(?:没有?|冇|不)太?(?:听|看|读|搞|弄)?太?(?:懂|明白|清楚?)[啊呀哎呢了哦]?)"
)
_TO_ME: Final = "(?:请|麻烦|能不能|能|可以|可否|帮我?|给我|跟我)*"
_ORIGIN: Final = "(?:(?:这|那)(?:句话|话|句|段|条|个)?|原文|答案|你说的|刚才(?:那|的)?(?:句|段|条|个)?)?"
_WHERE: Final = (
    "(?:哪里?|哪儿|哪一?(?:个)?(?:部分|段|章|节|条|页|处|块|篇|个?地方)|第?几(?:部分|段|章|节|条|页)|什么(?:地方|位置))"
)
_PACE: Final = (  # how to go on, not what about
    "(?:你|您|请|麻烦|大家|各位)*(?:(?:说|讲|念|发|来|回|答)(?:得)?(?:慢|快|大声|小声|轻)(?:一?[点些下])?|(?:慢慢|慢|快|赶紧|赶快)(?:一?[点些])?(?:地)?(?:说|讲|念|来|回|答|发)?"
    "|声音(?:大|小)(?:一?[点些])|(?:别|不要|不用|甭|莫)(?:急|着急|慌|催|说了?|讲了?|吵|闹|发了?)|等(?:等)?我(?:一?[下会]儿?)?|不急|急|倒是(?:说|讲)|(?:说|讲|等)(?:呀|啊)?|等等|等一?[下会]儿?|稍等(?:一?下)?|且慢)(?:了|着)?"
)
_EXCLAIMED: Final = (
    "妙|无语|(?:真|太)?服(?:了|气)|天[哪呐啊]|我?的?(?:妈|天)|我?(?:晕|汗|去|靠|勒个去)|好家伙|啊这|(?:真|还|挺|蛮|有点)?有?(?:点)?意思|(?:好|这么|怎么这么|真|太)(?:长|多)"
    "|(?:看|听)?(?:晕|懵|困|累)了|加油|冲|路过|围观|同问|蹲(?:一?个)?|插眼|mark|马克|前排|占楼|沙发|吃瓜|打酱油|潜水|冒泡"
)
_NOTED: Final = (
    "(?:我)?(?:都|也|已经?)*(?:(?:记住|记下|记下来|抄下|抄下来|记|抄|存|背下来|背|截图|截屏|转发|转|收藏|保存|复制|打印|学废|学会)(?:好|走|完)?了|(?:涨|长)(?:知识|见识|姿势)了?)"
    "|(?:我|俺|咱)?(?:都|已经?|刚|终于|总算|全)*(?:看|读|听|学|抄|背|听讲)完了"
    "|(?:等一?[下会]儿?|稍等(?:一?下)?|且慢|不好意思)?(?:我|俺|咱)(?:先|要|得|去|在|正)*(?:接(?:个|一下)?电话|开会|开个会|吃饭|吃个饭|上课|下班|上班|忙|有事|有点事|出去|洗澡|睡觉?|休息|开车|做饭|带娃|接孩子|上厕所|下楼|回家)(?:一[下会]儿?)?(?:了|去了?)?(?:再(?:说|看|学|答|聊|来))?"
    "|(?:我|先|去|要)*(?:接个?电话|开个会|吃个饭|上个厕所|打个电话|办点事|抽根烟|喝口水|打个盹)(?:去|先)?(?:一[下会]儿?)?(?:了|去了?)?|(?:我|来|又|都|也)*(?:回来|来|到|进来|上线)[了啦]"
    "|(?:我|才|刚)*(?<=[才刚])(?:下班|下课|到家|忙完|开完会|吃完饭?|睡醒|回来|进群|上线|看到)(?:的)?(?:消息)?"
    "|(?:我)?(?:不好意思)?(?:刚才?)?(?:发|打|看|记|想|搞|弄|问|说|点|艾特|圈|at)错(?:群|地方|人|字|话|题)?了|手滑|撤回了?"
)
_SAY_AGAIN: Final = (
    rf"{_TO_ME}(?:再|重新?|重复){_TO_ME}(?:说|讲|发|来|念|答|回答|贴|看|报|复述){{0,2}}(?:给我)?(?:一?[遍次下回])?"
)
_ASKS_AGAIN: Final = re.compile(
    rf"(?:那|请|麻烦|能不能|可以|把|将|我)*(?:(?P<first>最(?:开始|早|前面)那?个?|(?:我)?(?:问的)?第一个)|(?P<last>上一个|刚才那?个?|刚刚那?个?)|(?:再前一个|前一个|前面那?个|上上个|倒数第二个))"
    rf"(?:问的|问题|回答|答案|那个|那条|内容|数字?|数据|的)*{_SAY_AGAIN}{_REACTION_END}"
)
_WITH_OTHERS: Final = "(?:(?:没有?|不是|不要)(?:在)?(?:问|叫|喊|找)(?:你|您|机器人)?)?我们?(?:是)?(?:在|正在)?(?:跟|和|同|问|找|叫|喊)(?!你|您|大家|机器人)[\u4e00-\u9fff]{1,4}?(?:在)?(?:说话|讲话|聊天|聊|商量|说事|谈事)(?:呢|呀|啊)*"
_NOT_YOU: Final = (
    "(?:又|我)*(?:没有?|不是|谁|没谁)(?:在|要)?(?:问|叫|喊|跟|和|艾特|找|at)(?:你|您|机器人)(?:说话?|讲话?|聊)?了?|(?:你)?(?:闭嘴|住嘴|安静|退下|走开|一边去)|(?:行了|够|得)了?"
    "|(?:那|我|就|也)*(?:(?:算|不问|不看|不学|不说|不聊|不找|不查)[了啦]){1,4}|没什么|没啥|(?:那|今天|先)*就?(?:这样|这么着|到这里|到这儿|到此为止)(?:了)?|(?:我)?(?:就|只|是)*(?:随便|随口)?(?:问问|看看|说说|试试)(?:而已|的)?|随便(?:你)?|都行|都可以|无所谓"
    "|(?:你|您)?(?:不用|别|不要|不必)(?:回答|回复|回|答)我?了?|(?:我|这|也|好像|应该|大概|可能|也许|估计)*(?:好像|应该|大概|可能|也许|估计|差不多)(?:是|就是|对)?(?:的|这样)?"
    "|(?:我|是|都|全|靠|这个?)*(?:瞎|乱|随便|凭感觉|胡)?(?:蒙|猜|选|填|懵)(?:的|了一?个?)"
)
_REACTIONS: Final[tuple[tuple[Reaction, re.Pattern[str]], ...]] = (
    (
        "repeat",
        re.compile(
            rf"(?:{_PUZZLED}{{1,3}}|{_UNSEEN})?{_TO_ME}(?:再|重新?|重复)(?:给我|跟我|帮我)?(?:说|讲|发|来|回答?|答|贴|念|写|复述|重复)?(?:给我)?{_AGAIN}(?:吗|么|吧|行吗|好吗|可以吗)?{_REACTION_END}"
            rf"|{_UNSEEN}{_REACTION_END}|{_PUZZLED}{{0,3}}(?:那|你|请)?(?:把)?(?:刚才的?)?(?:原话|原句|原文)(?:是|到底|怎么|咋|如何|说|写|讲|念|发|贴|给我看)*(?:说|写|讲|念)(?:什么|一?下|的|来着)*{_REACTION_END}|(?:那|你|请)?(?:把)?(?:刚才的?)?(?:原话|原句)(?:是|怎么说|念|发|贴|给我看)*(?:什么|一?下|的|来着)*{_REACTION_END}|(?:再|重)(?:发|说|讲)(?:一?下)?{_REACTION_END}|重复(?:一下)?{_REACTION_END}"
        ),
    ),
    (
        "doubt",
        re.compile(
            rf"{_ORIGIN}(?:是)?(?:在|出自|来自|出处(?:是|在)?|属于|位于|写在|讲在|放在){_WHERE}(?:的|里|说|讲|写|提)*{_REACTION_END}"
        ),
    ),
    (
        "doubt",
        re.compile(
            rf"(?:真的假的|真的|当真|是[吗么嘛]|不会吧|不是吧|(?:你|您)?确定|(?:你|您)?肯定|可信|可靠|准确|准[吗么]|有(?:依据|根据)|(?:有)?出处"
            rf"|(?:这是?|原文)?(?:在)?(?:哪里?|哪儿)(?:写|说|讲)的?|原文(?:在哪里?|是这样|这么说的?)?|(?:你|您)?怎么知道的?|谁说的){_REACTION_END}"
        ),
    ),
    (
        "why",
        re.compile(
            rf"(?:为什么|为啥|为何|为么子|咋回事|怎么回事|怎么会(?:这样)?|怎么会|凭什么|何以见得|why|什么原因|原因|理由|依据){_REACTION_END}"
        ),
    ),
    (
        "next",
        re.compile(
            rf"(?:那|还|请|你)?(?:然后|接着|后面|继续|接下来|下面|往下|再往下|下文|下一[段条句]|后来|还有|其他的?|别的|后边|再后面)(?:往下)?(?:说|讲|读|念|看)?(?:下去)?(?:了)?{_REACTION_END}"
            rf"|还有没有(?:了|别的|其他的?)?|更多|(?:就|只有|只)(?:这|这些|这么多|这点|这几[条句个])(?:吗|么|啊|呀|了)*|(?:这|都)?(?:说|讲|列)?(?:完|全)(?:了)?[吗么]|没有?(?:别的|其他的?|更多的?)?了[吗么]"
        ),
    ),
    (
        "disagreed",
        re.compile(
            rf"(?:不+|不[对行好]|不是(?:的|这样)?|错|错了|才不是|我不信|不信|不同意|反对|不可能|胡来"
            rf"|(?:你|您|请|麻烦)*(?:再|重新|仔细|好好|先)+(?:仔细|好好)?(?:想|找|查|看|读)(?:想|找|查|看|读|一?[下遍])*(?:清楚)?|(?:你|您)?看(?:看)?清楚(?:点)?(?:再(?:说|回答|答))?){_REACTION_END}"
        ),
    ),
    (
        "option",  # of a question that was asked elsewhere, or is closed by now
        re.compile(
            rf"(?:我|应该|大概|可能|好像|肯定|还是|就|先|那)*(?:选择?|猜|蒙|投|填|觉得|认为|答案?)*(?:的|了|一?个)?(?:应该|大概|可能|就)*是?"
            rf"[a-f]{{1,4}}(?:项|选项)?{_REACTION_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "unsure",
        re.compile(
            rf"(?:我|这个?|这题)*(?:也|还|真|都)*(?:不知道|不晓得|不清楚|不会|不记得|记不得|忘记?了|没印象){_REACTION_END}"
        ),
    ),
    (
        "acknowledged",
        re.compile(
            rf"(?:对+|对头|是|是的|没错|正确|的|没有?|没了|没有了|没事了|不用了?|不需要了?|不必了?|不是|不|嗯+|哦+|噢+|喔+|啊+|额+|呃+|唉+|哎+|哈+|呵+|嘿+|嘻+|行+|好+|好的|好嘞|中|可以|可|没事|没问题|ok|okk|okay|k|yes|no|收到|已收到|已阅|阅|已读|已看|看到了|看了"
            rf"|[1１]+|打卡(?:第?[\d一二三四五六七八九十百]+[天日次期])?|(?:(?:今[日天]|我|已经?|完成|第[\d一二三四五六七八九十百]+[天日次期])*(?:打卡|签到|报到|学习|学完|看完|听完)(?:了|完成|完毕|完|打卡)?){{2,3}}|第[\d一二三四五六七八九十百]+[天日次期](?:打卡|签到)|要得|得行|得嘞|好嘞|莫?得?问题|中|妥|好的呀|可得|已打卡|签到|报到|到|已学习?|学习了|学到了|学习|顶+|赞+|点赞|强|牛|6+|66+|233+|哇+|没毛病|确实|的确|有道理|说得对|同意|支持|赞成|赞同|原来如此|原来(?:就)?(?:是)?(?:这个?样|[咯果]个?样|那样|这个|这么回事|这回事|这么个?意思)子?的?|这样|是这样|懂|懂了|了解|明白|知道了?|晓得了?|呢|吧|吗|呀|{_LAUGHTER}|{_PACE}|{_EXCLAIMED}|{_NOTED}|{_NOT_YOU}|{_WITH_OTHERS}){_REACTION_END}"
        ),
    ),
)


def asks_again(cleaned: str, asked: int) -> int:
    """How many questions back ``cleaned`` wants one answered again, of as many as were ``asked``; 0 for other texts.

    «前一个问题的答案再讲一遍» is about the one before that which was answered last.
    """
    found = _ASKS_AGAIN.fullmatch(squash(cleaned))
    if found is None:
        return 0
    return asked if found["first"] else 1 if found["last"] else min(2, asked)


def reacts_to_answer(cleaned: str) -> bool:
    """Whether ``cleaned`` only means something behind an answer: it doubts that, asks on, or wants it again."""
    return asks_again(cleaned, 1) > 0 or detect_reaction(cleaned) in {"doubt", "why", "next", "repeat"}


def detect_reaction(cleaned: str) -> Reaction:
    """The reaction that ``cleaned`` is from end to end; empty for everything else, and for nothing at all.

    Of several in a row that which wants something; empty if two want different things.
    """
    text = squash(cleaned)
    if not text:
        if re.fullmatch(r"[?\s!]*\?[?\s!]*", cleaned):
            return "doubt"
        return "acknowledged" if any(unicodedata.category(char) in {"So", "Sk"} for char in cleaned) else ""
    whole = _reaction(text)
    if whole:
        return whole
    pieces = _pieces(cleaned)
    several = pieces if len(pieces) > 1 else next(_halves(text), [])
    kinds = {_reaction(piece) for piece in several}
    wanted = kinds - {"acknowledged"}
    if len(wanted) == 1:
        return wanted.pop()
    return "acknowledged" if kinds and not wanted else ""


def _reaction(text: str) -> Reaction:
    """The reaction that ``text``, squashed, is as one."""
    text = _LAUGHS.sub("", text) or text
    twice = _TWICE.fullmatch(text)  # 要得要得
    readings = [text, *([twice[1]] if twice else ())]
    if (plain := _SIGHS.sub("", text)) and plain != text:
        readings.append(plain)
    return next((kind for one in readings for kind, pattern in _REACTIONS if pattern.fullmatch(one)), "")


def _halves(text: str) -> Iterator[list[str]]:
    """The two remarks in a run-on such as 原来如此记下了; nothing for other texts."""
    if len(text) <= MAX_JOINED and _REMARK_ENDS.search(text):
        for end in range(2, len(text) - 1):
            halves = [text[:end], text[end:]]
            if all(_reaction(half) == "acknowledged" for half in halves):
                yield halves
