-- How long a pause was when it was asked for, in milliseconds: the clock may have been ahead then.
ALTER TABLE chat_pause ADD COLUMN asked INTEGER NOT NULL DEFAULT 900000;
