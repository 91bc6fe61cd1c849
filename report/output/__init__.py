"""Finishes a drawing as the files that people receive.

All come from one drawing. The engine's objects are finished before they are written, so that
nothing has to be parsed again.
"""
