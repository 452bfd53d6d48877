"""Find: a pasted sentence in a pile. Which pages have these words, exactly or nearly, and who makes the same claim.

``passages`` finds the place on one page; ``asking`` chooses the pages (by the ledger's search index) and the statements (by
the keys of matches), and puts them in order.
"""

from sayso.pile.find.asking import FoundRow, find, is_sentence

__all__ = ["FoundRow", "find", "is_sentence"]
