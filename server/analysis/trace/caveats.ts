import type { Language, Localized } from '../../core/layer.ts';
import type { Caveat } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { LotNumbers, StopNumbers } from './numbers.ts';

/** What is to be said of a trace beside its numbers. */
export interface Told {
  readonly lots: readonly LotNumbers[];
  readonly withoutLot: number;
  /** Asked for by name, and not found among what the caller may see. */
  readonly notFound: readonly string[];
  /** Collections whose records have no lot or no event. */
  readonly lotless: readonly { readonly title: Localized }[];
  readonly river: Localized | undefined;
  readonly riverName: string;
  readonly hasControl: boolean;
  /** Records that carry a remark. */
  readonly remarks: number;
}

const caveat = (code: string, en: string, fr: string): Caveat => ({ code, text: { en, fr } });
const list = (lang: Language, names: readonly string[]) => inWords(lang).list(names);

function ofLots(
  code: string,
  lots: readonly LotNumbers[],
  en: (names: string) => string,
  fr: (names: string) => string,
) {
  const names = lots.map(({ lot }) => lot);
  return names.length === 0 ? [] : [caveat(code, en(list('en', names)), fr(list('fr', names)))];
}

function ofCount(
  code: string,
  value: number,
  en: readonly [one: string, many: string],
  fr: readonly [one: string, many: string],
): Caveat[] {
  return value === 0 ? [] : [caveat(code, count('en', value, ...en), count('fr', value, ...fr))];
}

/** Records of one place and the same days as one before them: they may be one event. */
function alike(lots: readonly LotNumbers[]): number {
  return lots.flatMap(({ stops }) => stops).filter(({ leg }) => leg && leg.km === 0 && !leg.order_known).length;
}

export function traceCaveats(told: Told): Caveat[] {
  const { lots, river, riverName } = told;
  const stops: readonly StopNumbers[] = lots.flatMap((lot) => lot.stops);
  const dated = stops.filter(({ place_in_path }) => place_in_path !== 'undated');
  const sum = (key: 'order_unknown' | 'undated' | 'before_diversion') =>
    lots.reduce((total, lot) => total + lot[key], 0);
  const hasPath = lots.some(({ path }) => path !== undefined);
  return [
    ...(hasPath
      ? [
          caveat(
            'no-route',
            'The lines join the places that are recorded; by which way the materiel went is not known.',
            'Les lignes relient les lieux enregistrés ; le chemin qu’a pris le matériel n’est pas connu.',
          ),
        ]
      : []),
    ...ofCount(
      'order',
      sum('order_unknown'),
      [
        'step of the paths has an order that the days do not tell: another order would have another length.',
        'steps of the paths have an order that the days do not tell: another order would have another length.',
      ],
      [
        'étape des parcours a un ordre que les jours ne disent pas : un autre ordre aurait une autre longueur.',
        'étapes des parcours ont un ordre que les jours ne disent pas : un autre ordre aurait une autre longueur.',
      ],
    ),
    ...ofCount(
      'alike',
      alike(lots),
      [
        'record has the place and days of the one before it: they may be one event.',
        'records have the place and days of the one before them: they may be one event.',
      ],
      [
        'fiche a le lieu et les jours de la précédente : il peut s’agir d’un seul fait.',
        'fiches ont le lieu et les jours de la précédente : il peut s’agir d’un seul fait.',
      ],
    ),
    ...ofLots(
      'no-diversion',
      lots.filter(({ diversions }) => diversions === 0),
      (names) => `No diversion is recorded of ${names}: there are no days or distances from where it began.`,
      (names) => `Aucun détournement n’est enregistré pour ${names} : il n’y a ni jours ni distances depuis le début.`,
    ),
    ...ofLots(
      'several-diversions',
      lots.filter(({ diversions }) => diversions > 1),
      (names) =>
        `Several diversions are recorded of ${names}: the path begins at the first; from which a find came is not known.`,
      (names) =>
        `Plusieurs détournements sont enregistrés pour ${names} : le parcours commence au premier ; duquel vient une découverte n’est pas connu.`,
    ),
    ...ofCount(
      'undated',
      sum('undated'),
      ['record is not dated and stands outside the path.', 'records are not dated and stand outside the path.'],
      ['fiche n’est pas datée et reste hors du parcours.', 'fiches ne sont pas datées et restent hors du parcours.'],
    ),
    ...ofCount(
      'before-diversion',
      sum('before_diversion'),
      [
        'find is dated before the first diversion, which contradicts it, and stands outside the path.',
        'finds are dated before the first diversion, which contradicts it, and stand outside the path.',
      ],
      [
        'découverte est datée d’avant le premier détournement, ce qui se contredit, et reste hors du parcours.',
        'découvertes sont datées d’avant le premier détournement, ce qui se contredit, et restent hors du parcours.',
      ],
    ),
    ...(river
      ? ofCount(
          'bank',
          stops.filter((each) => each.river && !each.river.bank_known).length,
          [
            'position is not known well enough to tell on which bank it lies: what the record says in words goes before it.',
            'positions are not known well enough to tell on which bank they lie: what the records say in words goes before them.',
          ],
          [
            'position n’est pas assez bien connue pour dire sur quelle rive elle se trouve : ce que dit la fiche l’emporte.',
            'positions ne sont pas assez bien connues pour dire sur quelle rive elles se trouvent : ce que disent les fiches l’emporte.',
          ],
        )
      : [
          caveat(
            'no-river',
            `No river is called “${riverName}”: banks are not told.`,
            `Aucun fleuve ne s’appelle «\u00a0${riverName}\u00a0» : les rives ne sont pas indiquées.`,
          ),
        ]),
    ...(told.hasControl
      ? ofCount(
          'not-recorded',
          dated.filter(({ held_by }) => held_by.length === 0).length,
          [
            'place has nobody recorded to hold its ground at that time.',
            'places have nobody recorded to hold their ground at that time.',
          ],
          [
            'lieu n’a personne d’enregistré qui tienne le terrain à ce moment.',
            'lieux n’ont personne d’enregistré qui tienne le terrain à ce moment.',
          ],
        )
      : [
          caveat(
            'no-control',
            'No areas of control were asked: who held the ground is not told.',
            'Aucune zone de contrôle n’a été interrogée : qui tenait le terrain n’est pas indiqué.',
          ),
        ]),
    ...ofCount(
      'remarks',
      told.remarks,
      [
        'record carries a remark of its own: read it.',
        'records carry a remark of their own, contradictions between sources among them: read them.',
      ],
      [
        'fiche porte sa propre remarque : lisez-la.',
        'fiches portent leur propre remarque, dont des contradictions entre sources : lisez-les.',
      ],
    ),
    ...ofCount(
      'without-lot',
      told.withoutLot,
      ['record names no lot and is not traced.', 'records name no lot and are not traced.'],
      ['fiche ne nomme aucun lot et n’est pas suivie.', 'fiches ne nomment aucun lot et ne sont pas suivies.'],
    ),
    ...(told.notFound.length === 0
      ? []
      : [
          caveat(
            'lot-not-found',
            `No record of ${list('en', told.notFound)} was found.`,
            `Aucune fiche de ${list('fr', told.notFound)} n’a été trouvée.`,
          ),
        ]),
    ...(told.lotless.length === 0
      ? []
      : [
          caveat(
            'no-lots',
            `Records of ${list(
              'en',
              told.lotless.map(({ title }) => title.en),
            )} have no lots and are not traced.`,
            `Les fiches de ${list(
              'fr',
              told.lotless.map(({ title }) => title.fr),
            )} n’ont pas de lots et ne sont pas suivies.`,
          ),
        ]),
  ];
}
