-- Until when a platform takes nothing from a chat, in milliseconds: a restart must not forget it, since
-- whoever calls too early waits longer.
CREATE TABLE chat_pause (
  platform TEXT NOT NULL,
  chat TEXT NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (platform, chat)
) STRICT, WITHOUT ROWID;
