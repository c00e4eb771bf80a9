import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Finding, FindingPlace } from '../../../shared/model/finding.ts';
import type { Query, Room } from '../../routes.ts';

export interface PlaceLink {
  readonly room: Room;
  readonly query: Query;
}

/** Where findings about the submission as a whole are mended, by their rule. */
const roomOfRule: Readonly<Record<string, Room>> = {
  'nothing-to-send': 'files',
  'column-one-value': 'files',
  'method-not-ready': 'send',
  'method-too-small': 'send',
  'method-many-files': 'send',
};

/** Where a click on a finding leads; null for one about the submission as a whole that no room is known for. */
export function placeLink({ place, rule }: Pick<Finding, 'place' | 'rule'>): PlaceLink | null {
  switch (place.kind) {
    case 'submission': {
      const room = roomOfRule[rule];
      return room ? { room, query: {} } : null;
    }
    case 'source':
      return { room: 'files', query: { source: String(place.sourceId) } };
    case 'entry':
      return { room: 'files', query: { entry: String(place.entryId) } };
    case 'field':
      return {
        room: 'describe',
        query: { section: place.section, block: place.block, field: place.field },
      };
  }
}

const pictures = /\.(?:ome\.)?(?:tiff?|zarr|png|jpe?g|btf|tf[28])$/i;

/** Where the picture of a finding is looked at; null when its place is no picture. */
export function lookLink(place: FindingPlace): PlaceLink | null {
  if (place.kind !== 'entry' || !pictures.test(place.path.replace(/\/$/, ''))) return null;
  return { room: 'look', query: { entry: String(place.entryId) } };
}

/** The name of a place: a path as on disk, or a field with its section. */
export function placeName(place: FindingPlace, profile: Profile | null): string {
  switch (place.kind) {
    case 'submission':
      return 'The whole submission';
    case 'source':
    case 'entry':
      return place.path;
    case 'field': {
      const section = profile?.sections.find((one) => one.id === place.section);
      return section ? `${section.title} › ${place.label}` : place.label;
    }
  }
}
