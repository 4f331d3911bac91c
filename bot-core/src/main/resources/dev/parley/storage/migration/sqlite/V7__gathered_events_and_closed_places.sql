-- The first event of those that are handled as one, such as the parts of a long text; null: alone.
ALTER TABLE incoming_event ADD COLUMN gathered_by INTEGER;

-- Since when nothing can be said in a place: blocked, thrown out, its topic deleted; null: it can.
ALTER TABLE place ADD COLUMN closed_at INTEGER;
