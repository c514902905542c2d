/*
 * Statements of what kiosks do: records they signed, cards, PINs, and the people they may show.
 *
 * Records are kept as they came and never changed. Of a card and a PIN only hashes are here.
 */
#include "attendance/attendance_station.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* ---- cards ---- */

#define CARD_COLUMNS "card_hash, employee_id, issued_at, issued_by, ended_at, ended_by, end_reason"
#define INTO_CARD(c, hash)                                                                         \
	INTO(to_bytes(hash), to_int64(&(c)->employee.v), to_int64(&(c)->issued_at),                \
		to_int64(&(c)->issued_by.v), to_int64(&(c)->ended_at), to_int64(&(c)->ended_by.v), \
		to_text(&(c)->end_reason))

static enum err load_card(
	struct tx *tx, struct db_stmt *stmt, struct db_value key, struct card *ret)
{
	struct bytes hash = {0};
	enum err e;

	*ret = (struct card){0};
	e = db_load(tx, stmt, BIND(db_int(tx->government.v), key), INTO_CARD(ret, &hash));
	if (e)
		return e;
	if (hash.n != sizeof(ret->hash.b))
		return E_STORE;
	memcpy(ret->hash.b, hash.p, hash.n);
	return OK;
}

static struct db_stmt LOAD_CARD = {"attendance_load_card",
	"SELECT " CARD_COLUMNS " FROM attendance_card WHERE government_id = $1 AND card_hash = $2",
	0};

enum err attendance_load_card(struct tx *tx, const struct hash *hash, struct card *ret)
{
	return load_card(tx, &LOAD_CARD, db_bytes(hash->b, sizeof(hash->b)), ret);
}

static struct db_stmt LOAD_CARD_OF = {"attendance_load_card_of",
	"SELECT " CARD_COLUMNS " FROM attendance_card"
	" WHERE government_id = $1 AND employee_id = $2 AND ended_at = 0",
	0};

enum err attendance_load_card_of(struct tx *tx, struct employee_id employee, struct card *ret)
{
	return load_card(tx, &LOAD_CARD_OF, db_int(employee.v), ret);
}

static struct db_stmt ADD_CARD = {"attendance_add_card",
	"INSERT INTO attendance_card (government_id, " CARD_COLUMNS ")"
	" VALUES ($1, $2, $3, $4, $5, 0, 0, '')",
	0};

enum err attendance_add_card(struct tx *tx, const struct card *card)
{
	return db_exec(tx, &ADD_CARD,
		BIND(db_int(tx->government.v), db_bytes(card->hash.b, sizeof(card->hash.b)),
			db_int(card->employee.v), db_int(card->issued_at),
			db_int(card->issued_by.v)),
		NULL);
}

static struct db_stmt END_CARD = {"attendance_end_card",
	"UPDATE attendance_card SET ended_at = $3, ended_by = $4, end_reason = $5"
	" WHERE government_id = $1 AND employee_id = $2 AND ended_at = 0",
	0};

enum err attendance_end_card(struct tx *tx, struct employee_id employee, struct employee_id by,
	const char *reason, bool *ret_ended)
{
	int64_t rows = 0;
	enum err e = db_exec(tx, &END_CARD,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(tx->now_ms), db_int(by.v),
			db_text(reason)),
		&rows);

	*ret_ended = rows > 0;
	return e;
}

/* ---- PINs ---- */

static struct db_stmt LOAD_PIN = {"attendance_load_pin",
	"SELECT phc FROM attendance_pin WHERE government_id = $1 AND employee_id = $2", 0};

enum err attendance_load_pin(struct tx *tx, struct employee_id employee, const char **ret_phc)
{
	enum err e = db_load(tx, &LOAD_PIN, BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_text(ret_phc)));

	if (e == E_NOT_FOUND)
		*ret_phc = NULL;
	return e == E_NOT_FOUND ? OK : e;
}

static struct db_stmt SET_PIN = {"attendance_set_pin",
	"INSERT INTO attendance_pin (government_id, employee_id, phc, set_at)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (government_id, employee_id)"
	" DO UPDATE SET phc = excluded.phc, set_at = excluded.set_at",
	0};
static struct db_stmt DROP_PIN = {"attendance_drop_pin",
	"DELETE FROM attendance_pin WHERE government_id = $1 AND employee_id = $2", 0};

enum err attendance_set_pin(struct tx *tx, struct employee_id employee, const char *phc)
{
	if (!phc)
		return db_exec(
			tx, &DROP_PIN, BIND(db_int(tx->government.v), db_int(employee.v)), NULL);
	return db_exec(tx, &SET_PIN,
		BIND(db_int(tx->government.v), db_int(employee.v), db_text(phc),
			db_int(tx->now_ms)),
		NULL);
}

static struct db_stmt LOAD_OWNER = {"attendance_load_kiosk_owner",
	"SELECT e.employee_id, e.name, coalesce(u.name, ''), p.phc FROM org_employee e"
	" LEFT JOIN attendance_pin p ON p.government_id = e.government_id"
	" AND p.employee_id = e.employee_id"
	" LEFT JOIN org_placement l ON l.government_id = e.government_id"
	" AND l.employee_id = e.employee_id AND l.valid_from <= $3 AND l.valid_to >= $3"
	" LEFT JOIN org_unit u ON u.government_id = l.government_id AND u.unit_id = l.unit_id"
	" WHERE e.government_id = $1 AND e.nip = $2 AND e.valid_from <= $3 AND e.valid_to >= $3"
	" LIMIT 1",
	0};

enum err attendance_load_kiosk_owner(
	struct tx *tx, const char *nip, int32_t day, struct kiosk_owner *ret)
{
	*ret = (struct kiosk_owner){0};
	return db_load(tx, &LOAD_OWNER, BIND(db_int(tx->government.v), db_text(nip), db_int(day)),
		INTO(to_int64(&ret->employee.v), to_text(&ret->name), to_text(&ret->unit_name),
			to_text(&ret->phc)));
}

static struct db_stmt LIST_HOLDERS = {"attendance_list_card_holders",
	"SELECT p.employee_id, e.name, e.title_before, e.title_after, u.name,"
	" coalesce(c.issued_at, 0),"
	" CASE WHEN EXISTS (SELECT 1 FROM attendance_pin i WHERE"
	" i.government_id = p.government_id AND i.employee_id = p.employee_id) THEN 1 ELSE 0 END,"
	" CASE WHEN EXISTS (SELECT 1 FROM attendance_device d WHERE"
	" d.government_id = p.government_id AND d.employee_id = p.employee_id AND d.state = 0)"
	" THEN 1 ELSE 0 END FROM org_placement p"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" JOIN org_employee e ON e.government_id = p.government_id"
	" AND e.employee_id = p.employee_id AND e.valid_from <= $2 AND e.valid_to >= $2"
	" LEFT JOIN attendance_card c ON c.government_id = p.government_id"
	" AND c.employee_id = p.employee_id AND c.ended_at = 0"
	" WHERE p.government_id = $1 AND p.valid_from <= $2 AND p.valid_to >= $2"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3 ORDER BY e.name, p.employee_id LIMIT $5",
	0};

enum err attendance_list_card_holders(struct tx *tx, const char *path, int32_t day,
	struct card_holder *ret, int max, int *ret_count)
{
	struct employee_row who = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_HOLDERS,
		BIND(db_int(tx->government.v), db_int(day), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&ret[n].unit_name), to_int64(&ret[n].issued_at),
				       to_bool(&ret[n].has_pin), to_bool(&ret[n].has_device))))
		ret[n++].full_name = org_full_name(tx->arena, &who);
	*ret_count = n;
	return db_end(&rows);
}

/* ---- people a kiosk may show ---- */

static struct db_stmt LIST_PEOPLE = {"attendance_list_kiosk_people",
	"SELECT p.employee_id, e.name, u.name, c.card_hash FROM org_placement p"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" JOIN org_employee e ON e.government_id = p.government_id"
	" AND e.employee_id = p.employee_id AND e.valid_from <= $2 AND e.valid_to >= $2"
	" LEFT JOIN attendance_card c ON c.government_id = p.government_id"
	" AND c.employee_id = p.employee_id AND c.ended_at = 0"
	" WHERE p.government_id = $1 AND p.valid_from <= $2 AND p.valid_to >= $2"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3 ORDER BY p.employee_id LIMIT $5",
	0};

enum err attendance_list_kiosk_people(struct tx *tx, const char *path, int32_t day,
	struct kiosk_person *ret, int max, int *ret_count)
{
	struct db_rows rows;
	const char *name;
	int n = 0;

	db_query(tx, &LIST_PEOPLE,
		BIND(db_int(tx->government.v), db_int(day), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_text(&name),
				       to_text(&ret[n].unit_name), to_bytes(&ret[n].card))))
		ret[n++].initials = attendance_initials(tx->arena, name);
	*ret_count = n;
	return db_end(&rows);
}

/* ---- records ---- */

#define RECORD_COLUMNS                                                                             \
	"record_hash, station_id, record, received_at, marks, time_grade, punch_day, punch_id"
#define INTO_RECORD(r, hash)                                                                       \
	INTO(to_bytes(hash), to_int64(&(r)->station), to_bytes(&(r)->record),                      \
		to_int64(&(r)->received_at), to_int64(&(r)->marks), TO_ENUM((r)->grade),           \
		to_int32(&(r)->punch_day), to_int64(&(r)->punch_id))

static enum err fix_record(enum err e, struct bytes hash, struct countersign_row *r)
{
	if (e)
		return e;
	if (hash.n != sizeof(r->hash.b) || r->record.n < COUNTERSIGN_BYTES ||
		attendance_read_countersign((struct bytes){r->record.p, COUNTERSIGN_BYTES}, &r->c))
		return E_STORE;
	memcpy(r->hash.b, hash.p, hash.n);
	return OK;
}

static struct db_stmt ADD_COUNTERSIGN = {"attendance_add_countersign",
	"INSERT INTO attendance_countersign (government_id, " RECORD_COLUMNS
	", seq, kind, employee_id, officer_id, wall_at, subject)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
	0};

enum err attendance_add_countersign(struct tx *tx, const struct countersign_row *r)
{
	return db_exec(tx, &ADD_COUNTERSIGN,
		BIND(db_int(tx->government.v), db_bytes(r->hash.b, sizeof(r->hash.b)),
			db_int(r->station), db_bytes(r->record.p, r->record.n),
			db_int(r->received_at), db_int(r->marks), db_int(r->grade),
			db_int(r->punch_day), db_int(r->punch_id), db_int(r->c.seq),
			db_int(r->c.kind), db_int(r->c.employee), db_int(r->c.officer),
			db_int(r->c.wall_at), db_bytes(r->c.subject.b, sizeof(r->c.subject.b))),
		NULL);
}

static struct db_stmt LOAD_COUNTERSIGN = {"attendance_load_countersign",
	"SELECT " RECORD_COLUMNS
	" FROM attendance_countersign WHERE government_id = $1 AND record_hash = $2",
	0};

enum err attendance_load_countersign(
	struct tx *tx, const struct hash *hash, struct countersign_row *ret)
{
	struct bytes found = {0};
	enum err e;

	*ret = (struct countersign_row){0};
	e = db_load(tx, &LOAD_COUNTERSIGN,
		BIND(db_int(tx->government.v), db_bytes(hash->b, sizeof(hash->b))),
		INTO_RECORD(ret, &found));
	return fix_record(e, found, ret);
}

static struct db_stmt LOAD_IS_SEQ = {"attendance_load_is_countersign_seq",
	"SELECT count(*) FROM attendance_countersign"
	" WHERE government_id = $1 AND station_id = $2 AND seq = $3",
	0};

enum err attendance_load_is_countersign_seq(struct tx *tx, int64_t station, int64_t seq, bool *ret)
{
	int32_t count = 0;
	enum err e = db_load(tx, &LOAD_IS_SEQ,
		BIND(db_int(tx->government.v), db_int(station), db_int(seq)),
		INTO(to_int32(&count)));

	*ret = count > 0;
	return e;
}

static struct db_stmt LOAD_TURN = {"attendance_load_turn",
	"SELECT " RECORD_COLUMNS " FROM attendance_countersign"
	" WHERE government_id = $1 AND station_id = $2 AND kind = 4 AND seq < $3"
	" ORDER BY seq DESC, received_at LIMIT 1",
	0};

enum err attendance_load_turn(
	struct tx *tx, int64_t station, int64_t seq, struct countersign_row *ret)
{
	struct bytes found = {0};
	enum err e;

	*ret = (struct countersign_row){0};
	e = db_load(tx, &LOAD_TURN, BIND(db_int(tx->government.v), db_int(station), db_int(seq)),
		INTO_RECORD(ret, &found));
	return fix_record(e, found, ret);
}

static struct db_stmt LOAD_OF_EVENT = {"attendance_load_countersign_of_event",
	"SELECT " RECORD_COLUMNS " FROM attendance_countersign"
	" WHERE government_id = $1 AND subject = $2 AND kind = 1"
	" ORDER BY received_at, record_hash LIMIT 1",
	0};

enum err attendance_load_countersign_of_event(
	struct tx *tx, const struct hash *event_hash, struct countersign_row *ret)
{
	struct bytes found = {0};
	enum err e;

	*ret = (struct countersign_row){0};
	e = db_load(tx, &LOAD_OF_EVENT,
		BIND(db_int(tx->government.v), db_bytes(event_hash->b, sizeof(event_hash->b))),
		INTO_RECORD(ret, &found));
	return fix_record(e, found, ret);
}

static struct db_stmt LOAD_BOUND = {"attendance_load_kiosk_bound",
	"SELECT c.wall_at, c.marks, c.time_grade, s.unit_id, s.site_id FROM attendance_countersign "
	"c"
	" JOIN attendance_station s ON s.government_id = c.government_id"
	" AND s.station_id = c.station_id"
	" WHERE c.government_id = $1 AND c.subject = $2 AND c.kind = 1"
	" ORDER BY c.record_hash LIMIT 10", /* as the index has them: asked for every event */
	0};

enum err attendance_load_kiosk_bound(struct tx *tx, struct hash event_hash, struct kiosk_bound *ret)
{
	struct kiosk_bound found;
	struct db_rows rows;
	enum time_grade grade;
	int64_t marks;

	*ret = (struct kiosk_bound){.at = NO_INSTANT};
	db_query(tx, &LOAD_BOUND,
		BIND(db_int(tx->government.v), db_bytes(event_hash.b, sizeof(event_hash.b))),
		&rows);
	while (db_next(&rows, INTO(to_int64(&found.at), to_int64(&marks), TO_ENUM(grade),
				      to_int64(&found.unit.v), to_int64(&found.site.v)))) {
		if ((ret->at == NO_INSTANT || found.at < ret->at) &&
			attendance_is_countersign_good(marks, grade))
			*ret = found;
	}
	return db_end(&rows);
}

struct db_stmt *const attendance_kiosk_stmts[KIOSK_STMTS] = {&LOAD_CARD, &LOAD_CARD_OF, &ADD_CARD,
	&END_CARD, &LOAD_PIN, &SET_PIN, &DROP_PIN, &LOAD_OWNER, &LIST_HOLDERS, &LIST_PEOPLE,
	&ADD_COUNTERSIGN, &LOAD_COUNTERSIGN, &LOAD_IS_SEQ, &LOAD_TURN, &LOAD_OF_EVENT, &LOAD_BOUND};
