"""All that is made once of a knowledge, to be asked quickly."""
