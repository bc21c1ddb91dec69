import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { ConfigSchema } from '../../server/config.ts';
import { parseLayer } from '../../server/jobs/seed.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

describe('README', () => {
  it('lists every layer with its nature', () => {
    const folder = path.join(ROOT, 'geodata/layers');
    for (const name of readdirSync(folder)) {
      const { id, title, nature } = parseLayer(name, readFileSync(path.join(folder, name), 'utf8'));
      expect(README).to.include(`| \`${id}\` | ${title.en} | ${nature} |`);
    }
  });

  it('names every variable of the environment', () => {
    for (const name of Object.keys(ConfigSchema.shape)) expect(README).to.include(`\`${name}\``);
  });
});
