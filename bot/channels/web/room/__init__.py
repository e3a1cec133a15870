"""The live room: a contest on a wall and everybody's phone.

``routes``
    snapshots, the stream of events, joining, answers, the host's presses
``guesses``
    room codes that were guessed wrong
``pages``
    what each view of a room shows, made of a snapshot
"""
