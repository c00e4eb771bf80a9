import type { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ContentRequest } from '../../shared/contract/content.ts';
import type { EngineLink } from './engine-link.ts';

const electron = vi.hoisted(() => ({
  current: null as ReturnType<typeof import('./electron.fixture.ts').fakeElectron> | null,
}));
vi.mock('electron', async () => {
  const { fakeElectron } = await import('./electron.fixture.ts');
  electron.current = fakeElectron();
  return electron.current.module;
});

const { APP_ORIGIN, declareAppScheme, serveAppScheme } = await import('./app-scheme.ts');
const { setMenu } = await import('./menu.ts');
const { watchPower } = await import('./power.ts');
const { createSecretKeeper } = await import('./secrets.ts');
const { denyPermissions, mayOpenOutside, openWindow } = await import('./window.ts');
const { answerWindowRequests } = await import('./window-requests.ts');

function electronState() {
  if (!electron.current) throw new Error('the electron module was not replaced');
  return electron.current.state;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-desktop-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<title>Slipway</title>');
  writeFileSync(join(folder, 'secret.json'), 'outside');
});
afterAll(() => rmSync(folder, { recursive: true }));

const asked: ContentRequest[] = [];
const grants: string[] = [];
let busy: (busy: boolean) => void = () => {};
let wakes = 0;
const engine = {
  client: {
    call: async (_name: string, { path }: { path: string }) => {
      grants.push(path);
      return { grant: `id of ${path}`, name: path };
    },
  },
  windowPort: () => 'a port',
  content: async (request: ContentRequest) => {
    asked.push(request);
    return { status: 200, type: 'application/octet-stream', body: new Uint8Array([1, 2, 3]) };
  },
  onBusy: (listener: (busy: boolean) => void) => {
    busy = listener;
  },
  woken: () => void wakes++,
} as unknown as EngineLink;

beforeEach(() => {
  asked.length = 0;
  grants.length = 0;
});

describe('the desktop window', () => {
  test('is sandboxed, isolated and without Node', () => {
    const window = openWindow('/preload.cjs') as unknown as {
      options: { webPreferences: unknown };
      url: string;
    };
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(window.url).toBe(`${APP_ORIGIN}/index.html`);
  });

  test('exploit: a page cannot navigate the window away, open windows, or attach a webview', () => {
    const window = openWindow('/preload.cjs') as unknown as {
      webContents: EventEmitter & { openHandler: (d: { url: string }) => unknown };
    };
    for (const url of [
      'https://evil.example/',
      'file:///etc/passwd',
      'slipway://app.evil.example/',
      'javascript:alert(1)',
    ]) {
      const event = { preventDefault: vi.fn() };
      window.webContents.emit('will-navigate', event, url);
      expect(event.preventDefault, url).toHaveBeenCalled();
    }
    const home = { preventDefault: vi.fn() };
    window.webContents.emit('will-navigate', home, `${APP_ORIGIN}/index.html#/s/1/files`);
    expect(home.preventDefault).not.toHaveBeenCalled();
    electronState().opened.length = 0;
    expect(window.webContents.openHandler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
    expect(window.webContents.openHandler({ url: 'https://doi.org/10.1/x' })).toEqual({ action: 'deny' });
    expect(electronState().opened).toEqual(['https://doi.org/10.1/x']);
  });

  test.each([
    ['https://www.ebi.ac.uk/biostudies/', true],
    ['http://www.ebi.ac.uk/', false],
    ['https://www.ebi.ac.uk.evil.example/', false],
    ['https://user@www.ebi.ac.uk/', false],
    ['https://www.ebi.ac.uk:8443/', false],
    ['file:///etc/passwd', false],
    ['smb://host/share', false],
    ['not an address', false],
  ])('openExternal of %s: %s', (address, allowed) => {
    expect(mayOpenOutside(address)).toBe(allowed);
  });

  test('permissions are refused, but for writing text to the clipboard', () => {
    denyPermissions();
    const answers: Record<string, boolean> = {};
    for (const permission of [
      'media',
      'geolocation',
      'clipboard-read',
      'clipboard-sanitized-write',
      'openExternal',
    ]) {
      electronState().permissionHandler?.(null, permission, (ok) => {
        answers[permission] = ok;
      });
    }
    expect(Object.entries(answers).filter(([, ok]) => ok)).toEqual([['clipboard-sanitized-write', true]]);
  });

  test('has a menu with the platform’s edit commands', () => {
    setMenu();
    expect(JSON.stringify(electronState().menu)).toContain('editMenu');
  });
});

describe('the app’s own scheme', () => {
  const get = (url: string, init?: RequestInit) => electronState().schemeHandler?.(new Request(url, init));
  beforeAll(() => {
    declareAppScheme();
    serveAppScheme(join(folder, 'renderer'), engine);
  });

  test('serves the window with a strict policy, and content from the engine', async () => {
    expect(electronState().schemes).toMatchObject([{ scheme: 'slipway', privileges: { secure: true } }]);
    const page = await get(`${APP_ORIGIN}/index.html`);
    expect(await page?.text()).toContain('Slipway');
    expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
    const tile = await get(`${APP_ORIGIN}/content/receipt?id=a&as=json`);
    expect(new Uint8Array((await tile?.arrayBuffer()) ?? [])).toEqual(new Uint8Array([1, 2, 3]));
    expect(asked).toEqual([{ what: 'receipt', id: 'a', as: 'json' }]);
  });

  test('exploit: other hosts, other methods and paths that climb out find nothing', async () => {
    expect((await get('slipway://evil/index.html'))?.status).toBe(404);
    expect((await get(`${APP_ORIGIN}/index.html`, { method: 'POST' }))?.status).toBe(404);
    for (const path of ['/..%2fsecret.json', '/%2e%2e%2fsecret.json', '/..%5csecret.json']) {
      expect((await get(`${APP_ORIGIN}${path}`))?.status).toBe(404);
    }
  });
});

describe('requests of the window to the main process', () => {
  const frame = { url: `${APP_ORIGIN}/index.html` };
  const sender = { mainFrame: frame, postMessage: vi.fn() };
  const ours = { sender, senderFrame: frame };
  beforeAll(() => {
    answerWindowRequests(engine);
    openWindow('/preload.cjs');
  });
  const invoke = (name: string, event: unknown, ...args: unknown[]) =>
    electronState().ipcHandlers.get(name)?.(...([event, ...args] as never[]));

  test('folders picked in the dialog become grants, never paths', async () => {
    electronState().dialogAnswer = { canceled: false, filePaths: ['/data/a', '/data/b'] };
    expect(await invoke('slipway:choose-folders', ours)).toEqual([
      { grant: 'id of /data/a', name: '/data/a' },
      { grant: 'id of /data/b', name: '/data/b' },
    ]);
    electronState().dialogAnswer = { canceled: true, filePaths: [] };
    expect(await invoke('slipway:choose-folders', ours)).toEqual([]);
    expect(await invoke('slipway:choose-submission', ours)).toBeNull();
  });

  test('a dropped folder is granted; what is no list of paths is not', async () => {
    expect(await invoke('slipway:grant-dropped', ours, ['/data/c'])).toHaveLength(1);
    for (const junk of [null, 'x', [1], [''], { 0: '/etc' }])
      expect(await invoke('slipway:grant-dropped', ours, junk)).toEqual([]);
    expect(grants).toEqual(['/data/c']);
  });

  test('exploit: a frame that is not the window’s own page gets nothing', async () => {
    const strangers = [
      { sender, senderFrame: { url: 'https://evil.example/' } },
      { sender, senderFrame: { url: `${APP_ORIGIN}/index.html` } },
      { sender, senderFrame: null },
      { sender: { mainFrame: { url: 'slipway://app.evil/' } }, senderFrame: { url: 'slipway://app.evil/' } },
    ];
    sender.postMessage.mockClear();
    for (const event of strangers) {
      expect(await invoke('slipway:grant-dropped', event, ['/etc'])).toEqual([]);
      expect(await invoke('slipway:choose-folders', event)).toEqual([]);
      electronState().ipcListeners.get('slipway:engine-port')?.(event as never);
    }
    expect(sender.postMessage).not.toHaveBeenCalled();
    expect(grants).toEqual([]);
    electronState().ipcListeners.get('slipway:engine-port')?.(ours as never);
    expect(sender.postMessage).toHaveBeenCalledWith('slipway:engine-port', null, ['a port']);
  });
});

describe('secrets', () => {
  test('are kept sealed in the app’s own folder and given back', async () => {
    electronState().encryption = { available: true, backend: 'gnome_libsecret' };
    const file = join(folder, 'data', 'secrets.json');
    const keeper = createSecretKeeper(file);
    await keeper.set('token', 'very-secret');
    expect(readFileSync(file, 'utf8')).not.toContain('very-secret');
    expect(await createSecretKeeper(file).get('token')).toBe('very-secret');
    await keeper.delete('token');
    expect(await keeper.get('token')).toBeNull();
  });

  test('a keychain that was reset means signing in again, not a crash', async () => {
    const file = join(folder, 'reset.json');
    writeFileSync(file, JSON.stringify({ token: '' }));
    expect(await createSecretKeeper(file).get('token')).toBeNull();
    writeFileSync(file, '{ half');
    expect(await createSecretKeeper(file).get('token')).toBeNull();
  });

  test('exploit: with Linux’s basic_text backend nothing is written, because its key is known to everyone', async () => {
    const platform = process.platform;
    Object.defineProperty(process, 'platform', { value: 'linux' });
    electronState().encryption = { available: true, backend: 'basic_text' };
    const file = join(folder, 'basic.json');
    const keeper = createSecretKeeper(file);
    await keeper.set('token', 'very-secret');
    expect(keeper.kept).toBe(false);
    expect(await keeper.get('token')).toBe('very-secret');
    expect(() => readFileSync(file)).toThrow();
    expect(await createSecretKeeper(file).get('token')).toBeNull();
    Object.defineProperty(process, 'platform', { value: platform });
  });
});

describe('power', () => {
  test('the computer stays awake exactly while something is sent, and the engine hears when it woke', () => {
    watchPower(engine);
    busy(true);
    busy(true);
    expect(electronState().blockers.size).toBe(1);
    busy(false);
    expect(electronState().blockers.size).toBe(0);
    electronState().power.emit('resume');
    expect(wakes).toBe(1);
  });
});
