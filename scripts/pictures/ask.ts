import type { Locator, Page } from 'playwright-core';
import type { AskedPicture } from './asked.ts';

/** Fills the form that is open, asks, and waits until the answer is drawn. An answer that is a refusal is thrown. */
export async function ask(page: Page, { fields }: AskedPicture): Promise<void> {
  const form = page.locator('.ask-form');
  await form.waitFor({ timeout: 120_000 });
  for (const rest of await form.locator('details.ask-more:not([open]) > summary').all()) await rest.click();
  for (const [label, value] of Object.entries(fields)) await fill(form, label, value);
  for (const rest of await form.locator('details.ask-more[open] > summary').all()) await rest.click();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const answer = page.locator('.ask-answer');
  await answer.or(page.locator('.ask-problem')).first().waitFor({ timeout: 120_000 });
  if (!(await answer.isVisible())) throw new Error((await page.locator('.ask-problem').textContent()) ?? '');
}

async function fill(form: Locator, label: string, value: string | readonly [string, string]): Promise<void> {
  if (typeof value !== 'string') {
    const days = form.getByRole('group', { name: label, exact: true }).locator('input[type=date]');
    await days.first().fill(value[0]);
    await days.last().fill(value[1]);
    return;
  }
  const field = form.getByLabel(label).first();
  const tag = await field.evaluate((node) => node.tagName);
  if (tag === 'SELECT') await field.selectOption(value);
  else await field.fill(value);
  await field.blur();
}
