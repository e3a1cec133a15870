"""What a question takes for granted and the document does not carry: a year, a figure, a place, another time.

«2015年新增就业多少» is not answered by this year's figure, however like the two questions are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FIGURE = re.compile(r"(?<![\d.a-z])(\d+(?:\.\d+)?)(%|万|亿|年|月|人|个|元|名|条|岁|天|倍|项)?")
_PLACES = re.compile(
    "去年|前年|昨年|往年|明年|后年|上个月|上月|下个月|昨天|明天"  # a time is a place on the calendar
    "|北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|石家庄|太原|沈阳|长春|哈尔滨|南京|杭州|合肥|福州|南昌|济南"
    "|郑州|武汉|长沙|广州|海口|成都|贵阳|昆明|西安|兰州|西宁|呼和浩特|南宁|拉萨|银川|乌鲁木齐|深圳|苏州|青岛|美国|日本|英国|法国|德国|俄罗斯|印度|韩国"
)


def figures(text: str) -> frozenset[str]:
    """The figures in ``text`` with their units, such as ``2015年`` and ``18.7%``; single digits tell nothing."""
    found = _FIGURE.finditer(text)
    return frozenset(match[0] for match in found if len(match[1]) > 1 or match[2] in {"%", "万", "亿"})


class Premises:
    """Knows the places of a ``source``, and the figures of it and of the ``phrasings`` in which people ask for it."""

    def __init__(self, source: str, phrasings: Iterable[str]) -> None:
        whole = "\n".join([source, *phrasings])
        self._figures = figures(whole)
        self._numbers = frozenset(re.findall(r"\d+(?:\.\d+)?", whole))
        self._places = frozenset(_PLACES.findall(source))

    def missing(self, core: str) -> str:
        """The first thing that ``core`` takes for granted and that stands nowhere here; empty where there is none."""
        for match in _FIGURE.finditer(core):
            figure = match[0]
            if figure not in figures(figure) or figure in self._figures:
                continue
            rounded = core[match.end() : match.end() + 1] in set("多余来几")
            if rounded or (match[2] is None and match[1] in self._numbers):
                continue
            return figure
        return next((place for place in _PLACES.findall(core) if place not in self._places), "")
