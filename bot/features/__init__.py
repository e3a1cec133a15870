"""What the bot can do, a folder each; no feature imports another one.

A feature gives a ``bot.conversation.router.Feature``: its commands, buttons and jobs with the role that each takes.
What several features use lies below them, in ``bot.conversation``, ``bot.access``, ``bot.chats`` and ``bot.contests``.

``answers``
    questions and their answers, 👍 and 👎
``contests``
    quizzes in groups and alone, the daily question, rankings, reports of bad questions
``papers``
    competitions that last for days, written as timed papers
``rooms``
    live rooms: a wall, a host, players on their phones
``banks``
    question banks in the chat
``shelf``
    several documents side by side: which there are, which one is read
``study``
    a member's own progress, reviews of wrong answers, reminders
``accounts``
    several accounts of one person, joined and parted
``knowledge_versions``
    uploads, the folder, previews, history, rollback
``unanswered``
    questions without an answer, and new points made of them
``announcements``
    what is said to groups, and quiet hours
``roles``
    editors and quiz hosts; the audit log to be read
``statistics``
    what is counted, in sentences and charts
``admin_login``
    signed links to the page for admins
"""
