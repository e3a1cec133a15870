"""Time, faults and switches."""

from __future__ import annotations

from dataclasses import asdict

from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.faults import Fault
from tests.standin.params import Params
from tests.standin.world import World


@action("advance")
async def advance(world: World, params: Params) -> Json:
    """Set the clock forward and close the polls that are due by then."""
    world.clock.advance(params.decimal("seconds", 0.0))
    world.close_due_polls()
    return {"time": world.clock.now()}


@action("fault")
async def fault(world: World, params: Params) -> Json:
    """Let the next ``times`` calls of a method fail."""
    ordered = Fault(
        method=params.words("method"),
        kind=params.words("kind"),
        left=params.number("times") or 1,
        seconds=params.decimal("seconds", 0.0),
        retry_after=params.number("retry_after") or 1,
        carried_out=params.flag("carried_out"),
    )
    world.faults.order(ordered)
    return ordered.wire()


@action("struck")
async def struck(world: World, params: Params) -> Json:
    """Whether all faults ordered for a method struck, within ``timeout`` seconds; a hanging call counts at once."""
    method = params.words("method").lower()

    def look() -> bool | None:
        return None if any(fault.method.lower() == method for fault in world.faults.waiting) else True

    return {"struck": bool(await world.signal.until(look, params.decimal("timeout", 5.0)))}


@action("clear_faults")
async def clear_faults(world: World, params: Params) -> Json:
    """No more faults."""
    world.faults.waiting.clear()
    return {}


@action("configure")
async def configure(world: World, params: Params) -> Json:
    """Turn switches; all of them come back."""
    for name in params.values:
        if name not in asdict(world.switches):
            raise Refused(f"no such switch: {name}")
        setattr(world.switches, name, params.flag(name))
    return asdict(world.switches)
