"""The relation model: each figure chooses its METRIC and its holder, and whether it tells a level or a change.

``cues`` and ``stretches`` read what stands between the spans of a report, ``frame`` and ``targets`` list what a figure may choose,
``features`` describe the choices, ``network`` and ``scorer`` score them, ``decoding`` decides them together, ``relating`` asks the
three questions one after another, ``answers`` and ``training`` learn from gold, ``component`` puts it into a pipeline.
"""
