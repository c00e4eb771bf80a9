-- Items of several files may be sent as one ZIP. Null: as the submission says; only items ask.
ALTER TABLE entry ADD COLUMN send_as_chosen TEXT CHECK (send_as_chosen IN ('files', 'zip'));
ALTER TABLE submission ADD COLUMN items_as TEXT NOT NULL DEFAULT 'files' CHECK (items_as IN ('files', 'zip'));
-- Number of the ZIP layout for a file that is packed while it is sent, 0 for one sent as it lies on the disk.
ALTER TABLE transfer_file ADD COLUMN packed INTEGER NOT NULL DEFAULT 0;

-- What goes into the ZIP of an item: 'send' as it is sent, 'save' while it is written to a disk.
CREATE TABLE zip (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('send', 'save')),
  -- The entry as it was when its members were listed: when it is still so, the ZIP is as long as said.
  members INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  -- Of the ZIP itself.
  size INTEGER NOT NULL,
  -- Of names, sizes, times and places on disk of all members, in their order.
  digest TEXT NOT NULL,
  -- CRC-32 of each member in their order, four bytes little-endian each; null before it was packed once.
  crcs BLOB,
  UNIQUE (entry_id, purpose)
) STRICT;

-- In the order of the ZIP: metadata of an OME-Zarr first, from the root downwards, then the rest by path.
CREATE TABLE zip_member (
  zip_id INTEGER NOT NULL REFERENCES zip (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  inode TEXT NOT NULL,
  PRIMARY KEY (zip_id, place, path)
) STRICT, WITHOUT ROWID;
