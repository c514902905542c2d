/*
 * What a superior sees beside a report (docs/WORK.md, "The daily report"): marks against habit and against the day, the thread of
 * those who have part in it, the task it speaks of, what waits too long below him; and the agreed plan beside the rating.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, type Client, type Login, type Server } from './server';

const DAILY = '/api/v1/reports/daily', XSS = '<script>alert(1)</script>', FORMULA = '=HYPERLINK("https://jahat.example";"buka")';
const item = (more: object = {}) => ({ starts: '08:00', ends: '09:30', description: 'Memverifikasi berkas mutasi', volume: 10, unit_of_measure: 'berkas', reference: '800/17', ...more });
const code = (r: { body: any }) => [r.body.code, r.body.pointer].filter(Boolean).join(' ');

let server: Server, all: Login[], worker: Client, boss: Client, head: Client, officer: Client, other: Client, me: any;
beforeAll(async () => {
  server = await demoServer('--clock', '2025-11-13T14:30+07:00,x1');
  all = logins(server.db);
  [worker, boss, head, officer, other] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'supervisor'), loginOf(all, 'agency_head'), loginOf(all, 'agency_officer'), employeeLogin(all, 'counter')].map(l => server.client().signIn(l))) as [Client, Client, Client, Client, Client];
  me = (await worker.get('/api/v1/me')).body;
});
afterAll(() => server.remove());

const handIn = async (day: string, items: object[]) => {
  const before = (await worker.get(`${DAILY}?day=${day}`)).body, r = await worker.put(DAILY, { day, version: before.version, submit: true, items });
  expect(r.status, r.text).toBe(200);
  return r.body as { report: string; version: number };
};
const rowOf = async (report: string) => (await boss.get('/api/v1/reports/team?state=submitted')).body.items.find((r: any) => r.report === report);

describe('marks', () => {
  let target: string, unit: string;
  it('holds a volume against the median of what was verified before', async () => {
    const plan = (await worker.get(`/api/v1/reports/targets?day=${TODAY}`)).body.items.find((p: any) => p.state === 'agreed'), chosen = plan.targets.at(-1);
    target = chosen.target;
    unit = 'naskah uji'; /* a unit of its own: nothing of the demo is in this habit */
    for (let d = 20; d < 24; d++) {
      const r = await handIn(`2025-10-${d}`, [item({ target_id: target, unit_of_measure: unit, volume: d - 10 })]);
      expect((await boss.post(`${DAILY}/${r.report}/verify`, { version: r.version })).status).toBe(204);
    }
    const four = await handIn('2025-10-27', [item({ target_id: target, unit_of_measure: unit, volume: 90 })]);
    expect((await rowOf(four.report)).remarks).not.toContain('volume_unusual');
    const fifth = await handIn('2025-10-24', [item({ target_id: target, unit_of_measure: unit, volume: 10 })]);
    expect((await boss.post(`${DAILY}/${fifth.report}/verify`, { version: fifth.version })).status).toBe(204);
    expect((await rowOf(four.report)).remarks).toContain('volume_unusual');
    expect((await boss.get(`${DAILY}/${four.report}`)).body.items[0]).toMatchObject({ volume: 90, usual_volume: 11 });
  });
  it('puts what waits with remarks before what waits without', async () => {
    const rows = (await boss.get('/api/v1/reports/team')).body.items, kinds = rows.map((r: any) => r.state !== 'submitted' ? 2 : r.clean ? 1 : 0);
    expect(kinds).toEqual([...kinds].sort());
    expect(kinds).toContain(0);
  });
  it('says that the day asks for no work', async () => {
    const r = await handIn('2025-11-09', [item()]), row = await rowOf(r.report);
    expect(row).toMatchObject({ mismatch: 'no_work', mode: 'off' });
    expect(row.remarks).toContain('mode_mismatch');
  });
  it('leaves in a table in words', async () => {
    const csv = await boss.get('/api/v1/reports/team?state=submitted&format=csv');
    expect(csv.text).toContain('jumlah di luar kebiasaan');
  });
});

describe('the thread', () => {
  let report: string;
  it('is of those who have part in the report alone', async () => {
    report = (await handIn('2025-10-28', [item()])).report;
    expect((await boss.post(`${DAILY}/${report}/notes`, { text: XSS })).status).toBe(204);
    const read = async (c: Client) => (await c.get(`${DAILY}/${report}`)).body;
    expect((await read(worker)).events.at(-1)).toMatchObject({ kind: 'noted', note: XSS });
    expect(await read(worker)).toMatchObject({ notes: 1, may_note: true });
    const seen = await officer.get(`${DAILY}/${report}`);
    if (seen.status === 200) expect(seen.body).toMatchObject({ notes: 0, may_note: false });
    expect(seen.text).not.toContain('alert(1)');
    expect((await officer.post(`${DAILY}/${report}/notes`, { text: 'x' })).status).toBe(404);
    expect((await head.post(`${DAILY}/${report}/notes`, { text: 'x' })).status).toBe(404);
    expect((await other.get(`${DAILY}/${report}`)).status).toBe(404);
  });
  it('counts what one has not seen, until one has', async () => {
    const mine = async (c: Client) => (await c.get('/api/v1/reports/threads')).body.items.find((t: any) => t.report === report);
    expect(await mine(worker)).toMatchObject({ is_own: true, unread: 1, day: '2025-10-28' });
    expect(await mine(boss)).toBeUndefined();
    expect((await worker.post(`${DAILY}/${report}/seen`, { notes: 1 })).status).toBe(204);
    expect(await mine(worker)).toBeUndefined();
    expect((await worker.post(`${DAILY}/${report}/notes`, { text: FORMULA })).status).toBe(204);
    expect(await mine(boss)).toMatchObject({ is_own: false, unread: 1 });
    expect((await boss.get(`${DAILY}/${report}`)).body.events.at(-1).note).toBe(FORMULA);
  });
  it('takes a thousand characters and no more, and no empty note', async () => {
    expect(code(await worker.post(`${DAILY}/${report}/notes`, { text: '' }))).toBe('bad_field /text');
    expect(code(await worker.post(`${DAILY}/${report}/notes`, { text: 'a'.repeat(1001) }))).toBe('bad_field /text');
    expect((await worker.post(`${DAILY}/${report}/notes`, { text: 'a'.repeat(1000) })).status).toBe(204);
  });
});

describe('a task', () => {
  let task: string, report: { report: string; version: number };
  it('is chosen among one’s own, and stands in its thread as the report is now', async () => {
    const sent = await boss.post('/api/v1/tasks', { kind: 'disposition', subject: `Data ${XSS}`, employee: me.employee });
    expect(sent.status, sent.text).toBe(200);
    task = sent.body.task;
    expect((await worker.get('/api/v1/tasks/reportable')).body.items.map((x: any) => x.task)).toContain(task);
    expect((await boss.get('/api/v1/tasks/reportable')).body.items.map((x: any) => x.task)).not.toContain(task);
    report = await handIn(TODAY, [item({ task_id: task, description: `Mengumpulkan ${XSS}` })]);
    expect((await boss.get(`${DAILY}/${report.report}`)).body.items[0].task).toMatchObject({ subject: `Data ${XSS}` });
    expect((await boss.get(`/api/v1/tasks/${task}`)).body.reported).toEqual([expect.objectContaining({ day: TODAY, description: `Mengumpulkan ${XSS}`, volume: 10, state: 'submitted' })]);
  });
  it('of somebody else, or of nobody, is refused at its field', async () => {
    const theirs = (await boss.get('/api/v1/tasks?box=open')).body.items.find((x: any) => x.to_name && x.to_name !== me.full_name && x.task !== task);
    for (const id of [theirs?.task ?? '1', '1']) expect(code(await worker.put(DAILY, { day: '2025-11-01', version: 0, submit: true, items: [item({ task_id: id })] }))).toBe('refused /items/0/task_id');
    expect(code(await worker.put('/api/v1/reports/plan', { day: '2025-11-14', items: [{ description: 'Menyusun tabel', task: '1' }] }))).toBe('refused /items/0/task');
    expect((await worker.put('/api/v1/reports/plan', { day: '2025-11-14', items: [{ description: 'Menyusun tabel', task }] })).body.items[0].task).toBe(task);
  });
  it('that was withdrawn keeps the old reference', async () => {
    const { version } = (await boss.get(`/api/v1/tasks/${task}`)).body.task;
    expect((await boss.post(`/api/v1/tasks/${task}/withdraw`, { version, note: 'Tidak jadi diperlukan' })).status).toBe(200);
    expect((await worker.get('/api/v1/tasks/reportable')).body.items.map((x: any) => x.task)).not.toContain(task);
    expect((await boss.post(`${DAILY}/${report.report}/return`, { version: report.version, reason: 'Mohon lengkapi buktinya' })).status).toBe(204);
    const again = await handIn(TODAY, [item({ task_id: task, evidence_link: 'https://arsip.example/1' })]);
    expect(again.report).toBe(report.report);
    expect((await boss.get(`/api/v1/tasks/${task}`)).body.reported).toHaveLength(1);
    expect(code(await worker.put(DAILY, { day: '2025-11-01', version: 0, submit: true, items: [item({ task_id: task })] }))).toBe('refused /items/0/task_id');
  });
});

describe('what waits', () => {
  it('is a number and a day to who stands above, and no power', async () => {
    const v = (await head.get('/api/v1/reports/waiting')).body;
    expect(v.working_days).toBe(3);
    for (const x of v.items) expect(x).toMatchObject({ reports: expect.any(Number), oldest: expect.stringMatching(/^2025-/) });
    expect(JSON.stringify(v)).not.toContain(me.full_name); /* superiors, not their people */
    expect((await worker.get('/api/v1/reports/waiting')).status).toBe(403);
    expect((await head.get('/api/v1/reports/waiting?format=csv')).status).toBe(200);
  });
});

describe('the plan beside the rating', () => {
  it('shows what verified reports brought in the period, and opens to them', async () => {
    const form = (await boss.get(`/api/v1/reports/rating-form/${me.employee}?day=${TODAY}`)).body, plan = form.plans[0], counted = plan.targets.find((t: any) => t.until > 0);
    expect(plan).toMatchObject({ period: 'annual', first_day: '2025-01-01', last_day: '2025-12-31' });
    expect(counted).toMatchObject({ amount: expect.any(Number), verified: expect.any(Number), progress: expect.any(Number) });
    let sum = 0, cursor = '';
    do {
      const page = (await boss.get(`/api/v1/reports/rating-form/${me.employee}/targets/${counted.target}?day=${TODAY}${cursor && `&cursor=${cursor}`}`)).body;
      for (const f of page.items) if (f.state === 'verified' && f.unit_of_measure.toLowerCase() === counted.unit_of_measure.toLowerCase()) sum += f.volume;
      cursor = page.next ?? '';
    } while (cursor);
    expect(sum).toBe(counted.verified);
    expect((await worker.get(`/api/v1/reports/rating-form/${me.employee}/targets/${counted.target}`)).status).toBe(404);
  });
  it('has cursors that name a row of the list', async () => {
    for (const path of ['rating-team', 'rating-objections']) expect(code(await boss.get(`/api/v1/reports/${path}?cursor=1`)), path).toBe('bad_field /cursor');
    expect((await boss.get('/api/v1/reports/rating-team')).body.next).toBeUndefined();
  });
});
