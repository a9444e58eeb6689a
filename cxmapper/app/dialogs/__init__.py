"""Dialogs. None blocks: each is opened, and tells by a signal or a call what was chosen."""
