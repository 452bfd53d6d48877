-- Version 4: the user's own labels, and what people found when they coded samples of the pile.
-- The rules of before hold: keys follow from content, texts are escaped.

CREATE TABLE labels ( -- Derived: the labels that stand, and what bears each.
  decision INTEGER NOT NULL REFERENCES decisions (number),
  document INTEGER REFERENCES documents (key) ON DELETE CASCADE, -- empty for a name and an outlet, which stand on many pages
  target TEXT NOT NULL, -- statement, speaker (of one page), name, outlet
  id TEXT NOT NULL, -- of the statement or the speaker; a name or an outlet in one case, with single blanks
  label TEXT NOT NULL
) STRICT;
CREATE INDEX labels_on ON labels (target, id);
CREATE INDEX labels_label ON labels (label, target);
CREATE INDEX labels_document ON labels (document) WHERE document IS NOT NULL;
CREATE INDEX labels_decision ON labels (decision);

CREATE VIEW label_list AS -- Every label with what bears it: a statement or speaker of a page, a name, an outlet.
SELECT l.label AS label,
  l.target AS target,
  l.id AS id,
  d.name AS document,
  d.id AS document_id,
  x.reviewer AS reviewer,
  x.decided AS decided,
  x.note AS note
FROM labels l JOIN decisions x ON x.number = l.decision LEFT JOIN documents d ON d.key = l.document;

CREATE TABLE sheets ( -- Coding sheets that came back: random samples of this ledger that people coded. Rows are only added.
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, -- hash of the reviewer and of what was coded
  sample TEXT NOT NULL, -- how it was drawn; the same for all who coded that sheet
  content TEXT NOT NULL, -- SHA-256 over the content of the ledger that it was drawn from
  reviewer TEXT NOT NULL,
  at TEXT NOT NULL -- when it came back, UTC
) STRICT;

CREATE TABLE codings ( -- The rows of coding sheets, without words of pages.
  sheet INTEGER NOT NULL REFERENCES sheets (number),
  position INTEGER NOT NULL,
  what TEXT NOT NULL, -- statement or stretch
  document TEXT NOT NULL, -- id of its page
  unit TEXT NOT NULL, -- id of the statement; where the stretch starts and ends in the text
  made TEXT NOT NULL, -- version, model and code that read the page, shortened
  stratum TEXT NOT NULL, -- what it was drawn under: an outlet, a kind ...; empty where the page was forgotten
  layer INTEGER NOT NULL, -- the number of that stratum in the sample
  units INTEGER NOT NULL, -- how many units the stratum has
  drawn INTEGER NOT NULL, -- how many were drawn from it
  shown INTEGER NOT NULL, -- statements of the ledger that begin in the stretch; 1 for a statement
  code TEXT NOT NULL, -- what the statement was coded as; empty for a stretch
  wrong INTEGER, -- of those shown in the stretch, how many are none
  missing INTEGER, -- how many stand there that are not in the ledger
  note TEXT NOT NULL,
  PRIMARY KEY (sheet, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX codings_document ON codings (document);
CREATE TRIGGER sheets_stay BEFORE DELETE ON sheets
BEGIN SELECT raise(ABORT, 'coding sheets are never deleted'); END;
CREATE TRIGGER sheets_stand BEFORE UPDATE ON sheets
BEGIN SELECT raise(ABORT, 'coding sheets are never changed'); END;
CREATE TRIGGER codings_stay BEFORE DELETE ON codings
BEGIN SELECT raise(ABORT, 'coding sheets are never deleted'); END;
CREATE TRIGGER codings_stand BEFORE UPDATE ON codings WHEN new.note <> '' OR new.stratum <> ''
  OR (new.sheet, new.position, new.what, new.document, new.unit, new.made, new.layer, new.units, new.drawn, new.shown,
    new.code, new.wrong, new.missing)
  IS NOT (old.sheet, old.position, old.what, old.document, old.unit, old.made, old.layer, old.units, old.drawn, old.shown,
    old.code, old.wrong, old.missing)
BEGIN SELECT raise(ABORT, 'coding sheets are never changed'); END;
