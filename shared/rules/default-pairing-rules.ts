import type { PairingRule } from '../model/pair.ts';

const masks =
  'mask|masks|cp_masks|label|labels|labeled|labelled|labelmap|seg|segmentation|segmentations|simple segmentation|annotation|annotations|annotated|gt|ground_truth|groundtruth|outlines|instances';
const maskFolders =
  'masks|mask|labels|label|labeled|labelled|seg|segs|segmentation|segmentations|annotation|annotations|gt|ground_truth|groundtruth|outlines|instances';
const imageFolders = 'images|image|imgs|img|raw|original|originals';

const rules: readonly (readonly [id: string, image: string, mask: string])[] = [
  // cells.tif and cells_mask.png
  ['ending', '{dirs}{x}.{ext}', `{dirs}{x}{_|-|.| }{${masks}}.{ext}`],
  // img2d.tif and mask2d.tif
  ['beginning', '{dirs}{img|image|raw}{x}.{ext}', '{dirs}{mask|masks|label|labels|seg|gt}{x}.{ext}'],
  // cells.tif and mask_cells.tif
  ['mask-first', '{dirs}{x}.{ext}', `{dirs}{mask|masks|label|labels|seg|gt}{_|-|.| }{x}.{ext}`],
  // a.image.ome.zarr and a.segmentations.ome.zarr
  ['both-endings', '{dirs}{x}{_|-|.| }{image|img|raw}.{ext}', `{dirs}{x}{_|-|.| }{${masks}}.{ext}`],
  // images/plate1/a.tif and masks/plate1/a.tif
  ['folders', `{dirs}{${imageFolders}}/{below}{x}.{ext}`, `{dirs}{${maskFolders}}/{below}{x}.{ext}`],
  // images/a.tif and masks/a_cp_masks.png
  [
    'folders-ending',
    `{dirs}{${imageFolders}}/{below}{x}.{ext}`,
    `{dirs}{${maskFolders}}/{below}{x}{_|-|.| }*.{ext}`,
  ],
  // images/img1.tif and masks/mask1.tif
  [
    'folders-beginning',
    `{dirs}{${imageFolders}}/{below}{img|image|raw}{x}.{ext}`,
    `{dirs}{${maskFolders}}/{below}{mask|masks|label|labels|seg|gt}{x}.{ext}`,
  ],
  // a.tif and masks/a.tif
  ['subfolder', '{dirs}{x}.{ext}', `{dirs}{${maskFolders}}/{x}.{ext}`],
  // a.tif and masks/a_mask.tif
  ['subfolder-ending', '{dirs}{x}.{ext}', `{dirs}{${maskFolders}}/{x}{_|-|.| }*.{ext}`],
  // plate1/a.tif and plate1_masks/a.tif
  ['folder-ending', '{dirs}{y}/{below}{x}.{ext}', `{dirs}{y}{_|-|.| }{${maskFolders}}/{below}{x}.{ext}`],
  // migration_crop.tif and migration_otsu_labels_crop.tif
  ['between', '{dirs}{x}_{y}.{ext}', '{dirs}{x}_*_{y}.{ext}'],
  // cells.tif and cells_nuclei_labels.tif
  ['longer-name', '{dirs}{x}.{ext}', '{dirs}{x}{_|-|.| }*.{ext}'],
  // One image in images/, any number of masks in masks/
  ['lone-image', '{dirs}{images|image}/*.{ext}', '{dirs}{masks|labels}/*.{ext}'],
];

/**
 * The pairing rules a new submission starts with, the surer ones first: names beside each other, then parallel
 * folders, then names that only begin alike. Which conventions: folders and endings of Cellpose, StarDist, ilastik,
 * CellProfiler and the 2018 Data Science Bowl.
 */
export const defaultPairingRules: readonly PairingRule[] = rules.map(([id, image, mask]) => ({
  id,
  image,
  mask,
  enabled: true,
}));
