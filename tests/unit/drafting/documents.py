"""Small made-up documents that drafts are made of."""

from __future__ import annotations

from pathlib import PurePath
from textwrap import dedent

from bot.knowledge.files import Files
from bot.knowledge.load import require_servable, validate_files
from bot.knowledge.model import Knowledge

RULE = dedent(
    """\
    阅览室管理办法
    第一章 总则
    第一条 为方便职工借书，制定本办法。
    第二条 本办法所称读者，是指办了借书证的职工和家属。
    第二章 借阅
    第三条 每人每次可以借5册，借期30日。到期可以续借一次。
    第四条 有下列情形之一的，停借三个月：
    （一）把书弄丢又不赔的；
    （二）超过借期60日不还的。
    第三章 附则
    第五条 丢书按定价的2倍赔偿。
    """
)

TALK = dedent(
    """\
    在读书会上的讲话
    一、多读书
    读书要有计划。今年新购图书1200册，新办借书证86张。我们要把“一书一会”办下去，让“流动书箱”走进车间。
    二、读好书
    第一，选好书。好书是走出来的，不是摆出来的。
    """
)


def knowledge_of(text: str, name: str = "source.txt") -> Knowledge:
    """A knowledge of the document ``text`` alone."""
    return require_servable(validate_files(Files({name: text}), PurePath("folder")))
