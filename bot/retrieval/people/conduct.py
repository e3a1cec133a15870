"""What is said against persons: insults, and accusations, rumours and gossip that a document does not speak of.

Such a message gets a neutral sentence and nothing beside it: no passage and no name is ever shown under «贪污了多少».
A word counts only if the document and its phrasings do not use it: in a speech against corruption 贪污 is a subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, Literal

from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.people.persons import offices_in
from bot.text import squash

Conduct = Literal["", "insult", "accusation"]
_BREAK: Final = re.compile(r"[\s,.!?;:、~…()]+")
_LONGEST = 60  # characters of a clause that are looked at
_ABUSE: Final = re.compile(
    "傻[逼比b叉x子瓜帽]|煞笔|沙[比雕]|(?<![a-z])(?:sb|cnm|nmsl|tmd)(?![a-z])|白痴|弱智|脑残|智障|蠢[货猪蛋驴]|笨蛋|猪头|猪脑|猪狗|废物|混蛋|混账|王八|狗官|狗东西|狗日"
    "|走狗|畜生|禽兽|不要脸|厚脸皮|臭不要|骗子|放屁|狗屁|屁话|鬼话|废话|胡说|胡扯|瞎扯|瞎说|瞎讲|吹牛|滚蛋|滚开|滚出去|去死|死全家|[操草艹日]你|你妈的?|神经病|有病吧|变态"
    "|贱人|丑八怪|饭桶|草包|昏官|庸官|奸商|老不死|老东西|王八蛋|杂种|人渣|败类|小丑|忽悠人|唱高调"
)
_SHORT_OF: Final = re.compile(
    "^(?:滚|呸|靠|操|草|艹|傻|笨|蠢|垃圾|废物|渣|尼玛|特么|卧槽|我靠|妈的|他妈的|去你的|有病)[吧呀啊了的]*$"
)
_WEAK: Final = "(?:傻|笨|蠢|猪|丑|烂|渣|垃圾|无能|没用|虚伪|恶心|讨厌|无聊|无耻|窝囊|愚蠢|差劲|没水平|没文化|水平(?:真|太|很|好)?[低差]|不行|low)"
_HOW: Final = "(?:是不是|怎么|为什么|为啥|咋|这么|那么|就是|简直|真是|真的|真|太|好|很|有点|是个?|也|都|的|一样|得|他|她|个|又|够|真他妈|讲|说|写|答|回答|脑子|脑袋|有没有|有多|多)*+"
_HIM: Final = "(?:[你您他她它]|你们|他们|机器人|小助手|助手|ai|程序|这个?(?:人|东西|玩意儿?|软件)|讲话|发言|稿子|文章|领导|干部|当官的|官|作者|讲话人|写手|书记)"
_SCORN: Final = re.compile(
    rf"{_HIM}{_HOW}{_WEAK}(?=[了吗呢啊呀吧不嘛么的哦哈]*$|的(?:书记|领导|人|东西|讲话|机器人))|^(?:你|可|也|真的?|太|好){{1,3}}{_WEAK}[了啊呀]*$|^{_WEAK}(?:机器人|ai|助手|程序|软件|东西|玩意儿?|讲话|稿子|领导|书记|官)"
)
_ACCUSED: Final = re.compile(
    "贪污|受贿|行贿|索贿|贪官|贪了|贪腐|贪不贪|腐败分子|腐化|情妇|情人|二奶|小三|包养|出轨|嫖|性骚扰|绯闻|丑闻|黑料|落马|双规|双开|留置|洗钱|捞钱|捞了|捞油水"
    "|买官|卖官|公款吃喝|卖国|汉奸"
)
_RUMOURED: Final = (
    "(?:下台|倒台|垮台|下课|被查|查了|被抓|抓了|抓起来|进去了|坐牢|判刑|判了|开除|撤职|免职|处分|调走|升官|升职|提拔|违纪|犯法|出事|犯事|举报|死了|去世|自杀|跑路|失踪|退休|还活着|还在位|腐败|收红包|收钱|收礼|送礼|收了多少|拿了多少|黑社会|保护伞|涉黑|回扣|挪用|吹牛|作秀|造假|赌博|吸毒|反党"
    "|帅|漂亮|美女|丑|胖|秃|矮|老婆|老公|媳妇|爱人|儿子|女儿|几个孩子|女朋友|男朋友|女人|男人|离婚|结婚|单身|工资|存款|几套房|房产|别墅|豪车|开什么车|住哪|家住|喝酒|喝醉|打牌|打麻将|抽烟"
    "|生日|星座|属什么|身高|多高|体重|多重|血型|爱好|清官|好官|坏官|好人|坏人|坏蛋|靠谱|厉害|牛逼|合格|称职|背景|后台|靠山|有钱|多少钱|值多少|家产|身家|亲戚)"
)
_OF_HIM: Final = "(?:怎么[会就还被]|的|他|她|是|没有|有|到底|真|好|很|最近|现在|今年|什么时候|啥时候|会|能不能|听说|已经|被|给|也|长得?|几个|多少|个|名|要|快|还|家里?|平时|爱|喜欢|算|不)"

_PAY: Final = "(?:收入|薪水|薪资|薪酬|年薪|月薪)"
_FAMILY: Final = "(?:老婆|老公|媳妇|妻子|丈夫|儿子|女儿|小舅子|小姨子)"
_PRYING: Final = re.compile(
    rf"书记(?:他|她|本人|的|家里?|一个月|一年|每月|每年|有|多少|是)*+(?:{_FAMILY}|{_PAY}(?:情况|来源)?(?=$|[有高低是几咋吗呢]|多少|怎么样|如何|公开))"
)
"""A life that is no document's business, directly behind a person: in 农民收入 the word is a subject."""

_HIS_FAMILY: Final = re.compile(rf"书记(?:说|讲|谈|提|讲话)[到起过了]*(?:自己|他|她)?的?({_FAMILY}.{{0,2}})")
"""What nobody in office says in a document, unless it is found there with what follows it."""

_STAFF: Final = "(?:干部|党员|公务员|公职人员|官员|村官|当官的)"
_OF_STAFF: Final = re.compile(
    rf"{_STAFF}{_OF_HIM}*?(坐牢|判刑|判了几年|被抓(?!手)|抓起来|进去了|被查|犯法|自杀|跑路|失踪|黑社会|保护伞|涉黑|收红包|收礼|收钱|收了多少|拿了多少"
    rf"|吸毒|挪用|回扣|老婆|老公|媳妇|几套房|房产|别墅|豪车|{_PAY}(?=$|[有高低是几咋吗呢]|多少|怎么样|如何))"
)
"""What is a rumour of all who are in office too; 提拔, 处分 and 退休 are what documents on them speak of."""

_RULE: Final = re.compile(
    "怎么(?![会还被这那样])|如何|怎样|咋(?![会还被这])|什么(?:后果|处分|处理|责任|规定|条件|标准|程序)|由谁|谁来?(?:管|查|处理|负责)|能不能|能否|可以|可不可以"
    "|是否|应该|应当|要不要|规定|哪些"
)
_FACT: Final = re.compile("听说|据说|传说|是不是|有没有|[了过](?:吗|没|么|$)|没有$|为什么|为啥|的$|[他她]")
"""What asks whether, or says that, it happened, and not what holds if it happens."""


class ConductDetector:
    """Detects insults and accusations. ``names`` are the persons of a document; ``uses(word)``: the document has the word."""

    def __init__(self, names: Iterable[str], uses: Callable[[str], bool]) -> None:
        self._names = tuple(names)
        self._uses = uses

    def conduct(self, cleaned: str, stranger: str = "") -> tuple[Conduct, bool]:
        """What ``cleaned`` says of persons: an ``insult``, an ``accusation``, or nothing of either kind.

        ``stranger`` is somebody in it whom the document does not have.
        And whether another part of the message asks something else, so that this only stands beside a question.
        """
        if stranger:
            cleaned = cleaned.replace(stranger, "书记")
        clauses = [squash(text)[:_LONGEST] for text in _BREAK.split(cleaned) if squash(text)]
        kinds = [self._of(clause) for clause in clauses]
        kind: Conduct = "accusation" if "accusation" in kinds else "insult" if "insult" in kinds else ""
        beside = any(own == "" and QUESTION_WORDS.search(clause) for own, clause in zip(kinds, clauses, strict=True))
        return kind, bool(kind) and beside

    def _of(self, clause: str) -> Conduct:
        if self._has(_ACCUSED, clause):
            return "accusation"
        if self._is_about_a_person(clause):
            return "accusation"
        if self._has(_ABUSE, clause) or _SHORT_OF.match(clause) or _SCORN.search(self._named(clause)):
            return "insult"
        return ""

    def _has(self, pattern: re.Pattern[str], clause: str) -> bool:
        return any(not self._uses(found) for found in pattern.findall(clause))

    def _is_about_a_person(self, clause: str) -> bool:
        """Whether ``clause`` spreads a rumour about persons or offices, or pries into a life."""
        named = self._named(clause)
        rumour = re.search(rf"书记(?:(?!{_RUMOURED}){_OF_HIM})*+({_RUMOURED})", named)
        if rumour is not None and not self._is_subject(rumour[1], clause):
            return True
        staff = _OF_STAFF.search(named)
        if staff is not None and not self._uses(staff[0]) and not self._is_subject(staff[1], clause):
            return True
        prying, family = _PRYING.search(named), _HIS_FAMILY.search(named)
        return (prying is not None and not self._uses(prying[0])) or (family is not None and not self._uses(family[1]))

    def _is_subject(self, word: str, clause: str) -> bool:
        """Whether the document speaks of ``word``, and ``clause`` asks what holds for whoever is in office."""
        if not self._uses(word) or any(name in clause for name in self._names):
            return False
        return _RULE.search(clause) is not None and _FACT.search(clause) is None

    def _named(self, clause: str) -> str:
        """``clause`` with every office and person as 书记, so that one pattern reads all."""
        for office in reversed(list(offices_in(clause))):
            clause = f"{clause[: office.start]}书记{clause[office.end :]}"
        for name in (*self._names, "领导", "讲话人", "作者", "一把手"):
            clause = clause.replace(name, "书记")
        return re.sub("(?:书记)+", "书记", clause)
