/*
 * What every verb that works on a store without a server needs: opening it, finding the government,
 * and one transaction that ends as the committer's do, with every slice's projections before
 * COMMIT.
 *
 * A server may run beside it: the store itself keeps the two apart (SQLite's lock, PostgreSQL's
 * lock per government), and ids carry the node of the process that made them.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/blob.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/keys.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "routes.h"
#include "trust/trust.h"

#include <unistd.h>

#define RERUNS_MAX 5

void verb_wire(void)
{
	static bool is_wired;
	if (!is_wired)
		luwes_wire();
	is_wired = true;
}

/* A verb works on a store that is there; only migrate and demo make one. */
static bool is_there(const char *url)
{
	return db_engine_of_url(url) == DB_POSTGRES || access(url, F_OK) == 0;
}

static bool is_migrated(const char *verb, struct db *db, struct arena *arena)
{
	const char *why = NULL;
	int pending = migrate_pending(db, arena, &why);
	if (pending < 0)
		return verb_fail(verb, false, "%s", why);
	if (pending > 0)
		return verb_fail(verb, false,
			"the store lacks %d migration(s); run 'luwes migrate'", pending);
	return true;
}

static bool load_floor(const char *verb, struct db *db, struct arena *arena)
{
	struct tx tx = {.db = db, .arena = arena, .now_ms = clock_now()};
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = platform_load_id_floor(&tx);
	db_rollback(db);
	return e ? verb_fail(verb, false, "cannot read the store: %s", db_message(db)) : true;
}

/* --clock, else the system's: a demo's rows are judged by the demo's time. */
static bool set_clock(const char *verb)
{
	const char *spec = config_text(SET_CLOCK);
	if (*spec && !clock_set(spec))
		return verb_fail(verb, false, "--clock wants INSTANT[,xN], not '%s'", spec);
	return true;
}

struct db *verb_open(const char *verb, enum db_mode mode, struct arena *arena)
{
	const char *url = config_text(SET_DB), *why = NULL;
	verb_wire();
	if (!set_clock(verb))
		return NULL;
	if (!is_there(url)) {
		verb_fail(verb, 0, "there is no store '%s'; 'luwes migrate' makes one", url);
		return NULL;
	}
	struct db *db = db_open(url, mode, arena, &why);
	if (!db || !blob_open(url, arena, &why)) {
		verb_fail(verb, 0, "cannot open the store: %s", why);
		db_close(db);
		return NULL;
	}
	if (is_migrated(verb, db, arena) && load_floor(verb, db, arena)) {
		if (keys_open(url, db, arena, &why))
			return db;
		verb_fail(verb, 0, "%s", why);
	}
	verb_close(db);
	return NULL;
}

bool verb_fill_log(const char *verb, struct db *db, struct arena *arena)
{
	struct tx tx = {.db = db, .arena = arena, .now_ms = clock_now()};
	struct government *list;
	int count = 0;
	enum err e = db_begin_read(db, 0);
	if (!e)
		e = platform_list_governments(&tx, &list, &count);
	db_rollback(db);
	for (int i = 0; i < count && !e; i++) {
		tx.government = list[i].id;
		if (!(e = db_begin_write(db, tx.government)) && !(e = trust_fill_nodes(&tx)))
			e = db_commit(db);
		db_rollback(db);
	}
	return e ? verb_fail(verb, false, "cannot fill in the nodes of the log: %s: %s",
			   err_code(e), db_message(db))
		 : true;
}

void verb_close(struct db *db)
{
	keys_close();
	blob_close();
	db_close(db);
}

static enum err load_only_government(struct tx *tx, struct government *ret)
{
	struct government *list;
	int count;
	enum err e = platform_list_governments(tx, &list, &count);
	if (e)
		return e;
	if (count == 0)
		return E_NOT_FOUND;
	*ret = list[0];
	return count == 1 ? OK : E_CONFLICT;
}

bool verb_government(const char *verb, struct tx *tx, const char *code)
{
	struct government government;
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = code ? platform_load_government_by_code(tx, code, &government)
			 : load_only_government(tx, &government);
	db_rollback(tx->db);
	if (e == E_NOT_FOUND && code)
		return verb_fail(verb, false, "no government '%s' in this store", code);
	if (e == E_NOT_FOUND)
		return verb_fail(verb, false, "the store holds no government yet");
	if (e == E_CONFLICT)
		return verb_fail(
			verb, false, "the store holds several governments; say --government CODE");
	if (e)
		return verb_fail(verb, false, "cannot read the store: %s", db_message(tx->db));
	tx->government = government.id;
	return true;
}

/* As the committer does before COMMIT. */
static enum err project(struct tx *tx)
{
	enum err e = OK;
	for (int i = 0; i < luwes_slice_count && !e; i++) {
		if (luwes_slices[i]->project)
			e = luwes_slices[i]->project(tx);
	}
	return e;
}

static enum err keep_ids(struct tx *tx)
{
	int64_t floor, reserved;
	bool is_demo;
	enum err e = platform_load_store(tx, &floor, &is_demo);
	return e ? e : platform_reserve_ids(tx, floor, &reserved);
}

static enum err run_once(struct tx *tx, enum err (*write)(struct tx *tx, void *arg), void *arg)
{
	enum err e = db_begin_write(tx->db, tx->government);
	if (e)
		return e;
	tx->changes = changes_new(tx->arena);
	e = write(tx, arg);
	if (!e)
		e = project(tx);
	if (!e)
		e = keep_ids(tx);
	if (!e)
		e = db_commit(tx->db);
	db_rollback(tx->db);
	tx->changes = NULL;
	return e;
}

enum err verb_write(
	const char *verb, struct tx *tx, enum err (*write)(struct tx *tx, void *arg), void *arg)
{
	enum err e = run_once(tx, write, arg);
	for (int i = 0; e && db_wants_rerun(tx->db) && i < RERUNS_MAX; i++)
		e = run_once(tx, write, arg);
	if (e) {
		const char *message = db_message(tx->db);
		verb_fail(verb, 0, "nothing was written: %s%s%s", err_code(e), *message ? ": " : "",
			message);
	}
	return e;
}
