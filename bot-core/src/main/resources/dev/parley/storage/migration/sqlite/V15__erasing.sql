-- Words of deleted messages go from the index at once, not when it is next merged.
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
