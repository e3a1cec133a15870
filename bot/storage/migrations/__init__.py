"""The history of the schema. ``bot.storage.migrate`` runs it at start.

To change the schema: change ``bot.storage.schema``; add ``versions/v0002_what_changed.py`` after the model of
the last one (SQLite cannot alter a column in place, ``op.batch_alter_table`` can); set ``HEAD`` in
``bot.storage.migrate``. The tests tell when the three disagree. Never edit a version that was released.
"""
