import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { ProcessInput } from '../../../client/api/process-input.ts';
import type { ResultPart } from '../../../client/api/processes.ts';
import { arrangeInputs } from '../../../client/ask/arrange-inputs.ts';
import { boundsOf } from '../../../client/ask/bounds-of.ts';
import { inputForm } from '../../../client/ask/input-form.ts';
import { paragraphOf } from '../../../client/ask/paragraph-of.ts';
import { partLegend } from '../../../client/ask/part-legend.ts';
import { styleOf } from '../../../client/ask/style-of.ts';
import { tablesOf } from '../../../client/ask/tables-of.ts';
import { parseAddress, printAddress } from '../../../client/url.ts';
import { PROCESSES } from '../../../server/analysis/registry.ts';
import { toProcessDescription } from '../../../server/http/processes/describe-process.ts';

const inputsOf = (id: string) => {
  const process = PROCESSES.find((each) => each.id === id);
  if (!process) throw new Error(`there is no process ${id}`);
  return toProcessDescription(process, '', '1', 'en').inputs as unknown as Record<string, ProcessInput>;
};
const formsOf = (id: string) =>
  Object.fromEntries(Object.entries(inputsOf(id)).map(([name, { schema }]) => [name, inputForm(name, schema).type]));

describe('the form of a question', () => {
  it('has a field for each input, by its schema', () => {
    expect(formsOf('corridor')).to.include({
      ...{ line: 'line', events: 'collections', within_km: 'number', flows: 'flag' },
      ...{ datetime: 'window', place: 'place', control_at: 'day', filter: 'json', study_area: 'place' },
    });
    expect(formsOf('route').ways).to.equal('lines');
    expect(formsOf('summary').areas).to.equal('places');
    expect(formsOf('timeline').compare).to.equal('days');
    expect(formsOf('trace').lots).to.equal('texts');
    expect(formsOf('near-repeat')).to.include({ distances_km: 'numbers', days: 'numbers' });
    expect(formsOf('crossings').at).to.equal('day');
    expect(inputForm('from', inputsOf('proximity').from?.schema ?? {})).to.deep.equal({
      ...{ type: 'collections', isMany: false, isNarrowed: true },
    });
    expect(inputForm('layers', inputsOf('summary').layers?.schema ?? {})).to.deep.include({ isMany: true });
    expect(inputForm('hexagons', inputsOf('summary').hexagons?.schema ?? {})).to.deep.equal({
      ...{ type: 'number', isWhole: true, minimum: 0, maximum: 8 },
    });
  });

  it('asks for two periods instead of one window where they are compared', () => {
    const { first, more } = arrangeInputs(inputsOf('change'));
    const formOf = (name: string) => first.find((input) => input.name === name)?.form.type;
    expect([formOf('earlier'), formOf('later'), formOf('datetime')]).to.deep.equal(['window', 'window', undefined]);
    expect(more.map(({ name }) => name)).to.include('datetime');
  });

  for (const { id } of PROCESSES) {
    it(`asks for what ${id} needs first, and for nothing in JSON that it needs unless nothing else does`, () => {
      const { first, more } = arrangeInputs(inputsOf(id));
      const needed = Object.entries(inputsOf(id)).filter(([, { minOccurs }]) => minOccurs > 0);
      expect(first.slice(0, needed.length).map(({ name }) => name)).to.have.members(needed.map(([name]) => name));
      expect([...first, ...more].map(({ name }) => name)).to.have.members(
        Object.keys(inputsOf(id)).filter(
          (name) => !['generations', 'keep', 'keep_days', 'keep_handling'].includes(name),
        ),
      );
      expect(first.filter(({ form, minOccurs }) => form.type === 'json' && minOccurs === 0)).to.deep.equal([]);
    });
  }
});

describe('the numbers of a result', () => {
  it('are facts and tables, in their order', () => {
    const numbers = {
      events: 3,
      names: ['a', 'b'],
      verdict: { en: 'yes', fr: 'oui' },
      inside: { rate: 1.5, deep: { one: 1 } },
      bins: [
        { from_km: 0, ratio: { lower: 1 } },
        { from_km: 5, note: { en: 'few', fr: 'peu' }, list: [{ left: 'out' }] },
      ],
      empty: [],
    };
    expect(tablesOf(numbers)).to.deep.equal([
      {
        place: '',
        facts: [
          ['events', 3],
          ['names', 'a, b'],
          ['verdict', { en: 'yes', fr: 'oui' }],
        ],
      },
      { place: 'inside', facts: [['rate', 1.5]] },
      { place: 'inside.deep', facts: [['one', 1]] },
      {
        place: 'bins[]',
        facts: [],
        table: {
          columns: ['from_km', 'ratio.lower', 'note'],
          rows: [
            [0, 1, undefined],
            [5, undefined, { en: 'few', fr: 'peu' }],
          ],
        },
      },
    ]);
  });
});

describe('an answer', () => {
  it('is told without the caveats that are listed below it', () => {
    const caveats = [{ code: 'few', text: { en: 'Few. Mind it.', fr: 'Peu.' } }];
    const text = { en: 'Found 3. Few. Mind it.', fr: 'Trouvé 3. Peu.' };
    expect(paragraphOf({ text, caveats }, 'en')).to.equal('Found 3.');
    expect(paragraphOf({ text, caveats }, 'fr')).to.equal('Trouvé 3.');
    expect(paragraphOf({ text, caveats: [] }, 'en')).to.equal(text.en);
  });

  it('is looked at as a whole', () => {
    const at = (lon: number, lat: number) => ({
      ...{ type: 'Feature' as const, properties: null },
      geometry: {
        type: 'Polygon' as const,
        coordinates: [
          [
            [lon, lat],
            [lon + 1, lat],
            [lon, lat + 2],
            [lon, lat],
          ],
        ],
      },
    });
    expect(boundsOf([at(1, 2), at(-3, 4)])).to.deep.equal([-3, 2, 2, 6]);
    expect(boundsOf([])).to.equal(null);
  });

  it('has a legend of the classes that occur in it', () => {
    const values = ['hot', 'cold', 'none'].map((value) => ({ value, title: { en: value, fr: value } }));
    const part = {
      title: { en: 'Cells', fr: 'Cellules' },
      fields: [{ name: 'class', type: 'string', title: { en: 'Class', fr: 'Classe' }, values, tile: true }],
      style: {
        ...{ type: 'fill', opacity: 0.5, outline: true },
        // As canonical JSON has members: by their names.
        color: { by: 'class', classes: { cold: '#0000aa', none: '#cccccc', hot: '#aa0000' }, other: '#cccccc' },
      },
      features: ['none', 'hot'].map((name) => ({ properties: { class: name }, geometry: { type: 'Polygon' } })),
    } as unknown as ResultPart;
    expect(partLegend(part, 'light').map(({ value }) => value)).to.deep.equal(['hot', 'none']);
    // On dark ground in the colours in which the map draws it there.
    const { color } = styleOf(part, 'dark');
    const drawn = typeof color === 'object' ? [color.classes.hot, color.classes.none] : [];
    const shown = partLegend(part, 'dark').map(({ swatch }) => 'color' in swatch && swatch.color);
    expect(shown).to.deep.equal(drawn);
    expect(shown).not.to.include('#aa0000');
  });

  it('stands in the address by its question', () => {
    expect(parseAddress(printAddress({ ask: 'emerging-hotspots' })).ask).to.equal('emerging-hotspots');
    expect(parseAddress('#ask').ask).to.equal('');
    expect(parseAddress('#ask=../x').ask).to.equal('');
    expect(parseAddress('#upload&ask=corridor').ask).to.equal(undefined);
  });
});
