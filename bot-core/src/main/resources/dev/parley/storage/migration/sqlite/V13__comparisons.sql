-- A second answer to a question, and which of the two somebody who agreed to learning found better.
-- It becomes a message only where it won and the conversation had not gone on.
CREATE TABLE comparison (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  answer           INTEGER NOT NULL REFERENCES message ON DELETE CASCADE, -- the one that was given
  platform         TEXT NOT NULL,
  person           TEXT NOT NULL, -- who is asked
  other            TEXT NOT NULL,
  model_version    TEXT NOT NULL,
  prompt_tokens    INTEGER NOT NULL,
  generated_tokens INTEGER NOT NULL,
  finish_reason    TEXT NOT NULL,
  other_first      INTEGER NOT NULL, -- in which order they are shown, drawn by lot
  choice           TEXT CHECK (choice IN ('given', 'other', 'same', 'later')), -- null: none yet
  offered_at       INTEGER NOT NULL,
  chosen_at        INTEGER,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX comparison_answer ON comparison (answer);
CREATE INDEX comparison_person ON comparison (platform, person, offered_at);
CREATE INDEX reply_changed ON reply (changed_at);
