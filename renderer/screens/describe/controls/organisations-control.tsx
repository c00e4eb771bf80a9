import type { Organisation } from '../../../../shared/model/metadata.ts';
import { isRorId, normalRorId } from '../../../../shared/rules/identifiers.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Field, TextInput } from '../../../components/field.tsx';
import type { ControlProps } from './control-props.ts';
import styles from './controls.module.css';

/** Organisations, each with its name and, if known, its ROR id and address. */
export function OrganisationsControl({ field, ids, value, onValue }: ControlProps) {
  const stored = Array.isArray(value)
    ? value.filter((one): one is Organisation => typeof one !== 'string')
    : [];
  const organisations = stored.length > 0 ? stored : [{ name: '' }];
  const keep = (next: readonly Organisation[]) => {
    const typed = next.some((one) => one.name !== '' || one.rorId || one.address);
    onValue(typed || next.length > 1 ? [...next] : null);
  };
  const change = (at: number, edit: Partial<Organisation>) =>
    keep(organisations.map((one, index) => (index === at ? { ...one, ...edit } : one)));
  return (
    <div className={styles.organisations}>
      {organisations.map((one, index) => {
        const number = organisations.length > 1 ? ` ${index + 1}` : '';
        return (
          // The place in the list is the organisation's only identity.
          <div key={organisationKey(index)} className={styles.organisation}>
            <div className={styles.organisationName}>
              <TextInput
                id={index === 0 ? ids.id : undefined}
                aria-label={`${field.title}${number}, name`}
                aria-describedby={index === 0 ? ids['aria-describedby'] : undefined}
                aria-invalid={index === 0 ? ids['aria-invalid'] : undefined}
                value={one.name}
                placeholder={field.example}
                autoComplete="off"
                onChange={(event) => change(index, { name: event.target.value })}
              />
              {organisations.length > 1 && (
                <IconButton
                  icon="trash"
                  label={`Remove organisation${number}`}
                  onClick={() => keep(organisations.filter((_, at) => at !== index))}
                />
              )}
            </div>
            <details className={styles.terms} open={Boolean(one.rorId ?? one.address) || undefined}>
              <summary>ROR id and address{number && `, organisation${number}`}</summary>
              <div className={styles.organisationMore}>
                <Field
                  label="ROR id"
                  help="The organisation's address at ror.org, such as https://ror.org/03mstc592."
                  problem={
                    one.rorId && !isRorId(one.rorId)
                      ? 'Write the ROR id in full, such as https://ror.org/03mstc592.'
                      : null
                  }
                >
                  {(rorIds) => (
                    <TextInput
                      {...rorIds}
                      value={one.rorId ?? ''}
                      spellCheck={false}
                      autoComplete="off"
                      onChange={(event) => change(index, { rorId: event.target.value })}
                      onBlur={() => {
                        const better = one.rorId ? normalRorId(one.rorId) : '';
                        if (better && better !== one.rorId) change(index, { rorId: better });
                      }}
                    />
                  )}
                </Field>
                <Field label="Address">
                  {(addressIds) => (
                    <TextInput
                      {...addressIds}
                      value={one.address ?? ''}
                      autoComplete="off"
                      onChange={(event) => change(index, { address: event.target.value })}
                    />
                  )}
                </Field>
              </div>
            </details>
          </div>
        );
      })}
      <Button
        small
        variant="quiet"
        icon="add"
        className={styles.addOrganisation}
        disabled={organisations.at(-1)?.name === ''}
        onClick={() => keep([...organisations, { name: '' }])}
      >
        Add organisation
      </Button>
    </div>
  );
}

const organisationKey = (index: number) => `organisation ${index}`;
