/*
 * Dated limits: how many working days after a day one may still ask for a correction, or hand in a
 * paper list. Local policy, so each is a row with its basis; where none speaks, the program's
 * default holds. A row is ended, never edited.
 */
#include "attendance/attendance_stated.h"

#include "platform/clock.h"

const char *const limit_kind_names[] = {"correction", "paper", NULL};

/* Contoh, until a government says its own: five working days to ask, the next one for paper. */
static const int32_t default_days[LIMIT_KIND_COUNT] = {[LIMIT_CORRECTION] = 5, [LIMIT_PAPER] = 1};

#define LIMIT_COLUMNS "limit_id, kind, days, legal_basis, verified_by, valid_from, valid_to"
#define INTO_LIMIT(r)                                                                              \
	INTO(to_int64(&(r)->limit_id), to_int32(&(r)->kind), to_int32(&(r)->days),                 \
		to_text(&(r)->legal_basis), to_text(&(r)->verified_by),                            \
		to_int32(&(r)->valid_from), to_int32(&(r)->valid_to))

static struct db_stmt LIST_LIMITS = {"attendance_list_limits",
	"SELECT " LIMIT_COLUMNS " FROM attendance_limit WHERE government_id = $1"
	" ORDER BY kind, valid_from DESC, limit_id DESC LIMIT $2",
	0};

enum err attendance_list_limits(struct tx *tx, struct limit_row *ret, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_LIMITS, BIND(db_int(tx->government.v), db_int(LIMITS_MAX)), &rows);
	while (n < LIMITS_MAX && db_next(&rows, INTO_LIMIT(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt LOAD_LIMIT = {"attendance_load_limit",
	"SELECT days FROM attendance_limit WHERE government_id = $1 AND kind = $2"
	" AND valid_from <= $3 AND valid_to >= $3 ORDER BY limit_id DESC LIMIT 1",
	0};

enum err attendance_load_limit(struct tx *tx, enum limit_kind kind, int32_t day, int32_t *ret_days)
{
	enum err e = db_load(tx, &LOAD_LIMIT,
		BIND(db_int(tx->government.v), db_int(kind), db_int(day)),
		INTO(to_int32(ret_days)));

	if (e == E_NOT_FOUND)
		*ret_days = default_days[kind];
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt END_LIMITS = {"attendance_end_limits",
	"UPDATE attendance_limit SET valid_to = $3 WHERE government_id = $1 AND kind = $2"
	" AND valid_to > $3",
	0};
static struct db_stmt ADD_LIMIT = {"attendance_add_limit",
	"INSERT INTO attendance_limit (government_id, " LIMIT_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err attendance_set_limit(struct tx *tx, const struct limit_row *row)
{
	struct buf fact;
	enum err e = db_exec(tx, &END_LIMITS,
		BIND(db_int(tx->government.v), db_int(row->kind), db_int(row->valid_from - 1)),
		NULL);

	if (!e)
		e = db_exec(tx, &ADD_LIMIT,
			BIND(db_int(tx->government.v), db_int(row->limit_id), db_int(row->kind),
				db_int(row->days), db_text(row->legal_basis),
				db_text(row->verified_by), db_int(row->valid_from),
				db_int(row->valid_to)),
			NULL);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "limit %s %d days from %d basis %s verified %s",
		limit_kind_names[row->kind], row->days, row->valid_from, row->legal_basis,
		row->verified_by);
	trust_add_leaf(tx, LEAF_LIMIT, row->limit_id, fact.p, fact.n);
	return OK;
}

struct db_stmt *const attendance_limit_stmts[LIMIT_STMTS] = {
	&LIST_LIMITS, &LOAD_LIMIT, &END_LIMITS, &ADD_LIMIT};
