import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { serverUrl } from '../support/browser.ts';
import { PREFIX } from '../support/cluster.ts';
import { type Firefox, hasFirefox, startFirefox } from '../support/firefox.ts';
import { until } from '../support/process.ts';

const PICTURES = process.env.PICTURES;
const VIEW = 'layers=places,countries,control_areas,attacks_modelled&time=2022-01-01/2022-12-31&lang=fr';

/** Debian's Firefox has WebGL only where the system draws it by software: both ways are right. */
describe('the page in Firefox', function suite() {
  this.timeout(120_000);
  let firefox: Firefox | undefined;
  let folder: string;
  before(async function start() {
    if (!hasFirefox()) {
      console.log('      there is no Firefox: apt-get install firefox-esr');
      this.skip();
    }
    folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-printed-`));
    firefox = await startFirefox();
  });
  after(async () => {
    await firefox?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** What the sheets say, by poppler's programs. */
  function read(pdf: Buffer, name: string): string {
    const file = path.join(folder, `${name}.pdf`);
    writeFileSync(file, pdf);
    const { stdout, error } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    if (error) throw error;
    return stdout.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
  }

  function sheetsOf(name: string): number {
    const { stdout } = spawnSync('pdfinfo', [path.join(folder, `${name}.pdf`)], { encoding: 'utf8' });
    return Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1]);
  }

  it('draws the map, or says why not and shows the server’s picture with its counts, in French', async () => {
    const { evaluate, goto } = firefox as Firefox;
    await goto(`${await serverUrl()}/#${VIEW}`);
    let drawn = '';
    await until('there is a map or a picture of it', async () => {
      drawn = await evaluate<string>(`document.querySelector('.mapless .first-picture svg') ? 'picture'
        : document.querySelector('.maplibregl-canvas') && document.querySelector('main[aria-busy=false]') ? 'map' : ''`);
      return drawn !== '';
    });
    const text = await evaluate<string>("document.querySelector('#app').innerText");
    if (drawn === 'picture') {
      expect(text).to.include('Ce navigateur ne peut pas dessiner la carte interactive');
      expect(text).to.match(/Attaques \(modélisées\)[\s\S]*\d/);
      const [width, shapes] = await evaluate<[number, number]>(
        "[document.querySelector('.mapless svg').getBoundingClientRect().width, document.querySelectorAll('.mapless svg path').length]",
      );
      expect(width).to.be.greaterThan(400);
      expect(shapes).to.be.greaterThan(5);
    }
    expect(await evaluate('document.querySelectorAll(".fatal").length')).to.equal(0);
    expect(await evaluate('document.querySelectorAll("#first-view").length')).to.equal(0);
  });

  it('prints a sheet with the map or its picture, the dates, the legend, the caveat and the sources', async () => {
    const { print, screenshot } = firefox as Firefox;
    const text = read(await print(), 'page');
    const picture = await screenshot();
    expect(picture.subarray(1, 4).toString('latin1')).to.equal('PNG');
    if (PICTURES) writeFileSync(path.join(PICTURES, 'firefox.png'), picture);
    for (const said of [
      'Azalai',
      '2022',
      'Attaques (modélisées)',
      'Zones de contrôle',
      'Sources',
      'CMA',
      'approximati',
    ])
      expect(text).to.include(said);
    for (const pressed of ['Poser une question', 'Ajouter', 'Lieu, coordonnées'])
      expect(text, 'what one presses').to.not.include(pressed);
    // A column as narrow as a letter would make ten sheets of it.
    expect(sheetsOf('page')).to.be.at.most(4);
  });

  it('lays out a sheet of A4 for a link, with the words of the map where it cannot be drawn', async () => {
    const { evaluate, goto, print } = firefox as Firefox;
    await goto(`${await serverUrl()}/print.html#map=5/16/-2&${VIEW}&paper=a4`);
    let state = '';
    await until('the sheet is laid out', async () => {
      const { dataset } = await evaluate<{ dataset: Record<string, string> }>(
        '({ dataset: { ...document.documentElement.dataset } })',
      );
      state = dataset.failed ?? (dataset.ready ? 'ready' : '');
      return state !== '';
    });
    expect(state).to.equal('ready');
    const text = read(await print(), 'sheet');
    for (const said of ['Azalai', '2022', 'Attaques (modélisées)', 'modélisé', 'CMA', 'SOURCES', 'WGS 84'])
      expect(text).to.include(said);
    expect(sheetsOf('sheet')).to.equal(1);
  });
});
