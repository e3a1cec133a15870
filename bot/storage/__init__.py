"""All that the bot stores, in a database: SQLite by default, PostgreSQL if several replicas share one.

``store``
    ``SqlStore``: opens a database, gives out its repositories, deletes what is too old
``repository``
    what all repositories share: rows are read; units of work are written all or none, what arrives together in one
    transaction
``contests``
    contests, answers, members; questions that members find bad, and those that are not asked any more; settings that
    have no table of their own
``accounts``
    accounts that belong to one person
``banks``
    question banks that organisers brought
``chats``
    the groups that the bot is in; quiet hours and quiz settings of chats; daily questions and reminders
``papers``
    competitions that last for days, their papers and answers
``page``
    conversations on the web page, names of its members
``outbox``
    notices on their way to chats
``rooms``
    live rooms
``roles``
    who may do what; who did what
``unanswered``, ``statistics``
    questions without an answer; questions that were asked, counted for admins
``versions``
    versions of the knowledge and the files they are made of
``telegram_updates``
    which Telegram updates were handled and which are still to be, across restarts
``first_writer``
    what only the first gets, of all processes on a database: a secret, the use of a link
``schema``
    the tables, with column types that keep time zones and texts honest
``migrate``, ``migrations``
    bring an older database to the present schema; refuse a newer one
``engine``
    an address → a ready engine; all that differs between SQLite and PostgreSQL; a driver's error → a ``StorageError``
    that says how to mend it
``lock``
    one running bot to a SQLite database
``diagnostics``, ``retention``
    how a database is doing, found out without changing it; the loop that deletes what is too old
"""
