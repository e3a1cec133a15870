"""What a calibration says to the person who asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.retrieval.calibration.calibrate import Calibration
from bot.retrieval.calibration.expected_rates import balanced_rate, expected_rates
from bot.wording import Calibrate

TRUSTS = (0.3, 0.4, 0.5, 0.6, 0.7)


def report_lines(found: Calibration, answer_at: float) -> Iterator[str]:
    """A table of what to expect by the likelihood from which a passage is shown, and what that means as it is set."""
    yield "\t".join(Calibrate.COLUMNS)
    for at in sorted({*TRUSTS, answer_at}):
        expected = expected_rates(found.judged, at)
        yield "\t".join((f"{at:.2f}", _rate(expected.right), _rate(expected.near), _rate(expected.foreign)))
    expected = expected_rates(found.judged, answer_at)
    yield Calibrate.EXPECTED.format(at=answer_at, right=_rate(expected.right), foreign=_rate(expected.foreign))
    if expected.near is None:
        yield Calibrate.NO_GAPS
    else:
        yield Calibrate.EXPECTED_NEAR.format(near=_rate(expected.near))
    default = expected_rates(found.by_default, answer_at)
    yield Calibrate.BY_DEFAULT.format(
        right=_rate(default.right), near=_rate(default.near), foreign=_rate(default.foreign)
    )


def is_better(found: Calibration, answer_at: float) -> bool:
    """Whether the fitted weights are to be preferred to those that the bot comes with."""
    return balanced_rate(expected_rates(found.judged, answer_at)) > balanced_rate(
        expected_rates(found.by_default, answer_at)
    )


def _rate(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"
