-- What each folder held when its rows were written: a second scan leaves folders that hold the same alone. A folder
-- without a row is compared file by file.
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  -- Below the source's folder; '' for that folder itself.
  path TEXT NOT NULL,
  -- Of names, sizes and times of the files in it, in any order; of an OME-Zarr, of all its members.
  digest TEXT NOT NULL,
  UNIQUE (source_id, path)
) STRICT;
