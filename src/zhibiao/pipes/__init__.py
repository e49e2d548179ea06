"""spaCy components around the rules and the fact builder, and the pipelines made of them."""
