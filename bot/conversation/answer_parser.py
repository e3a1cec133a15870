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

from bot.conversation.phrase_grammar import MARK, any_of, spelled
from bot.retrieval.normalize.numerals import normalize_numerals
from bot.text import CHINESE_NUMERALS, squash

_LETTERS: Final = "abcdefghijkl"
_COUNTS: Final = {char: value for value, char in enumerate(CHINESE_NUMERALS, start=1)} | {"两": 2}


_BEFORE_WORDS: Final = any_of("""
    我 我们 俺 咱 咱们 这 那 本 该 道 一题 题 题目 个 一个 随便 要不 要么 干脆 第一反应 的 觉得 认为 感觉 以为 猜
    猜测 估计 想 看 琢磨 寻思 记得 印象 中 里 选 选项 选择 勾 填 押 投 挑 定 蒙 答 答案 回答 正确 应该 应当 大概
    大概率 可能 也许 或许 好像 似乎 貌似 肯定 一定 绝对 必须 必然 当然 显然 多半 八成 差不多 没错 还 就 是 为
    要 会 在 又 再 改 换 成 到 给 来 先 了 得 吧 啊 呃 额 嗯 唔 哦 噢 诶 哎 哈 那么 这次 最终 等等 等下 等一下 不对
    option answer choose select pick i'll i think it's is the it maybe
""")
_AFTER_WORDS: Final = any_of("""
    这 那 几 俩 两 三 四 个 一个 一项 项 答案 号 都 全 也 是 对 正确 没错 没问题 可以 吧 啊 呢 了 呀 哦 喔 嘛
    吗 么 的 哈 咯 啦 呗 哟 嘞 我 觉得 认为 感觉 猜 选 蒙 瞎 乱 就 它 这样 好 应该 肯定 绝对 大概 可能 不确定
    不太确定 不肯定 不知道 对不对 是不是 行不行 更像 像 比较 靠谱 合适 合理 谢谢 please
""")
_BECAUSE: Final = any_of("因为 理由 原因 依据 根据 我记得 记得 文中 文里 文件 原文 书上 材料 上面 里面 前面")
_TONE: Final = any_of("吧 啊 呢 了 呀 哦 喔 嘛 吗 么 哈 咯 啦 呗 左右 没错 对吧 是吧")
_DIGIT: Final = f"[{CHINESE_NUMERALS[:9]}]"
_UNIT: Final = "(?:[个项号条种款]?(?:选项|答案)?)"
_SOUNDS: Final = r"(?<![emhu])[emhu]{2,9}(?![emhu])|233+(?!3)|666+(?!6)"
_BEFORE: Final = rf"(?:{MARK}|{_BEFORE_WORDS}|最后(?![一1那]?[个项条])|{_SOUNDS}|no\.?(?=\s*\d))*"
_AFTER: Final = rf"(?:{MARK}|{_AFTER_WORDS})*"
_ONE: Final = rf"""(?:(?:选项)?[a-l](?:项|选项|号|答案)?|第?(?>1[0-2]|[1-9]){_UNIT}|第?{_DIGIT}{_UNIT}
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
_REASON: Final = re.compile(rf"[\s,。.;!:、(]+(?:{_BECAUSE}).*|因为.*", re.DOTALL)
"""Why: 「B，因为……」."""
_CONCLUSION: Final = re.compile("(?<!不)(?:所以|因此|那就|改成|换成|改为|答案|应该|选)(?:还是|就|我)*(?:选择?|是)*")
"""What a conclusion begins with, where reasons stand before it: 「……，所以选B」."""
_ASKS: Final = re.compile("为什么|为啥|怎么|哪|什么|多少|几个|还是|或者?|不选|不是")
_DENIED: Final = re.compile(
    rf"(?:不是|不选|排除|不可能是)\s*{_ONE}|{_ONE}\s*(?:肯定|应该|明显|显然|一看就|就|是)*(?:不对|错了?|不是|不行|不选|排除|凑数|干扰|没有).{{0,3}}",
    re.VERBOSE,
)
_OTHERS: Final = any_of("以外 之外 不对 错 不选 , 其他 其它 其余 都 全 的 选 对 是")
_EXCEPT: Final = re.compile(rf"(?:除了?|只有)(?P<picks>{_ONE}(?:{_BETWEEN}{_ONE})*)(?:{_OTHERS})+{_AFTER}", re.VERBOSE)
"""All but these: 「除了C都对」, 「只有C不对」."""
_CLAUSES: Final = re.compile(r"(?:[\s,、;:。!?~…]|(?<!\d)\.|\.(?!\d))+")
_LATIN: Final = re.compile("[a-z]")
_AND: Final = re.compile(r"[\s、,]+|和|与|跟|以及|还有|加上")
_ADDS: Final = re.compile("还有|再加|加上|以及|也|外加|还选")
_TAKES_BACK: Final = re.compile("不是|打错|写错|按错|点错|说错|手滑|更正|改成|改选|改为|换成|不对")
_CHOOSES: Final = re.compile("还是|或者|哪[个一]")
"""A clause that leaves the choice open."""
_BEGINNING: Final = re.compile(_BEFORE, re.VERBOSE)
_ENDING: Final = re.compile(rf"(?:{MARK}|的?[那这]一?[个项条]|的?(?:选项|答案)|{_TONE})++$")
_LONGEST_PICK: Final = 24  # characters
_LONGEST_ANSWER: Final = 60  # characters: what is longer, and no option's own words, is talk
_SHORTEST_PART: Final = 2  # characters of an option's words that stand for it
_LONG: Final = 4  # characters of an option that has a short name
_SHORTEST_LOOSE: Final = 3  # where characters between them are left out, or typed wrongly
_LEAST_SHARE: Final = 0.5  # of an option's characters, where some are left out
_LEAST_ALIKE: Final = 0.75  # with typing errors, and no other option as much as _MOST_ALIKE
_MOST_ALIKE: Final = 0.6
_YES: Final = re.compile(
    rf"(?:{any_of('对 是 正确 没错 没有错 属实 真 没问题 没毛病 成立 同意 确实 符合 yes y true t right')})的?"
    "|[√✓✔✅☑⭕○👍]|(?:说得|是|确实)(?:对|真|正确|是)的?"
)
_NO: Final = re.compile(
    rf"(?:{any_of('错 错误 不对 否 不是 不正确 有误 假 反 说反 弄反 不成立 不属实 有问题 no n false f wrong')})[的了]?"
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
    said = spelled(text)
    worded = options_by_words(text, options)
    if worded is not None or len(said) > _LONGEST_ANSWER:
        return worded
    words = [_squashed(option) for option in options]
    picked = _read(said, words)
    if picked is not None and max(picked) < len(words):
        return picked
    return _in_clauses(said, words) or picked


def _read(said: str, words: Sequence[str]) -> tuple[int, ...] | None:
    """The options that a sentence picks as a whole: by name, by name and words, by a part of their words."""
    beyond: tuple[int, ...] | None = None  # 「六个吧」 may be the words of the third option rather than the sixth
    for short in _shortened(said):
        picked = _by_name(short, len(words))
        if picked is not None and max(picked) < len(words):
            return picked
        beyond = beyond or picked
    return _with_words(said, words) or _several_by_words(said, words) or _by_part(said, words) or beyond


def _in_clauses(said: str, words: Sequence[str]) -> tuple[int, ...] | None:
    """The options that one clause picks beside others that pick nothing; of several the last, or all if it adds some.

    A clause that says more of an option is no answer if it asks, and neither is one that denies.
    """
    clauses = [clause for clause in _CLAUSES.split(said) if clause]
    if len(clauses) < 2:
        return None
    found: tuple[int, ...] | None = None
    for number, clause in enumerate(clauses):
        bare = _DENIED.sub("", _ADDS.sub("", clause, count=1))
        if not bare:
            continue
        picked = _in_words(bare, words) or _read(bare, words)
        if picked is None:
            if _CHOOSES.search(clause) or _LATIN.search(clause) or (_ASKS.search(clause) and found is None):
                return None
            continue
        if found is not None and picked != found:
            if _ADDS.match(clause):
                picked = tuple(sorted({*found, *picked}))
            elif not _TAKES_BACK.search("，".join(clauses[:number]) + clause):
                return found if _is_reason(clause) else None
        found = picked
    return found


def _is_reason(clause: str) -> bool:
    """Whether a clause speaks at length: what it mentions is no pick."""
    return len(clause) > _LONGEST_PICK // 3


def options_by_words(text: str, options: Sequence[str]) -> tuple[int, ...] | None:
    """The option that has these very words; yes and no for a choice between the two."""
    return _in_words(spelled(text), [_squashed(option) for option in options])


def _in_words(spelled_: str, words: Sequence[str]) -> tuple[int, ...] | None:
    for said in _without_wrapping(spelled_):
        bare = _squashed(said)
        if bare and words.count(bare) == 1:
            return (words.index(bare),)
        if len(words) == 2:
            heard = (said.strip("。!., "), _STATEMENT.sub("", said, count=1).strip("。!.,~ "))
            for meant in (_YES, _NO):
                fitting = [index for index, word in enumerate(words) if meant.fullmatch(word)]
                if len(fitting) == 1 and any(meant.fullmatch(one) for one in heard):
                    return (fitting[0],)
    return None


def _squashed(text: str) -> str:
    """``text`` for comparing: three point six ten thousands are 三万六 as well as 3.6万."""
    return normalize_numerals(squash(text))


def is_option_answer(text: str) -> bool:
    """Whether ``text`` can be nothing but an answer by letters or numbers."""
    return len(text) <= _LONGEST_PICK and _TYPED.fullmatch(spelled(text)) is not None


def _shortened(said: str) -> Iterator[str]:
    """What was typed; without its reason; its conclusion; without what it denies. Each if it is short enough."""
    if len(said) <= _LONGEST_PICK:
        yield said
    bare = _REASON.sub("", said)
    if bare != said and len(bare) <= _LONGEST_PICK:
        yield bare
    conclusions = list(_CONCLUSION.finditer(said))
    if conclusions:
        before, last = said[: conclusions[-1].start()], said[conclusions[-1].end() :]
        if len(last) <= _LONGEST_PICK and not _ASKS.search(before):
            yield last
    allowed = _DENIED.sub(",", said)
    if allowed != said and len(allowed) <= _LONGEST_PICK:
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
    but = _EXCEPT.fullmatch(said)
    if count > 2 and but is not None:
        out = {index for pick in _PICK.finditer(but["picks"]) for index in _picked(pick, count)}
        return tuple(index for index in range(count) if index not in out) or None
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


def _with_words(spelled_: str, words: Sequence[str]) -> tuple[int, ...] | None:
    """An option that is named and spelled out as well: 「B 百分之八十」. Both must mean the same."""
    for said in _without_wrapping(spelled_):
        named = _NAMED.match(said)
        if named is None or named.end() == len(said):
            continue
        rest = said[named.end() :]
        picked = _by_name(named["pick"], len(words))
        if picked is not None and picked == (_in_words(rest, words) or _by_part(rest, words)):
            return picked
    return None


def _several_by_words(spelled_: str, words: Sequence[str]) -> tuple[int, ...] | None:
    """Several options by their words or parts of them: 「走访和台账」."""
    for said in _without_wrapping(spelled_):
        parts = _AND.split(said)
        found = [_in_words(part, words) or _by_part(part, words) for part in parts if part]
        if len(found) > 1 and None not in found:
            return tuple(sorted({index for picked in found if picked for index in picked}))
    return None


def _by_part(spelled_: str, words: Sequence[str]) -> tuple[int, ...] | None:
    """The only option that has what was typed as a part of its words, some left out or typed wrongly perhaps."""
    for said in _without_wrapping(spelled_):
        bare = _squashed(said)
        if len(bare) < _SHORTEST_PART:
            continue
        fitting = [index for index, word in enumerate(words) if bare in word]
        if not fitting and not _ASKS.search(bare):
            fitting = [index for index, word in enumerate(words) if _abbreviates(bare, word)] or _alike(bare, words)
        if len(fitting) == 1:
            return (fitting[0],)
    return None


def _abbreviates(part: str, whole: str) -> bool:
    """Whether the characters of ``part`` stand in ``whole`` in this order, enough of them, with others between them."""
    if len(part) < max(_SHORTEST_LOOSE, _LEAST_SHARE * len(whole)) and not (
        len(part) == _SHORTEST_PART and part[0] == whole[0] and len(whole) >= _LONG
    ):
        return False
    rest = iter(whole)
    return not re.search(r"\d", part) and all(char in rest for char in part)


def _alike(bare: str, words: Sequence[str]) -> list[int]:
    """The option whose words were meant, with a typing error in them: figures must be as they are."""
    if len(bare) < _SHORTEST_LOOSE:
        return []
    figures = re.findall(r"\d+", bare)
    scores = [SequenceMatcher(None, bare, word, autojunk=False).ratio() for word in words]
    best = max(range(len(words)), key=scores.__getitem__)
    others = max((score for index, score in enumerate(scores) if index != best), default=0.0)
    fits = scores[best] >= _LEAST_ALIKE and others < _MOST_ALIKE and re.findall(r"\d+", words[best]) == figures
    return [best] if fits else []


def _without_wrapping(said: str) -> Iterator[str]:
    """What was typed, and that without what people say around an answer: 我觉得是…吧."""
    yield said
    lead = _BEGINNING.match(said)
    for inner in (_ENDING.sub("", said), _ENDING.sub("", said[lead.end() if lead else 0 :])):
        if inner != said:
            yield inner
