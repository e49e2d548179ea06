"""The evaluation harness: how well a system annotates and reads gold reports, and where it fails.

What flows through::

    gold files ──► systems: what a pipeline, a spans file or a second annotator makes of them
               ──► outcomes: every span, relation and fact of both sides, matched, missed or made up
               ──► harness: scores with intervals, breakdowns, mistakes, under one signature
               ──► gate (released scores), and the report as JSON, Markdown and a web page

Beside it stand the trap cases: single sentences that are hard on purpose, each right as a whole or wrong::

    a file of cases ──► traps: read, run, judged ──► trap_rates: by class, held against the recorded rates
"""
