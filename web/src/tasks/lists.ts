/* The lists of tasks; the first page of what is open stays on this phone and is read without a signal. */
import { api, type Got } from '../base/api';
import { source } from '../base/load';

export type List = Got<'/api/v1/tasks/inbox'>;
export const ask = (sent: boolean, box: 'open' | 'past', cursor?: string) => api.GET(sent ? '/api/v1/tasks' : '/api/v1/tasks/inbox', { params: { query: { box, ...(cursor ? { cursor } : {}) } } });
export const kept = { inbox: source<List>('tasks/inbox', () => ask(false, 'open')), sent: source<List>('tasks/sent', () => ask(true, 'open')) };
