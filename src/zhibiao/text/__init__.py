r"""From the decoded text of a file to the reports in it.

What flows where::

    Source.text
      │  cleaning.clean            run STEPS over an AlignedText until nothing changes
      │    characters              line ends, invisible characters, entities, tags, width, pinyin residue
      │    script                  traditional → simplified, only where the text is traditional
      │    furniture               navigation, metadata tables, site notices, doubled titles; the wording is data in
      │                            furniture_words and furniture_patterns
      │    pagemarks, wrapping     page cuts inside sentences, page numbers, running headers, lines of a fixed width
      │    spacing                 indents, scattered spaces, room around numbers and punctuation
      ▼
    Cleaned(aligned, removed, flags)
      │  splitting.split_reports   several reports in one file → parts
      │  cleaning.settle           each part is stable under cleaning by itself
      ▼
    one part = one report
      │  headings, sections        the section tree with review / plan / problems / other
      │  sentences                 sentence ranges
      │  damage                    flags for what is broken beyond repair
      │  titles, periods, issuers  small readers, each of one thing
      │  metadata                  puts them together: title, issuer, region, period, dates, notes
      ▼
    reports.make_reports → tuple[Report, ...]

A cleaning step is a pure function ``str -> list[Edit]``: it says what to change and does not change it. An edit that
takes out something worth keeping (a metadata table, a page number) is a :class:`~zhibiao.text.removal.Removal` and
ends up in ``Cleaned.removed`` with its place in the source. Edits only remove characters or convert them one by one,
so nothing is invented and the loop ends.

What is converted, and nothing else: line ends to ``\n``; full-width digits and Latin letters, and ％ and ．behind a
digit, to half width; radicals and compatibility ideographs to their unified character; HTML entities to what they
stand for; space characters (not the tab) to the plain space; traditional to simplified characters. Punctuation is not
converted.
"""
