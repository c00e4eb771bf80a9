import { z } from 'zod';

/** Columns that every entry has, whatever the destination. `remotePath` is the file list's first column. */
export const builtInColumnSchema = z.enum([
  'path',
  'name',
  'kind',
  'format',
  'size',
  'members',
  'modified',
  'state',
  'send',
  'remotePath',
  'annotationBlock',
  'pairedWith',
  'findings',
]);
export type BuiltInColumn = z.infer<typeof builtInColumnSchema>;

/** A column of the file list by its header, asked for by the destination or free: `cell:Source Image`. */
export const cellColumnSchema = z.templateLiteral(['cell:', z.string().min(1).max(300)]);
export type CellColumn = z.infer<typeof cellColumnSchema>;

export const columnKeySchema = z.union([builtInColumnSchema, cellColumnSchema]);
export type ColumnKey = z.infer<typeof columnKeySchema>;

/** The key of a file-list column with this header. */
export function cellColumn(header: string): CellColumn {
  return `cell:${header}`;
}

/** The header of a file-list column; null for a built-in one. */
export function headerOf(key: ColumnKey): string | null {
  return key.startsWith('cell:') ? key.slice('cell:'.length) : null;
}

/**
 * One condition on a column. Texts are compared as they come to (a source image that follows the pair counts),
 * letters in either case for `contains`; `findings` equals the id of a rule that found something; `between` is for size, members and modified, both ends included.
 */
export const columnConditionSchema = z.discriminatedUnion('is', [
  z.strictObject({ column: columnKeySchema, is: z.literal('equals'), text: z.string().max(2000) }),
  z.strictObject({ column: columnKeySchema, is: z.literal('contains'), text: z.string().max(2000) }),
  z.strictObject({ column: columnKeySchema, is: z.literal('empty') }),
  z.strictObject({ column: columnKeySchema, is: z.literal('filled') }),
  z.strictObject({
    column: z.enum(['size', 'members', 'modified']),
    is: z.literal('between'),
    from: z.number().optional(),
    to: z.number().optional(),
  }),
]);
export type ColumnCondition = z.infer<typeof columnConditionSchema>;

export const listColumnSchema = z.object({
  key: columnKeySchema,
  title: z.string(),
  /** `built-in`: of every entry; `list`: the destination's file list has it; `free`: added by a person. */
  kind: z.enum(['built-in', 'list', 'free']),
  /** How much the destination asks for it; null for what goes into no file list. */
  level: z.enum(['required', 'desirable', 'optional']).nullable(),
  type: z.enum(['text', 'count', 'bytes', 'time', 'choice', 'yes-no']),
  /** True when cells can be typed, pasted, filled and imported. */
  editable: z.boolean(),
  /** True for cells that must differ from file to file: no fill down. */
  distinct: z.boolean(),
  help: z.string(),
  /** The terms to choose from, in order; null for free text. A value outside is refused. */
  vocabulary: z
    .array(z.object({ value: z.string(), title: z.string(), help: z.string().optional() }))
    .nullable(),
  hidden: z.boolean(),
  /** Pixels; null for the grid's own choice. */
  width: z.number().nullable(),
});
export type ListColumn = z.infer<typeof listColumnSchema>;
