CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);

CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");

CREATE TABLE person (
  platform   TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  locale     TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_instructions (
  platform   TEXT NOT NULL,
  person     TEXT NOT NULL,
  about      TEXT NOT NULL,
  style      TEXT NOT NULL,
  enabled    INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
  platform   TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  parent     TEXT,
  name       TEXT NOT NULL,
  introduced INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL, language_note INTEGER NOT NULL DEFAULT 0, closed_at INTEGER,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX place_parent ON place (platform, parent);

CREATE TABLE conversation (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  platform      TEXT NOT NULL,
  place         TEXT NOT NULL,
  person        TEXT, -- null: shared by everyone in the place
  is_current    INTEGER NOT NULL,
  title         TEXT,
  active_leaf   INTEGER REFERENCES message ON DELETE SET NULL,
  summary       TEXT,
  summary_up_to INTEGER REFERENCES message ON DELETE SET NULL,
  prompt_start  INTEGER,
  created_at    INTEGER NOT NULL,
  used_at       INTEGER NOT NULL,
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX conversation_place ON conversation (platform, place, person, used_at);

CREATE INDEX conversation_person ON conversation (platform, person);

CREATE UNIQUE INDEX conversation_current ON conversation (platform, place, coalesce(person, '')) WHERE is_current = 1;

CREATE INDEX conversation_active_leaf ON conversation (active_leaf);

CREATE INDEX conversation_summary_up_to ON conversation (summary_up_to);

CREATE TABLE message (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation     INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  parent           INTEGER REFERENCES message ON DELETE SET NULL,
  role             TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  text             TEXT NOT NULL,
  author_platform  TEXT,
  author           TEXT,
  author_name      TEXT,
  model_version    TEXT,
  prompt_tokens    INTEGER,
  generated_tokens INTEGER,
  finish_reason    TEXT,
  created_at       INTEGER NOT NULL,
  deleted          INTEGER NOT NULL DEFAULT 0,
  CHECK (parent < id)
) STRICT;

CREATE INDEX message_parent ON message (parent);

CREATE INDEX message_conversation ON message (conversation, parent);

CREATE TABLE platform_message (
  platform TEXT NOT NULL,
  place    TEXT NOT NULL,
  id       TEXT NOT NULL,
  message  INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  part     INTEGER NOT NULL,
  PRIMARY KEY (platform, place, id),
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX platform_message_message ON platform_message (message, part);

CREATE TABLE reply (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  question       INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  answer         INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  platform       TEXT NOT NULL,
  place          TEXT NOT NULL,
  person         TEXT NOT NULL,
  state          TEXT NOT NULL
    CHECK (state IN ('queued', 'generating', 'delivering', 'delivered', 'cancelled', 'failed')),
  continuation   INTEGER NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 0,
  error_case     TEXT,
  created_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL,
  waited_ms      INTEGER,
  first_token_ms INTEGER,
  total_ms       INTEGER,
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX reply_unfinished ON reply (id) WHERE state IN ('queued', 'generating', 'delivering');

CREATE INDEX reply_question ON reply (question);

CREATE INDEX reply_answer ON reply (answer);

CREATE INDEX reply_place ON reply (platform, place);

CREATE INDEX reply_person ON reply (platform, person);

CREATE TABLE event_seen (
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  seen_at  INTEGER NOT NULL,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_seen_at ON event_seen (seen_at);

CREATE TABLE setting (
  scope    TEXT NOT NULL CHECK (scope IN ('person', 'place')),
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  key      TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (scope, platform, id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (
  platform         TEXT NOT NULL,
  person           TEXT NOT NULL,
  place            TEXT NOT NULL,
  day              TEXT NOT NULL,
  questions        INTEGER NOT NULL DEFAULT 0,
  answers          INTEGER NOT NULL DEFAULT 0,
  prompt_tokens    INTEGER NOT NULL DEFAULT 0,
  generated_tokens INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (platform, person, day, place),
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX usage_place ON usage (platform, place, day);

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

CREATE TABLE incoming_event (
  platform TEXT NOT NULL,
  id       INTEGER NOT NULL,
  body     TEXT NOT NULL,
  taken_at INTEGER NOT NULL, gathered_by INTEGER,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outgoing_post (
  platform  TEXT NOT NULL,
  nonce     TEXT NOT NULL,
  chat      TEXT NOT NULL,
  after_id  INTEGER NOT NULL, -- the newest message known before the first try
  message   INTEGER,          -- null until it is known to have arrived
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (platform, nonce)
) STRICT, WITHOUT ROWID;

CREATE INDEX outgoing_post_at ON outgoing_post (posted_at);

CREATE TABLE panel (
  platform  TEXT NOT NULL,
  chat      TEXT NOT NULL,
  message   INTEGER NOT NULL,
  person    TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  PRIMARY KEY (platform, chat, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX panel_at ON panel (posted_at);

CREATE TABLE open_form (
  platform TEXT NOT NULL,
  place    TEXT NOT NULL,
  person   TEXT NOT NULL,
  form     TEXT NOT NULL, -- as the adapter reads it
  prompt   INTEGER NOT NULL,
  PRIMARY KEY (platform, place, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
  message  INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  thumb    TEXT NOT NULL CHECK (thumb IN ('up', 'down')),
  source   TEXT NOT NULL CHECK (source IN ('button', 'reaction')),
  reason   TEXT CHECK (reason IN ('wrong', 'not-helpful', 'unsafe', 'wrong-language')),
  comment  TEXT, -- what was wrong, in the person's words
  better   TEXT, -- the answer as the person would have given it
  rated_at INTEGER NOT NULL,
  PRIMARY KEY (message, platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_person ON rating (platform, person);

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

CREATE TABLE chat_pause (
  platform TEXT NOT NULL,
  chat TEXT NOT NULL,
  until INTEGER NOT NULL, asked INTEGER NOT NULL DEFAULT 900000,
  PRIMARY KEY (platform, chat)
) STRICT, WITHOUT ROWID;

CREATE TABLE interaction (
  platform TEXT NOT NULL,
  id       TEXT NOT NULL,
  token    TEXT NOT NULL,    -- of a quarter of an hour: it answers this one interaction
  absent   INTEGER NOT NULL, -- whether the bot itself is not where it was
  begun_at INTEGER NOT NULL, quiet INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursor (
  platform TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app_locale (
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  locale   TEXT NOT NULL,
  PRIMARY KEY (platform, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE thought (
  message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
  text    TEXT NOT NULL
) STRICT;

CREATE TABLE learning_consent (
  platform TEXT NOT NULL,
  person   TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  PRIMARY KEY (platform, person),
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX message_author ON message (author_platform, author);

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

CREATE TABLE model_version (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT NOT NULL UNIQUE,
  parent     INTEGER REFERENCES model_version, -- null: the operator's own model
  kind       TEXT NOT NULL,
  folder     TEXT NOT NULL,
  data_hash  TEXT NOT NULL, -- of what it learnt
  settings   TEXT NOT NULL, -- of the training, JSON
  metrics    TEXT NOT NULL, -- of the training, JSON
  verdict    TEXT CHECK (verdict IN ('passed', 'failed')), -- null: not examined yet
  figures    TEXT NOT NULL DEFAULT '{}', -- of the examination, JSON
  state      TEXT NOT NULL DEFAULT 'trained'
    CHECK (state IN ('trained', 'tried', 'promoted', 'retired')),
  share      INTEGER NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 100), -- percent, while tried
  tried_at   INTEGER, -- since when, the last time
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX model_version_answering ON model_version (state)
  WHERE state IN ('tried', 'promoted');

CREATE INDEX model_version_parent ON model_version (parent);

CREATE TABLE promotion (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  version       INTEGER NOT NULL REFERENCES model_version,
  promoted_at   INTEGER NOT NULL,
  taken_back_at INTEGER
) STRICT;

CREATE INDEX promotion_version ON promotion (version);

CREATE INDEX message_model_version ON message (model_version, created_at)
  WHERE model_version IS NOT NULL;

CREATE TABLE moderation_case (
  id         INTEGER PRIMARY KEY,
  platform   TEXT NOT NULL,
  place      TEXT NOT NULL,
  person     TEXT NOT NULL,
  side       TEXT NOT NULL CHECK (side IN ('question', 'answer')),
  finding    TEXT NOT NULL, -- a category, or 'word'
  blocked    INTEGER NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  appealed   INTEGER NOT NULL DEFAULT 0,
  released   INTEGER, -- whether an admin found it fine; null: none looked
  FOREIGN KEY (platform, place) REFERENCES place ON UPDATE CASCADE ON DELETE CASCADE,
  FOREIGN KEY (platform, person) REFERENCES person ON UPDATE CASCADE ON DELETE CASCADE
) STRICT;

CREATE INDEX moderation_case_place ON moderation_case (platform, place);

CREATE INDEX moderation_case_person ON moderation_case (platform, person);

INSERT INTO "flyway_schema_history" VALUES (1, '1', 'people and conversations', 'SQL', 'V1__people_and_conversations.sql', 1423115216, '', '2026-11-28 07:56:46.140', 1, 1);
INSERT INTO "flyway_schema_history" VALUES (10, '10', 'quiet interactions and app locales', 'SQL', 'V10__quiet_interactions_and_app_locales.sql', -1372137699, '', '2026-11-28 07:56:46.254', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (11, '11', 'thoughts', 'SQL', 'V11__thoughts.sql', 1406087576, '', '2026-11-28 07:56:46.263', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (12, '12', 'learning consent', 'SQL', 'V12__learning_consent.sql', 398522713, '', '2026-11-28 07:56:46.277', 4, 1);
INSERT INTO "flyway_schema_history" VALUES (13, '13', 'comparisons', 'SQL', 'V13__comparisons.sql', -1165348603, '', '2026-11-28 07:56:46.292', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (14, '14', 'model versions', 'SQL', 'V14__model_versions.sql', 1974990645, '', '2026-11-28 07:56:46.300', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (15, '15', 'erasing', 'SQL', 'V15__erasing.sql', 1249740368, '', '2026-11-28 07:56:46.307', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (16, '16', 'words of older messages', 'SQL', 'V16__words_of_older_messages.sql', 1155752296, '', '2026-11-28 08:00:28.324', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (17, '17', 'moderation', 'SQL', 'V17__moderation.sql', 1638091876, '', '2026-11-28 00:00:00.000', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (18, '18', 'lengths of chat pauses', 'SQL', 'V18__lengths_of_chat_pauses.sql', -875981409, '', '2026-11-28 15:45:21.206', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (2, '2', 'message search', 'SQL', 'V2__message_search.sql', -1025916238, '', '2026-11-28 07:56:46.161', 1, 1);
INSERT INTO "flyway_schema_history" VALUES (3, '3', 'language note', 'SQL', 'V3__language_note.sql', 894438621, '', '2026-11-28 07:56:46.167', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (4, '4', 'events and posts', 'SQL', 'V4__events_and_posts.sql', -127478626, '', '2026-11-28 07:56:46.186', 5, 1);
INSERT INTO "flyway_schema_history" VALUES (5, '5', 'ratings', 'SQL', 'V5__ratings.sql', -693937695, '', '2026-11-28 07:56:46.196', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (6, '6', 'access', 'SQL', 'V6__access.sql', -1741068472, '', '2026-11-28 07:56:46.209', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (7, '7', 'gathered events and closed places', 'SQL', 'V7__gathered_events_and_closed_places.sql', 1788058596, '', '2026-11-28 07:56:46.217', 1, 1);
INSERT INTO "flyway_schema_history" VALUES (8, '8', 'chat pauses', 'SQL', 'V8__chat_pauses.sql', -1783373023, '', '2026-11-28 07:56:46.231', 0, 1);
INSERT INTO "flyway_schema_history" VALUES (9, '9', 'interactions and cursors', 'SQL', 'V9__interactions_and_cursors.sql', 1645798447, '', '2026-11-28 07:56:46.240', 0, 1);
INSERT INTO "person" VALUES ('discord', '77', 'Cleo', 'en', 1795000000002);
INSERT INTO "person" VALUES ('telegram', '1', 'Ada', 'en', 1795000000000);
INSERT INTO "person" VALUES ('telegram', '2', 'Bob', 'zh-TW', 1795000000001);
INSERT INTO "custom_instructions" VALUES ('telegram', '1', 'I keep bees.', 'Answer in verse.', 1, 1795000001000);
INSERT INTO "place" VALUES ('discord', '500', 'THREAD', '400', 'reef', 0, 1795000000002, 0, 1795400005000);
INSERT INTO "place" VALUES ('telegram', '-100', 'GROUP', '-10', 'Tides', 1, 1795000000001, 1, NULL);
INSERT INTO "place" VALUES ('telegram', '1', 'PRIVATE', NULL, '', 1, 1795000000000, 0, NULL);
INSERT INTO "conversation" VALUES (1, 'telegram', '1', '1', 1, 'Bees', 4, 'Ada asked why bees dance.', 2, 1, 1795000002000, 1795400000000);
INSERT INTO "conversation" VALUES (2, 'telegram', '-100', NULL, 1, NULL, 6, NULL, NULL, NULL, 1795000003000, 1795400001000);
INSERT INTO "conversation" VALUES (3, 'discord', '500', '77', 0, 'Reefs', 9, NULL, NULL, NULL, 1795000004000, 1795400002000);
INSERT INTO "message" VALUES (1, 1, NULL, 'user', 'Why do bees dance?', 'telegram', '1', 'Ada', NULL, NULL, NULL, NULL, 1795000002000, 0);
INSERT INTO "message" VALUES (2, 1, 1, 'assistant', 'To tell the others where flowers are.', NULL, NULL, NULL, 'smollm2-135m-instruct', 40, 9, 'END', 1795000002500, 0);
INSERT INTO "message" VALUES (3, 1, 2, 'user', '蜜蜂為什麼跳舞？', 'telegram', '1', 'Ada', NULL, NULL, NULL, NULL, 1795400000000, 0);
INSERT INTO "message" VALUES (4, 1, 3, 'assistant', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795400000001, 0);
INSERT INTO "message" VALUES (5, 2, NULL, 'user', 'When is high tide?', 'telegram', '2', 'Bob', NULL, NULL, NULL, NULL, 1795000003000, 0);
INSERT INTO "message" VALUES (6, 2, 5, 'assistant', 'At noon.', NULL, NULL, NULL, 'smollm2-135m-instruct', 44, 3, 'LENGTH', 1795000003500, 0);
INSERT INTO "message" VALUES (7, 2, 6, 'user', 'Never mind; it''s "gone".', 'telegram', '1', 'Ada', NULL, NULL, NULL, NULL, 1795000005000, 1);
INSERT INTO "message" VALUES (8, 3, NULL, 'user', 'What eats coral?', 'discord', '77', 'Cleo', NULL, NULL, NULL, NULL, 1795000004000, 0);
INSERT INTO "message" VALUES (9, 3, 8, 'assistant', '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795000004001, 0);
INSERT INTO "platform_message" VALUES ('telegram', '-100', '21', 5, 0);
INSERT INTO "platform_message" VALUES ('telegram', '-100', '22', 6, 0);
INSERT INTO "platform_message" VALUES ('telegram', '1', '11', 1, 0);
INSERT INTO "platform_message" VALUES ('telegram', '1', '12', 2, 0);
INSERT INTO "platform_message" VALUES ('telegram', '1', '13', 2, 1);
INSERT INTO "platform_message" VALUES ('telegram', '1', '14', 3, 0);
INSERT INTO "reply" VALUES (1, 1, 2, 'telegram', '1', '1', 'delivered', 0, 1, NULL, 1795000002000, 1795000002500, 12, 80, 500);
INSERT INTO "reply" VALUES (2, 3, 4, 'telegram', '1', '1', 'queued', 0, 0, NULL, 1795400000000, 1795400000001, NULL, NULL, NULL);
INSERT INTO "reply" VALUES (3, 5, 6, 'telegram', '-100', '2', 'delivered', 1, 2, NULL, 1795000003000, 1795000003500, 7, 90, 300);
INSERT INTO "reply" VALUES (4, 8, 9, 'discord', '500', '77', 'failed', 0, 2, 'K7QX', 1795000004000, 1795000004900, NULL, NULL, NULL);
INSERT INTO "event_seen" VALUES ('discord', 'message-31', 1795000004000);
INSERT INTO "event_seen" VALUES ('telegram', 'message-11', 1795000002000);
INSERT INTO "setting" VALUES ('person', 'telegram', '1', 'persona', 'coder');
INSERT INTO "setting" VALUES ('place', 'telegram', '-100', 'shared-conversation', 'on');
INSERT INTO "usage" VALUES ('telegram', '1', '1', '2026-11-17', 1, 1, 40, 9);
INSERT INTO "usage" VALUES ('telegram', '2', '-100', '2026-11-17', 1, 1, 44, 3);
INSERT INTO "incoming_event" VALUES ('telegram', 901, '{"update_id":901}', 1795400003000, 901);
INSERT INTO "outgoing_post" VALUES ('telegram', 'nonce-1', '1', 13, 14, 1795400003000);
INSERT INTO "outgoing_post" VALUES ('telegram', 'nonce-2', '1', 14, NULL, 1795400003001);
INSERT INTO "panel" VALUES ('telegram', '1', 15, '1', 1795400003000);
INSERT INTO "open_form" VALUES ('telegram', '1', '1', '{"form":{"id":"history:search","title":"Search","fields":[{"id":"search","label":"Words","value":"","maxLength":80}]},"values":{}}', 16);
INSERT INTO "rating" VALUES (2, 'telegram', '1', 'up', 'reaction', NULL, NULL, NULL, 1795000006000);
INSERT INTO "rating" VALUES (6, 'telegram', '2', 'down', 'button', 'wrong', 'The tide is later.', 'At one.', 1795000006001);
INSERT INTO "blocked" VALUES ('telegram', '-100', '2', 1795400004000);
INSERT INTO "chat_pause" VALUES ('telegram', '1', 1795400006000, 6000);
INSERT INTO "interaction" VALUES ('discord', '3001', 'of a quarter of an hour', 1, 1795400007000, 1);
INSERT INTO "cursor" VALUES ('discord', 31);
INSERT INTO "app_locale" VALUES ('discord', '77', 'en-US');
INSERT INTO "thought" VALUES (2, 'They come back and waggle.');
INSERT INTO "learning_consent" VALUES ('telegram', '1', 1795400008000);
INSERT INTO "comparison" VALUES (1, 2, 'telegram', '1', 'For joy.', 'smollm2-135m-instruct', 40, 4, 'END', 1, 'given', 1795400009000, 1795400009500);
INSERT INTO "comparison" VALUES (2, 2, 'telegram', '1', 'Because.', 'smollm2-135m-instruct', 40, 2, 'END', 0, NULL, 1795400009600, NULL);
INSERT INTO "model_version" VALUES (1, '2026-11-20', NULL, 'dpo', 'versions/2026-11-20', '00ff', '{"rate":1e-4}', '{"loss":0.5}', 'passed', '{"wins":0.6}', 'retired', 0, 1795400010000, 1795400010000);
INSERT INTO "model_version" VALUES (2, '2026-11-21', 1, 'ppo', 'versions/2026-11-21', '01ff', '{}', '{}', 'failed', '{}', 'trained', 0, NULL, 1795400010001);
INSERT INTO "promotion" VALUES (1, 1, 1795400010500, 1795400010900);
INSERT INTO "moderation_case" VALUES (1, 'telegram', '-100', '2', 'question', 'hate', 1, 'Bob said something bad.', 1795400011000, 1, NULL);
INSERT INTO "moderation_case" VALUES (2, 'telegram', '1', '1', 'answer', 'word', 0, 'An answer with a word.', 1795400011001, 0, 1);
INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
