"""What an edition holds: its files, read, checked and joined into one model."""
