"""All that the bot stores, in a database: SQLite by default, PostgreSQL if several replicas share one.

``store``
    ``SqlStore``: opens a database, gives out its repositories, deletes what is too old
``repository``
    what all repositories share: reading rows, and handing units of work to the one writer
``group_commit``, ``unit_of_work``
    what arrives together is written together; records and statements that are written all or none
``contests``
    contests, answers, members; settings that have no table of their own
``schedules``, ``chat_settings``
    daily questions and reminders; quiet hours and quiz settings of chats
``reports``
    quiz questions that members find bad, and those that are not asked any more
``outbox``
    notices on their way to chats
``groups``, ``roles``, ``audit``
    the groups that the bot is in; who may do what; who did what
``unanswered``, ``question_counts``, ``statistics``
    questions without an answer; questions that were asked; both counted for admins
``versions``
    versions of the knowledge and the files they are made of
``telegram_updates``
    which Telegram updates were handled and which are still to be, across restarts
``first_writer``
    what only the first gets, of all processes on a database: a secret, the use of a link
``schema``, ``column_types``
    the tables; column types that keep time zones and texts honest
``migrate``, ``migrations``
    bring an older database to the present schema; refuse a newer one
``engine``, ``dialect``, ``lock``, ``errors``
    an address → a ready engine; all that differs between SQLite and PostgreSQL; one running bot to a SQLite database;
    a driver's error → a ``StorageError`` that says how to mend it
``diagnostics``, ``retention``
    how a database is doing, found out without changing it; the loop that deletes what is too old
"""
