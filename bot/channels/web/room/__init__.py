"""The live room: a contest on a wall and everybody's phone.

``routes``
    snapshots, the stream of events, joining, answers, the host's presses
``guesses``
    room codes that were guessed wrong
``pages``, ``presenter``
    where one is entered, its wall, its host's and its players' phones; what each of them shows, made of a snapshot
"""
