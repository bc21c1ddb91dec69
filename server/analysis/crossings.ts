import { approximate, type Caveat, modelled } from './caveats.ts';
import { atInstant, findDates } from './crossings/dates.ts';
import { CrossingsInputs } from './crossings/inputs.ts';
import { CrossingsNumbers } from './crossings/numbers.ts';
import { sitesPart, stretchesPart } from './crossings/parts.ts';
import { findSites } from './crossings/sites.ts';
import { tell } from './crossings/tell.ts';
import { type Found, toNumbers } from './crossings/to-numbers.ts';
import { walk } from './crossings/walk.ts';
import { refuseOwnDatetime } from './own-datetime.ts';
import { findPlace } from './place.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import { type Selected, select } from './select.ts';
import { selectControl } from './timeline/control-layers.ts';
import { inWords } from './words.ts';

interface Chosen {
  readonly corridors: readonly Selected[];
  readonly control: readonly Selected[];
  readonly sites: readonly Selected[];
}

/** Everything that is asked, at any time or in the window. */
async function choose(question: Question, given: CrossingsInputs, datetime: string | undefined): Promise<Chosen> {
  for (const input of ['corridors', 'control', 'sites'] as const) {
    refuseOwnDatetime(input, given[input], 'give "at", or datetime for the whole question');
  }
  const whole = { ...given, datetime };
  const mines = question.layers.filter(
    ({ role, group, geometry, nature }) =>
      role === 'sites' && group === 'mining' && geometry === 'point' && nature !== 'modelled',
  );
  const corridors = await select(question, given.corridors, whole, {
    ...{ roles: ['corridors'], geometry: 'line', input: 'corridors', takesFilter: true },
  });
  const control = await selectControl(question, given.control, whole, false);
  const sites = await select(question, given.sites ?? mines.map(({ id }) => id), whole, {
    ...{ roles: ['sites'], geometry: 'point', input: 'sites', takesFilter: false },
  });
  if (!given.place) return { corridors, control, sites };
  // A corridor that meets the place is walked along as a whole.
  const place = (await findPlace(question, given.place)).geometry;
  const near = (selected: readonly Selected[]) =>
    selected.map((each) => ({ ...each, filter: { ...each.filter, place } }));
  return { corridors: near(corridors), control, sites: near(sites) };
}

/** How far off ways and outlines may be, as far as records say. */
function howFarOff(found: readonly Found[]): Caveat[] {
  const off = found.flatMap(({ walk: { corridors } }) => corridors.map(({ precision_m }) => precision_m));
  if (off.length === 0) return [];
  const most = off.reduce((a, b) => Math.max(a, b));
  return [
    {
      code: 'ways-imprecise',
      text: {
        en: `The way of a corridor may be off by up to ${inWords('en').distance(most)}: so may the ends of its stretches.`,
        fr: `Le tracé d’un corridor peut s’écarter de ${inWords('fr').distance(most)} au plus : les limites de ses tronçons aussi.`,
      },
    },
  ];
}

export const crossings = defineProcess({
  id: 'crossings',
  title: {
    en: 'Whose ground corridors cross and mines stand on',
    fr: 'Terrains que traversent les corridors et où se trouvent les mines',
  },
  description: {
    en: 'At each date the length of each corridor by who is recorded to hold the ground that it crosses: held, contested, under influence, overlap (several actors are recorded, and no record calls it contested) or not recorded; lengths add up to the whole, shares to 1. And sites by who holds the ground on which they stand: uncertain when ground that is held otherwise, or by nobody who is recorded, lies within the precision of the position. Lengths are geodesic on WGS 84; a corridor is the shortest way between its vertices; of one that meets the place, the whole is walked. Flows, of which only the far ends are known, are left out unless asked for. Without at and datetime, the date is the last change of control that is recorded.',
    fr: 'À chaque date, la longueur de chaque corridor selon qui est signalé sur le terrain traversé : tenu, contesté, sous influence, recouvrement (plusieurs acteurs sont signalés et aucune fiche ne dit le terrain contesté) ou non renseigné ; les longueurs font le tout et les parts font 1. Et les sites selon qui tient le terrain où ils se trouvent : incertain lorsqu’un terrain tenu autrement, ou non renseigné, se trouve à l’intérieur de la précision de la position. Longueurs géodésiques sur WGS 84 ; un corridor est le plus court chemin entre ses sommets ; celui qui touche le lieu est suivi en entier. Les flux, dont seules les extrémités sont connues, sont écartés sauf demande. Sans at ni datetime, la date est celle du dernier changement de contrôle signalé.',
  },
  inputs: CrossingsInputs,
  numbers: CrossingsNumbers,
  estimate: async (question, given) => {
    const { corridors, control, sites } = await choose(question, given, undefined);
    const total = (selected: readonly Selected[]) => selected.reduce((sum, { layer }) => sum + layer.count, 0);
    const dates = given.at === undefined ? (given.datetime === undefined ? 1 : 12) : [given.at].flat().length;
    const comparisons = (total(corridors) + total(sites)) * (1 + total(control)) * dates;
    return { comparisons, seconds: comparisons * 1e-4 };
  },
  run: async (question, given) => {
    const everything = await choose(question, given, undefined);
    const within = given.datetime === undefined ? everything : await choose(question, given, given.datetime);
    const dates = await findDates(question, given, everything.control, [...within.control, ...within.corridors]);
    const found: Found[] = [];
    for (const at of dates) {
      const control = atInstant(everything.control, at);
      found.push({
        at,
        walk: await walk(question, atInstant(everything.corridors, at), control, given.flows),
        sites: await findSites(question, atInstant(everything.sites, at), control),
      });
      question.progress(found.length / dates.length, { en: 'A date is done.', fr: 'Une date est traitée.' });
    }
    const numbers = toNumbers(found);
    const layers = [...everything.corridors, ...everything.control, ...everything.sites].map(({ layer }) => layer);
    return {
      numbers,
      parts: [stretchesPart(found), sitesPart(found)],
      text: tell(
        numbers,
        everything.control.map(({ layer }) => layer),
      ),
      caveats: [...modelled(layers), ...approximate(layers), ...howFarOff(found)],
    };
  },
});
