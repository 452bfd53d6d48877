-- The file beside a ledger that keeps what was derived across its pages. It may be deleted at any time and is then made
-- anew. It holds ids, offsets, hashes, codes and numbers, and no words of any page.

CREATE TABLE questions ( -- What was asked. Another version of a question, or another width, makes its rows worthless.
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  cap INTEGER NOT NULL, -- members of a bucket that are compared with each other
  heads INTEGER NOT NULL -- those that are compared with all
) STRICT;

CREATE TABLE documents ( -- The pages. Keys are made from the ids (43 bits of a hash, then 20 bits of nothing).
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE pages ( -- Which reading of which page each question has taken in.
  question INTEGER NOT NULL,
  document INTEGER NOT NULL,
  stamp INTEGER NOT NULL, -- a hash of the reading
  PRIMARY KEY (question, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE items ( -- What is compared. A key is that of its page and a place on it, by id.
  question INTEGER NOT NULL,
  key INTEGER NOT NULL,
  id TEXT NOT NULL, -- inside its page; empty for the page itself
  keys BLOB NOT NULL, -- its buckets: whole numbers of 8 bytes, low byte first, in order
  sketch BLOB NOT NULL,
  PRIMARY KEY (question, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE buckets ( -- The items that share a key. Those with the lowest ranks are compared.
  question INTEGER NOT NULL,
  key INTEGER NOT NULL,
  rank INTEGER NOT NULL, -- a hash of key and item
  item INTEGER NOT NULL,
  PRIMARY KEY (question, key, rank, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE relations ( -- What was found between two items.
  question INTEGER NOT NULL,
  a INTEGER NOT NULL, -- the one whose ids (page, item) come first
  b INTEGER NOT NULL,
  kind TEXT NOT NULL,
  score REAL NOT NULL,
  detail TEXT NOT NULL, -- JSON: numbers, ids, offsets, codes
  PRIMARY KEY (question, a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_b ON relations (question, b);
