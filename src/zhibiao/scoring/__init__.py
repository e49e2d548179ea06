"""Scores as pure functions on sets of keys: one implementation for agreement, training and evaluation."""
