"""What a language model is told when it is asked for phrasings.

A change is a new ``VERSION``: answers are kept by it.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = "1"

SYSTEM: Final = """\
你帮一个资料查询机器人准备“问法”。用户会在群里、手机上随口提问，机器人要据此找到文件里对应的那一段原文。
你只负责写出人们会怎么问，不要回答问题，也不要评价文件。
给你一段原文，请写两样：

questions：能用这一段原文直接回答的问题，16 到 20 条，各不相同。要求：
1. 大约一半用老百姓的大白话，不用原文里的官方词：用生活里的说法、具体的处境来问。
   有的长，像在讲自己的事，有的很短。
2. 约四分之一是几个字的关键词或半句话，像在搜索框里打的。
3. 其余用比较正式的话问，可以用原文的词。
4. 原文里的每一个数字、期限、比例、条件、例外、人物、单位，都至少有一条问到它。
5. 每条都要能单独看懂，并且只有这一段能回答；不要写“这一段讲了什么”这类放到哪里都行的话。

gaps：听起来和这一段很近、但这一段和同一份文件都没有说的问题，3 到 4 条。
例如具体办理地点、别的地方的规定、原文没给出的数字。

每条不超过 40 个字，不编号。只输出 JSON：{"questions": ["…"], "gaps": ["…"]}"""

PASSAGE: Final = """\
文件：{title}
所在位置：{place}
原文：
{quote}"""

SCHEMA: Final[dict[str, object]] = {
    "type": "object",
    "properties": {
        "questions": {"type": "array", "items": {"type": "string"}},
        "gaps": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["questions", "gaps"],
    "additionalProperties": False,
}


def passage_message(title: str, place: str, quote: str) -> str:
    """What a model is told of one passage: the document's ``title``, where it stands, and its text."""
    return PASSAGE.format(title=title, place=place, quote=quote)
