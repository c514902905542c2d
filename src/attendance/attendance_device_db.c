/*
 * Statements of phones and of the codes that enrol them.
 *
 * An ended phone stays, so that what it signed before can still be looked at (PP 94/2021 art. 25:
 * who judges has the facts). The writer is the only one of its government: the one active phone of
 * an employee is kept by the handler that reads before it writes.
 */
#include "attendance/attendance_device.h"

#include <string.h>

#define TO_ENUM(e) to_int32((int32_t *)&(e))

/* ---- phones ---- */

#define DEVICE_COLUMNS                                                                             \
	"device_id, employee_id, public_key, install_id, label, is_installed, is_shared, state, "  \
	"enrolled_at, enrolled_by, unit_id, ended_at, ended_by, end_reason, credential_id, "       \
	"credential_key, sign_count, is_backed_up"

/* A row as it is read: what has a fixed length is still loose. */
struct device_columns {
	struct bytes id, public_key, install_id;
};
#define INTO_DEVICE(d, c)                                                                          \
	INTO(to_bytes(&(c)->id), to_int64(&(d)->employee.v), to_bytes(&(c)->public_key),           \
		to_bytes(&(c)->install_id), to_text(&(d)->label), to_bool(&(d)->is_installed),     \
		to_bool(&(d)->is_shared), TO_ENUM((d)->state), to_int64(&(d)->enrolled_at),        \
		to_int64(&(d)->enrolled_by.v), to_int64(&(d)->unit.v), to_int64(&(d)->ended_at),   \
		to_int64(&(d)->ended_by.v), to_text(&(d)->end_reason),                             \
		to_bytes(&(d)->credential_id), to_bytes(&(d)->credential_key),                     \
		to_int64(&(d)->sign_count), to_bool(&(d)->is_backed_up))

/* False when the row is not one of ours: then the store is not to be trusted. */
static bool fix_device(struct device *d, const struct device_columns *c)
{
	if (c->id.n != sizeof d->id || c->public_key.n != sizeof d->public_key ||
		c->install_id.n != sizeof d->install_id ||
		(d->credential_id.n && d->credential_key.n != ES256_KEY_BYTES))
		return false;
	memcpy(d->id, c->id.p, sizeof d->id);
	memcpy(d->public_key, c->public_key.p, sizeof d->public_key);
	memcpy(d->install_id, c->install_id.p, sizeof d->install_id);
	return true;
}

static enum err load_device(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct device *ret)
{
	struct device_columns columns = {0};
	enum err e;

	*ret = (struct device){0};
	e = db_load(tx, stmt, bind, INTO_DEVICE(ret, &columns));
	if (e)
		return e;
	return fix_device(ret, &columns) ? OK : E_STORE;
}

static struct db_stmt LOAD_DEVICE = {"attendance_load_device",
	"SELECT " DEVICE_COLUMNS
	" FROM attendance_device WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_load_device(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], struct device *ret)
{
	return load_device(tx, &LOAD_DEVICE,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES)), ret);
}

static struct db_stmt LOAD_ACTIVE = {"attendance_load_active_device",
	"SELECT " DEVICE_COLUMNS
	" FROM attendance_device WHERE government_id = $1 AND employee_id = $2 AND state = 0"
	" ORDER BY enrolled_at DESC LIMIT 1",
	0};

enum err attendance_load_active_device(
	struct tx *tx, struct employee_id employee, struct device *ret)
{
	return load_device(
		tx, &LOAD_ACTIVE, BIND(db_int(tx->government.v), db_int(employee.v)), ret);
}

static struct db_stmt LIST_DEVICES = {"attendance_list_devices",
	"SELECT " DEVICE_COLUMNS
	" FROM attendance_device WHERE government_id = $1 AND employee_id = $2"
	" ORDER BY enrolled_at DESC, device_id LIMIT $3",
	0};

enum err attendance_list_devices(
	struct tx *tx, struct employee_id employee, struct device *ret, int max, int *ret_count)
{
	struct device_columns columns = {0};
	struct db_rows rows;
	bool is_whole = true;
	int n = 0;
	enum err e;

	db_query(tx, &LIST_DEVICES, BIND(db_int(tx->government.v), db_int(employee.v), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO_DEVICE(&ret[n], &columns)))
		is_whole = fix_device(&ret[n++], &columns) && is_whole;
	*ret_count = n;
	e = db_end(&rows);
	return e || is_whole ? e : E_STORE;
}

static struct db_stmt ADD_DEVICE = {"attendance_add_device",
	"INSERT INTO attendance_device (government_id, device_id, employee_id, public_key, "
	"install_id, label, is_installed, is_shared, state, enrolled_at, enrolled_by, unit_id, "
	"ended_at, ended_by, end_reason, nip, leaf_index)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, 0, 0, '', $12, $13)",
	0};

enum err attendance_add_enrolled(
	struct tx *tx, const struct device *d, const struct enrolment *enrolment)
{
	return db_exec(tx, &ADD_DEVICE,
		BIND(db_int(tx->government.v), db_bytes(d->id, sizeof d->id), db_int(d->employee.v),
			db_bytes(d->public_key, sizeof d->public_key),
			db_bytes(d->install_id, sizeof d->install_id), db_text(d->label),
			db_int(d->is_installed), db_int(d->is_shared), db_int(d->enrolled_at),
			db_int(d->enrolled_by.v), db_int(d->unit.v), db_text(enrolment->nip),
			db_int(enrolment->leaf_index)),
		NULL);
}

enum err attendance_add_device(struct tx *tx, const struct device *d, const char *nip)
{
	return attendance_add_enrolled(tx, d, &(struct enrolment){.nip = nip, .leaf_index = -1});
}

static struct db_stmt END_DEVICE = {"attendance_end_device",
	"UPDATE attendance_device SET state = $3, ended_at = $4, ended_by = $5, end_reason = $6, "
	"challenge = NULL, challenge_until = 0"
	" WHERE government_id = $1 AND device_id = $2 AND state = 0",
	0};

enum err attendance_end_device(struct tx *tx, const struct device *d)
{
	int64_t rows;
	enum err e = db_exec(tx, &END_DEVICE,
		BIND(db_int(tx->government.v), db_bytes(d->id, sizeof d->id), db_int(d->state),
			db_int(d->ended_at), db_int(d->ended_by.v), db_text(d->end_reason)),
		&rows);

	return e || rows == 1 ? e : E_CONFLICT;
}

static struct db_stmt LIST_INSTALL = {"attendance_list_install",
	"SELECT device_id, employee_id, is_shared FROM attendance_device"
	" WHERE government_id = $1 AND install_id = $2 AND state = 0"
	" ORDER BY enrolled_at, device_id LIMIT $3",
	0};

enum err attendance_list_install(struct tx *tx, const uint8_t install_id[INSTALL_ID_BYTES],
	struct device *ret, int max, int *ret_count)
{
	struct db_rows rows;
	struct bytes id = {0};
	bool is_whole = true;
	int n = 0;
	enum err e;

	db_query(tx, &LIST_INSTALL,
		BIND(db_int(tx->government.v), db_bytes(install_id, INSTALL_ID_BYTES), db_int(max)),
		&rows);
	while (n < max && db_next(&rows, INTO(to_bytes(&id), to_int64(&ret[n].employee.v),
						 to_bool(&ret[n].is_shared)))) {
		is_whole = is_whole && id.n == DEVICE_ID_BYTES;
		if (is_whole)
			memcpy(ret[n++].id, id.p, DEVICE_ID_BYTES);
	}
	*ret_count = n;
	e = db_end(&rows);
	return e || is_whole ? e : E_STORE;
}

static struct db_stmt SET_SHARED = {"attendance_set_shared",
	"UPDATE attendance_device SET is_shared = $3 WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_set_shared(struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], bool is_shared)
{
	return db_exec(tx, &SET_SHARED,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES), db_int(is_shared)),
		NULL);
}

static struct db_stmt LOAD_LAST_ENROLLED = {"attendance_load_last_enrolled",
	"SELECT coalesce(max(enrolled_at), 0) FROM attendance_device"
	" WHERE government_id = $1 AND employee_id = $2",
	0};

enum err attendance_load_last_enrolled(struct tx *tx, struct employee_id employee, int64_t *ret)
{
	return db_load(tx, &LOAD_LAST_ENROLLED, BIND(db_int(tx->government.v), db_int(employee.v)),
		INTO(to_int64(ret)));
}

static struct db_stmt LOAD_ENROLMENT = {"attendance_load_enrolment",
	"SELECT nip, leaf_index, credential_at FROM attendance_device"
	" WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_load_enrolment(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], struct enrolment *ret)
{
	return db_load(tx, &LOAD_ENROLMENT,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES)),
		INTO(to_text(&ret->nip), to_int64(&ret->leaf_index),
			to_int64(&ret->credential_at)));
}

/* ---- the passkey ---- */

static struct db_stmt SET_CREDENTIAL = {"attendance_set_credential",
	"UPDATE attendance_device SET credential_id = $3, credential_key = $4, sign_count = $5, "
	"is_backed_up = $6, credential_at = $7, challenge = NULL, challenge_until = 0"
	" WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_set_credential(struct tx *tx, const struct device *d)
{
	bool is_set = d->credential_id.n > 0;

	return db_exec(tx, &SET_CREDENTIAL,
		BIND(db_int(tx->government.v), db_bytes(d->id, sizeof d->id),
			db_bytes(is_set ? d->credential_id.p : NULL, d->credential_id.n),
			db_bytes(is_set ? d->credential_key.p : NULL, d->credential_key.n),
			db_int(d->sign_count), db_int(d->is_backed_up),
			db_int(is_set ? tx->now_ms : 0)),
		NULL);
}

static struct db_stmt SET_SIGN_COUNT = {"attendance_set_sign_count",
	"UPDATE attendance_device SET sign_count = $3 WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_set_sign_count(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], int64_t sign_count)
{
	return db_exec(tx, &SET_SIGN_COUNT,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES), db_int(sign_count)),
		NULL);
}

static struct db_stmt LOAD_IS_CREDENTIAL = {"attendance_load_is_credential",
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM attendance_device"
	" WHERE government_id = $1 AND credential_id = $2) THEN 1 ELSE 0 END",
	0};

enum err attendance_load_is_credential(struct tx *tx, struct bytes credential_id, bool *ret)
{
	return db_load(tx, &LOAD_IS_CREDENTIAL,
		BIND(db_int(tx->government.v), db_bytes(credential_id.p, credential_id.n)),
		INTO(to_bool(ret)));
}

static struct db_stmt SET_CHALLENGE = {"attendance_set_challenge",
	"UPDATE attendance_device SET challenge = $3, challenge_until = $4"
	" WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_set_challenge(
	struct tx *tx, const uint8_t id[DEVICE_ID_BYTES], const uint8_t *challenge, int64_t until)
{
	return db_exec(tx, &SET_CHALLENGE,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES),
			db_bytes(challenge, challenge ? CHALLENGE_BYTES : 0), db_int(until)),
		NULL);
}

static struct db_stmt LOAD_CHALLENGE = {"attendance_load_challenge",
	"SELECT challenge, challenge_until FROM attendance_device"
	" WHERE government_id = $1 AND device_id = $2",
	0};

enum err attendance_load_challenge(struct tx *tx, const uint8_t id[DEVICE_ID_BYTES],
	struct bytes *ret_challenge, int64_t *ret_until)
{
	*ret_challenge = (struct bytes){0};
	return db_load(tx, &LOAD_CHALLENGE,
		BIND(db_int(tx->government.v), db_bytes(id, DEVICE_ID_BYTES)),
		INTO(to_bytes(ret_challenge), to_int64(ret_until)));
}

/* ---- how many ---- */

static struct db_stmt COUNT_DEVICES = {"attendance_count_devices",
	"SELECT count(*), count(d.device_id), coalesce(sum(d.is_shared), 0), "
	"count(d.credential_id) FROM org_placement p"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" JOIN org_employee e ON e.government_id = p.government_id"
	" AND e.employee_id = p.employee_id AND e.valid_from <= $2 AND e.valid_to >= $2"
	" LEFT JOIN attendance_device d ON d.government_id = p.government_id"
	" AND d.employee_id = p.employee_id AND d.state = 0"
	" WHERE p.government_id = $1 AND p.valid_from <= $2 AND p.valid_to >= $2"
	" AND substr(u.path, 1, CAST($4 AS INTEGER)) = $3",
	0};

enum err attendance_count_devices(
	struct tx *tx, const char *path, int32_t day, struct device_count *ret)
{
	return db_load(tx, &COUNT_DEVICES,
		BIND(db_int(tx->government.v), db_int(day), db_text(path),
			db_int((int64_t)strlen(path))),
		INTO(to_int32(&ret->people), to_int32(&ret->enrolled), to_int32(&ret->shared),
			to_int32(&ret->passkeys)));
}

static struct db_stmt LIST_PEOPLE = {"attendance_list_device_people",
	"SELECT e.employee_id, e.name, e.title_before, e.title_after, p.position, u.unit_id, "
	"u.name, coalesce(d.enrolled_at, 0), coalesce(d.label, ''), coalesce(d.is_shared, 0), "
	"CASE WHEN d.credential_id IS NULL THEN 0 ELSE 1 END"
	" FROM org_employee e"
	" JOIN org_placement p ON p.government_id = e.government_id"
	" AND p.employee_id = e.employee_id AND p.valid_from <= $3 AND p.valid_to >= $3"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" LEFT JOIN attendance_device d ON d.government_id = e.government_id"
	" AND d.employee_id = e.employee_id AND d.state = 0"
	" WHERE e.government_id = $1 AND e.employee_id > $4"
	" AND e.valid_from <= $3 AND e.valid_to >= $3"
	" AND substr(u.path, 1, length(CAST($2 AS TEXT))) = $2"
	" AND ($5 = 0 OR ($5 = 1 AND d.device_id IS NOT NULL) OR ($5 = 2 AND d.device_id IS NULL))"
	" ORDER BY e.employee_id LIMIT $6",
	0};

enum err attendance_list_device_people(struct tx *tx, const char *path, int32_t day,
	enum device_people only, struct employee_id after, struct device_person *ret, int max,
	int *ret_count)
{
	struct employee_row who = {0};
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_PEOPLE,
		BIND(db_int(tx->government.v), db_text(path), db_int(day), db_int(after.v),
			db_int(only), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(to_int64(&ret[n].employee.v), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&ret[n].position), to_int64(&ret[n].unit.v),
				       to_text(&ret[n].unit_name), to_int64(&ret[n].enrolled_at),
				       to_text(&ret[n].label), to_bool(&ret[n].is_shared),
				       to_bool(&ret[n].has_passkey))))
		ret[n++].full_name = org_full_name(tx->arena, &who);
	*ret_count = n;
	return db_end(&rows);
}

/* ---- codes ---- */

#define CODE_COLUMNS                                                                               \
	"c.code_id, c.code_hash, c.employee_id, c.issued_by, c.issued_at, c.expires_at, "          \
	"c.reason, c.needs_second, c.approved_by, c.decided_at, c.is_refused, c.refusal, "         \
	"c.shown_at, c.used_at, c.device_id"
#define TO_CODE(c, hash)                                                                           \
	to_int64(&(c)->id), to_bytes(hash), to_int64(&(c)->employee.v),                            \
		to_int64(&(c)->issued_by.v), to_int64(&(c)->issued_at),                            \
		to_int64(&(c)->expires_at), to_text(&(c)->reason), to_bool(&(c)->needs_second),    \
		to_int64(&(c)->approved_by.v), to_int64(&(c)->decided_at),                         \
		to_bool(&(c)->is_refused), to_text(&(c)->refusal), to_int64(&(c)->shown_at),       \
		to_int64(&(c)->used_at), to_bytes(&(c)->device)

static enum err load_code(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct device_code *ret)
{
	struct bytes hash = {0};
	enum err e;

	*ret = (struct device_code){0};
	e = db_load(tx, stmt, bind, INTO(TO_CODE(ret, &hash)));
	if (e)
		return e;
	if (hash.n != sizeof ret->hash.b)
		return E_STORE;
	memcpy(ret->hash.b, hash.p, hash.n);
	return OK;
}

static struct db_stmt LOAD_CODE = {"attendance_load_device_code",
	"SELECT " CODE_COLUMNS
	" FROM attendance_device_code c WHERE c.government_id = $1 AND c.code_id = $2",
	0};

enum err attendance_load_device_code(struct tx *tx, int64_t id, struct device_code *ret)
{
	return load_code(tx, &LOAD_CODE, BIND(db_int(tx->government.v), db_int(id)), ret);
}

static struct db_stmt LOAD_CODE_BY_HASH = {"attendance_load_device_code_by_hash",
	"SELECT " CODE_COLUMNS
	" FROM attendance_device_code c WHERE c.government_id = $1 AND c.code_hash = $2",
	0};

enum err attendance_load_device_code_by_hash(
	struct tx *tx, const struct hash *hash, struct device_code *ret)
{
	return load_code(tx, &LOAD_CODE_BY_HASH,
		BIND(db_int(tx->government.v), db_bytes(hash->b, sizeof hash->b)), ret);
}

static struct db_stmt LOAD_LATEST_CODE = {"attendance_load_latest_device_code",
	"SELECT " CODE_COLUMNS
	" FROM attendance_device_code c WHERE c.government_id = $1 AND c.employee_id = $2"
	" ORDER BY c.issued_at DESC, c.code_id DESC LIMIT 1",
	0};

enum err attendance_load_latest_code(
	struct tx *tx, struct employee_id employee, struct device_code *ret)
{
	return load_code(
		tx, &LOAD_LATEST_CODE, BIND(db_int(tx->government.v), db_int(employee.v)), ret);
}

static struct db_stmt ADD_CODE = {"attendance_add_device_code",
	"INSERT INTO attendance_device_code (government_id, code_hash, code_id, employee_id, "
	"issued_by, issued_at, expires_at, reason, approved_by, needs_second, used_at, shown_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 0, $10)",
	0};

enum err attendance_add_device_code(struct tx *tx, const struct device_code *c)
{
	return db_exec(tx, &ADD_CODE,
		BIND(db_int(tx->government.v), db_bytes(c->hash.b, sizeof c->hash.b), db_int(c->id),
			db_int(c->employee.v), db_int(c->issued_by.v), db_int(c->issued_at),
			db_int(c->expires_at), db_text(c->reason), db_int(c->needs_second),
			db_int(c->shown_at)),
		NULL);
}

static struct db_stmt SET_CODE = {"attendance_set_device_code",
	"UPDATE attendance_device_code SET code_hash = $3, issued_by = $4, expires_at = $5, "
	"approved_by = $6, decided_at = $7, is_refused = $8, refusal = $9, shown_at = $10, "
	"used_at = $11, device_id = $12 WHERE government_id = $1 AND code_id = $2",
	0};

enum err attendance_set_device_code(struct tx *tx, const struct device_code *c)
{
	return db_exec(tx, &SET_CODE,
		BIND(db_int(tx->government.v), db_int(c->id), db_bytes(c->hash.b, sizeof c->hash.b),
			db_int(c->issued_by.v), db_int(c->expires_at), db_int(c->approved_by.v),
			db_int(c->decided_at), db_int(c->is_refused),
			db_text(c->refusal ? c->refusal : ""), db_int(c->shown_at),
			db_int(c->used_at),
			db_bytes(c->device.n ? c->device.p : NULL, c->device.n)),
		NULL);
}

static struct db_stmt END_CODES = {"attendance_end_device_codes",
	"UPDATE attendance_device_code SET expires_at = $3"
	" WHERE government_id = $1 AND employee_id = $2 AND used_at = 0 AND is_refused = 0"
	" AND expires_at > $3",
	0};

enum err attendance_end_codes(struct tx *tx, struct employee_id employee)
{
	return db_exec(tx, &END_CODES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(tx->now_ms)), NULL);
}

static struct db_stmt COUNT_CODES = {"attendance_count_device_codes",
	"SELECT count(*) FROM attendance_device_code"
	" WHERE government_id = $1 AND employee_id = $2 AND issued_at > $3",
	0};

enum err attendance_count_codes(
	struct tx *tx, struct employee_id employee, int64_t since, int32_t *ret)
{
	return db_load(tx, &COUNT_CODES,
		BIND(db_int(tx->government.v), db_int(employee.v), db_int(since)),
		INTO(to_int32(ret)));
}

static struct db_stmt LIST_WAITING = {"attendance_list_waiting_device_codes",
	"SELECT " CODE_COLUMNS
	", e.name, e.title_before, e.title_after, b.name, b.title_before, b.title_after, u.name"
	" FROM attendance_device_code c"
	" JOIN org_placement p ON p.government_id = c.government_id"
	" AND p.employee_id = c.employee_id AND p.valid_from <= $3 AND p.valid_to >= $3"
	" JOIN org_unit u ON u.government_id = p.government_id AND u.unit_id = p.unit_id"
	" JOIN org_employee e ON e.government_id = c.government_id"
	" AND e.employee_id = c.employee_id"
	" JOIN org_employee b ON b.government_id = c.government_id AND b.employee_id = c.issued_by"
	" WHERE c.government_id = $1 AND c.expires_at > $2 AND c.needs_second = 1"
	" AND c.is_refused = 0 AND c.shown_at = 0"
	" AND substr(u.path, 1, CAST($5 AS INTEGER)) = $4 ORDER BY c.code_id LIMIT $6",
	0};

enum err attendance_list_waiting_codes(struct tx *tx, const char *path, int32_t day,
	struct device_code *ret, int max, int *ret_count)
{
	struct employee_row who = {0}, by = {0};
	struct bytes hash;
	struct db_rows rows;
	int n = 0;

	db_query(tx, &LIST_WAITING,
		BIND(db_int(tx->government.v), db_int(tx->now_ms), db_int(day), db_text(path),
			db_int((int64_t)strlen(path)), db_int(max)),
		&rows);
	while (n < max &&
		db_next(&rows, INTO(TO_CODE(&ret[n], &hash), to_text(&who.name),
				       to_text(&who.title_before), to_text(&who.title_after),
				       to_text(&by.name), to_text(&by.title_before),
				       to_text(&by.title_after), to_text(&ret[n].unit_name)))) {
		ret[n].full_name = org_full_name(tx->arena, &who);
		ret[n++].issuer_name = org_full_name(tx->arena, &by);
	}
	*ret_count = n;
	return db_end(&rows);
}

struct db_stmt *const attendance_device_stmts[DEVICE_STMTS] = {&LOAD_DEVICE, &LOAD_ACTIVE,
	&LIST_DEVICES, &ADD_DEVICE, &END_DEVICE, &LIST_INSTALL, &SET_SHARED, &LOAD_LAST_ENROLLED,
	&LOAD_ENROLMENT, &SET_CREDENTIAL, &SET_SIGN_COUNT, &LOAD_IS_CREDENTIAL, &SET_CHALLENGE,
	&LOAD_CHALLENGE, &COUNT_DEVICES, &LIST_PEOPLE, &LOAD_CODE, &LOAD_CODE_BY_HASH,
	&LOAD_LATEST_CODE, &ADD_CODE, &SET_CODE, &END_CODES, &COUNT_CODES, &LIST_WAITING};
