import { approximate, type Caveat, FEW, modelled, tooImprecise } from '../caveats.ts';
import { isNarrowed, notCalm } from '../reporting.ts';
import type { Selected } from '../select.ts';
import { count, inWords } from '../words.ts';
import { COMMODITY_COLUMNS } from './fields.ts';
import type { Row } from './find-rows.ts';
import type { ExposureNumbersIn } from './numbers.ts';

const RANKS: Caveat = {
  code: 'ranks',
  text: {
    en: 'A rank says where more is recorded under these weights; it predicts nothing, and where little is reported little is recorded.',
    fr: 'Un rang dit où l’on enregistre davantage selon ces poids ; il ne prédit rien, et là où l’on signale peu, on enregistre peu.',
  },
};

function few({ rows, rows_with_few_attacks: some }: ExposureNumbersIn): Caveat[] {
  if (some === 0) return [];
  return [
    {
      code: 'low-count',
      text: {
        en:
          some === 1
            ? `1 row of ${rows} rests on fewer than ${FEW} attacks: its place may be chance.`
            : `${inWords('en').number(some)} rows of ${rows} rest on fewer than ${FEW} attacks: their order may be chance.`,
        fr:
          some === 1
            ? `1 ligne sur ${rows} repose sur moins de ${FEW} attaques : sa place peut tenir au hasard.`
            : `${inWords('fr').number(some)} lignes sur ${rows} reposent sur moins de ${FEW} attaques : leur ordre peut tenir au hasard.`,
      },
    },
  ];
}

function coarse({ rows_imprecise: some, within_km }: ExposureNumbersIn): Caveat[] {
  if (some === 0) return [];
  return [
    {
      code: 'imprecise-rows',
      text: {
        en: `${count('en', some, 'row is', 'rows are')} known less well than ${within_km} km: what is counted there is about the ground around an anchor.`,
        fr: `La position de ${count('fr', some, 'ligne', 'lignes')} est connue moins bien qu’à ${within_km} km près : ce qui y est compté concerne les environs d’un point d’ancrage.`,
      },
    },
  ];
}

function flows({ flows_left_out: some }: ExposureNumbersIn): Caveat[] {
  if (some === 0) return [];
  return [
    {
      code: 'flows',
      text: {
        en: `${count('en', some, 'flow is', 'flows are')} left out: only the far ends are known, which makes no route.`,
        fr: `${count('fr', some, 'flux est écarté', 'flux sont écartés')} : seules les extrémités sont connues, ce n’est pas un itinéraire.`,
      },
    },
  ];
}

function columns({ commodities_left_out: some }: ExposureNumbersIn): Caveat[] {
  if (some === 0) return [];
  return [
    {
      code: 'commodities',
      text: {
        en: `${count('en', some, 'commodity has', 'commodities have')} no column: ${COMMODITY_COLUMNS} have, in the order of text. Narrow "corridors".`,
        fr: `${count('fr', some, 'trafic n’a pas', 'trafics n’ont pas')} de colonne : il y en a ${COMMODITY_COLUMNS}, dans l’ordre alphabétique. Restreignez « corridors ».`,
      },
    },
  ];
}

/** @param limitM the largest ceiling on the precision of events, metres */
export function caveatsOf(numbers: ExposureNumbersIn, read: readonly Selected[], limitM: number): Caveat[] {
  const layers = [...new Map(read.map(({ layer }) => [layer.id, layer])).values()];
  return [
    ...modelled(layers),
    ...approximate(layers),
    ...tooImprecise(numbers.attacks.imprecise, limitM),
    ...few(numbers),
    ...coarse(numbers),
    ...flows(numbers),
    ...columns(numbers),
    ...(numbers.rows > 1 ? [RANKS] : []),
  ];
}

/** In how many rows no attack at all was reported, known precisely enough or not. */
export function silentRows(rows: readonly Pick<Row, 'attacks'>[], events: readonly Selected[]): Caveat[] {
  if (events.length === 0) return [];
  const silent = rows.filter(({ attacks: { attacks, imprecise } }) => attacks + imprecise === 0).length;
  return notCalm([{ of: 'row', all: rows.length, silent }], isNarrowed(events));
}
