-- Who is not answered in a place, nor in those that lie in it.
CREATE TABLE blocked (
  platform   TEXT NOT NULL,
  place      TEXT NOT NULL,
  person     TEXT NOT NULL,
  blocked_at INTEGER NOT NULL,
  PRIMARY KEY (platform, place, person),
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX blocked_person ON blocked (platform, person);
