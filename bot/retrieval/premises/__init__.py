"""What a question takes for granted, held against the document and against the passage that answers.

``figures``
    the figures of a text with what they measure
``document``
    years, figures, codes and places of a question that the document does not have
``claims``
    a figure, a rank, a name or a scope of a question that the passage has otherwise
``passage``
    all of it, for one question and one passage → ``Premise``; among it whether the passage gives the kind of thing that
    is asked for: a percentage, an amount, a time …
"""
