-- The file LEDGER.room keeps answers about a whole large pile that take long to work out. It may be deleted at any time and
-- is then made anew. Unlike LEDGER.pile it holds words of pages.

CREATE TABLE answers ( -- What is kept, and of which moment of the ledger.
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  stamp TEXT NOT NULL -- of the ledger when the answer was worked out
) STRICT;

CREATE TABLE lines ( -- The lines of an answer in order, each one row of a page as JSON.
  answer INTEGER NOT NULL REFERENCES answers (number) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL, -- what the line is asked for by itself; may be empty
  facet TEXT NOT NULL, -- and by what it is chosen among others
  other TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (answer, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_id ON lines (answer, id) WHERE id <> '';
CREATE INDEX lines_facet ON lines (answer, facet, other, place);
CREATE INDEX lines_other ON lines (answer, other, place);

CREATE TABLE progress ( -- What is being worked out now: one row, or none.
  what TEXT PRIMARY KEY,
  done INTEGER NOT NULL,
  of INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE names /* Parts of the names in lines; a row's number is its answer's times 2^32, and its place. */
USING fts5(words, tokenize='trigram case_sensitive 1');
