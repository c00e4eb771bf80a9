import { Button } from '../../components/button.tsx';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { downloadContent } from '../../download.ts';
import { useLibrary } from '../../stores/library-store.ts';
import { fillFromFile, fillFromSubmission } from './fill.ts';

/** Ways to fill the description from something that is there already. */
export function FillMenu({
  submissionId,
  destination,
}: {
  readonly submissionId: string;
  readonly destination: string;
}) {
  const items = useLibrary((state) => state.items);
  const others = (items ?? [])
    .filter((item) => item.id !== submissionId && item.problem === null && item.destination === destination)
    .slice(0, 8);
  const menu: MenuItem[] = [
    { label: 'A template or JSON file', icon: 'file', onSelect: () => void fillFromFile(submissionId) },
  ];
  if (others.length > 0) menu.push('line', { heading: 'Another submission' });
  for (const item of others) {
    menu.push({
      label: item.title || item.fileName,
      icon: 'describe',
      onSelect: () => void fillFromSubmission(submissionId, item.id),
    });
  }
  menu.push('line', {
    label: 'Save a blank template',
    icon: 'download',
    onSelect: () => downloadContent({ what: 'blank-template', destination }),
  });
  return (
    <Menu
      trigger={
        <Button variant="quiet" icon="upload">
          Fill from
        </Button>
      }
      items={menu}
    />
  );
}
