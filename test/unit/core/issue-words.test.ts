import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ISSUE_WORDS, issueWords } from '../../../server/core/issue-words.ts';
import { REPAIRS } from '../../../server/core/mapping.ts';

const SERVER = path.resolve(import.meta.dirname, '../../../server');
/** Where issues are found. */
const FOLDERS = ['ingest', 'jobs/import', 'query/checks', 'query/staging'];

/** `code: 'x'`, with two sides of a choice; and calls that have the code as their first text, or after the severity. */
const SAID = [
  /\bcode: ((?:[\w.]+ \? )?'[a-z][a-z0-9-]*'(?:\s*[:|]\s*'[a-z][a-z0-9-]*')*)/g,
  /\b(?:note|issue|say|fault|BadShape)\(\s*(?:'(?:error|warning|note)',\s*)?('[a-z][a-z0-9-]*')/g,
];
const NO_CODES = new Set(['error', 'warning', 'note']);

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function codesIn(text: string): string[] {
  return SAID.flatMap((pattern) => [...text.matchAll(pattern)])
    .flatMap(([, said = '']) => [...said.matchAll(/'([a-z0-9-]+)'/g)].map(([, code = '']) => code))
    .filter((code) => !NO_CODES.has(code));
}

describe('the words for issues', () => {
  it('are there for every code that the sources can say', () => {
    const codes = new Map<string, string>();
    for (const file of FOLDERS.flatMap((folder) => sources(path.join(SERVER, folder)))) {
      for (const code of codesIn(readFileSync(file, 'utf8'))) codes.set(code, path.relative(SERVER, file));
    }
    expect(codes.size).to.be.above(80);
    const without = [...codes].filter(([code]) => !Object.hasOwn(ISSUE_WORDS, code));
    expect(without.map(([code, file]) => `${code} in ${file}`)).to.deep.equal([]);
  });

  it('say something in both languages, and not the same', () => {
    for (const [code, { title, advice }] of Object.entries(ISSUE_WORDS)) {
      for (const text of [title.en, title.fr, advice.en, advice.fr]) expect(text, code).to.match(/\S{2}/);
      expect(title.en, code).not.to.match(/[.:]$/);
      expect(advice.en, code).to.not.equal(advice.fr);
    }
  });

  it('name each repair that can be switched on, with the issue that it mends', () => {
    const offered = Object.entries(ISSUE_WORDS).flatMap(([code, { repair }]) => (repair ? [[code, repair]] : []));
    expect(offered).to.have.deep.members(REPAIRS.map((repair) => [repair, repair]));
  });

  it('of a code that is not known are the code', () => {
    expect(issueWords('constructor').title.fr).to.equal('constructor');
    expect(issueWords('region-outside').title.fr).to.contain('région');
  });
});
