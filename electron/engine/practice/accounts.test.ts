import { describe, expect, it } from 'vitest';
import { startTrialArchive } from './practice-driver.ts';

const logIn = (url: string, login: string, password: string, path = '/auth/login') =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });

describe('the account', () => {
  it('has a profile with a secret folder of the right shape', async () => {
    await using trial = await startTrialArchive();
    const { json } = await trial.request('GET', '/auth/profile');
    expect(json).toMatchObject({
      sessid: trial.token,
      email: 'practice@slipway.example',
      username: 'practice@slipway.example',
      superuser: false,
      uploadType: 'ftp',
      secret: expect.stringMatching(
        /^(?:[^/]+\/)*[0-9a-f]{2}\/[0-9a-f]{6}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-a\d+$/,
      ),
    });
  });

  it('gets the same token at every login', async () => {
    await using trial = await startTrialArchive();
    const answer = await logIn(trial.url, 'practice@slipway.example', 'practice', '/auth/signin');
    expect(await answer.json()).toMatchObject({ sessid: trial.token });
  });

  it.each([
    ['practice@slipway.example', 'wrong'],
    ['practice@slipway.example', ''],
    ['somebody@example.org', 'practice'],
  ])('is not opened to %s with "%s"', async (user, password) => {
    await using trial = await startTrialArchive();
    const answer = await logIn(trial.url, user, password);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      status: 'FAIL',
      log: { level: 'ERROR', message: 'Invalid email address or password.', subnodes: [] },
    });
  });

  it('is asked for everywhere else, in the shape of the security filter', async () => {
    await using trial = await startTrialArchive();
    for (const token of [undefined, 'x', `${trial.token}x`]) {
      const headers = token === undefined ? {} : { 'X-Session-Token': token };
      const answer = await fetch(`${trial.url}/collections`, { headers });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ message: expect.any(String) });
    }
  });

  it('is locked out by a logout, since the next login gives the same token', async () => {
    await using trial = await startTrialArchive();
    expect((await trial.request('POST', '/auth/logout', { sessid: trial.token })).status).toBe(200);
    const again = await logIn(trial.url, 'practice@slipway.example', 'practice');
    expect(await again.json()).toMatchObject({ sessid: trial.token });
    expect((await trial.request('GET', '/auth/profile')).status).toBe(401);
    await trial.archive.close();
    await using reopened = await startTrialArchive({ folder: trial.folder });
    expect((await reopened.request('GET', '/auth/profile')).status).toBe(401);
  });
});
