/*
 * Letters that cover many: one surat tugas, one status for each of its people, one leaf over all of
 * it. A letter or a membership is withdrawn, never edited.
 */
#include "org/org_absence_db.h"

#include "platform/clock.h"
#include "trust/trust.h"

#include <string.h>

#define LETTER_COLUMNS                                                                             \
	"l.letter_id, l.unit_id, l.kind, l.number, l.issued, l.signer, l.subject, l.route, "       \
	"l.valid_from, l.valid_to, l.from_minute, l.to_minute, l.file_sha256, l.file_name, "       \
	"l.entered_by, l.entered_at, l.withdrawn_at, l.withdrawn_why,"                             \
	" (SELECT COUNT(*) FROM org_letter_member m WHERE m.government_id = l.government_id"       \
	" AND m.letter_id = l.letter_id AND m.withdrawn_at = 0)"
#define INTO_LETTER(l)                                                                             \
	INTO(to_int64(&(l)->letter_id), to_int64(&(l)->unit.v), to_int32(&(l)->kind),              \
		to_text(&(l)->number), to_int32(&(l)->issued), to_text(&(l)->signer),              \
		to_text(&(l)->subject), to_text(&(l)->route), to_int32(&(l)->from),                \
		to_int32(&(l)->to), to_int32(&(l)->from_minute), to_int32(&(l)->to_minute),        \
		to_text(&(l)->file_sha256), to_text(&(l)->file_name),                              \
		to_int64(&(l)->entered_by.v), to_int64(&(l)->entered_at),                          \
		to_int64(&(l)->withdrawn_at), to_text(&(l)->withdrawn_why),                        \
		to_int32(&(l)->members))

struct db_stmt ORG_LOAD_LETTER = {"org_load_letter",
	"SELECT " LETTER_COLUMNS
	" FROM org_letter l WHERE l.government_id = $1 AND l.letter_id = $2",
	0};

enum err org_load_letter(struct tx *tx, int64_t letter_id, struct org_letter *ret)
{
	return db_load(tx, &ORG_LOAD_LETTER, BIND(db_int(tx->government.v), db_int(letter_id)),
		INTO_LETTER(ret));
}

struct db_stmt ORG_COUNT_LETTERS = {"org_count_letters",
	"SELECT COUNT(*) FROM org_letter WHERE government_id = $1 AND unit_id = $2 AND number = $3"
	" AND issued = $4",
	0};

enum err org_is_letter_known(
	struct tx *tx, struct unit_id unit, const char *number, int32_t issued, bool *ret_known)
{
	int32_t count = 0;
	enum err e = db_load(tx, &ORG_COUNT_LETTERS,
		BIND(db_int(tx->government.v), db_int(unit.v), db_text(number), db_int(issued)),
		INTO(to_int32(&count)));

	*ret_known = count > 0;
	return e;
}

struct db_stmt ORG_LIST_LETTERS = {"org_list_letters",
	"SELECT " LETTER_COLUMNS " FROM org_letter l JOIN org_unit u"
	" ON u.government_id = l.government_id AND u.unit_id = l.unit_id"
	" WHERE l.government_id = $1 AND substr(u.path, 1, CAST($3 AS INTEGER)) = $2"
	" AND (l.letter_id < $4 OR $4 = 0) ORDER BY l.letter_id DESC LIMIT $5",
	0};

enum err org_list_letters(struct tx *tx, const char *path, int64_t before, struct org_letter *ret,
	int max, int *ret_count)
{
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_LETTERS,
		BIND(db_int(tx->government.v), db_text(path), db_int((int64_t)strlen(path)),
			db_int(before), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_LETTER(&ret[n])))
		n++;
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt ORG_LIST_LETTER_MEMBERS = {"org_list_letter_members",
	"SELECT m.employee_id, m.status_id, m.withdrawn_at, e.name, e.title_before, e.title_after,"
	" coalesce(p.position, '') FROM org_letter_member m"
	" JOIN org_letter l ON l.government_id = m.government_id AND l.letter_id = m.letter_id"
	" JOIN org_employee e ON e.government_id = m.government_id"
	" AND e.employee_id = m.employee_id LEFT JOIN org_placement p"
	" ON p.government_id = m.government_id AND p.employee_id = m.employee_id"
	" AND p.valid_from <= l.valid_from AND p.valid_to >= l.valid_from"
	" WHERE m.government_id = $1 AND m.letter_id = $2 ORDER BY e.name_folded, m.employee_id"
	" LIMIT $3",
	0};

enum err org_list_letter_members(
	struct tx *tx, int64_t letter_id, struct org_letter_member *ret, int max, int *ret_count)
{
	struct org_letter_member m = {0};
	struct employee_row who = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &ORG_LIST_LETTER_MEMBERS,
		BIND(db_int(tx->government.v), db_int(letter_id), db_int(max)), &rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&m.employee.v), to_int64(&m.status_id),
				       to_int64(&m.withdrawn_at), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&m.position)))) {
		m.full_name = org_full_name(tx->arena, &who);
		ret[n++] = m;
	}
	*ret_count = n;
	return db_end(&rows);
}

/* ---- writing ---- */

struct db_stmt ORG_ADD_LETTER = {"org_add_letter",
	"INSERT INTO org_letter (government_id, letter_id, unit_id, kind, number, issued, signer, "
	"subject, route, valid_from, valid_to, from_minute, to_minute, file_sha256, file_name, "
	"entered_by, entered_at, withdrawn_at, withdrawn_why) VALUES ($1, $2, $3, $4, $5, $6, $7, "
	"$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, '')",
	0};

static enum err insert_letter(struct tx *tx, const struct org_letter *l)
{
	return db_exec(tx, &ORG_ADD_LETTER,
		BIND(db_int(tx->government.v), db_int(l->letter_id), db_int(l->unit.v),
			db_int(l->kind), db_text(l->number), db_int(l->issued), db_text(l->signer),
			db_text(l->subject), db_text(l->route), db_int(l->from), db_int(l->to),
			db_int(l->from_minute), db_int(l->to_minute), db_text(l->file_sha256),
			db_text(l->file_name), db_int(l->entered_by.v), db_int(l->entered_at)),
		NULL);
}

struct db_stmt ORG_ADD_LETTER_MEMBER = {"org_add_letter_member",
	"INSERT INTO org_letter_member (government_id, letter_id, employee_id, status_id, "
	"withdrawn_at) VALUES ($1, $2, $3, $4, 0)",
	0};

static enum err insert_member(
	struct tx *tx, const struct org_letter *l, struct org_letter_member *m)
{
	const struct org_status_row status = {id_next(), m->employee, l->kind, l->from, l->to,
		l->number, 0, l->from_minute, l->to_minute, l->entered_by};
	enum err e = org_insert_status(tx, &status);

	m->status_id = status.status_id;
	if (!e)
		e = db_exec(tx, &ORG_ADD_LETTER_MEMBER,
			BIND(db_int(tx->government.v), db_int(l->letter_id), db_int(m->employee.v),
				db_int(m->status_id)),
			NULL);
	return e ? e : org_mark_days(tx, m->employee, l->from, l->to);
}

static void add_leaf(struct tx *tx, const struct org_letter *l, const char *what,
	const struct org_letter_member *member, int members)
{
	struct buf fact;

	buf_init(&fact, tx->arena, 512 + (size_t)members * 48);
	buf_printf(&fact,
		"letter %s %s of %d signed by %s: %s from %d to %d minutes %d to %d subject %s "
		"route %s file %s unit %lld why %s",
		what, l->number, l->issued, l->signer, status_kind_names[l->kind], l->from, l->to,
		l->from_minute, l->to_minute, l->subject, l->route, l->file_sha256,
		(long long)l->unit.v, l->withdrawn_why);
	for (int i = 0; i < members; i++)
		buf_printf(&fact, " %lld:%lld", (long long)member[i].employee.v,
			(long long)member[i].status_id);
	trust_add_leaf(tx, LEAF_STATUS, l->letter_id, fact.p, fact.n);
}

enum err org_add_letter(
	struct tx *tx, struct org_letter *letter, struct org_letter_member *member, int members)
{
	letter->letter_id = id_next();
	letter->entered_at = tx->now_ms;
	letter->withdrawn_why = "";
	enum err e = insert_letter(tx, letter);

	for (int i = 0; i < members && !e; i++)
		e = insert_member(tx, letter, &member[i]);
	if (!e)
		add_leaf(tx, letter, "entered", member, members);
	return e;
}

struct db_stmt ORG_END_LETTER_MEMBER = {"org_end_letter_member",
	"UPDATE org_letter_member SET withdrawn_at = $4 WHERE government_id = $1"
	" AND letter_id = $2 AND employee_id = $3 AND withdrawn_at = 0",
	0};

enum err org_end_letter_member(struct tx *tx, const struct org_letter *letter,
	const struct org_letter_member *member, struct employee_id by, const char *why)
{
	struct org_status_row status;
	enum err e = db_exec(tx, &ORG_END_LETTER_MEMBER,
		BIND(db_int(tx->government.v), db_int(letter->letter_id),
			db_int(member->employee.v), db_int(tx->now_ms)),
		NULL);

	if (!e)
		e = org_load_status(tx, member->status_id, &status);
	if (e || status.ended_at)
		return e;
	return org_end_status(tx, &status, by, why);
}

struct db_stmt ORG_END_LETTER = {"org_end_letter",
	"UPDATE org_letter SET withdrawn_at = $3, withdrawn_why = $4 WHERE government_id = $1"
	" AND letter_id = $2 AND withdrawn_at = 0",
	0};

enum err org_end_letter(struct tx *tx, const struct org_letter *letter, const char *why)
{
	struct org_letter ended = *letter;
	enum err e = db_exec(tx, &ORG_END_LETTER,
		BIND(db_int(tx->government.v), db_int(letter->letter_id), db_int(tx->now_ms),
			db_text(why)),
		NULL);

	ended.withdrawn_why = why;
	if (!e)
		add_leaf(tx, &ended, "withdrawn", NULL, 0);
	return e;
}
