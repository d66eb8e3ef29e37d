"""Panels beside the picture; they emit requests and know neither each other nor the window."""
