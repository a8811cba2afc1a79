-- What the sender called the photo, until the photo's row has it: no message carries a name.
ALTER TABLE inbox ADD COLUMN file_name TEXT;
