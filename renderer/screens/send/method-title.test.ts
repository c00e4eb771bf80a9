import { expect, test } from 'vitest';
import { methodInSentence, methodTitle } from './method-title.ts';

test('methods go by the name the destination gives them', () => {
  expect(methodTitle('bia-annotations', 'submission-tool')).toBe('Submission tool');
  expect(methodInSentence('bia-annotations', 'submission-tool')).toBe('submission tool');
  expect(methodInSentence('bia-annotations', 'ftp')).toBe('FTP');
  expect(methodTitle('elsewhere', 'ftp')).toBe('ftp');
});
