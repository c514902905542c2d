/*
 * Transfers over HTTP: what a decree is refused for, what a file with a past day may not change, and letters
 * that clash. PP 11/2017 (TMT), SE BKN 1/SE/I/2021 (plt, plh), UU 30/2014 art. 64 (a decision is changed by a decision).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], bkd: Client, worker: Client, boss: Client;
let me: any, superior: any, person: any;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  me = (await worker.get('/api/v1/me')).body;
  superior = (await boss.get('/api/v1/me')).body;
  person = `/api/v1/org/employees/${me.employee}`;
});
afterAll(() => server.remove());

const decree = (more: object = {}) => ({ unit: me.unit.id, position: 'Analis Kebijakan Ahli Muda', position_level: 'fungsional', decree: '821.2/9', valid_from: '2025-11-20', ...more });
const letter = (more: object = {}) => ({ relation: 'supervisor', superior: superior.employee, letter: '800/9', valid_from: '2025-11-20', ...more });

it('is read with the whole NIP by who may read it, as in the list', async () => {
  const { nip } = (await bkd.get(person)).body, read = (await boss.get(person)).body.nip;
  expect(nip).toMatch(/^\d{18}$/);
  expect(read).toBe(`***************${nip.slice(-3)}`);
});

it.each([
  ['without a number', 'placements', () => decree({ decree: '' }), 400, '/decree'],
  ['with a TMT before the service', 'placements', () => decree({ valid_from: '1990-01-01' }), 400, '/valid_from'],
  ['that ends before it begins', 'placements', () => decree({ valid_to: '2025-11-19' }), 400, '/valid_to'],
  ['to a unit that is not there', 'placements', () => decree({ unit: '1' }), 404, '/unit'],
  ['to a post of another unit', 'placements', () => decree({ posts: ['1'] }), 404, '/posts'],
  ['with oneself as superior', 'superiors', () => letter({ superior: me.employee }), 400, '/superior'],
  ['with nobody as superior', 'superiors', () => letter({ superior: '1' }), 404, '/superior'],
  ['without a letter', 'superiors', () => letter({ letter: '' }), 400, '/letter'],
])('a decree %s is refused at its field', async (_name, what, body, status, pointer) => {
  const reply = await bkd.post(`${person}/${what}`, body());
  expect([reply.status, reply.body.pointer], reply.text).toEqual([status, pointer]);
});

it('refuses a circle of supervisors', async () => {
  const reply = await bkd.post(`/api/v1/org/employees/${superior.employee}/superiors`, letter({ superior: me.employee }));
  expect([reply.status, reply.body.code, reply.body.pointer]).toEqual([422, 'refused', '/superior']);
});

it('refuses a placement over one that begins later, and takes one that ends before it', async () => {
  expect((await bkd.post(`${person}/placements`, decree({ valid_from: '2025-12-15' }))).status).toBe(200);
  const over = await bkd.post(`${person}/placements`, decree({ valid_from: '2025-12-01', decree: '821.2/10' }));
  expect([over.status, over.body.pointer]).toEqual([409, '/valid_from']);
  expect((await bkd.post(`${person}/placements`, decree({ valid_from: '2025-12-01', valid_to: '2025-12-14', decree: '821.2/10' }))).status).toBe(200);
  const { placements } = (await bkd.get(`${person}/history`)).body;
  expect(placements.slice(0, 3).map((p: any) => [p.decree, p.valid_from, p.valid_to])).toEqual([['821.2/9', '2025-12-15', '9999-12-31'], ['821.2/10', '2025-12-01', '2025-12-14'], [placements[2].decree, placements[2].valid_from, '2025-11-30']]);
  expect(placements[0].entered_by).not.toBe('');
});

it('asks plt, plh and delegates for an end, and for no clash', async () => {
  const role = (more: object) => bkd.post('/api/v1/org/roles', { employee: me.employee, role: 'unit_head', unit: me.unit.id, letter: '821/1', valid_from: TODAY, ...more });
  expect((await role({ acting: 'plh' })).body.pointer).toBe('/valid_to');
  expect((await role({ acting: 'plt', valid_to: '2026-01-31' })).body.pointer).toBe('/acting'); /* its head is in office */
  expect((await role({ acting: 'plh', valid_to: '2025-11-20' })).status).toBe(200);
  expect((await role({ acting: 'plh', valid_to: '2025-11-25', valid_from: '2025-11-20' })).status).toBe(409);
  expect((await role({ acting: 'plh', valid_to: '2025-11-25', valid_from: '2025-11-21' })).status).toBe(200);
});

it('a file whose day lies back opens a case for whom a day was decided', async () => {
  const items = [{ starts: '08:00', ends: '09:00', description: 'Menyusun bahan rapat koordinasi', volume: 1, unit_of_measure: 'dokumen' }];
  const before = (await worker.get('/api/v1/reports/daily')).body;
  const report = (await worker.put('/api/v1/reports/daily', { day: TODAY, version: before.version, items, submit: true })).body;
  expect((await boss.post(`/api/v1/reports/daily/${report.report}/verify`, { version: report.version })).status).toBe(204);
  const other = (await bkd.get(`/api/v1/org/units?parent=${me.unit.agency}`)).body.items.find((u: any) => u.id !== me.unit.id);

  const colleague = (await boss.get('/api/v1/attendance/team')).body.items.find((p: any) => p.employee !== me.employee && p.relation === 'supervisor');
  const { nip } = (await bkd.get(`/api/v1/org/employees?query=${encodeURIComponent(colleague.name)}`)).body.items.find((p: any) => p.id === colleague.employee);
  const csv = await bkd.post('/api/v1/files', `nip;unit;position;position_level;decree\r\n${nip};${other.code};Analis Kebijakan Ahli Muda;fungsional;821.2/77\r\n`, { 'content-type': 'text/csv' });
  const sent = (await bkd.post('/api/v1/imports', { kind: 'placements', sha256: csv.body.sha256, file_name: 'mutasi.csv', effective: '2025-11-03', dry_run: false })).body;
  let run;
  do run = (await bkd.get(`/api/v1/imports/${sent.import}`)).body; while (run.state === 'waiting');
  expect(run.state, JSON.stringify(run)).toBe('applied');
  const { placements, cases } = (await bkd.get(`/api/v1/org/employees/${colleague.employee}/history`)).body;
  expect(placements[0]).toMatchObject({ unit: other.id, decree: '821.2/77', valid_from: '2025-11-03' });
  expect(cases[0]).toMatchObject({ decree: '821.2/77', kind: 'placement', effective: '2025-11-03' });
  const found = (await bkd.get(`/api/v1/org/cases/${cases[0].case_id}`)).body;
  expect(found.lines.length).toBe(cases[0].days);
  expect(found.lines[0]).toMatchObject({ state: 'open', grounds: ['report'], new_unit: other.name });

  const wrong = await bkd.post(`/api/v1/org/cases/${cases[0].case_id}/decisions`, { decision: 'accept', days: ['2025-01-01'], reason: 'Hari yang tidak ada di sini' });
  expect([wrong.status, wrong.body.pointer]).toEqual([400, '/days']);
  expect((await bkd.post(`/api/v1/org/cases/${cases[0].case_id}/decisions`, { decision: 'accept', reason: 'Sesuai dengan SK mutasi' })).status).toBe(204);
  const again = await bkd.post(`/api/v1/org/cases/${cases[0].case_id}/decisions`, { decision: 'keep', reason: 'Sesuai dengan SK mutasi' });
  expect(again.status).toBe(409);
});
