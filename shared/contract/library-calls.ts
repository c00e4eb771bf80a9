import { z } from 'zod';
import {
  archiveChoiceSchema,
  libraryItemSchema,
  submissionIdSchema,
  submissionSummarySchema,
} from '../model/submission.ts';
import { call, doneSchema } from './call.ts';

const one = z.object({ id: submissionIdSchema });

/** Opening, making and keeping submission files. */
export const libraryCalls = {
  'app.info': call(
    z.object({}),
    z.object({
      version: z.string(),
      host: z.enum(['desktop', 'browser', 'terminal', 'test']),
      /** True when folders are chosen with `places.*`, false when the host shows its own dialog. */
      browsePlaces: z.boolean(),
      libraryFolder: z.string(),
    }),
  ),
  'library.list': call(z.object({}), z.object({ items: z.array(libraryItemSchema) })),
  'library.create': call(
    z.object({
      title: z.string().max(300).default(''),
      destination: z.string(),
      archive: archiveChoiceSchema,
      /** A blank template, as `library.template` gives it. */
      template: z.unknown().optional(),
    }),
    submissionSummarySchema,
  ),
  /** Makes a submission with generated sample data for the practice archive. */
  'library.practise': call(z.object({}), submissionSummarySchema),
  /** Opens a submission file elsewhere and lists it in the library from now on. */
  'library.open': call(z.object({ grant: z.string() }), submissionSummarySchema),
  /** Makes or opens a submission file at a path of the host's, outside the library: the terminal's way. */
  'files.create': call(
    z.object({
      path: z.string(),
      title: z.string().max(300).default(''),
      destination: z.string(),
      archive: archiveChoiceSchema,
    }),
    submissionSummarySchema,
    'host',
  ),
  'files.open': call(z.object({ path: z.string() }), submissionSummarySchema, 'host'),
  'library.duplicate': call(one, submissionSummarySchema),
  /** Takes it off the list; a file in the library folder moves to its bin, from where `library.restore` brings it back. */
  'library.remove': call(one, z.object({ restoreToken: z.string() })),
  'library.restore': call(z.object({ restoreToken: z.string() }), doneSchema),
  /** Everything described, without files and ids, to start another submission from. */
  'library.template': call(one, z.object({ template: z.unknown() })),
  'submission.get': call(one, submissionSummarySchema),
  'submission.setArchive': call(one.extend({ archive: archiveChoiceSchema }), submissionSummarySchema),
  'history.undo': call(one, z.object({ undone: z.string().nullable() })),
  'history.redo': call(one, z.object({ redone: z.string().nullable() })),
};
