import { apportion } from './apportion.ts';
import { type Calibration, published } from './calibration.ts';
import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import { at, type Course, KINDS, type Kind, OTHER_TARGETS, YEARS } from './vocabulary.ts';

/** Dead of 2022, of whom the report says only that they were more than a thousand and about 25 times those of 2014. */
const KILLED_2022 = 1060;
/** Civilians among the dead: few in 2014, about half in 2022. */
const CIVILIANS: Course = [0.1, 0.3, 0.5];
/** Fewer of the mission's people died per attack in the 2020s. */
const MISSION_RISK: Course = [1.1, 1.05, 0.85];
/** In 2017 small arms killed far more than in any other year. */
const SMALL_ARMS_2017 = 3;
/** How deadly an attack of a kind is, against the others. */
const DEADLINESS: Record<Kind, number> = { ied: 1, indirect_fire: 0.35, small_arms: 1.6, complex: 5 };
/** Mean of the injured without any dead. */
const INJURED: Record<Kind, number> = { ied: 0.6, indirect_fire: 0.4, small_arms: 0.5, complex: 2.5 };
/** No single modelled attack kills more. */
const MOST = 45;

/** Deals deaths out one by one; where some have died more are likely to have died: few attacks kill many. */
function dealDeaths(
  deaths: number,
  indices: readonly number[],
  planned: readonly Planned[],
  killed: number[],
  random: Random,
) {
  const weights = indices.map((index) => DEADLINESS[(planned[index] as Planned).kind]);
  for (let death = 0; death < deaths; death += 1) {
    const chosen = random.pick(weights);
    const index = indices[chosen] as number;
    killed[index] = (killed[index] as number) + 1;
    const grown = (weights[chosen] as number) + 1.4;
    weights[chosen] = (killed[index] as number) < MOST ? grown : 0;
  }
}

/** The mission's dead of each year, per kind: the kinds' totals are exact. */
function missionDeaths(calibration: Calibration): number[][] {
  const perKind = KINDS.map((kind) => {
    const weights = YEARS.map(
      (year) => at(MISSION_RISK, year) * (kind === 'small_arms' && year === 2017 ? SMALL_ARMS_2017 : 1),
    );
    return apportion(published(calibration, `mission.killed.${kind}`), weights);
  });
  return YEARS.map((_, y) => perKind.map((years) => years[y] as number));
}

/** Killed and injured of every planned attack, in the same order. */
export function victims(planned: readonly Planned[], calibration: Calibration, random: Random) {
  const killed = planned.map(() => 0);
  const ofMission = missionDeaths(calibration);
  const first = published(calibration, 'killed.2014');
  YEARS.forEach((year, y) => {
    const where = (wanted: (attack: Planned) => boolean) =>
      planned.flatMap((attack, index) => (attack.year === year && wanted(attack) ? [index] : []));
    const mission = ofMission[y] as number[];
    KINDS.forEach((kind, k) => {
      const indices = where((attack) => attack.target === 'minusma' && attack.kind === kind);
      dealDeaths(mission[k] as number, indices, planned, killed, random);
    });
    // From the first to the last year at a steady rate.
    const all = Math.round(first * (KILLED_2022 / first) ** (y / (YEARS.length - 1)));
    const rest = all - mission.reduce((sum, deaths) => sum + deaths, 0);
    const civilians = Math.round(all * at(CIVILIANS, year));
    const armed = OTHER_TARGETS.filter((target) => target !== 'civilians');
    const perTarget = armed.map((target) => where((attack) => attack.target === target));
    const shares = apportion(
      rest - civilians,
      perTarget.map((indices) => indices.length),
    );
    dealDeaths(
      civilians,
      where((attack) => attack.target === 'civilians'),
      planned,
      killed,
      random,
    );
    perTarget.forEach((indices, t) => {
      dealDeaths(shares[t] as number, indices, planned, killed, random);
    });
  });
  const injured = planned.map((attack, index) => {
    const mean = INJURED[attack.kind] + (killed[index] as number);
    // Geometric: often none, sometimes many.
    return Math.floor(Math.log(1 - random.next()) / Math.log(mean / (1 + mean)));
  });
  return { killed, injured };
}
