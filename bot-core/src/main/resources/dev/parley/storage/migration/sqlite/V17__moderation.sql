-- Texts that were objected to, for the admins of a place to look at.
CREATE TABLE moderation_case (
  id         INTEGER PRIMARY KEY,
  platform   TEXT NOT NULL,
  place      TEXT NOT NULL,
  person     TEXT NOT NULL,
  side       TEXT NOT NULL CHECK (side IN ('question', 'answer')),
  finding    TEXT NOT NULL, -- a category, or 'word'
  blocked    INTEGER NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  appealed   INTEGER NOT NULL DEFAULT 0,
  released   INTEGER, -- whether an admin found it fine; null: none looked
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX moderation_case_place ON moderation_case (platform, place);
CREATE INDEX moderation_case_person ON moderation_case (platform, person);
