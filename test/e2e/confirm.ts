/* A phone of the employee at home whose events his superior is asked about: real keys, real receipts. */
import { loginOf, type App } from './app';
import { employeeLogin } from '../http/server';
import { enrolPhone } from '../http/phone';
import { signEvent, type Token } from '../http/event';

/** Sends `plain` events that came after five hours without a signal, and `doubted` ones whose time nothing proves. The clock is past noon then. */
export async function askAbout(app: App, plain: number, doubted: number): Promise<void> {
  const who = employeeLogin(app.all, 'home');
  let worker = await app.server.client().signIn(who);
  const phone = await enrolPhone(await app.server.client().signIn(loginOf(app.all, 'bkd')), worker), employee = (await worker.get('/api/v1/me')).body.employee as string;
  const token = (await worker.get(`/api/v1/attendance/token?device=${phone.device}`)).body as Token, events = [];
  for (let i = 0; i < doubted; i++) events.push(await signEvent(phone, employee, i % 2 ? 'out' : 'in', `2025-11-13T07:0${i}:00+07:00`));
  for (let i = 0; i < plain; i++) events.push(await signEvent(phone, employee, i % 2 ? 'out' : 'in', `2025-11-13T07:${22 + i}:00+07:00`, token));
  await app.server.stop();
  await app.server.start('--clock', '2025-11-13T12:30:00+07:00,x1');
  worker = await app.server.client().signIn(who);
  const sent = await worker.post('/api/v1/attendance/punches', { events, sent_at: '2025-11-13T12:30:00+07:00' });
  if (sent.status !== 200 || sent.body.receipts.some((r: { status: string }) => r.status !== 'accepted')) throw new Error(`events: ${sent.status} ${sent.text}`);
}
