-- Files that are one item, as a series or a multi-file OME-TIFF: each has the number of the first of them, which stands
-- for all in the grid. Undo brings back these cells and nothing else. Kept short by the index: rows of their own have none.
ALTER TABLE entry ADD COLUMN item_id INTEGER;
CREATE INDEX entry_by_item ON entry (item_id) WHERE item_id IS NOT NULL;

-- What the files of an item come to. A row without any entry that names it means nothing.
CREATE TABLE item (
  -- Of the entry that stands for it.
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('series', 'ome-tiff')),
  -- What tells its files, such as cells_{t}.tif; '' where the files name each other.
  pattern TEXT NOT NULL,
  -- Folder that holds them, below the source's; '' for that itself.
  folder TEXT NOT NULL,
  -- What it is called as one file, without extension.
  name TEXT NOT NULL,
  members INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL
) STRICT;
