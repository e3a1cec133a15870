"""What a calibration says to the person who asked for it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.calibration.calibrate import Calibrated
from bot.calibration.expected import rates
from bot.wording import Calibrate

TRUSTS = (0.3, 0.4, 0.5, 0.6, 0.7)


def rows(found: Calibrated, answer_at: float) -> Iterator[str]:
    """A table of what to expect by the trust from which a passage is shown, and what that means as it is set."""
    yield "\t".join(Calibrate.COLUMNS)
    for at in sorted({*TRUSTS, answer_at}):
        expected = rates(found.judged, at)
        yield f"{at:.2f}\t{expected.right:.3f}\t{expected.near:.3f}\t{expected.foreign:.3f}"
    expected = rates(found.judged, answer_at)
    yield Calibrate.EXPECTED.format(**expected._asdict())
