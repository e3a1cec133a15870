"""Persons, offices and bodies in a question, and whether the document has them.

``entities``
    what a question asks about that the document does not have
``offices``, ``persons``
    offices as people write them; names of persons by their form
``conduct``
    insults, accusations and rumours
"""
