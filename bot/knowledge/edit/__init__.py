"""Changes of a knowledge folder's YAML that leave everything else as it was written."""
