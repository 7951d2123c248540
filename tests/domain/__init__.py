"""The rules of the ground floor: pure, and the whole folder in about a second."""
