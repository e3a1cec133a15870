"""Questions made from points. Pure.

``bank``
    every question that a knowledge gives, those written by hand first, no two of them alike
``draft``, ``lint``
    a question before its options are shuffled; what keeps a question from being asked
``figure_questions``, ``cloze_questions``, ``list_questions``, ``section_questions``
    the generators: each turns points and facts into drafts
``handwritten``
    questions of quiz.yaml: which can be asked, and why the others cannot
``number_with_unit``, ``distractors``, ``clauses``
    wrong figures; wrong terms; text cut at the ends of clauses
``listing``
    the bank as a person reads it
"""
