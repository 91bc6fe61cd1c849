"""Reads a finished PDF: what it holds and what its pages paint."""
