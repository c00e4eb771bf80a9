import type { Profile } from '../../../shared/destinations/profile.ts';
import type { FindingPlace } from '../../../shared/model/finding.ts';
import type { Query, Room } from '../../routes.ts';

export interface PlaceLink {
  readonly room: Room;
  readonly query: Query;
}

/** Where a click on a finding leads; null for a finding that is about the submission as a whole. */
export function placeLink(place: FindingPlace): PlaceLink | null {
  switch (place.kind) {
    case 'submission':
      return null;
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
