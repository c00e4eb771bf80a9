import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';

export function SendRoom(_: RoomProps) {
  return <EmptyState title="Send">This room is not built yet.</EmptyState>;
}
