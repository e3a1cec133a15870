"""Quizzes: questions made from points, and the state machine of a contest. Pure; knows no channel.

``question``
    ``Question``: what is asked, with its options
``question_selection``
    which questions of a bank, for a seed
``paper``
    a try at a competition that lasts for days: its questions, its time, its score; places of persons and branches
``review``, ``progress``
    when a question that was answered wrongly comes back (FSRS); how a member is doing
``item_analysis``
    how questions have done: share right, discrimination, skips; which should rest
``daily``
    when a chat's daily question is due, in its own time zone
``seeded_random``
    the same seed gives the same order, on every machine
``generation/``
    the bank: every question that a knowledge gives, written by hand or generated
``banks/``
    question banks that people bring: read, checked, written
``contest/``
    the state machine: events in, effects out

Time is an aware ``datetime`` that the caller passes in, as everywhere in this program; time taken is whole
milliseconds, so that sums are exact.
"""
