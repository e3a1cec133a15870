"""A message → what somebody wants with it: before anything is searched.

``politeness``
    removes greetings, apologies and thanks around a question
``smalltalk``, ``reactions``
    greetings, thanks, who are you; 对, 真的吗, 为什么, 然后呢, 👍
``parts``, ``combine``
    a message → the questions in it; their verdicts → one verdict
``followup``
    does a question refer to the one before it?
``gist``
    the question in a longer message
"""
