/*
 * Statuses: leave, sickness, outside duty, training. A status overrides roster and policy for its
 * days (PermenPANRB 4/2025 art. 23; Perka BKN 24/2017), rests on a letter and is withdrawn, never
 * edited.
 *
 * A change marks the days it touches as far as they began: the projection of attendance judges them
 * again in the same transaction. Days to come are judged when they open.
 */
#include "org/org_absence_db.h"

#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/platform_db.h"
#include "trust/trust.h"

enum err org_load_today(struct tx *tx, int32_t *ret_day)
{
	struct government government;
	enum err e = platform_load_government(tx, &government);

	if (!e)
		*ret_day = instant_day(tx->now_ms, government.zone);
	return e;
}

enum err org_mark_days(struct tx *tx, struct employee_id employee, int32_t from, int32_t to)
{
	int32_t today;
	enum err e = org_load_today(tx, &today);

	if (e || !tx->changes)
		return e;
	for (int32_t day = from; day <= to && day <= today; day++)
		changes_add(tx->changes, CHANGE_DAY, employee.v, day);
	/* what is known of the rest of the week tells whether today owes its report */
	if (from > today && from - today <= (int32_t)SUNDAY - (int32_t)day_weekday(today))
		changes_add(tx->changes, CHANGE_DAY, employee.v, today);
	return OK;
}

static void add_status_leaf(struct tx *tx, const struct org_status_row *row, const char *what)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 128);
	buf_printf(&fact, "status %s %s employee %lld from %d to %d letter %s", what,
		status_kind_names[row->kind], (long long)row->employee.v, row->valid_from,
		row->valid_to, row->letter);
	if (row->from_minute >= 0)
		buf_printf(&fact, " minutes %d to %d", row->from_minute, row->to_minute);
	if (row->withdrawn_by.v)
		buf_printf(&fact, " by %lld why %s", (long long)row->withdrawn_by.v,
			row->withdrawn_why);
	trust_add_leaf(tx, LEAF_STATUS, row->status_id, fact.p, fact.n);
}

struct db_stmt ORG_ADD_STATUS = {"org_add_status",
	"INSERT INTO org_status (government_id, employee_id, valid_from, status_id, valid_to, "
	"kind, letter, ended_at, from_minute, to_minute, entered_by, entered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11)",
	0};

enum err org_insert_status(struct tx *tx, const struct org_status_row *row)
{
	return db_exec(tx, &ORG_ADD_STATUS,
		BIND(db_int(tx->government.v), db_int(row->employee.v), db_int(row->valid_from),
			db_int(row->status_id), db_int(row->valid_to), db_int(row->kind),
			db_text(row->letter), db_int(row->from_minute), db_int(row->to_minute),
			db_int(row->entered_by.v), db_int(tx->now_ms)),
		NULL);
}

enum err org_add_status(struct tx *tx, struct org_status_row *row)
{
	row->status_id = id_next();
	row->ended_at = 0;
	enum err e = org_insert_status(tx, row);

	if (e)
		return e;
	add_status_leaf(tx, row, "set");
	return org_mark_days(tx, row->employee, row->valid_from, row->valid_to);
}

enum err org_set_status_row(struct tx *tx, struct employee_id employee, enum status_kind kind,
	int32_t from, int32_t to, const char *letter, struct employee_id by, int64_t *ret_status)
{
	struct org_status_row row = {.employee = employee,
		.kind = (int32_t)kind,
		.valid_from = from,
		.valid_to = to,
		.letter = letter,
		.from_minute = -1,
		.to_minute = -1,
		.entered_by = by};
	enum err e = org_add_status(tx, &row);

	*ret_status = row.status_id;
	return e;
}

enum err org_set_status(struct tx *tx, struct employee_id employee, enum status_kind kind,
	int32_t from, int32_t to, const char *letter)
{
	int64_t status;

	return org_set_status_row(
		tx, employee, kind, from, to, letter, (struct employee_id){0}, &status);
}

#define INTO_STATUS(row)                                                                           \
	INTO(to_int64(&(row)->status_id), to_int64(&(row)->employee.v), to_int32(&(row)->kind),    \
		to_int32(&(row)->valid_from), to_int32(&(row)->valid_to), to_text(&(row)->letter), \
		to_int64(&(row)->ended_at), to_int32(&(row)->from_minute),                         \
		to_int32(&(row)->to_minute), to_int64(&(row)->withdrawn_by.v),                     \
		to_text(&(row)->withdrawn_why))
#define STATUS_COLUMNS                                                                             \
	"status_id, employee_id, kind, valid_from, valid_to, letter, ended_at, from_minute, "      \
	"to_minute, withdrawn_by, withdrawn_why"

struct db_stmt ORG_LOAD_STATUS = {"org_load_status",
	"SELECT " STATUS_COLUMNS " FROM org_status"
	" WHERE government_id = $1 AND status_id = $2",
	0};

enum err org_load_status(struct tx *tx, int64_t status_id, struct org_status_row *ret_row)
{
	return db_load(tx, &ORG_LOAD_STATUS, BIND(db_int(tx->government.v), db_int(status_id)),
		INTO_STATUS(ret_row));
}

struct db_stmt ORG_LIST_STATUSES = {"org_list_statuses",
	"SELECT " STATUS_COLUMNS " FROM org_status"
	" WHERE government_id = $1 AND employee_id = $2 ORDER BY valid_from DESC, status_id DESC "
	"LIMIT $3",
	0};

enum err org_list_statuses(struct tx *tx, struct employee_id employee,
	struct org_status_row *ret_row, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_STATUSES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_STATUS(&ret_row[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_END_STATUS = {"org_end_status",
	"UPDATE org_status SET ended_at = $5, withdrawn_by = $6, withdrawn_why = $7"
	" WHERE government_id = $1 AND employee_id = $2 AND valid_from = $3"
	" AND status_id = $4 AND ended_at = 0",
	0};

enum err org_end_status(
	struct tx *tx, const struct org_status_row *row, struct employee_id by, const char *why)
{
	struct org_status_row ended = *row;
	enum err e = db_exec(tx, &ORG_END_STATUS,
		BIND(db_int(tx->government.v), db_int(row->employee.v), db_int(row->valid_from),
			db_int(row->status_id), db_int(tx->now_ms), db_int(by.v), db_text(why)),
		NULL);
	if (e)
		return e;
	ended.withdrawn_by = by;
	ended.withdrawn_why = why;
	add_status_leaf(tx, &ended, "withdrawn");
	if ((e = org_note_status_withdrawn(tx, row, by, why)))
		return e;
	return org_mark_days(tx, row->employee, row->valid_from, row->valid_to);
}

struct db_stmt ORG_COUNT_STATUS_OVERLAP = {"org_count_status_overlap",
	"SELECT COUNT(*) FROM org_status WHERE government_id = $1 AND employee_id = $2 AND "
	"ended_at = 0 AND from_minute < 0"
	" AND valid_from <= $4 AND valid_to >= $3",
	0};

enum err org_is_status_free(
	struct tx *tx, struct employee_id employee, int32_t from, int32_t to, bool *ret_free)
{
	int32_t overlaps = 0;
	enum err e = db_load(tx, &ORG_COUNT_STATUS_OVERLAP,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(from), db_int(to)),
		INTO(to_int32(&overlaps)));

	*ret_free = overlaps == 0;
	return e;
}

/* Whole days meet everything, parts of a day each other where their minutes do: org_is_overlap. */
struct db_stmt ORG_FIND_STATUS_OVERLAP = {"org_find_status_overlap",
	"SELECT " STATUS_COLUMNS " FROM org_status WHERE government_id = $1 AND employee_id = $2"
	" AND ended_at = 0 AND valid_from <= $4 AND valid_to >= $3"
	" AND ($5 < 0 OR from_minute < 0 OR (from_minute < $6 AND to_minute > $5))"
	" ORDER BY valid_from, status_id LIMIT 1",
	0};

enum err org_find_status_overlap(struct tx *tx, struct employee_id employee,
	const struct status_part *part, struct org_status_row *ret)
{
	return db_load(tx, &ORG_FIND_STATUS_OVERLAP,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(part->from),
			db_int(part->to), db_int(part->from_minute), db_int(part->to_minute)),
		INTO_STATUS(ret));
}
