/*
 * Live performance through the real program: what a report brings moves the figures of its unit, of all above it and of
 * the government in the moment it is handed in, returned or verified; work that piles up is told to whoever watches.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, demoServer, employeeLogin, loginOf, logins, punch, TODAY, verb, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], bkd: Client, worker: Client, boss: Client, me: any, head: any;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  me = (await worker.get('/api/v1/me')).body;
  head = (await boss.get('/api/v1/me')).body;
});
afterAll(() => server.remove());

const ok = (r: any) => { expect(r.status, r.text).toBeLessThan(300); return r.body; };
const figures = async (unit?: string, c = bkd) => ok(await c.get(`/api/v1/monitor/performance${unit ? `?unit=${unit}` : ''}`));
/** The output of the unit, of its agency and of the government in one unit of measure. */
const everywhere = async (measure: string) => Promise.all([me.unit.id, me.unit.agency, undefined].map(async u => {
  const p = await figures(u), o = p.output.find((x: any) => x.unit_of_measure === measure) ?? { handed_in: 0, verified: 0, handed_in_today: 0, verified_today: 0 };
  return { filed: p.total.report_filed, waiting: p.total.waiting, handed_in: o.handed_in, verified: o.verified, handed_in_today: o.handed_in_today, verified_today: o.verified_today };
}));
type Figures = Awaited<ReturnType<typeof everywhere>>;
const moved = (before: Figures, now: Figures) => now.map((n, i) => Object.fromEntries(Object.entries(n).map(([k, v]) => [k, v - before[i]![k as keyof typeof n]])));

const sum = (list: any[]) => list.reduce((n, x) => n + x.amount, 0);
/** The facts behind a figure, all pages of them. */
async function facts(query: string, unit?: string, c = bkd) {
  const path = `/api/v1/monitor/performance/facts?${query}${unit ? `&unit=${unit}` : ''}`, first = ok(await c.get(path)), items = [...first.items];
  for (let next = first.next; next;) {
    const page = ok(await c.get(`${path}&cursor=${next}`));
    items.push(...page.items);
    next = page.next;
  }
  return { ...first, items };
}

/** Hears a stream until something fits; fails after ten seconds. */
async function hear(path: string, c: Client, fits: (board: any) => boolean, then: () => Promise<unknown>): Promise<void> {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(new Error('nothing was heard')), 10_000);
  try {
    const r = await fetch(server.url + path, { headers: { cookie: c.cookie }, signal: stop.signal });
    expect(r.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = r.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '', isFirst = true;
    for (;;) {
      text += (await reader.read()).value ?? '';
      for (let m; (m = /event: board\ndata: (.*)\n\n/.exec(text)); text = text.slice(m.index + m[0].length)) {
        if (isFirst) { isFirst = false; await then(); }
        else if (fits(JSON.parse(m[1]!))) return;
      }
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

describe('the figures', () => {
  it('of the agencies add up to those of the government', async () => {
    const p = await figures();
    expect(p.units).toHaveLength(42);
    for (const key of ['report_due', 'report_filed', 'report_verified', 'report_returned', 'waiting', 'open_tasks', 'overdue_tasks'])
      expect(p.units.reduce((n: number, u: any) => n + u[key], 0), key).toBe(p.total[key]);
    expect(p.total.waiting).toBeGreaterThan(0);
    expect(p.total.oldest_waiting).toBe(p.units.map((u: any) => u.oldest_waiting).filter(Boolean).sort()[0]);
    expect(p.output.length).toBeGreaterThan(3);
    expect([p.worked, p.working_days]).toEqual([9, 20]); /* November 2025 */
    const until = (planned: number, days: number) => Math.floor((2 * planned * days + 20) / 40);
    for (const o of p.output) expect([o.planned_to_date, o.planned_today]).toEqual([until(o.planned, 9), until(o.planned, 9) - until(o.planned, 8)]);
    expect([p.works, p.output_left_out]).toEqual([true, 0]);
  });
  it('stand beside the presence of the day', async () => {
    for (const unit of [me.unit.id, me.unit.agency]) {
      const p = await figures(unit), board = ok(await bkd.get(`/api/v1/monitor/board/${unit}`));
      expect(p.presence).toEqual(board.total);
      expect(p.total).toMatchObject({ expected: board.total.expected, present: board.total.present });
    }
    expect((await figures()).units.reduce((n: number, u: any) => n + u.present, 0)).toBe((await figures()).presence.present);
  });
  it('follow a report through handing in, returning and verifying, at its unit and all above', async () => {
    const target = (await worker.get(`/api/v1/reports/targets?day=${TODAY}`)).body.items.find((p: any) => p.state === 'agreed').targets[0], measure = target.measures[0].unit_of_measure;
    const before = await everywhere(measure);
    const item = { starts: '08:00', ends: '10:00', description: 'Menyelesaikan berkas bulan ini', volume: 7, unit_of_measure: measure, target_id: target.target };
    const send = async () => ok(await worker.put('/api/v1/reports/daily', { day: TODAY, version: (await worker.get('/api/v1/reports/daily')).body.version, submit: true, items: [item] }));
    const report = await send(), all3 = (x: object) => [x, x, x];
    expect(moved(before, await everywhere(measure))).toEqual(all3({ filed: 1, waiting: 1, handed_in: 7, verified: 0, handed_in_today: 7, verified_today: 0 }));
    ok(await boss.post(`/api/v1/reports/daily/${report.report}/return`, { version: report.version, reason: 'Sebutkan nomor berkasnya.' }));
    expect(moved(before, await everywhere(measure))).toEqual(all3({ filed: 1, waiting: 0, handed_in: 0, verified: 0, handed_in_today: 0, verified_today: 0 }));
    const again = await send();
    ok(await boss.post('/api/v1/reports/verifications', { items: [{ report: again.report, version: again.version }] }));
    expect(moved(before, await everywhere(measure))).toEqual(all3({ filed: 1, waiting: 0, handed_in: 7, verified: 7, handed_in_today: 7, verified_today: 7 }));
    expect((await figures(me.unit.id)).total.wait_tenths).toBeGreaterThanOrEqual(0);
  });
  it('are told to whoever watches the unit, an agency or the government when work piles up', async () => {
    const before = (await figures(me.unit.agency)).total.open_tasks;
    const send = (n: number) => async () => ok(await boss.post('/api/v1/tasks', { kind: 'assignment', subject: `Rekap ${n}`, employee: me.employee, due: '2025-11-20' }));
    await hear(`/api/v1/monitor/performance/events?unit=${me.unit.agency}`, bkd, p => p.total.open_tasks === before + 1, send(1));
    const whole = (await figures()).total.open_tasks;
    await hear('/api/v1/monitor/performance/events', bkd, p => p.total.open_tasks === whole + 1 && p.units.find((u: any) => u.unit === me.unit.agency).open_tasks === before + 2, send(2));
  });
  it('and who comes in is seen beside the work at once', async () => {
    const before = (await figures(me.unit.id)).presence.present, at = new Date((await worker.get('/api/v1/demo')).body.now);
    const started = Date.now();
    await hear(`/api/v1/monitor/performance/events?unit=${me.unit.id}`, bkd, p => p.presence.present === before + 1 && p.total.present === before + 1, async () => ok(await worker.post('/api/v1/attendance/punches', { events: [punch('in', at)] })));
    expect(Date.now() - started).toBeLessThan(5000); /* also on a busy machine; alone it is one second */
  });
  it('are shown to heads of their units and to nobody else', async () => {
    expect((await worker.get('/api/v1/monitor/performance')).status).toBe(403);
    expect((await worker.get(`/api/v1/monitor/performance?unit=${me.unit.id}`)).status).toBe(404);
    const chief = await server.client().signIn(loginOf(all, 'agency_head')), own = (await chief.get('/api/v1/me')).body.unit.agency;
    expect((await figures(own, chief)).total.unit).toBe(own);
    expect((await chief.get('/api/v1/monitor/performance')).status).not.toBe(200);
    const other = (await figures()).units.find((u: any) => u.unit !== own).unit;
    expect((await chief.get(`/api/v1/monitor/performance?unit=${other}`)).status).toBe(404);
    expect((await bkd.get('/api/v1/monitor/performance?unit=1')).status).toBe(404);
    const text = JSON.stringify(await figures(me.unit.id));
    for (const name of [me.full_name, head.full_name]) expect(text).not.toContain(name);
  });
  it('open to their facts: of units to everybody who sees the board, of persons along one\'s own line', async () => {
    const chief = await server.client().signIn(loginOf(all, 'agency_head')), other = await server.client().signIn(employeeLogin(all, 'counter'));
    expect((await chief.get('/api/v1/me')).body.unit.agency).toBe(me.unit.agency);
    const draft = (await worker.get('/api/v1/reports/daily')).body, items = [{ starts: '08:00', ends: '09:00', description: 'Memeriksa berkas', volume: 1, unit_of_measure: 'berkas' }];
    if (draft.state !== 'submitted' && draft.state !== 'verified') ok(await worker.put('/api/v1/reports/daily', { day: TODAY, version: draft.version, submit: true, items }));
    const p = await figures(me.unit.id), report = (await worker.get('/api/v1/reports/daily')).body.report;
    const kinds: [string, number?][] = [['of=decided'], ...['report_due', 'report_filed', 'report_verified', 'report_returned', 'waiting', 'open_tasks', 'overdue_tasks'].map(k => [`of=${k}`, p.total[k]] as [string, number?]),
      ...p.output.map((o: any) => [`of=output&unit_of_measure=${encodeURIComponent(o.unit_of_measure)}`, o.handed_in] as [string, number?])];
    for (const [query, figure] of kinds) for (const [c, named] of [[bkd, false], [chief, true]] as const) {
      const f = await facts(query, me.unit.id, c);
      expect([f.amount, f.by_person], query).toEqual([figure ?? f.amount, named]);
      expect(sum(f.items) + sum(f.units), `${query} by ${named ? 'person' : 'day'}`).toBe(f.amount);
      if (!named) for (const i of f.items) expect(Object.keys(i).filter(k => !['day', 'since', 'amount'].includes(k)), query).toEqual([]);
    }
    const mine = (await facts('of=report_filed', me.unit.id, chief)).items.find((i: any) => i.employee === me.employee);
    expect(mine).toMatchObject({ name: me.full_name, day: TODAY, since: TODAY, report, amount: 1 });
    expect((await chief.get(`/api/v1/reports/daily/${report}`)).body.day).toBe(TODAY);
    const task = (await facts('of=open_tasks', me.unit.id, chief)).items.find((i: any) => i.subject === 'Rekap 1');
    expect(task).toMatchObject({ employee: me.employee, name: me.full_name, day: '2025-11-20', task_state: 'sent' });
    expect((await chief.get(`/api/v1/tasks/${task.task}`)).status).toBe(200);
    expect((await facts('of=report_due', me.unit.id, chief)).items.some((i: any) => i.report_state === 'none' && !i.report && !i.since)).toBe(true);
    execFileSync(BIN, ['role', 'grant', employeeLogin(all, 'counter').nip, 'agency_head', '--letter', '131.32/1/2025', '--from', '2025-01-02', '--government', 'jabar', '--db', server.db]);
    const whole = await facts('of=waiting', undefined, other);
    expect(whole).toEqual(await facts('of=waiting'));
    expect([whole.items.length, sum(whole.units)]).toEqual([0, whole.amount]);
    expect((await facts('of=report_filed', me.unit.id, other)).items.some((i: any) => i.name === me.full_name)).toBe(true);
  });
  it('say which part of a question about facts is wrong, and are nobody else\'s', async () => {
    const ask = async (query: string, c = bkd) => { const r = await c.get(`/api/v1/monitor/performance/facts?${query}`); return [r.status, r.body.pointer]; };
    expect(await ask(`unit=${me.unit.id}&of=output`)).toEqual([400, '/unit_of_measure']);
    expect(await ask(`unit=${me.unit.id}&of=waiting&unit_of_measure=berkas`)).toEqual([400, '/unit_of_measure']);
    expect(await ask(`unit=${me.unit.id}&of=waiting&cursor=abc`)).toEqual([400, '/cursor']);
    expect((await ask(`unit=${me.unit.id}&of=names`))[0]).toBe(400);
    expect((await ask('unit=1&of=waiting'))[0]).toBe(404);
    expect((await ask('of=waiting', worker))[0]).toBe(403);
    expect((await ask(`unit=${me.unit.id}&of=waiting`, worker))[0]).toBe(404);
    const chief = await server.client().signIn(loginOf(all, 'agency_head')), strange = (await figures()).units.find((u: any) => u.unit !== me.unit.agency).unit;
    expect((await ask(`unit=${strange}&of=waiting`, chief))[0]).toBe(404);
  });
  it('agree with the facts afterwards', async () => {
    await server.stop();
    expect(verb('doctor', '--db', server.db)).not.toContain('fault');
  });
});
