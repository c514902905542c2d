/*
 * Which system an agency's attendance comes from, day by day.
 *
 * A government does not change its attendance system on one day: some agencies clock in with Luwes,
 * some still with a machine or an app whose files are imported, some with both for a while so that
 * the two can be compared, some not yet with anything Luwes may judge. The personnel board says so
 * by letter, per agency and from a day on. Rows are ended, never edited. An agency without any row
 * uses Luwes; one whose rows leave a day open does not use it on that day, and then counts nowhere.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_SOURCE_H
#define LUWES_ATTENDANCE_ATTENDANCE_SOURCE_H

#include "policy/policy.h"

enum attendance_source { BY_LUWES, BY_EXTERNAL, BY_BOTH, BY_NOTHING };
extern const char *const attendance_source_names[]; /* luwes external both none */
enum external_system {
	SYSTEM_NONE,
	SYSTEM_KMOB,
	SYSTEM_EPRESENSI,
	SYSTEM_FINGERPRINT,
	SYSTEM_SIMPEGNAS,
	SYSTEM_OTHER
};
extern const char
	*const external_system_names[]; /* none kmob epresensi fingerprint simpegnas other */

#define SOURCE_REACH_DAYS    31  /* how far back a letter may take effect */
#define SOURCE_AHEAD_DAYS    366 /* how far ahead */
#define SOURCE_TOLERANCE_MAX 240

struct source_row {
	int64_t id;
	struct unit_id agency;
	enum attendance_source source;
	enum external_system system; /* of external and both */
	int32_t tolerance_minutes;   /* of both */
	const char *letter, *note;
	struct employee_id set_by;
	int64_t set_at;
	int32_t valid_from, valid_to; /* valid_to < valid_from: replaced before it held */
};

/* All rows of a government by agency and first day, and what codes of other systems mean;
 * immutable, cached per connection by generation. */
struct source_book {
	struct source_row *row;
	int rows;
	struct code_row *code; /* attendance_simpegnas.h */
	int codes;
};
enum err attendance_load_sources(struct tx *tx, const struct source_book **ret_book);

/* The row in force of an agency on a day. NULL: none; then *ret_source tells luwes (the agency has
 * no row that ever held) or none. Pure. */
const struct source_row *attendance_find_source(const struct source_book *book,
	struct unit_id agency, int32_t day, enum attendance_source *ret_source);
/* Agency of a unit; 0 for unit 0 or an unknown one. Pure. */
struct unit_id attendance_agency_of(const struct org_tree *tree, struct unit_id unit);
/* Who judges where an agency uses `source`. Pure. */
enum day_judge attendance_judge_of(enum attendance_source source);

/* Whether `next` may be set after the agency's rows; OK, or the field that is at fault (as in the
 * request) with a reason. Pure. */
enum source_fault {
	SOURCE_OK,
	SOURCE_SYSTEM_MISSING, /* external and both name the system */
	SOURCE_SYSTEM_UNASKED, /* luwes and none have none */
	SOURCE_TOO_FAR_BACK,
	SOURCE_TOO_FAR_AHEAD,
	SOURCE_LATER_ROW, /* a row that begins later stands already */
	SOURCE_UNCHANGED, /* holds already on that day */
};
enum source_fault attendance_check_source(
	const struct source_book *book, const struct source_row *next, int32_t today);

/*
 * Sets the source of an agency from next->valid_from on: ends the row in force the day before. The
 * first row of an agency is preceded by one that says what held before: Luwes. Checked before by
 * attendance_check_source. The caller adds the leaf, touches the generation and marks the days.
 */
enum err attendance_set_source(struct tx *tx, const struct source_row *next);
/* Marks the days of agencies from `from` up to today as changed. */
enum err attendance_mark_sources(struct tx *tx, const int64_t *agency, int agencies, int32_t from);
/* Fills an empty table of codes with the examples; adds leaves and touches the generation. */
enum err attendance_add_code_examples(struct tx *tx);

/* Sources, differences, SIMPEGNAS: routes, statements, import kinds. */
extern const struct slice attendance_source_slice;

#endif
