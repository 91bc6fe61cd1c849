"""Turns an edition into pages of HTML and rows of data."""
