"""The demonstration: people, a year in every phase, and 2024 with the published sums."""
