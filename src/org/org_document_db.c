/*
 * Statements of the register of issued papers and of the rules about their kinds.
 *
 * Rows are added and ended, never edited otherwise; each of both leaves a leaf of the log.
 */
#include "org/org_document_int.h"

#include "base/str.h"
#include "platform/fields.h"
#include "trust/trust.h"

#define COLUMNS                                                                                    \
	"document_id, kind, subject_id, employee_id, unit_id, sender_id, code, number, title,"     \
	" about, agency, office, content_sha256, sha256, size_bytes, signature, signer,"           \
	" certificate, leaf_index, issued_at, issued_by, state, ended_at, ended_by, reason,"       \
	" replaced_by"
#define D_COLUMNS                                                                                  \
	"d.document_id, d.kind, d.subject_id, d.employee_id, d.unit_id, d.sender_id, d.code,"      \
	" d.number, d.title, d.about, d.agency, d.office, d.content_sha256, d.sha256,"             \
	" d.size_bytes, d.signature, d.signer, d.certificate, d.leaf_index, d.issued_at,"          \
	" d.issued_by, d.state, d.ended_at, d.ended_by, d.reason, d.replaced_by"

/* A row as it is read: hashes are bytes there. */
struct row {
	struct issued d;
	struct bytes content, sha256;
};
#define INTO_DOCUMENT(r)                                                                           \
	INTO(to_int64(&(r)->d.document_id), to_int32(&(r)->d.kind), to_int64(&(r)->d.subject),     \
		to_int64(&(r)->d.employee.v), to_int64(&(r)->d.unit.v),                            \
		to_int64(&(r)->d.sender.v), to_text(&(r)->d.code), to_text(&(r)->d.number),        \
		to_text(&(r)->d.title), to_text(&(r)->d.about), to_text(&(r)->d.agency),           \
		to_text(&(r)->d.office), to_bytes(&(r)->content), to_bytes(&(r)->sha256),          \
		to_int64(&(r)->d.size_bytes), to_int32(&(r)->d.signature),                         \
		to_text(&(r)->d.signer), to_text(&(r)->d.certificate),                             \
		to_int64(&(r)->d.leaf_index), to_int64(&(r)->d.issued_at),                         \
		to_int64(&(r)->d.issued_by.v), to_int32(&(r)->d.state),                            \
		to_int64(&(r)->d.ended_at), to_int64(&(r)->d.ended_by.v), to_text(&(r)->d.reason), \
		to_int64(&(r)->d.replaced_by))

static enum err take(const struct row *r, struct issued *ret)
{
	*ret = r->d;
	if (r->content.n != sizeof ret->content.b || r->sha256.n != sizeof ret->sha256.b)
		return E_STORE;
	memcpy(ret->content.b, r->content.p, sizeof ret->content.b);
	memcpy(ret->sha256.b, r->sha256.p, sizeof ret->sha256.b);
	return OK;
}

/* ---- reading ---- */

static struct db_stmt LOAD = {"org_load_issued",
	"SELECT " COLUMNS " FROM org_document WHERE government_id = $1 AND document_id = $2", 0};

enum err org_load_issued(struct tx *tx, int64_t document_id, struct issued *ret)
{
	struct row r = {0};
	enum err e = db_load(
		tx, &LOAD, BIND(db_int(tx->government.v), db_int(document_id)), INTO_DOCUMENT(&r));

	return e ? e : take(&r, ret);
}

static struct db_stmt LOAD_OF = {"org_load_issued_of",
	"SELECT " COLUMNS " FROM org_document WHERE government_id = $1 AND kind = $2"
	" AND subject_id = $3 AND employee_id = $4 AND state = 0",
	0};

enum err org_load_issued_of(struct tx *tx, int32_t kind, int64_t subject,
	struct employee_id employee, struct issued *ret)
{
	struct row r = {0};
	enum err e = db_load(tx, &LOAD_OF,
		BIND(db_int(tx->government.v), db_int(kind), db_int(subject), db_int(employee.v)),
		INTO_DOCUMENT(&r));

	return e ? e : take(&r, ret);
}

/* Before the government is known. */
static struct db_stmt FIND_GOVERNMENT = {"org_find_issued_government",
	"SELECT government_id, document_id FROM org_document WHERE code = $1", 0};

enum err org_find_issued_by_code(struct tx *tx, const char *code, struct issued *ret)
{
	struct government_id government;
	int64_t id;
	enum err e = db_load(tx, &FIND_GOVERNMENT, BIND(db_text(code)),
		INTO(to_int64(&government.v), to_int64(&id)));

	if (e)
		return e;
	tx->government = government;
	e = org_load_issued(tx, id, ret);
	ret->government = government;
	return e;
}

static struct db_stmt LIST = {"org_list_issued",
	"SELECT " D_COLUMNS " FROM org_document d LEFT JOIN org_unit u"
	" ON u.government_id = d.government_id AND u.unit_id = d.unit_id"
	" WHERE d.government_id = $1 AND ($2 = '/'"
	" OR substr(u.path, 1, CAST($3 AS INTEGER)) = $2)"
	" AND (d.kind = $4 OR $4 = -1) AND (d.subject_id = $5 OR $5 = 0)"
	" AND (d.document_id < $6 OR $6 = 0) ORDER BY d.document_id DESC LIMIT $7",
	0};

enum err org_list_issued(
	struct tx *tx, const struct issued_query *q, struct issued *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct row r = {0};
	enum err e = OK, end;
	int n = 0;

	db_query(tx, &LIST,
		BIND(db_int(tx->government.v), db_text(q->path), db_int((int64_t)strlen(q->path)),
			db_int(q->kind == INT_NONE ? -1 : q->kind), db_int(q->subject),
			db_int(q->before), db_int(max)),
		&rows);
	while (!e && n < max && db_next(&rows, INTO_DOCUMENT(&r)))
		e = take(&r, &ret[n++]);
	*ret_count = n;
	end = db_end(&rows);
	return e ? e : end;
}

/* ---- writing ---- */

static struct db_stmt ADD = {"org_add_issued",
	"INSERT INTO org_document (government_id, " COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
	" $19, $20, $21, $22, 0, 0, 0, '', 0)",
	0};

static enum err add_leaf(struct tx *tx, struct issued *d)
{
	struct leaf_place leaf;
	struct buf content;
	char hex[65];
	enum err e;

	hex_encode(d->sha256.b, sizeof d->sha256.b, hex);
	buf_init(&content, tx->arena, 512);
	buf_printf(&content, "luwes/document/1\n%lld\n%s\n%lld\n%lld\n%s\n%s\n%s\n%s\n%lld\n%lld\n",
		(long long)d->document_id, print_kind_names[d->kind], (long long)d->subject,
		(long long)d->employee.v, d->number, d->code, hex,
		signature_standing_names[d->signature], (long long)d->issued_at,
		(long long)d->issued_by.v);
	e = trust_add_leaf_at(tx, LEAF_DOCUMENT, d->document_id, content.p, content.n, &leaf);
	d->leaf_index = leaf.index;
	return e;
}

enum err org_add_issued(struct tx *tx, struct issued *d)
{
	enum err e;

	d->issued_at = tx->now_ms;
	if ((e = add_leaf(tx, d)))
		return e;
	return db_exec(tx, &ADD,
		BIND(db_int(tx->government.v), db_int(d->document_id), db_int(d->kind),
			db_int(d->subject), db_int(d->employee.v), db_int(d->unit.v),
			db_int(d->sender.v), db_text(d->code), db_text(d->number),
			db_text(d->title), db_text(d->about), db_text(d->agency),
			db_text(d->office), db_bytes(d->content.b, sizeof d->content.b),
			db_bytes(d->sha256.b, sizeof d->sha256.b), db_int(d->size_bytes),
			db_int(d->signature), db_text(d->signer), db_text(d->certificate),
			db_int(d->leaf_index), db_int(d->issued_at), db_int(d->issued_by.v)),
		NULL);
}

static struct db_stmt END = {"org_end_issued",
	"UPDATE org_document SET state = $3, ended_at = $4, ended_by = $5, reason = $6,"
	" replaced_by = $7 WHERE government_id = $1 AND document_id = $2 AND state = 0",
	0};

enum err org_end_issued(struct tx *tx, const struct issued *d, enum issued_state state,
	struct employee_id by, const char *reason, int64_t replaced_by)
{
	struct buf content;
	int64_t changed = 0;
	enum err e = db_exec(tx, &END,
		BIND(db_int(tx->government.v), db_int(d->document_id), db_int((int64_t)state),
			db_int(tx->now_ms), db_int(by.v), db_text(reason), db_int(replaced_by)),
		&changed);

	if (e || !changed)
		return e ? e : E_CONFLICT;
	buf_init(&content, tx->arena, 256);
	buf_printf(&content, "luwes/document-end/1\n%lld\n%s\n%lld\n%lld\n%lld\n%s\n",
		(long long)d->document_id, issued_state_names[state], (long long)replaced_by,
		(long long)tx->now_ms, (long long)by.v, reason);
	trust_add_leaf(tx, LEAF_DOCUMENT, d->document_id, content.p, content.n);
	return OK;
}

/* ---- rules of kinds ---- */

#define RULE_COLUMNS                                                                               \
	"kind, valid_from, valid_to, class, legal_basis, verified_by, entered_by, entered_at"
#define INTO_RULE(r)                                                                               \
	INTO(to_int32(&(r)->kind), to_int32(&(r)->valid_from), to_int32(&(r)->valid_to),           \
		to_int32(&(r)->class), to_text(&(r)->legal_basis), to_text(&(r)->verified_by),     \
		to_int64(&(r)->entered_by.v), to_int64(&(r)->entered_at))

static struct db_stmt LOAD_RULE = {"org_load_document_rule",
	"SELECT " RULE_COLUMNS " FROM org_document_kind WHERE government_id = $1 AND kind = $2"
	" AND valid_from <= $3 AND valid_to >= $3",
	0};

enum err org_load_document_rule(
	struct tx *tx, enum print_kind kind, int32_t day, struct document_rule *ret)
{
	enum err e = db_load(tx, &LOAD_RULE,
		BIND(db_int(tx->government.v), db_int((int64_t)kind), db_int(day)), INTO_RULE(ret));

	if (e != E_NOT_FOUND)
		return e;
	*ret = org_default_document_rule(kind);
	return OK;
}

static struct db_stmt LIST_RULES = {"org_list_document_rules",
	"SELECT " RULE_COLUMNS " FROM org_document_kind WHERE government_id = $1 AND valid_to >= $2"
	" ORDER BY kind, valid_from LIMIT $3",
	0};

enum err org_list_document_rules(
	struct tx *tx, int32_t day, struct document_rule *ret, int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_RULES, BIND(db_int(tx->government.v), db_int(day), db_int(max)), &rows);
	while (n < max && db_next(&rows, INTO_RULE(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

static struct db_stmt COUNT_LATER_RULES = {"org_count_later_document_rules",
	"SELECT count(*) FROM org_document_kind WHERE government_id = $1 AND kind = $2"
	" AND valid_from >= $3",
	0};

enum err org_is_document_rule_last(struct tx *tx, int32_t kind, int32_t from, bool *ret_last)
{
	int64_t later = 0;
	enum err e = db_load(tx, &COUNT_LATER_RULES,
		BIND(db_int(tx->government.v), db_int(kind), db_int(from)), INTO(to_int64(&later)));

	*ret_last = later == 0;
	return e;
}

static struct db_stmt END_RULE = {"org_end_document_rule",
	"UPDATE org_document_kind SET valid_to = $3 WHERE government_id = $1 AND kind = $2"
	" AND valid_to > $3",
	0};
static struct db_stmt ADD_RULE = {"org_add_document_rule",
	"INSERT INTO org_document_kind (government_id, " RULE_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	0};

enum err org_add_document_rule(struct tx *tx, const struct document_rule *r)
{
	struct buf content;
	enum err e = db_exec(tx, &END_RULE,
		BIND(db_int(tx->government.v), db_int(r->kind), db_int(r->valid_from - 1)), NULL);

	if (e)
		return e;
	buf_init(&content, tx->arena, 512);
	buf_printf(&content, "luwes/document-kind/1\n%s\n%s\n%d\n%s\n%s\n%lld\n%lld\n",
		print_kind_names[r->kind], document_class_names[r->class], (int)r->valid_from,
		r->legal_basis, r->verified_by, (long long)r->entered_by.v,
		(long long)r->entered_at);
	trust_add_leaf(tx, LEAF_DOCUMENT, r->kind, content.p, content.n);
	return db_exec(tx, &ADD_RULE,
		BIND(db_int(tx->government.v), db_int(r->kind), db_int(r->valid_from),
			db_int(r->valid_to), db_int(r->class), db_text(r->legal_basis),
			db_text(r->verified_by), db_int(r->entered_by.v), db_int(r->entered_at)),
		NULL);
}

struct db_stmt *const org_document_stmts[ORG_DOCUMENT_STMTS] = {&LOAD, &LOAD_OF, &FIND_GOVERNMENT,
	&LIST, &ADD, &END, &LOAD_RULE, &LIST_RULES, &COUNT_LATER_RULES, &END_RULE, &ADD_RULE};
