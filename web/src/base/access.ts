/*
 * What a person may open, from the roles of GET me, as the table of src/org/org_access_rules.c says: so
 * that no screen offers what the server would refuse. The server decides again.
 */
import type { Me } from './session';

type Role = Me['roles'][number]['role'];
export type Entry = 'pegawai' | 'atasan' | 'bkd';
export type OfficeTab = 'board' | 'performance' | 'people' | 'attendance' | 'roster' | 'absence' | 'recap' | 'turns' | 'hours' | 'policy' | 'imports' | 'corrections' | 'papers' | 'incidents' | 'evidence' | 'stations' | 'ratings';

/* board_unit, people_read, roster_read, recap_read, station_read: the same six */
const offices: readonly Role[] = ['unit_head', 'agency_head', 'agency_officer', 'unit_officer', 'bkd', 'inspector'];
/* board_government */
const overseers: readonly Role[] = ['agency_head', 'bkd', 'inspector'];

const holds = (me: Me, roles: readonly Role[]) => me.roles.some(r => roles.includes(r.role));
/** Over the whole government: a role without a unit. */
const holdsAll = (me: Me, roles: readonly Role[]) => me.roles.some(r => r.unit === undefined && roles.includes(r.role));

export const seesGovernment = (me: Me) => holdsAll(me, overseers);
export const seesPeople = (me: Me) => holds(me, offices);
export const isBoard = (me: Me) => holdsAll(me, ['bkd']);
/* hold_read, hold_write */
export const holdsEvidence = (me: Me) => holdsAll(me, ['bkd', 'inspector']);
/* case_decide */
export const decidesCases = (me: Me) => holds(me, ['agency_officer', 'bkd']);
/* hours_write */
export const setsHours = (me: Me) => holds(me, ['agency_officer', 'bkd']);
/* template_write */
export const keepsTemplates = (me: Me) => isBoard(me) || me.roles.some(r => r.role === 'agency_officer' && r.unit !== undefined);
/* turn_write */
export const fillsTurns = (me: Me) => holds(me, ['unit_head', 'agency_head', 'agency_officer', 'unit_officer', 'bkd']);
/* roster_write of an agency; the head of a unit plans where it is a planning node, which is listed for him */
export const plansRosters = (me: Me) => holds(me, ['agency_head', 'agency_officer', 'bkd']);
export const plansRosterOf = (me: Me, unit: string) => plansRosters(me) || me.roles.some(r => r.role === 'unit_head' && r.unit === unit);

/* device_read, device_enrol: within his units, which the server checks */
export const seesPhones = (me: Me) => holds(me, ['agency_officer', 'unit_officer', 'bkd', 'inspector']);
export const enrolsPhones = (me: Me) => holds(me, ['agency_officer', 'unit_officer', 'bkd']);

/* station_write, code_issue: within his units, which the server checks */
export const setsStations = (me: Me) => holds(me, ['agency_officer', 'unit_officer', 'bkd']);
/* letter_write: within his units, which the server checks */
export const entersLetters = (me: Me) => holds(me, ['agency_officer', 'unit_officer', 'bkd']);

export interface Scope { id: string; name: string }
/** The units whose board is one's own, each once. */
export function ownUnits(me: Me): readonly Scope[] {
  const own = new Map<string, string>();
  for (const r of me.roles) if (r.unit !== undefined && offices.includes(r.role)) own.set(r.unit, r.unit_name ?? '');
  return [...own].map(([id, name]) => ({ id, name }));
}

/** What an office tab shows to whom. Published rules are everybody's. */
export function mayOpen(me: Me, tab: OfficeTab): boolean {
  switch (tab) {
    case 'board': case 'performance': return seesGovernment(me) || ownUnits(me).length > 0;
    case 'people': case 'attendance': case 'roster': case 'absence': case 'evidence': case 'recap': case 'turns': return seesPeople(me);
    case 'imports': return isBoard(me);
    /* rating_count */
    case 'ratings': return holds(me, ['agency_head', 'agency_officer', 'bkd', 'inspector']);
    case 'corrections': return holds(me, ['agency_officer', 'bkd']);
    case 'papers': case 'stations': return seesPeople(me);
    case 'incidents': return holds(me, ['agency_head', 'agency_officer', 'bkd', 'inspector', 'operator']);
    case 'policy': case 'hours': return true;
  }
}

/** The tab of a path like `#/jadwal`; what is unknown or not one's own is the first that is. */
export const tabOf = <T extends { hash: string }>(tabs: readonly T[], path: string): T | undefined => tabs.find(x => x.hash === path) ?? tabs[0];
