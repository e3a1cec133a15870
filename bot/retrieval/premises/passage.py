"""One question, and the passage that would answer it → what is wrong between the two: ``Premise``.

Among it whether the passage gives the kind of thing that is asked for: «工业增加值增长百分之几» is not answered by a
sentence that has the percentage of something else, «电话多少» not by one without a number, «什么是河长制» not by one
that only uses the term. What fits almost every passage, such as «who» and «where» as a figure of speech, is let pass.
Of 4500 public questions with the sentence that answers them, and 3450 curated ones, less than 2 in 1000 are taken for
unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from bot.retrieval.normalize.numerals import normalize_numerals
from bot.retrieval.normalize.question import normalize_question
from bot.retrieval.premises.claims import SCOPE, WIDE_SCOPE, sets_a_case, wrong_claim
from bot.retrieval.premises.document import Premises
from bot.retrieval.premises.figures import SAME_UNITS, UNITS, Figure, pieces, read_figures
from bot.retrieval.verdict import Lacking
from bot.text import clean, squash

_ASKED: Final = re.compile(
    r"(?P<of>.{2,12}?)的?(?:含义|定义|意思|概念)(?:是什么|是啥)"
    r"|(?:什么是|啥是|何为|何谓|啥叫|什么叫|什么叫做|所谓的?)(?P<after>.{2,12}?)(?:呢|啊|呀|吗)?"
    r"|(?P<before>.{2,12}?)(?:这个词|这个说法)?(?:到底|究竟)?(?:是|指的?是?|算)?(?:个)?(?:(?:什么|啥|何)(?:意思|东西|含义|定义|概念)?|怎么回事)(?:呢|啊|呀|来着)?"
)


def term_asked_for(core: str) -> str:
    """The term of which ``core`` asks the meaning; empty for other questions."""
    found = _ASKED.fullmatch(core)
    return next(filter(None, found.groups()), "") if found else ""


def only_mentioned(term: str, passage: str) -> bool:
    """Whether ``passage``, in its squashed form, has ``term`` without saying what it is."""
    name = re.escape(term)
    explained = rf"所谓{name}|{name}(?:(?:就|也|即|指的?)?(?:是|指|即|意味着)|[^。]{{0,30}}?(?:就是|是指|指的是))"
    return bool(term) and term in passage and re.search(explained, passage) is None


_SHARE: Final = re.compile(
    "百分之(?:几|多少)|百分比|百分数|百分率|多少个?百分点|几成(?![员立为功绩果])|%$|率(?:是|为|有|达到?|到)?(?:多少|几)"
)
_SHARE_GIVEN: Final = re.compile(
    "成(?:以上|左右)|[一二三四五六七八九]成|一半|半数|全部|分之|[0-9一二三四五六七八九十]倍"
)
_MONEY: Final = re.compile(
    "多少个?[百千万亿]*(?:钱|元|块|资金|经费|投资)|几个?[百千]?[万亿](?:元|$)|多少个?亿"
    "|(?:费用|金额|价格|价钱|预算|押金|工资|奖金|罚款|补贴|经费|租金|单价)(?:是|为|有|要|标准是|大概|大约)?多少|(?:价格|价钱|单价|售价)(?:呢|吗)?$"
)
_MONEY_FREE: Final = re.compile(
    "免|不收|无偿|原价|等额|减半|双倍|全额|[0-9一二两三四五]倍|[元万亿]|(?:按|以|为|收|缴|罚)[^,]{0,12}[0-9]%|[0-9]%的?(?:罚|费|款|价|补)"
)
_DOES: Final = (
    "有|共|完成|新增|是|为|达|达到|借|续|要|能|可|可以|招|评|设|分|发|开|办|睡|休|放|交|赔|罚|请|查|校准|培训"
)
"""In front of 几, so that it asks: 有几个, 续借几次. 那几个 and 好几个 do not."""
_COUNT: Final = re.compile(
    rf"(?:多少|(?:{_DOES})[了过到出成]?几(?=.{{1,4}}$|.{{1,2}}[的吗呢啊呀了])|(?<![这那每隔好近了前后十百千第住得])几(?=.{{1,3}}$))"
    rf"(?P<unit>{UNITS})(?![号点月])"
)
_WHICH: Final = re.compile("哪[些几]|几[乎分]")  # 卫星城有哪几座 asks which, not how many
_EVERY: Final = re.compile("全体|全部|所有|人人|每个|每一")
_PEOPLE: Final = re.compile("[0-9一二两三四五六七八九十百千万](?:多|余|几)?(?:个?人|个?名|位|户)|全体|全部|所有|人人")
_LASTS: Final = re.compile("每[天日周月季年]|周[一二三四五六日末]|长期|终身|永久|随时")
_DURATIONS: Final = frozenset({"天", "年", "周", "个月", "小时", "分钟", "工作日", "秒", "年份"})
_STANDARD: Final = re.compile(
    "(?:标准|补偿款?|赔偿款?|补助款?|补贴款?|待遇)(?:到底|究竟|具体|现在|一般|大概|是|为|有|要|能|定|给|发|的|成|在|了|到){0,4}(?:多少|几)(?!个?(?:人|家|户|次|项|条|点|方面))"
)
_RANK: Final = re.compile(
    "第(?:几|多少)(?:名|位|$|[吗呢啊呀了到升])|排(?:名|在|到)*(?:第几|多少|老几)|排几(?:位|名|$)|名次"
)
_RANK_GIVEN: Final = re.compile(
    "第[0-9一二三四五六七八九十]|首位|榜首|倒数|前[0-9一二三四五六七八九十]|名次|名列|位列|位居|并列|方阵|垫底|最"
)
_PAID: Final = re.compile("[补赔偿贴奖罚薪]|收费|待遇")
_PLACE_IN_RANK: Final = re.compile("第(?:几|多少)")
_PLACE_IN_RANK_GIVEN: Final = re.compile(_RANK_GIVEN.pattern.replace("|名次", ""))
_TIME: Final = re.compile("什么时候|何时|哪一?年|哪一?天|几月|几号(?!楼|线|文)|哪个?月|多久|多长时间|截止(?:日期|时间)")
_TIME_GIVEN: Final = re.compile(
    "[0-9]:[0-9]|[年月日天周旬]|季度|小时|分钟|工作日|期间|时间|[0-9一二三四五六七八九十]点|凌晨|上午|下午|晚|早|之日|目前|现在|同时|时候|以来|[之以]?[前后]|初|末|底|时|期|节"
)
_CLOCK: Final = re.compile("(?<![哪第这])几点(?:钟|开|关|闭|上|下|到|结|起|前|以|$|[吗呢啊])")
_CLOCK_GIVEN: Final = re.compile("[0-9]:[0-9]|点|时|[上下中]午|[早晚]")
_CONTACT: Final = re.compile(
    "(?:电话|手机|热线|号码|邮箱|邮编|网址|网站|微信号?|公众号|传真|联系方式|qq)(?:号码?)?(?:是|为|有)?(?:多少|几|什么|哪|$)|(?:怎么|如何)联系|打(?:哪个|什么|多少)电话"
)
_CONTACT_GIVEN: Final = re.compile(r"[0-9]{3,}|@|[a-z]{2,}[./][a-z]|www|电话|热线|邮箱|网址|微信|公众号")
_PLACE: Final = re.compile(
    "地址|什么地方|啥地方|怎么走|在哪(?:里|儿|个地方)?(?:办|开|召开|举行|举办|领|交|报名|集合|上班)|哪里(?:办理?|召开|举行|领取?|报名|集合)|设在哪|位于哪"
)
_PLACE_GIVEN: Final = re.compile(
    "[室楼厅馆所处路街巷号村镇乡县市省区院校站局店园场港湾岛山河湖江海洲国州城府部]|中心|社区|公司|单位|机构|机关|窗口|大厅|网上|线上|当地|所在地|住所|现场|[东南西北]"
)
_VENUE: Final = re.compile(
    "哪(?:一?个|一?间|一?座|一?栋|一?家)?(?P<venue>会场|礼堂|会议室|会议厅|报告厅|教室|宾馆|酒店|广场)|(?:(?<!第)几|在哪一?)(?P<floor>楼|层|号楼)(?!次)"
)
_OFFICE: Final = (
    "负责人|联系人|主持人|带头人|牵头人|法人代表|法定代表人|校长|院长|所长|站长|主任|组长|会长|队长|班长|厂长|经理|店长"
    "|处长|科长|局长|部长|会计|秘书"
)
_PERSON: Final = re.compile(
    rf"(?:谁|哪位)(?:是|任|当|担任).{{0,6}}?(?P<named>{_OFFICE})"
    rf"|(?P<office>{_OFFICE})(?:的?(?:姓名|名字))?(?:是|叫|姓)?(?:谁|哪位|哪个|什么|啥)(?:名字|人)?"
)
_BUILDER: Final = re.compile(
    "哪一?家(?:公司|企业|厂家?|施工队)|(?:谁|哪一?家|哪个(?:公司|单位)?)(?:来|在|给)?(?:承建|施工|承包|中标|开发的?)"
)
_BUILDER_GIVEN: Final = re.compile("公司|集团|企业|施工|承建|承包|中标|开发商|厂")
_CHOSEN: Final = re.compile(
    "(?:评|选|当|获|入)(?:上|选|出|中|奖|评)(?:出)?(?:了|的|来的?)?(?:都|是|有|到底|究竟|分别){0,2}(?:是|有)?(?:谁|哪(?:些|几个?|几位|位|个)(?!单位|项目|方面|内容))|(?:谁|哪(?:些|几个?|几位|位)人?)(?:被)?(?:评|选|当|获|入)(?:上|选|出|中|奖|评)|名单"
)
_CHOSEN_GIVEN: Final = re.compile("名单|分别[是为]|[:：][^，。]{2,4}、")
_MEMBERS: Final = re.compile(
    "哪(?:[0-9二两三四五六七八九十几]+)(?:个|大|项|条|种|点|类|方面|步)?|分别(?:是|指|为)|具体(?:是|指|包括|有)|有哪些|包括哪|指(?:的是)?(?:什么|哪)|都是(?:什么|哪)|第[一二三四五]个"
)
_COUNTED_NAME: Final = re.compile(
    "(?<![第0-9.百千万十])(?P<number>[四五六七八九]|1[0-9](?![0-9.]))(?P<rest>[个大项条种类步]?.)"
)
_ONES: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}
_ITEM_MARK: Final = re.compile(
    "[一二三四五六七八九十]是|第[一二三四五六七八九十]|[(（][一二三四五六七八九十0-9]{1,2}[)）]|(?<![0-9.])[0-9]{1,2}[.、](?![0-9])"
)
_ATTRIBUTE: Final = re.compile(
    "^(?P<term>.{2,12}?)的?(?P<what>核心|内涵|本质|实质|精髓|精神实质|要义|灵魂)(?:内容|要义)?(?:到底|究竟)?(?:是|指)?(?:什么|哪些?|啥)"
)
_SENTENCE: Final = re.compile("[。!?;\n]+")
_CLAUSE: Final = re.compile(r",(?![0-9]{3}(?![0-9]))")
_LISTED_UNITS: Final = frozenset("个种类步处件级章节篇批期场届回次")
"""Units of what a list lists: 几项 is answered by naming them, 多少套 is not."""
_LISTED = 3  # items with 、 between them that are a list
_NAMED = 6  # characters of a question in a row that name in a sentence what it is about
_SHARED = 4  # characters of two names in a row that make them one


def not_given(core: str, passage: str) -> Lacking:
    """What ``core`` asks for and the verbatim ``passage`` that answers otherwise lacks; empty if it gives all."""
    shown = _read(passage)
    scope, attribute = WIDE_SCOPE.search(core), _ATTRIBUTE.search(core)
    if scope and scope[0] not in shown.text and "还是" not in core and SCOPE.search(shown.text):
        return "scope"
    for lacking, asks, gives in _KINDS:
        asked = asks.search(core)
        if asked:
            return "" if gives(shown, core, asked) else lacking
    if _lacks_members(core, shown.cleaned):
        return "members"
    if attribute and attribute["term"] in shown.text and attribute["what"] not in shown.text:
        return "meaning"
    return ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: its whole ``text``, and its clauses, each with its list items, in one spelling."""

    text: str
    clauses: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, cleaned: str) -> _Sentence:
        clauses = tuple(
            tuple(normalize_numerals(squash(item)) for item in clause.split("、")) for clause in _CLAUSE.split(cleaned)
        )
        return cls(normalize_numerals(squash(cleaned)), clauses)

    def gives(self, core: str, units: frozenset[str]) -> bool:
        """Whether it has a figure in one of ``units`` that belongs to what ``core`` asks about.

        Behind a list, a figure belongs to the listed thing that was named again last.
        """
        others: tuple[str, ...] = ()
        about_another = False
        for items in self.clauses:
            clause = "".join(items)
            measured = any(figure.unit in units for figure in read_figures(clause))
            asked = [_common(core, item) >= _SHARED for item in items]
            if len(items) >= _LISTED and sum(asked) == 1 and not measured:
                others = tuple(item for item, hit in zip(items, asked, strict=True) if not hit)
                about_another = False
            elif _common(core, clause) >= _SHARED:
                about_another = False
            elif any(_common(other, clause) >= _SHARED for other in others):
                about_another = True
            if measured and not about_another:
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Shown:
    """A passage: ``cleaned``, in one spelling as ``text``, by its ``sentences``, and with its ``figures``."""

    cleaned: str
    text: str
    sentences: tuple[_Sentence, ...]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, passage: str) -> _Shown:
        cleaned = "\n".join(map(clean, passage.split("\n")))
        sentences = tuple(_Sentence.of(text) for text in _SENTENCE.split(cleaned) if squash(text))
        found = tuple(figure for sentence in sentences for figure in read_figures(sentence.text))
        return cls(cleaned, "\n".join(sentence.text for sentence in sentences), sentences, found)


_read = lru_cache(maxsize=1024)(_Shown.of)  # the same passages answer again and again
_Gives = Callable[[_Shown, str, re.Match[str]], bool]
"""A passage, a question's core, and what in it asks for a kind of thing → whether the passage gives that."""


def _gives_share(shown: _Shown, core: str, _asked: re.Match[str]) -> bool:
    units = frozenset({"%"}) if "%" in shown.text else frozenset({"%", ""})
    return any(sentence.gives(core, units) for sentence in shown.sentences) or bool(_SHARE_GIVEN.search(shown.text))


def _gives_money(shown: _Shown, core: str, _asked: re.Match[str]) -> bool:
    """An amount; not that of another thing, if what is asked about is only said to have risen by so many per cent."""
    named = [one for one in shown.sentences if any(_common(core, "".join(items)) >= _NAMED for items in one.clauses)]
    told = [tuple(read_figures(one.text)) for one in named]
    if told and all(figures and all(figure.unit == "%" for figure in figures) for figures in told):
        return False
    return any(figure.unit == "元" or figure.scaled for figure in shown.figures) or bool(_MONEY_FREE.search(shown.text))


def _gives_count(shown: _Shown, core: str, asked: re.Match[str]) -> bool:
    unit = SAME_UNITS.get(asked["unit"], asked["unit"])
    units = _DURATIONS if unit in _DURATIONS else {unit, ""}
    listed = any(len(items) >= _LISTED for sentence in shown.sentences for items in sentence.clauses)
    if _WHICH.search(core):
        return True
    if asked["unit"] in {"人", "名"} or core.startswith("人", asked.end()):
        return _PEOPLE.search(shown.text) is not None
    counted = listed and unit in _LISTED_UNITS
    loose = _LASTS.search(shown.text) if unit in _DURATIONS else counted or _EVERY.search(shown.text)
    return bool(loose) or any(figure.unit in units for figure in shown.figures)


def _gives_office(shown: _Shown, _core: str, asked: re.Match[str]) -> bool:
    return (asked["office"] or asked["named"]) in shown.text


def _gives_rank(shown: _Shown, core: str, _asked: re.Match[str]) -> bool:
    """A rank; «第几» is not answered by how many ranks something rose."""
    given = _PLACE_IN_RANK_GIVEN if _PLACE_IN_RANK.search(core) else _RANK_GIVEN
    return given.search(shown.text) is not None


def _gives_standard(shown: _Shown, core: str, asked: re.Match[str]) -> bool:
    if _PAID.search(asked[0]) or _PAID.search(core, max(asked.start() - 2, 0), asked.start()):
        return _gives_money(shown, core, asked)
    return any(figure.unit or figure.scaled for figure in shown.figures) or bool(_MONEY_FREE.search(shown.text))


def _gives_venue(shown: _Shown, _core: str, asked: re.Match[str]) -> bool:
    venue = asked["venue"] or f"[0-9一二三四五六七八九十负]{asked['floor']}"
    return re.search(venue, shown.text) is not None


def _has(given: re.Pattern[str]) -> _Gives:
    return lambda shown, _core, _asked: given.search(shown.text) is not None


_KINDS: Final[tuple[tuple[Lacking, re.Pattern[str], _Gives], ...]] = (
    ("figure", _SHARE, _gives_share),
    ("figure", _MONEY, _gives_money),
    ("figure", _STANDARD, _gives_standard),
    ("figure", _RANK, _gives_rank),
    ("figure", _COUNT, _gives_count),
    ("contact", _CONTACT, _has(_CONTACT_GIVEN)),
    ("time", _CLOCK, _has(_CLOCK_GIVEN)),
    ("time", _TIME, _has(_TIME_GIVEN)),
    ("place", _VENUE, _gives_venue),
    ("place", _PLACE, _has(_PLACE_GIVEN)),
    ("person", _PERSON, _gives_office),
    ("person", _CHOSEN, _has(_CHOSEN_GIVEN)),
    ("person", _BUILDER, _has(_BUILDER_GIVEN)),
)
"""The kind, what asks for it, and what gives it; what a question asks for first counts."""


def _lacks_members(core: str, cleaned: str) -> bool:
    """Whether ``core`` asks which the members of a counted name are, and the passage has the name and not as many."""
    named = _COUNTED_NAME.search(core)
    if named is None or not _MEMBERS.search(core):
        return False
    texts = [text for text in _SENTENCE.split(cleaned) if text]
    places = [at for at, text in enumerate(texts) if named[0] in normalize_numerals(squash(text))]
    if not places:
        return False
    count = _ONES[named["number"]] if named["number"] in _ONES else int(named["number"])
    near = [text for at in places for text in texts[at : at + 2]]
    parts = max(len(re.findall("[、,和及与]|以及", text)) + 1 for text in near)
    return max(parts, len(_ITEM_MARK.findall(cleaned)), len(texts) - places[0] - 1) < count


def _common(one: str, other: str) -> int:
    """The length of the longest stretch that both have."""
    best, row = 0, [0] * (len(other) + 1)
    for char in one:
        before = 0
        for at, right in enumerate(other, 1):
            before, row[at] = row[at], before + 1 if char == right else 0
            best = max(best, row[at])
    return best


_LONGEST = 40  # characters, as typed, of what is wrong


@dataclass(frozen=True, slots=True)
class Premise:
    """What stands between a question and the passage found for it.

    ``corrected``: the passage answers and says otherwise than the question's ``text``. ``missing``: the document does
    not have ``text``, so that the passage does not answer. ``not_given``: it does not give the kind of thing that was
    asked for, ``lacking``. An empty ``kind``: nothing.
    """

    kind: Literal["", "corrected", "missing", "not_given"] = ""
    text: str = ""
    lacking: Lacking = ""


NOTHING = Premise()
_clauses = lru_cache(maxsize=1024)(pieces)  # the same passages answer again and again


def check_premise(
    premises: Premises,
    names: Collection[str],
    core: str,
    passage: str,
    *,
    answers: bool,
    phrasing: str = "",
    words: Sequence[str] = (),
) -> Premise:
    """What is wrong between a question's ``core`` and the verbatim ``passage`` found for it.

    ``names`` are terms of the document, as cores; ``answers``: whether the passage is trusted to answer. ``phrasing``
    is a question that a curator wrote down for the passage: what that asks for, the passage gives. ``words`` are those
    of ``core``.
    """
    clauses = _clauses(passage) if answers else ()
    if answers:
        wrong = wrong_claim(core, clauses, premises.text, names)
        if wrong:
            return Premise("corrected", wrong)
    missing = premises.missing(core, words)
    if not missing:
        lacking = not_given(core, passage) if answers else ""
        if not lacking or (phrasing and not_given(normalize_question(phrasing).core, passage) == lacking):
            return NOTHING
        return Premise("not_given", lacking=lacking)
    case = next((figure for figure in read_figures(core) if missing in figure.text), None)
    if case is not None and answers and case.unit != "年份" and sets_a_case(case, clauses):
        return NOTHING
    return Premise("missing", missing)


def as_written(typed: str, text: str) -> str:
    """``text``, found in the core of what was ``typed``, as it stands there: 百分之二十 for 20%."""
    if not text:
        return ""

    def holds(part: str) -> bool:
        return text in normalize_numerals(squash(part))

    low, high = 0, len(typed)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(typed[:middle]) else (middle + 1, high)
    starts = range(low - 1, max(low - _LONGEST, 0) - 1, -1)
    start = next((start for start in starts if holds(typed[start:low])), None)
    return text if start is None else typed[start:low].strip()
