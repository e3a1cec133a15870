"""The live room: a contest on a wall and everybody's phone.

``pages``
    what each view of a room shows, made of a snapshot
"""
