/*
 * Procedures as dated rows: added and ended, never edited.
 */
#include "roster/roster_int.h"
#include "roster/roster_procedure.h"

#include "platform/clock.h"
#include "platform/db.h"
#include "trust/trust.h"

#define COLUMNS                                                                                    \
	"procedure_id, unit_id, receipt, review_days, due_days, swap_receipt, wishes, columns,"    \
	" legal_basis, verified_by, valid_from, valid_to, set_at"
#define INTO_PROCEDURE(p)                                                                          \
	to_int64(&(p)->procedure_id), to_int64(&(p)->unit.v), to_int32(&(p)->receipt),             \
		to_int32(&(p)->review_days), to_int32(&(p)->due_days),                             \
		to_bool(&(p)->swap_approved), to_int32(&(p)->wishes), to_text(&(p)->columns),      \
		to_text(&(p)->legal_basis), to_text(&(p)->verified_by),                            \
		to_int32(&(p)->valid_from), to_int32(&(p)->valid_to), to_int64(&(p)->set_at)

struct db_stmt ROSTER_LOAD_PROCEDURE = {"roster_load_procedure",
	"SELECT " COLUMNS " FROM roster_procedure WHERE government_id = $1"
	" AND (unit_id = $2 OR unit_id = 0) AND valid_from <= $3 AND valid_to >= $3"
	" ORDER BY (unit_id = 0), procedure_id DESC LIMIT 1",
	0};

enum err roster_load_procedure(
	struct tx *tx, struct unit_id agency, int32_t day, struct roster_procedure *ret)
{
	enum err e = db_load(tx, &ROSTER_LOAD_PROCEDURE,
		BIND(db_int(tx->government.v), db_int(agency.v), db_int(day)),
		INTO(INTO_PROCEDURE(ret)));
	if (e == E_NOT_FOUND)
		*ret = (struct roster_procedure){.review_days = 2,
			.due_days = 3,
			.wishes = 4,
			.columns = ROSTER_COLUMNS,
			.legal_basis = "",
			.verified_by = "",
			.valid_to = DAY_FOREVER};
	return e == E_NOT_FOUND ? OK : e;
}

struct db_stmt ROSTER_LIST_PROCEDURES = {"roster_list_procedures",
	"SELECT " COLUMNS " FROM roster_procedure WHERE government_id = $1"
	" ORDER BY procedure_id DESC LIMIT $2",
	0};

enum err roster_list_procedures(
	struct tx *tx, struct roster_procedure *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct roster_procedure row;
	int count = 0;
	db_query(tx, &ROSTER_LIST_PROCEDURES, BIND(db_int(tx->government.v), db_int(max)), &rows);
	while (db_next(&rows, INTO(INTO_PROCEDURE(&row))))
		ret[count++] = row;
	*ret_count = count;
	return db_end(&rows);
}

struct db_stmt ROSTER_END_PROCEDURES = {"roster_end_procedures",
	"UPDATE roster_procedure SET valid_to = CAST($3 AS INTEGER) - 1 WHERE government_id = $1"
	" AND unit_id = $2 AND valid_from < $3 AND valid_to >= $3",
	0};

struct db_stmt ROSTER_ADD_PROCEDURE = {"roster_add_procedure",
	"INSERT INTO roster_procedure (government_id, procedure_id, unit_id, receipt, review_days,"
	" due_days, swap_receipt, wishes, columns, legal_basis, verified_by, valid_from, valid_to,"
	" set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
	" $15)",
	0};

static void add_leaf(struct tx *tx, const struct roster_procedure *p, int64_t id)
{
	struct buf content;
	buf_init(&content, tx->arena, 256);
	buf_printf(&content,
		"roster procedure %lld unit %lld %s review %d due %d swap %d wishes %d",
		(long long)id, (long long)p->unit.v, roster_receipt_names[p->receipt],
		(int)p->review_days, (int)p->due_days, p->swap_approved, (int)p->wishes);
	buf_printf(&content, " columns %s from %d to %d basis %s verified %s\n", p->columns,
		(int)p->valid_from, (int)p->valid_to, p->legal_basis, p->verified_by);
	trust_add_leaf(tx, LEAF_ROSTER, id, content.p, content.n);
}

enum err roster_add_procedure(
	struct tx *tx, const struct roster_procedure *p, struct employee_id by, int64_t *ret_id)
{
	int64_t id = id_next();
	enum err e = db_exec(tx, &ROSTER_END_PROCEDURES,
		BIND(db_int(tx->government.v), db_int(p->unit.v), db_int(p->valid_from)), NULL);
	if (e)
		return e;
	add_leaf(tx, p, id);
	*ret_id = id;
	return db_exec(tx, &ROSTER_ADD_PROCEDURE,
		BIND(db_int(tx->government.v), db_int(id), db_int(p->unit.v), db_int(p->receipt),
			db_int(p->review_days), db_int(p->due_days), db_int(p->swap_approved),
			db_int(p->wishes), db_text(p->columns), db_text(p->legal_basis),
			db_text(p->verified_by), db_int(p->valid_from), db_int(p->valid_to),
			db_int(by.v), db_int(tx->now_ms)),
		NULL);
}
