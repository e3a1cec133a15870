"""The document's own name in a question: «双清区的就业怎么样» asks the same of a speech on 双清区 as «就业怎么样».

The name is read off the title, as far as its kind: 双清区 of «双清区创先争优讲话», 青山镇 of «青山镇春季工作讲话».
"""

from __future__ import annotations

import re
from typing import Final

_KINDS: Final = "区县市镇乡村省州旗"
_NAME: Final = re.compile(
    rf"^[\u4e00-\u9fff]{{1,6}}?[{_KINDS}]|^[\u4e00-\u9fff]{{2,8}}?(?:街道|社区|学校|大学|中学|公司|医院|集团)"
)
_OFFICE: Final = r"(?![委长级政府办直属])"  # 双清区委 is somebody else


class DocumentName:
    """Takes the name of a document that is called ``title`` out of questions to it."""

    def __init__(self, title: str) -> None:
        found = _NAME.match(title)
        self._pattern: re.Pattern[str] | None = None
        if found is not None:
            name, kind = found[0], found[0][-1]
            others = rf"|(?:我们?|咱们?|俺们?|本|全|你们?|这个)(?:个)?{kind}{_OFFICE}里?" if kind in _KINDS else ""
            stem = rf"|{re.escape(name[:-1])}的" if len(name) > 2 else ""  # «双清的就业»
            self._pattern = re.compile(rf"(?:{re.escape(name)}{_OFFICE}里?{others})(?:里面|这边|这里|内)?的?{stem}")

    def __eq__(self, other: object) -> bool:
        return self._pattern == other._pattern if isinstance(other, DocumentName) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._pattern)

    def without(self, core: str) -> str:
        """``core`` without the name; as it is if next to nothing else would be left."""
        if self._pattern is None:
            return core
        shorter = self._pattern.sub("", core)
        return shorter if len(shorter) > 1 else core
