/* What a browser says of itself, as its owner would call the device. */
const browsers: [RegExp, string][] = [[/SamsungBrowser/, 'Samsung Internet'], [/EdgA?\//, 'Edge'], [/OPR\//, 'Opera'], [/FxiOS|Firefox/, 'Firefox'], [/CriOS|Chrome/, 'Chrome'], [/Safari/, 'Safari']];
const systems: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPod/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Macintosh/, 'Mac'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];
const firstOf = (names: [RegExp, string][], agent: string) => names.find(([r]) => r.test(agent))?.[1];
/** "Chrome di Android": no more than that. */
export const labelOf = (agent: string) => [firstOf(browsers, agent) ?? 'Peramban', firstOf(systems, agent)].filter(Boolean).join(' di ');
