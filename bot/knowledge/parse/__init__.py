"""YAML files → the model, or every issue with its line; the source's text → its structure.

``points_file``, ``quiz_file``, ``golden_file``
    the texts of points.yaml, quiz.yaml and golden.yaml → plain data and issues
``source_text``
    the text of a source → sections, articles, items, paragraphs and sentences
``yaml_nodes``
    YAML nodes → Python values; collects issues with their lines instead of stopping
``yaml_typos``
    what YAML reads otherwise than it was meant: full-width marks, comments, quotation marks
"""
