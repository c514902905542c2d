/* What every browser test starts with: a server over its own copy of the demo store, and people signed in. */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { demoServer, employeeLogin, employeeWho, loginOf, logins, type Client, type Login, type Server } from '../http/server';

export interface App {
  server: Server;
  all: Login[];
  /** Signs in through the API and lets the browser have the session. */
  as: (who: Login) => Promise<Client>;
  /** Goes to a page of the app and waits until it has loaded what it shows. */
  open: (path: string) => Promise<void>;
}

/** Nothing on the screen is still loading. */
export const settled = (page: Page) => expect(page.locator('[aria-busy=true]')).toHaveCount(0);

/** The browser has the session of this client. */
export async function useSession(context: BrowserContext, server: Server, c: Client) {
  await context.addCookies(c.cookie.split('; ').map(pair => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: server.url })));
}

export const test = base.extend<{ clock: string; app: App; quiet: void }>({
  /** What time it is at the server, where it is not that of the demo. */
  clock: ['', { option: true }],
  app: async ({ page, context, clock }, use) => {
    const server = await demoServer(...(clock ? ['--clock', `${clock},x1`] : [])), all = logins(server.db);
    await use({
      server, all,
      as: async who => {
        const c = await server.client().signIn(who);
        await useSession(context, server, c);
        return c;
      },
      open: async path => {
        await page.goto(server.url + path);
        await settled(page);
      },
    });
    await server.remove();
  },
  /* a script that fails, or a policy that is broken, fails the test that saw it */
  quiet: [async ({ page }, use) => {
    const said: string[] = [];
    page.on('pageerror', e => said.push(String(e)));
    page.on('console', m => { if (m.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_INCOMPLETE_CHUNKED/.test(m.text())) said.push(m.text()); });
    await use();
    expect(said).toEqual([]);
  }, { auto: true }],
});

export { expect, employeeLogin, employeeWho, loginOf };

/** Somebody at home today who has not clocked in. */
export const atHome = (app: App) => employeeWho(app.server, app.all, d => d.mode === 'home' && d.state === 'expected');
