-- Whether the admins of a place were told that the model is weak in their people's language.
ALTER TABLE place ADD COLUMN language_note INTEGER NOT NULL DEFAULT 0;
