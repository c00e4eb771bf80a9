import type { SubmissionFile } from './submission-file.ts';

/** Entries that changed since somebody looked; more than these are not told one by one. */
const MOST_TOLD = 120_000;

/** What happened to entries since the notes were last taken. */
export interface EntryNotes {
  /** True when it is not known, or too much, what changed. */
  readonly all: boolean;
  readonly ids: ReadonlySet<number>;
  /** Entries with this id or a higher one are new; infinite when none is. */
  readonly newFrom: number;
  /** Entries of which only cells of texts changed; all of them when that is not known, or too many. */
  readonly texts: ReadonlySet<number>;
  readonly allTexts: boolean;
  /** Rows came, or got another path. */
  readonly arrived: boolean;
  readonly left: boolean;
  /** Pairs came, went or changed. */
  readonly paired: boolean;
  /** All findings were replaced. */
  readonly findings: boolean;
}

const nothing = () => ({
  ...{ all: false, ids: new Set<number>(), newFrom: Number.POSITIVE_INFINITY },
  ...{ texts: new Set<number>(), allTexts: false },
  ...{ arrived: false, left: false, paired: false, findings: false },
});

/**
 * Notes every entry whose row, pairs, findings or place at the archive change in an open file, whoever writes them: by
 * temporary triggers, which end with the connection and are not part of the file. They cost each row written about a
 * microsecond, so nothing is noted before the first look.
 */
export class NoteTaker {
  readonly #file: SubmissionFile;
  #notes = { ...nothing(), all: true };
  #version = 0;
  /** No entry that was handed over has a higher id. */
  #newest = 0;

  constructor(file: SubmissionFile) {
    this.#file = file;
    file.define('note_entry', (id: unknown, what: unknown) => {
      this.#take(Number(id), String(what));
      return null;
    });
    for (const sql of triggers) file.run(sql);
    this.#version = this.#dataVersion();
  }

  /** @param withTexts whether cells of texts count too */
  isEmpty(withTexts: boolean): boolean {
    if (this.#dataVersion() !== this.#version) this.#notes.all = true;
    const { all, ids, newFrom, findings, texts, allTexts } = this.#notes;
    if (all || findings || ids.size > 0 || newFrom < Number.POSITIVE_INFINITY) return false;
    return !withTexts || (texts.size === 0 && !allTexts);
  }

  /** Hands over the notes and begins new ones. */
  take(): EntryNotes {
    const taken = this.#notes;
    this.#notes = nothing();
    this.#version = this.#dataVersion();
    const last = this.#file.get<{ id: number | null }>('SELECT max(id) AS id FROM entry')?.id ?? 0;
    this.#newest = Math.max(this.#newest, last);
    return taken;
  }

  /** Everything is to be read again, because what came of the last notes is not known. */
  lost(): void {
    this.#notes.all = true;
  }

  #take(id: number, what: string): void {
    const notes = this.#notes;
    if (what === 'arrived') notes.arrived = true;
    if (what === 'left') notes.left = true;
    if (what === 'paired') notes.paired = true;
    if (what === 'findings') notes.findings = true;
    else if (what === 'all texts') notes.allTexts = true;
    else if (what === 'texts') {
      if (notes.texts.size < MOST_TOLD) notes.texts.add(id);
      else notes.allTexts = true;
    } else if (what === 'came' && id > this.#newest) {
      // Numbers of rows only grow: one says which are new.
      notes.newFrom = Math.min(notes.newFrom, id);
      notes.arrived = true;
    } else if (!notes.all) {
      if (what === 'came') notes.arrived = true;
      notes.ids.add(id);
      if (notes.ids.size > MOST_TOLD) notes.all = true;
    }
  }

  /** Another number when another connection wrote, of which triggers know nothing (SQLite, PRAGMA data_version). */
  #dataVersion(): number {
    return this.#file.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
  }
}

const note = (id: string, what = 'changed') => `SELECT note_entry(${id}, '${what}');`;
const isVanished = (entry: string) =>
  `EXISTS (SELECT 1 FROM entry WHERE id = ${entry} AND state = 'vanished')`;
const isShown = (row: 'new' | 'old') =>
  `${row}.entry_id IS NOT NULL AND ${row}.run = (SELECT findings_run FROM submission)`;

const triggers: readonly string[] = [
  `CREATE TEMP TRIGGER entry_arrived AFTER INSERT ON entry BEGIN ${note('new.id', 'came')} END`,
  `CREATE TEMP TRIGGER entry_left AFTER DELETE ON entry BEGIN ${note('old.id', 'left')} END`,
  `CREATE TEMP TRIGGER entry_moved AFTER UPDATE OF path ON entry WHEN new.path IS NOT old.path
     BEGIN ${note('new.id', 'arrived')} END`,
  `CREATE TEMP TRIGGER entry_changed AFTER UPDATE OF kind_guess, kind_chosen, size, modified_ms, state, send_chosen,
     source_id, format, members, item_id ON entry BEGIN ${note('new.id')} END`,
  `CREATE TEMP TRIGGER entry_written AFTER UPDATE OF name, remote_path_chosen, annotation_type, source_image_chosen,
     annotation_block, columns, send_as_chosen ON entry BEGIN ${note('new.id', 'texts')} END`,
  `CREATE TEMP TRIGGER metadata_written AFTER UPDATE ON metadata BEGIN ${note('0', 'all texts')} END`,
  `CREATE TEMP TRIGGER source_renamed AFTER UPDATE OF name ON source BEGIN ${note('0', 'all texts')} END`,
  `CREATE TEMP TRIGGER items_sent AFTER UPDATE OF items_as ON submission BEGIN ${note('0', 'all texts')} END`,
  `CREATE TEMP TRIGGER item_arrived AFTER INSERT ON item BEGIN ${note('new.id')} END`,
  `CREATE TEMP TRIGGER item_changed AFTER UPDATE ON item BEGIN ${note('new.id')} END`,
  `CREATE TEMP TRIGGER pair_arrived AFTER INSERT ON pair
     BEGIN ${note('new.image_entry_id', 'paired')} ${note('new.mask_entry_id', 'paired')} END`,
  `CREATE TEMP TRIGGER pair_left AFTER DELETE ON pair
     BEGIN ${note('old.image_entry_id', 'paired')} ${note('old.mask_entry_id', 'paired')} END`,
  `CREATE TEMP TRIGGER pair_changed AFTER UPDATE ON pair
     BEGIN ${note('new.image_entry_id', 'paired')} ${note('new.mask_entry_id', 'paired')} ${note('old.image_entry_id', 'paired')} ${note('old.mask_entry_id', 'paired')} END`,
  ...['INSERT', 'DELETE', 'UPDATE OF state, entry_id'].map((on, at) => {
    const row = on === 'DELETE' ? 'old' : 'new';
    return `CREATE TEMP TRIGGER journal_${at} AFTER ${on} ON transfer_file WHEN ${isVanished(`${row}.entry_id`)}
     BEGIN ${note(`${row}.entry_id`)} END`;
  }),
  `CREATE TEMP TRIGGER finding_arrived AFTER INSERT ON finding_row WHEN ${isShown('new')} BEGIN ${note('new.entry_id')} END`,
  `CREATE TEMP TRIGGER finding_left AFTER DELETE ON finding_row WHEN ${isShown('old')} BEGIN ${note('old.entry_id')} END`,
  `CREATE TEMP TRIGGER findings_replaced AFTER UPDATE OF findings_run ON submission BEGIN ${note('0', 'findings')} END`,
];
