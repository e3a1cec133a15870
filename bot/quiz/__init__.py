"""Quizzes: questions made from points, and the state machine that plays them. Pure; knows no channel.

``question``
    what is asked, with its options
``make``
    the bank: every question that a knowledge gives, written or made
``figures``, ``words``, ``lists``, ``places``
    the makers: each turns points and facts into drafts
``written``
    questions written by hand: which can be asked, and what is wrong with the others
``draft``, ``lint``
    what a maker hands in, and what keeps a question from being asked
``figure``, ``terms``, ``clauses``, ``draw``
    what makers work with: figures and terms that can be mistaken, text cut at clause ends, lots drawn from a seed
``listing``
    the bank as a person reads it
``contest``
    the state: what was set up, how far it is, what was answered
``events``, ``effects``
    what can happen to a contest, and what it wants done
``engine``
    ``step(contest, event, now)`` → the next state and its effects
``answering``, ``teams``, ``turns``
    its parts: taking an answer, who plays for whom, one question after the other
``scoring``, ``standings``
    answers → scores, by mode; scores → places with ties and medals
``codec``
    setup and progress ↔ JSON
``picking``
    which questions of a bank, for a seed
``typed``
    ``B``, ``选B``, ``1 3``, ``Ａ、Ｃ`` → the options that are meant
``review``, ``learning``
    when a question that was missed comes back; how a member is doing
``daily``
    when a chat's daily question is due, in its own time zone

Time is an aware ``datetime`` that the caller passes in, as everywhere in this program; time taken is whole
milliseconds, so that sums are exact.
"""
