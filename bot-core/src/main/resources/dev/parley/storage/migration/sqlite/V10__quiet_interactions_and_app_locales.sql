-- Whether only who used a command sees its answer.
ALTER TABLE interaction ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;

-- The language of somebody's app, on a platform that does not tell it with every message.
CREATE TABLE app_locale (
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  locale   TEXT NOT NULL,
  PRIMARY KEY (platform, person)
) STRICT, WITHOUT ROWID;
