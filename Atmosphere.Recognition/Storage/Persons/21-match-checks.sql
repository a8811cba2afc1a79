-- A teacher looks at the first matches of a person before anything is delivered.

ALTER TABLE groups ADD COLUMN checks_matches BIGINT; -- 1: yes, 0: no, null: in groups of children
ALTER TABLE persons ADD COLUMN matches_checked_at BIGINT; -- when somebody said that the first matches are right
ALTER TABLE held_faces ADD COLUMN faces TEXT; -- matches: the faces in the picture, separated by spaces
UPDATE groups SET checks_matches = 0 WHERE visitors = 1;
UPDATE persons SET matches_checked_at = created_at;
