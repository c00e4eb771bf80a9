import { z } from 'zod';

/** An organisation as typed or looked up. */
export const organisationSchema = z.object({
  name: z.string(),
  rorId: z.string().optional(),
  address: z.string().optional(),
});
export type Organisation = z.infer<typeof organisationSchema>;

/** What one field may hold. A missing key means: nothing was typed. */
export const fieldValueSchema = z.union([z.string(), z.array(z.string()), z.array(organisationSchema)]);
export type FieldValue = z.infer<typeof fieldValueSchema>;

/** One filled section, or one of several when the section repeats. `id` never changes and is never reused. */
export const blockSchema = z.object({ id: z.string(), values: z.record(z.string(), fieldValueSchema) });
export type Block = z.infer<typeof blockSchema>;

/** Everything described, by section id; a section that does not repeat has exactly one block. */
export const metadataSchema = z.record(z.string(), z.array(blockSchema));
export type Metadata = z.infer<typeof metadataSchema>;
