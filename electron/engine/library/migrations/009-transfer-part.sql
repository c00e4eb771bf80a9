-- Parts of a file that the archive said it has, for methods that send large files in parts; see part-log.ts.
CREATE TABLE transfer_part (
  file_id INTEGER NOT NULL REFERENCES transfer_file (id) ON DELETE CASCADE,
  part INTEGER NOT NULL,
  PRIMARY KEY (file_id, part)
) STRICT, WITHOUT ROWID;
