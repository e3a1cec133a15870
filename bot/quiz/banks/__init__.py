"""Question banks that people bring: read in the forms they have, each question whole or told what is wrong with it.

``model``
    ``BankQuestion``, and what was read of a file: questions, faults, notes
``interpret``
    what belongs to a question → the question that it means, alike for all formats
``paper``
    papers as people type them: «1. … （B）», A. B. C. D., 答案:, 解析:
``paper_lines``
    what one line of such a paper is by its form
``answer_key``
    the key at its end, given to its questions
``question_pairs``
    questions and answers that take turns, a line each
``json_form``
    JSON in the forms that programs write
``table``
    the rows of a table, by what its headings say
``gift``, ``aiken``, ``moodle_xml``, ``qti``
    formats of learning platforms, read and written
``xml_form``
    XML parsed without what could harm; HTML as plain text
``workbook``, ``printed_paper``
    a bank as a workbook, and as a paper to print
``own_bank``
    the questions made of a document as those of a bank
``source_link``
    the passage of the served document that a question rests on
``play``
    a question of a bank as a quiz asks it
``listing``
    a bank as it was read, in lines for a person
``written``
    what a format carries, and what is told of the rest
``formats``
    which format a file has; reading in a process with limits
"""
