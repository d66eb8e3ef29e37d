"""Dialogs that the person asked for; nothing opens one by itself."""
