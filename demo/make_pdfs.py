"""Print the texts in ``pdf-src`` as the two PDF pages of the demo pile.

    python demo/make_pdfs.py

Needs fpdf2. The same texts give the same bytes: the built-in fonts are used, and the creation date is the page's own.
A text begins with a few ``key: value`` lines (outlet, date, title, byline, columns, paper); a blank line and the
paragraphs follow.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

HERE = Path(__file__).parent
PAPER = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}  # width and height in mm


class Page(FPDF):
    """A sheet with the outlet's running head and a page number at the foot."""

    outlet: str = ""
    day: str = ""

    def header(self) -> None:
        """Print outlet and date over a thin line."""
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, self.outlet)
        self.cell(0, 5, self.day, align="R", new_x="LMARGIN", new_y="NEXT")
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(6)

    def footer(self) -> None:
        """Print the page number."""
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()}", align="C")


def read_source(path: Path) -> tuple[dict[str, str], list[str]]:
    """Read the head lines and the paragraphs of one text."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields, [" ".join(p.split()) for p in body.strip().split("\n\n")]


def make_pdf(source: Path, target: Path) -> None:
    """Set one text as a PDF."""
    fields, paragraphs = read_source(source)
    day = datetime.fromisoformat(fields["date"]).replace(tzinfo=UTC)
    pdf = Page(format=PAPER[fields["paper"]])
    pdf.outlet, pdf.day = fields["outlet"], f"{day:%A} {day.day} {day:%B %Y}"
    pdf.set_creation_date(day)
    pdf.set_title(fields["title"])
    pdf.set_author(fields["byline"].removeprefix("By "))
    pdf.set_margins(20, 16, 20)
    pdf.set_auto_page_break(True, margin=22)
    pdf.add_page()
    pdf.set_font("Times", "B", 20)
    pdf.multi_cell(0, 9, fields["title"], align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "I", 11)
    pdf.multi_cell(0, 8, fields["byline"], align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    pdf.set_font("Times", size=11)
    if fields["columns"] == "1":
        for paragraph in paragraphs:
            lines = pdf.multi_cell(0, 5.4, paragraph, align="L", dry_run=True, output="LINES")
            assert isinstance(lines, list)
            if pdf.will_page_break(5.4 * len(lines)):  # a paragraph stays on one page
                pdf.add_page()
            pdf.multi_cell(0, 5.4, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(2.6)
    else:
        with pdf.text_columns(ncols=int(fields["columns"]), gutter=8, text_align="L", line_height=1.25) as columns:
            for text in paragraphs:
                with columns.paragraph(bottom_margin=2.6) as block:
                    block.write(text)
    pdf.output(str(target))


def main() -> None:
    """Make every PDF of the pile."""
    for source in sorted((HERE / "pdf-src").glob("*.txt")):
        make_pdf(source, HERE / "pile" / source.with_suffix(".pdf").name)


if __name__ == "__main__":
    main()
