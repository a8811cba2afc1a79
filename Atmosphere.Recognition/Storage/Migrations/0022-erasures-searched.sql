-- What the search after an erasure looked for: everything (also a person's old vectors and files), or ids (the program was restarted in
-- between, and what it knew in memory alone was gone); null: it has not ended.
ALTER TABLE erasures ADD COLUMN searched TEXT;
