"""What somebody types while a question waits → the options that are meant: ``B``, ``我觉得是B``, ``第二``, ``1 3``,
``最后一个``, an option's own words, a part of them that fits no other.

A small grammar, not a list of sentences: what people say before an answer, the answer, what they say behind it. What it
does not cover is not read at all, as a wrong guess would be scored.

Pure, and in time bounded by the length of what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from bot.quiz.phrase_grammar import MARK, any_of
from bot.text import CHINESE_NUMERALS, clean, squash

_LETTERS: Final = "abcdefghijkl"
_SIGNS: Final = str.maketrans(
    {"🅰": "A", "🅱": "B", "\ufe0f": None, "\u20e3": None}  # the last two make keycaps of digits
    | {chr(first + number): _LETTERS[number] for first in (0x1F130, 0x1F150, 0x1F1E6) for number in range(12)}
    | {chr(first + number): str(number + 1) for first in (0x2160, 0x2170) for number in range(12)}  # Ⅰ ⅰ
)
_COUNTS: Final = {char: value for value, char in enumerate(CHINESE_NUMERALS, start=1)} | {"两": 2}


_BEFORE_WORDS: Final = any_of("""
    我 我们 俺 咱 咱们 这 那 本 该 道 一题 题 题目 个 一个 随便 要不 要么 干脆 第一反应 的 觉得 认为 感觉 以为 猜 猜测
    估计 想 看 琢磨 寻思 记得 印象 中 里 选 选项 选择 勾 填 押 投 挑 定 蒙 答 答案 回答 正确 应该 应当 大概 大概率
    可能 也许 或许 好像 似乎 貌似 肯定 一定 绝对 必须 必然 当然 显然 多半 八成 差不多 没错 还 还是 就 是 为 要 会 在
    又 再 改 换 成 到 给 来 先 了 得 吧 啊 呃 额 嗯 唔 哦 噢 诶 哎 哈 那么 这次 最终 等等 等下 等一下 不对 option
    answer choose select pick i'll i think it's is the it maybe
""")
_AFTER_WORDS: Final = any_of("""
    这 那 几 俩 两 三 四 个 一个 一项 项 选项 答案 号 都 全 也 是 对 正确 没错 没问题 可以 吧 啊 呢 了 呀 哦 喔 嘛 吗
    么 的 哈 咯 啦 呗 哟 嘞 我 觉得 认为 感觉 猜 选 蒙 瞎 乱 就 它 这样 好 好了 应该 肯定 绝对 大概 可能 不确定
    不太确定 不肯定 不知道 对不对 是不是 行不行 谢谢 please
""")
_BECAUSE: Final = any_of("因为 理由 原因 依据 根据 我记得 记得 文中 文里 文件 原文 书上 材料 上面 里面 前面")
_TONE: Final = any_of("吧 啊 呢 了 呀 哦 喔 嘛 吗 么 哈 咯 啦 呗 左右 没错 对吧 是吧")
_DIGIT: Final = f"[{CHINESE_NUMERALS[:9]}]"
_UNIT: Final = "(?:[个项号条种款]?(?:选项|答案)?)"
_BEFORE: Final = rf"(?:{MARK}|{_BEFORE_WORDS}|最后(?![一1那]?[个项条])|no\.?(?=\s*\d))*"
_AFTER: Final = rf"(?:{MARK}|{_AFTER_WORDS})*"
_ONE: Final = rf"""(?:(?:选项)?[a-l](?:项|选项|号|答案)?|第?(?:1[0-2]|[1-9]){_UNIT}|第?{_DIGIT}{_UNIT}
|倒数第?(?:{_DIGIT}|[1-9]){_UNIT}|(?:最后|末尾|最末)[一1那]?[个项条](?:选项|答案)?|[头首][一1]?[个项条](?:选项)?
|[前后](?:{_DIGIT}|两|[1-9])[个项条](?:选项)?)"""
_NAMED: Final = re.compile(rf"(?P<pick>{_ONE}){MARK}*", re.VERBOSE)
_BETWEEN: Final = rf"(?:{MARK}|{any_of('和 与 及 跟 加 且 同 并 还有 以及 加上 外加 选')})*"
_TYPED: Final = re.compile(rf"{_BEFORE}(?P<picks>{_ONE}(?:{_BETWEEN}{_ONE})*){_AFTER}", re.VERBOSE)
_PICK: Final = re.compile(
    rf"倒数第?(?P<back>{_DIGIT}|[1-9])|(?P<last>最后|末尾|最末)[一1]?|(?P<first>[头首])[一1]?"
    rf"|前(?P<head>{_DIGIT}|两|[1-9])|后(?P<tail>{_DIGIT}|两|[1-9])|(?P<letter>[a-l])|(?P<number>\d+|{_DIGIT})"
)
_ALL: Final = re.compile(
    rf"{_BEFORE}(?:以上|上面|所有|全部|这些|这几个|[三四五六3-6]个|的|选项)*(?:[都全]+[选对是要]|全部|所有选项){_AFTER}"
)
_REASON: Final = re.compile(
    rf"[\s,。.;!:、(]+(?:{_BECAUSE}).*|因为.*",
    re.DOTALL,
)
"""Why: 「B，因为……」."""
_CONCLUSION: Final = re.compile("(?<!不)(?:所以|因此|那就|改成|换成|改为|答案|应该|选)(?:还是|就|我)*(?:选择?|是)*")
"""What a conclusion begins with, where reasons stand before it: 「……，所以选B」."""
_ASKS: Final = re.compile("为什么|为啥|怎么|哪|什么|多少|几个|还是|或者?|不选|不是")
_DENIED: Final = re.compile(rf"(?:不是|不选|排除|不可能是)\s*{_ONE}|{_ONE}\s*(?:不对|错了?|不是|不行)", re.VERBOSE)
_BEGINNING: Final = re.compile(_BEFORE, re.VERBOSE)
_ENDING: Final = re.compile(rf"(?:{MARK}|的?[那这]一?[个项条]|的?(?:选项|答案)|{_TONE})++$")
_LONGEST_PICK: Final = 24  # characters
_LONGEST_ANSWER: Final = 80  # characters: what is longer, and no option's own words, is talk
_SHORTEST_PART: Final = 2  # characters of an option's words that stand for it
_SHORTEST_LOOSE: Final = 3  # where characters between them are left out, or typed wrongly
_LEAST_SHARE: Final = 0.5  # of an option's characters, where some are left out
_LEAST_ALIKE: Final = 0.75  # with typing errors, and no other option as much as _MOST_ALIKE
_MOST_ALIKE: Final = 0.6
_YES: Final = re.compile(
    rf"(?:{any_of('对 是 正确 没错 没有错 属实 真 没问题 没毛病 成立 同意 确实 符合 yes y true t right')})的?"
    "|[√✓✔✅☑⭕○👍]|(?:说得|是|确实)(?:对|真|正确|是)的?"
)
_NO: Final = re.compile(
    rf"(?:{any_of('错 错误 不对 否 不是 不正确 有误 假 不成立 不属实 有问题 反对 不同意 no n false f wrong')})[的了]?"
    "|[×✗✘✖x❌👎]|(?:说得|是)(?:错|假|不对|错误)的?|不是这样的?"
)
_STATEMENT: Final = re.compile(
    "(?:这个?|那个?|此|该|上面|以上|题目)?(?:句话?|说法|表述|题目?|观点|话|判断|描述)(?:说?[的得])?"
)
"""What is judged: 「这句话」 before 对, 错."""


def parse_options(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The indices that ``text`` picks, ascending; None if it is no answer but talk.

    Picks may lie outside of ``options``: a member who types E to four options is told that there is no E.
    """
    spelled = clean(text.translate(_SIGNS))
    worded = options_by_words(text, options)
    if worded is not None or len(spelled) > _LONGEST_ANSWER:
        return worded
    for said in _shortened(spelled):
        picked = _by_name(said, len(options))
        if picked is not None:
            return picked
    return _with_words(spelled, options) or _by_part(spelled, options)


def options_by_words(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The option that has these very words; yes and no for a choice between the two."""
    words = [squash(option) for option in options]
    for said in _without_wrapping(clean(text.translate(_SIGNS))):
        bare = squash(said)
        if bare and words.count(bare) == 1:
            return (words.index(bare),)
        if len(words) == 2:
            heard = (said.strip("。!., "), _STATEMENT.sub("", said, count=1).strip("。!.,~ "))
            for meant in (_YES, _NO):
                fitting = [index for index, word in enumerate(words) if meant.fullmatch(word)]
                if len(fitting) == 1 and any(meant.fullmatch(one) for one in heard):
                    return (fitting[0],)
    return None


def is_option_answer(text: str) -> bool:
    """Whether ``text`` can be nothing but an answer by letters or numbers."""
    return len(text) <= _LONGEST_PICK and _TYPED.fullmatch(clean(text.translate(_SIGNS))) is not None


def _shortened(spelled: str) -> Iterator[str]:
    """What was typed; without its reason; its conclusion; without what it denies. Each if it is short enough."""
    if len(spelled) <= _LONGEST_PICK:
        yield spelled
    bare = _REASON.sub("", spelled)
    if bare != spelled and len(bare) <= _LONGEST_PICK:
        yield bare
    conclusions = list(_CONCLUSION.finditer(spelled))
    if conclusions:
        before, last = spelled[: conclusions[-1].start()], spelled[conclusions[-1].end() :]
        if len(last) <= _LONGEST_PICK and not _ASKS.search(before):
            yield last
    allowed = _DENIED.sub(",", spelled)
    if allowed != spelled and len(allowed) <= _LONGEST_PICK:
        yield allowed


def _by_name(said: str, count: int) -> tuple[int, ...] | None:
    """The options that are named by letters, numbers or places."""
    typed = _TYPED.fullmatch(said)
    if typed is not None:
        found: set[int] = set()
        for pick in _PICK.finditer(typed["picks"]):
            found.update(_picked(pick, count))
        return tuple(sorted(found)) if min(found, default=-1) >= 0 else None
    if count > 2 and _ALL.fullmatch(said):
        return tuple(range(count))
    return None


def _picked(pick: re.Match[str], count: int) -> Sequence[int]:
    """The indices that one of the names means."""
    found: Sequence[int]
    match pick.lastgroup:
        case "back":
            found = (count - _number(pick["back"]),)
        case "last":
            found = (count - 1,)
        case "first":
            found = (0,)
        case "head":
            found = range(min(_number(pick["head"]), count))
        case "tail":
            found = range(max(count - _number(pick["tail"]), 0), count)
        case "letter":
            found = (_LETTERS.index(pick["letter"]),)
        case _:
            number = _number(pick["number"])
            # 13 to four options: the first and the third
            found = (number - 1,) if number <= count else [int(digit) - 1 for digit in str(number)]
    return found


def _number(text: str) -> int:
    return _COUNTS.get(text) or int(text)


def _with_words(spelled: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """An option that is named and spelled out as well: 「B 百分之八十」. Both must mean the same."""
    for said in _without_wrapping(spelled):
        named = _NAMED.match(said)
        if named is None or named.end() == len(said):
            continue
        words = said[named.end() :]
        picked = _by_name(named["pick"], len(options))
        if picked is not None and picked == (options_by_words(words, options) or _by_part(words, options)):
            return picked
    return None


def _by_part(spelled: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The only option that has what was typed as a part of its words, some left out or typed wrongly perhaps."""
    words = [squash(option) for option in options]
    for said in _without_wrapping(spelled):
        bare = squash(said)
        if len(bare) < _SHORTEST_PART:
            continue
        fitting = [index for index, word in enumerate(words) if bare in word]
        if not fitting and len(bare) >= _SHORTEST_LOOSE and not _ASKS.search(bare):
            fitting = [
                index
                for index, word in enumerate(words)
                if len(bare) >= _LEAST_SHARE * len(word) and _is_within(bare, word)
            ] or _alike(bare, words)
        if len(fitting) == 1:
            return (fitting[0],)
    return None


def _is_within(part: str, whole: str) -> bool:
    """Whether the characters of ``part`` stand in ``whole`` in this order, with others between them."""
    rest = iter(whole)
    return all(char in rest for char in part)


def _alike(bare: str, words: Sequence[str]) -> list[int]:
    """The option whose words were meant, with a typing error in them: figures must be as they are."""
    figures = re.findall(r"\d+", bare)
    scores = [SequenceMatcher(None, bare, word, autojunk=False).ratio() for word in words]
    best = max(range(len(words)), key=scores.__getitem__)
    others = max((score for index, score in enumerate(scores) if index != best), default=0.0)
    fits = scores[best] >= _LEAST_ALIKE and others < _MOST_ALIKE and re.findall(r"\d+", words[best]) == figures
    return [best] if fits else []


def _without_wrapping(spelled: str) -> Iterator[str]:
    """What was typed, and that without what people say around an answer: 我觉得是…吧."""
    yield spelled
    lead = _BEGINNING.match(spelled)
    for inner in (_ENDING.sub("", spelled), _ENDING.sub("", spelled[lead.end() if lead else 0 :])):
        if inner != spelled:
            yield inner
