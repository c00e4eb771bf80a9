-- Paths are long and every row of a scan paid for this order of them; UNIQUE (source_id, path) holds one as good.
DROP INDEX entry_by_path;
