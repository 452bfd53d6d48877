"""The reading room: a pile read, searched, compared and put right in a browser on this machine, and nowhere else.

A page is a frozen dataclass that a function builds from the ledger and its pile (``pages``); HTML and JSON are two
renderings of it (``answers``). ``guard`` lets in who has the key, ``desk`` opens the ledger, ``room`` puts them together.
"""
