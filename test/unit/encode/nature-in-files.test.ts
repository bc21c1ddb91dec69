import { expect } from 'chai';
import { describe, it } from 'mocha';
import { flatgeobuf } from '../../../server/encode/formats/flatgeobuf.ts';
import type { Provenance } from '../../../server/encode/formats/provenance.ts';
import { describingStatements } from '../../../server/encode/geopackage/schema.ts';

const both = { en: 'What it is.', fr: 'Ce que c’est.' };
const provenanceOf = (nature: Provenance['nature']): Provenance => ({
  ...{ collection: 'sites', generation: 3, title: both, description: both, nature, provenance: both, sources: [] },
  ...{ licence: { name: 'CC0', redistribution: true }, attribution: both, disclaimer: both },
});

/** Field 12 of the header, its description, as a reader finds it. */
async function flatgeobufDescription(provenance: Provenance): Promise<string> {
  const pieces: Buffer[] = [];
  const layer = { id: 'sites', geometry: 'point' } as const;
  for await (const piece of flatgeobuf.write(layer, (async function* () {})(), { fields: [], provenance })) {
    pieces.push(Buffer.from(piece as Buffer));
  }
  const header = Buffer.concat(pieces).subarray(12);
  const table = header.readUInt32LE(0);
  const vtable = table - header.readInt32LE(table);
  const field = table + header.readUInt16LE(vtable + 4 + 2 * 12);
  const text = field + header.readUInt32LE(field);
  return header.toString('utf8', text + 4, text + 4 + header.readUInt32LE(text));
}

function geopackageDescription(provenance: Provenance): unknown {
  const statements = describingStatements({ id: 'sites', geometry: 'point' }, [], provenance, null);
  const [, values] = statements.find(([text]) => text.includes('INTO gpkg_contents')) ?? [];
  return values?.[2];
}

describe('what a file says of itself first', () => {
  for (const [nature, words] of [
    ['documented', 'Documented records.'],
    ['approximate', 'Approximate records.'],
    ['modelled', 'Modelled records.'],
  ] as const) {
    it(`is that its records are ${nature}, where programs show it`, async () => {
      expect(await flatgeobufDescription(provenanceOf(nature))).to.equal(`${words} What it is.`);
      expect(geopackageDescription(provenanceOf(nature))).to.match(new RegExp(`^${words} What it is\\.`));
    });
  }
});
