/*
 * Leave and duty through the real program: told twice from a phone, it waits and makes nobody absent, the
 * supervisor of that day decides, and roster, day and board follow; a document of health is for the few.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, employeeWho, loginOf, logins, TODAY, uuid7, type Client, type Login, type Server } from './server';
import { png } from './picture';

let server: Server, all: Login[], bkd: Client;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
});
afterAll(() => server.remove());

const told = (p: object = {}) => ({ id: uuid7(Date.UTC(2025, 10, 12, 23)), kind: 'sick_leave', from: TODAY, to: TODAY, made_at: '2025-11-12T23:00:00.000Z', ...p });
const day = async (c: Client, employee: string, on = TODAY) => (await c.get(`/api/v1/attendance/days/${employee}/${on}`)).body;
/** Who answers for him today, signed in. */
async function superiorOf(employee: string): Promise<Client> {
  const boss = (await bkd.get(`/api/v1/org/employees/${employee}`)).body.superiors.find((s: any) => s.relation === 'supervisor');
  const word = boss.full_name.split(',')[0].split(' ').at(-1);
  const found = (await bkd.get(`/api/v1/org/employees?query=${encodeURIComponent(word)}`)).body.items.find((p: any) => p.id === boss.employee);
  return server.client().signIn({ role: 'supervisor', government: 'jabar', nip: found.nip, password: all[0]!.password });
}

describe('a notice', () => {
  let owner: Client, boss: Client, employee: string, notice: string;
  beforeAll(async () => {
    const who = await employeeWho(server, all, d => d.state === 'expected' && d.starts === '07:30' && d.mode === 'office');
    employee = who.employee;
    owner = await server.client().signIn(who.login);
    boss = await superiorOf(employee);
  });

  it('sent twice from an outbox is told once, also under another key', async () => {
    const body = told({ reason: 'Demam' });
    const first = await owner.post('/api/v1/org/notices', body, { 'idempotency-key': body.id });
    expect(first.status, first.text).toBe(200);
    expect(first.body).toMatchObject({ state: 'waiting', decider: 'supervisor', document_due: '2025-11-18' });
    notice = first.body.notice;
    expect((await owner.post('/api/v1/org/notices', body, { 'idempotency-key': body.id })).body.notice).toBe(notice);
    expect((await owner.post('/api/v1/org/notices', body)).body.notice).toBe(notice);
    expect((await owner.get('/api/v1/me/notices')).body.items.filter((n: any) => n.from === TODAY)).toHaveLength(1);
  });
  it('waits: the day says so and is nobody\'s absence', async () => {
    expect((await day(owner, employee)).reasons).toContain('notice');
  });
  it('overlapping another is refused with field and remedy', async () => {
    const again = await owner.post('/api/v1/org/notices', told({ kind: 'permit', reason: 'Mengurus akta' }));
    expect([again.status, again.body.pointer]).toEqual([409, '/to']);
    expect(again.body.reason).toMatch(/withdraw it first/);
  });
  it('is nothing its owner decides, and the supervisor reads no more than he needs', async () => {
    expect((await owner.post(`/api/v1/org/notices/${notice}/accept`, { version: 1 })).status).toBe(404);
    const seen = (await boss.get(`/api/v1/org/notices/${notice}`));
    expect(seen.body.notice).toMatchObject({ kind: 'sick_or_permit', masked: true, may_decide: true });
    expect(seen.text).not.toMatch(/Demam|sick_leave|Cuti sakit/);
    expect((await bkd.get(`/api/v1/org/notices/${notice}`)).body.notice).toMatchObject({ kind: 'sick_leave', reason: 'Demam' });
  });
  it('accepted moves day, explanation and board in the same moment', async () => {
    const before = (await bkd.get('/api/v1/monitor/board')).body.total;
    const r = await boss.post(`/api/v1/org/notices/${notice}/accept`, { version: 1, reason: 'Lekas sembuh' });
    expect(r.status, r.text).toBe(204);
    expect(await day(owner, employee)).toMatchObject({ mode: 'leave', state: 'leave', explain: { status: { kind: 'sick_leave' } } });
    expect((await day(boss, employee)).explain.status.kind).toBe('sick_or_permit');
    const after = (await bkd.get('/api/v1/monitor/board')).body.total;
    expect([after.on_leave - before.on_leave, after.expected - before.expected]).toEqual([1, -1]);
    expect((await boss.post(`/api/v1/org/notices/${notice}/refuse`, { version: 2, reason: 'Berubah pikiran' })).status).toBe(409);
  });
  it('has its document read by its owner and the named officer alone', async () => {
    const file = (await owner.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' })).body.sha256;
    expect((await boss.get(`/api/v1/files/${file}`)).status).toBe(200);
    const text = (await owner.post('/api/v1/files', Buffer.from('Saya sakit.\n'), { 'content-type': 'application/octet-stream' })).body.sha256;
    const refused = await owner.post(`/api/v1/org/notices/${notice}/document`, { document_sha256: text, document_name: 'surat dokter.pdf' });
    expect([refused.status, refused.body.pointer]).toEqual([400, '/document_sha256']);
    expect((await owner.post(`/api/v1/org/notices/${notice}/document`, { document_sha256: file, document_name: 'surat dokter.png' })).status).toBe(204);
    expect((await boss.get(`/api/v1/files/${file}`)).status).toBe(404);
    expect((await owner.get(`/api/v1/files/${file}`)).status).toBe(200);
    expect((await bkd.get(`/api/v1/files/${file}`)).status).toBe(200);
    expect((await boss.get(`/api/v1/org/notices/${notice}`)).body.notice.has_document).toBe(true);
  });
});

describe('what nobody decided', () => {
  it('waits the next morning, when everybody else unseen is absent', async () => {
    const own = await demoServer();
    try {
      const first = await own.client().signIn(loginOf(all, 'bkd')), people = [] as { login: Login; employee: string }[];
      for (const agency of (await first.get('/api/v1/org/units')).body.items) {
        for (const p of (await first.get(`/api/v1/org/units/${agency.id}/employees?limit=200`)).body.items) {
          const d = people.length < 2 && p.account === 'active' ? await day(first, p.id) : undefined;
          if (d?.state === 'expected' && d.mode === 'office' && d.starts === '07:30') people.push({ employee: p.id, login: { role: 'employee', government: 'jabar', nip: p.nip, password: all[0]!.password } });
        }
        if (people.length === 2) break;
      }
      const [ill, silent] = people as [typeof people[0], typeof people[0]];
      const c = await own.client().signIn(ill!.login);
      expect((await c.post('/api/v1/org/notices', told())).status).toBe(200);
      await own.stop();
      await own.start('--clock', '2025-11-14T06:30+07:00,x1');
      const later = await own.client().signIn(loginOf(all, 'bkd'));
      await expect.poll(async () => (await day(later, silent!.employee)).state, { timeout: 60_000 }).toBe('absent');
      expect((await day(later, ill!.employee)).state).toBe('waits');
    } finally {
      await own.remove();
    }
  });
});

describe('a letter for many', () => {
  it('is all or nothing, names who cannot go, and ends for all when it is withdrawn', async () => {
    const officer = await server.client().signIn(loginOf(all, 'agency_officer')), me = (await officer.get('/api/v1/me')).body;
    const people = (await officer.get(`/api/v1/org/units/${me.unit.agency}/employees?limit=20`)).body.items.map((p: any) => p.id).filter((id: string) => id !== me.employee);
    const letter = (members: string[], p: object = {}) => ({ unit: me.unit.agency, kind: 'outside_duty', number: '094/88/ST/2025', issued: TODAY, signer: 'Kepala Dinas', subject: 'Pendampingan', places: ['Gedung Sate'], from: '2025-12-08', to: '2025-12-09', members, dry_run: false, ...p });
    const unnumbered = await officer.post('/api/v1/org/letters', letter(people, { number: ' ' }));
    expect([unnumbered.status, unnumbered.body.pointer]).toEqual([400, '/number']);
    expect((await officer.post('/api/v1/org/letters', letter([...people, me.employee]))).body.code).toBe('not_on_oneself');
    await bkd.post('/api/v1/org/statuses', { employee: people[0], kind: 'annual_leave', from: '2025-12-09', to: '2025-12-10', letter: '850/1' });
    const dry = await officer.post('/api/v1/org/letters', letter(people, { dry_run: true }));
    expect(dry.body.conflicts).toMatchObject([{ employee: people[0], kind: 'annual_leave' }]);
    const clash = await officer.post('/api/v1/org/letters', letter(people));
    expect([clash.status, clash.body.pointer]).toEqual([409, '/members']);
    const rest = people.slice(1), made = await officer.post('/api/v1/org/letters', letter(rest));
    expect(made.status, made.text).toBe(200);
    expect((await bkd.get(`/api/v1/org/statuses?employee=${rest[0]}`)).body.items[0]).toMatchObject({ kind: 'outside_duty', letter: '094/88/ST/2025', from: '2025-12-08' });
    expect((await officer.post(`/api/v1/org/letters/${made.body.letter}/withdraw`, { reason: 'Kegiatan ditunda' })).status).toBe(204);
    expect((await bkd.get(`/api/v1/org/statuses?employee=${rest[0]}`)).body.items[0].withdrawn_at).toBeDefined();
  });
});

describe('balances from SIMPEG', () => {
  it('are imported, shown to their owner with source and day, and not taken back by an older file', async () => {
    const login = employeeLogin(all, 'counter'), c = await server.client().signIn(login);
    const send = async (days: number, asOf: string) => {
      const csv = `nip;tahun;jenis;sisa;per_tanggal;sumber\r\n${login.nip};2025;annual_leave;${days};${asOf};SIMPEG\r\n`;
      const sha256 = (await bkd.post('/api/v1/files', csv, { 'content-type': 'text/csv' })).body.sha256;
      const sent = (await bkd.post('/api/v1/imports', { kind: 'balances', sha256, file_name: 'sisa-cuti.csv', effective: TODAY, dry_run: false })).body.import;
      let r;
      do r = (await bkd.get(`/api/v1/imports/${sent}`)).body; while (r.state === 'waiting');
      return r;
    };
    expect(await send(7, '2025-11-10')).toMatchObject({ state: 'applied', rows: 1 });
    expect(await send(11, '2025-11-02')).toMatchObject({ state: 'applied', unchanged: 1 });
    expect((await c.get('/api/v1/org/balances')).body.items).toMatchObject([{ year: 2025, kind: 'annual_leave', days: 7, as_of: '2025-11-10', source: 'SIMPEG' }]);
  });
});
