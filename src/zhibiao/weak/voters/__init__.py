"""The labelling functions of zhibiao that are code; importing a module registers its functions."""
