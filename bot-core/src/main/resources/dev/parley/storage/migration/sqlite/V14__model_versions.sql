-- What was trained: states of the model that can answer instead of the operator's own.
CREATE TABLE model_version (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT NOT NULL UNIQUE,
  parent     INTEGER REFERENCES model_version, -- null: the operator's own model
  kind       TEXT NOT NULL,
  folder     TEXT NOT NULL,
  data_hash  TEXT NOT NULL, -- of what it learnt
  settings   TEXT NOT NULL, -- of the training, JSON
  metrics    TEXT NOT NULL, -- of the training, JSON
  verdict    TEXT CHECK (verdict IN ('passed', 'failed')), -- null: not examined yet
  figures    TEXT NOT NULL DEFAULT '{}', -- of the examination, JSON
  state      TEXT NOT NULL DEFAULT 'trained'
    CHECK (state IN ('trained', 'tried', 'promoted', 'retired')),
  share      INTEGER NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 100), -- percent, while tried
  tried_at   INTEGER, -- since when, the last time
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX model_version_answering ON model_version (state)
  WHERE state IN ('tried', 'promoted');
CREATE INDEX model_version_parent ON model_version (parent);

-- The newest that was not taken back answers; where there is none, the operator's own model does.
CREATE TABLE promotion (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  version       INTEGER NOT NULL REFERENCES model_version,
  promoted_at   INTEGER NOT NULL,
  taken_back_at INTEGER
) STRICT;

CREATE INDEX promotion_version ON promotion (version);

-- To compare the ratings of versions.
CREATE INDEX message_model_version ON message (model_version, created_at)
  WHERE model_version IS NOT NULL;
