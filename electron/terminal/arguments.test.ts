import { describe, expect, test } from 'vitest';
import { operands, portOption, readCommandLine, WrongUse } from './arguments.ts';

describe('the command line', () => {
  test('reads a command, its operands and its options in any order', () => {
    const line = readCommandLine(['--json', 'check', 'a.slipway', '--fix']);
    expect(line).toMatchObject({
      command: 'check',
      operands: ['a.slipway'],
      values: { json: true, fix: true },
    });
    expect(operands(line, 'FILE')).toEqual({ FILE: 'a.slipway' });
  });

  test('collects what may be repeated', () => {
    const line = readCommandLine(['rehearse', 'a', 'b', '--fault', 'cut', '--fault', 'bad-gateway@3']);
    expect(line.operands).toEqual(['a', 'b']);
    expect(line.values.fault).toEqual(['cut', 'bad-gateway@3']);
  });

  test.each([
    [['deposit'], /no command "deposit"/],
    [['check', 'a', '--port', '1'], /does not know --port/],
    [['check', '--colour'], /colour/],
    [['upload', 'a', '--password', 'x'], /password/],
  ])('%j is wrong use', (argv, words) => {
    expect(() => readCommandLine(argv)).toThrow(WrongUse);
    expect(() => readCommandLine(argv)).toThrow(words);
  });

  test('operands missing or left over are wrong use, with the form to use', () => {
    expect(() => operands(readCommandLine(['describe', 'a']), 'FILE', 'METADATA.json')).toThrow(
      'Use: slipway describe FILE METADATA.json',
    );
    expect(() => operands(readCommandLine(['check', 'a', 'b']), 'FILE')).toThrow(WrongUse);
  });

  test('a port is a number a socket can have', () => {
    expect(portOption(readCommandLine(['serve']), 8123)).toBe(8123);
    expect(portOption(readCommandLine(['serve', '--port', '0']), 8123)).toBe(0);
    for (const port of ['65536', '-1', 'x', '1.5', '']) {
      expect(() => portOption(readCommandLine(['serve', `--port=${port}`]), 0)).toThrow(WrongUse);
    }
  });
});
