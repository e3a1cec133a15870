"""The conversation, in no channel's terms: ``Incoming`` → ``Reply``.

``messages``
    what comes in and what goes out; plain data
``actions``
    what a button does, as a short ASCII string that fits into any platform's button
``ports``
    what the conversation needs from outside: storage and a clock
``quiz_ports``, ``contest_rows``
    what quizzes need kept, as rows; a contest ↔ its rows
``dialogues``
    what was said lately by whom: follow-ups, numbered choices
``misses``
    questions without an answer, on their way to the store
``replies``
    a verdict, a point, a section → the ``Reply`` that shows it
``chat``
    the one entrance: ``Chat.handle(incoming)``
"""
