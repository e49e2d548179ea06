"""Rules that read a cleaned report without any learning.

What flows through, sentence by sentence::

    figures (numbers/)  ──►  organisations: ORG spans, and places that could hold a figure
                        ──►  slots: each figure with the words on its left and right that may name what it measures
                        ──►  metrics: the METRIC of each slot, cut out by the standard's rules
                        ──►  links: relations, from the structure of the sentence alone

`links` sees spans and text only: it reads people's annotation and a model's as it reads the rules' own.
"""
