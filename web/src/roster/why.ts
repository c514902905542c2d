/* Why a roster cannot be planned or published so: the server names rule and figures, the reader gets a sentence. */
import type { Problem } from '../base/api';
import { longDay } from '../base/format';
import { words } from '../base/i18n';

const w = words({
  cap: (days: string, rule: string, article: string) => `WFH lebih dari ${days} hari dalam seminggu, melebihi ${rule}${article && `, ${article}`}. Kurangi harinya.`,
  share: (away: string, of: string, who: string, day: string, percent: string, rule: string) => `Pada ${longDay(day)} ${away} dari ${of} pegawai ${who} bekerja di luar kantor, melebihi ${percent}% menurut ${rule}. Kurangi harinya, atau impor jadwal bergantian.`,
  nobody: 'Tidak ada pegawai unit ini yang boleh WFH pada hari itu menurut kebijakan yang berlaku.',
  faults: { '/period_to': 'Jadwal memuat 1 sampai 62 hari, dan tidak berakhir sebelum mulai.', '/period_from': 'Terlalu jauh ke belakang: hari itu sudah dinilai.', '/version': 'Jadwal ini sudah ditetapkan.' } as Record<string, string>,
}, {
  cap: (days, rule, article) => `More than ${days} days at home a week, above ${rule}${article && `, ${article}`}. Take fewer days.`,
  share: (away, of, who, day, percent, rule) => `On ${longDay(day)} ${away} of ${of} people of ${who} are away, above ${percent}% by ${rule}. Take fewer days, or import a rotation.`,
  nobody: 'By the policies in force nobody of this unit may be at home on these weekdays.',
  faults: { '/period_to': 'A roster has 1 to 62 days and does not end before it begins.', '/period_from': 'Too far back: those days are judged.', '/version': 'This roster is published already.' },
});

export function whyNotPlanned(p: Pick<Problem, 'pointer' | 'reason'>): string | undefined {
  const reason = p.reason ?? '', cap = /^more than (\d+) days a week: (.*), article (.*)$/.exec(reason), share = /^(\d+) of (\d+) away in (.*) on (\d{4}-\d\d-\d\d), above (\d+) percent: (.*)$/.exec(reason);
  if (cap) return w().cap(cap[1]!, cap[2]!, cap[3]!);
  if (share) return w().share(share[1]!, share[2]!, share[3]!, share[4]!, share[5]!, share[6]!);
  return reason.startsWith('nobody of this node') ? w().nobody : w().faults[p.pointer ?? ''];
}
