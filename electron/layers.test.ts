import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const biome = resolve(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Lints one file of code, laid out in a folder of its own under the project's rules; returns what the layer rule said. */
function layerFindings(file: string, code: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-layers-'));
  try {
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
    const { $schema: _, vcs: __, ...rules } = config;
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(rules));
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), code);
    const run = spawnSync(
      process.execPath,
      [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=json', '.'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    const { diagnostics } = JSON.parse(run.stdout) as {
      diagnostics: { category: string; severity: string }[];
    };
    return diagnostics.filter(({ severity }) => severity === 'error').map(({ category }) => category);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const uses = (from: string) => `import { x } from '${from}';\nexport const y = x;`;

describe('the four rules of the house fail the check when broken', () => {
  test.each([
    ['rule 1: shared imports Node', 'shared/rules/a.ts', 'node:fs'],
    ['rule 1: shared imports the engine', 'shared/rules/a.ts', '../../electron/engine/engine.ts'],
    ['rule 1: shared imports React', 'shared/rules/a.ts', 'react'],
    ['rule 1: the window imports the engine', 'renderer/stores/a.ts', '../../electron/engine/engine.ts'],
    ['rule 1: the window imports Node', 'renderer/stores/a.ts', 'node:fs'],
    ['rule 1: the engine imports the window', 'electron/engine/scan/a.ts', '../../../renderer/main.tsx'],
    ['rule 2: the engine imports electron', 'electron/engine/scan/a.ts', 'electron'],
    ['rule 2: the terminal imports electron', 'electron/terminal/a.ts', 'electron'],
    ['rule 2: the window imports electron', 'renderer/stores/a.ts', 'electron'],
    ['rule 3: the library imports the scan', 'electron/engine/library/a.ts', '../scan/walk.ts'],
    ['rule 3: the library imports tables', 'electron/engine/library/a.ts', '../tables/import-table.ts'],
    ['rule 3: the library imports packing', 'electron/engine/library/a.ts', '../packing/zip-list.ts'],
    ['rule 3: packing imports a transfer', 'electron/engine/packing/a.ts', '../transfer/journal.ts'],
    ['rule 3: tables import a deposit', 'electron/engine/tables/a.ts', '../deposit/deposit.ts'],
    ['rule 3: the scan imports a deposit', 'electron/engine/scan/a.ts', '../deposit/deposit.ts'],
    ['rule 3: a transfer imports a deposit', 'electron/engine/transfer/a.ts', '../deposit/deposit.ts'],
    [
      'rule 3: a method imports the library',
      'electron/engine/transfer/methods/a.ts',
      '../../library/submission-file.ts',
    ],
    [
      'rule 3: a method knows a destination',
      'electron/engine/transfer/methods/a.ts',
      '../../../../shared/destinations/index.ts',
    ],
    ['rule 3: the pixels import the library', 'electron/engine/pixels/a.ts', '../library/submission-file.ts'],
    ['rule 3: a deposit imports the engine', 'electron/engine/deposit/a.ts', '../engine.ts'],
    ['rule 3: the engine imports a host', 'electron/engine/calls/a.ts', '../../desktop/window.ts'],
  ])('%s', (_rule, file, from) => {
    expect(layerFindings(file, uses(from))).toEqual(['lint/style/noRestrictedImports']);
  });

  test.each([
    ['desktop/ imports electron', 'electron/desktop/a.ts', 'electron'],
    ['a deposit imports the transfer', 'electron/engine/deposit/a.ts', '../transfer/retry.ts'],
    ['the scan imports the library', 'electron/engine/scan/a.ts', '../library/submission-file.ts'],
    ['the window imports shared', 'renderer/stores/a.ts', '../../shared/model/entry.ts'],
  ])('what is allowed passes: %s', (_what, file, from) => {
    expect(layerFindings(file, uses(from))).toEqual([]);
  });
});

describe('rule 4: a call exists in the contract or not at all', () => {
  test('the engine refuses a name that is not there', async () => {
    const { createHost, portPair } = await import('../shared/contract/channel.ts');
    const host = createHost({} as never);
    const [here, there] = portPair(structuredClone);
    host.connect(there, { audience: 'host' });
    const answer = new Promise((resolve) => here.onMessage(resolve));
    here.post({ type: 'call', id: 1, name: 'files.deleteEverything', input: {} });
    expect(await answer).toMatchObject({ type: 'error', problem: { code: 'unknown-call' } });
  });
});
