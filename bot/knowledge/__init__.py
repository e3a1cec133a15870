"""A folder of files → an immutable ``Knowledge``, or all of its issues with file and line.

``model``
    what a document, its sections and its points are; plain data
``reader``
    YAML nodes → Python values, noting a issue with its line instead of giving up
``written``
    what quiz.yaml adds: questions written by hand, and terms of one sort; plain data
``parse``
    the text of the files → ``ParsedPoints``; opens nothing
``slips``
    what YAML reads otherwise than it was meant: full-width marks, comments, quotation marks
``misquote``
    a quote that is not verbatim → where it goes wrong, and what it was meant to take
``locate``
    a few words as they are typed → where they stand in the source
``quizfile``
    the text of quiz.yaml → ``QuizAdditions``; opens nothing
``golden``, ``goldenfile``
    questions that must go on being answered as they are; the text of golden.yaml → those
``upload``, ``decoding``, ``docx``
    a file that was sent → the text of one of the folder's files; bytes → text; a Word document → text
``lint``
    what a parser cannot see: quotes that are not verbatim, claims made twice, parts left uncovered
``amendment``, ``amend``
    one addition made in a chat; the text of points.yaml with it in place, and no other byte moved
``diff``, ``compare``, ``textdiff``, ``align``
    what differs between two versions, in a few lines for a phone too; how that is found; two sets of files line by line
``placing``, ``insertion``, ``emit``
    where in a points.yaml an addition goes, where in a YAML text; values as a curator would write them
``load``
    the one module that opens files
"""
