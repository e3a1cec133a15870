"""A message → what somebody wants with it: before anything is searched.

``smalltalk``
    greetings, thanks, who are you; reactions such as 对, 真的吗, 为什么, 然后呢, 👍
``parts``
    a message → the questions in it; their verdicts → one verdict; the question in a longer message
``followup``
    does a question refer to the one before it?
"""
