/*
 * Working hours over HTTP: Ramadan moved on the eve and on the day itself, the turns of a ward, an assembly,
 * six days, and what is refused with its field (Perpres 21/2023 art. 4 and 7, PermenPANRB 4/2025 art. 17).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, punch, TODAY, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], bkd: Client, home: Client, nurse: Client, head: Client;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [bkd, home, nurse, head] = await Promise.all([loginOf(all, 'bkd'), employeeLogin(all, 'home'), employeeLogin(all, 'nurse'), loginOf(all, 'unit_head')].map(l => server.client().signIn(l))) as [Client, Client, Client, Client];
});
afterAll(() => server.remove());

const me = async (c: Client) => (await c.get('/api/v1/me')).body as { employee: string; unit: { id: string } };
const dayOf = async (c: Client, day: string) => (await c.get(`/api/v1/attendance/days/${(await me(c)).employee}/${day}`)).body;
/* what is folded again waits for its job */
async function until<T>(ask: () => Promise<T>, holds: (x: T) => boolean): Promise<T> {
  for (let n = 0; n < 100; n++) {
    const x = await ask();
    if (holds(x)) return x;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error('it never came');
}

describe('Ramadan', () => {
  const set = (valid_from: string, valid_to: string) => bkd.post('/api/v1/calendar/regimes', { valid_from, valid_to, source: 'Sidang isbat' });

  it('set on the eve reaches the phone at its next contact', async () => {
    const tomorrow = async () => (await home.get('/api/v1/me/today')).body.next_days[0];
    expect(await tomorrow()).toMatchObject({ day: '2025-11-14', starts: '07:30', ends: '16:30' });
    expect((await set('2025-11-15', '2025-12-13')).status).toBe(200);
    expect(await tomorrow()).toMatchObject({ starts: '07:30' });
    expect((await set('2025-11-14', '2025-12-12')).status).toBe(200);
    expect(await tomorrow()).toMatchObject({ starts: '08:00', ends: '15:30' });
    const spans = (await bkd.get('/api/v1/calendar/regimes')).body.items.filter((r: any) => r.valid_from > '2025-11-01');
    expect(spans).toHaveLength(1);
  });

  it('set when people have come judges them again, and the day says so', async () => {
    await home.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:20:30Z'))] });
    expect((await dayOf(home, TODAY)).reasons).not.toContain('rejudged');
    expect((await set(TODAY, '2025-12-11')).status).toBe(200);
    const day = await until(() => dayOf(home, TODAY), d => d.starts === '08:00');
    expect(day.reasons).toContain('rejudged');
    expect(day.explain).toMatchObject({ regime: 'ramadan', shift: { starts: '08:00' }, was: { starts: '07:30', ends: '16:00' } });
    expect(day.explain.changed_at).toBeTruthy();
    /* stored too, when its job is done */
    await until(async () => (await home.get('/api/v1/attendance/days')).body.items.at(-1), r => r.starts === '08:00');
  });

  it('is the board\'s alone', async () => expect((await head.post('/api/v1/calendar/regimes', { valid_from: '2026-02-19', valid_to: '2026-03-20', source: 'x' })).status).toBe(403));
});

describe('the turns of a ward', () => {
  const grid = async () => (await head.get(`/api/v1/calendar/turns?unit=${(await me(head)).unit.id}&month=2026-01-01`)).body;
  const put = async (turns: Record<number, string>, loaded_at?: string) => {
    const row = Array.from({ length: 31 }, (_, i) => turns[i + 1] ?? '');
    return head.put('/api/v1/calendar/turns', { unit: (await me(head)).unit.id, month: '2026-01-01', ...(loaded_at ? { loaded_at } : {}), lines: [{ employee: (await me(nurse)).employee, turns: row }] });
  };

  it('are set by its head and seen by the nurse', async () => {
    const before = await grid();
    expect(before.kinds.map((k: any) => k.code)).toEqual(['P', 'S', 'M', 'L']);
    expect((await put({ 5: 'P+M', 6: 'L', 7: 'S' }, before.loaded_at)).status).toBe(204);
    const days = (await nurse.get('/api/v1/me/roster?from=2026-01-05&days=3')).body.items;
    expect(days.map((d: any) => [d.turn, d.starts, d.ends])).toEqual([['Sif pagi', '07:00', '31:15'], ['Lepas jaga', undefined, undefined], ['Sif sore', '14:00', '21:00']]);
    const line = (await grid()).lines.find((l: any) => l.turns[4] === 'P+M');
    expect(line.turns.slice(4, 7)).toEqual(['P+M', 'L', 'S']);
    expect((await put({ 8: 'P' }, before.loaded_at)).body).toMatchObject({ code: 'stale', pointer: '/lines/0/turns/4' });
  });

  it.each([
    [{ 10: 'X' }, '/lines/0/turns/9', 'the unit has no such turn on that day'],
    [{ 10: 'S+M' }, '/lines/0/turns/9', 'the two turns overlap'],
    [{ 10: 'M', 11: 'P' }, '/lines/0/turns/10', 'runs into the turn of the day before'],
  ])('refuse %j where it stands', async (turns, pointer, reason) => expect((await put(turns)).body).toMatchObject({ code: 'bad_field', pointer, reason }));

  it('are not somebody else\'s to set', async () => {
    const unit = (await me(head)).unit.id;
    expect((await home.put('/api/v1/calendar/turns', { unit, month: '2026-01-01', lines: [] })).status).toBe(404);
    expect((await head.put('/api/v1/calendar/turns', { unit, month: '2026-01-01', lines: [{ employee: (await me(home)).employee, turns: Array.from({ length: 31 }, (_, i) => i ? '' : 'P') }] })).body).toMatchObject({ reason: 'not of this unit on that day' });
  });
});

describe('a pattern', () => {
  const six = { code: 'UJI6', name: 'Enam hari', legal_basis: 'Perpres 21/2023 Pasal 7', cycle_days: 7, works_holidays: false, valid_from: TODAY };
  const days = [0, 1, 2, 3, 4, 5].map(cycle_day => ({ regime: 'normal', cycle_day, starts: '07:00', ends: '14:00' }));

  it('without hours is refused, with the reason', async () => expect((await bkd.post('/api/v1/calendar/patterns', { ...six, days: [] })).body).toMatchObject({ code: 'bad_field', pointer: '/days', reason: 'a pattern needs hours on at least one day' }));

  it('given to a unit holds from its day on, and is ended with its assignment first', async () => {
    const pattern = (await bkd.post('/api/v1/calendar/patterns', { ...six, days })).body.id, { employee, unit } = await me(home);
    const given = await bkd.post('/api/v1/calendar/assignments', { pattern, unit: unit.id, valid_from: '2025-11-22' });
    expect(given.status).toBe(200);
    const saturday = async (day: string) => (await home.get(`/api/v1/me/roster?from=${day}&days=1`)).body.items[0].mode;
    expect(await saturday('2025-11-15')).toBe('off');
    expect(await saturday('2025-11-22')).not.toBe('off');
    expect((await bkd.post(`/api/v1/calendar/patterns/${pattern}/end`, { last_day: '2025-12-31' })).body).toMatchObject({ code: 'conflict' });
    expect((await bkd.post(`/api/v1/calendar/assignments/${given.body.id}/end`, { last_day: '2025-11-28' })).status).toBe(204);
    expect(await saturday('2025-11-29')).toBe('off');
    expect((await bkd.post(`/api/v1/calendar/patterns/${pattern}/end`, { last_day: '2025-12-31' })).status).toBe(204);
    /* nobody sets his own hours */
    expect((await bkd.post('/api/v1/calendar/assignments', { pattern, employee: (await me(bkd)).employee, valid_from: '2025-11-22' })).status).toBe(404);
    expect((await bkd.post('/api/v1/calendar/assignments', { pattern, employee, valid_from: '2025-11-22' })).status).toBe(200);
  });
});

describe('an assembly', () => {
  it('is told to those it calls, judged beside the day, counted, and called off with a reason', async () => {
    const { unit } = await me(home);
    const made = await bkd.post('/api/v1/calendar/events', { name: 'Upacara', place: 'Halaman', letter: '005/9/2025', day: TODAY, opens: '06:00', starts: '07:25', closes: '08:00', excuses_shift: true, excuses_home: false, excuses_off: true, units: [unit.id] });
    expect(made.status).toBe(200);
    const today = await until(async () => (await home.get('/api/v1/me/today')).body, d => d.event === 'present');
    expect(today.assembly).toMatchObject({ name: 'Upacara', starts: '07:25', place: 'Halaman' });
    const count = await until(async () => (await bkd.get(`/api/v1/attendance/events/${made.body.id}`)).body, c => c.verdicts.some((v: any) => v.verdict === 'present'));
    expect(count.called).toBeGreaterThan(0);
    expect((await bkd.post(`/api/v1/calendar/events/${made.body.id}/end`, { reason: 'Hujan lebat' })).status).toBe(204);
    expect((await home.get('/api/v1/me/today')).body.assembly).toBeUndefined();
  });
});

it('takes turns from a sheet, and names the cell that is wrong', async () => {
  const nip = (await nurse.get('/api/v1/me')).body.nip;
  const send = async (row: string, dry_run: boolean) => {
    const sha256 = (await bkd.post('/api/v1/files', `nip;nama;2026-01-19;2026-01-20\r\n${nip};x;${row}\r\n`, { 'content-type': 'text/csv' })).body.sha256;
    const { import: id } = (await bkd.post('/api/v1/imports', { kind: 'turns', sha256, file_name: 'sif.csv', effective: TODAY, dry_run })).body;
    const end = await until(async () => (await bkd.get(`/api/v1/imports/${id}`)).body, i => i.state !== 'waiting');
    return { end, errors: (await bkd.get(`/api/v1/imports/${id}/errors`)).body.items };
  };
  expect((await send('Q;L', true)).errors).toMatchObject([{ line: 2, reason: 'unknown_turn', value: 'Q' }]);
  expect((await send('M;P', true)).errors).toMatchObject([{ line: 2, reason: 'night_overlaps' }]);
  expect((await send('M;L', false)).end).toMatchObject({ state: 'applied', updated: 1 });
  expect((await nurse.get('/api/v1/me/roster?from=2026-01-19&days=1')).body.items[0]).toMatchObject({ turn: 'Sif malam', starts: '20:45', ends: '31:15' });
  expect((await send('M;L', true)).end).toMatchObject({ unchanged: 1, updated: 0 });
});
