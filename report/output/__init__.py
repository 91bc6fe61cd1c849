"""Finishes a drawing as the files that people receive."""
