// The same page in another browser.
import assert from 'node:assert/strict';
import { Firefox } from '../firefox.mjs';

export const stories = {
  'Firefox answers on its CPU path, and follows an address': async (v, { url, note }) => {
    const f = await Firefox.launch();
    try {
      const name = `document.querySelector('#card-0 .name')?.textContent`;
      await f.open(url);
      await f.until(`!!document.getElementById('card-5') && document.activeElement.id === 'q'`);
      const title = await f.evaluate(name), widths = await f.evaluate(`[...document.querySelectorAll('.card')].slice(0, 6).map(e => e.offsetWidth)`);
      assert.ok(widths.every(w => w > 80 && w < 600), `${widths}`);
      await f.type(title);
      await f.until(`document.getElementById('lead').textContent.includes(${JSON.stringify(`“${title}”`)})`);
      assert.equal(await f.evaluate(name), title);
      const meter = await f.evaluate(`document.getElementById('meter').textContent`);
      assert.match(meter, /^[\d.,]+ ms · CPU · /);
      await f.until(`new URLSearchParams(location.search).get('q') === ${JSON.stringify(title)}`);
      await f.evaluate(`document.getElementById('card-0').click()`);
      await f.until(`!!document.getElementById('like-0')`);
      const [address, shown] = await f.evaluate(`[location.href, document.getElementById('detail-name').textContent]`);
      await f.open('about:blank');
      await f.open(address);
      await f.until(`document.getElementById('detail-name')?.textContent === ${JSON.stringify(shown)}`);
      assert.equal(await f.evaluate(`document.getElementById('q').value`), title);
      await f.until(`${name} === ${JSON.stringify(title)}`);
      assert.deepEqual(f.said, [], 'the console is not empty');
      note(`${await f.evaluate('navigator.userAgent')}: ${meter}`);
    } finally {
      await f.close();
    }
  },
};
