-- Files that came are held against the patterns of items there are, each by itself.
CREATE INDEX item_by_pattern ON item (pattern, folder);
