import { expect, type Page } from '@playwright/test';
import { completeDescription } from './descriptions.ts';
import { CheckPage } from './pages/check.ts';
import { DescribePage } from './pages/describe.ts';
import { LibraryPage } from './pages/library.ts';
import { SendPage } from './pages/send.ts';
import { Shell } from './pages/shell.ts';

export const PRACTICE_TITLE = 'Practice run with synthetic nuclei and masks';

/** From a first run to a submission with sample data that is described and has nothing left to fix. */
export async function prepareSamples(page: Page): Promise<void> {
  const shell = new Shell(page);
  await new LibraryPage(page).practiceDoor.click();
  await expect(shell.tab('Files')).toHaveAccessibleName('Files 15');
  await shell.goTo('Describe');
  await new DescribePage(page).fillFrom(completeDescription(PRACTICE_TITLE));
  await shell.goTo('Check');
  const check = new CheckPage(page);
  await check.checked();
  await check.fixAll('mask has no image');
  await check.fixAll('name contains +');
  await check.ready();
}

/** The same, then signed in at the practice archive and ready to send six files. */
export async function prepareToSend(page: Page): Promise<SendPage> {
  await prepareSamples(page);
  await new Shell(page).goTo('Send');
  const send = new SendPage(page);
  await send.signIn();
  return send;
}
