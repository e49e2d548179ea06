"""The reports the project is built on: where each comes from, and its cleaned text with offsets."""
