import type { ImageInfo } from '../../../../shared/imaging/image-info.ts';
import { Icon } from '../../../components/icons.tsx';
import { imageFacts } from '../image-facts.ts';
import { type LookItem, targetName } from '../look-item.ts';
import type { LookScene } from '../use-look-scene.ts';
import { Panel } from './panel.tsx';
import styles from './panels.module.css';

/** What the files say about themselves, and what the reader wants people to know. */
export function AboutPanel({ item, look }: { readonly item: LookItem; readonly look: LookScene }) {
  const { image, mask, maskTarget } = look;
  const both = mask.info && maskTarget && item.kind !== 'mask';
  return (
    <>
      {image.info && (
        <Facts title="Image" name={targetName(item.image)} path={item.image.path} info={image.info} />
      )}
      {both && mask.info && maskTarget && (
        <Facts title="Mask file" name={targetName(maskTarget)} path={maskTarget.path} info={mask.info} />
      )}
    </>
  );
}

function Facts({
  title,
  name,
  path,
  info,
}: {
  readonly title: string;
  readonly name: string;
  readonly path: string;
  readonly info: ImageInfo;
}) {
  return (
    <Panel title={title}>
      {info.notes.map((note) => (
        <p key={note} className={styles.note}>
          <Icon name="info" />
          <span>{note}</span>
        </p>
      ))}
      <dl className={styles.facts}>
        <dt>Name</dt>
        <dd title={path}>{name}</dd>
        {imageFacts(info).map(([term, value]) => (
          <div key={term} className={styles.fact}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
