import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { typeset } from '../../../client/i18n/typeset.ts';

/** Every file of texts as { key: text }, by language; en.ts and fr.ts contain those that the page opens with. */
const FOLDER = path.resolve(import.meta.dirname, '../../../client/i18n');

async function textsOf(language: 'en' | 'fr'): Promise<Map<string, [file: string, text: string]>> {
  const files = readdirSync(FOLDER).filter((file) => file === `${language}.ts` || file.endsWith(`-${language}.ts`));
  const found = new Map<string, [string, string]>();
  for (const file of [...files, 'token-words.ts']) {
    const exported: Record<string, Record<string, string>> = await import(pathToFileURL(path.join(FOLDER, file)).href);
    for (const [name, texts] of Object.entries(exported)) {
      if (typeof texts !== 'object' || (file === 'token-words.ts' && !name.toLowerCase().endsWith(language))) continue;
      for (const [key, text] of Object.entries(texts)) {
        if (typeof text === 'string' && !found.has(key)) found.set(key, [file, text]);
      }
    }
  }
  return found;
}

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted();
const THIN = '\u202f';
const WIDE = '\u00a0';

/** What a French compositor would mark. */
function faultsOf(printed: string): string[] {
  // As a parameter of OpenAPI is written.
  const text = printed.replace('style: form, explode: false', '');
  const faults: string[] = [];
  // Addresses, times and code have colons of their own.
  if (new RegExp(`(?<![${THIN}${WIDE}\\s\\d/:])[:;!?»](?=[\\s${THIN}${WIDE}]|$)`, 'u').test(text))
    faults.push('no space before : ; ! ? »');
  if (/ [:;!?»](?=\s|$)/.test(text)) faults.push('a space that breaks before : ; ! ? »');
  if (new RegExp(`«(?![${THIN}${WIDE}])`, 'u').test(text)) faults.push('no no-break space after «');
  if (/\p{L}'\p{L}/u.test(text)) faults.push('a straight apostrophe: ’');
  if (/\d (?:km|m|%|°)(?![\p{L}])|\} (?:km|m|%)(?![\p{L}])/u.test(text))
    faults.push('a space that breaks before a unit');
  if (/"/.test(text)) faults.push('English quotation marks: «\u00a0»');
  if (/\.\.\./.test(text)) faults.push('three dots: …');
  return faults;
}

describe('texts of the page', () => {
  it('say the same keys in both languages, with the same gaps to fill', async () => {
    const [en, fr] = await Promise.all([textsOf('en'), textsOf('fr')]);
    expect(en.size).to.be.greaterThan(300);
    expect([...fr.keys()].toSorted()).to.deep.equal([...en.keys()].toSorted());
    for (const [key, [, text]] of en) {
      const [file = '', french = ''] = fr.get(key) ?? [];
      expect(gaps(french), `${file} ${key}`).to.deep.equal(gaps(text));
    }
  });

  it('are not empty, not keys, and have no spaces at their ends', async () => {
    for (const language of ['en', 'fr'] as const) {
      for (const [key, [file, text]] of await textsOf(language)) {
        expect(text, `${file} ${key}`).not.to.equal(key);
        expect(text.trim(), `${file} ${key}`).to.equal(text).and.not.equal('');
      }
    }
  });

  it('are set in French as French is set, once the page has set them', async () => {
    const faults = [...(await textsOf('fr'))].flatMap(([key, [file, text]]) =>
      faultsOf(typeset({ key: text }).key ?? '').map((fault) => `${file} ${key}: ${fault} | ${text}`),
    );
    expect(faults.join('\n')).to.equal('');
  });

  it('finds what is set wrongly', () => {
    for (const wrong of ['Annuler : fait', 'Quoi?', '«tout»', "l'air", '5 km', 'Non…!', 'dit "oui"', 'fin...']) {
      expect(faultsOf(wrong), wrong).not.to.deep.equal([]);
    }
    for (const right of [
      'Annuler\u00a0: fait',
      'Quoi\u202f?',
      '«\u00a0tout\u00a0»',
      'l’air',
      '5\u00a0km',
      'http://a:80/b',
      '12:30',
    ]) {
      expect(faultsOf(right), right).to.deep.equal([]);
    }
  });
});
