import { expect } from 'chai';
import { describe, it } from 'mocha';
import { z } from 'zod';
import { inputsOf } from '../../../server/analysis/inputs.ts';
import { defineProcess } from '../../../server/analysis/process.ts';
import { PROCESSES } from '../../../server/analysis/registry.ts';
import { toProcessDescription } from '../../../server/http/processes/describe-process.ts';
import { INPUT_TITLES } from '../../../server/http/processes/input-titles.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Every `description`, by its place. */
function descriptions(value: unknown, place = '', found = new Map<string, string>()): Map<string, string> {
  if (!isObject(value)) return found;
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'description' && typeof inner === 'string') found.set(place, inner);
    else descriptions(inner, `${place}/${name}`, found);
  }
  return found;
}

const described = (process: (typeof PROCESSES)[number], lang: 'en' | 'fr') =>
  toProcessDescription(process, 'http://localhost', '1', lang);

const TOY = defineProcess({
  id: 'toy',
  title: { en: 'Toy', fr: 'Jouet : un' },
  description: { en: 'A toy.', fr: 'Un « jouet » ?' },
  inputs: inputsOf({
    how_far: z.number().optional().meta({ description: 'How far?', description_fr: 'À quelle distance ?' }),
    weights: z.strictObject({ one: z.number().meta({ description: 'One.', description_fr: 'Un.' }) }),
    plain: z.number().meta({ description: 'Plain.' }),
  }),
  numbers: z.strictObject({}),
  estimate: async () => ({ comparisons: 0, seconds: 0 }),
  run: async () => ({ numbers: {}, parts: [], text: { en: '', fr: '' }, caveats: [] }),
});

describe('The description of a process', () => {
  it('says its inputs in the language that is asked for, at every depth, and never sends both', () => {
    const [english, french] = [described(TOY, 'en'), described(TOY, 'fr')];
    expect(english.inputs).to.have.nested.property('how_far.description', 'How far?');
    expect(french.inputs).to.have.nested.property('how_far.description', 'À quelle distance\u00a0?');
    expect(french.inputs).to.have.nested.property('weights.schema.properties.one.description', 'Un.');
    expect(french.inputs).to.have.nested.property('plain.description', 'Plain.');
    for (const each of [english, french]) expect(JSON.stringify(each)).to.not.contain('description_fr');
  });

  it('prints French with no-break spaces', () => {
    const { title, description } = described(TOY, 'fr');
    expect([title, description]).to.deep.equal(['Jouet\u00a0: un', 'Un «\u00a0jouet\u00a0»\u00a0?']);
  });

  it('calls every input by words in both languages', () => {
    const untitled = PROCESSES.flatMap((process) =>
      Object.keys(process.inputs.shape).filter((name) => INPUT_TITLES[name] === undefined),
    );
    expect([...new Set(untitled)]).to.deep.equal([]);
    expect(described(TOY, 'fr').inputs).to.have.nested.property('how_far.title', 'how_far');
    const [one] = PROCESSES;
    expect(one && described(one, 'fr').inputs).to.have.nested.property('place.title', 'Où');
  });

  for (const process of PROCESSES) {
    it(`of ${process.id} has every input described, in English and in French`, () => {
      const [english, french] = [described(process, 'en'), described(process, 'fr')];
      const without = Object.entries(english.inputs).filter(([, input]) => !(input as Json).description);
      expect(without.map(([name]) => name)).to.deep.equal([]);
      const said = descriptions(french.inputs);
      const same = [...descriptions(english.inputs)].filter(([place, words]) => said.get(place) === words);
      expect(same.map(([place]) => place)).to.deep.equal([]);
      const loose = [french.title, french.description, ...said.values()].filter((words) => /« | [:;!?»]/.test(words));
      expect(loose).to.deep.equal([]);
    });
  }
});
