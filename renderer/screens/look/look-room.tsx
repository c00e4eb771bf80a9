import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';

export function LookRoom(_: RoomProps) {
  return <EmptyState title="Look">This room is not built yet.</EmptyState>;
}
