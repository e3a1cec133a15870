"""Many questions → few groups of near-duplicates, so that a curator deals with each once. Pure and deterministic."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice

from rapidfuzz import fuzz

from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.normalize.question import normalize_question, strip_politeness
from bot.retrieval.spelling.lookalikes import look_alikes
from bot.retrieval.spelling.pinyin import fold_syllable, readings

NEAR_DUPLICATE = 80.0
"""Likeness (0–100) of characters, or of words in whatever order, from which two questions are near-duplicates."""
_RAREST = 6  # pairs of characters by which groups are looked up: two near-duplicates share most of theirs
_REMEMBERED = 20_000  # cores: the same questions are grouped again and again
_COMPARED = 200  # groups that a wording is compared with, at most: a frame filled in ten thousand times costs no minute
_MARKS = " \t.,;:!?、。，；：！？…~～"
_TIMES = re.compile(
    r"\d+(?:\.\d+)?|[今去明前后]年|[上下]半年|[上下本]个?月"
)  # by one of these questions differ however near

_SAME = (
    (
        re.compile(
            "(?:打算|准备|计划|预备|预计|想要|将要|即将|要准备|准备要|打算要|计划要)(?!生育|书|金|经济|投资|总|完成)"
        ),
        "要",
    ),
    (re.compile("多少|好多|几多"), "几"),
    (re.compile("(?<=几)(?:所|个|家|座|名|位|条|项|户|间|栋|处|种|件|台|辆|次)"), "个"),
    (re.compile("哪一(?=[个家位所])"), "哪"),
    (re.compile("什么时候|啥时候|何时|啥时间|什么时间|哪天|几时"), "哪时"),
    (re.compile("哪儿|什么地方|啥地方|哪个地方|何处"), "哪里"),
    (re.compile("(?:在|到|去)(?=哪里)"), ""),
    (re.compile("怎么样|怎样|如何|咋样|咋"), "怎么"),
    (re.compile("能不能|可不可以|能否|可否|可以"), "能"),
    (re.compile("有没有|是否有|有无"), "有"),
    (re.compile("是不是|是否"), "是"),
    (re.compile("修建|建设|兴建|新建|建造|盖(?=[几个一学房楼])"), "建"),
    (re.compile("钱|费用|资金|经费"), "钱"),
    (re.compile("一共|总共|共计|合计|到底|究竟|现在|目前|那个|这个"), ""),
    (re.compile("[呢啊呀吗嘛么吧咯哦哈哩喽啦呗哟诶]+$|(?<=[几哪])来着$"), ""),
)
"""What says the same in a question, in one spelling: an intention, how many, when, where, and particles at the end."""

Words = Callable[[str], Sequence[str]]
"""Cuts a core into words."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was typed, of what kind of miss, and how often."""

    question: str
    kind: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which it was asked, in its most frequent spelling; ``core`` is what is compared."""

    text: str
    core: str
    times: int

    @property
    def phrase(self) -> str:
        """The question itself, without the politeness around it and the marks behind it."""
        bare = strip_politeness(self.text).strip(_MARKS)
        return bare if question_core(bare) == self.core else self.text


@dataclass(frozen=True)
class QuestionGroup:
    """Near-duplicates, the most frequent wording first; ``kinds`` counts the kinds of misses."""

    wordings: tuple[Wording, ...]
    kinds: Mapping[str, int]

    @cached_property
    def times(self) -> int:
        """How often it was asked."""
        return sum(wording.times for wording in self.wordings)

    @property
    def cores(self) -> tuple[str, ...]:
        """The core of each wording."""
        return tuple(wording.core for wording in self.wordings)

    def distinct(self, limit: int) -> tuple[Wording, ...]:
        """At most ``limit`` wordings that stand for all: the most frequent, and those not near it by characters."""
        picked: list[Wording] = []
        for wording in self.wordings:
            if len(picked) == limit:
                break
            if all(fuzz.ratio(wording.core, other.core) < NEAR_DUPLICATE for other in picked):
                picked.append(wording)
        return tuple(picked)


@dataclass(slots=True)
class _Leader:
    """The wording that a group began with: only what is near it joins, so that chains swallow nothing."""

    wording: Wording
    plain: str
    bag: str
    words: frozenset[str]
    times: tuple[str, ...]
    others: list[Wording] = field(default_factory=list)


@lru_cache(maxsize=_REMEMBERED)
def _plain(core: str) -> str:
    """``core`` with what says the same in one spelling: by this wordings are compared, never shown."""
    text = core
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text or core


@lru_cache(maxsize=_REMEMBERED)
def question_core(question: str) -> str:
    """What is compared of ``question``: two with the same core are the same question."""
    return normalize_question(question).core


def cluster(asked: Iterable[AskedQuestion], words: Words) -> tuple[QuestionGroup, ...]:
    """``asked`` in groups, the most asked first. Questions of which nothing can be compared are left out."""
    wordings, kinds = _by_core(asked)
    leaders = _join_leaders(wordings, words)
    groups = [_group((leader.wording, *leader.others), kinds) for leader in leaders]
    return tuple(sorted(groups, key=lambda found: (-found.times, found.wordings[0].core)))


def _by_core(asked: Iterable[AskedQuestion]) -> tuple[list[Wording], Mapping[str, Counter[str]]]:
    """A wording for each core, the most frequent first, of those the shortest, and the kinds of each core."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in asked:
        core = question_core(one.question)
        if core:
            spellings[core][one.question] += one.times
            kinds[core][one.kind] += one.times
    wordings = [
        Wording(min(texts, key=lambda text: (-texts[text], text)), core, texts.total())
        for core, texts in spellings.items()
    ]
    return sorted(wordings, key=lambda one: (-one.times, len(one.core), one.core)), kinds


def _group(wordings: Sequence[Wording], kinds: Mapping[str, Counter[str]]) -> QuestionGroup:
    together: Counter[str] = Counter()
    for wording in wordings:
        together.update(kinds[wording.core])
    return QuestionGroup(tuple(wordings), dict(sorted(together.items())))


def _join_leaders(wordings: Sequence[Wording], words: Words) -> list[_Leader]:
    """Each wording joins the leader that is nearest, and leads a group of its own if none is near."""
    pairs = {wording.core: _pairs(_plain(wording.core)) for wording in wordings}
    common = Counter(pair for found in pairs.values() for pair in found)
    leaders: list[_Leader] = []
    by_pair: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    by_bag: dict[str, int] = {}
    for wording in wordings:
        plain = _plain(wording.core)
        cut = [word for word in words(plain) if word.strip()]
        one = _Leader(
            wording, plain, " ".join(sorted(cut)), frozenset(cut), tuple(sorted(_TIMES.findall(wording.core)))
        )
        own = pairs[wording.core]
        rarest = sorted(own, key=lambda pair: (common[pair], pair))[:_RAREST]
        near = dict.fromkeys(islice((number for pair in rarest for number in by_pair[pair, one.times]), _COMPARED))
        found = by_bag.get(one.bag)  # the same words in another order
        if found is None:
            found = _nearest(one, leaders, near)
        if found is not None:
            leaders[found].others.append(wording)
            continue
        by_bag[one.bag] = len(leaders)
        for pair in own:
            by_pair[pair, one.times].append(len(leaders))
        leaders.append(one)
    return leaders


def _pairs(core: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str.__add__, core, core[1:]))) or (core,)


def _nearest(one: _Leader, leaders: Sequence[_Leader], numbers: Iterable[int]) -> int | None:
    best, found = NEAR_DUPLICATE, None
    for number in numbers:
        other = leaders[number]
        likeness = max(
            fuzz.ratio(one.plain, other.plain, score_cutoff=best),
            fuzz.ratio(one.bag, other.bag, score_cutoff=best),
        )
        if likeness >= best and (found is None or likeness > best) and not _of_other_things(one.words, other.words):
            best, found = likeness, number
    return found


def _of_other_things(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two questions in nearly the same frame are about different things: each has a word of its own.

    Words that sound or look alike may be one word, miswritten, and so may one that is part of the other.
    """
    own = [word for word in words - others if len(word) > 1 and not QUESTION_WORDS.search(word)]
    theirs = [word for word in others - words if len(word) > 1 and not QUESTION_WORDS.search(word)]
    return bool(own and theirs) and not any(_may_be_one(word, other) for word in own for other in theirs)


def _may_be_one(word: str, other: str) -> bool:
    if len(word) != len(other):
        return bool(set(word) & set(other))
    return all(left == right or _alike(left, right) for left, right in zip(word, other, strict=True))


def _alike(char: str, other: str) -> bool:
    sounds = {fold_syllable(sound) for sound in readings(char)}
    return other in look_alikes(char) or any(fold_syllable(sound) in sounds for sound in readings(other))
