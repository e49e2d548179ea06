"""Numbers in running Chinese: numerals, amounts with units, ranks, periods, and numbers that are no figures.

:func:`zhibiao.numbers.figures.find_figures` reads a text once and gives all four kinds of mention, flat;
``amounts``, ``ranks`` and ``dates`` each give one of them, and read a single span.
"""
