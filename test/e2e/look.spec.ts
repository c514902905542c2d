import { test, expect } from './app';
import { loginOf } from './app';
import { fakeCamera } from './camera';
const OUT = '/tmp/office_look';
test.setTimeout(120000);
for (const kind of ['display', 'kiosk'] as const) test(`look ${kind}`, async ({ page, app }) => {
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const unit = (await bkd.get('/api/v1/org/units')).body.items[0].id;
  await fakeCamera(page);
  const { code } = (await bkd.post('/api/v1/attendance/stations', { unit, kind, name: kind === 'kiosk' ? 'Gerbang utama' : 'Lobi utama' })).body;
  await page.setViewportSize({ width: 412, height: 800 });
  await app.open('/kios/');
  await page.screenshot({ path: `${OUT}/start-${kind}.png` });
  await page.getByLabel('Pemerintah daerah').selectOption('jabar');
  await page.getByLabel('Kode sekali pakai').fill(code);
  await page.getByRole('button', { name: 'Hubungkan' }).click();
  await expect(page.getByRole('button', { name: kind === 'kiosk' ? 'NIP dan PIN' : 'Gelap' })).toBeVisible();
  await page.waitForTimeout(1500);
  for (const [n, w, h] of [['wide', 1920, 1080], ['tablet', 800, 1280], ['land', 1280, 800], ['phone', 360, 740]] as const) for (const theme of ['light', 'dark']) {
    await page.setViewportSize({ width: w, height: h });
    await page.evaluate(t => { document.documentElement.dataset.theme = t; }, theme);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${OUT}/${kind}-${n}-${theme}.png` });
  }
});
