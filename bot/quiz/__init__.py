"""Quizzes: questions made from points, and the state machine that plays them. Pure; knows no channel.

``question``
    what is asked, with its options
"""
