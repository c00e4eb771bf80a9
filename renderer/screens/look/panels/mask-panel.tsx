import { useMemo } from 'react';
import { Button } from '../../../components/button.tsx';
import { Checkbox, Field, Select } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { goToRoom } from '../../../stores/navigation-store.ts';
import { channelName } from '../../../viewer/describe-view.ts';
import { maskStyles, type Scene, shownOpacity } from '../../../viewer/scene.ts';
import { type LookItem, targetName } from '../look-item.ts';
import { setMask, toggleMask, useLookChoices } from '../look-store.ts';
import { maskFactsText, maskTargets, sameTarget } from '../mask-words.ts';
import type { LookScene } from '../use-look-scene.ts';
import { Panel } from './panel.tsx';
import styles from './panels.module.css';
import { ValueSlider } from './slider.tsx';

const styleTitles = { fill: 'Fill', outline: 'Outline', both: 'Both' } as const;

/** Which mask lies over the image, how it is drawn, and what does not fit. */
export function MaskPanel({
  submissionId,
  item,
  look,
}: {
  readonly submissionId: string;
  readonly item: LookItem;
  readonly look: LookScene;
}) {
  const { maskVisible, mask: setting } = useLookChoices();
  const pairs = useAnswer('pairs.page', { id: submissionId, offset: 0, limit: 200, text: item.image.path }, [
    'pairs',
  ]);
  const labels = look.image.info?.labels;
  const targets = useMemo(
    () => maskTargets(item, pairs.data?.rows ?? [], labels ?? []),
    [item, pairs.data, labels],
  );
  const { maskTarget, mask, scene } = look;
  if (targets.length === 0) {
    return (
      <Panel title="Mask">
        <p className={styles.soft}>
          This image has no mask. Pairs are found by name, and can be joined by hand.
        </p>
        <Button small onClick={() => goToRoom(submissionId, 'files', { entry: String(item.image.entryId) })}>
          Pair it in Files
        </Button>
      </Panel>
    );
  }
  const opacity = Math.round(shownOpacity(setting) * 100);
  const chosen = targets.findIndex((target) => maskTarget && sameTarget(target, maskTarget));
  return (
    <Panel
      title="Mask"
      action={<Checkbox label="Show" checked={maskVisible} onChange={toggleMask} title="Space" />}
    >
      {targets.length > 1 ? (
        <Field label={`Which of ${targets.length}`}>
          {(ids) => (
            <Select
              {...ids}
              value={chosen}
              onChange={(event) => {
                const target = targets[Number(event.target.value)];
                if (target) look.chooseMask(target);
              }}
            >
              {chosen < 0 && <option value={-1}>none</option>}
              {targets.map((target, index) => (
                <option key={`${target.entryId} ${target.part}`} value={index}>
                  {targetName(target)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : (
        maskTarget && <p className={styles.wrapped}>{targetName(maskTarget)}</p>
      )}
      {item.kind !== 'mask' && mask.problem && mask.problem.code !== 'engine-gone' && (
        <ProblemNotice problem={mask.problem} onRetry={mask.reload} />
      )}
      {mask.info && mask.info.sizes.c > 1 && !mask.info.rgb && (
        <Field label="Channel of the mask">
          {(ids) => (
            <Select
              {...ids}
              value={scene?.mask?.channel ?? 0}
              onChange={(event) => look.chooseMaskChannel(Number(event.target.value))}
            >
              {Array.from({ length: mask.info?.sizes.c ?? 0 }, (_, c) => c).map((c) => (
                <option key={c} value={c}>
                  {mask.info && channelName(mask.info, c)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <fieldset className={styles.choices}>
        <legend className="hidden-visually">How the mask is drawn</legend>
        {maskStyles.map((style) => (
          <label key={style} className={styles.choice}>
            <input
              type="radio"
              name="mask-style"
              checked={setting.style === style}
              onChange={() => setMask({ style })}
            />
            <span>{styleTitles[style]}</span>
          </label>
        ))}
      </fieldset>
      <ValueSlider
        label={setting.style === 'outline' ? 'Opacity' : 'Opacity of the fill'}
        value={opacity}
        text={`${opacity} %`}
        min={0}
        max={100}
        step={5}
        onValue={(value) =>
          setMask(setting.style === 'outline' ? { outlineOpacity: value / 100 } : { opacity: value / 100 })
        }
      />
      {scene?.mask && <MaskFacts scene={scene} look={look} />}
    </Panel>
  );
}

function MaskFacts({ scene, look }: { readonly scene: Scene; readonly look: LookScene }) {
  const { mask } = scene;
  const facts = mask && look.maskFacts.byChannel.get(mask.channel);
  return facts ? <p className={styles.soft}>{maskFactsText(facts, mask.info)}</p> : null;
}
