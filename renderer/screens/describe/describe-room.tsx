import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';

export function DescribeRoom(_: RoomProps) {
  return <EmptyState title="Describe">This room is not built yet.</EmptyState>;
}
