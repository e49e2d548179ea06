"""What zhibiao knows of the world as data files: regions, indicators, words of the genre, units."""
