"""The places where a part can be added without touching the code that uses it.

A reader registers under the suffixes it reads, in this package or in another one that names the entry point::

    [project.entry-points."zhibiao_readers"]
    md = "mypackage.markdown:read_markdown"
"""

import catalogue

readers = catalogue.create("zhibiao", "readers", entry_points=True)
