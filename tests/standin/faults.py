"""Faults on order: what can go wrong between a bot and Telegram, for the next N calls of a method."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standin.errors import Json, Refused

KINDS = {"400", "500", "502", "429", "not_json", "drop", "hang"}


@dataclass(slots=True)
class Fault:
    """One kind of failure, for as many calls as are left."""

    method: str
    kind: str
    left: int
    seconds: float = 0.0
    retry_after: int = 1
    carried_out: bool = False
    """The server acts before it fails: the answer is lost, not the call."""

    def wire(self) -> Json:
        """As the control API shows it."""
        return {"method": self.method, "kind": self.kind, "left": self.left, "carried_out": self.carried_out}


class Faults:
    """The faults still to come, first ordered first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let the next calls fail."""
        if fault.kind not in KINDS:
            raise Refused(f"no such fault: {fault.kind}; there are {', '.join(sorted(KINDS))}")
        self.waiting.append(fault)

    def strike(self, method: str) -> Fault | None:
        """The fault that hits this call, if any; ``*`` spares getUpdates, which would eat it up unseen."""
        for fault in self.waiting:
            if fault.method.lower() == method.lower() or (fault.method == "*" and method.lower() != "getupdates"):
                fault.left -= 1
                if fault.left <= 0:
                    self.waiting.remove(fault)
                return fault
        return None
