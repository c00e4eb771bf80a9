import { expect, type Page } from '@playwright/test';
import { dayAhead } from './descriptions.ts';
import { DescribePage } from './pages/describe.ts';
import { Shell } from './pages/shell.ts';

/** Fills every field of the description, required or asked for, without ever touching the mouse. */
export async function fillWholeForm(page: Page, title: string): Promise<void> {
  const form = new DescribePage(page);
  const { keyboard } = page;
  const type = (text: string) => keyboard.type(text);

  await keyboard.press('Alt+3');
  await expect(form.heading('Study')).toBeVisible();
  await keyboard.press('Alt+m');
  await expect(form.field('Title')).toBeFocused();
  await type(title);
  await form.tabTo(/^Description/);
  await type('Instance masks of nuclei and blobs, and labels of migrating cells frame by frame.');
  await form.tabTo(/^Release date/);
  const [year, month, day] = dayAhead(90).split('-');
  await type(`${month}${day}${year}`);
  await expect(form.field('Release date')).toHaveValue(dayAhead(90));
  await form.tabTo(/^Keywords/);
  await type('nuclei');
  await keyboard.press('Enter');
  await type('cell migration, blobs,');
  await expect(form.room.getByRole('list', { name: 'Keywords' }).getByRole('listitem')).toHaveCount(3);
  await form.tabTo(/^Acknowledgements/);
  await type('We thank the annotators.');

  await nextSection(page, form, 'Contacts');
  await keyboard.press('Alt+m');
  await expect(form.field('Name')).toBeFocused();
  await type('Ada Lovelace');
  await form.tabTo(/^E-mail/);
  await type('Ada Lovelace <ada@example.org>');
  await form.tabTo(/^Organisation, name/);
  await expect(form.field('E-mail'), 'the address alone is kept').toHaveValue('ada@example.org');
  await type('Analytical Engine Facility');
  await form.tabTo(/^Role/, 'combobox');
  await type('Data an');
  await expect(form.room.getByRole('combobox', { name: /^Role/ })).toHaveValue('data analyst');
  await form.tabTo(/^ORCID/);
  await type('https://orcid.org/0000-0002-1825-0097');

  await nextSection(page, form, 'Links');
  await expect(form.heading('Links')).toBeVisible();
  await keyboard.press('Alt+m');
  await expect(form.field('Link')).toBeFocused();
  await type('S-BIAD634');
  await form.tabTo(/^Description/);
  await type('The images that were annotated');

  await nextSection(page, form, 'Annotations');
  await keyboard.press('Alt+m');
  await expect(form.field('Title')).toBeFocused();
  await type('Instance masks');
  await form.tabTo(/^Annotation overview/);
  await type('One mask for each nucleus, blob or cell.');
  await form.tabTo(/^Annotation type/, 'combobox');
  await type('Segm');
  await expect(form.room.getByRole('combobox', { name: /^Annotation type/ })).toHaveValue(
    'segmentation_mask',
  );
  await form.tabTo(/^Annotation method/);
  await type('Made by a model, corrected by two experts.');
  await form.tabTo(/^Annotation confidence/);
  await type('Both agreed on 94 % of the objects.');
  await form.tabTo(/^Annotation criteria/);
  await type('Objects cut by the border were left out.');
  await form.tabTo(/^Annotation coverage/);
  await type('All images.');

  await nextSection(page, form, 'Publications');
  await form.tabTo(/^Add publication/, 'button');
  await keyboard.press('Enter');
  await expect(form.field('PubMed id')).toBeFocused();
  await type('37567915');
  await form.tabTo(/^Title/);
  await type('A paper on masks');
  await form.tabTo(/^Authors/);
  await type('Lovelace A, Babbage C');
  await form.tabTo(/^DOI/);
  await type('https://doi.org/10.1038/s41592-025-02835-8');
  await form.tabTo(/^Year/);
  await type('2025');
  await expect(form.field('DOI')).toHaveValue('10.1038/s41592-025-02835-8');

  await nextSection(page, form, 'Funding');
  await form.tabTo(/^Add grant/, 'button');
  await keyboard.press('Enter');
  await expect(form.field('Agency')).toBeFocused();
  await type('European Research Council');
  await form.tabTo(/^Grant number/);
  await type('101012345');
  await keyboard.press('Tab');

  await new Shell(page).saved();
  await expect(form.stillToDo.getByRole('heading', { name: 'Nothing is missing' })).toBeVisible();
  await expect(new Shell(page).tab('Describe')).not.toContainText('missing');
}

/** Follows the link at the end of a section. */
async function nextSection(page: Page, form: DescribePage, title: string): Promise<void> {
  await form.tabTo(new RegExp(`^Next: ${title}`), 'link');
  await page.keyboard.press('Enter');
  await expect(form.heading(title)).toBeFocused();
}
