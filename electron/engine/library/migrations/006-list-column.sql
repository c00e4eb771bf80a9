-- Columns of the file list that people added besides the destination's own; their cells are in entry.columns.
CREATE TABLE free_column (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  -- 0: taken away, or not there any more after undo.
  present INTEGER NOT NULL DEFAULT 0 CHECK (present IN (0, 1))
) STRICT;
INSERT INTO free_column (title, present)
  SELECT DISTINCT cell.key, 1 FROM entry, json_each(entry.columns) cell WHERE entry.columns <> '{}' ORDER BY cell.key;

-- How the grid shows columns, by key; not undone, for it changes nothing that is sent.
CREATE TABLE column_look (
  key TEXT PRIMARY KEY,
  -- Place among the columns; null: where it stands without this.
  position INTEGER,
  hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
  width INTEGER
) STRICT, WITHOUT ROWID;
