import type { LookItem } from './look-item.ts';
import { AboutPanel } from './panels/about-panel.tsx';
import { ChannelsPanel } from './panels/channels-panel.tsx';
import { FindingsPanel } from './panels/findings-panel.tsx';
import { MaskPanel } from './panels/mask-panel.tsx';
import styles from './panels/panels.module.css';
import { PlanesPanel } from './panels/planes-panel.tsx';
import type { LookScene } from './use-look-scene.ts';
import type { Play } from './use-play.ts';

/** The right column: how the image is shown and what is known about it. */
export function LookPanels({
  submissionId,
  item,
  look,
  play,
}: {
  readonly submissionId: string;
  readonly item: LookItem | null;
  readonly look: LookScene;
  readonly play: Play;
}) {
  const { scene } = look;
  if (!item) return <p className={styles.hint}>Choose an image on the left.</p>;
  return (
    <div className={styles.panels}>
      {scene && <PlanesPanel scene={scene} play={play} onPlane={look.setPlane} />}
      <MaskPanel submissionId={submissionId} item={item} look={look} />
      {scene && <ChannelsPanel scene={scene} facts={look.facts} onChange={look.changeChannels} />}
      <FindingsPanel submissionId={submissionId} item={item} />
      <AboutPanel item={item} look={look} />
    </div>
  );
}
