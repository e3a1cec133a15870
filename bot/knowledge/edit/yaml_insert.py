"""Where in a YAML text an item or a key goes, so that every other byte stays where it is. Pure.

The text is never written anew from values: what goes in is put between two characters of it, at a mark of its nodes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

import yaml

from bot.knowledge.edit.yaml_emit import Value, item_lines, to_flow_style

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what ends a line, and with it a comment, in YAML
_BREAKS = "\n\r\x85\u2028\u2029"
_COLON = re.compile(r"\s*:")
_OFFSET = 2  # from a key to the dashes of its list, if the text shows no habit of its own


@dataclass(frozen=True, slots=True)
class Insertion:
    """``text`` goes between the characters ``at - 1`` and ``at``."""

    at: int
    text: str

    def into(self, text: str) -> str:
        """``text`` with this put in."""
        return text[: self.at] + self.text + text[self.at :]


def find_entry(mapping: yaml.MappingNode, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The node of ``key`` and that of its value; None if there is no such key."""
    return next(((name, value) for name, value in mapping.value if name.value == key), None)


def add_item(
    text: str, items: yaml.SequenceNode, value: Value, offset: int, after: yaml.Node | None = None
) -> Insertion:
    """``value`` as an item of the list ``items``, behind its item ``after``, or behind its last one."""
    last = after or (items.value[-1] if items.value else None)
    if items.flow_style:
        if last is None:
            return Insertion(items.end_mark.index - 1, to_flow_style(value))
        return Insertion(last.end_mark.index, f", {to_flow_style(value)}")
    lines = list(item_lines(value, items.start_mark.column, offset))
    if isinstance(value, Mapping) and last is not None and _stands_apart(text, last):
        lines.insert(0, "")
    return _lines_behind(text, last or items, lines)


def add_list(
    text: str, mapping: yaml.MappingNode, key: str, item: Value, offset: int, *, before: Container[str]
) -> Insertion:
    """A list of one ``item`` under a ``key`` that ``mapping`` lacks, behind the last of the keys ``before`` it."""
    ahead = [value for name, value in mapping.value if name.value in before]
    last = ahead[-1] if ahead else mapping.value[-1][1]
    if mapping.flow_style:
        return Insertion(last.end_mark.index, f", {key}: [{to_flow_style(item)}]")
    column = mapping.value[0][0].start_mark.column
    if any(isinstance(value, yaml.SequenceNode) and value.flow_style for _, value in mapping.value):
        return _lines_behind(text, last, [f"{' ' * column}{key}: [{to_flow_style(item)}]"])
    return _lines_behind(text, last, [f"{' ' * column}{key}:", *item_lines(item, column + offset, offset)])


def fill_list(text: str, mapping: yaml.MappingNode, key: yaml.Node, item: Value, offset: int) -> Insertion:
    """A list of one ``item`` behind a ``key`` of ``mapping`` that nothing stands behind."""
    colon = _COLON.match(text, key.end_mark.index)
    if mapping.flow_style:
        at = colon.end() if colon else int(key.end_mark.index)
        return Insertion(at, f"{'' if colon else ':'} [{to_flow_style(item)}]")
    return _lines_behind(text, key, item_lines(item, key.start_mark.column + offset, offset))


def list_indent(root: yaml.Node) -> int:
    """How far the dashes of lists stand behind their keys, as the first such list below the top level has it."""
    for mapping in _mappings(root, top=True):
        for key, value in mapping.value:
            if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                return int(value.start_mark.column - key.start_mark.column)
    return _OFFSET


def _mappings(node: yaml.Node, *, top: bool = False) -> Iterable[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        if not top:
            yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _mappings(item)


def _stands_apart(text: str, item: yaml.Node) -> bool:
    """Whether an empty line stands before ``item``."""
    before = _BREAK.split(text[: item.start_mark.index])
    return len(before) > 1 and not before[-2].strip()


def _leaf(node: yaml.Node) -> yaml.Node:
    """The last scalar or flow collection of ``node``: the end of a block is noted only where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _lines_behind(text: str, node: yaml.Node, lines: Iterable[str]) -> Insertion:
    """``lines`` of their own behind the line on which ``node`` ends, and behind its comment."""
    leaf = _leaf(node)
    at = int(leaf.end_mark.index)
    block = isinstance(leaf, yaml.ScalarNode) and leaf.style in ("|", ">")
    written = [f"{line}\n" for line in lines]
    if block and _BREAK.search(text[at - 1 : at]):
        # it ends where the next line begins: what is added goes before the empty lines, which set apart what follows
        at = len(text[:at].rstrip(_BREAKS))
    found = _BREAK.search(text, at)
    if found is None:
        return Insertion(len(text), "\n" + "".join(written).removesuffix("\n"))
    return Insertion(found.end(), "".join(written))
