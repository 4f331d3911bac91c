-- What a model thought before an answer: apart from its text, so that no prompt, search or export of
-- the conversation has it.
CREATE TABLE thought (
  message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
  text    TEXT NOT NULL
) STRICT;
