"""What the judge weighs: ``Features`` of a point, ``QuestionFeatures`` of a question's answerability."""

from __future__ import annotations

from typing import NamedTuple


class Features(NamedTuple):
    """What speaks for a point, each about 0 (nothing) to 1.

    ``cosine``, ``cosine2``, ``cosine3``  of the three nearest phrasings: shared terms weighted by inverse document
                    frequency; one of them alone may be chance
    ``edit``        likeness letter by letter of the nearest phrasing (normalised Indel similarity)
    ``near``        the better of cosine and edit, squared: a near miss counts far more than a distant one
    ``echo``        the mean of the three cosines, squared
    ``said``        the share of the question, by weight, that the point itself says
    ``shown``       the same of the sentences shown around it
    ``likely``      how likely the question is, by all phrasings of the point together (log likelihood, beside all else)
    ``meaning``, ``meaning2``, ``meaning3``  likeness in meaning of the three nearest phrasings, beyond the mean
    ``alike``       ``meaning``, squared
    ``about``       likeness in meaning of the passage, beyond the mean
    ``stray``, ``stray_meaning``  the share of the question that is unusual for the point and asked by a gap, times how
                    like that gap is, by letters or terms, and by meaning
    ``hit``, ``hit_meaning``  the same for the share of the gap's own words, which no phrasing of its point has
    ``typed``       likeness of the nearest phrasing that asks for the same kind of thing: a sum, a count, a person …
    ``mistyped``    1 if the question asks for a kind of thing that no phrasing of the point asks for
    """

    cosine: float = 0.0
    cosine2: float = 0.0
    cosine3: float = 0.0
    edit: float = 0.0
    near: float = 0.0
    echo: float = 0.0
    said: float = 0.0
    shown: float = 0.0
    likely: float = 0.0
    meaning: float = 0.0
    meaning2: float = 0.0
    meaning3: float = 0.0
    alike: float = 0.0
    about: float = 0.0
    stray: float = 0.0
    stray_meaning: float = 0.0
    hit: float = 0.0
    hit_meaning: float = 0.0
    typed: float = 0.0
    mistyped: float = 0.0


class QuestionFeatures(NamedTuple):
    """What speaks for or against answering at all, whatever the point.

    ``known``       the share of the question, by weight, that any phrasing uses
    ``documented``  the share that the document itself uses
    ``gap_cosine``, ``gap_edit``  likeness of the nearest question marked as unanswered of whose own words one was asked
    ``gap_meaning``  likeness in meaning of the nearest of all
    ``strange``     the share of its words of two and more characters that nothing here uses
    ``wording``     how much it sounds like what is answered, by its terms (log odds)
    ``sense``       the same by its meaning (about -1 to 1)
    """

    known: float = 0.0
    documented: float = 0.0
    gap_cosine: float = 0.0
    gap_edit: float = 0.0
    gap_meaning: float = 0.0
    strange: float = 0.0
    wording: float = 0.0
    sense: float = 0.0
