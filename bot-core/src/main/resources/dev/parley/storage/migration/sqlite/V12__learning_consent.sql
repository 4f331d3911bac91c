-- Who agreed that the model may learn from them; whoever is not here did not, or not any more.
CREATE TABLE learning_consent (
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- To tell people what is kept of theirs.
CREATE INDEX message_author ON message (author_platform, author);
