-- SQLite's way to say it; another database gets a folder of its own beside this one.
-- Times are UTC epoch milliseconds, ids of platforms are text.

CREATE TABLE person (
  platform   TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  locale     TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_instructions (
  platform   TEXT NOT NULL,
  person     TEXT NOT NULL,
  about      TEXT NOT NULL,
  style      TEXT NOT NULL,
  enabled    INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The parent is an id only: a server is the parent of its channels without ever being spoken in.
-- A group's id can change (Telegram upgrades groups): hence ON UPDATE CASCADE below.
CREATE TABLE place (
  platform   TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  parent     TEXT,
  name       TEXT NOT NULL,
  introduced INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX place_parent ON place (platform, parent);

CREATE TABLE conversation (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  platform      TEXT NOT NULL,
  place         TEXT NOT NULL,
  person        TEXT, -- null: shared by everyone in the place
  is_current    INTEGER NOT NULL,
  title         TEXT,
  active_leaf   INTEGER REFERENCES message ON DELETE SET NULL,
  summary       TEXT,
  summary_up_to INTEGER REFERENCES message ON DELETE SET NULL,
  prompt_start  INTEGER,
  created_at    INTEGER NOT NULL,
  used_at       INTEGER NOT NULL,
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX conversation_place ON conversation (platform, place, person, used_at);
CREATE INDEX conversation_person ON conversation (platform, person);
CREATE UNIQUE INDEX conversation_current ON conversation (platform, place, coalesce(person, '')) WHERE is_current = 1;
CREATE INDEX conversation_active_leaf ON conversation (active_leaf);
CREATE INDEX conversation_summary_up_to ON conversation (summary_up_to);

-- A parent is older than its child, so the messages form trees, whatever is done to them.
CREATE TABLE message (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation     INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  parent           INTEGER REFERENCES message ON DELETE SET NULL,
  role             TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  text             TEXT NOT NULL,
  author_platform  TEXT,
  author           TEXT,
  author_name      TEXT,
  model_version    TEXT,
  prompt_tokens    INTEGER,
  generated_tokens INTEGER,
  finish_reason    TEXT,
  created_at       INTEGER NOT NULL,
  deleted          INTEGER NOT NULL DEFAULT 0,
  CHECK (parent < id)
) STRICT;

CREATE INDEX message_parent ON message (parent);
CREATE INDEX message_conversation ON message (conversation, parent);

-- Which message of a platform shows which part of a message.
CREATE TABLE platform_message (
  platform TEXT NOT NULL,
  place    TEXT NOT NULL,
  id       TEXT NOT NULL,
  message  INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  part     INTEGER NOT NULL,
  PRIMARY KEY (platform, place, id),
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX platform_message_message ON platform_message (message, part);

CREATE TABLE reply (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  question       INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  answer         INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  platform       TEXT NOT NULL,
  place          TEXT NOT NULL,
  person         TEXT NOT NULL,
  state          TEXT NOT NULL
    CHECK (state IN ('queued', 'generating', 'delivering', 'delivered', 'cancelled', 'failed')),
  continuation   INTEGER NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 0,
  error_case     TEXT,
  created_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL,
  waited_ms      INTEGER,
  first_token_ms INTEGER,
  total_ms       INTEGER,
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX reply_unfinished ON reply (id) WHERE state IN ('queued', 'generating', 'delivering');
CREATE INDEX reply_question ON reply (question);
CREATE INDEX reply_answer ON reply (answer);
CREATE INDEX reply_place ON reply (platform, place);
CREATE INDEX reply_person ON reply (platform, person);

CREATE TABLE event_seen (
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  seen_at  INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_seen_at ON event_seen (seen_at);

CREATE TABLE setting (
  scope    TEXT NOT NULL CHECK (scope IN ('person', 'place')),
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (scope, platform, id, key)
) STRICT, WITHOUT ROWID;

-- The day is the operator's, as in 2026-11-23.
CREATE TABLE usage (
  platform         TEXT NOT NULL,
  person           TEXT NOT NULL,
  place            TEXT NOT NULL,
  day              TEXT NOT NULL,
  questions        INTEGER NOT NULL DEFAULT 0,
  answers          INTEGER NOT NULL DEFAULT 0,
  prompt_tokens    INTEGER NOT NULL DEFAULT 0,
  generated_tokens INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (platform, person, day, place),
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_place ON usage (platform, place, day);
