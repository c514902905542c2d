/*
 * Rows of keys, signed heads and cosignatures. Heads are kept for ever: they are what a log that
 * was rewritten would have to contradict.
 */
#include "trust/trust_log_int.h"

#include <string.h>

/* ---- keys ---- */

static struct db_stmt ADD_KEY = {"trust_add_key",
	"INSERT INTO trust_key (government_id, key_id, type, name, public_key, letter, valid_from,"
	" valid_to) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
	0};

enum err trust_add_key_row(struct tx *tx, const struct log_key *key)
{
	return db_exec(tx, &ADD_KEY,
		BIND(db_int(tx->government.v), db_int(key->id), db_int(key->key.type),
			db_text(key->key.name), db_bytes(key->key.key, sizeof key->key.key),
			db_text(key->letter), db_int(key->valid_from)),
		NULL);
}

static struct db_stmt END_KEY = {"trust_end_key",
	"UPDATE trust_key SET valid_to = $3 WHERE government_id = $1 AND key_id = $2"
	" AND valid_to = 0",
	0};

enum err trust_end_key_row(struct tx *tx, int64_t id, int64_t at)
{
	int64_t rows;
	enum err e = db_exec(
		tx, &END_KEY, BIND(db_int(tx->government.v), db_int(id), db_int(at)), &rows);
	return e ? e : rows ? OK : E_NOT_FOUND;
}

static struct db_stmt LIST_KEYS = {"trust_list_keys",
	"SELECT key_id, type, name, public_key, letter, valid_from, valid_to FROM trust_key"
	" WHERE government_id = $1 ORDER BY key_id DESC LIMIT $2",
	0};

enum err trust_list_keys(struct tx *tx, struct log_key *ret_key, int *ret_count)
{
	struct db_rows rows;
	const char *name;
	struct bytes key;
	int32_t type;
	bool is_good = true;
	int n = 0;
	db_query(tx, &LIST_KEYS, BIND(db_int(tx->government.v), db_int(LOG_KEYS_MAX)), &rows);
	for (struct log_key *k = ret_key;
		n < LOG_KEYS_MAX &&
		db_next(&rows, INTO(to_int64(&k->id), to_int32(&type), to_text(&name),
				       to_bytes(&key), to_text(&k->letter),
				       to_int64(&k->valid_from), to_int64(&k->valid_to)));
		k++, n++)
		is_good = is_good && key.n == ED25519_KEY_BYTES &&
			  trust_make_vkey(name, (enum key_type)type, key.p, &k->key);
	enum err e = db_end(&rows);
	*ret_count = n;
	return e ? e : is_good ? OK : E_STORE;
}

/* ---- heads ---- */

static struct db_stmt ADD_HEAD = {"trust_add_head",
	"INSERT INTO trust_checkpoint (government_id, size, origin, root, note, received_at)"
	" VALUES ($1, $2, $3, $4, $5, $6)",
	0};

enum err trust_add_head(struct tx *tx, const struct signed_head *head)
{
	const struct checkpoint *c = &head->checkpoint;
	return db_exec(tx, &ADD_HEAD,
		BIND(db_int(tx->government.v), db_int(c->head.size), db_text(c->origin),
			db_bytes(c->head.root.b, sizeof c->head.root.b),
			db_bytes(head->note.p, head->note.n), db_int(head->received_at)),
		NULL);
}

#define HEAD_COLUMNS "c.size, c.origin, c.root, c.note, c.received_at"

static enum err load_head(
	struct tx *tx, struct db_stmt *stmt, struct db_bind bind, struct signed_head *ret)
{
	struct checkpoint *c = &ret->checkpoint;
	const char *origin;
	struct bytes root;
	enum err e = db_load(tx, stmt, bind,
		INTO(to_int64(&c->head.size), to_text(&origin), to_bytes(&root),
			to_bytes(&ret->note), to_int64(&ret->received_at)));
	if (e)
		return e;
	if (root.n != sizeof c->head.root.b || strlen(origin) > KEY_NAME_MAX)
		return E_STORE;
	memcpy(c->head.root.b, root.p, root.n);
	memcpy(c->origin, origin, strlen(origin) + 1);
	return OK;
}

static struct db_stmt LOAD_LATEST_HEAD = {"trust_load_latest_head",
	"SELECT " HEAD_COLUMNS " FROM trust_checkpoint c WHERE c.government_id = $1"
	" ORDER BY c.size DESC LIMIT 1",
	0};

enum err trust_load_latest_head(struct tx *tx, struct signed_head *ret)
{
	return load_head(tx, &LOAD_LATEST_HEAD, BIND(db_int(tx->government.v)), ret);
}

static struct db_stmt LOAD_HEAD = {"trust_load_head",
	"SELECT " HEAD_COLUMNS
	" FROM trust_checkpoint c WHERE c.government_id = $1 AND c.size = $2",
	0};

enum err trust_load_head(struct tx *tx, int64_t size, struct signed_head *ret)
{
	return load_head(tx, &LOAD_HEAD, BIND(db_int(tx->government.v), db_int(size)), ret);
}

static struct db_stmt LOAD_WITNESSED_HEAD = {"trust_load_witnessed_head",
	"SELECT " HEAD_COLUMNS
	" FROM trust_checkpoint c JOIN trust_cosignature w ON w.government_id = c.government_id"
	" AND w.size = c.size WHERE c.government_id = $1 AND c.size > $2 AND w.size > $2"
	" ORDER BY c.size, w.key_id LIMIT 1",
	0};
static struct db_stmt LOAD_NEXT_HEAD = {"trust_load_next_head",
	"SELECT " HEAD_COLUMNS " FROM trust_checkpoint c WHERE c.government_id = $1 AND c.size > $2"
	" ORDER BY c.size LIMIT 1",
	0};

enum err trust_load_head_over(struct tx *tx, int64_t index, struct signed_head *ret)
{
	enum err e = load_head(
		tx, &LOAD_WITNESSED_HEAD, BIND(db_int(tx->government.v), db_int(index)), ret);
	if (e != E_NOT_FOUND)
		return e;
	return load_head(tx, &LOAD_NEXT_HEAD, BIND(db_int(tx->government.v), db_int(index)), ret);
}

/* ---- cosignatures ---- */

static struct db_stmt SET_COSIGNATURE = {"trust_set_cosignature",
	"INSERT INTO trust_cosignature (government_id, size, key_id, stated_at, line)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (government_id, size, key_id) DO UPDATE"
	" SET stated_at = excluded.stated_at, line = excluded.line"
	" WHERE excluded.stated_at > trust_cosignature.stated_at",
	0};

enum err trust_set_cosignature(
	struct tx *tx, int64_t size, int64_t key_id, int64_t stated_at, struct bytes line)
{
	return db_exec(tx, &SET_COSIGNATURE,
		BIND(db_int(tx->government.v), db_int(size), db_int(key_id), db_int(stated_at),
			db_bytes(line.p, line.n)),
		NULL);
}

static struct db_stmt LIST_COSIGNATURES = {"trust_list_cosignatures",
	"SELECT line FROM trust_cosignature WHERE government_id = $1 AND size = $2"
	" ORDER BY key_id LIMIT $3",
	0};

enum err trust_add_cosignatures(struct tx *tx, int64_t size, int max, struct buf *note)
{
	struct db_rows rows;
	struct bytes line;
	db_query(tx, &LIST_COSIGNATURES, BIND(db_int(tx->government.v), db_int(size), db_int(max)),
		&rows);
	while (db_next(&rows, INTO(to_bytes(&line))))
		buf_add(note, line.p, line.n);
	return db_end(&rows);
}

struct db_stmt *const trust_log_stmts[] = {&ADD_KEY, &END_KEY, &LIST_KEYS, &ADD_HEAD,
	&LOAD_LATEST_HEAD, &LOAD_HEAD, &LOAD_WITNESSED_HEAD, &LOAD_NEXT_HEAD, &SET_COSIGNATURE,
	&LIST_COSIGNATURES};
