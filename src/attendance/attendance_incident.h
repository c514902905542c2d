/*
 * Private to attendance: outages of the server, and the relief that a person grants for them.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_INCIDENT_H
#define LUWES_ATTENDANCE_ATTENDANCE_INCIDENT_H

#include "attendance/attendance_stated.h"

enum incident_state { INCIDENT_PROPOSED, INCIDENT_ACCEPTED, INCIDENT_REFUSED, INCIDENT_WITHDRAWN };
extern const char *const incident_state_names[]; /* proposed accepted refused withdrawn */
enum incident_cause { CAUSE_SERVER, CAUSE_NETWORK, CAUSE_POWER, CAUSE_APP, CAUSE_UNKNOWN };
extern const char *const incident_cause_names[]; /* server network power app unknown */

struct incident {
	int64_t id;
	struct unit_id unit; /* 0: the whole government */
	int64_t begins_at, ends_at;
	enum incident_cause cause;
	const char *reason, *file_sha256, *file_name;
	bool is_detected;
	struct employee_id declared_by; /* 0: the program */
	int64_t declared_at;
	enum incident_state state;
	int32_t version;
	const char *number;
	struct employee_id decided_by;
	int64_t decided_at;
	const char *decision;
};

/* ---- rules: pure ---- */

struct incident_fault {
	enum err e;
	const char *pointer, *reason; /* pointer NULL: nothing is wrong */
};
struct incident_fault attendance_check_incident(int64_t begins_at, int64_t ends_at, int64_t now_ms);
/* Four eyes: who declared an incident does not grant it. */
enum err attendance_decide_incident(const struct incident *i, struct employee_id actor,
	enum incident_state wanted, int32_t version_seen);

/* The tick's last sign of life. */
struct beat {
	int64_t beat_at, shed, busy_from;
};
enum beat_finding { BEAT_CALM, BEAT_GAP, BEAT_BUSY };
/*
 * What happened since the last beat: the program was not there (a gap of several minutes), or it
 * answered 503 for several minutes and has stopped. `shed` counts since the program's start and may
 * therefore fall. ret_next is to be stored; the span only with a finding.
 */
enum beat_finding attendance_judge_beat(const struct beat *last, int64_t now_ms, int64_t shed,
	struct beat *ret_next, int64_t *ret_from, int64_t *ret_to);

/* ---- statements ---- */

enum err attendance_add_incident(struct tx *tx, const struct incident *i);
enum err attendance_load_incident(struct tx *tx, int64_t id, struct incident *ret);
enum err attendance_set_incident(struct tx *tx, struct incident *i);
/* Newest first, ids below `before` (0: all). */
enum err attendance_list_incidents(
	struct tx *tx, int64_t before, struct incident *ret, int max, int *ret_count);
/* How many days of those in its interval and scope were relieved. */
enum err attendance_count_relieved(
	struct tx *tx, const char *path, int32_t from, int32_t to, int32_t *ret);
/* E_NOT_FOUND before the first. */
enum err attendance_load_beat(struct tx *tx, struct beat *ret);
enum err attendance_set_beat(struct tx *tx, const struct beat *beat);
/* A phone tells that the server had refused what it now sends. */
enum err attendance_add_refusal(struct tx *tx, int64_t slot);
/* The oldest slot before `before` of at least `least` phones; E_NOT_FOUND. */
enum err attendance_load_refusal(struct tx *tx, int64_t before, int32_t least, int64_t *ret_slot);
enum err attendance_end_refusals(struct tx *tx, int64_t before);

#define INCIDENT_STMTS 10
extern struct db_stmt *const attendance_incident_stmts[INCIDENT_STMTS];

/* ---- for routes, the tick and the demo ---- */

/* Fills id, state and version; one leaf. */
enum err attendance_declare_incident(struct tx *tx, struct incident *i);
/* The Berita Acara on A4, not finished, with its head. */
struct paper_made; /* org/org_document.h */
enum err attendance_make_incident_document(
	struct tx *tx, const struct incident *i, struct paper_made *ret);
/* Accepted, refused or withdrawn: one leaf; what it touches is folded again. */
enum err attendance_settle_incident(struct tx *tx, struct incident *i, enum incident_state state,
	struct employee_id by, const char *reason);
#endif
