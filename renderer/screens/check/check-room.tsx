import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';

export function CheckRoom(_: RoomProps) {
  return <EmptyState title="Check">This room is not built yet.</EmptyState>;
}
