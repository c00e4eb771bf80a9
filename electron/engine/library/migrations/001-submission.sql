-- One submission. Times are ISO 8601 UTC text unless named …_ms; sizes are bytes; JSON is text.

CREATE TABLE submission (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  destination TEXT NOT NULL,
  archive TEXT NOT NULL,
  -- Chosen method, or 'auto'.
  method TEXT NOT NULL DEFAULT 'auto',
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sending', 'uploaded', 'sent')),
  -- Folder in the archive's user space that everything is sent into; fixed with the first byte sent.
  remote_folder TEXT NOT NULL DEFAULT '',
  accession TEXT,
  created_at TEXT NOT NULL,
  edited_at TEXT NOT NULL,
  checked_at TEXT
) STRICT;

-- Everything described: {section: [{id, values}]}.
CREATE TABLE metadata (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  document TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'scanning', 'scanned', 'gone')),
  files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL,
  scanned_at TEXT
) STRICT;

CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  -- As guessed by the scan; what a person said is in the columns ending in _chosen and wins.
  kind_guess TEXT NOT NULL CHECK (kind_guess IN ('image', 'mask', 'table', 'other')),
  kind_chosen TEXT CHECK (kind_chosen IN ('image', 'mask', 'table', 'other')),
  kind TEXT GENERATED ALWAYS AS (coalesce(kind_chosen, kind_guess)) STORED,
  size INTEGER NOT NULL,
  members INTEGER NOT NULL DEFAULT 1,
  modified_ms REAL NOT NULL,
  inode TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'vanished', 'unreadable', 'changing')),
  state_reason TEXT NOT NULL DEFAULT '',
  -- Null: follow the profile (kinds it sends).
  send_chosen INTEGER CHECK (send_chosen IN (0, 1)),
  -- Null: the path as on disk, below the source's folder name.
  remote_path_chosen TEXT,
  annotation_type TEXT NOT NULL DEFAULT '',
  -- Null: the path of the paired image.
  source_image_chosen TEXT,
  annotation_block TEXT NOT NULL DEFAULT '',
  columns TEXT NOT NULL DEFAULT '{}',
  -- Number of the scan that saw it last.
  seen INTEGER NOT NULL DEFAULT 0,
  UNIQUE (source_id, path)
) STRICT;
CREATE INDEX entry_by_path ON entry (path, id);
CREATE INDEX entry_by_size ON entry (size, id);
CREATE INDEX entry_by_kind ON entry (kind, path, id);
CREATE INDEX entry_by_modified ON entry (modified_ms, id);

CREATE TABLE pairing_rule (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  image TEXT NOT NULL,
  mask TEXT NOT NULL,
  enabled INTEGER NOT NULL
) STRICT;

CREATE TABLE pair (
  id INTEGER PRIMARY KEY,
  image_entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  mask_entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  mask_part TEXT NOT NULL DEFAULT '',
  -- Pairing rule id, 'labels', or 'manual'.
  by TEXT NOT NULL,
  -- 1: parted by hand; kept so that a rule does not join them again.
  parted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (image_entry_id, mask_entry_id, mask_part)
) STRICT;
CREATE INDEX pair_by_mask ON pair (mask_entry_id);

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('must', 'should', 'may')),
  entry_id INTEGER REFERENCES entry (id) ON DELETE CASCADE,
  -- FindingPlace and Fix as JSON; fix is null when there is none.
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  fix TEXT
) STRICT;
CREATE INDEX finding_by_rule ON finding (rule, level, id);
CREATE INDEX finding_by_entry ON finding (entry_id) WHERE entry_id IS NOT NULL;

-- Undo and redo. `steps` holds what to write back: [{table, key, before, after}].
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  title TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  steps TEXT NOT NULL
) STRICT;

-- The journal: what has happened to each file that is to be sent. An OME-Zarr has a row for each member.
CREATE TABLE transfer_file (
  id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL,
  -- Path inside an OME-Zarr, else ''.
  member TEXT NOT NULL DEFAULT '',
  remote_path TEXT NOT NULL UNIQUE,
  local_path TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  inode TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'confirmed', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT,
  method TEXT,
  remote_proof TEXT,
  started_at TEXT,
  confirmed_at TEXT,
  problem TEXT
) STRICT;
CREATE INDEX transfer_file_by_state ON transfer_file (state, id);
CREATE INDEX transfer_file_by_entry ON transfer_file (entry_id);

-- The steps of the deposit around the bytes: what is done, with what it needs to go on after a kill.
CREATE TABLE deposit_step (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  detail TEXT NOT NULL DEFAULT '',
  data TEXT NOT NULL DEFAULT '{}',
  at TEXT NOT NULL
) STRICT;

-- Hashes known, so that no file is read twice for the same hash.
CREATE TABLE checksum (
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  inode TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (path, size, modified_ms, inode)
) STRICT;
