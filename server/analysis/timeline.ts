import { z } from 'zod';
import { InvalidParameter } from '../core/errors.ts';
import { AnalysisTooLarge } from './estimate.ts';
import { inputsOf, SelectionsSchema } from './inputs.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';
import { caveatsOf } from './timeline/caveats.ts';
import { claimsPart } from './timeline/claims-part.ts';
import { type Comparison, compareDates } from './timeline/compare.ts';
import { selectControl } from './timeline/control-layers.ts';
import { MomentSchema, toInstant } from './timeline/day.ts';
import { type Claim, findClaims, findGround, findGroundRows, type Ground } from './timeline/find-claims.ts';
import { TimelineNumbers } from './timeline/numbers.ts';
import { countLeftOut, findSpan, sizeOf } from './timeline/selection-facts.ts';
import { changesInWords, spansInWords } from './timeline/sentences.ts';
import { toSpans } from './timeline/spans.ts';
import { daysByStatus, spanNumbers, type ToldSpan, tellSpan } from './timeline/told-spans.ts';

const inputs = inputsOf({
  control: SelectionsSchema.optional().meta({
    description: 'Who holds the ground: collections of control areas. Else every one in service that is not modelled.',
    description_fr:
      'Qui tient le terrain : des collections de zones de contrôle. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  place_precision_m: z
    .number()
    .min(0)
    .max(1_000_000)
    .meta({
      description: 'How far off a point may be, in metres; else as its record says, or 0 where it is drawn.',
      description_fr:
        'De combien un point peut être décalé, en mètres ; sinon ce que dit sa fiche, ou 0 s’il est dessiné.',
    })
    .optional(),
  compare: z
    .tuple([MomentSchema, MomentSchema])
    .meta({
      description: 'Two dates, to learn what changed between them: in the place if it is an area, or everywhere.',
      description_fr:
        'Deux dates, pour savoir ce qui a changé entre elles : dans le lieu si c’est une zone, ou partout.',
    })
    .optional(),
});
type Inputs = z.output<typeof inputs>;

/** Records of control at one place: more could not be read as spans of time. */
const MAX_CLAIMS = 500;

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

function check({ place, compare }: Inputs): void {
  if (!place && !compare) refuse('place', 'Give a place, to learn who was there, or two dates to compare, or both.');
  if (compare && toInstant(compare[0]) >= toInstant(compare[1])) {
    refuse('compare', `compare is an earlier date, then a later one: ${compare[0]} is not before ${compare[1]}.`);
  }
}

/** The same collections, with what lies in an area only. */
function within(selected: readonly Selected[], ground: Ground | undefined): readonly Selected[] {
  if (ground?.kind !== 'area') return selected;
  const place = ground.place.geometry;
  return selected.map((each) => ({ ...each, filter: { ...each.filter, place } }));
}

interface Told {
  readonly claims: readonly Claim[];
  readonly spans: readonly ToldSpan[];
}

async function tell(
  question: Question,
  { datetime }: Inputs,
  control: readonly Selected[],
  ground: Ground,
): Promise<Told> {
  const claims = await findClaims(question, within(control, ground), ground);
  if (claims.length > MAX_CLAIMS) {
    throw new AnalysisTooLarge(
      `${claims.length} records of control meet this place; at most ${MAX_CLAIMS} can be told. Narrow the place, the time or the filter.`,
    );
  }
  question.progress(0.3, { en: 'Records found.', fr: 'Fiches trouvées.' });
  const pieces = ground.kind === 'area' ? await findGroundRows(question, within(control, ground), ground) : undefined;
  const spans = toSpans(claims, await findSpan(question, datetime, control));
  return { claims, spans: spans.map((span) => tellSpan(span, pieces)) };
}

function compareIn(
  question: Question,
  { compare }: Inputs,
  control: readonly Selected[],
  ground: Ground | undefined,
): Promise<Comparison> | undefined {
  if (!compare) return undefined;
  question.progress(0.6, { en: 'Dates are compared.', fr: 'Comparaison des dates.' });
  return compareDates(question, within(control, ground), compare, ground?.place.geometry);
}

const placeNumbers = ({ kind, place, precisionM }: Ground) =>
  kind === 'area' ? { kind, area_km2: place.areaKm2 } : { kind, precision_km: precisionM / 1000 };

export const timeline = defineProcess({
  id: 'timeline',
  title: { en: 'Who held this place when', fr: 'Qui tenait ce lieu, et quand' },
  description: {
    en: 'From the control areas: who is recorded at a point, or in an area and on which share of it, span by span; several actors at once and spans in which nobody is recorded are said as such. And what changed between two dates: ground gained, lost, no longer recorded and newly contested by each actor, as geometry and in km2 on the ellipsoid of WGS 84; the later area is the earlier one plus what was gained less what was lost. Spans are half-open: the day at the end is not part of them. Outlines are as approximate as their records say.',
    fr: 'D’après les zones de contrôle : qui est signalé en un point, ou dans une zone et sur quelle part de celle-ci, période par période ; la présence de plusieurs acteurs à la fois et les périodes non renseignées sont dites comme telles. Et ce qui a changé entre deux dates : terrain gagné, perdu, plus renseigné ou nouvellement contesté par acteur, en géométrie et en km² sur l’ellipsoïde WGS 84 ; la superficie à la seconde date est celle de la première, plus le gain, moins la perte. Les périodes sont semi-ouvertes : le jour de fin n’en fait pas partie. Les contours sont aussi approximatifs que leurs fiches le disent.',
  },
  inputs,
  numbers: TimelineNumbers,
  estimate: async (question, given) => {
    check(given);
    const { place, compare, place_precision_m } = given;
    const whole = compare ? { ...given, datetime: undefined } : given;
    const control = await selectControl(question, given.control, whole, true);
    const ground = place ? await findGround(question, place, place_precision_m) : undefined;
    const { records, vertices } = await sizeOf(question, within(control, ground));
    // What is compared is cut along every outline and put together again; how much of it overlaps is not known before.
    const each = compare ? 1e-4 : 1e-5;
    return { comparisons: vertices + records ** 2, seconds: each * (vertices + records ** 2) };
  },
  run: async (question, given) => {
    const control = await selectControl(question, given.control, given, true);
    const ground = given.place ? await findGround(question, given.place, given.place_precision_m) : undefined;
    if (ground?.kind === 'point' && given.compare) {
      refuse('compare', 'compare is about areas: give a place that is one, or none; at a point the spans say it all.');
    }
    const { claims, spans } = ground ? await tell(question, given, control, ground) : { claims: [], spans: [] };
    const atAnyTime = await selectControl(question, given.control, { ...given, datetime: undefined }, true);
    const comparison = await compareIn(question, given, atAnyTime, ground);
    const compared = comparison?.numbers;
    const days = daysByStatus(spans);
    const layers = control.map(({ layer }) => layer);
    const text = (lang: 'en' | 'fr') => [
      ...(ground ? [spansInWords(lang, layers, ground.place.title[lang], spans)] : []),
      ...(compared ? [changesInWords(lang, layers, compared)] : []),
    ];
    const { precision } = await sizeOf(question, within(compared ? atAnyTime : control, ground));
    return {
      numbers: {
        ...(ground ? { place: placeNumbers(ground) } : {}),
        spans: spans.map(spanNumbers),
        ...(days ? { days } : {}),
        ...(compared ? { compare: compared } : {}),
      },
      parts: [...(ground ? [claimsPart(claims)] : []), ...(comparison ? [comparison.part] : [])],
      text: { en: text('en').join(' '), fr: text('fr').join(' ') },
      caveats: caveatsOf(control, {
        ...{ precision, spans, ground, compared },
        left: await countLeftOut(question, control),
      }),
    };
  },
});
