"""The bomb shelf: every hostile file, in one list."""

from __future__ import annotations

from inputs_containers import container_bombs
from inputs_data import data_bombs
from inputs_pages import page_bombs
from inputs_pdfs import pdf_bombs
from inputs_shelf import Bomb
from inputs_texts import coded_bombs, run_bombs, text_bombs


def shelf() -> list[Bomb]:
    """Every bomb, by format."""
    return [*text_bombs(), *run_bombs(), *coded_bombs(), *data_bombs(), *page_bombs(), *pdf_bombs(), *container_bombs()]
