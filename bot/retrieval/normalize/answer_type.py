"""What kind of thing a question asks for: money, a count, a person, a place …, the *expected answer type* of
question answering. A passage that has figures and no names does not answer «who»."""

from __future__ import annotations

import re
from typing import Final, Literal

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
    """The kinds of thing that ``text`` asks for; often none: «what is …» fits every passage."""
    return frozenset(name for name, pattern in _COMPILED if pattern.search(text))
