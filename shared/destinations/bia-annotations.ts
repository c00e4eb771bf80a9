import {
  annotationFields,
  contactFields,
  fundingFields,
  linkFields,
  publicationFields,
  studyFields,
} from './bia-annotations-fields.ts';
import type { Profile } from './profile.ts';

const GIGABYTE = 1e9;

/**
 * An annotations-only submission to the BioImage Archive, template BioImages.MIFA.v1. Thresholds are those of the
 * archive's Submit page, in decimal bytes because the page does not say and decimal is the stricter reading; the
 * link to the image data set is mandatory by its Submit Annotations page, though the template does not enforce it.
 */
export const biaAnnotations: Profile = {
  id: 'bia-annotations',
  title: 'BIA annotations',
  summary:
    'Masks, tracks and other annotations of images that are in an archive already. They get an accession of their own at the BioImage Archive and link to the images.',
  archiveName: 'BioImage Archive',
  sections: [
    {
      id: 'study',
      title: 'Study',
      one: 'study',
      help: 'What this submission is about. It stands at the top of its page at the archive.',
      level: 'required',
      min: 1,
      max: 1,
      fields: studyFields,
      titleField: 'title',
    },
    {
      id: 'contacts',
      title: 'Contacts',
      one: 'contact',
      help: 'The people behind the annotations. The archive lists them as authors, in this order.',
      level: 'required',
      min: 1,
      max: null,
      fields: contactFields,
      titleField: 'name',
    },
    {
      id: 'links',
      title: 'Links',
      one: 'link',
      help: 'At least one: to the image data set that was annotated. Then code, models, further data.',
      level: 'required',
      min: 1,
      max: null,
      fields: linkFields,
      titleField: 'link',
    },
    {
      id: 'annotations',
      title: 'Annotations',
      one: 'annotation',
      help: 'One block for each kind of annotation. Each has a file list of its own, made from the files you assign to it.',
      level: 'required',
      min: 1,
      max: null,
      fields: annotationFields,
      titleField: 'title',
    },
    {
      id: 'publications',
      title: 'Publications',
      one: 'publication',
      help: 'Papers and preprints that the annotations belong to.',
      level: 'desirable',
      min: 0,
      max: null,
      fields: publicationFields,
      titleField: 'title',
    },
    {
      id: 'fundings',
      title: 'Funding',
      one: 'grant',
      help: 'Who paid, and the number of the grant.',
      level: 'desirable',
      min: 0,
      max: null,
      fields: fundingFields,
      titleField: 'agency',
    },
  ],
  fileList: {
    columns: [
      { header: 'Files', level: 'required', help: 'Path of the annotation file at the archive.' },
      {
        header: 'Annotation Type',
        blockField: 'type',
        level: 'required',
        help: 'One of the eleven types. Follows the annotation block unless you say otherwise for a file.',
      },
      {
        header: 'Source Image',
        level: 'required',
        help: 'The image that was annotated: its path as the file list of the image data set has it.',
      },
      {
        header: 'Transformations',
        level: 'optional',
        help: 'What was done to the image first, such as cropping, scaling or turning.',
      },
      {
        header: 'Spatial Information',
        level: 'optional',
        help: 'Where in the image the annotation lies, for example the plane or the corner of a crop.',
      },
      {
        header: 'Annotation Creation Time',
        level: 'optional',
        help: 'When the annotation was made, such as 2026-11-20 or 2026-11-20T08:28:00Z.',
      },
    ],
    perBlockOf: 'annotations',
    rowsToAskAbout: 500_000,
  },
  sendsKinds: ['mask', 'table'],
  notSentReason: {
    image: 'An annotations-only submission sends no images: they are in the dataset you link to.',
    other: 'Neither a mask nor a table. Send it if it belongs to the annotations.',
  },
  methods: [
    {
      method: 'submission-tool',
      title: 'Submission tool',
      totalBelow: 50 * GIGABYTE,
      fileBelow: 20 * GIGABYTE,
      totalInclusive: false,
    },
    { method: 'ftp', title: 'FTP', totalBelow: 1000 * GIGABYTE, fileBelow: null, totalInclusive: true },
    {
      method: 'chunked',
      title: 'Chunked transfer',
      totalBelow: null,
      fileBelow: null,
      totalInclusive: false,
    },
  ],
  archives: [
    {
      id: 'production',
      title: 'BioImage Archive',
      endpoint: 'https://www.ebi.ac.uk/biostudies/submissions/api',
      signUp: 'https://www.ebi.ac.uk/biostudies/submissions/signup',
      // Host and users: the "FTP/Aspera" dialog of the archive's submission tool.
      ftp: {
        host: 'ftp-private.ebi.ac.uk',
        port: 21,
        users: { ftp: 'bs-upload', nfs: 'bsftp' },
        passwordHelp:
          'One password for everybody. The submission tool shows it under Upload, in the dialog FTP/Aspera.',
      },
      page: 'https://www.ebi.ac.uk/biostudies/studies/{accession}',
    },
    { id: 'practice', title: 'Practice archive', endpoint: null, signUp: null },
  ],
  afterwards: [
    'Keep the accession: it is the name of your submission from now on and starts with S-BIAD.',
    'The archive sends an e-mail to the address you signed in with. Its curators look at the submission and write to the contacts if something is unclear.',
    'It can be seen at the archive after about a day, by everybody from the release date on and only by you before.',
    'You may change the release date at the archive until the day has come, to at most two years ahead.',
    'The upload area is for passing through: files that are in no submission are removed after about three months. Keep your own copy until you have seen the submission at the archive.',
    'Cite the accession in the paper, and tell the owner of the images.',
  ],
};
