"""Persons, offices and bodies in a question, and whether the document has them.

``entities``
    what a question asks about that the document does not have
``persons``
    names of persons by their form; offices as people write them
``conduct``
    insults, accusations and rumours
"""
