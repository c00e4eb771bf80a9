-- How the folders are walked, and what the last walk of each had to tell.

-- Names and paths that are left out of the index, as JSON (shared/rules/skip-rules.ts); '' for the rules of this version.
ALTER TABLE submission ADD COLUMN skip_rules TEXT NOT NULL DEFAULT '';

-- A file that was written less than this ago is held back.
ALTER TABLE submission ADD COLUMN settle_seconds INTEGER NOT NULL DEFAULT 3;

-- What is done with symbolic links: 'skip', 'inside' follows those that stay in the folder, 'all' follows all.
ALTER TABLE source ADD COLUMN links TEXT NOT NULL DEFAULT 'skip' CHECK (links IN ('skip', 'inside', 'all'));
-- The rules the last scan went by, as JSON; '' when it is not known.
ALTER TABLE source ADD COLUMN walked_by TEXT NOT NULL DEFAULT '';
-- Rows with a larger id were found by the last scan.
ALTER TABLE source ADD COLUMN new_after INTEGER NOT NULL DEFAULT 0;
-- Counts of what the last scan found otherwise than before, as JSON; '' before the second scan.
ALTER TABLE source ADD COLUMN report TEXT NOT NULL DEFAULT '';
-- Files held back because they were just written to.
ALTER TABLE source ADD COLUMN held INTEGER NOT NULL DEFAULT 0;

-- Why it was left out, for programs: 'rule:' and the id of a skip rule, or a cause of shared/model/walk.ts.
ALTER TABLE skipped ADD COLUMN cause TEXT NOT NULL DEFAULT '';
CREATE INDEX skipped_by_cause ON skipped (cause, source_id, path);

-- What the last scan noticed without leaving it out: other disks, links that it followed, files that went while it looked.
CREATE TABLE noticed (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  cause TEXT NOT NULL,
  -- Where a link leads; else ''.
  target TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, path)
) STRICT, WITHOUT ROWID;

-- What the last scan of each source found changed, gone or renamed; new rows are those with an id above new_after.
CREATE TABLE scan_change (
  source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  what TEXT NOT NULL CHECK (what IN ('changed', 'gone', 'renamed')),
  entry_id INTEGER NOT NULL,
  -- The path before, of one that was renamed.
  was TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source_id, what, entry_id)
) STRICT, WITHOUT ROWID;
