import { z } from 'zod';
import type { MethodId } from '../model/plan.ts';

/** required: the archive or its curators refuse without. desirable: asked for. optional: welcome. */
export type FieldLevel = 'required' | 'desirable' | 'optional';

/** Which control shows a field. The schema, not the control, says what is right. */
export type FieldControl =
  | 'text'
  | 'long-text'
  | 'date'
  | 'email'
  | 'orcid'
  | 'choice'
  | 'keywords'
  | 'organisations'
  | 'link';

export interface VocabularyTerm {
  readonly value: string;
  readonly title: string;
  readonly help?: string;
}

/** What people are told of a field, beside its schema. */
export interface FieldMeta {
  readonly title: string;
  readonly help: string;
  readonly level: FieldLevel;
  readonly control: FieldControl;
  /** Shown as placeholder, never as a value. */
  readonly example?: string;
  /** The terms to choose from; `open` ones take free text too. */
  readonly vocabulary?: { readonly terms: readonly VocabularyTerm[]; readonly open: boolean };
  /** True for a list of values. */
  readonly repeats?: boolean;
  /** What was meant by a text that is not right: a DOI out of its address, one mail out of `Name <mail>`. */
  readonly normal?: (text: string) => string;
}

/** Holds the {@link FieldMeta} of every field schema of every profile. */
export const fieldRegistry = z.registry<FieldMeta>();

/**
 * Declares a field: a schema for its value when filled, and what people are told. An empty field is not a
 * matter of its schema but of its level.
 */
export function field<T extends z.ZodType>(meta: FieldMeta, schema: T): T {
  // A copy, because two fields may be declared from one schema and each needs a place in the registry.
  const own = schema.clone() as T;
  fieldRegistry.add(own, meta);
  return own;
}

/** A section of a description; `max` null means any number. `fields` are in the order of the form. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What one block is called in the form: "contact", "annotation". */
  readonly one: string;
  readonly help: string;
  readonly level: FieldLevel;
  readonly min: number;
  readonly max: number | null;
  readonly fields: z.ZodObject<Record<string, z.ZodType>>;
  /** The field that names a block in lists and cards. */
  readonly titleField: string;
}

export interface FileListColumn {
  readonly header: string;
  readonly level: FieldLevel;
  readonly help: string;
  /** Field of the list's block that fills this column's empty cells. */
  readonly blockField?: string;
}

/** Where an archive takes files by FTP. The folder comes from the person's account there. */
export interface FtpAddress {
  readonly host: string;
  readonly port: number;
  /** The user name by the kind of upload space that the archive gave the account; the password is shared by all. */
  readonly users: Readonly<Record<string, string>>;
  /** Where the person finds the password. */
  readonly passwordHelp: string;
}

/** One archive of the destination's kind that can be sent to. */
export interface ArchiveAddress {
  readonly id: 'production' | 'practice';
  readonly title: string;
  /** API base; null for the practice archive, whose address is known when it runs. */
  readonly endpoint: string | null;
  readonly signUp: string | null;
  /** Left out: it takes no files by FTP, or says itself where (the practice archive). */
  readonly ftp?: FtpAddress;
  /** Address of the public page of a submission, `{accession}` in its place; none when it has no page. */
  readonly page?: string;
}

/** A way to send with the sizes it is meant for. Bytes are decimal; limits are "below" unless inclusive. */
export interface MethodRange {
  readonly method: MethodId;
  readonly title: string;
  readonly totalBelow: number | null;
  readonly fileBelow: number | null;
  readonly totalInclusive: boolean;
}

/** What a destination asks for, declared once. From it come form, checks, JSON Schema, template and document types. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly archiveName: string;
  readonly sections: readonly Section[];
  readonly fileList: {
    readonly columns: readonly FileListColumn[];
    /** Section whose blocks have a file list each. */
    readonly perBlockOf: string;
    /** More rows than this ask for a word with the archive first. */
    readonly rowsToAskAbout: number;
  };
  /** Kinds sent unless a person says otherwise, and why the others are not. */
  readonly sendsKinds: readonly ('image' | 'mask' | 'table' | 'other')[];
  readonly notSentReason: Readonly<Partial<Record<'image' | 'mask' | 'table' | 'other', string>>>;
  readonly methods: readonly MethodRange[];
  readonly archives: readonly ArchiveAddress[];
  /** What happens at the archive after an accession, and what to tell the owner of the data. */
  readonly afterwards: readonly string[];
}

export interface FieldInSection extends FieldMeta {
  readonly id: string;
  readonly schema: z.ZodType;
}

/** The fields of a section with what people are told of them, in form order. */
export function fieldsOf(section: Section): FieldInSection[] {
  return Object.entries(section.fields.shape).map(([id, schema]) => {
    const meta = fieldRegistry.get(schema);
    if (!meta) throw new Error(`Field ${section.id}.${id} was declared without field().`);
    return { id, schema, ...meta };
  });
}
