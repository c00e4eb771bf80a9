/** Condition on a row of pair_choice: its mask has no pair and nobody parted it, so that a person is to choose. */
export const isOpenSql =
  "NOT EXISTS (SELECT 1 FROM pair p WHERE p.mask_entry_id = pair_choice.mask_entry_id AND p.mask_part = '')";
