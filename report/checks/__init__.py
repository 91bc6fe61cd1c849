"""Reads an edition as a critical editor would."""
