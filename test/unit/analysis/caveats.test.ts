import { expect } from 'chai';
import { describe, it } from 'mocha';
import { approximate, FEW, fewEvents, modelled, tooImprecise } from '../../../server/analysis/caveats.ts';

const layer = (en: string, nature: 'documented' | 'approximate' | 'modelled') => ({
  ...{ id: 'layer', title: { en, fr: `${en} (fr)` }, nature },
});
const layers = [layer('Attacks', 'documented'), layer('Areas', 'approximate'), layer('Made', 'modelled')];

describe('what must be known with a result', () => {
  it('says which records are modelled and which shapes are approximate, and blurs neither into the other', () => {
    const [made] = modelled(layers);
    expect(made?.code).to.equal('modelled');
    expect(made?.text.en).to.include('(Made)').and.include('no observations');
    expect(made?.text.fr).to.include('(Made (fr))').and.include('pas des observations');
    const [drawn] = approximate(layers);
    expect(drawn?.code).to.equal('approximate');
    expect(drawn?.text.en).to.include('(Areas)').and.not.include('Made');
    const documented = [layer('Attacks', 'documented')];
    expect([...modelled(documented), ...approximate(documented)]).to.deep.equal([]);
  });

  it('counts the records that are left out, and says how well a position had to be known', () => {
    expect(tooImprecise(0, 25_000)).to.deep.equal([]);
    expect(tooImprecise(1, 25_000)[0]?.text.en).to.equal(
      '1 record is left out: the position is not known to within 25 km.',
    );
    expect(tooImprecise(1_200, 500)[0]?.text.en).to.include('1,200 records are').and.include('500 m');
    expect(tooImprecise(2, 25_000)[0]?.text.fr).to.equal(
      '2 fiches sont écartées : la position n’est pas connue à 25\u00a0km près.',
    );
  });

  it('says of few events that they are few, and nothing of enough', () => {
    expect(fewEvents(FEW)).to.deep.equal([]);
    expect(fewEvents(FEW - 1)[0]?.code).to.equal('low-count');
    expect(fewEvents(1)[0]?.text.en).to.include('Only 1 event:');
    expect(fewEvents(2)[0]?.text.fr).to.include('Seulement 2 événements : trop peu');
    expect(fewEvents(0)[0]?.text.en).to.match(/^No event is counted: too few/);
    expect(fewEvents(0)[0]?.text.fr).to.match(/^Aucun événement n’est compté : trop peu/);
  });
});
