"""Lays pages out and draws them, tagged, with the engine."""
