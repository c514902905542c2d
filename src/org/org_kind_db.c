/*
 * Rows of kinds of absence. A row is added or ended, never edited; a government that has none gets
 * those of data/leave-kinds.csv, which are examples until its board says otherwise.
 */
#include "org/org_absence_db.h"

#include "org/org_csv.h"

#include "base/str.h"
#include "platform/assets.h"
#include "platform/clock.h"
#include "trust/trust.h"

#define KIND_COLUMNS                                                                               \
	"kind_id, kind, name, decided_by, document, document_days, least_days, longest_days, "     \
	"back_days, sensitive, part_of_day, recap_class, for_kinds, legal_basis, verified_by, "    \
	"valid_from, valid_to"
#define INTO_KIND(k)                                                                               \
	INTO(to_int64(&(k)->kind_id), to_int32(&(k)->kind), to_text(&(k)->name),                   \
		to_int32(&(k)->decided_by), to_int32(&(k)->document),                              \
		to_int32(&(k)->document_days), to_int32(&(k)->least_days),                         \
		to_int32(&(k)->longest_days), to_int32(&(k)->back_days), to_bool(&(k)->sensitive), \
		to_bool(&(k)->part_of_day), to_int32(&(k)->recap_class),                           \
		to_int32(&(k)->for_kinds), to_text(&(k)->legal_basis), to_text(&(k)->verified_by), \
		to_int32(&(k)->valid_from), to_int32(&(k)->valid_to))

struct db_stmt ORG_LIST_KINDS = {"org_list_kinds",
	"SELECT " KIND_COLUMNS " FROM org_status_kind WHERE government_id = $1"
	" AND ((valid_from <= $2 AND valid_to >= $2) OR $2 = -2147483648)"
	" ORDER BY kind, for_kinds, least_days, valid_from DESC, kind_id LIMIT $3",
	0};

enum err org_list_kinds(
	struct tx *tx, int32_t day, struct org_kind *ret_kind, int max, int *ret_count)
{
	_Static_assert(DAY_NONE == INT32_MIN, "the number in the statement");
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_KINDS, BIND(db_int(tx->government.v), db_int(day), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_KIND(&ret_kind[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LOAD_KIND = {"org_load_kind",
	"SELECT " KIND_COLUMNS " FROM org_status_kind WHERE government_id = $1 AND kind_id = $2",
	0};

enum err org_load_kind(struct tx *tx, int64_t kind_id, struct org_kind *ret)
{
	return db_load(tx, &ORG_LOAD_KIND, BIND(db_int(tx->government.v), db_int(kind_id)),
		INTO_KIND(ret));
}

static void add_kind_leaf(struct tx *tx, const struct org_kind *k, int64_t kind_id)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 256);
	buf_printf(&fact,
		"kind %s named %s decided by %s document %s within %d for %d days %d to %d told "
		"within %d sensitive %d part %d recap %s basis %s verified by %s from %d to %d",
		status_kind_names[k->kind], k->name, decider_names[k->decided_by],
		document_need_names[k->document], k->document_days, k->for_kinds, k->least_days,
		k->longest_days, k->back_days, k->sensitive, k->part_of_day,
		recap_class_names[k->recap_class], k->legal_basis, k->verified_by, k->valid_from,
		k->valid_to);
	trust_add_leaf(tx, LEAF_STATUS, kind_id, fact.p, fact.n);
}

struct db_stmt ORG_ADD_KIND = {"org_add_kind",
	"INSERT INTO org_status_kind (government_id, " KIND_COLUMNS ") VALUES ($1, $2, $3, $4, $5, "
	"$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
	0};

enum err org_add_kind(struct tx *tx, const struct org_kind *k, int64_t *ret_kind)
{
	const int64_t id = id_next();
	enum err e = db_exec(tx, &ORG_ADD_KIND,
		BIND(db_int(tx->government.v), db_int(id), db_int(k->kind), db_text(k->name),
			db_int(k->decided_by), db_int(k->document), db_int(k->document_days),
			db_int(k->least_days), db_int(k->longest_days), db_int(k->back_days),
			db_int(k->sensitive), db_int(k->part_of_day), db_int(k->recap_class),
			db_int(k->for_kinds), db_text(k->legal_basis), db_text(k->verified_by),
			db_int(k->valid_from), db_int(k->valid_to)),
		NULL);

	if (e)
		return e;
	*ret_kind = id;
	add_kind_leaf(tx, k, id);
	return OK;
}

struct db_stmt ORG_END_KIND = {"org_end_kind",
	"UPDATE org_status_kind SET valid_to = $3 WHERE government_id = $1 AND kind_id = $2", 0};

enum err org_end_kind(struct tx *tx, const struct org_kind *row, int32_t last_day)
{
	struct org_kind ended = *row;
	enum err e = db_exec(tx, &ORG_END_KIND,
		BIND(db_int(tx->government.v), db_int(row->kind_id), db_int(last_day)), NULL);

	ended.valid_to = last_day;
	if (!e)
		add_kind_leaf(tx, &ended, row->kind_id);
	return e;
}

/* ---- first rows ---- */

enum {
	CELL_KIND,
	CELL_NAME,
	CELL_DECIDED_BY,
	CELL_DOCUMENT,
	CELL_DOCUMENT_DAYS,
	CELL_LEAST,
	CELL_LONGEST,
	CELL_BACK,
	CELL_SENSITIVE,
	CELL_PART,
	CELL_RECAP,
	CELL_FOR,
	CELL_BASIS,
	CELL_VERIFIED,
	CELL_FROM,
	CELLS
};

static bool read_name(const char *cell, const char *const *names, int32_t *ret)
{
	for (int i = 0; names[i]; i++) {
		if (str_eq(cell, names[i])) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static bool read_number(const char *cell, int32_t *ret)
{
	int64_t value;

	if (!str_to_int(cell, 0, 10000, &value))
		return false;
	*ret = (int32_t)value;
	return true;
}

static bool read_flag(const char *cell, bool *ret)
{
	*ret = str_eq(cell, "1");
	return *ret || str_eq(cell, "0");
}

/* "pns cpns": a bit each. */
static bool read_employments(struct arena *arena, const char *cell, int32_t *ret)
{
	char *rest = arena_strdup(arena, cell), *word;
	int32_t kind;

	*ret = 0;
	while ((word = strsep(&rest, " "))) {
		if (!read_name(word, employment_kind_names, &kind))
			return false;
		*ret |= 1 << kind;
	}
	return *ret != 0;
}

static bool read_kind(struct arena *arena, const struct csv_record *row, struct org_kind *k)
{
	const char *const *c = row->cell;

	*k = (struct org_kind){.valid_to = DAY_FOREVER};
	if (row->cells != CELLS)
		return false;
	k->name = arena_strdup(arena, c[CELL_NAME]);
	k->legal_basis = arena_strdup(arena, c[CELL_BASIS]);
	k->verified_by = arena_strdup(arena, c[CELL_VERIFIED]);
	return read_name(c[CELL_KIND], status_kind_names, &k->kind) &&
	       read_name(c[CELL_DECIDED_BY], decider_names, &k->decided_by) &&
	       read_name(c[CELL_DOCUMENT], document_need_names, &k->document) &&
	       read_number(c[CELL_DOCUMENT_DAYS], &k->document_days) &&
	       read_number(c[CELL_LEAST], &k->least_days) &&
	       read_number(c[CELL_LONGEST], &k->longest_days) &&
	       read_number(c[CELL_BACK], &k->back_days) &&
	       read_flag(c[CELL_SENSITIVE], &k->sensitive) &&
	       read_flag(c[CELL_PART], &k->part_of_day) &&
	       read_name(c[CELL_RECAP], recap_class_names, &k->recap_class) &&
	       read_employments(arena, c[CELL_FOR], &k->for_kinds) &&
	       day_parse(c[CELL_FROM], &k->valid_from);
}

enum err org_seed_kinds(struct tx *tx, struct bytes text, int *ret_added)
{
	struct csv *csv = ARENA_NEW(tx->arena, struct csv);
	struct csv_record row;
	struct org_kind kind;
	int64_t id;
	enum csv_fault fault;
	enum err e = OK;

	*ret_added = 0;
	if (csv_open(csv, text) || csv_next(csv, &row))
		return E_BAD_REQUEST;
	while (!e && !(fault = csv_next(csv, &row))) {
		if (!read_kind(tx->arena, &row, &kind))
			return E_BAD_REQUEST;
		e = org_add_kind(tx, &kind, &id);
		++*ret_added;
	}
	return e || fault == CSV_END ? e : E_BAD_REQUEST;
}

static enum err seed_if_none(struct tx *tx)
{
	const struct asset *asset = asset_find("data/leave-kinds.csv");
	struct org_kind kind;
	int count;
	enum err e = org_list_kinds(tx, DAY_NONE, &kind, 1, &count);

	if (e || count || !asset)
		return e;
	return org_seed_kinds(tx, (struct bytes){asset->bytes, asset->size}, &count);
}

enum err org_absence_tick(struct tx *tx)
{
	int32_t today;
	enum err e = seed_if_none(tx);

	if (e || (e = org_load_today(tx, &today)))
		return e;
	return org_remind_documents(tx, today);
}
