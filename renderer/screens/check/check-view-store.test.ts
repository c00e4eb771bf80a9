import { beforeEach, expect, test } from 'vitest';
import {
  freshView,
  openCheckView,
  rowLeft,
  setGroupOpen,
  standAt,
  useCheckView,
} from './check-view-store.ts';

beforeEach(() => useCheckView.setState(freshView, true));

test('the row that had the focus last is come back to, in a group that is open', () => {
  standAt({ group: 'must a', row: 7 });
  expect(useCheckView.getState().toggled.get('must a')).toBe(true);
  expect(rowLeft('must b')).toBeNull();
  expect(rowLeft('must a')).toBe(7);
  setGroupOpen('must b', false);
  expect(rowLeft('must a')).toBe(7);
  setGroupOpen('must a', false);
  expect(rowLeft('must a')).toBeNull();
});

test('coming back keeps what was opened and searched for, another submission starts anew', () => {
  openCheckView('one');
  setGroupOpen('may a', true);
  useCheckView.setState({ text: 'nuclei' });
  openCheckView('one');
  expect(useCheckView.getState()).toMatchObject({ text: 'nuclei' });
  openCheckView('two');
  expect(useCheckView.getState()).toEqual({ ...freshView, submissionId: 'two' });
});
