-- Whether only who used a command sees its answer.
ALTER TABLE interaction ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
