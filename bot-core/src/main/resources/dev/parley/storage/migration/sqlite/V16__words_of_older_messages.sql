-- Version 2 indexed nothing that was said before it: it could not be searched, and whoever deleted it was
-- told that the file is damaged. What was deleted before version 15 leaves the index as well.
INSERT INTO message_words (message_words) VALUES ('rebuild');
