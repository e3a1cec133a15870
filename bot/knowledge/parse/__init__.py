"""YAML files → the model, or every issue with its line."""
