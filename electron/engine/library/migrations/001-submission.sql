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
  checked_at TEXT,
  -- The check whose findings are shown; see finding_row.
  findings_run INTEGER NOT NULL DEFAULT 0,
  -- 1 after a change of kinds, rules or sources, 2 while the rules pair again, else 0.
  pairs_stale INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Everything described: {section: [{id, values}]}.
CREATE TABLE metadata (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  document TEXT NOT NULL
) STRICT;

-- AUTOINCREMENT wherever undo and the journal remember numbers of rows: none may be given twice.
CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  -- First segment of its entries' paths at the archive: the folder's name, made unique within the submission.
  name TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'scanning', 'scanned', 'gone')),
  -- Why it is gone, in words; else ''.
  trouble TEXT NOT NULL DEFAULT '',
  -- Rows of the index, and the files they stand for (an OME-Zarr is one row and many files).
  entries INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  -- 0 while kinds wait to be weighed by all files of the source; a scan that was killed leaves it so.
  weighed INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL,
  scanned_at TEXT
) STRICT;

CREATE TABLE entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  -- Below the source's folder; '' when the folder itself is an OME-Zarr.
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
  -- Label images inside an OME-Zarr as a JSON list such as ["labels/nuclei"]; '' for none.
  labels TEXT NOT NULL DEFAULT '',
  UNIQUE (source_id, path)
) STRICT;
-- The one order kept here. Every other index would be paid for by each row of a scan; the grid's orders are made
-- from numbers in memory when they are asked for.
CREATE INDEX entry_by_path ON entry (path, id);

-- What the last scan left out, and why.
CREATE TABLE skipped (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (source_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE pairing_rule (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL,
  image TEXT NOT NULL,
  mask TEXT NOT NULL,
  enabled INTEGER NOT NULL
) STRICT;

CREATE TABLE pair (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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

-- Those of a check that is under way are written beside the old ones and shown all at once when it ends; then the old
-- ones go, some at a time.
CREATE TABLE finding_row (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  rule TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('must', 'should', 'may')),
  entry_id INTEGER REFERENCES entry (id) ON DELETE CASCADE,
  -- FindingPlace and Fix as JSON; fix is null when there is none.
  place TEXT NOT NULL,
  message TEXT NOT NULL,
  fix TEXT
) STRICT;
CREATE INDEX finding_by_rule ON finding_row (run, rule, level, id);
CREATE INDEX finding_by_entry ON finding_row (entry_id, run, level) WHERE entry_id IS NOT NULL;

CREATE VIEW finding AS SELECT id, rule, level, entry_id, place, message, fix FROM finding_row
  WHERE run = (SELECT findings_run FROM submission);
CREATE TRIGGER finding_put INSTEAD OF INSERT ON finding BEGIN
  INSERT INTO finding_row (run, rule, level, entry_id, place, message, fix)
  VALUES ((SELECT findings_run FROM submission), new.rule, new.level, new.entry_id, new.place, new.message, new.fix);
END;
CREATE TRIGGER finding_taken INSTEAD OF DELETE ON finding BEGIN
  DELETE FROM finding_row WHERE id = old.id;
END;

-- How many findings there are, kept up to date, because every summary tells it.
CREATE TABLE finding_total (
  run INTEGER NOT NULL,
  rule TEXT NOT NULL,
  level TEXT NOT NULL,
  count INTEGER NOT NULL,
  -- Those with a safe fix.
  fixable INTEGER NOT NULL,
  PRIMARY KEY (run, rule, level)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER finding_counted AFTER INSERT ON finding_row BEGIN
  INSERT INTO finding_total VALUES (new.run, new.rule, new.level, 1, coalesce(new.fix ->> 'safe', 0))
  ON CONFLICT DO UPDATE SET count = count + 1, fixable = fixable + excluded.fixable;
END;
CREATE TRIGGER finding_uncounted AFTER DELETE ON finding_row BEGIN
  UPDATE finding_total SET count = count - 1, fixable = fixable - coalesce(old.fix ->> 'safe', 0)
  WHERE run = old.run AND rule = old.rule AND level = old.level;
END;

-- Undo and redo: one row a change as a person sees it, one row in change_step for every cell it wrote.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  title TEXT NOT NULL,
  -- Changes in a row with the same key, a few seconds apart, are one: typing into a field. '' never merges.
  merge_key TEXT NOT NULL DEFAULT '',
  -- 1: can be done again; 2: forgotten, its steps go some at a time.
  undone INTEGER NOT NULL DEFAULT 0,
  -- What a program that was killed left half done: 'edit' the change itself, 'before' its undoing, 'after' its redoing.
  writing TEXT NOT NULL DEFAULT '' CHECK (writing IN ('', 'edit', 'before', 'after'))
) STRICT;

CREATE TABLE change_step (
  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  -- '' when the whole row came or went; before and after are then JSON of the row, or null.
  column_name TEXT NOT NULL,
  before ANY,
  after ANY,
  PRIMARY KEY (change_id, table_name, column_name, row_id)
) STRICT, WITHOUT ROWID;

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
  problem TEXT,
  -- 0: sent once but no longer part of the submission; kept, because the archive may still hold it.
  wanted INTEGER NOT NULL DEFAULT 1,
  -- Number of the comparison with the index that saw it last.
  synced INTEGER NOT NULL DEFAULT 0,
  -- Size in the archive's last listing; null: not listed.
  remote_size INTEGER,
  -- 1: the archive may hold an earlier version at this path, so that a listing alone does not prove this one arrived.
  older_copy INTEGER NOT NULL DEFAULT 0,
  -- Hash of the version the archive confirmed, while the file here looks changed.
  held_sha256 TEXT
) STRICT;
CREATE INDEX transfer_file_by_state ON transfer_file (state, id);
CREATE INDEX transfer_file_by_entry ON transfer_file (entry_id);

-- Which archive the journal is about: one made for another archive must not be believed.
CREATE TABLE transfer (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  archive TEXT NOT NULL,
  practice INTEGER NOT NULL DEFAULT 0,
  synced INTEGER NOT NULL DEFAULT 0,
  -- ProblemData that stopped the last attempt, as JSON.
  problem TEXT
) STRICT;

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
