/*
 * Private to attendance: positions are taken out when nobody can need them any more.
 *
 * UU 27/2022 art. 42-44: what is no longer needed is erased, but not while a case needs it. A
 * position is kept for as many days as held on its day (PARAMETER_POSITION_DAYS), never shorter
 * than somebody may still object; a hold, a correction or confirmation that waits and a late decree
 * not yet decided keep it longer. What it was judged as stays (struct kept_place), so that a day
 * folds to the same row before and after; so does the hash of a signed event, whose bytes lose
 * position and random bytes.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_RETENTION_H
#define LUWES_ATTENDANCE_ATTENDANCE_RETENTION_H

#include "attendance/attendance_evidence.h"
#include "platform/jobs.h"

#define JOB_ERASE "erase_positions"
#define JOB_SEAL  "seal_positions"

/* ---- rules: pure ---- */

/* How many days positions of a day are kept; `correction_days`: working days to object. */
int32_t attendance_position_days(const struct parameters *numbers, int32_t correction_days);
/* Whether what was received on a day about `punch_day` is no longer needed today; a claim of a day
 * to come is kept no longer than its receipt says. */
bool attendance_is_position_due(
	int32_t punch_day, int32_t received_day, int32_t today, int32_t days);

/* ---- when it happens ---- */

/* How long positions of a day are kept. */
enum err attendance_load_position_days(struct tx *tx, int32_t day, int32_t *ret_days);

/* The journal took a punch with a position on a day: it will be looked through. */
enum err attendance_note_position(struct tx *tx, int32_t punch_day);
/* A day opened. */
enum err attendance_note_opened(struct tx *tx, int32_t day);
/* Once a minute: adds tonight's job, and the one that seals what was plain before. */
enum err attendance_retention_tick(struct tx *tx, int32_t today, int minute);
#define RETENTION_JOBS 2
extern const struct job_kind attendance_retention_jobs[RETENTION_JOBS];

/* ---- what the job does ---- */

struct erasing {
	int32_t day;
	struct employee_id after, last; /* last 0: nobody was left */
	bool is_evidence;               /* who has evidence alone */
	int64_t erased;                 /* positions, and events, taken out */
};
/* Takes out what is due of the next people of a day, with one leaf. */
enum err attendance_erase_slice(struct tx *tx, void *erasing);
/* The same for the next people passed over earlier; `day` moves on. */
enum err attendance_erase_held_slice(struct tx *tx, void *erasing);
/* Everything due by now, slice by slice through `commit`: job_commit, or a test's. */
struct erasing_total {
	int days;             /* of which something was taken out */
	int64_t erased, held; /* positions and events; people and days passed over so far */
};
typedef enum err (*erasing_write)(struct tx *tx, void *arg);
typedef enum err (*erasing_commit)(void *owner, erasing_write write, void *arg);
enum err attendance_erase_due(
	struct tx *tx, erasing_commit commit, void *owner, struct erasing_total *ret);
/* Seals every position of before they were sealed. */
enum err attendance_seal_plain(erasing_commit commit, void *owner, int64_t *ret_sealed);

/* ---- statements (attendance_retention_db.c) ---- */

struct position_day {
	int32_t day;
	bool is_plain, is_open;
	int64_t erased, held, looked_at;
};
#define POSITION_DAYS_MAX 400
/* Days up to one that hold or held positions, the latest first; `held` counts people. */
enum err attendance_list_position_days(
	struct tx *tx, int32_t up_to, struct position_day *ret, int max, int *ret_count);
/* Days still to be gone through, in order. */
enum err attendance_list_open_position_days(
	struct tx *tx, int32_t *ret_day, int max, int *ret_count);
/* For doctor: positions of a day that do not open with the store's key ... */
enum err attendance_count_unopened(struct tx *tx, int32_t day, int64_t *ret);
/* ... and days not gone through although OVERDUE_NIGHTS were since they were due. */
#define OVERDUE_NIGHTS 3
enum err attendance_list_overdue(struct tx *tx, int32_t *ret_day, int max, int *ret_count);

/* Of every opened day, punch and minute: registered with the journal's. */
extern struct db_stmt ATTENDANCE_NOTE_POSITION, ATTENDANCE_NOTE_OPENED, ATTENDANCE_LOAD_SWEPT,
	ATTENDANCE_SET_SWEPT, ATTENDANCE_LOAD_PLAIN_DAY;
#define RETENTION_STMTS 21
extern struct db_stmt *const attendance_retention_stmts[RETENTION_STMTS];

#endif
