-- Every three characters in a row are indexed: the one tokenizer of SQLite that finds Chinese.
CREATE VIRTUAL TABLE message_words USING fts5(
  text, content = 'message', content_rowid = 'id', tokenize = 'trigram');

CREATE TRIGGER message_words_insert AFTER INSERT ON message BEGIN
  INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER message_words_update AFTER UPDATE OF text ON message BEGIN
  INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO message_words (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER message_words_delete AFTER DELETE ON message BEGIN
  INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
