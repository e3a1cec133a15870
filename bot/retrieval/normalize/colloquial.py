"""Asking words in one spelling: dialect and chat write «啥», «么子» and «几多» for 什么 and 多少, and sums of money are
asked for by the hundred million. Index and question are spelled alike, so that only what is asked tells them apart."""

from __future__ import annotations

import re
from typing import Final

_SPELLINGS: Final = (
    (re.compile("冇得?有?|没得(?=$|[一个人什么啥吗呢])"), "没有"),
    (re.compile(r"百分之(?:几十?|好多|几多)|(?:多少|几|好多|几多)个?百分点"), "百分之多少"),
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
    """``core`` with its asking words in one spelling; ``question.read`` asks again until nothing changes."""
    for pattern, word in _SPELLINGS:
        core = pattern.sub(word, core)
    return core
