-- The beginning of a name, by which texts are searched for names without reading all of them.

ALTER TABLE persons ADD COLUMN name_key TEXT; -- the first three letters, folded; null: not known yet
CREATE INDEX persons_by_name_key ON persons (name_key);
