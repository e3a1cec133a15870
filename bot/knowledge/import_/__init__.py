"""A file that was sent → the text of one of the folder's files, or a knowledge of its own.

``document``
    a document of any kind → the files of a knowledge; foreign ones in a process with limits
``bounded_process``
    work on a foreign file in a process of its own, with limits of time and of memory
``upload``
    which file it replaces, and its text or what is wrong with it; bytes → text
``docx``
    a Word document → text
``pdf``
    a PDF with a text layer → text
``xlsx``
    a workbook → pairs of question and answer as points, or its tables as text
``plain_text``
    bytes of any usual encoding → text; characters that nobody can read
``office_archive``
    refuses archives that could harm before they are unpacked
``word_numbers``
    the numbers that Word counts by itself, as a reader sees them
"""
