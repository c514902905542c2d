/*
 * What every entry starts with: who is signed in, the demo band, the service worker, hash routing.
 * An entry gives its screens; the shell decides between loading, sign-in and the app.
 */
import { render, type ComponentChildren, type FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { clockOffset, serverNow } from './api';
import { clock, dayIn, shortDay, type Zone } from './format';
import { lang } from './i18n';
import type { Entry } from './access';
import { demo, loadDemo, loadMe, me, signOut, type Me } from './session';
import { SignIn } from './signin';
import { Note, Skeleton, Toast } from './ui';
import { t } from './words';
import { takeTheme } from './theme';
import { startWorker, update } from './worker';
import './base.css';

export { setTheme } from './theme';

export const route = signal(location.hash || '#/');
addEventListener('hashchange', () => {
  route.value = location.hash || '#/';
  scrollTo({ top: 0 });
  document.getElementById('m')?.focus({ preventScroll: true });
});
/** The path of the hash without its question: `#/pegawai` of `#/pegawai?orang=1`. */
export const pathNow = () => route.value.split('?')[0]!;
/** Writes the address of what is really shown over one that is unknown or not one's own. */
export function useRealPath(hash: string) {
  useEffect(() => {
    if (pathNow() === hash.split('?')[0]) return;
    history.replaceState(history.state, '', hash);
    route.value = hash;
  }, [hash, route.value]);
}
/** Ticks every few seconds with the server's time. */
export const now = signal(serverNow());
setInterval(() => { now.value = serverNow(); }, 2000);
clockOffset.subscribe(() => { now.value = serverNow(); });

export const zone = (): Zone => (me.value?.government.zone as Zone | undefined) ?? 'WIB';

function Band() {
  const isDemo = me.value?.government.is_demo ?? demo.value?.is_demo;
  return isDemo ? <aside class="band" aria-label={t().demoTime}>{t().demoBand}<span class="num"> · {t().demoTime} {shortDay(dayIn(now.value, zone()))} {clock(now.value, zone())} {zone()}</span></aside> : null;
}

function UpdateBar() {
  return update.value ? <div class="band" role="status">{t().newVersion} <button class="link" onClick={() => update.value!.postMessage('skip')}>{t().reload}</button></div> : null;
}

/* Another one's page: said plainly, with the ways out. */
function NotMine({ me, entry }: { me: Me; entry: Entry }) {
  const ways = me.audiences as Entry[], says = t().notMine;
  useTitle(says.title);
  return <div class="desk"><header class="top"><div class="col tight"><span class="sub">{me.full_name}</span><h1>{says.title}</h1></div></header>
    <main id="m" tabIndex={-1}><section class="card"><Note>{says[entry]}</Note>
      <div class="row">{ways.map(way => <a key={way} class="btn" href={`/${way}/`}>{says.way[way]}</a>)}<button class="btn ghost" onClick={() => void signOut()}>{t().signOut}</button></div></section></main></div>;
}

function Root({ App, entry }: { App: FunctionComponent<{ me: Me }>; entry: Entry }) {
  document.documentElement.lang = lang.value;
  return <><a class="skip" href="#m" onClick={e => { e.preventDefault(); document.getElementById('m')?.focus(); }}>{t().toContent}</a>
    <Band /><UpdateBar />
    {me.value === undefined ? <div class="app"><header class="top" /><main id="m"><Skeleton height={320} /></main></div>
      : me.value === null ? <SignIn /> : !me.value.audiences.includes(entry) ? <NotMine me={me.value} entry={entry} /> : <App me={me.value} key={me.value.employee} />}
    <Toast /></>;
}

export function start(App: FunctionComponent<{ me: Me }>, entry: Entry) {
  takeTheme();
  const root = document.getElementById('app')!;
  root.textContent = '';
  render(<Root App={App} entry={entry} />, root);
  void loadMe();
  void loadDemo();
  void startWorker().catch(() => undefined);
}

/** A screen, or a `part` of one, whose code is fetched when it is first shown. */
export function later<P extends object = object>(load: () => Promise<FunctionComponent<P>>, part = false): FunctionComponent<P> {
  const loaded = signal<FunctionComponent<P> | undefined>(undefined), failed = signal(false);
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    failed.value = false;
    void load().then(C => { loaded.value = C; }, () => { asked = false; failed.value = true; });
  };
  return function Later(props: P) {
    useEffect(ask, []);
    const C = loaded.value, wait = failed.value ? <Note tone="bad" icon="warn">{t().failed} <button class="link" onClick={ask}>{t().retry}</button></Note> : <Skeleton height={part ? 160 : 420} />;
    return C ? <C {...props} /> : part ? <section class="card">{wait}</section> : <main id="m" tabIndex={-1}>{wait}</main>;
  };
}

export function WideTop({ sub, title, children }: { sub: string; title: string; children?: ComponentChildren }) {
  useTitle(title);
  return <header class="top"><div class="row between"><div class="col tight"><span class="sub">{sub}</span><h1>{title}</h1></div>
    <div class="row end">{me.value?.audiences.includes('pegawai') && <a href="/pegawai/">{t().ownPage}</a>}{children}</div></div></header>;
}

/** Names the screen in the browser's title and history. */
export function useTitle(title: string) {
  useEffect(() => { document.title = `${title} · Luwes`; }, [title]);
}

/** Navigation of the wide entries: links to hashes; the current one is always in sight, and a fading edge hides more. */
export function Tabs({ items, current = pathNow() }: { items: readonly { hash: string; label: string }[]; current?: string }) {
  const bar = useRef<HTMLElement>(null), [more, setMore] = useState('');
  useEffect(() => { bar.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }); }, [route.value]);
  useEffect(() => {
    const el = bar.current!;
    const centre = () => { el.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }); look(); };
    const look = () => setMore(`${el.scrollLeft + el.clientWidth < el.scrollWidth - 2 ? ' on' : ''}${el.scrollLeft > 2 ? ' back' : ''}`);
    look();
    el.addEventListener('scroll', look, { passive: true });
    addEventListener('resize', centre);
    return () => { el.removeEventListener('scroll', look); removeEventListener('resize', centre); };
  }, [items.length, lang.value]);
  return <nav ref={bar} class={`tabs noprint${more}`} aria-label={t().menu}>{items.map(i => <a key={i.hash} href={i.hash} aria-current={current === i.hash ? 'page' : undefined}>{i.label}</a>)}</nav>;
}
