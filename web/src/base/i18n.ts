/*
 * Bahasa Indonesia first, English second. A slice has one words.ts with both; the type of the Indonesian
 * one is the law for the English one, so a missing key does not compile.
 */
import { signal } from '@preact/signals';

export type Lang = 'id' | 'en';
const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('lang');
export const lang = signal<Lang>(kept === 'en' ? 'en' : 'id');

export function setLang(l: Lang) {
  lang.value = l;
  localStorage.setItem('lang', l);
  document.documentElement.lang = l;
}

/** `const t = words(id, en)`, then `t().greeting`: follows the language. */
export const words = <T extends object>(id: T, en: NoInfer<T>): (() => T) => () => (lang.value === 'en' ? en : id);
