import { filtered, useFilesView } from '../files-view-store.ts';
import { filterAt, type Place, placeKey, placeOf } from './place.ts';

/** Narrows the grid to what lies in a folder and below; above all sources it shows all again. */
export function choosePlace(place: Place): void {
  useFilesView.setState((view) =>
    placeKey(placeOf(view.filter)) === placeKey(place) ? view : filtered(view, filterAt(view.filter, place)),
  );
}
