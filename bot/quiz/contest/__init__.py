"""A contest as a state machine: state and event → state and effects. Pure.

``state``
    ``Contest``: what was set up, how far it is, what was answered
``events``, ``effects``
    what can happen to a contest, and what it wants done
``engine``
    ``step(contest, event, now)`` → the next state and its effects: whether an answer counts, one question after the
    other, who plays for whom
``scoring``
    answers → scores, by mode; scores → places with ties and medals
"""
