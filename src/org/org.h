/*
 * Who belongs where, who answers to whom, and who may do what, on each day.
 *
 * Everything is dated: a placement, a supervisor, a role hold from TMT to their end, and each day
 * is judged by what held on that day. Units are ended and replaced, never edited. Supervisor and
 * team lead are relations of their own because they often do not follow the tree (PermenPANRB
 * 6/2022; the simplified bureaucracy of 2021). The tree with its sites and posts is small and is
 * kept per connection (org_tree); people are read one by one or in bounded pages.
 */
#ifndef LUWES_ORG_ORG_H
#define LUWES_ORG_ORG_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/geo.h"
#include "base/ids.h"

#include <stdbool.h>

struct tx;
struct slice;

enum unit_kind {
	UNIT_AGENCY,
	UNIT_SECRETARIAT,
	UNIT_DIVISION,
	UNIT_SECTION,
	UNIT_BUREAU,
	UNIT_BRANCH,
	UNIT_UPTD,
	UNIT_SCHOOL,
	UNIT_HOSPITAL,
	UNIT_WARD,
	UNIT_SAMSAT
};
extern const char *const unit_kind_names[];
enum unit_character {
	CHARACTER_OFFICE,
	CHARACTER_SERVICE,
	CHARACTER_FIELD,
	CHARACTER_SECRETARIAT,
	CHARACTER_INSPECTORATE
};
extern const char *const unit_character_names[];
enum employment_kind { PNS, CPNS, PPPK, PPPK_PART_TIME };
extern const char *const employment_kind_names[]; /* "pns","cpns","pppk","pppk_part_time" */
enum position_level { JPT_MADYA, JPT_PRATAMA, ADMINISTRATOR, PENGAWAS, FUNGSIONAL, PELAKSANA };
extern const char *const position_level_names[];
enum relation_kind { RELATION_SUPERVISOR, RELATION_TEAM_LEAD };
extern const char *const relation_kind_names[]; /* "supervisor","team_lead" */
enum role {
	ROLE_EMPLOYEE,
	ROLE_SUPERVISOR,
	ROLE_TEAM_LEAD,
	ROLE_UNIT_HEAD,
	ROLE_AGENCY_HEAD,
	ROLE_AGENCY_OFFICER,
	ROLE_UNIT_OFFICER,
	ROLE_BKD,
	ROLE_INSPECTOR,
	ROLE_COUNCIL,
	ROLE_SERVICE_OFFICER,
	ROLE_OPERATOR,
	ROLE_COUNT
};
extern const char *const role_names[]; /* the code words of the glossary */
enum acting { ACTING_DEFINITIVE, ACTING_PLT, ACTING_PLH, ACTING_DELEGATE };
extern const char *const acting_names[];
/* In whose place somebody decides about a person: his own, by letter, by holding the superior's
 * office (plt, plh, successor), or because that office is vacant (one level up). */
enum stand { STAND_NONE, STAND_OWN, STAND_DELEGATE, STAND_OFFICE, STAND_VACANCY };
extern const char *const stand_names[]; /* none own delegate office vacancy */
enum status_kind {
	STATUS_NONE,
	STATUS_ANNUAL_LEAVE,
	STATUS_LONG_LEAVE,
	STATUS_SICK_LEAVE,
	STATUS_MATERNITY_LEAVE,
	STATUS_IMPORTANT_LEAVE,
	STATUS_UNPAID_LEAVE,
	STATUS_PERMIT,
	STATUS_OUTSIDE_DUTY,
	STATUS_TRAINING,
	STATUS_STUDY,
	STATUS_JOINT_LEAVE,     /* cuti bersama of those whose turn does not stop for it */
	STATUS_SICK_UNATTESTED, /* sick without a letter */
	STATUS_KIND_COUNT
};
extern const char *const status_kind_names[];
/* Outside duty is work (mode outside_duty); every other status means the day is not expected. */
bool org_status_is_work(enum status_kind kind);

struct org_unit {
	struct unit_id id, parent, agency;
	const char *path, *code, *name;
	enum unit_kind kind;
	enum unit_character character;
	int32_t valid_from, valid_to;
};

struct org_site {
	struct site_id id;
	struct unit_id unit;
	const char *name;
	enum zone zone;
	struct geo_point centre;
	int32_t radius_metres; /* 0: polygon */
	int32_t cosine;
	struct geo_point *corner;
	int corners;
	int32_t valid_from, valid_to;
};

struct org_post {
	struct post_id id;
	struct unit_id unit;
	const char *code, *name;
	bool is_direct;
	int32_t valid_from, valid_to;
};

/* Tree, sites and posts of one government; units and posts sorted by id, sites by unit; immutable.
 */
struct org_tree {
	struct org_unit *unit;
	int units;
	struct org_site *site;
	int sites;
	struct org_post *post;
	int posts;
	enum zone zone;                  /* of the government */
	const struct org_unit **by_code; /* in code order, for org_find_unit_by_code */
};

/* The tree as of the transaction; cached per connection until the government's generation moves. */
enum err org_load_tree(struct tx *tx, const struct org_tree **ret_tree);
/* NULL when unknown. */
const struct org_unit *org_find_unit(const struct org_tree *tree, struct unit_id id);
const struct org_unit *org_find_unit_by_code(
	const struct org_tree *tree, const char *code, int32_t day);
const struct org_post *org_find_post(const struct org_tree *tree, struct post_id id);
/* `unit` is `ancestor` or lies below it; ancestor 0 is the whole government. */
bool org_is_below(const struct org_tree *tree, struct unit_id unit, struct unit_id ancestor);
/* Sites that count for a unit on a day: its own and those of the units above it, nearest first; at
 * most `max`. */
int org_list_sites(const struct org_tree *tree, struct unit_id unit, int32_t day,
	const struct org_site **ret_site, int max);

/* Marks that org, calendar or policy data of this government changed: raises its generation, so
 * caches renew. */
enum err org_touch_generation(struct tx *tx);

/* A NIP or NI PPPK of 18 digits is well-formed for the kind: birth date, TMT month 01-12 (not for
 * PPPK), sex 1/2. */
enum err org_check_nip(const char *nip, enum employment_kind kind);
/* "19850412 ****** * ***" for people who are not personnel officers: birth date hidden too: only
 * the last 3 digits show. */
char *org_mask_nip(struct arena *arena, const char *nip);

struct employee_row { /* an employee with the placement of a day */
	struct employee_id id;
	const char *nip, *name, *title_before, *title_after;
	enum employment_kind kind;
	bool has_phone;
	struct unit_id unit; /* 0: no placement that day */
	const char *position;
	enum position_level level;
};
/* E_NOT_FOUND when unknown. */
enum err org_load_employee(
	struct tx *tx, struct employee_id id, int32_t day, struct employee_row *ret);
/* Name with titles: "Dr. Sri Wahyuni, S.Sos., M.Si." */
char *org_full_name(struct arena *arena, const struct employee_row *e);

/* Who answers for `employee` on `day`: supervisor or team lead; 0 when none is set. */
enum err org_load_superior(struct tx *tx, struct employee_id employee, enum relation_kind kind,
	int32_t day, struct employee_id *ret);
/* People `superior` answers for on `day` (kind supervisor or team lead), in name order, at most
 * `max` rows; includes those of superiors in whose place he stands that day (org_stand.h). A person
 * is there once, in the strongest relation. */
struct team_member {
	struct employee_row row;
	struct employee_id superior;
	enum relation_kind relation;
	enum stand stand;
};
enum err org_list_team(struct tx *tx, struct employee_id superior, int32_t day,
	struct team_member *ret_member, int max, int *ret_count);
/* The same with those who left the service while the relation stands: what they began still waits
 * for somebody. */
enum err org_list_line(struct tx *tx, struct employee_id superior, int32_t day,
	struct team_member *ret_member, int max, int *ret_count);
/* `actor` may decide as supervisor of `employee` on `day`, himself or in the superior's place
 * (org_stand.h); ret_for gets whose place (0 own). */
enum err org_load_authority(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, bool *ret_may, struct employee_id *ret_for);
/* The same with why: STAND_NONE when he may not. */
enum err org_load_stand(struct tx *tx, struct employee_id actor, struct employee_id employee,
	int32_t day, enum stand *ret_stand, struct employee_id *ret_for);

struct role_row {
	int64_t role_id;
	enum role role;
	struct unit_id unit;
	enum acting acting;
	struct employee_id acts_for;
	const char *letter;
	int32_t valid_from, valid_to;
};
#define ROLES_MAX 32
enum err org_list_roles(struct tx *tx, struct employee_id employee, int32_t day,
	struct role_row *ret_role, int *ret_count);

/* Adds a status (leave, duty): called by imports here and by higher slices; marks the days as
 * changed. */
enum err org_set_status(struct tx *tx, struct employee_id employee, enum status_kind kind,
	int32_t from, int32_t to, const char *letter);

/*
 * The one decision about access, pure. `standing` are the roles of the actor in force on the day
 * asked, `reach` how he relates to the object. Article: PermenPANRB 4/2025, UU 27/2022; table:
 * test/golden/authorisation.csv.
 */
enum reach {
	REACH_NONE, /* somebody else's, or a unit's */
	REACH_SELF,
	REACH_SUPERVISOR, /* answers for the object's employee that day, himself or in his place */
	REACH_TEAM_LEAD,
	REACH_GOVERNMENT_ONLY, /* the request names no object: about the actor himself, or a list
				  that is cut to his scopes, or the government as a whole (then
				  `covers` says whether the role's scope is all of it) */
	REACH_COUNT
};
extern const char *const reach_names[]; /* none self supervisor team_lead no_object */
struct standing {
	enum role role;
	bool covers; /* the role's scope contains the object's unit */
};
bool org_decide_access(
	int permission, const struct standing *standing, int standings, enum reach reach);

extern const struct slice org_slice;

#endif
