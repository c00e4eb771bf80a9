/**
 * The JSON form of a PageTab as the BioStudies backend reads and writes it. Attribute values are strings only:
 * numbers and booleans are refused there and crash the web form. The backend knows the keys `subsections` and
 * `reference`; `sections` and `isReference`, which the PageTab text names, it ignores without a word.
 */
export interface PageTabAttribute {
  readonly name: string;
  readonly value: string;
  /** The value is the accession of another section. */
  readonly reference?: true;
}

export interface PageTabLink {
  readonly url: string;
  readonly attributes?: readonly PageTabAttribute[];
}

export interface PageTabSection {
  readonly type: string;
  /** Unique within the document. */
  readonly accno?: string;
  readonly attributes: readonly PageTabAttribute[];
  readonly links?: readonly PageTabLink[];
  readonly subsections?: readonly PageTabSection[];
}

export interface PageTab {
  readonly type: 'submission';
  readonly accno?: string;
  readonly attributes: readonly PageTabAttribute[];
  readonly section: PageTabSection;
}
