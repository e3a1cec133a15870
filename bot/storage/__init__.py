"""What the bot keeps, on a database: SQLite by default, PostgreSQL when several replicas share one.

``schema``
    the tables, and column types that keep time zones and texts honest
``dialect``
    all that differs between SQLite and PostgreSQL
``engine``
    a database address → a ready engine
``lock``
    one running bot to a SQLite database
``faults``
    a driver's error → a ``StorageError`` that says how to mend it
``migrate``, ``migrations``
    bring an older database to the present schema; refuse a newer one
``writer``
    group commit: what arrives together is written together
``store``
    ``SqlStore``, which implements ``bot.records.feedback.Store``
``ledger``
    which Telegram updates were dealt with and which are still to be, across restarts
``rows``
    rows of quizzes and of admins' work, written many at a time
``quizzes``
    ``SqlQuizStore``, which reads contests, answers, members and settings
``roles``, ``audit``, ``reading``
    ``SqlRoles`` and ``SqlAudit``, which read who may do what and who did what; how rows are read
``missed``
    ``SqlMissed``, which reads questions without an answer
``checkup``
    how a database is doing, found out without changing it
``chats``
    ``SqlGroups``, which reads the groups that the bot is in
``insight``
    ``SqlInsight``, which counts for admins: questions by day, points, quizzes
``once``
    what only the first gets, of all processes on a database
``reports``
    ``SqlReports``, which counts by question what members find bad
``retention``
    the loop that forgets what is too old
"""
