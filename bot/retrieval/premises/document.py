"""What a question takes for granted and the document does not carry: a year, a figure, a code, a place, another time.

«2015年新增就业多少» is not answered by this year's figure, however like the two questions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.retrieval.normalize.numerals import codes, whole_words
from bot.retrieval.premises.figures import DATE, pieces

_FIGURE = re.compile(
    r"(?<![\d.a-z:/-])(\d+(?:\.\d+)?)(?![a-z:]|[/-]\d)(%|万亿|万|亿|年|月|人|个|元|名|条|岁|天|倍|项)?"
)
_TEN = "10个"
_COUNTERS = frozenset("人个名条项")  # 4047名 is what the document calls 4047人
_ROUNDED = re.compile("[多余几零点]|(?<!年)来|出头|左右|上下|以[上下]")  # a rounded figure claims nothing exactly …
_COMPARED = re.compile(
    "(?:超过|突破|不到|不足|接近|将近|大约|大概|差不多|有没有[到上])$"
)  # … nor does one compared with
_NAMED = re.compile("[大届了]")  # 十八大; 四十二了: a congress, an age
_OWN_TIME = re.compile(
    "(?:我(?![们区县市省国镇])|[俺爸妈爷奶]).{0,4}$|[^0-9%]了$"
)  # 我教书二十年, 站了三十年: of the person who asks
_PLACES = re.compile(
    "去年|前年|昨年|(?<![跟和与同比较])往年|明年|后年|上个月|上月|下个月|昨天|明天"  # a time is a place on the calendar
    "|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|长春|哈尔滨|南京|杭州|合肥|福州|南昌|济南"
    "|郑州|武汉|长沙|广州|海口|成都|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨|银川|乌鲁木齐|深圳|苏州|青岛|美国|日本|英国|法国|德国|俄罗斯|印度|韩国"
)

_SAME_TIME = {
    "去年": ("上年", "上一年", "过去一年", "一年来", "昨年"),
    "前年": ("过去两年", "过去三年", "两年来"),
    "往年": ("历年", "以往", "近年", "同期"),
    "明年": ("来年", "下一年", "下年"),
    "上个月": ("上月",),
    "上月": ("上个月",),
    "下个月": ("下月", "次月"),
}
"""How else a document may name a time that a question names so."""

_SERVICES = re.compile(
    "(?P<named>补办|补领|挂失|退款|退费|退货|注销|下载|投诉|申诉|报销|预约|续签|换领|打印|复印|充值|捐赠|转让|加急)"
    "|(?:能|可以|怎么|如何)(?P<given_back>退)(?=吗|么|$)"
)
"""What is done for those who ask; the document that does not name it does not say how it is done."""
_SAME_SERVICE = tuple(
    frozenset(words.split())
    for words in (
        "续签 续订 续约 续期 续借 续聘 延期 延长 展期",
        "退款 退费 退货 退还 退回 返还",
        "补办 补领 补发 换发 换领",
        "挂失 遗失 丢失",
        "注销 撤销 取消 作废",
        "投诉 申诉 举报 复核 复议",
        "报销 核销 报账",
        "预约 预订 预定 登记 报名",
        "打印 复印",
        "充值 缴费 预存",
        "捐赠 捐献 捐款",
        "转让 转借 转交 过户",
        "加急 优先 提前",
    )
)
"""What may be said for each other: that the document has none of a service is said only where it has none of these."""
_MENTION = re.compile(
    "(?:有没有|有无|是否|是不是)?(?:提到|说到|讲到|提及|谈到|写到|涉及)[过了]?(?P<term>[^多少几什么哪谁怎有没]{2,6}?)"
    "(?:的?(?:问题|内容|事情?|工作))?(?:没有?|吗|么|了|呢)*$"
)
"""Whether the document has a word at all."""
_CATEGORIES = frozenset("假证险税罪费")
"""Heads whose first half says which: 年假 is another thing than 产假, 身份证 than 准考证."""
_NOT_NAMING = frozenset("没不未无拿办领交收补查带要给发还")
"""In front of a category it says what is done with it: 没拿证, 要交费."""
_MAX_MEMBER = 4
_TWO_WORDS = 4  # characters
_NO_MEMBERS = frozenset(
    word
    for words in (
        "请假 放假 休假 销假 虚假 造假 打假 真假 作假 掺假 保证 论证 公证 认证 验证 见证 考证 求证 查证 例证 凭证 办证",
        "保险 风险 危险 惊险 冒险 抢险 探险 出险 纳税 缴税 交税 免税 退税 逃税 偷税 报税 犯罪 有罪 无罪 认罪 得罪 定罪",
        "免费 收费 消费 浪费 缴费 交费 付费 花费 白费 自费 公费 经费 退费",
    )
    for word in words.split()
)
"""Words that end like a member of a category and are none."""


def figures(text: str) -> frozenset[str]:
    """The figures in ``text`` with their units, such as ``2015年`` and ``18.7%``; single digits are left out."""
    return frozenset(_measured(match) for match in _FIGURE.finditer(text) if _tells(match))


class Premises:
    """The places of a ``source``, and the figures and codes of the source and of its ``phrasings``, all cleaned."""

    def __init__(self, source: str, phrasings: Iterable[str]) -> None:
        whole = "\n".join(piece for text in (source, *phrasings) for piece in pieces(text))
        self.text = whole
        self.codes = tuple(dict.fromkeys(code[0] for code in codes(source)))
        """The codes of the source, in their order: CH326."""
        self._figures = figures(whole) | ({_TEN} if "十" in whole else frozenset())
        self._words = frozenset(whole_words(whole))
        self._numbers = frozenset(re.findall(r"\d+(?:\.\d+)?", whole)) | self._words
        self._dates = frozenset(match.groups() for match in DATE.finditer(whole))
        self._categories = frozenset(char for char in _CATEGORIES if len(_members(source, char)) > 1)
        self._places = frozenset(_PLACES.findall(source)) | {
            time for time, others in _SAME_TIME.items() if any(other in source for other in others)
        }

    def missing(self, core: str, words: Sequence[str] = ()) -> str:
        """The first thing that ``core`` takes for granted and that is not in the document; empty if there is none.

        ``words`` are those of ``core``.
        """
        return next(self._all_missing(core, words), "")

    def _all_missing(self, core: str, words: Sequence[str]) -> Iterator[str]:
        yield from (code[0] for code in codes(core) if code[0] not in self._words)
        yield from (date[0] for date in DATE.finditer(core) if not self._has_date(*date.groups()))
        for match in _FIGURE.finditer(DATE.sub("", core)):
            if _tells(match) and _measured(match) not in self._figures and not self._claims_nothing(match):
                yield match[0]
        yield from (place for place in _PLACES.findall(core) if place not in self._places)
        services = (match["named"] or match["given_back"] for match in _SERVICES.finditer(core))
        yield from (service for service in services if not any(word in self.text for word in _same_service(service)))
        yield from filter(self._lacks_member, words)
        mention = _MENTION.search(core)
        if mention and not self._may_name(mention["term"]):
            yield mention["term"]

    def _may_name(self, term: str) -> bool:
        """Whether the document may have ``term`` in other words: both halves of four characters, half of all pairs."""
        if len(term) == _TWO_WORDS:
            return term[:2] in self.text and term[2:] in self.text
        pairs = ["".join(pair) for pair in pairwise(term)]
        return sum(pair in self.text for pair in pairs) * 2 >= len(pairs)

    def _lacks_member(self, word: str) -> bool:
        """Whether ``word`` is one of a category of which the document only has others: 产假, where it has 年假."""
        fits = 1 < len(word) <= _MAX_MEMBER and word[-1] in self._categories and word not in _NO_MEMBERS
        fits = fits and word[0] not in _NOT_NAMING
        return fits and word not in self.text

    def _has_date(self, year: str | None, month: str, day: str) -> bool:
        return any(
            (month, day) == (other_month, other_day) and (year is None or other_year in {None, year})
            for other_year, other_month, other_day in self._dates
        )

    def _claims_nothing(self, figure: re.Match[str]) -> bool:
        before, unit, core = figure.string[: figure.start()], figure[2], figure.string
        if _ROUNDED.match(core, figure.end()) or _COMPARED.search(before):
            return True
        if unit in {"年", "天", "岁"} and _OWN_TIME.search(before):
            return True
        if unit is None:
            return figure[1] in self._numbers or _NAMED.match(core, figure.end()) is not None
        return False


def is_circumstance(text: str) -> bool:
    """Whether ``text``, which a document does not have, is a time or a place, as stories have them."""
    return _PLACES.fullmatch(text) is not None


def _same_service(service: str) -> frozenset[str]:
    return next((words for words in _SAME_SERVICE if service in words), frozenset({service}))


def _tells(figure: re.Match[str]) -> bool:
    return len(figure[1]) > 1 or figure[2] in {"%", "万", "亿", "万亿"}


def _measured(figure: re.Match[str]) -> str:
    """The figure with its unit; all units that only count are one."""
    return figure[1] + "个" if figure[2] in _COUNTERS else figure[0]


def _members(text: str, head: str) -> frozenset[str]:
    """The members of a category in ``text``: 年假, 病假."""
    return frozenset(re.findall(f"[\u4e00-\u9fff]{head}", text)) - _NO_MEMBERS
