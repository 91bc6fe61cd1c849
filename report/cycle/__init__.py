"""From edition to edition: what is recorded, opened and closed between two publications."""
