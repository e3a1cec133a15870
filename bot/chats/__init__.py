"""What is known of a chat.

``chosen_documents``
    which of several documents each chat reads
``group_registry``
    the groups that the bot is in
``quiet_hours``, ``quiet_hours_repository``
    hours in which nothing is said: the hours themselves, and which chats have some
``scheduler``
    what comes at its time: daily questions and reminders
``time_zone_names``
    time zones as members call them
"""
