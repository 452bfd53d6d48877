-- Version 3: indexes by which the lists of a large ledger come a screen at a time, and by which its rows are counted.

CREATE INDEX documents_time ON documents -- a day without a year, or none, comes before all others
  (CASE WHEN published GLOB '[0-9]*' THEN published ELSE '' END, name, id, outlet);
CREATE INDEX documents_outlet ON documents
  (outlet, CASE WHEN published GLOB '[0-9]*' THEN published ELSE '' END, name, id);
CREATE INDEX readings_past ON readings (key) WHERE current = 0; -- few, so what they hold is counted and taken off
CREATE INDEX statements_act ON statements (act, reading);
CREATE INDEX statements_unsure ON statements (confidence, id, reading) WHERE act = 'say' AND decided = '';
CREATE INDEX findings_code ON findings (code, reading);
