"""A file that was sent → the text of one of the folder's files.

``upload``
    which file it replaces, and its text or what is wrong with it; bytes → text
``docx``
    a Word document → text, refusing what could harm
``word_numbers``
    the numbers that Word counts by itself, as a reader sees them
"""
