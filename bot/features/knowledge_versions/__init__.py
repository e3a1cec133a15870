"""Versions of the knowledge: uploads, the folder, previews, regression check, history, rollback."""
