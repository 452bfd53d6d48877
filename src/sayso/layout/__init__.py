"""Layout: the blocks of a page, and its running text as a view with a map back to the unchanged document."""

from sayso.layout.page import Page, Paragraph, lay_out
from sayso.layout.view import View

__all__ = ["Page", "Paragraph", "View", "lay_out"]
