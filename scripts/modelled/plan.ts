import { apportion } from './apportion.ts';
import { type Calibration, published } from './calibration.ts';
import type { Random } from './random.ts';
import {
  at,
  type Course,
  KINDS,
  type Kind,
  OTHER_TARGETS,
  type OtherTarget,
  type Target,
  YEARS,
  type Year,
  ZONES,
  type Zone,
} from './vocabulary.ts';

/** An attack before it has a place, a day and victims. */
export interface Planned {
  readonly year: Year;
  readonly target: Target;
  readonly kind: Kind;
  readonly zone: Zone;
}

/** Share of all attacks. The north is the rest. The centre's first attacks are of 2015; its last value is published. */
const CENTRE: Course = [0.03, 0.41, 0.539];
const SOUTH: Course = [0.02, 0.03, 0.1];
/** The same for the mission, which had few sites in the centre and stayed out of the south. */
const MISSION_CENTRE: Course = [0.02, 0.2, 0.4];
/** Slightly more attacks on the mission in the 2020s. */
const MISSION_GROWTH: Course = [0.86, 1, 1.14];
const TARGET_SHARES: Record<OtherTarget, Course> = {
  national_forces: [0.6, 0.5, 0.48],
  international_forces: [0.22, 0.12, 0.02],
  civilians: [0.12, 0.28, 0.42],
  armed_groups: [0.06, 0.1, 0.08],
};
/** How much likelier a target is in a zone than elsewhere. */
const AFFINITY: Record<OtherTarget, Record<Zone, number>> = {
  national_forces: { north: 1, centre: 1, south: 1.5 },
  international_forces: { north: 1, centre: 0.25, south: 0.05 },
  civilians: { north: 0.8, centre: 1.2, south: 0.8 },
  armed_groups: { north: 1, centre: 0.1, south: 0.02 },
};
/** In the order of KINDS. */
const KIND_SHARES: Record<OtherTarget, readonly number[]> = {
  national_forces: [0.36, 0.08, 0.45, 0.11],
  international_forces: [0.55, 0.25, 0.12, 0.08],
  civilians: [0.2, 0.03, 0.74, 0.03],
  armed_groups: [0.24, 0.04, 0.62, 0.1],
};

/** Attacks per year: as published at the ends, on a straight line between. */
function attacksPerYear(calibration: Calibration): number[] {
  const first = published(calibration, 'attacks.2014');
  const last = published(calibration, 'attacks.2022');
  const steps = YEARS.length - 1;
  const line = YEARS.slice(1, -1).map((_, index) => first + ((last - first) * (index + 1)) / steps);
  return [first, ...apportion(published(calibration, 'attacks.2015_2021'), line), last];
}

/** Kinds of the attacks on the mission, per year: the mix stays the same over the years. */
function missionKinds(calibration: Calibration): Kind[][] {
  const growth = YEARS.map((year) => at(MISSION_GROWTH, year));
  const perKind = KINDS.map((kind) => apportion(published(calibration, `mission.${kind}`), growth));
  return YEARS.map((_, y) => KINDS.flatMap((kind, k) => Array<Kind>(perKind[k]?.[y] ?? 0).fill(kind)));
}

/** The centre's attacks of a year; the count of 2022 is published. */
function centreOf(calibration: Calibration, year: Year, attacks: number): number {
  return year === 2022 ? published(calibration, 'attacks.2022.centre') : Math.round(attacks * at(CENTRE, year));
}

/** Gives each item one of the places that are left in the zones, likelier where `affinity` is high. */
function deal<Item>(
  items: readonly Item[],
  places: readonly number[],
  affinity: (item: Item, zone: Zone) => number,
  random: Random,
): Zone[] {
  const left = [...places];
  return items.map((item) => {
    const index = random.pick(ZONES.map((zone, z) => (left[z] as number) * affinity(item, zone)));
    left[index] = (left[index] as number) - 1;
    return ZONES[index] as Zone;
  });
}

function onMission(year: Year, kinds: readonly Kind[], centre: number, random: Random): Planned[] {
  const zones = deal(kinds, [kinds.length - centre, centre, 0], () => 1, random);
  return kinds.map((kind, k) => ({ year, target: 'minusma', kind, zone: zones[k] as Zone }));
}

function onOthers(year: Year, places: readonly number[], random: Random): Planned[] {
  const attacks = places.reduce((sum, count) => sum + count, 0);
  const shares = OTHER_TARGETS.map((target) => at(TARGET_SHARES[target], year));
  const counts = apportion(attacks, shares);
  const targets = OTHER_TARGETS.flatMap((target, t) => Array<OtherTarget>(counts[t] as number).fill(target));
  const zones = deal(targets, places, (target, zone) => AFFINITY[target][zone], random);
  return targets.map((target, t) => {
    const kind = KINDS[random.pick(KIND_SHARES[target])] as Kind;
    return { year, target, kind, zone: zones[t] as Zone };
  });
}

/** Year, target, kind and zone of every attack; the published counts hold for any seed. */
export function plan(calibration: Calibration, random: Random): Planned[] {
  const totals = attacksPerYear(calibration);
  const kindsPerYear = missionKinds(calibration);
  return YEARS.flatMap((year, y) => {
    const attacks = totals[y] as number;
    const kinds = kindsPerYear[y] as Kind[];
    const centre = centreOf(calibration, year, attacks);
    const south = Math.round(attacks * at(SOUTH, year));
    const north = attacks - centre - south;
    const missionCentre = Math.round(kinds.length * at(MISSION_CENTRE, year));
    const missionNorth = kinds.length - missionCentre;
    return [
      ...onMission(year, kinds, missionCentre, random),
      ...onOthers(year, [north - missionNorth, centre - missionCentre, south], random),
    ];
  });
}
