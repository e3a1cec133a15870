"""Greetings, thanks, who are you, what can you do: recognised as a whole, never as a part of a question."""

from __future__ import annotations

import re
from typing import Final

from bot.retrieval.normalize.colloquial import normalize_colloquial
from bot.retrieval.verdict import ChatIntent
from bot.text import squash

_YOU = "(?:你们|您们|你|您)"
_END = "[呀啊啦呢吗吧哦哈嘛么的了哇诶呦喽咯噢喔唷呗]*"
_BOT = "(?:这个?|那个)?(?:小)?(?:机器人|助手|助理|学习助手|东西|玩意儿?|工具|程序|软件|小程序|系统)"
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
        rf"(?:{_YOU}|我|{_BOT}|这个?|它)*(?:都|还|到底)?(?:能|会|可以|支持|该|要)(?:够)?(?:帮我|给我|帮我们|帮忙|帮)?(?:做|干|弄|搞|整|回答|问|查|答|聊|提供|帮)?(?:我)?"
        rf"(?:些|点|一些|一点|到)?(?:什么|啥|哪些|甚么)(?:事情|问题|东西|功能|忙|事)?{_END}"
        rf"|(?:{_YOU}|我|{_BOT}|这个?)*(?:要|该|应该)?(?:怎么|怎样|如何|咋|咋个)(?:去|样)?(?:使用|用|玩|提问|问|操作|弄)(?:{_YOU}|{_BOT}|这个|它)*{_END}"
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
        rf"(?:总结|概括|归纳|小结|提炼|概述|缩写|浓缩|简述|梳理|摘要|概要|梗概|精简版|缩写版|简版|要点总结|内容提要|思维导图)(?:总结|概括|归纳)?(?:一?下子?|一句话?|几句话?|成(?:一|几|[二三两五十])(?:句|点|条|段)话?)?(?:给)?(?:我|我们|大家)?(?:听听|听|看看|看)?"
        rf"(?:{_IT})?(?:主要|核心|重点|大概|的)*(?:内容|要点|大意|意思|重点|中心思想|主旨|思想|精神)?(?:可以|行|好|能|会)?{_END}"
        rf"|{_FOR_ME}(?:用)?(?:一|两|几|三)句话(?:来|就|能|给我)*(?:总结|概括|说说|讲讲|说完|讲完|说清楚|讲清楚|归纳|说|讲)?(?:{_IT}|一?下)?{_END}"
        rf"|{_FOR_ME}(?:长话短说|简短(?:地|点)?(?:说|讲)?(?:说|讲)?|简单(?:地)?(?:说说|讲讲|说一?下|讲一?下)|(?:挑|拣|只)?(?:说|讲)(?:得)?(?:重点|要点|简短点?|短点?|精简点?)|(?:挑|拣)重点(?:说|讲)?)(?:一?[点些下])*{_END}"
        rf"|(?:太长|字太多|内容太多|太多字)了?(?:没空|没时间|不想|懒得|不)?看?(?:完|了)?,?{_FOR_ME}(?:总结|概括|归纳|精简)(?:一?下)?{_END}|太长(?:了)?(?:不想|懒得|不)看{_END}",
    ),
    (
        "whole_text",
        rf"(?:我|我们)?(?:想|要|需要|请|麻烦|能不能|能否|可以|可否|能|给我|帮我|把|看|看看|发|发我|求|有没有|有)*(?:一下|下|个|份|一份)?(?:{_PAPER})?(?:的)?(?:{_WHOLE})(?:的)?(?:{_PAPER})?"
        rf"(?:能不能|能否|可以|可否|能|都|全部|完整|整个)*(?:再)?(?:发|给|传|贴|看|下载|打印|分享|拿来|来|打开|在哪里?|在哪儿|哪里有|怎么看|有吗|有没有)*(?:给)?(?:我|我们|大家|群里|一?份|一?下|过来|出来|看看|看|到群里)*{_END}"
        rf"|(?:我|我们)?(?:想|要|请|麻烦|能不能|可以|能)*(?:把|给我|发我|发)(?:一?下|一?份)?(?:整个|这个|这篇|这份|完整的?)?{_PAPER}(?:都|全部)?(?:发|给|传|贴)?(?:给)?(?:我|我们|大家|群里|一?份|一?下|过来|出来|看看|看)*{_END}"
        rf"|(?:{_IT})?(?:我|我们|咱们?)?(?:还是|就|先|想|要|打算|准备)*(?:把)?(?:{_IT})?(?:从头到尾|从头至尾|从头|一字不漏|一字不落|完完整整|完整)(?:地)?(?:再)?(?:读|看|过|学|念|听)(?:一?[遍下次]|完)?(?:行吗|可以吗|吧)?{_END}",
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
_FILLERS: Final = re.compile("^(?:(?:嗯+|那个|这个|就是|呃+|额+|哎+|唉+|诶+)[,。…~ ]*)+(?=..)")
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
    telling: list[ChatIntent] = [intent for intent in _intents(cleaned) if intent not in {"", "greeting"}]
    return min(telling, key=_RANK.__getitem__, default="")


def _intents(cleaned: str) -> list[ChatIntent]:
    """The intent of each piece of a short text, empty for a piece that is no smalltalk."""
    if len(cleaned) > MAX_LENGTH:
        return [""]
    pieces = [text for text in map(squash, _BREAK.split(cleaned)) if text]
    return [intent for text in pieces for intent in _intents_of_piece(text)]


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
