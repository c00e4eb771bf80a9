import type { Query } from './routes.ts';

/** What every room is given. `query` carries a deep link, such as `entry` or `section`, `block` and `field`. */
export interface RoomProps {
  readonly submissionId: string;
  readonly query: Query;
}
