"""Persons as people write them: by name, and by office.

A name is a surname and one or two characters that are no word. An office (省委书记, 市里的那个市长, 教育局局长, 大祥区委书记)
is read as its head (书记, 长, 主任 …), what stands before that (level, body, 副, 前), and the name or place in front of
all. Nothing here knows whom a document has; ``entities`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.retrieval.spelling.pinyin import fold_syllable, usual_reading

_LEVEL_OF: Final = {
    "中共中央": "中央",
    "党中央": "中央",
    "全国": "国家",
    "自治区": "省",
    "地区": "市",
    "自治州": "州",
    "街道办事处": "街道",
    "街道办": "街道",
    "村委会": "村",
    "居委会": "社区",
}
"""Levels that are another spelling of one."""

_LEVEL: Final = "中共中央|党中央|中央|全国|国家|自治区|自治州|地区|街道办事处|街道办|街道|村委会|居委会|社区|省|市|州|区|县|旗|镇|乡|村"
_FIELD: Final = (
    "(?:教育|公安|民政|财政|人社|人力资源和?社会保障|劳动|卫生|卫健|农业农村|农业|林业|住建|住房|建设|城建|城管|交通|环保|生态环境"
    "|文旅|文化|审计|统计|税务|工商|市场监管|应急|安监|司法|信访|扶贫|商务|科技|体育|国土|自然资源|规划|水利|水务|气象|档案|粮食"
    "|物价|招商|旅游|房管|房产|园林|计生|民宗|外交|国防|铁道|邮政|药监|质监|经信|工信|发改|发展改革|监察|组织|宣传|统战|党校)"
)
_DEPARTMENT: Final = f"{_FIELD}(?:局|厅|部|委员会|委|办公室|办)"
_BODY: Final = (
    f"党委|党组|党工委|工委|党支部|党总支|支部|纪委|纪检委|监委|军委|政法委|团委|共青团|人大常委会|人大|政协|妇联|工会|检察院|法院|派出所|{_DEPARTMENT}"
    "|国务院|政府|公司|集团|企业|大学|中学|小学|学校|医院|银行|委"
)
_LENGTHY: Final = "(?![期大久远效足江沙进处短度成线辈征治者])"  # 城市长大, 格局长期: no office
_HEAD: Final = (
    "总书记|支书|书记(?!员)|委员长|秘书长|检察长|董事长|主席(?![台团])|总理(?!论)|总统(?!一)|首相|总经理|经理|主任(?!务)|政委|常委(?!会)"
    f"|(?:省|(?<!城)(?<!超)(?<!都)市|州|(?<!社)(?<!城)(?<!地)区|县|旗|镇|乡|(?<!农)村|(?<!全)部|厅|(?<!格)(?<!布)(?<!大)局|处|科|司|院|校|园|(?<!有)所|站"
    f"|(?<!社)(?<!机)(?<!不)(?<!就)(?<!才)(?<!都)会|社|台|队|组|厂)长{_LENGTHY}"
)
_JOINT: Final = "(?:里面|里头|里|上)?(?:的)?(?:那个|那位|这个|这位)?"
_DEPUTY: Final = "常务副|副|代理|前任|前|原任|原|上一任|上任|下一任|新任|第一"
_OFFICE: Final = re.compile(
    rf"(?P<before>(?:(?:{_LEVEL}|{_BODY}){_JOINT})*(?:{_FIELD}(?=[局厅部]长))?)(?P<deputy>(?:{_DEPUTY})?)(?P<head>{_HEAD})"
)
_PIECE: Final = re.compile(rf"(?P<level>{_LEVEL})|(?P<body>{_BODY}|{_FIELD}$)")
_CHIEF: Final = "(?:主要|第一)?(?:负责人|责任人|负责同志|领导(?!小组|责任|下|力)|一把手|头头|当家的)"
_CHIEFS: Final = re.compile(
    "(?:各|每个|所有|全体|每一?个)?(?:级|个|区直|县直|市直)*(?P<unit>单位|部门|机关|企业|公司|科室|股室|支部|乡镇|县区|村居)(?:里面|里头|里)?的?"
    f"(?P<head>{_CHIEF})"
)
"""The head of a unit of some kind: not the head of the level that a document is about."""

_DUTIES: Final = re.compile(
    "负责(?:什么|啥|哪|做|干|几|抓)|(?:职责|责任|任务|分工)(?:是|有|$|包括|都|呢)|(?:要|应该?|应当|得|该|需要|必须|需)(?:怎么|如何|怎样)?(?:做|干|管|抓|负|承担|履行)"
    "|(?:管|抓|承担|履行|分管|主管)(?:什么|啥|哪些)(?!的)"
)
_LEADERS: Final = re.compile(
    "(?P<level>中央|国家|省|市|州|县|区|镇|乡|街道|村)(?:里面|里头|里|上)?的?(?:主要)?(?P<head>领导(?!小组|责任|下|力)|一把手|头头|当家的)"
)
"""The head of a level, without the name of the office."""

_PARTY: Final = frozenset({"委", "党委", "党工委", "工委"})
_GOVERNMENT: Final = frozenset({"", "政府"})
_BODY_OF: Final = {"人大常委会": "人大", "纪检委": "纪委", "党支部": "支部", "党总支": "支部", "共青团": "团委"}
"""Bodies that are another spelling of one, or its short form."""

_PEERS: Final = ("省市州", "市州县区旗", "乡镇街道", "村社区")
"""Levels that are named in one breath: 乡镇长 is the head of a 乡 or of a 镇."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that stands in a text from ``start`` to ``end``.

    ``level`` is that of the seat (省, 区, 社区 …), ``body`` what it belongs to (纪委, 教育局 …), ``deputy`` what sets
    it apart from the office itself (副, 前 …); each may be empty. ``head`` is 书记, 主席, 长 … ``peers`` are levels that
    are named together with its own: 乡 of 乡镇长.
    """

    start: int
    end: int
    level: str
    body: str
    deputy: str
    head: str
    peers: frozenset[str] = frozenset()

    def may_be(self, other: Office) -> bool:
        """Whether this may be said of ``other``, which may be written more fully: 书记 of 区委书记, 局长 of 教育局局长."""
        if self.head != other.head or self.deputy != other.deputy:
            return False
        if self.level and other.level and ({self.level, *self.peers}.isdisjoint({other.level, *other.peers})):
            return False
        if self.head == "长" and not self.body:  # 县长 is none of 县教育局局长
            return other.body in _GOVERNMENT
        if not self.body or {self.body, other.body} <= _PARTY:
            return True
        return self.body == other.body or (self.body not in _PARTY and other.body.endswith(self.body))


def offices_in(text: str) -> Iterator[Office]:
    """The offices in ``text``, which is cleaned and has no spaces inside an office."""
    for found in _OFFICE.finditer(text):
        level = body = ""
        peers: frozenset[str] = frozenset()
        for piece in _PIECE.finditer(found["before"]):
            peers = _joined(peers, level, piece["level"] or "")
            level, body = (piece["level"] or level), (piece["body"] or body)
        head = found["head"]
        if head == "支书":
            head, body = "书记", "支部"
        if head.endswith("长") and len(head) == 2:
            unit, head = head[0], "长"
            if re.fullmatch(_LEVEL, unit):
                peers, level = (peers if body else _joined(peers, level, unit)), unit
            elif not body or body[-1] != unit:  # 教育局局长 and 教育局长 are one
                body = body + unit if re.fullmatch(_FIELD, body) else unit
        level, body = _LEVEL_OF.get(level, level), _BODY_OF.get(body, body)
        yield Office(found.start(), found.end(), level, body, found["deputy"], head, peers)


def _joined(peers: frozenset[str], level: str, following: str) -> frozenset[str]:
    """The levels that are named together with the ``following`` one, where ``level`` stands before it."""
    if not following or following == level:
        return peers
    alike = level and any(level in group and following in group for group in _PEERS)
    return peers | {level} if alike else frozenset()


def leaders_in(text: str) -> Iterator[Office]:
    """Those who are at the head of a level, without the name of an office: 省领导, 市里的一把手."""
    for found in _LEADERS.finditer(text):
        yield Office(found.start(), found.end(), found["level"], "", "", found["head"])


def chiefs_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Those at the head of units: where each begins and ends, and of what kind of unit, as 单位 of 各单位一把手."""
    for found in _CHIEFS.finditer(text):
        yield found.start(), found.end(), found["unit"]


def mentions_chief(text: str, unit: str) -> bool:
    """Whether ``text`` speaks of whoever is at the head of such a ``unit``, by any of the words for that."""
    return re.search(f"{unit}.{{0,4}}{_CHIEF}", text) is not None


def asks_for_duties(core: str) -> bool:
    """Whether ``core`` asks what somebody has to do."""
    return _DUTIES.search(core) is not None


BODIES: Final = re.compile(
    rf"(?:(?:{_LEVEL})(?:里的?)?)*(?:{_DEPARTMENT}|国务院|党中央|中共中央|人大常委会|人大|政协|纪委|监委|政法委|团委|妇联|法院|检察院|(?<=[省市区县镇乡州])委(?!员|托|屈)|党委|政府)"
)
"""A body, with the levels before it."""

LEVELS: Final = re.compile(_LEVEL)


SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚习温栗江金白庞樊兰殷施洪翟安颜倪严牛俞章鲁葛韦毕聂焦向柳邢骆岳齐梅庄辛管祝左涂谷祁舒耿牟卜詹"
)
_DOUBTFUL: Final = frozenset("向管祝左安石金白兰牛章施洪严易武温康马龙江谷庄史余连成叶田雷林何")
"""Surnames that begin many other words: alone before a title they are weak evidence."""

_NO_NAME: Final = frozenset(
    "的了是在和跟对说讲里上下个这那哪么什们我你他她它吗呢吧啊呀咯有没不要会能想请问叫让把被谁几多怎哦嗯也都还又就才很太最从到给为与及或之其第区市县省镇乡村委书记长"
)
MIN_NAME, MAX_NAME = 2, 3


class PersonNames:
    """Tells names from words. ``kinds`` has the names that a dictionary knows, ``words`` all that it knows."""

    def __init__(self, known: Iterable[str], words: Mapping[str, int], dictionary: frozenset[str]) -> None:
        self._known = tuple(known)
        self._sounds = frozenset(map(_sound, self._known))
        self._words = words
        self._dictionary = dictionary

    @property
    def known(self) -> tuple[str, ...]:
        """The persons whom the document names."""
        return self._known

    def is_known(self, name: str) -> bool:
        """Whether ``name`` is that of a person of the document, or sounds like it: a name is often miswritten."""
        return name in self._known or _sound(name) in self._sounds

    def may_be_name(self, text: str) -> bool:
        """Whether ``text`` looks like the full name of a person and is no word."""
        if any(name in text for name in self._known):  # 李斌当书记以前
            return False
        if text in self._dictionary and text[0] in SURNAMES and len(text) > 1 and text[0] != text[1]:
            return True
        if not MIN_NAME <= len(text) <= MAX_NAME or text[0] not in SURNAMES or not _NO_NAME.isdisjoint(text):
            return False
        if len(text) == MAX_NAME and self._words.get(text[1:], 0) > 0 and self._words.get(text[:2], 0) > 0:
            return False
        return self._words.get(text, 0) == 0

    def is_famous(self, text: str) -> bool:
        """Whether a dictionary has ``text`` as a full name."""
        return len(text) >= MAX_NAME and text in self._dictionary and text[0] in SURNAMES

    def name_before(self, text: str) -> str:
        """The full name that ``text`` ends with; empty if it ends with none."""
        return next((text[-n:] for n in (4, 3, 2) if len(text) >= n and self.may_be_name(text[-n:])), "")


def is_surname(char: str, *, alone: bool = False) -> bool:
    """Whether ``char`` is a usual surname; ``alone``: nothing else speaks for it."""
    return char in SURNAMES and not (alone and char in _DOUBTFUL)


def _sound(name: str) -> tuple[str, ...]:
    return tuple(fold_syllable(usual_reading(char)) for char in name)
