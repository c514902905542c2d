/*
 * Where somebody was, through the real program: its owner alone sees coordinates, it leaves after its
 * time, what a case needs stays, and the day is what it was judged. And the dated numbers that say how long.
 * UU 27/2022 art. 7 (access, and the trail), 16 (2) g and 42-44 (erasure), 20 (2) c, e (no consent).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, punch, tryVerb, verb, TODAY, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], worker: Client, boss: Client, officer: Client, bkd: Client, inspector: Client, employee: string;
const place = { lat_e7: -69123457, lon_e7: 1076543219, accuracy_metres: 13 }; /* nowhere else in the demo */
const traces = ['69123457', '1076543219', '6.9123457', '107.6543219'];
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [worker, boss, officer, bkd, inspector] = await Promise.all([employeeLogin(all, 'counter'), loginOf(all, 'supervisor'), loginOf(all, 'agency_officer'), loginOf(all, 'bkd'), loginOf(all, 'inspector')].map(l => server.client().signIn(l)));
  employee = (await worker.get('/api/v1/me')).body.employee;
});
afterAll(() => server.remove());

describe('the numbers of evidence', () => {
  const set = (c: Client, more: object = {}) => c.put('/api/v1/attendance/parameters', { kind: 'confirm_from', value: 70, legal_basis: 'SE contoh', valid_from: '2025-11-14', ...more });
  const number = async (kind: string) => (await worker.get('/api/v1/attendance/parameters')).body.items.find((n: any) => n.kind === kind);

  it('are read by everybody, with bounds, and are examples until somebody says otherwise', async () => {
    const all = (await worker.get('/api/v1/attendance/parameters')).body;
    expect(all.earliest).toBe('2025-11-14');
    expect(all.items.length).toBeGreaterThan(30);
    expect(await number('position_days')).toMatchObject({ value: 45, fallback: 45, lowest: 1, highest: 60 });
    expect(await number('position_days')).not.toHaveProperty('legal_basis');
  });
  it('are set by the personnel board alone, from tomorrow on, within bounds and beside one another', async () => {
    for (const c of [worker, boss, officer, inspector]) expect((await set(c)).status).toBe(403);
    const refused = async (more: object) => { const r = await set(bkd, more); return [r.body.code, r.body.pointer]; };
    expect(await refused({ valid_from: TODAY })).toEqual(['bad_field', '/valid_from']);
    expect(await refused({ value: 1001 })).toEqual(['bad_field', '/value']);
    expect(await refused({ value: 0 })).toEqual(['bad_field', '/value']);
    expect(await refused({ value: 29 })).toEqual(['bad_field', '/value']); /* below sample_from */
    expect(await refused({ kind: 'no_such_number' })).toEqual(['bad_field', '/kind']);
    expect(await refused({ legal_basis: '' })).toEqual(['bad_field', '/legal_basis']);
  });
  it('take effect on their day, are ended by the next, and are never edited', async () => {
    const first = await set(bkd), second = await set(bkd, { value: 80, valid_from: '2025-12-01', verified_by: 'Biro Hukum' });
    expect([first.status, second.status], first.text + second.text).toEqual([200, 200]);
    expect(await number('confirm_from')).toMatchObject({ value: 60, next_value: 70, next_from: '2025-11-14' });
    const { history } = (await worker.get('/api/v1/attendance/parameters?kind=confirm_from')).body;
    expect(history.map((h: any) => [h.value, h.valid_from, h.valid_to, h.verified_by])).toEqual([[80, '2025-12-01', '9999-12-31', 'Biro Hukum'], [70, '2025-11-14', '2025-11-30', '']]);
  });
});

describe('the notice about positions', () => {
  it('is noted once for each version, with the day it was first shown', async () => {
    expect((await worker.get('/api/v1/me/privacy')).body).toEqual({ position_days: 45, holds: [] });
    expect((await worker.put('/api/v1/me/privacy/notice', { version: 1 })).status).toBe(204);
    const first = (await worker.get('/api/v1/me/privacy')).body;
    expect(first).toMatchObject({ shown_version: 1, shown_at: expect.stringMatching(/^2025-11-13T00:2/) });
    expect((await worker.put('/api/v1/me/privacy/notice', { version: 1 })).status).toBe(204);
    expect((await worker.get('/api/v1/me/privacy')).body).toEqual(first);
    expect((await worker.put('/api/v1/me/privacy/notice', { version: 0 })).body.pointer).toBe('/version');
    expect((await boss.get('/api/v1/me/privacy')).body).not.toHaveProperty('shown_version'); /* his own */
  });
});

describe('a position', () => {
  it('is shown to its owner alone; to others a verdict and a distance', async () => {
    const sent = await worker.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:20:30Z'), place)] });
    expect(sent.body.receipts[0].status, sent.text).toBe('accepted');
    const own = (await worker.get('/api/v1/me/punches')).body.items.find((p: any) => p.id === sent.body.receipts[0].punch_id);
    expect(own).toMatchObject({ latitude_e7: place.lat_e7, longitude_e7: place.lon_e7, accuracy_metres: 13, direction: 'in', flags: ['unsigned'] });
    const table = (await worker.get('/api/v1/me/punches?format=csv')).text;
    expect(table).toContain('-69123457');

    const mine = (await worker.get(`/api/v1/attendance/days/${employee}/${TODAY}`)).body.punches.at(-1);
    expect(mine).toMatchObject({ accuracy_metres: 13 });
    const before = (await worker.get('/api/v1/me/accesses')).body.items.length;
    let seen = 0;
    for (const c of [bkd, inspector, officer, boss]) {
      const r = await c.get(`/api/v1/attendance/days/${employee}/${TODAY}`);
      if (r.status !== 200) continue;
      seen++;
      const theirs = r.body.punches.at(-1);
      expect(theirs).toMatchObject({ place: mine.place, distance_bucket: mine.distance_bucket });
      expect(theirs).not.toHaveProperty('accuracy_metres');
      expect(r.text).not.toMatch(/lat_e7|latitude|lon_e7|longitude/);
    }
    expect(seen).toBeGreaterThan(1);
    /* and he reads who looked, by name */
    const after = (await worker.get('/api/v1/me/accesses')).body.items;
    expect(after.length - before).toBe(seen);
    expect(after[0]).toMatchObject({ what: 'day', seen_by: expect.stringMatching(/\w/), position: expect.stringMatching(/\w/) });
    expect((await worker.get('/api/v1/me/accesses?format=csv')).text.split('Rincian hari presensi').length - 1).toBe(after.filter((a: any) => a.what === 'day').length);
  });

  it('is in no list, table, board or dump of anybody else', async () => {
    const routes = verb('routes', '--examples').trim().split('\n').map(line => line.split('\t')).filter(([method, path, , tx]) => method === 'GET' && tx === 'read' && !path!.includes('/me/'));
    const fill = (path: string) => path.replaceAll(/\{employee(?::\w+)?\}/g, employee).replaceAll(/\{\w+(?::\w+)?\}/g, '1');
    let replies = 0;
    for (const c of [bkd, inspector, boss])
      for (const [, path, , , , examplePath] of routes) {
        const r = await c.get(fill(examplePath || path!));
        replies += Number(r.status === 200);
        for (const trace of traces) expect(r.text.includes(trace), `${path} tells ${trace}`).toBe(false);
      }
    expect(replies).toBeGreaterThan(60);
    const dump = verb('dump', '--db', server.db);
    expect(dump).toContain('table attendance_punch');
    expect(dump).not.toMatch(/lat_e7.*punch|sealed_position/);
    for (const trace of traces) expect(dump.includes(trace)).toBe(false);
  }, 120_000);
});

describe('a hold', () => {
  const hold = (c: Client, more: object = {}) => c.post('/api/v1/attendance/holds', { employee, first_day: '2025-11-12', last_day: TODAY, reason: 'Pemeriksaan khusus Inspektorat.', letter: '700/12/2025', ...more });

  it('is set and lifted by a named officer, never about himself, and its person reads it', async () => {
    for (const c of [worker, boss, officer]) expect((await hold(c)).status).toBe(404);
    const self = (await bkd.get('/api/v1/me')).body.employee;
    expect((await hold(bkd, { employee: self })).status).toBe(404);
    expect((await hold(bkd, { last_day: '2025-11-14' })).body.pointer).toBe('/last_day');
    expect((await hold(bkd, { reason: 'ya' })).body.pointer).toBe('/reason');
    const set = await hold(inspector), by = (await inspector.get('/api/v1/me')).body.full_name;
    expect(set.status, set.text).toBe(200);
    expect((await worker.get('/api/v1/me/privacy')).body.holds).toEqual([expect.objectContaining({ id: set.body.id, letter: '700/12/2025', set_by: by, may_lift: false })]);
    expect((await bkd.get('/api/v1/attendance/holds?open=true')).body.items.map((h: any) => h.id)).toContain(set.body.id);
    expect((await bkd.get(`/api/v1/attendance/holds?employee=${self}`)).body.items).toEqual([]);
    expect((await worker.get('/api/v1/attendance/holds')).status).toBe(403);
    const lift = (c: Client) => c.post(`/api/v1/attendance/holds/${set.body.id}/lift`, { reason: 'Pemeriksaan telah selesai.' });
    expect((await lift(worker)).status).toBe(404);
    expect((await lift(bkd)).body).toMatchObject({ lift_reason: 'Pemeriksaan telah selesai.', lifted_by: (await bkd.get('/api/v1/me')).body.full_name });
    expect((await lift(bkd)).status).toBe(409);
    expect((await worker.get('/api/v1/me/privacy')).body.holds[0]).toMatchObject({ lifted_at: expect.any(String) });
  });
});

describe('when its time is over', () => {
  it('is taken out at night, but not what a hold keeps; the day stays what it was, and doctor finds nothing', async () => {
    const nurse = employeeLogin(all, 'teacher'), kept = await server.client().signIn(nurse), keptId = (await kept.get('/api/v1/me')).body.employee;
    await kept.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:21:00Z'), place)] });
    expect((await bkd.post('/api/v1/attendance/holds', { employee: keptId, first_day: TODAY, last_day: TODAY, reason: 'Sengketa di PTUN berjalan.', letter: '183/1/2025' })).status).toBe(200);
    const stays = (day: any) => ({ ...day, punches: day.punches.map(({ accuracy_metres, ...p }: any) => p) });
    const history = (await worker.get('/api/v1/attendance/days')).body;
    expect((await bkd.get('/api/v1/attendance/erasures')).body).toMatchObject({ position_days: 45, items: expect.arrayContaining([expect.objectContaining({ day: TODAY, due_from: '2025-12-29', erased: 0, is_done: false })]) });
    await server.stop();

    /* weeks later, at half past one: nothing is due in the first one, all of it in the second */
    await server.start('--clock', '2025-12-27T03:00+07:00,x1');
    const reader = await server.client().signIn(employeeLogin(all, 'counter'));
    const opened = async (c: Client, path: string) => (await c.get(path)).body;
    const day = stays(await opened(reader, `/api/v1/attendance/days/${employee}/${TODAY}`));
    await server.stop();
    const rebuild = (at: string) => tryVerb('rebuild', '--db', server.db, '--government', 'jabar', '--from', '2025-11-03', '--to', TODAY, '--clock', `${at}+07:00,x0`).status;
    rebuild('2025-12-27T03:10'); /* nobody settled those days while the program was away */
    await server.start('--clock', '2025-12-29T03:00+07:00,x1');
    const [self, other, office] = await Promise.all([employeeLogin(all, 'counter'), nurse, loginOf(all, 'bkd')].map(l => server.client().signIn(l)));
    const night = async () => (await opened(office!, '/api/v1/attendance/erasures')).items.find((n: any) => n.day === TODAY);
    await expect.poll(async () => (await night()).is_done, { timeout: 60_000, interval: 500 }).toBe(true);
    expect(await night()).toMatchObject({ people_held: 1 });
    expect((await night()).erased).toBeGreaterThan(0);

    const mine = (await opened(self!, '/api/v1/me/punches?month=2025-11-01')).items.filter((p: any) => p.day === TODAY);
    expect(mine.length).toBeGreaterThan(0);
    for (const p of mine) {
      expect(p).toMatchObject({ position_erased_at: expect.any(String) });
      expect(p).not.toHaveProperty('latitude_e7');
    }
    const theirs = (await opened(other!, '/api/v1/me/punches?month=2025-11-01')).items.filter((p: any) => p.day === TODAY && p.accuracy_metres === 13);
    expect(theirs).toEqual([expect.objectContaining({ latitude_e7: place.lat_e7 })]);
    expect(stays(await opened(self!, `/api/v1/attendance/days/${employee}/${TODAY}`))).toEqual(day);
    expect((await opened(self!, '/api/v1/attendance/days?month=2025-11-01')).items.map((d: any) => d.place)).toEqual(history.items.map((d: any) => d.place));
    await server.stop();
    const doctor = tryVerb('doctor', '--db', server.db);
    expect([doctor.status, doctor.stdout]).toEqual([0, expect.not.stringContaining('fault')]);
    expect(rebuild('2025-12-29T03:10')).toBe(0);
  }, 180_000);
});
