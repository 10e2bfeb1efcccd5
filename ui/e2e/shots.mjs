// Pictures of the page: desktop and phone, light and dark, in each state. They are
// WebP, which is a third of the same as PNG; FORMAT=png gives those.
import fs from 'node:fs';
import path from 'node:path';

const screens = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 780 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true },
};

const format = process.env.FORMAT || 'webp';
const query = process.env.QUERY || 'rain';

export async function takeShots(browser, url, dir) {
  fs.mkdirSync(dir, { recursive: true });
  let bytes = 0;
  for (const [screen, options] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark']) {
      const session = async (tell, more = {}) => {
        const v = await browser.visit(`${url}?device=cpu`, { ...options, colorScheme, ...more });
        const client = await v.context.newCDPSession(v.page);
        await tell(v, async state => {
          await v.page.waitForTimeout(1000); // pictures
          await v.page.waitForFunction(() => [...document.querySelectorAll('.tile .wave .all')].slice(0, 8).every(p => new Set(p.getAttribute('d').match(/V[\d.]+/g)).size > 1), null, { timeout: 4000 }).catch(() => {}); // not there without a connection
          const { data } = await client.send('Page.captureScreenshot', { format, ...(format === 'webp' && { quality: 72 }) });
          const picture = Buffer.from(data, 'base64');
          bytes += picture.length;
          fs.writeFileSync(path.join(dir, `${state}-${screen}-${colorScheme}.${format}`), picture);
        });
        await v.close();
      };
      await session(states);
      await session(async (v, shot) => {
        await v.page.route('**/bundle/manifest.json', route => route.fulfill({ status: 404 }));
        await v.page.goto(v.url);
        await v.page.waitForSelector('.note.error');
        await shot('error');
      }, { serviceWorkers: 'block' });
    }
  }
  console.log(`${dir}: ${fs.readdirSync(dir).length} pictures, ${(bytes / 1e6).toFixed(2)} MB`);
}

async function states(v, shot) {
  const detail = async () => {
    await v.card(2).click();
    await v.page.waitForSelector('#like-0');
  };
  await v.open();
  await shot('start');
  await v.ask(query);
  await shot('results');
  await detail();
  await shot('detail');
  await v.page.click('#why');
  await v.page.waitForSelector('.walk .node');
  await v.page.locator('#walk').evaluate(e => { e.parentElement.scrollTop = e.offsetTop - 8; });
  await shot('why');
  await v.page.keyboard.press('Escape');
  await v.page.waitForSelector('#detail', { state: 'detached' });
  await v.ask('parliament');
  await v.page.waitForTimeout(500); // words near it
  await shot('nothing');
  await v.box().press('Escape');
  await v.page.locator('.kind', { hasText: 'Pictures' }).click();
  await v.page.locator('.facet').first().selectOption({ index: 2 });
  await v.page.locator('.facet').first().scrollIntoViewIfNeeded();
  await shot('filters');
  await v.open();
  const ready = () => v.page.waitForFunction(() => /Works offline/.test(document.getElementById('offline').textContent), null, { timeout: 60_000 });
  await ready();
  await v.context.setOffline(true);
  await v.page.reload();
  await v.ask(query);
  await ready();
  await v.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await shot('offline');
}
