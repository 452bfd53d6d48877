-- Version 2: what people decided, what became of it, where the pages came from, and what was forgotten.
-- The rules of version 1 hold: offsets are half-open code points, keys follow from content, texts are escaped.

ALTER TABLE readings ADD COLUMN code TEXT NOT NULL DEFAULT ''; -- digest of the code and tables that made it
ALTER TABLE readings ADD COLUMN place INTEGER NOT NULL DEFAULT 1; -- its place among the readings of its document, from 1
ALTER TABLE readings ADD COLUMN base INTEGER REFERENCES readings (key) ON DELETE CASCADE; -- derived: the observed reading
-- that this one is, with people's decisions carried out; empty for what was observed. "current" is the one that is shown.
CREATE INDEX readings_base ON readings (base) WHERE base IS NOT NULL;
UPDATE readings SET place = (SELECT count(*) FROM readings other WHERE other.document = readings.document
  AND (other.current, other.id) <= (readings.current, readings.id));

ALTER TABLE statements ADD COLUMN decided TEXT NOT NULL DEFAULT ''; -- ids of the decisions it rests on, parted by spaces

CREATE TABLE times ( -- When each observed reading was made. It and runs hold the only times but those of people's acts.
  reading INTEGER PRIMARY KEY REFERENCES readings (key) ON DELETE CASCADE,
  at TEXT NOT NULL -- UTC
) STRICT;

CREATE TABLE confirmed ( -- Other versions of model and code that gave the very same reading.
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  contract INTEGER NOT NULL,
  sayso TEXT NOT NULL,
  model TEXT NOT NULL,
  runtime TEXT NOT NULL,
  extractor TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (reading, contract, sayso, model, runtime, extractor, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE decisions ( -- What people decided, in order. Rows are only ever added: to undo one is another row.
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL, -- accept, reject, speaker, span, kind, add, merge, split, note, undo
  document TEXT NOT NULL, -- id of the page it was taken on
  reviewer TEXT NOT NULL,
  decided TEXT NOT NULL, -- when, UTC
  note TEXT NOT NULL,
  undoes TEXT REFERENCES decisions (id),
  what TEXT NOT NULL -- the statements and speakers it is about, in quotations, JSON; empty where the page was forgotten
) STRICT;
CREATE INDEX decisions_document ON decisions (document);
CREATE INDEX decisions_undoes ON decisions (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions WHEN new.what <> '' OR new.note <> ''
  OR (new.number, new.id, new.action, new.document, new.reviewer, new.decided, new.undoes)
  IS NOT (old.number, old.id, old.action, old.document, old.reviewer, old.decided, old.undoes)
BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;

CREATE TABLE outcomes ( -- Derived: what became of each decision on each page that it concerns.
  decision INTEGER NOT NULL REFERENCES decisions (number),
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  state TEXT NOT NULL, -- stands, lost, undone
  reason TEXT NOT NULL, -- why it lost its place
  statement TEXT NOT NULL, -- id of the statement that it led to
  PRIMARY KEY (decision, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_document ON outcomes (document);

CREATE TABLE originals ( -- Files as they were, byte for byte, where the user had them kept.
  sha256 TEXT PRIMARY KEY, -- of the bytes
  bytes INTEGER NOT NULL,
  packed BLOB NOT NULL -- the bytes, deflated (zlib)
) STRICT;
CREATE INDEX documents_sha256 ON documents (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX readings_of_other_pages ON readings (document) WHERE page_then IS NOT NULL;
CREATE INDEX documents_text ON documents (text_id);

CREATE TABLE forgotten ( -- Pages whose text was erased, by hash and reason. They are not taken in again.
  id TEXT PRIMARY KEY, -- of the document
  text_id TEXT NOT NULL, -- SHA-256 of the text
  sha256 TEXT, -- of the file's bytes
  reason TEXT NOT NULL,
  reviewer TEXT NOT NULL,
  at TEXT NOT NULL -- UTC
) STRICT;
CREATE INDEX forgotten_text ON forgotten (text_id);
CREATE INDEX forgotten_sha256 ON forgotten (sha256) WHERE sha256 IS NOT NULL;

DROP VIEW statement_list;
CREATE VIEW statement_list AS -- Every statement that is shown, in words. Commands show those with act = say.
SELECT d.name AS document,
  d.outlet AS outlet,
  d.published AS published,
  sp.name AS speaker,
  sp.kind AS speaker_kind,
  s.kind AS kind,
  s.act AS act,
  coalesce((SELECT group_concat(words, ' … ') FROM (SELECT words FROM statement_spans
    WHERE statement = s.key AND role = 'source' ORDER BY position)), '') AS source,
  coalesce((SELECT group_concat(words, ' … ') FROM (SELECT words FROM statement_spans
    WHERE statement = s.key AND role = 'cue' ORDER BY position)), '') AS cue,
  coalesce((SELECT group_concat(words, ' … ') FROM (SELECT words FROM statement_spans
    WHERE statement = s.key AND role = 'content' ORDER BY position)), '') AS content,
  coalesce((SELECT group_concat(name, ' → ') FROM (SELECT name FROM chain
    WHERE statement = s.key ORDER BY position)), '') AS chain,
  s.stance AS stance,
  s.confidence AS confidence,
  s.speaker_confidence AS speaker_confidence,
  s.part AS part,
  coalesce((SELECT min(start) FROM statement_spans WHERE statement = s.key AND role = 'content'), 0) AS start,
  coalesce((SELECT max(end) FROM statement_spans WHERE statement = s.key AND role = 'content'), 0) AS end,
  s.id AS id,
  d.id AS document_id,
  s.key AS key,
  d.key AS document_key,
  s.decided AS decided
FROM documents d
JOIN readings r ON r.document = d.key AND r.current = 1
JOIN statements s ON s.reading = r.key
LEFT JOIN speakers sp ON sp.key = s.speaker;
