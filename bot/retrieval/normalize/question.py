"""What was typed → what is asked: cleaned, in simplified characters, politeness taken off, numbers in one spelling.

Politeness is what people put around a question: greeting, apology, wish in front; thanks and «please reply» behind.
Asking words get one spelling: dialect and chat write «啥», «么子» and «几多» for 什么 and 多少, and sums of money are asked
for by the hundred million. Index and question are spelled alike, so that only what is asked tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bot.retrieval.normalize.numerals import normalize_numerals
from bot.text import clean, squash

_SPELLINGS: Final = (
    (re.compile("冇得?有?|没得(?=$|[一个人什么啥吗呢])"), "没有"),
    (
        re.compile(
            r"百分之(?:几十?|好多|几多)|(?:多少|几|好多|几多)个?百分点"
            r"|(?:(?<=[涨增升跌降长高低])|(?<=[涨增升跌降长高低]了))(?:多少|几|好多|几多)个?点"
        ),
        "百分之多少",
    ),
    (
        re.compile(
            r"(?:多少|几|好多|几多)个?[十百千]?[亿万](?:元|块钱?|钱|(?=[了的吗呢啊呀吧]?$|资金|投资|经费|补助|收入))"
        ),
        "多少钱",
    ),
    (re.compile(r"(?:多少|好多|几多)(?:元|块钱?|钱)"), "多少钱"),
    (re.compile(r"几多|好多(?=个|人|钱|次|家|名|户|条|项)"), "多少"),
    (re.compile(r"为(?:啥子?|么子|嘛)|(?<![行作因])为何(?![时人物种地处])|咋(?=不|没|会)"), "为什么"),
    (re.compile(r"(?:咋|怎)(?:样|么样|个样)"), "怎么样"),
    (re.compile(r"咋个?"), "怎么"),
    (re.compile(r"啥子?|甚么|(?<![什那怎多这])么子(?![女弟])|嘛玩意儿?"), "什么"),
    (re.compile(r"什么叫[做作]?(?=.{2})|^何[为谓](?=.{2})"), "什么是"),
    (re.compile(r"哪些个|哪几(?:个|样|项|条|种|类|方面)"), "哪些"),
)


def normalize_colloquial(core: str) -> str:
    """``core`` with its asking words in one spelling; ``normalize_question`` does it until nothing changes."""
    for pattern, word in _SPELLINGS:
        core = pattern.sub(word, core)
    return core


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
_PUT_RIGHT = (  # «不是这个,我问的是…»: what was answered before was not what is asked
    rf"(?:(?:不是|没有?|不)(?:问|说|指)?(?:这个|那个|这|的|啊|呀|吧|哦|哈|了)*|不对|错了?|(?:{_YOU}|又|是)*(?:答|理解|搞|弄|听|看|领会)(?:错|偏|岔)了?|答非所问)"
    rf"[啊呀吧哦哈了啦]*(?:{_SEP}+|(?={_WE}|人家|俺))(?:{_WE}|人家|俺)?(?:其实|明明|刚才|是|就)*(?:想|要)?(?:问|说|指|找|查)的?(?:其实|明明)?是(?!不是|否)"
)
_LEAD: Final = re.compile(rf"^(?:{_POLITE}|{_CALL}|{_PUT_RIGHT}(?=.)){_SEP}*")

_THANKS = (
    rf"(?<!表示)(?<!表达)(?<!说)(?<!致以)(?:万分|非常|十分|太|先|多|提前|再次)?(?:谢谢|感谢|谢了|多谢|谢过|蟹蟹|3q|thx|thanks|thank ?you)(?:{_YOU}|的)*"
    r"(?:解答|回答|回复|答复|帮忙|帮助|指教|指点)?[啦了哈哦呀啊们喽咯嘛呢噢]*"
)
_TROUBLE = rf"{_YOU}?(?:麻烦|辛苦|拜托|有劳|劳驾|劳烦|打扰|打搅)(?:{_YOU}[了啦]?|[了啦])|劳驾|不好意思|抱歉"
_REPLY = (
    rf"(?:请|望|盼|恳请|敬请|麻烦|劳烦|(?<![诉要请需追])求|跪求|急求){_YOU}?(?:帮忙|帮我)?(?:告诉我?|告知|解答|回答|回复|答复|指教|赐教|指点)(?:{_ONCE})?"
    rf"|求解|在线等急?|等回复|(?:告诉我|{_MAY}{_YOU}?{_FOR_ME}?{_SAY}|{_FOR_ME}{_SAY})(?:{_ONCE})?(?:吗|么|吧|嘛|呗)?"
)
_NO_HURRY = (
    r"(?:也|都)?(?:不|别|没(?:有|那么)?|莫|甭)(?:着|太|那么|很)?急(?:的|着要|着用|啊|哈|哦)?|(?:您|你)?(?:慢慢来|有空|得空|闲了|方便)(?:的?时候?|了|就|再|帮忙|给我)*"
    r"(?:回|答|说|看|讲|查)(?:一?下|我|复)*(?:就行|即可|就好|都行|也行|吧)?|(?:您|你)?慢慢来"
)
_APART = rf"可以(?:吗|么)|行吗|好吗|急+|求助|麻烦|辛苦|拜托|好不好|行不行|挺急的?|可以不|{_NO_HURRY}"  # behind a pause only: 向谁求助 is a question
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


MAX_ROUNDS = 12  # three settle all that was ever seen
MAX_LENGTH = 300
"""Characters after cleaning. A longer text is no question; reading it would only cost time."""

_LISTED = re.compile(r"(?<=[\d%万亿个人元项年])\s?[、;]\s?(?=\d)")  # 4047、502: two figures, not one
_EMPHASIS = re.compile("(?<=.)(?:到底|究竟|说到底)(?=.)")  # asks no other thing, only more pressingly


@dataclass(frozen=True, slots=True)
class NormalizedQuestion:
    """A question in four forms: as ``typed``, ``cleaned`` and readable, and its ``core`` for comparing.

    ``plain`` is ``cleaned`` without the politeness around it: what its length and its pauses are counted in.
    """

    typed: str
    cleaned: str
    plain: str
    core: str

    @property
    def too_long(self) -> bool:
        """Longer than a question is."""
        return len(self.cleaned) > MAX_LENGTH


@lru_cache(maxsize=1024)  # a question is read when it is asked, and again by what is asked after it
def normalize_question(typed: str) -> NormalizedQuestion:
    """``typed`` as a Question. Nothing is too strange to be read; the core of an emoji is empty."""
    cleaned = clean(typed[: MAX_LENGTH * 4])
    if len(cleaned) > MAX_LENGTH:
        return NormalizedQuestion(typed, cleaned, cleaned, "")
    core, before = _LISTED.sub("和", cleaned), ""
    for _ in range(MAX_ROUNDS):  # what is taken off or respelled may lay bare more of it
        if core == before:
            break
        before = core
        core = _EMPHASIS.sub("", squash(strip_politeness(core)))
        spelled = normalize_colloquial(normalize_numerals(core))
        core = spelled if len(spelled) <= MAX_LENGTH else core
    return NormalizedQuestion(typed, cleaned, strip_politeness(cleaned), core)


_KINDS: Final = "区县市镇乡村省州旗"
_NAME: Final = re.compile(
    rf"^[\u4e00-\u9fff]{{1,6}}?[{_KINDS}]|^[\u4e00-\u9fff]{{2,8}}?(?:街道|社区|学校|大学|中学|公司|医院|集团)"
)
_OFFICE: Final = r"(?![委长级政府办直属])"  # 双清区委 is somebody else


class DocumentName:
    """Takes the name of a document that is called ``title`` out of questions to it.

    «青山镇的就业怎么样» asks the same of a report on 青山镇 as «就业怎么样». The name is read off the title, as far as its
    kind: 青山镇 of «青山镇春季工作讲话».
    """

    def __init__(self, title: str) -> None:
        found = _NAME.match(title)
        self._pattern: re.Pattern[str] | None = None
        if found is not None:
            name, kind = found[0], found[0][-1]
            others = rf"|(?:我们?|咱们?|俺们?|本|全|你们?|这个)(?:个)?{kind}{_OFFICE}里?" if kind in _KINDS else ""
            stem = rf"|{re.escape(name[:-1])}的" if len(name) > 2 else ""  # «双清的就业»
            self._pattern = re.compile(rf"(?:{re.escape(name)}{_OFFICE}里?{others})(?:里面|这边|这里|内)?的?{stem}")

    def __eq__(self, other: object) -> bool:
        return self._pattern == other._pattern if isinstance(other, DocumentName) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._pattern)

    def without(self, core: str) -> str:
        """``core`` without the name; as it is if next to nothing else would be left."""
        if self._pattern is None:
            return core
        shorter = self._pattern.sub("", core)
        return shorter if len(shorter) > 1 else core


AnswerType = Literal["money", "count", "share", "rank", "time", "person", "place", "contact", "procedure", "reason"]

_PATTERNS: Final[dict[AnswerType, str]] = {
    "money": r"多少钱|多少(?:万|亿|块|个亿)?(?:元|资金|经费|钱|投资|块钱)|(?:投资|资金|经费|收入|预算|奖金|补贴|花|投|发|拨|掏|补|奖)了?多少|几个?(?:亿|万|百万|千万)|多少(?:个)?亿|多少万(?!人)|什么价|费用",
    "count": r"多少(?:个|名|人|家|条|项|户|位|次|座|件|万人|党员|项目|企业|社区|支部)|几(?:个|名|人|家|条|项|户|次|座|件|类|种|方面)|人数|数量|总数|有多少",
    "share": r"百分之几|百分之多少|百分比|比例|多少个百分点|[率度](?:是|有|达到|到|为)?多少",
    "rank": r"第几|排几|老几|排名(?:是|在)?(?:多少|哪)|排在?哪",
    "time": r"什么时候|啥时候|何时|哪(?:一)?年|哪(?:一)?天|几月|几号|几点|多久|多长时间|多少年|几年|时间|日期|期限|截止|哪年",
    "person": r"谁|哪位|哪些人|名单|姓名|叫什么名字|哪个人|什么人|哪几个人|人选|评上",
    "place": r"[去上到]哪|什么地方|啥地方|地址|位置|怎么走|何处|哪个(?:村|街道|社区|镇|乡|学校|医院|地方)|哪些(?:村|街道|社区|镇|乡|学校|医院|地方)",
    "contact": r"电话|热线|号码|邮箱|网址|网站|微信|联系方式|公众号|二维码|怎么联系|传真",
    "procedure": r"怎么(?:申请|办理|报名|申报|领取|交|办|加入|参加|投诉|举报)|如何(?:申请|办理|报名|申报|领取|加入|参加)|流程|手续|条件|材料|资格|步骤|标准是|要求是",
    "reason": r"为什么|为啥|为何|原因|怎么会|凭什么|什么缘故",
}
_COMPILED: Final = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS.items())


def answer_types(text: str) -> frozenset[AnswerType]:
    """The kinds of thing that ``text`` asks for (the *expected answer type* of question answering).

    Often none: «what is …» fits every passage. A passage that has figures and no names does not answer «who».
    """
    return frozenset(name for name, pattern in _COMPILED if pattern.search(text))
