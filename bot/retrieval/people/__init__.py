"""Persons, offices and bodies in a question, and whether the document has them."""
