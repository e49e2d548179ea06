"""The work of annotators: how far two of them agree."""
