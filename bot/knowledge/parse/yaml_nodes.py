"""YAML text → Python values, noting each issue with its line and going on.

YAML is composed into nodes, not loaded into objects: a node knows its line, and no tag can build anything.
Anchors are refused before composing, so that no "anchor bomb" is ever unfolded; so are more entries than any document
needs, which would take gigabytes as nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import yaml
from yaml.reader import ReaderError

from bot.errors import ValidationIssue, count_issues
from bot.knowledge.parse.yaml_typos import typo_near, typos_in
from bot.wording import Lint

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser if the wheel carries it
MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 20
MAX_ENTRIES = 200_000
"""Texts, lists and mappings of one file: some 140 MB as nodes."""
MAX_ISSUES = 200
"""Issues of one file that are listed one by one: nobody corrects more of them at once."""


class IssueCollector:
    """Collects the issues of one file: the first of them, and how many more there are."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self._kept: list[ValidationIssue] = []
        self._more_fatal = False

    def add(self, line: int, message: str, *, fatal: bool = True) -> None:
        """Note one issue at ``line`` (counted from 1)."""
        self.count += 1
        if self.is_full:
            self._more_fatal |= fatal
        else:
            self._kept.append(ValidationIssue(self.file, line, message, fatal))

    @property
    def is_full(self) -> bool:
        """Whether what is noted from now on is only counted."""
        return len(self._kept) >= MAX_ISSUES

    @property
    def found(self) -> list[ValidationIssue]:
        """The issues in the order in which they were noted; the last one may stand for many."""
        more = self.count - len(self._kept)
        if not more:
            return [*self._kept]
        line = max(issue.line for issue in self._kept)
        message = Lint.MORE_FAULTS.format(count=more)
        return [*self._kept, ValidationIssue(self.file, line, message, self._more_fatal, more)]


def limit_issues(issues: Iterable[ValidationIssue]) -> tuple[ValidationIssue, ...]:
    """``issues`` by file and line, of each file as many as are listed one by one; fatal ones go first."""
    by_file: dict[str, list[ValidationIssue]] = {}
    for issue in issues:
        by_file.setdefault(issue.file, []).append(issue)
    found: list[ValidationIssue] = []
    for file, own in sorted(by_file.items()):
        told = sorted((issue for issue in own if not issue.more), key=lambda issue: (not issue.fatal, issue.line))
        rest = [*told[MAX_ISSUES:], *(issue for issue in own if issue.more)]
        kept = sorted(told[:MAX_ISSUES], key=lambda issue: issue.line)
        found += kept
        if rest:
            message, fatal = Lint.MORE_FAULTS.format(count=count_issues(rest)), any(issue.fatal for issue in rest)
            found.append(
                ValidationIssue(file, max((one.line for one in kept), default=1), message, fatal, count_issues(rest))
            )
    return tuple(found)


def line_of(node: yaml.Node) -> int:
    """The line, counted from 1, at which ``node`` begins."""
    return int(node.start_mark.line) + 1


def compose_yaml(text: str, issues: IssueCollector) -> yaml.Node | None:
    """The root node of ``text``; None, with an issue, if it is no YAML or not safe to read."""
    if len(text) > MAX_CHARACTERS:
        issues.add(1, Lint.TOO_LARGE.format(limit=MAX_CHARACTERS))
        return None
    try:
        if _unsafe(text, issues):
            return None
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        quoted = (
            error.context == "while scanning a quoted scalar"
        )  # noticed where the file ends, corrected where it begins
        mark = error.context_mark if quoted else error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        _note(text, line, error, issues, quoted=quoted)
        return None
    except ReaderError as error:
        # the C parser gives the character's number, the Python parser the character; only we count in characters
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[0])
        line = text.count("\n", 0, max(text.find(chr(code)), 0)) + 1
        issues.add(line, Lint.BAD_CHARACTER.format(code=f"U+{code:04X}"))
        return None
    if root is None:
        issues.add(1, Lint.EMPTY_FILE)
        return None
    typos = typos_in(text, root)
    sure = [typo for typo in typos if typo.sure]
    for typo in sure or typos:  # what else seems wrong beside a sure one may come of it
        issues.add(typo.line, typo.message, fatal=typo.sure)
    return None if sure else root


def _unsafe(text: str, issues: IssueCollector) -> bool:
    depth = 0
    before = issues.count
    told = 0  # the line of the last anchor: a line full of them is one issue
    entries = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if line != told and (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)):
            issues.add(line, Lint.ANCHOR)
            told = line
        if isinstance(event, yaml.NodeEvent):
            entries += 1
            if entries > MAX_ENTRIES:
                issues.add(line, Lint.TOO_MANY_ENTRIES.format(limit=MAX_ENTRIES))
                return True
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                issues.add(line, Lint.TOO_DEEP)
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if issues.count - before >= MAX_DEPTH:  # a bomb has thousands; a page of them is enough to see it
            return True
    return issues.count > before


def _note(text: str, line: int, error: yaml.MarkedYAMLError, issues: IssueCollector, *, quoted: bool) -> None:
    """Why YAML stopped at ``line``, as a person sees it."""
    typo = None if quoted else typo_near(text, line)
    if typo is not None:
        issues.add(typo.line, typo.message)
    else:
        issues.add(line, Lint.OPEN_QUOTE if quoted else _explain(text, line, error))


def _explain(text: str, line: int, error: yaml.MarkedYAMLError) -> str:
    if "nesting depth" in str(error.problem):  # the C scanner looks far ahead, and gives up before we count
        return Lint.TOO_DEEP
    lines = text.splitlines()
    near = lines[line - 1] if line <= len(lines) else ""
    if "\t" in near[: len(near) - len(near.lstrip())] or "'\\t'" in str(error.problem):
        return Lint.TAB
    return Lint.NOT_YAML.format(problem=error.problem or error.context or "")


class MappingReader:
    """A YAML mapping, read key by key. Unknown and repeated keys and values of a wrong kind become issues."""

    def __init__(self, node: yaml.Node, issues: IssueCollector, what: str, known: frozenset[str]) -> None:
        self.line = line_of(node)
        self._issues = issues
        self._values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            issues.add(self.line, Lint.NOT_A_MAPPING.format(what=what))
            return
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                issues.add(line_of(key), Lint.UNKNOWN_KEY.format(key=name or "?", known="、".join(sorted(known))))
            elif name in self._values:
                issues.add(line_of(key), Lint.KEY_TWICE.format(key=name, line=self.line_of(name)))
            else:
                self._values[name] = value

    def has(self, key: str) -> bool:
        """Whether ``key`` is there, with or without a value."""
        return key in self._values

    def line_of(self, key: str) -> int:
        """The line of ``key``'s value, or of the mapping if the key is missing."""
        node = self._values.get(key)
        return self.line if node is None else line_of(node)

    def text(self, key: str, *, required: bool = True) -> str:
        """The one-line text under ``key``; empty if there is none, with an issue if it is required."""
        node = self._values.get(key)
        if node is None:
            if required:
                self._issues.add(self.line, Lint.MISSING_KEY.format(key=key))
            return ""
        value = self._scalar(node, key)
        if value == "" and required:
            self._issues.add(line_of(node), Lint.EMPTY_VALUE.format(key=key))
        return value

    def texts(self, key: str, *, single: bool = False) -> list[tuple[str, int]]:
        """The texts of the list under ``key``, each with its line. ``single``: one text may stand alone."""
        node = self._values.get(key)
        if node is None:
            return []
        if single and isinstance(node, yaml.ScalarNode):
            items: list[yaml.Node] = [node]
        else:
            items = list(self._items(node, key))
        return self._texts_of(items, key)

    def lists(self, key: str) -> list[list[tuple[str, int]]]:
        """The texts of each list in the list under ``key``, each text with its line."""
        node = self._values.get(key)
        if node is None:
            return []
        return [self._texts_of(self._items(inner, key), key) for inner in self._items(node, key)]

    def flag(self, key: str) -> bool:
        """Whether ``key`` is true; without it false. Anything else is an issue."""
        node = self._values.get(key)
        if node is None:
            return False
        value = self._scalar(node, key)
        if value.casefold() not in ("true", "false"):
            self._issues.add(line_of(node), Lint.NOT_A_FLAG.format(key=key))
        return value.casefold() == "true"

    def count(self, key: str) -> int:
        """How many items the list under ``key`` has."""
        node = self._values.get(key)
        return len(node.value) if isinstance(node, yaml.SequenceNode) else 0

    def mappings(self, key: str, what: str, known: frozenset[str]) -> list[MappingReader]:
        """The mappings of the list under ``key``."""
        node = self._values.get(key)
        if node is None:
            return []
        return [MappingReader(item, self._issues, what, known) for item in self._items(node, key)]

    def _texts_of(self, items: Iterable[yaml.Node], key: str) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for item in items:
            value = self._scalar(item, key)
            if value:
                found.append((value, line_of(item)))
            elif isinstance(item, yaml.ScalarNode):
                self._issues.add(line_of(item), Lint.EMPTY_VALUE.format(key=key))
        return found

    def _items(self, node: yaml.Node, key: str) -> Iterator[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
        elif not (isinstance(node, yaml.ScalarNode) and node.value == ""):  # `facts:` with nothing is no facts
            self._issues.add(line_of(node), Lint.NOT_A_LIST.format(key=key))

    def _scalar(self, node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self._issues.add(line_of(node), Lint.NOT_A_TEXT.format(key=key))
        return ""
