"""The work of annotators: what is put before them, what they make of it, and how far they agree.

::

    suggestions   gold, silver and spans.jsonl as one kind of suggested annotation
    faults        what doccano would lose or bend: looked for before sending and after fetching
    documents     reports cut into documents of readable size, offsets in UTF-16
    shares        who gets which report
    rounds        the side file: what was sent to whom, under which number
    push, pull    the trip there and back
    candidates    what came back, as gold candidates with facts
    history       who changed what and when, from which suggestion; ``diff`` counts it
    agreement     two annotators; ``panel`` all pairs of a round, ``alpha`` Krippendorff's
    settle        differences and their decisions
    queue         the order in which reports are worth annotating; ``simulation`` tries orders on gold
    doccano       talking to the server
"""
