/*
 * Rows of attendance_parameter, remembered per connection until the generation moves.
 *
 * A punch asks for the numbers of its day; nearly all ask for the same day, so the last answer is
 * kept beside the rows.
 */
#include "attendance/attendance_parameter.h"

#include "attendance/attendance_stated.h"
#include "platform/platform_db.h"

struct parameter_book {
	struct parameter_row row[PARAMETER_ROWS_MAX];
	int rows;
	int32_t day; /* DAY_NONE: nobody asked yet */
	struct parameters numbers;
};

static struct db_stmt LIST_PARAMETERS = {"attendance_list_parameters",
	"SELECT parameter_id, kind, value, legal_basis, verified_by, valid_from, valid_to"
	" FROM attendance_parameter WHERE government_id = $1 ORDER BY parameter_id LIMIT $2",
	0};

static enum err read_rows(struct tx *tx, struct arena *arena, struct parameter_book *book)
{
	struct tx kept = *tx;
	struct db_rows rows;
	struct parameter_row *row = book->row;

	kept.arena = arena;
	db_query(&kept, &LIST_PARAMETERS,
		BIND(db_int(tx->government.v), db_int(PARAMETER_ROWS_MAX)), &rows);
	while (row < book->row + PARAMETER_ROWS_MAX &&
		db_next(&rows, INTO(to_int64(&row->id), to_int32(&row->kind), to_int32(&row->value),
				       to_text(&row->legal_basis), to_text(&row->verified_by),
				       to_int32(&row->valid_from), to_int32(&row->valid_to))))
		row++;
	book->rows = (int)(row - book->row);
	return db_end(&rows);
}

static enum err load_book(struct tx *tx, struct parameter_book **ret)
{
	struct parameter_book *book;
	struct arena *arena;
	int64_t generation;
	enum err e = platform_load_generation(tx, &generation);

	if (e)
		return e;
	*ret = db_cache_get(tx->db, DB_CACHE_PARAMETERS, tx->government, generation);
	if (*ret)
		return OK;
	arena = db_cache_arena(tx->db, DB_CACHE_PARAMETERS, tx->government);
	book = ARENA_NEW(arena, struct parameter_book);
	book->day = DAY_NONE;
	if ((e = read_rows(tx, arena, book)))
		return e;
	db_cache_put(tx->db, DB_CACHE_PARAMETERS, tx->government, generation, book);
	*ret = book;
	return OK;
}

enum err attendance_load_parameters(struct tx *tx, int32_t day, struct parameters *ret)
{
	struct parameter_book *book;
	enum err e = load_book(tx, &book);

	if (e)
		return e;
	if (book->day != day) {
		book->numbers = attendance_compute_parameters(book->row, book->rows, day);
		book->day = day;
	}
	*ret = book->numbers;
	return OK;
}

enum err attendance_list_parameters(struct tx *tx, const struct parameter_row **ret, int *ret_count)
{
	struct parameter_book *book;
	enum err e = load_book(tx, &book);

	if (e)
		return e;
	*ret = book->row;
	*ret_count = book->rows;
	return OK;
}

static struct db_stmt END_PARAMETERS = {"attendance_end_parameters",
	"UPDATE attendance_parameter SET valid_to = $3 WHERE government_id = $1 AND kind = $2"
	" AND valid_to > $3",
	0};
static struct db_stmt ADD_PARAMETER = {"attendance_add_parameter",
	"INSERT INTO attendance_parameter (government_id, parameter_id, kind, value, legal_basis,"
	" verified_by, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	0};

enum err attendance_set_parameter(struct tx *tx, const struct parameter_row *row)
{
	struct buf fact;
	enum err e = db_exec(tx, &END_PARAMETERS,
		BIND(db_int(tx->government.v), db_int(row->kind), db_int(row->valid_from - 1)),
		NULL);

	if (!e)
		e = db_exec(tx, &ADD_PARAMETER,
			BIND(db_int(tx->government.v), db_int(row->id), db_int(row->kind),
				db_int(row->value), db_text(row->legal_basis),
				db_text(row->verified_by), db_int(row->valid_from),
				db_int(row->valid_to)),
			NULL);
	if (!e)
		e = platform_raise_generation(tx);
	if (e)
		return e;
	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact, "parameter %s %d from %d basis %s verified %s",
		parameter_names[row->kind], row->value, row->valid_from, row->legal_basis,
		row->verified_by);
	trust_add_leaf(tx, LEAF_PARAMETER, row->id, fact.p, fact.n);
	return OK;
}

struct db_stmt *const attendance_parameter_stmts[PARAMETER_STMTS] = {
	&LIST_PARAMETERS, &END_PARAMETERS, &ADD_PARAMETER};
