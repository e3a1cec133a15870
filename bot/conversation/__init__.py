"""The conversation, in no channel's terms: ``Incoming`` → ``Reply``.

``messages``
    what comes in and what goes out; plain data
``actions``
    what a button does, as a short ASCII string that fits into any platform's button
``ports``
    what the conversation needs from outside: storage and a clock
``quizzing``
    the one entrance to quizzes; ``playing``, ``responding``, ``studying``, ``ranking``, ``appointments`` are the rooms
    behind it
``contests``, ``running``, ``keeping``, ``stage``, ``polls``
    contests that go on by themselves: woken in time, kept at each step, shown on their channel, voted in
``quiz_ports``, ``quiz_channel``, ``contest_rows``, ``names``
    what quizzes need kept, and of a channel; a contest ↔ its rows; what members are called
``habits``, ``ruling``
    how a chat plays where nobody says otherwise; who may set that, written down
``questions``, ``reporting``
    what may be asked; members say that a question is bad
``contest_replies``, ``quiz_actions``, ``quiz_wishes``, ``schedule``
    a contest → replies; buttons; what is written behind a command; what is due when
``groups``, ``places``, ``clocks``
    which groups the bot is in; what a chat's key tells
``quiet``, ``quiet_hours``
    hours in which nothing is said of the bot's own accord
``limiting``, ``limits``
    how much is listened to: saying so, and counting
``dialogues``
    what was said lately by whom: follow-ups, numbered choices
``answer_guard``, ``mentions``
    what a contest asks just now is not given away; whether a message names one of its options
``chat_refusals``
    what is said where a chat takes no question
``capabilities``
    what can be done on a channel: help, menus and refusals are made from it
``visitors``
    how much is kept of those whom no platform knows
``judging``
    long judgements in worker threads, in fair turns
``misses``
    questions without an answer, on their way to the store
``counting``, ``secret``
    what was asked, counted without names; what signs links and hides who asked
``replies``
    a verdict, a point, a section → the ``Reply`` that shows it
``explaining``
    why a question was answered as it was
``answering``
    a question → its reply, and what is remembered of it
``library``
    what is served now
``administering``
    what admins do
``chat``
    the one entrance: ``Chat.handle(incoming)``
"""
