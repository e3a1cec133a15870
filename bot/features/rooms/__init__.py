"""Live rooms: a wall, a host and players on their phones, all on the web page, opened from any channel.

``feature``
    /room: opens one from a chat
``request_parser``
    what is wanted, as text and as a form → a request and its rules
``rooms``
    the rooms of this process: opened, found by code, taken up after a restart; who may do what in them
``room``
    one room: its contest, who is in it, who looks on and what has changed for them
``snapshot``
    a room → what each view may see
``channel``
    what the contest takes for the chat it is played in
``results``
    how it ended: workbook, picture, question by question
"""
