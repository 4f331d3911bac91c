-- What people think of an answer: what learning reads.
CREATE TABLE rating (
  message  INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  thumb    TEXT NOT NULL CHECK (thumb IN ('up', 'down')),
  source   TEXT NOT NULL CHECK (source IN ('button', 'reaction')),
  reason   TEXT CHECK (reason IN ('wrong', 'not-helpful', 'unsafe', 'wrong-language')),
  comment  TEXT, -- what was wrong, in the person's words
  better   TEXT, -- the answer as the person would have given it
  rated_at INTEGER NOT NULL,
  PRIMARY KEY (message, platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_person ON rating (platform, person);
