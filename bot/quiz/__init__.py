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
"""
