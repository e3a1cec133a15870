"""A message → the questions in it: numbered or not, joined by 另外, 还有, 和 … 分别, a comma or a line break.

What is split too finely is put together again: «这件事办得好不好,最后谁说了算» is one question in two halves, «就业怎么样,
社保呢» are two. Which it is shows in what is found: two halves of one question are answered by the same passage or not
at all, two questions each by its own. ``combine`` decides it. A clause that asks nothing belongs to the question behind
it, as its lead or as the story around it; ``gists`` takes both off where the whole finds no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.message.followup import own_content
from bot.retrieval.normalize.question import normalize_question, strip_politeness
from bot.retrieval.verdict import Match, Verdict
from bot.text import clean, squash

MAX_PARTS = 5
"""Questions of a message that are looked at; whoever asks more is answered the first of them."""

MAX_KEYWORD = 14  # characters of a part that only names its subject: «还有社保»
_LEAST = 2  # characters of a part
_NUMBERED: Final = re.compile(
    r"(?:^|(?<=[\s,;:。?!]))(?:第?(?P<number>\d|[一二三四五])(?:[.、)](?!\d)|[,:](?=\D)|是(?=[^,]{6}))|\((?P<inner>\d|[一二三四五])\)|第(?P<nth>\d|[一二三四五])个?(?:问题)?[,:、是]?)\s*"
)
_CIRCLED: Final = re.compile("[①-⑤]")
_LINE: Final = re.compile(r"\s*[\n\r]+\s*")
_VALUES: Final = {char: str(number) for number, char in enumerate("一二三四五", start=1)}
_STOP: Final = re.compile(r"[?!;。…]+\s*|\n+")
_PAUSE: Final = re.compile(r"[,、\s]+")
_JOINT: Final = "另外|还有(?!没有?|哪|什么|多少|几)|以及|顺便|顺带|再问(?:一下|下|个)?|再有|此外|其次|同时(?=问|想|请)|还想(?:问|知道)"
_JOINED: Final = re.compile(rf"(?<=.)(?=(?:{_JOINT}).)")
_LEAD: Final = re.compile(
    rf"^(?:(?:{_JOINT}|然后|接着|最后|那么|那(?![些个里边位种])|再|和|跟|与|并且|而且|加上|外加)(?:请问|问|想问|想知道|说说|讲讲|就是|一下|下|再|个|的是)*+[,、:\s]*+)++"
)
_TAIL: Final = re.compile(r"(?:这|那)?(?:[两二三几四]个|[两二三]者|它们|这些)?(?:又|都)?(?:分别|各自?)")
_APART: Final = re.compile(
    r"(?P<these>.{2,60}?)[,、]?(?:这|那)?(?:[两二三四几]个|[两二三]者|它们|这些)?(?:又|都|的?)?(?:分别|各自?)(?:的)?(?P<asked>[^,;?]{2,40})"
)
_ONE_EACH: Final = re.compile(
    r"(?P<these>.{2,24}?)(?:不是(?:一码事|一回事|同一个)(?:吧|吗)?|不一样(?:吧|吗)?|这?两个|是?两码事|是?两回事)?[,、\s?]*"
    r"一个(?P<asked>[^一,]{1,8})[,、\s]*(?:另)?一个(?P=asked)"
)
"""«A跟B一个管什么一个管什么»."""
_ANNOUNCED: Final = re.compile(
    "[两二三四五几2345](?:件(?:小)?事?|点)|[两二三四五几2345]个(?:小)?(?:事|问题|疑问|内容|方面)|(?:问|查|了解|知道|说|讲)(?:一下|下)?[两二三四五几2345]个"
)
_BETWEEN: Final = re.compile(r"(?<=.)(?:和|与|跟|以及|还有|[、,])(?=.)")
_META: Final = re.compile(
    "(?:哪位|谁|有人|麻烦|请)?(?:能|可以)?(?:帮|给)(?:忙|我|一下)*(?:看|查|核对|核实|找|对)(?:看|查|找|一下|下)*(?:原文|原话|稿子|文件|讲话|材料)?(?:吗|么|呢|呗|吧|啊)*|(?:这篇|这个|这份|那个)?(?:讲话|文章|全文|文件|原文|正文|稿子|材料|报告|里面|里头|上面|书记|领导)(?:里|中|上)?(?:面|头)?(?:都|到底)?"
    "(?:有没有|有|说没说|提没提|讲没讲|写没写|怎么|是怎么|咋)(?:给|说|讲|提|写|规定|交代)*(?:个|到|过|了|的)*(?:数字?|准数|说法|规定|交代)?(?:没有?|吗|么|呢)?"
    "|(?:这篇|这个|这份|那个)?(?:讲话|文章|全文|文件|原文|正文|稿子|材料|报告|里面|里头|上面|书记|领导)(?:里|中|上)?(?:面|头)?(?:都|到底)?(?:说|讲|提|写|规定|交代)(?:过|到|了)*(?:没有?|吗|么|不)(?:啊|呀|呢)*"
    "|(?:那|这)?(?:个|句)?(?:原话|原句|原文|具体)(?:到底|究竟|是|又)*(?:怎么|怎样|咋|如何)(?:说|讲|写|提)(?:的|来着|呢|啊|呀)*|(?:给我?|帮我?)?(?:找|发|贴|念|看)(?:一?下|出来)?(?:原话|原句|原文)(?:给我|看看|吧)*"
    "|把?(?:原话|原句|原文)(?:找|发|贴|念)(?:一?下|出来)?(?:给我们?|看看|吧)*"
)
"""Asks whether or how the document tells it, not what."""
_CALL: Final = re.compile(
    "(?:请问|想问|问|那|就是|不知道?|群里|这里|里面)*(?:有没有|有无|有)?(?:谁|哪位|哪个|人|大佬|高手|大神|懂的|明白的|大家|各位|诸位|你们|群友|邻居|老师|朋友|同志|同学|姐妹|兄弟|家人)(?:们)?(?:人|朋友|同志|的)*"
    "(?:还|能|可以|帮忙|来)*(?:晓得|知道|记得|清楚|懂|了解|看(?:到|见)?过?|明白|讲讲|说说|说一?下|告诉我?|回答?一?下|解答一?下|指点一?下|帮我?看看)(?:的|了|过|一?下|这个|我|人)*(?:吗|没有?|么|不|呢|啊|呀|咯|嘛|哦|呗|吧)*"
    "|有(?:没有)?(?:晓得|知道|记得|清楚|懂|了解|明白)(?:的|这个|人)*(?:吗|没有?|么|不|呢|啊|呀|咯|嘛)*"
    "|(?:姐妹|兄弟|家人|宝子|朋友|各位|大家)?们?有(?:没有|无)?(?:谁|哪位|人|姐妹|兄弟|朋友|家人)们?(?:要|想要?|也要|一起|愿意)(?:一起)?(?:拼|买|团|换|收|约|租|搭|凑|带|顺路)[^,;。?!\\s]{0,6}"
)
"""Asks who of a group knows it, and nothing of the document: «有晓得的没»."""
_TOLD_THERE: Final = re.compile(
    "(?:都|到底|究竟|里面?)?(?:有没有|说没说|提没提|讲没讲|写没写|有无)(?:明确|具体|给)*(?:说|讲|提|写|规定|交代)?(?:到|过|了|的|明)*(?:没有?|吗|么|呢|啊)*"
)
"""The same behind another question, without the document: «几点开门,有没有说»."""
_COMPARES: Final = re.compile(
    "比(?:谁|哪个|起来|一比|较起来)|(?:跟|和|与|同|比).{1,14}?(?:谁|哪个)(?:更|要)?(?:高|低|多|少|大|小|快|慢|强|好)"
)
_OWN_NOTE: Final = re.compile("[我俺咱].{0,4}(?:笔记|本子|记得|记的|印象|抄的|写的|听的)")
_ANOTHER: Final = re.compile("又[^,]{1,8}(?:什么|啥|哪|谁)")
_NAMED: Final = re.compile(
    "(?:^|[,、;:。?!\\s])(?:还有|再|另|另外|剩下的?|其中|这|问)*(?:第?[一二三四五]个|一件|另一?件|头一?个|另一个)(?:事情?|问题|问)?(?:就?是(?:问|说|关于|想问)?|关于|[,:])"
)
_ONE_BY_ONE: Final = re.compile("(?:另)?一个(?:就?是|叫|管)")
_WEATHER_OR_NOT: Final = re.compile(
    r"(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|有没有|是否|能否|可否|第几|是不是|对不对"
)
_DIALECT: Final = re.compile(
    "多(?:[久远]|长时间|[长高大](?=$|[的了呢啊呀]))|[啥咋]|么子|几多|好多|嘛子|何(?:时|处|人|种|为)|为何|如何"
)
_ENDS: Final = re.compile(r"(?:没有?|不|冇|吧|否)$")
_BARE: Final = re.compile(r"^(?:请问|那|这|是|又|都|的|了|呢|啊|呀|吗|个|什么|哪|多少|几|怎么样?|如何|年|一?下)+$")

_INVITES: Final = re.compile(r"(?:你|您|你们|大家|谁)?(?P<does>[\u4e00-\u9fff]{1,2})[不没](?P=does)(?:啊|呀|呢|咯|哦)*")
"""Asks somebody whether to join, and says of nothing what it is: «你要不要»."""
_TELLS: Final = re.compile(
    "[我俺咱]|[了过]$|听|看[到见了]?|开会|开了|上课|学[习到了]|问(?!题)|说|讲|提|聊|参加|去|来|回|到|买|办|领|交|写|搞|丢|掉|忘|老师|爸|妈|同事|朋友|孩子"
)
"""In a clause that asks nothing: somebody tells what was."""


_WHO_IS_RIGHT: Final = re.compile(
    "(?:哪一?个|谁|哪边|哪一方)(?:说|讲|记|算)?(?:得|的)?(?:才|更|是)*(?:对|准确?|没错|正确|有理)(?:的|呢|啊|呀|一?些|一?点)*(?=$|[,.;。?!\\s])"
    "|(?:是不是|是|有没有)(?:真的?)?(?:这么|这样|那么)(?:说|讲|写|回事)的?(?:吗|么|啊|呀|呢|嘛)*(?=$|[,.;。?!\\s])|(?:到底|究竟)?(?:是)?(?:真的?(?:还是)?假的?|真的(?:吗|么|不))(?:啊|呀|呢)*(?=$|[,.;。?!\\s])"
    "|(?:确认|核对|看看|看)?(?:一?下)?(?:抄|记|写|说|讲|听)(?:得|的)?(?:对没有?|对不对|对吗|对了没有?|错没有?)(?:啊|呀|呢)*(?=$|[,.;。?!\\s])"
    "|(?<=[,.;。?!\\s])(?:不对吧|对不对|是不是真的|靠不靠谱|有这回事(?:吗|么|没有?)|有没有这回事)(?:啊|呀|呢)*(?=$|[,.;。?!\\s])"
)
_EXCLUDED: Final = re.compile(
    r"[,，;；。?？\s]+[^,，;；。?？!！\s]{2,12}?(?:我|俺|咱)?(?:已经|早就?|都)?(?:知道|晓得|清楚|记得|有|背过|看过|查到)(?:了|的)*[,，\s]*(?:就|也)?(?:不用|不必|别|甭|不要)(?:再|你|给我)*(?:说|讲|发|提|答|管|写)了?(?=$|[,，;；。?？!！\s])"
)
_FIGURE: Final = r"(?:\d|百分之|第[一二三四五六七八九十]|[一二三四五六七八九十百千万]+(?:年|月|天|个|家|人|名|项|倍|成|元|亩|户|次|位|条))"
_CLAIMED: Final = re.compile(
    rf"(?:^|[,.;。?!\s])(?:[^,.;。?!\s\d]{{1,6}}?)(?:(?:笔记|本子|摘抄)[上里]?(?:抄|记|写)?的?|(?:抄|记|写)的|我(?:抄|记)的?|说|讲|认为|觉得|以为)(?:是)?(?P<of>[^,;。?!\s\d]{{2,16}}{_FIGURE}[^,;。?!\s]{{0,8}})(?=[,;。?!\s])"
)
_DAYS: Final = frozenset({"昨天"})
"""Days that people tell of, also if they do not say who; of a month or a year they rather ask."""
_TELLER: Final = re.compile(
    "(?:[俺爸妈爷奶哥姐弟妹婶叔姨]|我(?![们区县市省国镇乡村校厂院司])|老[\u4e00-\u9fff]|同事|同学|朋友|邻居|隔壁|孩子|崽|老公|老婆|老师)[^,]{0,4}$"
)
_NOT_ASKING: Final = "(?:[上下]午|早上|晚上|中午|夜里)?[^,几多哪谁什怎]{0,6}?"
_HEARD: Final = re.compile(
    f"{_NOT_ASKING}(?:(?:跟|和|同|对|给|问)(?:我(?![们区县市省国镇乡村校厂院司])|俺|他|她|老|隔壁|同事|人|别人)|听(?![课会众证])|碰[到见]|遇[到见]|聊|打赌)"
)
_DONE: Final = re.compile(f"{_NOT_ASKING}(?:看[到见]?|赶集|散步|吃饭|喝茶|打牌|开会|上课|下班|回家)")
_LEAST_BEHIND = 8  # characters of such a story and the question behind it


@dataclass(frozen=True, slots=True)
class Parts:
    """The questions of a message, as they read there. ``certain``: each of them asks by itself.

    ``apart``: each of them is a sentence of its own.

    Of a message that asks one thing, ``questions`` is empty; ``focus`` is the clause that asks it, if there is a story
    around it, from the narrowest reading to the widest.
    """

    questions: tuple[str, ...] = ()
    certain: bool = False
    apart: bool = False
    focus: tuple[str, ...] = ()


def split_message(typed: str) -> Parts:
    """The questions in ``typed``. Work grows with its length, which the caller bounds."""
    text = strip_politeness(clean(_CIRCLED.sub(_uncircled, _LINE.sub("。", typed.strip()))))
    numbered = list(_numbered(text)) or list(_named(text))
    if len(numbered) > 1:
        return Parts(tuple(numbered[:MAX_PARTS]), certain=True, apart=True)
    apart = _apart(text)
    if apart:
        return Parts(apart[:MAX_PARTS], certain=False)
    clauses = _clauses(text)
    found = [part for part in _group(clauses) if len(squash(part.text)) >= _LEAST and not _META.fullmatch(part.text)]
    found = [part for n, part in enumerate(found) if not (n and _TOLD_THERE.fullmatch(part.text))]
    asking = [part for part in found if part.asks]
    if len(clauses) > 1 and _META.fullmatch(clauses[-1].text) and not any(one.asks for one in clauses[:-1]):
        told = [one.text for one in clauses[:-1] if not _OWN_NOTE.match(one.text)] or [clauses[-2].text]
        return Parts(focus=(told[-1],))  # «…听说有奖励,原话怎么说的»: its words are wanted, of what is told before
    if len(asking) > 1 or (len(found) > 1 and all(part.joined or not n for n, part in enumerate(found))):
        split = asking if len(asking) > 1 else found
        several = [question for part in split for question in (_apart(part.text) or (part.text,))]
        short = all(part.asks or len(part.text) <= MAX_KEYWORD for part in split)
        if short:
            certain = all(part.asks for part in split)
            return Parts(tuple(several[:MAX_PARTS]), certain, apart=certain and all(part.stop for part in split[1:]))
    return Parts(focus=_focus(clauses) if len(asking) == 1 else ())


def without_told(cleaned: str, words: str) -> str:
    """``cleaned`` without ``words`` where they only tell when or where something was, in a clause that asks nothing.

    «昨天开会讲到培训,多少人参加» → «开会讲到培训,多少人参加». Empty if they stand nowhere else, or where it asks. In one
    breath with the question, they tell if somebody heard or did something then: «我昨天听人说办了培训多少人参加».
    """
    clauses = _clauses(cleaned)
    having = [one for one in clauses if words in one.text]
    run_on = having if cleaned.count(words) == 1 and any(_tells_of(one.text, words) for one in having) else []
    run_on = run_on if len(cleaned.partition(words)[2]) > _LEAST_BEHIND else []
    told = [one for one in having if not one.asks and _TELLS.search(one.text.replace(words, ""))]
    told = [one for one in having if one in run_on or one in told]
    if not told or (len(clauses) < 2 and not run_on) or len(told) < len(having):
        return ""
    return cleaned.replace(words, "")


def _tells_of(clause: str, time: str) -> bool:
    """Whether ``clause`` tells first what somebody heard or did at that ``time``, whatever it goes on with."""
    before, _, behind = clause.partition(time)
    teller = _TELLER.search(before) is not None
    if _HEARD.match(behind):
        return teller or (time in _DAYS and not before)
    return teller and _DONE.match(behind) is not None


def disputed(cleaned: str) -> str:
    """What somebody is said to claim about a figure, as a question whether it is so; empty for other messages.

    «他说总投资500万,我说没那么多,哪个对» → «总投资500万对吗».
    """
    asked = _WHO_IS_RIGHT.search(cleaned)
    claims = list(_CLAIMED.finditer(cleaned, 0, asked.start())) if asked is not None else []
    return f"{claims[0]['of']}对吗" if len(claims) == 1 else ""


def without_excluded(text: str) -> str:
    """``text`` without a clause that names what is not asked: «押金多少,借期我知道不用说»."""
    shorter = _EXCLUDED.sub(lambda found: found[0] if asks(found[0]) else "", text)  # «什么情况不用写» asks
    return shorter if asks(shorter) else text


def compares(clause: str) -> bool:
    """Whether ``clause`` asks how something compares with what was asked before it: «跟我们的比谁高»."""
    return _COMPARES.search(clause) is not None


def asks_for_another(clause: str) -> bool:
    """Whether ``clause`` asks for another thing of the kind that was asked for before it: «全镇又办了什么»."""
    return _ANOTHER.search(clause) is not None


def asks(clause: str) -> bool:
    """Whether ``clause`` is worded as a question."""
    return bool(
        QUESTION_WORDS.search(clause)
        or _DIALECT.search(clause)
        or _WEATHER_OR_NOT.search(clause)
        or _ENDS.search(clause)
    )


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of the message between two pauses.

    ``joined``: it begins with a word such as 另外; ``stop``: a sentence ends before it.
    """

    text: str
    joined: bool
    stop: bool
    asks: bool


def _clauses(text: str) -> list[_Clause]:
    found: list[_Clause] = []
    for sentence in filter(None, _STOP.split(text)):
        stop = True
        for pause in filter(None, _PAUSE.split(sentence)):
            for piece in filter(None, _JOINED.split(pause)):
                bare = _LEAD.sub("", piece)
                joined = bare != piece and bool(re.match(_JOINT, piece))
                if len(squash(bare)) >= _LEAST and not _CALL.fullmatch(bare):
                    found.append(_Clause(bare, joined, stop, asks(bare)))
                stop = False
    return found


def _group(clauses: Sequence[_Clause]) -> Iterator[_Clause]:
    """The clauses, what only leads up to a question put before it, what only asks on put behind the one before it."""
    lead: list[_Clause] = []
    for clause in clauses:
        if clause.stop or clause.joined:
            yield from lead
            lead = []
        if clause.asks:
            text = ",".join([one.text for one in lead] + [clause.text])
            joined = lead[0].joined if lead else clause.joined
            yield _Clause(text, joined, lead[0].stop if lead else clause.stop, asks=True)
            lead = []
        else:
            lead.append(clause)
    yield from lead


def _focus(clauses: Sequence[_Clause]) -> tuple[str, ...]:
    """The clause that asks, then with the one before it; none if there is nothing around it."""
    if len(clauses) < 2:
        return ()
    at = next(number for number, clause in enumerate(clauses) if clause.asks)
    narrow = clauses[at].text
    before = clauses[at - 1].text if at else ""
    bare = _BARE.match(squash(narrow)) or _INVITES.fullmatch(narrow)
    found = [] if bare else [narrow]
    if before:
        found.append(f"{before},{narrow}")
    return tuple(found)


def _uncircled(mark: re.Match[str]) -> str:
    return f" {unicodedata.digit(mark[0])}、"


def _numbered(text: str) -> Iterator[str]:
    """What stands behind 1、 2、 … in ``text``; nothing if they do not count on from one."""
    marks = [mark for mark in _NUMBERED.finditer(text)]
    counted: list[re.Match[str]] = []
    for mark in marks:
        number = mark["number"] or mark["inner"] or mark["nth"]
        if _VALUES.get(number, number) == str(len(counted) + 1):
            counted.append(mark)
    if len(counted) < 2:
        return
    for mark, following in zip(counted, [*counted[1:], None], strict=True):
        part = text[mark.end() : following.start() if following else len(text)].strip(" ,;。?!、")
        if len(squash(part)) >= _LEAST:
            yield part


def _named(text: str) -> Iterator[str]:
    """What «一个是 …, 一个是 …» names, if «两件事» or the like announces it or each of it asks."""
    marks = list(_NAMED.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    named = [text[mark.end() : end].strip(" ,;。?!、:") for mark, end in zip(marks, ends, strict=False)]
    announced = bool(marks) and _ANNOUNCED.search(text, 0, marks[0].start() + 1) is not None
    if len(named) > 1 and all(len(squash(one)) >= _LEAST for one in named) and (announced or all(map(asks, named))):
        yield from named


def _apart(text: str) -> tuple[str, ...]:
    """The questions in «A和B分别是多少»: «A是多少», «B是多少»; none in other texts."""
    found = _APART.fullmatch(text.strip(" ,;。?!")) or _ONE_EACH.fullmatch(text.strip(" ,;。?!"))
    if found is None or asks(found["these"]):
        return ()
    these = found["these"]
    listed = _ONE_BY_ONE.split(these)[1:]
    if len(listed) < 2:  # a story may stand before what is asked apart
        listed = _BETWEEN.split(these)
        if any(len(subject) > MAX_KEYWORD for subject in listed):
            listed = _BETWEEN.split(_PAUSE.split(these)[-1])
    subjects = [subject.strip(" ,、") for subject in listed if len(squash(subject)) >= _LEAST]
    if not 1 < len(subjects) <= MAX_PARTS:
        return ()
    return tuple(f"{subject}{found['asked']}" for subject in subjects)


PART_THRESHOLD: Final = 0.5
"""Trust from which a part shows that it was meant by itself, where others are not answered."""

WHOLE_LEAD: Final = 0.1
"""How much more the whole must be trusted than the parts to be taken in their place."""

CLEAR_THRESHOLD: Final = 0.25
"""Trust from which a passage answers a part though it would not answer a message of its own: the other parts that are
answered show that the document is asked …"""

CLEAR_SECOND: Final = 0.05
"""… if no other passage is trusted by more."""

MAX_OFFERED: Final = 4  # passages offered for the parts that are not answered, all together


def combine(whole: Verdict, parts: Sequence[Verdict], *, certain: bool, apart: bool = False) -> Verdict | None:
    """The verdict on a message whose ``parts`` were judged one by one; None if ``whole`` is the better reading.

    ``certain``: each part is worded as a question; ``apart``: each is a sentence of its own.
    """
    if any(part.kind == "answer" and part.matches[0].score >= PART_THRESHOLD for part in parts):
        parts = [cleared(part) for part in parts]
    answered = [part for part in parts if part.kind == "answer"]
    places = {part.points[0].id for part in answered}
    silent = [part for part in parts if part.kind != "answer" and len(own_content(part.question)) > 1]
    if not answered or any(part.reason == "preparing" for part in parts):
        return None
    # a question that the knowledge is known to have no answer to, and that is a sentence of its own, is a part's alone
    gap = whole.reason == "gap" and not (apart and any(part.reason == "gap" for part in silent))
    alone = certain and not gap and _stands_alone(whole, answered)
    if len(places) == 1 and not silent and alone:
        return replace(answered[0], question=whole.question)  # the rest of the message is a story around it
    if len(places) == 1 and (not silent or not alone):
        return None
    points = whole.kind == "answer" and whole.layer == "points"  # the source's answer to all is pieces of each
    if (
        points
        and not (apart and len(answered) == len(parts))
        and whole.point is not None
        and whole.point.id not in _shown(answered)
    ):
        least = min(part.matches[0].score for part in answered)
        if whole.matches[0].score + WHOLE_LEAD >= least:
            return None
    if silent and not certain:
        return None
    kept = [part for part in parts if part in answered or part in silent]
    return _joined(whole.question, kept)


def join_answered(question: str, parts: Sequence[Verdict]) -> Verdict | None:
    """The verdict on a message whose ``parts``, sentences of their own, are all answered, each by its own passage.

    None if they are not: what the whole of it finds counts then as well.
    """
    if not all(part.kind == "answer" for part in parts) or len({part.points[0].id for part in parts}) < len(parts):
        return None
    return _joined(question, parts)


def cleared(part: Verdict) -> Verdict:
    """``part`` as answered, where one passage alone was found that may answer it."""
    if part.kind != "suggest" or part.reason != "close" or part.matches[0].score < CLEAR_THRESHOLD:
        return part
    second = part.matches[1].score if len(part.matches) > 1 else 0.0
    return replace(part, kind="answer", reason="match") if second <= CLEAR_SECOND else part


def _stands_alone(whole: Verdict, answered: Sequence[Verdict]) -> bool:
    """Whether a single answered part shows that another was a question of its own, which is not answered."""
    return whole.kind != "answer" and all(part.matches[0].score >= PART_THRESHOLD for part in answered)


def _shown(parts: Sequence[Verdict]) -> set[str]:
    return {point.id for part in parts for point in part.points}


def _joined(question: str, parts: Sequence[Verdict]) -> Verdict:
    shown: dict[str, Match] = {}
    for part in parts:
        for match in part.matches[: part.answers] if part.kind == "answer" else ():
            shown.setdefault(match.point.id, match)
    offered: dict[str, Match] = {}
    for part in parts:
        for match in part.matches if part.kind != "answer" else ():
            if match.point.id not in shown:
                offered.setdefault(match.point.id, match)
    matches = (*shown.values(), *list(offered.values())[:MAX_OFFERED])
    first = next(part for part in parts if part.kind == "answer")
    return replace(
        first, question=question, matches=matches, answers=len(shown), parts=tuple(parts), sections=(), context=""
    )


_BREAK: Final = re.compile(r"[\s,.!?;:、~…]+")
_MIN_CLAUSE = 4  # characters of a clause that is a question by itself
_SPEAKER: Final = "(?:(?:李|王|张|这位|那位|咱们?|我们|区里的?)?(?:书记|领导|讲话人|镇长|县长|市长|区长)|讲话|发言|报告|文件|文章|稿子|材料|全文|原文|文)(?:里面?|中|上)?(?:的)?"
_SAID: Final = "(?:说|讲|谈|提|看|要求|安排|打算|部署|强调|指示)"
_FRAMES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SPEAKER}?(?:是)?(?:对于?|关于|针对|就)(?P<of>.{{2,14}}?)(?:的?(?:问题|工作|方面|事情?)|这一?(?:块|事|方面|点))?(?:是|又|都|也)?"
        rf"(?:怎么|怎样|如何|有什么|有哪些|有啥|有没有|什么|提了?什么|作了什么)(?:{_SAID}|要求|看法|态度|想法|安排|打算|指示|意见|说法|提法)?(?:的|待|法|了|过|到|什么|吗|呢|没有)*",
        rf"{_SPEAKER}(?:是|又|都|也)?(?:怎么|怎样|如何){_SAID}(?:待|到|的|了|过)*(?P<of>.{{2,14}}?)(?:的|呢|吗|这块|问题)*",
        rf"{_SPEAKER}(?:有没有|有)?{_SAID}(?:到|没{_SAID}到|了|过)*(?P<of>.{{2,14}}?)(?:的|呢|吗|没有|没|不|这块|问题)*",
        rf"(?P<of>.{{2,14}}?)(?:这一?(?:块|事|方面|点)|方面|问题)?(?:{_SPEAKER})(?:是|又|都)?(?:怎么|怎样|如何|有没有|有什么){_SAID}(?:的|到|了|过|什么|吗|呢)*",
    )
)


def gists(cleaned: str) -> Iterator[str]:
    """The cores of what ``cleaned`` may come down to, the likeliest first; none for a plain question."""
    clauses = [text for text in _BREAK.split(cleaned) if text]
    asking = [clause for clause in clauses if QUESTION_WORDS.search(clause)]
    core = ""
    if len(clauses) > 1 and len(asking) == 1 and len(asking[0]) >= _MIN_CLAUSE:
        core = normalize_question(asking[0]).core
        yield core
    for text in filter(None, (core, normalize_question(cleaned).core)):
        for frame in _FRAMES:
            found = frame.fullmatch(text)
            if found is not None:
                yield found["of"]
