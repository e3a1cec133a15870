"""Questions made from the source of a document, and those written by hand. Pure.

``bank``
    every question that a knowledge gives, those written by hand first, no two of which ask for the same words; as a
    person reads them
``material``, ``inline_list``
    what the source offers: statements, headings, figures; lists within a sentence
``exchange``
    statements with one concept exchanged for another one of the document
``draft``
    a question before its options are shuffled; text cut at the ends of clauses; what keeps a question from being
    asked; how a sentence with a gap is put
``figures``, ``lists``, ``outline``, ``relations``, ``statements``, ``tables``, ``terms``
    a kind each: material → drafts
``handwritten``
    questions of quiz.yaml: which can be asked, and why the others cannot; what a setter would strike in them
``number_with_unit``, ``distractors``
    wrong figures; wrong terms
"""
