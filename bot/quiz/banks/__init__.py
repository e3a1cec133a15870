"""Question banks that people bring: read in the forms they have, each question whole or told what is wrong with it.

``model``
    ``BankQuestion``, and what was read of a file: questions, faults, notes
``interpret``
    what belongs to a question → the question that it means, alike for all formats
``paper``
    papers as people type them: «1. … （B）», A. B. C. D., 答案:, keys at the end
``json_form``
    JSON in the forms that programs write
"""
