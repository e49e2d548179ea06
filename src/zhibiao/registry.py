"""The places where a part can be added without touching the code that uses it.

A reader registers under the suffixes it reads, in this package or in another one that names the entry point::

    [project.entry-points."zhibiao_readers"]
    md = "mypackage.markdown:read_markdown"

A labelling function registers under its name; an entry point may give one function, or a tuple of them::

    [project.entry-points."zhibiao_labelling_functions"]
    mypackage = "mypackage.rules:functions"
"""

import catalogue

readers = catalogue.create("zhibiao", "readers", entry_points=True)
labelling_functions = catalogue.create("zhibiao", "labelling_functions", entry_points=True)
