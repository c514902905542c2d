// @vitest-environment happy-dom
/* What is asked for, what a list takes, and how a refusal is worded: in the reader's language, naming the person. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lang } from '../base/i18n';
import { check, faultText, toBody, type Draft } from './ask';
import { isAhead } from './decide';
import { lasted, spanOf } from './incidents';
import { rowFault, toRows, type Times } from './lists';
import { w } from './words';

beforeEach(() => { lang.value = 'id'; });
afterEach(() => { lang.value = 'id'; });
const draft: Draft = { day: '2025-11-12', kind: 'time', direction: 'out', at: '16:05', night: false, punch: '', cause: 'forgot', reason: ' Lupa presensi pulang. ' };
const problem = (pointer: string, reason: string) => ({ type: 'about:blank', title: 'x', status: 400, code: 'bad_field' as const, pointer, reason, request_id: 'r' });

it('tells a time of a night past 24:00, and a punch without a time', () => {
  expect(toBody(draft)).toEqual({ day: '2025-11-12', kind: 'time', direction: 'out', at: '16:05', cause: 'forgot', reason: 'Lupa presensi pulang.' });
  expect(toBody({ ...draft, at: '07:10', night: true })).toMatchObject({ at: '31:10' });
  expect(toBody({ ...draft, kind: 'confirm', punch: '7' })).toEqual({ day: '2025-11-12', kind: 'confirm', punch: '7', cause: 'forgot', reason: 'Lupa presensi pulang.' });
});
it('asks for what is missing before it sends', () => {
  expect(check(draft, '2025-11-13')).toEqual({});
  expect(Object.keys(check({ ...draft, at: '', reason: 'lupa' }, '2025-11-13'))).toEqual(['at', 'reason']);
  expect(Object.keys(check({ ...draft, day: '2025-11-14', kind: 'place' }, '2025-11-13'))).toEqual(['day', 'punch']);
});
it('knows a clock more than a day ahead, which names a day that has not come', () => {
  const p = (phone_at: string, flags = ['quarantined']) => ({ received_at: '2025-11-13T00:20:00.000Z', phone_at, flags }) as Parameters<typeof isAhead>[0];
  expect(isAhead(p('2025-11-20T00:20:00.000Z'))).toBe(true);
  expect(isAhead(p('2025-11-14T00:20:00.000Z'))).toBe(false);
  expect(isAhead(p('2025-09-01T00:20:00.000Z'))).toBe(false); /* kept apart because it is old */
  expect(isAhead(p('2025-11-20T00:20:00.000Z', []))).toBe(false);
});
const sheet = { rows: [{ employee: '1', name: 'Dewi' }, { employee: '2', name: 'Agus' }, { employee: '3', name: 'Sri' }] } as never;
const times = (rows: Record<string, Partial<Times>>) => new Map(Object.entries(rows).map(([id, x]) => [id, { in: '', out: '', note: '', ...x }]));
it('takes of a list only who has a time', () => {
  expect(toRows(sheet, times({ 1: { in: '07:00' }, 2: { note: 'sakit' }, 3: { out: '16:00', note: ' ponsel rusak ' } }))).toEqual([{ employee: '1', in: '07:00' }, { employee: '3', out: '16:00', note: 'ponsel rusak' }]);
  expect(toRows(sheet, times({ 1: { in: '20:45', out: '07:15' } }))).toEqual([{ employee: '1', in: '20:45', out: '31:15' }]);
});
it('names the person of a faulty row', () => {
  const rows = [{ employee: '1' }, { employee: '3' }];
  expect(rowFault(problem('/rows/1/out', 'not after in'), rows, sheet)).toBe('Sri: jam pulang tidak sesudah jam masuk');
  expect(rowFault(problem('/file_sha256', 'not a file you uploaded'), rows, sheet)).toBe('Unggah berkasnya lagi.');
  expect(rowFault('network', rows, sheet)).toBe('Server belum dapat dihubungi.');
});
it.each(['id', 'en'] as const)('words every reason of the rules in %s', l => {
  lang.value = l;
  const dir = join(import.meta.dirname, '../../../src/attendance/'), text = (name: string) => readFileSync(join(dir, `attendance_${name}_rules.c`), 'utf8');
  const said = (name: string) => [...text(name).matchAll(/fault\((?:E_\w+, )?\s*"([^"]+)",\s*"([^"]+)"\)/g)].map(m => [m[1]!, m[2]!] as const);
  const rows = said('paper').filter(([field]) => ['employee', 'in', 'out'].includes(field)), others = [...said('correction'), ...said('incident'), ...said('paper').filter(([field]) => field === 'day' || field === 'late_reason')];
  expect(rows.length).toBeGreaterThan(4);
  for (const [, reason] of rows) expect(w().rowFault[reason], reason).toBeTruthy();
  const byForm = new Set(['say when', 'say which punch', 'a stated time speaks of no punch', 'the punch says when', 'is said by who decides', 'not a punch of that day']); /* the form cannot send them */
  for (const [pointer, reason] of others) if (!byForm.has(reason)) expect(faultText(problem(pointer, reason)), reason).toBe(w().fault[reason]);
});
it('says how long an outage was, over midnight too', () => {
  const i = { begins_at: '2025-11-10T00:25:00.000Z', ends_at: '2025-11-10T00:55:00.000Z' };
  expect([spanOf(i, 'WIB'), lasted(i)]).toEqual(['Senin, 10 November 2025, 07.25–07.55', 30]);
  expect(spanOf({ ...i, ends_at: '2025-11-10T17:05:00.000Z' }, 'WIB')).toBe('Senin, 10 November 2025 07.25 – Selasa, 11 November 2025 00.05');
});
