"""A folder of files → an immutable ``Knowledge``, or all of its issues with file and line.

``model``
    what a document, its sections and its points are; golden questions, questions written by hand; plain data
``structure``
    sections, articles, items and sentences of a source, and where a place of it is; plain data
``files``
    the files of a folder as texts in memory
``load``
    the one module that opens files: folder → ``Files`` → ``ValidationResult``
``lint``
    issues that a parser cannot see: phrasings claimed twice, figures, sizes; how much points cover
``quotes``
    finds typed words in the source, and the passage that a quote with an error was to take
``import_/``
    a file that was sent → the text of one of the folder's files: encodings, Word documents
``parse/``
    the texts of points.yaml, quiz.yaml and golden.yaml → the model; typos in YAML; the source's text → its structure
``edit/``
    additions made in a chat → the text of points.yaml, every other byte as it was
``diff/``
    what differs between two versions, in a few lines for a phone and line by line
"""
