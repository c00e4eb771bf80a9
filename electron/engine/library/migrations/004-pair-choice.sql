-- Masks whose image a rule does not tell for certain: the images they may belong to, the likeliest first. Shown while
-- the mask has no pair and was not parted by hand.
CREATE TABLE pair_choice (
  mask_entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  -- 0 for the likeliest.
  place INTEGER NOT NULL,
  image_entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  -- The pairing rule that found it.
  rule TEXT NOT NULL,
  -- Why a person decides; see shared/rules/pairing-decision.ts.
  why TEXT NOT NULL,
  -- What speaks for this image, a JSON list.
  reasons TEXT NOT NULL,
  PRIMARY KEY (mask_entry_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_choice_by_image ON pair_choice (image_entry_id);

-- How far the rules have paired when they were stopped: the number of the last entry looked at.
ALTER TABLE submission ADD COLUMN pairs_after INTEGER NOT NULL DEFAULT 0;
