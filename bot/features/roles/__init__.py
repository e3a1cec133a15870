"""Editors and quiz hosts appointed by owners; the audit log to be read."""
