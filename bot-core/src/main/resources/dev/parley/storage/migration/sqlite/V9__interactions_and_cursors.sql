-- What is left to say in answer to a command of a platform that calls commands interactions.
CREATE TABLE interaction (
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  token    TEXT NOT NULL,    -- of a quarter of an hour: it answers this one interaction
  absent   INTEGER NOT NULL, -- whether the bot itself is not where it was
  begun_at INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

-- Up to where everything that a platform told was handled.
CREATE TABLE cursor (
  platform TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
