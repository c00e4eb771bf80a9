import { useState } from 'react';
import { automaticRange, controlRange, type ValueRange } from '../../../../shared/imaging/contrast.ts';
import type { PlaneFacts } from '../../../../shared/imaging/image-info.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { channelName, valueText } from '../../../viewer/describe-view.ts';
import type { ChannelSetting, Scene } from '../../../viewer/scene.ts';
import { type ChannelChange, controlStep } from '../channel-settings.ts';
import type { Facts } from '../use-facts.ts';
import { Histogram } from './histogram.tsx';
import { NumberBox } from './number-box.tsx';
import { Panel } from './panel.tsx';
import styles from './panels.module.css';
import { RangeSlider, ValueSlider } from './slider.tsx';

type Change = (channels: readonly number[], change: ChannelChange) => void;

/** Visibility, colour, contrast and gamma of the channels. A picture in colour has one contrast for all three. */
export function ChannelsPanel({
  scene,
  facts,
  onChange,
}: {
  readonly scene: Scene;
  readonly facts: Facts;
  readonly onChange: Change;
}) {
  const { info, channels } = scene;
  const [open, setOpen] = useState(0);
  if (info.rgb) return <ColourPanel scene={scene} facts={facts} onChange={onChange} />;
  const single = channels.length === 1;
  return (
    <Panel title={single ? 'Contrast' : 'Channels'}>
      {channels.map((channel, c) => (
        <div key={channelKey(scene, c)} className={styles.channel}>
          <ChannelHead
            name={channelName(info, c)}
            channel={channel}
            single={single}
            open={single || open === c}
            onOpen={() => setOpen(open === c ? -1 : c)}
            onChange={(change) => onChange([c], change)}
          />
          {(single || open === c) && (
            <Contrast
              name={single ? 'Contrast' : channelName(info, c)}
              channel={channel}
              facts={facts.byChannel.get(c) ?? null}
              whole={!info.pixelType.startsWith('float')}
              onChange={(change) => onChange([c], change)}
            />
          )}
        </div>
      ))}
    </Panel>
  );
}

function channelKey(scene: Scene, c: number): string {
  return `${c} ${channelName(scene.info, c)}`;
}

function ChannelHead({
  name,
  channel,
  single,
  open,
  onOpen,
  onChange,
}: {
  readonly name: string;
  readonly channel: ChannelSetting;
  readonly single: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onChange: (change: ChannelChange) => void;
}) {
  return (
    <div className={styles.channelHead}>
      {!single && (
        <input
          type="checkbox"
          aria-label={`Show ${name}`}
          checked={channel.visible}
          onChange={(event) => onChange({ visible: event.target.checked })}
        />
      )}
      <input
        type="color"
        className={styles.colour}
        aria-label={`Colour of ${name}`}
        value={channel.colour}
        onChange={(event) => onChange({ colour: event.target.value })}
      />
      <span className={styles.channelName} title={name}>
        {single ? 'Colour' : name}
      </span>
      {!single && (
        <IconButton
          small
          icon={open ? 'chevronDown' : 'chevronRight'}
          label={`Contrast of ${name}`}
          aria-expanded={open}
          onClick={onOpen}
        />
      )}
    </div>
  );
}

/** Red, green and blue as they are stored, with one brightness for all. */
function ColourPanel({
  scene,
  facts,
  onChange,
}: {
  readonly scene: Scene;
  readonly facts: Facts;
  readonly onChange: Change;
}) {
  const [first] = scene.channels;
  if (!first) return null;
  const all = scene.channels.map((_, c) => c);
  return (
    <Panel title="Brightness">
      <p className={styles.soft}>A picture in colour, shown as it is stored.</p>
      <Contrast
        name="Brightness"
        channel={first}
        facts={joinFacts([...facts.byChannel.values()])}
        whole={!scene.info.pixelType.startsWith('float')}
        onChange={(change) => onChange(all, change)}
      />
    </Panel>
  );
}

function joinFacts(all: readonly PlaneFacts[]): PlaneFacts | null {
  const [first] = all;
  if (!first) return null;
  return {
    ...first,
    min: Math.min(...all.map(({ min }) => min)),
    max: Math.max(...all.map(({ max }) => max)),
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
    bins: [],
  };
}

function Contrast({
  name,
  channel,
  facts,
  whole,
  onChange,
}: {
  readonly name: string;
  readonly channel: ChannelSetting;
  readonly facts: PlaneFacts | null;
  /** True when values are whole numbers. */
  readonly whole: boolean;
  readonly onChange: (change: ChannelChange) => void;
}) {
  const { range, gamma } = channel;
  const control = controlRange(range, facts);
  const step = controlStep(whole, control.high - control.low);
  const setRange = (next: ValueRange) => {
    if (next.high > next.low) onChange({ range: next });
  };
  return (
    <div className={styles.contrast}>
      {facts && facts.bins.length > 0 && (
        <Histogram facts={facts} control={control} range={range} colour={channel.colour} />
      )}
      <RangeSlider
        labels={[`${name}, shown as black`, `${name}, shown as full colour`]}
        low={range.low}
        high={range.high}
        min={control.low}
        max={control.high}
        step={step}
        onRange={(low, high) => setRange({ low, high })}
      />
      <div className={styles.line}>
        <NumberBox
          label={`${name}, lower end`}
          value={range.low}
          onValue={(low) => setRange({ ...range, low })}
        />
        <Button
          small
          onClick={() => facts && setRange(automaticRange(facts))}
          disabled={!facts}
          title="Fit to this plane: half a per cent of the pixels is darker, half a per cent brighter"
        >
          Auto
        </Button>
        <Button
          small
          onClick={() => facts && setRange({ low: facts.min, high: facts.max })}
          disabled={!facts || facts.max <= facts.min}
          title={facts ? `From ${valueText(facts.min)} to ${valueText(facts.max)}` : undefined}
        >
          All
        </Button>
        <NumberBox
          label={`${name}, upper end`}
          value={range.high}
          onValue={(high) => setRange({ ...range, high })}
        />
      </div>
      <ValueSlider
        label="Gamma"
        value={gamma}
        text={gamma.toFixed(2)}
        min={0.2}
        max={3}
        step={0.05}
        onValue={(value) => onChange({ gamma: value })}
      />
    </div>
  );
}
