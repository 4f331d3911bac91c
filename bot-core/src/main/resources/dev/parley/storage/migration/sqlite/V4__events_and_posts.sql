-- What adapters of platforms need to lose and double nothing.

-- An event of a platform, kept from before it is confirmed until it is handled.
CREATE TABLE incoming_event (
  platform TEXT NOT NULL,
  id       INTEGER NOT NULL,
  body     TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

-- A message on its way to a platform that cannot tell a second try from a second message.
CREATE TABLE outgoing_post (
  platform  TEXT NOT NULL,
  nonce     TEXT NOT NULL,
  chat      TEXT NOT NULL,
  after_id  INTEGER NOT NULL, -- the newest message known before the first try
  message   INTEGER,          -- null until it is known to have arrived
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (platform, nonce)
) STRICT, WITHOUT ROWID;

CREATE INDEX outgoing_post_at ON outgoing_post (posted_at);

-- Whose buttons stand under a message that answers a command.
CREATE TABLE panel (
  platform  TEXT NOT NULL,
  chat      TEXT NOT NULL,
  message   INTEGER NOT NULL,
  person    TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (platform, chat, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX panel_at ON panel (posted_at);

-- A form that somebody fills in, one message for each field.
CREATE TABLE open_form (
  platform TEXT NOT NULL,
  place    TEXT NOT NULL,
  person   TEXT NOT NULL,
  form     TEXT NOT NULL, -- as the adapter reads it
  prompt   INTEGER NOT NULL,
  PRIMARY KEY (platform, place, person)
) STRICT, WITHOUT ROWID;
