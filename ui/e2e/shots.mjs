// Pictures of the page: desktop and phone, light and dark, in each state.
import fs from 'node:fs';
import path from 'node:path';

const screens = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

export async function takeShots(browser, url, dir) {
  fs.mkdirSync(dir, { recursive: true });
  for (const [screen, options] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark']) {
      const v = await browser.visit(url, { ...options, colorScheme });
      const shot = async state => {
        await v.page.waitForTimeout(900); // pictures, wave forms
        const file = path.join(dir, `${screen}-${colorScheme}-${state}.png`);
        await v.page.screenshot({ path: file });
        console.log(file);
      };
      await v.open();
      await shot('collection');
      const query = process.env.QUERY || await v.name(0);
      await v.ask(query);
      await shot('results');
      await v.card(0).click();
      await v.page.waitForSelector('#like-0');
      await shot('detail');
      await v.page.click('#why');
      await v.page.waitForSelector('.walk .node');
      await v.page.locator('#why-name').scrollIntoViewIfNeeded();
      await v.page.locator('#walk').evaluate(e => { e.parentElement.scrollTop = e.offsetTop - 8; });
      await shot('why');
      await v.page.keyboard.press('Escape');
      await v.ask('qwzx vrumpf');
      if (await v.page.locator('#nearest').count()) {
        await shot('nothing');
        await v.page.click('#nearest');
        await v.card(0).waitFor();
        await shot('nearest');
      }
      await v.box().press('Escape');
      await v.page.locator('.facet').first().selectOption({ index: 2 });
      await v.page.waitForTimeout(300);
      await shot('filtered');
      await v.page.locator('.facet').first().selectOption('');
      await v.ask(query);
      const play = v.page.locator('.card .play').first();
      if (await play.count()) {
        await play.click();
        await v.page.waitForSelector('.dock');
        await shot('playing');
      }
      if (screen === 'desktop') {
        await v.open(`${url}?lang=ja&q=${encodeURIComponent(query)}`);
        await shot('japanese');
      }
      await v.close();
    }
  }
}
