/*
 * Statements of the templates of printed papers, and what a template becomes for one unit.
 */
#include "org/org_print_int.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/document.h"
#include "platform/platform_db.h"

#define TO_ENUM(e) to_int32((int32_t *)&(e))

#define COLUMNS                                                                                    \
	"template_id, kind, unit_id, government_line, agency_line, address, logo_sha256, "         \
	"number_format, place, left_caption, left_office, right_office, footer, legal_basis, "     \
	"verified_by, valid_from, valid_to, entered_by, entered_at"
#define INTO_TEMPLATE(t)                                                                           \
	INTO(to_int64(&(t)->template_id), to_int32(&(t)->kind), to_int64(&(t)->unit.v),            \
		to_text(&(t)->government_line), to_text(&(t)->agency_line),                        \
		to_text(&(t)->address), to_text(&(t)->logo_sha256), to_text(&(t)->number_format),  \
		to_text(&(t)->place), to_text(&(t)->left_caption), to_text(&(t)->left_office),     \
		to_text(&(t)->right_office), to_text(&(t)->footer), to_text(&(t)->legal_basis),    \
		to_text(&(t)->verified_by), to_int32(&(t)->valid_from), to_int32(&(t)->valid_to),  \
		to_int64(&(t)->entered_by.v), to_int64(&(t)->entered_at))

static struct db_stmt LOAD_PRINT = {"org_load_print",
	"SELECT " COLUMNS " FROM org_print_template WHERE government_id = $1 AND kind = $2"
	" AND (unit_id = $3 OR unit_id = 0) AND valid_from <= $4 AND valid_to >= $4"
	" ORDER BY unit_id DESC, valid_from DESC, template_id DESC LIMIT 1",
	0};

/* A paper of one signer uses the left one's place for the other side. */
static void set_offices(enum print_kind kind, struct print_template *t)
{
	static const struct {
		enum print_kind kind;
		const char *caption, *left, *right;
	} row[] = {
		{PRINT_ROSTER_COVER, "Diterima tanggal ..............................",
			"Kepala Badan Kepegawaian Daerah", "Kepala {perangkat_daerah}"},
		{PRINT_HOME_ORDER, "Tembusan:", "Kepala Badan Kepegawaian Daerah",
			"Kepala {perangkat_daerah}"},
		{PRINT_ROSTER_RETURN, "Yth.", "Kepala {unit}", "Kepala {perangkat_daerah}"},
	};

	t->left_caption = "Mengetahui,";
	t->left_office = "Kepala {perangkat_daerah}";
	t->right_office = "Kepala {unit}";
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (row[i].kind == kind) {
			t->left_caption = row[i].caption;
			t->left_office = row[i].left;
			t->right_office = row[i].right;
		}
}

/* Nobody entered one: the names of the government, and an example of a number. */
static enum err make_default(struct tx *tx, enum print_kind kind, struct print_template *ret)
{
	struct government g;
	enum err e = platform_load_government(tx, &g);

	if (e)
		return e;
	*ret = (struct print_template){
		.kind = (int32_t)kind,
		.government_line = org_print_upper(tx->arena, g.name),
		.agency_line = "",
		.address = "",
		.logo_sha256 = "",
		.number_format = "800/{nomor}/{bulan_romawi}/{tahun}",
		.place = "",
		.footer = "{unit} - dicetak dari Luwes",
		.legal_basis = "Permendagri 1/2023 (contoh)",
		.verified_by = "",
		.valid_to = DAY_FOREVER,
	};
	set_offices(kind, ret);
	return OK;
}

enum err org_load_print(struct tx *tx, enum print_kind kind, struct unit_id unit, int32_t day,
	struct print_template *ret)
{
	const struct org_tree *tree;
	const struct org_unit *u;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	u = org_find_unit(tree, unit);
	e = db_load(tx, &LOAD_PRINT,
		BIND(db_int(tx->government.v), db_int((int64_t)kind), db_int(u ? u->agency.v : 0),
			db_int(day)),
		INTO_TEMPLATE(ret));
	return e == E_NOT_FOUND ? make_default(tx, kind, ret) : e;
}

static struct db_stmt LIST_PRINTS = {"org_list_prints",
	"SELECT " COLUMNS " FROM org_print_template WHERE government_id = $1 AND valid_to >= $2"
	" ORDER BY kind, unit_id, valid_from LIMIT $3",
	0};

enum err org_list_prints(
	struct tx *tx, int32_t day, struct print_template *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PRINTS, BIND(db_int(tx->government.v), db_int(day), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_TEMPLATE(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

/* What holds from a day on is replaced; what began before it ends the day before. */
static struct db_stmt END_PRINT = {"org_end_print",
	"UPDATE org_print_template SET valid_to = $4 WHERE government_id = $1 AND kind = $2"
	" AND unit_id = $3 AND valid_from < $5 AND valid_to > $4",
	0};
static struct db_stmt LOAD_LATER_PRINT = {"org_load_later_print",
	"SELECT count(*) FROM org_print_template WHERE government_id = $1 AND kind = $2"
	" AND unit_id = $3 AND valid_from >= $4",
	0};
static struct db_stmt ADD_PRINT = {"org_add_print",
	"INSERT INTO org_print_template (government_id, " COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
	" $19, $20)",
	0};

enum err org_is_print_last(
	struct tx *tx, int32_t kind, struct unit_id unit, int32_t from, bool *ret_last)
{
	int64_t later = 0;
	enum err e = db_load(tx, &LOAD_LATER_PRINT,
		BIND(db_int(tx->government.v), db_int(kind), db_int(unit.v), db_int(from)),
		INTO(to_int64(&later)));

	*ret_last = later == 0;
	return e;
}

enum err org_add_print(struct tx *tx, const struct print_template *t)
{
	enum err e = db_exec(tx, &END_PRINT,
		BIND(db_int(tx->government.v), db_int(t->kind), db_int(t->unit.v),
			db_int(t->valid_from - 1), db_int(t->valid_from)),
		NULL);

	if (e)
		return e;
	return db_exec(tx, &ADD_PRINT,
		BIND(db_int(tx->government.v), db_int(t->template_id), db_int(t->kind),
			db_int(t->unit.v), db_text(t->government_line), db_text(t->agency_line),
			db_text(t->address), db_text(t->logo_sha256), db_text(t->number_format),
			db_text(t->place), db_text(t->left_caption), db_text(t->left_office),
			db_text(t->right_office), db_text(t->footer), db_text(t->legal_basis),
			db_text(t->verified_by), db_int(t->valid_from), db_int(t->valid_to),
			db_int(t->entered_by.v), db_int(t->entered_at)),
		NULL);
}

static enum err load_logo(struct tx *tx, const char *sha256_hex, struct bytes *ret)
{
	struct hash hash;
	enum err e;

	*ret = (struct bytes){0};
	if (!hex_decode(sha256_hex, hash.b, sizeof hash.b))
		return OK;
	e = blob_get(tx->arena, &hash, ret);
	return e == E_NOT_FOUND ? OK : e;
}

enum err org_load_letterhead(struct tx *tx, const struct print_template *t, struct unit_id unit,
	struct document_letterhead *ret)
{
	const struct org_tree *tree;
	const struct org_unit *u, *agency;
	enum err e = org_load_tree(tx, &tree);

	if (e)
		return e;
	u = org_find_unit(tree, unit);
	agency = u ? org_find_unit(tree, u->agency) : NULL;
	*ret = (struct document_letterhead){
		.government = t->government_line,
		.agency = *t->agency_line ? t->agency_line
			  : agency        ? org_print_upper(tx->arena, agency->name)
					  : NULL,
		.address = *t->address ? t->address : NULL,
	};
	return load_logo(tx, t->logo_sha256, &ret->logo);
}

/* ---- who signs ---- */

_Static_assert(ACTING_DEFINITIVE == 0 && ACTING_PLT == 1 && ACTING_PLH == 2, "SIGNER_ORDER");
#define SIGNER_ORDER                                                                               \
	"CASE WHEN employee_id = $6 THEN 0 ELSE 1 END,"                                            \
	" CASE acting WHEN 2 THEN 0 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END, role_id"

static struct db_stmt LOAD_SIGNER = {"org_load_signer",
	"SELECT employee_id, acting FROM org_role WHERE government_id = $1 AND unit_id = $2"
	" AND role IN ($3, $4) AND valid_from <= $5 AND valid_to >= $5 ORDER BY " SIGNER_ORDER
	" LIMIT 1",
	0};

static void sign_as(enum acting acting, const struct employee_row *row, struct document_signer *ret)
{
	static const char *const prefix[] = {[ACTING_DEFINITIVE] = NULL,
		[ACTING_PLT] = "Plt.",
		[ACTING_PLH] = "Plh.",
		[ACTING_DELEGATE] = "a.n."};
	bool has_position = row->position && *row->position;

	ret->prefix = prefix[acting];
	if (has_position && acting == ACTING_DEFINITIVE)
		ret->office = row->position;
	if (has_position && acting == ACTING_DELEGATE)
		ret->below = row->position;
}

enum err org_load_signer(struct tx *tx, struct unit_id unit, int32_t day,
	struct employee_id decided, const char *office, struct document_signer *ret)
{
	struct employee_id who;
	struct employee_row row;
	enum acting acting;
	enum err e = db_load(tx, &LOAD_SIGNER,
		BIND(db_int(tx->government.v), db_int(unit.v), db_int(ROLE_UNIT_HEAD),
			db_int(ROLE_AGENCY_HEAD), db_int(day), db_int(decided.v)),
		INTO(to_int64(&who.v), TO_ENUM(acting)));

	*ret = (struct document_signer){.office = office,
		.name = "..............................",
		.nip = ".................."};
	if (!e)
		e = org_load_employee(tx, who, day, &row);
	if (e)
		return e == E_NOT_FOUND ? OK : e;
	sign_as(acting, &row, ret);
	ret->name = org_full_name(tx->arena, &row);
	ret->nip = row.nip;
	return OK;
}

struct db_stmt *const org_print_stmts[ORG_PRINT_STMTS] = {
	&LOAD_PRINT, &LIST_PRINTS, &END_PRINT, &LOAD_LATER_PRINT, &ADD_PRINT, &LOAD_SIGNER};
