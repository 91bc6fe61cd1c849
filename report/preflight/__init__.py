"""Judges finished PDF files."""
