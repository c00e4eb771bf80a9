import { expect, test } from 'vitest';
import { methodInSentence, methodTitle, reasonWithoutTitle, theArchive } from './method-title.ts';

test('methods go by the name the destination gives them', () => {
  expect(methodTitle('bia-annotations', 'submission-tool')).toBe('Submission tool');
  expect(methodInSentence('bia-annotations', 'submission-tool')).toBe('submission tool');
  expect(methodInSentence('bia-annotations', 'ftp')).toBe('FTP');
  expect(theArchive('BioImage Archive')).toBe('the BioImage Archive');
  expect(theArchive('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000');
  expect(methodTitle('elsewhere', 'ftp')).toBe('ftp');
});

test('a reason does not repeat the name that stands before it', () => {
  expect(reasonWithoutTitle('FTP: because it is large.', 'FTP')).toBe('Because it is large.');
  expect(reasonWithoutTitle('You chose it.', 'FTP')).toBe('You chose it.');
});
