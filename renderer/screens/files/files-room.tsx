import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';

export function FilesRoom(_: RoomProps) {
  return <EmptyState title="Files">This room is not built yet.</EmptyState>;
}
