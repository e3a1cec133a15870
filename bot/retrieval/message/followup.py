"""Does a question lean on the one before it? «那农村的呢» does, «天气怎么样» does not, whatever was asked before.

What is left of a question when the words that only point back are taken off must be known here: a new subject that
neither the document nor any phrasing has is never read together with an old one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.retrieval.normalize.numerals import codes
from bot.text import parse_count, spell_count

_BACK = re.compile(
    r"^(?:剩下|余下|其余|剩余|那么?|还有|然后|其中|里面|当中|它们?|他们?|她|这个|这些|这|那个|那些|具体|另外|再|接着|后来|其他|其它|别的|除此之外|除了[这那][个些]?|最后|结果|这么|这样|那样|还)"
    r"|[呢嘞]$|^.{0,6}(?:也|还|又).{1,6}(?:吗|么|嘛|不)$"
)
_HEAD = re.compile(r"^(?:那么?|还有|然后|其中|另外|再|接着|后来)|[呢嘞]$")
_EMPTY = re.compile(
    r"剩下|余下|其余|剩余|嗯+|呃+|额+|哦+|那么?|还有|然后|其中|里面|当中|它们?|他们?|她们?|这个|这些|那个|那些|具体|另外|接着|后来|其他|其它|别的|除此之外|除了[这那][个些]?|最后|结果|这么|这样|那样|[这那]一?块|[这那]边|[这那]头"
    r"|一共|总共|大概|大约|呢|嘞|吗|嘛|么|吧|啊|呀|的|了|是|有|也|还|都|又|在|就|啥|谁|什么|情况|方面|怎么样|怎么|怎样|咋样|咋|哪些|哪个|哪|几个|几|多少|多大|如何|说说|详细|一下|再|各|这|那|第"
    r"|[一二三四五六七八九十\d]+[条点项个]?"
)
_PROPERTY = re.compile(
    r"好多|几多|打|电话|号码|热线|地址|位置|地点|联系人|联系方式|联系|负责人|负责|牵头|领导|主任|主管|时间|日期|期限|多久|价格|价钱|费用|经费|预算|成本|花|钱"
    r"|数字|数据|数|比例|百分比|百分之|名单|名称|名字|全名|原因|理由|好处|坏处|作用|用处|用途|意义|目的|目标|结果|效果|成效|成果|后果|影响|要求|标准|条件|措施|做法|办法|方法|步骤|例子|实现|达到|做到|想|要|搞|干|做|能|会|可以|用|为|让|给"
    r"|排名|名次|位次|增幅|涨幅|占比|比重|百分|承建|施工|承包|公司|单位|厂家|来着|全国|全省|全市|全县|全区|全球|世界|去年|前年|明年|上半年|下半年|原来|以前|过去|现在|将来|以后|^[居排位]名?$"  # 居第几名, of which 第几 is no content
)
"""Words for what a thing has: alone they ask for it of what was talked about."""
_FIGURES = re.compile(
    r"(?:那|这个?|其中)?(?:成效|效果|成绩|结果|进展|成果)?(?:上|方面)?(?:有没有|有|给个?|说说|来个?|要|有哪些|都有哪些)?(?:什么|些|点|个|相关的?|相应的?)?(?:具体|准确|详细|实际)?的?(?:数字|数据|数)(?:吗|么|呢|是多少|支撑|没有)?"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十\d]+[条点项个]?")
_N = r"[一二三四五六七八九十\d]{1,3}"
_UNIT = "点|条|部分|章|款|项|段|节|是"
_NTH = re.compile(
    rf"(?:嗯+|那么?|再|然后|还有)?(?:第(?P<n>{_N})个?(?P<unit>{_UNIT})?|(?P<bare>{_N})(?P<is>是))"
    r"(?:呢|嘞|又|的|都|讲|说|谈|写|了|是|什么|啥|么子|哪些|内容|标题|怎么|样|\?)*"
)
_BESIDE = re.compile(
    rf"(?:[嗯\s,]|好的?|那么?|再|然后|还有)*往?(?P<way>[下上前后])(?:面|边)?(?:的)?(?:一|那)个?(?P<unit>{_UNIT})(?:呢|嘞|又|的|讲|说|写|了|是|什么|啥|\?)*"
)
_ORDINAL = re.compile(rf"(?:第(?P<n>{_N})个?(?P<unit>{_UNIT})|(?<![\u4e00-\u9fff])?(?P<bare>{_N})(?P<is>是))")
_TITLE = re.compile("标题|题目")
_OUTER = frozenset({"部分", "章"})
_OTHER = re.compile(
    r"(?:那么?|还有|然后)?(?:另外|另)(?:那|一)?(?:一?[个款种台条])?(?:型号|牌子|款式|版本|编号|产品|的)*(?:又|是|呢|嘞|怎么样|多少|怎样|\?|,)*"
)
_ASPECT = re.compile(
    r"(?:那么?|还有|再说|至于|关于)*(?P<of>.{4,}?)(?:这|那)?一?(?:方面|块|边|工作|问题|件事|事)(?:上|的|呢|嘞|又|是|怎么样|怎么说|怎么讲|怎么搞|如何|怎样|咋样)*"
)
LEAST_SUBJECT = 4  # characters: «那建设那块呢» only changes a word of what was asked before
MAX_FOLLOWUP_LENGTH = 10  # characters: a shorter question may leave out what was said before


def refers_back(core: str) -> bool:
    """Whether the wording itself leans on something said before: by a pronoun, or since it names a property alone."""
    return _BACK.search(core) is not None or asks_for_property(core)


def asks_for_property(core: str) -> bool:
    """Whether ``core`` asks for nothing but a property, and does not say of what: «电话多少», «有什么好处»."""
    own = own_content(core)
    rest = _PROPERTY.sub("", own)
    return len(core) <= MAX_FOLLOWUP_LENGTH and len(rest) <= 1 and rest != own


def may_be_followup(core: str) -> bool:
    """Whether a question may have left out what was said before: by its words or by its brevity."""
    return len(core) <= MAX_FOLLOWUP_LENGTH or refers_back(core)


def without_reference(core: str) -> str:
    """``core`` without the words that only point back: what is put behind the question before."""
    return _HEAD.sub("", core) or core


def own_content(core: str) -> str:
    """What a question is about, without the words that only point back or only ask."""
    return _EMPTY.sub("", core)


def names_by_number(core: str) -> bool:
    """Whether ``core`` consists of numbers that are a name, and asks of that: «五个统一是哪五个»."""
    return len(_NUMBERED.findall(core)) > 1


def with_other_code(cleaned: str, history: Sequence[str], known: Collection[str]) -> str:
    """«另外那个型号的呢» behind «CH326多大» → that of the other code, where ``known`` has only one more.

    ``history``: the cleaned questions before it, the latest last. Empty if it is none of these.
    """
    if not history or _OTHER.fullmatch(cleaned) is None:
        return ""
    asked = [match[0] for match in codes(history[-1]) if match[0] in known]
    others = [code for code in known if code not in asked]
    return history[-1].replace(asked[0], others[0]) if len(asked) == len(others) == 1 else ""


def names_subject(core: str) -> bool:
    """Whether ``core`` points back and has a subject of its own all the same: «那打击犯罪方面呢»."""
    found = _ASPECT.fullmatch(core)
    return found is not None and len(own_content(found["of"])) >= LEAST_SUBJECT


def asks_for_figures(core: str) -> bool:
    """Whether ``core`` asks for figures of what was talked about: «给个具体的数字»."""
    return _FIGURES.fullmatch(core) is not None


def with_changed_number(cleaned: str, history: Sequence[str]) -> str:
    """«第二点呢» behind «第一部分第一点讲什么» → «第一部分第二点讲什么»; «下一条» counts on. Empty if it is none of these.

    ``history``: the cleaned questions before it, the latest last.
    """
    nth, beside = _NTH.fullmatch(cleaned), _BESIDE.fullmatch(cleaned)
    found = nth or beside
    if found is None or not history:
        return ""
    unit = found["unit"] or (nth["is"] if nth is not None else "") or ""
    asked = ((with_changed_number(text, history[:at]) or text) for at, text in reversed(list(enumerate(history))))
    found_in = ((before, ordinals[-1]) for before in asked if (ordinals := _ordinals(before, unit)))
    before, last = next(found_in, ("", None))
    if last is None:
        return ""
    if nth is not None and _TITLE.search(cleaned):
        outer = next((one[0] for text in reversed(history) for one in _ordinals(text, "") if one["unit"] in _OUTER), "")
        own = f"第{nth['n'] or nth['bare']}{nth['unit'] or '点'}"
        return f"{outer if (nth['unit'] or '点') not in _OUTER else ''}{own}的标题是什么"
    group = "n" if last["n"] else "bare"
    if nth is not None:
        number = nth["n"] or nth["bare"]
    else:
        counted = parse_count(last[group])
        if counted is None:
            return ""
        step = 1 if found["way"] in {"下", "后"} else -1
        number = spell_count(counted + step) if counted + step > 0 else ""
    return before[: last.start(group)] + number + before[last.end(group) :] if number else ""


def _ordinals(cleaned: str, unit: str) -> list[re.Match[str]]:
    """The numbers in ``cleaned`` that count something of that ``unit``; of any, if there is none."""
    every = list(_ORDINAL.finditer(cleaned))
    own = [one for one in every if not unit or unit in {one["unit"], one["is"]}]
    return own or [one for one in every if unit == "是" and one["unit"] == "点"]
