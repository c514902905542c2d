/*
 * What a report starts from so that nobody writes twice: the planned results of the day's agreed plans, what was
 * meant for the day, and the last report. All of it is kept on the phone as it last came.
 */
import { api, type Got } from '../base/api';
import { addDays } from '../base/format';
import { source, type Source } from '../base/load';
import { person } from '../base/session';
import { readCopy } from '../base/store';
import type { Report } from './view';

export type Plans = Got<'/api/v1/reports/targets'>;
export type Plan = Plans['items'][number];
export type DayPlan = Got<'/api/v1/reports/plan'>;

export type Templates = Got<'/api/v1/reports/templates'>;
export type Template = Templates['items'][number];
/** One's own and those of one's position, as they last came. */
export const templates: Source<Templates> = source<Templates>('templates', () => api.GET('/api/v1/reports/templates'));

export const plansOf = (day: string): Source<Plans> => source<Plans>(`targets/${day.slice(0, 4)}`, () => api.GET('/api/v1/reports/targets', { params: { query: { day } } }));
/** What one may say to have worked on: one's own tasks and those of one's office. */
export type Tasks = Got<'/api/v1/tasks/reportable'>;
export const tasksOf = (day: string): Source<Tasks> => source<Tasks>(`tasks/reportable/${day}`, () => api.GET('/api/v1/tasks/reportable', { params: { query: { day } } }));

export const dayPlanOf = (day: string): Source<DayPlan> => source<DayPlan>(`plan/${day}`, () => api.GET('/api/v1/reports/plan', { params: { query: { day } } }));

/** A planned result an item may name; `unit` is what its quantity counts. */
export interface Choice { id: string; result: string; unit?: string }
/** Of the plans in force on the day, main results first. */
export function choicesOn(plans: Plans | undefined, day: string): Choice[] {
  const targets = (plans?.items ?? []).filter(p => (p.state === 'agreed' || p.state === 'closed') && p.first_day <= day && day <= p.last_day).flatMap(p => p.targets);
  return [...targets.filter(x => x.kind === 'main'), ...targets.filter(x => x.kind !== 'main')].map(x => ({ id: x.target, result: x.result, unit: x.measures.find(m => m.aspect === 'quantity')?.unit_of_measure }));
}

/** A task an item may name; what it named before stays among them. */
export interface TaskChoice { id: string; subject: string }
export const taskChoices = (tasks: Tasks | undefined, named: TaskChoice | undefined): TaskChoice[] => {
  const list = (tasks?.items ?? []).map(x => ({ id: x.task, subject: x.subject }));
  return named && !list.some(x => x.id === named.id) ? [...list, named] : list;
};

/** As the server compares them: without case, spaces as one. */
export const sameUnit = (a: string, b: string) => a.trim().toLowerCase().replace(/\s+/g, ' ') === b.trim().toLowerCase().replace(/\s+/g, ' ');

/** The last report with something in it of the week before, from the server or as this phone keeps it. */
export async function lastReport(day: string): Promise<Report | 'network' | undefined> {
  let unreached = false;
  for (let back = 1; back <= 7; back++) {
    const d = addDays(day, -back), answer = await api.GET('/api/v1/reports/daily', { params: { query: { day: d } } }).catch(() => undefined);
    const r = answer?.data ?? (await readCopy<Report>(`${person.peek()}/report/${d}`).catch(() => undefined))?.value;
    unreached ||= !answer?.data;
    if (r?.items.length) return r;
  }
  return unreached ? 'network' : undefined;
}
