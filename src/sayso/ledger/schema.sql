-- The ledger of Sayso, version 1: what was observed. Every table and view says what it is for; offsets are half-open and
-- count Unicode code points from 0. Keys are integers made from hashes of content (see keys.py), never row order or time;
-- "id" columns hold the public identities. Three characters that SQLite cannot keep are escaped (see escapes.py).

CREATE TABLE migrations ( -- Which versions of this schema were applied to the file.
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL -- of the statements that were run
) STRICT;

CREATE TABLE runs ( -- When something was written and how much: the only times in the file.
  number INTEGER PRIMARY KEY,
  started TEXT NOT NULL, -- UTC
  finished TEXT, -- empty where the run was cut off
  added INTEGER NOT NULL DEFAULT 0,
  versions INTEGER NOT NULL DEFAULT 0,
  reread INTEGER NOT NULL DEFAULT 0,
  unreadable INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE documents ( -- The pages as they came in. The text is never changed.
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, -- how the user knows the page
  title TEXT NOT NULL,
  outlet TEXT NOT NULL,
  byline TEXT NOT NULL,
  url TEXT NOT NULL,
  language TEXT NOT NULL, -- ISO 639-1
  published TEXT, -- ISO date; XXXX-11-03 where no year is given
  published_granularity TEXT, -- minute, day, month, year
  published_basis TEXT, -- metadata, dateline, text, inferred
  published_start INTEGER,
  published_end INTEGER,
  media_type TEXT,
  path TEXT,
  sha256 TEXT, -- of the file's bytes
  bytes INTEGER,
  extractor TEXT NOT NULL,
  extra TEXT NOT NULL, -- the user's own columns, JSON
  words INTEGER NOT NULL, -- how many, parted by white space
  escaped INTEGER NOT NULL CHECK (escaped IN (0, 1)), -- 1 where the text holds escapes, so that offsets do not fit substr()
  text_id TEXT NOT NULL, -- SHA-256 of the text
  text TEXT NOT NULL
) STRICT;
CREATE INDEX documents_name ON documents (name);
CREATE INDEX documents_url ON documents (url, outlet) WHERE url <> '';

CREATE TABLE readings ( -- One reading of one document by one version of model and code. The newest is the current one.
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document INTEGER NOT NULL REFERENCES documents (key),
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  contract INTEGER NOT NULL,
  sayso TEXT NOT NULL,
  model TEXT NOT NULL,
  runtime TEXT NOT NULL,
  extractor TEXT NOT NULL,
  headline TEXT, -- a title that does not stand in the text and was read on its own
  page_then TEXT -- for an earlier reading: columns of the document that were different then, JSON
) STRICT;
CREATE INDEX readings_document ON readings (document);
CREATE UNIQUE INDEX readings_current ON readings (document) WHERE current = 1;

CREATE TABLE blocks ( -- Stretches of the text with one function on the page.
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE speakers ( -- Who statements are attributed to, inside one document.
  key INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  part TEXT NOT NULL, -- text or headline: where its offsets count
  name TEXT NOT NULL,
  kind TEXT NOT NULL -- person, organisation, group, anonymous, document, author
) STRICT;
CREATE INDEX speakers_reading ON speakers (reading);
CREATE INDEX speakers_name ON speakers (name, kind);
CREATE INDEX speakers_id ON speakers (id);

CREATE TABLE mentions ( -- Where a speaker is named.
  speaker INTEGER NOT NULL REFERENCES speakers (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (speaker, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE roles ( -- Titles, offices and descriptions of a speaker, as worded.
  speaker INTEGER NOT NULL REFERENCES speakers (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (speaker, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements ( -- Words and thoughts that a page attributes to somebody.
  key INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  part TEXT NOT NULL, -- text or headline: where its offsets count
  kind TEXT NOT NULL, -- direct, indirect, mixed
  act TEXT NOT NULL, -- say, think, want
  speaker INTEGER REFERENCES speakers (key) ON DELETE CASCADE, -- empty where the page leaves it open
  speaker_reason TEXT NOT NULL, -- what decided it, or why it is empty
  stance TEXT, -- empty until it is judged
  within INTEGER REFERENCES statements (key) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, -- the statement around it
  confidence REAL NOT NULL,
  speaker_confidence REAL NOT NULL
) STRICT;
CREATE INDEX statements_reading ON statements (reading);
CREATE INDEX statements_speaker ON statements (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX statements_within ON statements (within) WHERE within IS NOT NULL;
CREATE INDEX statements_id ON statements (id);

CREATE TABLE joint_speakers ( -- Those who make a statement together with its speaker.
  statement INTEGER NOT NULL REFERENCES statements (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  speaker INTEGER NOT NULL REFERENCES speakers (key) ON DELETE CASCADE,
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX joint_speakers_speaker ON joint_speakers (speaker);

CREATE TABLE statement_spans ( -- The characters each statement stands on: its source, cue and content in fragments.
  statement INTEGER NOT NULL REFERENCES statements (key) ON DELETE CASCADE,
  role TEXT NOT NULL, -- source, cue, content
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (statement, role, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE chain ( -- The hops that carried a statement to the page, from the speaker outwards.
  statement INTEGER NOT NULL REFERENCES statements (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL, -- outlet, platform, document, occasion
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE figures ( -- Numbers with their bounds, what they count and whose word they are.
  key INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  part TEXT NOT NULL, -- text or headline: where its offsets count
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  words TEXT NOT NULL,
  low ANY, -- a number, or empty
  high ANY,
  qualifier TEXT NOT NULL,
  qualifier_start INTEGER,
  qualifier_end INTEGER,
  counted TEXT NOT NULL,
  counted_start INTEGER,
  counted_end INTEGER,
  unit TEXT NOT NULL,
  currency TEXT NOT NULL,
  event TEXT NOT NULL,
  who TEXT NOT NULL,
  place TEXT NOT NULL,
  period TEXT NOT NULL,
  since TEXT NOT NULL,
  as_of TEXT NOT NULL,
  as_of_start INTEGER,
  as_of_end INTEGER,
  share_of TEXT,
  statement INTEGER REFERENCES statements (key) ON DELETE CASCADE -- empty: the outlet's own voice
) STRICT;
CREATE INDEX figures_reading ON figures (reading);
CREATE INDEX figures_statement ON figures (statement) WHERE statement IS NOT NULL;

CREATE TABLE dates ( -- Date expressions and their TimeML values.
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  value TEXT NOT NULL,
  granularity TEXT NOT NULL,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings ( -- What does not add up on a page, in one sentence each.
  key INTEGER PRIMARY KEY,
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  at_reading INTEGER, -- its place among the findings of the reading, and
  at_ingest INTEGER -- among those made when the page came in; most have one of the two
) STRICT;
CREATE INDEX findings_reading ON findings (reading);

CREATE TABLE finding_spans ( -- The places a finding is about.
  finding INTEGER NOT NULL REFERENCES findings (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (finding, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE dropped ( -- What was seen and not read, with the reason.
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE voices ( -- The text parted by whose words they are: statement, quoted, unsure, own.
  reading INTEGER NOT NULL REFERENCES readings (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  voice TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE unreadable ( -- Documents that could not be read and stand nowhere else in the ledger.
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (name, path, code, message)
) STRICT, WITHOUT ROWID;

CREATE VIEW statement_texts AS -- What statement_words indexes: the words of each statement of a current reading.
SELECT s.key AS key,
  coalesce((SELECT group_concat(words, ' … ') FROM (SELECT words FROM statement_spans
    WHERE statement = s.key AND role = 'content' ORDER BY position)), '') AS content,
  coalesce((SELECT group_concat(words, ' … ') FROM (SELECT words FROM statement_spans
    WHERE statement = s.key AND role = 'source' ORDER BY position)), '') AS source,
  coalesce((SELECT name FROM speakers WHERE key = s.speaker), '')
    || coalesce((SELECT ' … ' || group_concat(name, ' … ') FROM (SELECT speakers.name FROM joint_speakers
    JOIN speakers ON speakers.key = joint_speakers.speaker
    WHERE joint_speakers.statement = s.key ORDER BY joint_speakers.position)), '') AS speaker
FROM statements s JOIN readings r ON r.key = s.reading
WHERE r.current = 1;

CREATE VIEW statement_list AS -- Every statement of the current readings, in words. Commands show those with act = say.
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
  d.key AS document_key
FROM documents d
JOIN readings r ON r.document = d.key AND r.current = 1
JOIN statements s ON s.reading = r.key
LEFT JOIN speakers sp ON sp.key = s.speaker;

CREATE VIEW speaker_list AS -- Speakers of exactly one name and kind put together for display; no claim that they are one.
SELECT sp.name AS name,
  sp.kind AS kind,
  count(DISTINCT r.document) AS documents,
  sum((SELECT count(*) FROM statements s WHERE s.speaker = sp.key AND s.act = 'say')
    + (SELECT count(*) FROM joint_speakers j JOIN statements s ON s.key = j.statement
       WHERE j.speaker = sp.key AND s.act = 'say')) AS statements
FROM speakers sp JOIN readings r ON r.key = sp.reading
WHERE r.current = 1
GROUP BY sp.name, sp.kind;

CREATE VIEW document_list AS -- Every document with counts from its current reading; statements are those with act = say.
SELECT d.name AS name,
  d.title AS title,
  d.outlet AS outlet,
  d.published AS published,
  d.language AS language,
  d.words AS words,
  (SELECT count(*) FROM statements s WHERE s.reading = r.key AND s.act = 'say') AS statements,
  (SELECT count(*) FROM speakers sp WHERE sp.reading = r.key) AS speakers,
  (SELECT count(*) FROM findings f WHERE f.reading = r.key) AS findings,
  d.url AS url,
  d.id AS id,
  d.key AS key
FROM documents d CROSS JOIN readings r ON r.document = d.key AND r.current = 1; -- documents first: by name at once

CREATE VIEW document_versions AS -- Pages of one outlet at one address, oldest first: changed text is a new version.
SELECT d.name AS name,
  d.outlet AS outlet,
  d.url AS url,
  d.published AS published,
  row_number() OVER same_page AS version,
  d.id AS id,
  lag(d.id) OVER same_page AS version_of
FROM documents d
WHERE d.url <> ''
WINDOW same_page AS (PARTITION BY d.outlet, d.url ORDER BY d.published, d.name, d.id);

CREATE VIEW left_out AS -- What is not in the ledger and why: parts that were not read, documents that could not be.
SELECT d.name AS document,
  'part' AS what,
  x.code AS code,
  x.reason AS reason,
  x.start AS start,
  x.end AS end,
  CASE WHEN d.escaped = 0 THEN substr(d.text, x.start + 1, x.end - x.start) END AS words
FROM documents d
JOIN readings r ON r.document = d.key AND r.current = 1
JOIN dropped x ON x.reading = r.key
UNION ALL
SELECT name, 'document', code, message, NULL, NULL, NULL FROM unreadable;

CREATE VIRTUAL TABLE document_words /* Full-text search over title and text of the documents. */
USING fts5(title, text, content='documents', content_rowid='key', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE statement_words /* Full-text search over content, source and speaker of the current statements. */
USING fts5(content, source, speaker, content='statement_texts', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
