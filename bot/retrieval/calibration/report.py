"""What a calibration says to the person who asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.retrieval.calibration.calibrate import Calibrated
from bot.retrieval.calibration.expected import rates, worth
from bot.wording import Calibrate

TRUSTS = (0.3, 0.4, 0.5, 0.6, 0.7)


def rows(found: Calibrated, answer_at: float) -> Iterator[str]:
    """A table of what to expect by the likelihood from which a passage is shown, and what that means as it is set."""
    yield "\t".join(Calibrate.COLUMNS)
    for at in sorted({*TRUSTS, answer_at}):
        expected = rates(found.judged, at)
        yield "\t".join((f"{at:.2f}", _rate(expected.right), _rate(expected.near), _rate(expected.foreign)))
    expected = rates(found.judged, answer_at)
    yield Calibrate.EXPECTED.format(at=answer_at, right=_rate(expected.right), foreign=_rate(expected.foreign))
    if expected.near is None:
        yield Calibrate.NO_GAPS
    else:
        yield Calibrate.EXPECTED_NEAR.format(near=_rate(expected.near))
    default = rates(found.by_default, answer_at)
    yield Calibrate.BY_DEFAULT.format(
        right=_rate(default.right), near=_rate(default.near), foreign=_rate(default.foreign)
    )


def better(found: Calibrated, answer_at: float) -> bool:
    """Whether the fitted weights are to be preferred to those that the bot comes with."""
    return worth(rates(found.judged, answer_at)) > worth(rates(found.by_default, answer_at))


def _rate(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"
