"""A contest as a state machine: state and event → state and effects. Pure.

``state``
    ``Contest``: what was set up, how far it is, what was answered
``events``, ``effects``
    what can happen to a contest, and what it wants done
``engine``
    ``step(contest, event, now)`` → the next state and its effects
``accept_answer``, ``teams``, ``rounds``
    its parts: whether an answer counts, who plays for whom, one question after the other
``scoring``, ``standings``
    answers → scores, by mode; scores → places with ties and medals
``codec``
    setup and progress ↔ JSON
"""
