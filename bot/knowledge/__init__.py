"""A folder of files → an immutable ``Knowledge``, or all of its faults with file and line.

``model``
    what a document, its sections and its points are; plain data
``reader``
    YAML nodes → Python values, noting a fault with its line instead of giving up
``written``
    what quiz.yaml adds: questions written by hand, and terms of one sort; plain data
``parse``
    the text of the files → ``Parsed``; opens nothing
``misquote``
    a quote that is not verbatim → where it goes wrong, and what it was meant to take
``locate``
    a few words as they are typed → where they stand in the source
``quizfile``
    the text of quiz.yaml → ``Addition``; opens nothing
``lint``
    what a parser cannot see: quotes that are not verbatim, claims made twice, parts left uncovered
``load``
    the one module that opens files
"""
