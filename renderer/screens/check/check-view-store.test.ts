import { beforeEach, expect, test } from 'vitest';
import {
  freshView,
  leaveFrom,
  openCheckView,
  setGroupOpen,
  takeLeft,
  useCheckView,
} from './check-view-store.ts';

beforeEach(() => useCheckView.setState(freshView, true));

test('the row a link was followed from is come back to once, in a group that is open', () => {
  leaveFrom({ group: 'must a', row: 7 });
  expect(useCheckView.getState().toggled.get('must a')).toBe(true);
  expect(takeLeft('must b')).toBeNull();
  expect(takeLeft('must a')).toBe(7);
  expect(takeLeft('must a')).toBeNull();
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
