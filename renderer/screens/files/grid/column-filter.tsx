import { type FormEvent, useId, useState } from 'react';
import { entryKindSchema } from '../../../../shared/model/entry.ts';
import { findingLevelSchema } from '../../../../shared/model/finding.ts';
import type { ListColumn } from '../../../../shared/model/list-column.ts';
import { Button } from '../../../components/button.tsx';
import { Field, Select, TextInput } from '../../../components/field.tsx';
import { Popover } from '../../../components/popover.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { kindTitle } from '../entry-words.ts';
import { findingCondition, setCondition, setFilter, useFilesView } from '../files-view-store.ts';
import { levelTitle } from '../filter-words.ts';
import styles from './column-panels.module.css';
import {
  type ConditionDraft,
  conditionOf,
  draftOf,
  isRange,
  type RangeColumn,
  rangeUnit,
} from './condition-draft.ts';
import { closePanel, focusGrid, type GridPanel, headId } from './grid-panel-store.ts';

/** Narrows the grid by one column: by what stands in it, by a range, or by a choice. */
export function ColumnFilter({
  submissionId,
  column,
  panel,
}: {
  readonly submissionId: string;
  readonly column: ListColumn;
  readonly panel: GridPanel;
}) {
  const close = () => closePanel(panel);
  return (
    <Popover
      anchor={document.getElementById(headId(column.key))}
      label={`Filter ${column.title}`}
      onClose={close}
      onClosed={focusGrid}
    >
      <div className={styles.panel}>
        <h2 className={styles.title}>Filter {column.title}</h2>
        <FilterForm submissionId={submissionId} column={column} onDone={close} />
      </div>
    </Popover>
  );
}

function FilterForm({
  submissionId,
  column,
  onDone,
}: {
  readonly submissionId: string;
  readonly column: ListColumn;
  readonly onDone: () => void;
}) {
  const filter = useFilesView((view) => view.filter);
  const choose = (
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
    set: (to: string) => void,
  ) => (
    <Choice
      label={label}
      value={value}
      options={options}
      onChoose={(to) => {
        set(to);
        onDone();
      }}
    />
  );
  if (column.key === 'kind') {
    const kinds = entryKindSchema.options.map((kind) => [kind, kindTitle[kind]] as const);
    return choose('Kind', filter.kind ?? '', kinds, (to) =>
      setFilter('kind', entryKindSchema.safeParse(to).data),
    );
  }
  if (column.key === 'findings') return <FindingChoice submissionId={submissionId} onDone={onDone} />;
  if (column.key === 'send' || column.key === 'pairedWith') {
    const part = column.key === 'send' ? 'send' : 'paired';
    const words = column.key === 'send' ? ['Will be sent', 'Stays here'] : ['Paired', 'Without a pair'];
    const now = filter[part] === undefined ? '' : filter[part] ? 'yes' : 'no';
    const options = [
      ['yes', words[0] ?? ''],
      ['no', words[1] ?? ''],
    ] as const;
    return choose(column.title, now, options, (to) => setFilter(part, to === '' ? undefined : to === 'yes'));
  }
  return <ConditionForm column={column} onDone={onDone} />;
}

/** A level of findings, or the findings of one rule. */
function FindingChoice({
  submissionId,
  onDone,
}: {
  readonly submissionId: string;
  readonly onDone: () => void;
}) {
  const filter = useFilesView((view) => view.filter);
  const groups = useAnswer('findings.groups', { id: submissionId }, ['findings']);
  const rule = filter.columns?.find((one) => one.column === 'findings' && one.is === 'equals');
  const options = [
    ...findingLevelSchema.options.map((level) => [`level ${level}`, levelTitle[level]] as const),
    ...(groups.data?.groups ?? []).map((group) => [`rule ${group.rule}`, group.title] as const),
  ];
  const now = rule?.is === 'equals' ? `rule ${rule.text}` : filter.finding ? `level ${filter.finding}` : '';
  return (
    <Choice
      label="Findings"
      value={now}
      options={options}
      onChoose={(to) => {
        const [what, ...rest] = to.split(' ');
        setFilter('finding', findingLevelSchema.safeParse(what === 'level' ? rest.join(' ') : '').data);
        setCondition('findings', what === 'rule' ? findingCondition(rest.join(' ')) : null);
        onDone();
      }}
    />
  );
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}) {
  const name = useId();
  const all = [['', 'All'] as const, ...options];
  return (
    <fieldset className={styles.choices}>
      <legend className="hidden-visually">{label}</legend>
      {all.map(([term, title]) => (
        <label key={term} className={styles.choice}>
          <input
            type="radio"
            name={name}
            checked={term === value}
            onChange={() => {}}
            onClick={() => onChoose(term)}
            onKeyDown={(event) => event.key === 'Enter' && onChoose(term)}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

function ConditionForm({ column, onDone }: { readonly column: ListColumn; readonly onDone: () => void }) {
  const kept = useFilesView((view) => view.filter.columns?.find((one) => one.column === column.key));
  const [draft, setDraft] = useState<ConditionDraft>(() => draftOf(column, kept));
  const set = (part: Partial<ConditionDraft>) => setDraft((now) => ({ ...now, ...part }));
  const condition = conditionOf(column, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCondition(column.key, condition);
    onDone();
  };
  const terms = column.vocabulary;
  return (
    <form className={styles.form} onSubmit={submit}>
      {isRange(column.key) ? (
        <RangeFields column={column.key} draft={draft} set={set} />
      ) : (
        <>
          <Select
            aria-label="How"
            value={draft.is}
            onChange={(event) => set({ is: event.target.value as ConditionDraft['is'] })}
          >
            <option value="contains">contains</option>
            <option value="equals">is</option>
            <option value="empty">is empty</option>
            <option value="filled">is not empty</option>
          </Select>
          {draft.is === 'equals' && terms ? (
            <Select
              aria-label="What"
              value={draft.text}
              onChange={(event) => set({ text: event.target.value })}
            >
              <option value="">Choose</option>
              {terms.map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </Select>
          ) : (
            (draft.is === 'equals' || draft.is === 'contains') && (
              <TextInput
                aria-label="Text"
                value={draft.text}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => set({ text: event.target.value })}
              />
            )
          )}
        </>
      )}
      <div className={styles.buttons}>
        {kept && (
          <Button
            small
            onClick={() => {
              setCondition(column.key, null);
              onDone();
            }}
          >
            Take away
          </Button>
        )}
        <Button small variant="primary" type="submit" disabled={condition === null && kept === undefined}>
          Filter
        </Button>
      </div>
    </form>
  );
}

function RangeFields({
  column,
  draft,
  set,
}: {
  readonly column: RangeColumn;
  readonly draft: ConditionDraft;
  readonly set: (part: Partial<ConditionDraft>) => void;
}) {
  const unit = rangeUnit(column);
  const type = column === 'modified' ? 'date' : 'text';
  const field = (part: 'from' | 'to', label: string) => (
    <Field label={`${label} ${unit}`}>
      {(ids) => (
        <TextInput
          {...ids}
          type={type}
          inputMode="decimal"
          value={draft[part]}
          onChange={(event) => set({ [part]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className={styles.range}>
      {field('from', 'From')}
      {field('to', 'To')}
    </div>
  );
}
