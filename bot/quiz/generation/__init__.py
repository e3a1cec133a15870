"""Questions made from points. Pure.

``bank``
    every question that a knowledge gives, those written by hand first, no two of them alike; as a person reads them
``draft``
    a question before its options are shuffled; text cut at the ends of clauses; what keeps a question from being asked
``generators``
    points and facts → drafts: for figures, on lists, for names and blanks, for sections
``handwritten``
    questions of quiz.yaml: which can be asked, and why the others cannot
``number_with_unit``, ``distractors``
    wrong figures; wrong terms
"""
