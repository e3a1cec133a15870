"""YAML files → the model, or every fault with its line."""
