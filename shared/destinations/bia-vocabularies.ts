import type { VocabularyTerm } from './profile.ts';

/** The closed list of roles of the contact table (BioImages.MIFA.v1, Contact · Role). */
export const ROLES = [
  {
    value: 'corresponding author',
    title: 'Corresponding author',
    help: 'Answers questions about the work, now and in later years.',
  },
  { value: 'data acquisition', title: 'Data acquisition', help: 'Took the images at the microscope.' },
  { value: 'data analyst', title: 'Data analyst', help: 'Measured or evaluated the data.' },
  {
    value: 'experiment performer',
    title: 'Experiment performer',
    help: 'Did the experiment in the laboratory.',
  },
  { value: 'first author', title: 'First author', help: 'Stands first on the publication.' },
  { value: 'investigator', title: 'Investigator', help: 'Took part in the research.' },
  {
    value: 'principal investigator',
    title: 'Principal investigator',
    help: 'Leads the group or the project.',
  },
  {
    value: 'software development',
    title: 'Software development',
    help: 'Wrote programs that made or checked the annotations.',
  },
  {
    value: 'submitter',
    title: 'Submitter',
    help: 'Sends this submission; the archive writes to this person.',
  },
] as const satisfies readonly VocabularyTerm[];

/** The eleven annotation types (BioImages.MIFA.v1, MIFA LinkML and BIA ingest agree on them). */
export const ANNOTATION_TYPES = [
  {
    value: 'class_labels',
    title: 'Class labels',
    help: 'A word for each image or object that says which class, pattern or feature it shows.',
  },
  {
    value: 'bounding_boxes',
    title: 'Bounding boxes',
    help: 'Rectangles drawn around what was found.',
  },
  { value: 'counts', title: 'Counts', help: 'How many objects there are, without saying where.' },
  {
    value: 'derived_annotations',
    title: 'Derived annotations',
    help: 'Further numbers worked out from the images, such as a point-spread function, signal to noise, or focus.',
  },
  {
    value: 'geometrical_annotations',
    title: 'Geometrical annotations',
    help: 'Outlines as polygons, other shapes, or surface meshes.',
  },
  {
    value: 'graphs',
    title: 'Graphs',
    help: 'Points joined by lines, such as the branches of a neuron or which cell touches which.',
  },
  {
    value: 'point_annotations',
    title: 'Point annotations',
    help: 'Coordinates of points: X, Y and, in 3-D, Z.',
  },
  {
    value: 'segmentation_mask',
    title: 'Segmentation mask',
    help: 'An image as large as its source in which the value of a pixel says what it belongs to.',
  },
  { value: 'tracks', title: 'Tracks', help: 'Where objects move in a time series.' },
  {
    value: 'weak_annotations',
    title: 'Weak annotations',
    help: 'Quick and rough marks, such as scribbles, that do not aim at exact borders.',
  },
  {
    value: 'other',
    title: 'Other',
    help: 'None of these. Say in the overview what it is.',
  },
] as const satisfies readonly VocabularyTerm[];

export type AnnotationType = (typeof ANNOTATION_TYPES)[number]['value'];

/** True for one of the eleven values, as a file-list cell must hold it. */
export function isAnnotationType(text: string): text is AnnotationType {
  return ANNOTATION_TYPES.some((term) => term.value === text);
}
