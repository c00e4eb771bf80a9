import { EmptyState } from '../../components/states.tsx';
import type { RoomProps } from '../../shell/submission-frame.tsx';

export function SendRoom(_: RoomProps) {
  return <EmptyState title="Send">This room is not built yet.</EmptyState>;
}
