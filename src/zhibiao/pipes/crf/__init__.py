"""A linear-chain CRF over characters that tags entities: a trainable spaCy component.

What flows through, for one Doc::

    clues      what the rules, the word lists and the segmentation say of the text
    tracks     each clue as one value per element; an element is a character, or a whole figure or time
    templates  which values, at which distance, make a feature: groups of them, chosen in the config
    model      features to tags, with CRFsuite; its confidence in a span
    component  spaCy's side: training in ``initialize``, spans and scores on the Doc, saving without pickle
"""
