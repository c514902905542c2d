/* What a decree that came after a day was decided says on that day. */
import { words } from '../base/i18n';

const id = {
  open: (no: string) => `${no} datang setelah hari ini diputus. Hari ini tetap seperti yang diputus sampai petugas kepegawaian memutuskan.`, accepted: (no: string) => `Hari ini mengikuti ${no}.`, kept: (no: string) => `Hari ini tetap seperti yang diputus, walaupun ada ${no}.`,
  was: 'Seperti yang diputus', would: 'Menurut SK', decided: (who: string, at: string, why: string) => `${who}, ${at}: ${why}`, decree: (n: string, d: string) => n ? `SK ${n} (TMT ${d})` : `Perubahan data ber-TMT ${d}`,
};
const en: typeof id = {
  open: no => `${no} came after this day was decided. It stays as decided until a personnel officer decides.`, accepted: no => `This day follows ${no}.`, kept: no => `This day stays as decided in spite of ${no}.`,
  was: 'As decided', would: 'By the decree', decided: (who, at, why) => `${who}, ${at}: ${why}`, decree: (n, d) => n ? `decree ${n} (from ${d})` : `A change of data from ${d}`,
};
export const w = words(id, en);
