"""What is written to disk: tables, metadata, overlays and screenshots."""
