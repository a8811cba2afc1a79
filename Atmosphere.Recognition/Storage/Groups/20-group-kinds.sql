-- Whose faces a group shows. Children look more alike than adults, so their names need more certainty.

ALTER TABLE groups ADD COLUMN kind TEXT NOT NULL DEFAULT 'children'; -- children or adults
