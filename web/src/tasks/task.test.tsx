// @vitest-environment happy-dom
/* A task whose holder works in that unit no more says so to whoever has it in hand now. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { TaskRow, type Task } from './task';

const task: Task = { task: '1', year: 2025, number: 7, kind: 'assignment', subject: 'Siapkan data', from_name: 'Kabid', from_unit_name: 'Bidang I', from_office: true, to_name: 'Ani', to_unit_name: 'Bidang I', sent_at: '2025-11-10T02:00:00.000Z', due: '2025-11-14', state: 'accepted', version: 2, past_due: false, is_left: false };
afterEach(cleanup);

it.each([[true, 1], [false, 0]])('of a holder who is gone (%s)', (is_left, marks) => {
  render(<ul><TaskRow x={{ ...task, is_left, ...(is_left ? { for_name: 'Ani' } : {}) }} open={() => undefined} /></ul>);
  expect(screen.queryAllByText('Pemegangnya sudah pindah')).toHaveLength(marks);
  expect(screen.queryAllByText('Mewakili Ani')).toHaveLength(marks);
});
