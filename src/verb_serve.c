/*
 * serve: opens the store, starts committer, jobs, pool, streams and HTTP, in that order, and ends
 * them in the other order on SIGTERM or SIGINT. Everything accepted is finished and answered first,
 * within ten seconds. Once a minute it looks after the day: opens today's rows, sweeps what is too
 * old.
 */
#include "verbs.h"

#include "attendance/attendance.h"
#include "base/str.h"
#include "org/org_absence.h"
#include "platform/auth.h"
#include "platform/blob.h"
#include "platform/clock.h"
#include "platform/committer.h"
#include "platform/config.h"
#include "platform/dispatch.h"
#include "platform/events_int.h"
#include "platform/keys.h"
#include "platform/log.h"
#include "platform/migrate.h"
#include "platform/platform_db.h"
#include "platform/server.h"
#include "platform/signer.h"
#include "reports/reports.h"
#include "roster/roster.h"
#include "platform/slice.h"
#include "routes.h"

#include <errno.h>
#include <signal.h>

#define DRAIN_MS 10000
#define TICK_S   60

static bool read_settings(void)
{
	static const char *const levels[] = {"error", "warn", "info", "debug"};
	int level = 0;
	while (level < 4 && !str_eq(config_text(SET_LOG), levels[level]))
		level++;
	if (level == 4)
		return verb_fail("serve", false, "--log wants error, warn, info or debug, not '%s'",
			config_text(SET_LOG));
	log_set_level((enum log_level)level);
	if (*config_text(SET_CLOCK) && !clock_set(config_text(SET_CLOCK)))
		return verb_fail("serve", false,
			"--clock wants INSTANT[,xN], e.g. 2025-11-13T07:20+07:00,x1, not '%s'",
			config_text(SET_CLOCK));
	auth_origin_is_https = str_starts(config_text(SET_ORIGIN), "https://");
	return true;
}

/* An older store is served only when --migrate allows to change it. */
static bool prepare_store(struct arena *arena)
{
	const char *why = NULL;
	int applied = 0;
	struct db *db = db_open(config_text(SET_DB), DB_WRITE, arena, &why);
	if (!db)
		return verb_fail("serve", false, "cannot open the store: %s", why);
	int pending = migrate_pending(db, arena, &why);
	bool good = pending == 0;
	if (pending < 0)
		verb_fail("serve", 0, "%s", why);
	else if (pending && !config_flag(SET_MIGRATE))
		verb_fail("serve", 0,
			"the store lacks %d migration(s); run 'luwes migrate' or serve with "
			"--migrate",
			pending);
	else if (pending && !(good = migrate_run(db, arena, &applied, &why) == OK))
		verb_fail("serve", 0, "migration failed: %s", why);
	if (good && !(good = keys_open(config_text(SET_DB), db, arena, &why)))
		verb_fail("serve", 0, "%s", why);
	good = good && verb_fill_log("serve", db, arena);
	db_close(db);
	return good;
}

/* Both files or none. */
static bool open_signer(struct arena *arena)
{
	const char *key = config_text(SET_DOCUMENT_KEY), *why = NULL;
	const char *certificate = config_text(SET_DOCUMENT_CERT);
	if (!*key && !*certificate)
		return true;
	if (!*key || !*certificate)
		return verb_fail("serve", false, "--document-key and --document-cert go together");
	signer_use(signer_open_internal(key, certificate, arena, &why));
	return signer_in_use() ? true : verb_fail("serve", false, "%s", why);
}

static bool start_everything(struct arena *arena, int *ret_port)
{
	const char *url = config_text(SET_DB), *why = NULL;
	if (!blob_open(url, arena, &why) ||
		committer_start(url, luwes_slices, luwes_slice_count, arena, &why) != OK ||
		!jobs_start(url, luwes_slices, luwes_slice_count, arena, &why) ||
		!dispatch_start(url, (int)config_int(SET_POOL), arena, &why) ||
		!events_start(arena, &why) ||
		!server_start(config_text(SET_LISTEN), ret_port, arena, &why))
		return verb_fail("serve", false, "%s", why ? why : "cannot start");
	return true;
}

static void stop_everything(void)
{
	dispatch_drain();
	server_quiesce();
	jobs_stop();
	events_drain();
	committer_drain();
	server_stop(DRAIN_MS);
	events_stop();
	dispatch_stop();
}

/*
 * ---- once a minute ------------------------------------------------------------------------------
 */

struct tick {
	struct work work;
	struct arena arena;
};

static enum err run_tick(struct tx *tx, struct work *work)
{
	enum err e;
	(void)work;
	if ((e = attendance_tick(tx)) || (e = attendance_beat(tx, dispatch_stats().shed)) ||
		(e = org_absence_tick(tx)) || (e = roster_tick(tx)) ||
		(e = reports_tick_ratings(tx)))
		return e;
	return auth_sweep(tx);
}

static void free_tick(struct work *work, enum err result)
{
	struct tick *t = (struct tick *)(void *)((char *)work - offsetof(struct tick, work));
	if (result)
		log_event(LOG_WARN, "tick_failed", "code %s", err_code(result));
	arena_release(&t->arena);
	free(t);
}

static void submit_tick(struct government_id government)
{
	struct tick *t = calloc(1, sizeof *t);
	if (!t)
		abort();
	arena_init(&t->arena, 16 << 20);
	t->work = (struct work){.government = government,
		.class = WORK_JOB,
		.deadline_ms = clock_monotonic() + DRAIN_MS,
		.run = run_tick,
		.done = free_tick,
		.arena = &t->arena,
		.now_ms = clock_now()};
	if (committer_submit(&t->work))
		free_tick(&t->work, E_BUSY);
}

static void tick_governments(struct arena *arena)
{
	struct tx tx = {.db = dispatch_reader(), .arena = arena, .now_ms = clock_now()};
	struct government *list = NULL;
	int count = 0;
	if (!tx.db || db_begin_read(tx.db, DRAIN_MS))
		return;
	if (platform_list_governments(&tx, &list, &count))
		count = 0;
	db_rollback(tx.db);
	for (int i = 0; i < count; i++)
		submit_tick(list[i].id);
}

/* Waits for the signal to end, looking after the day meanwhile. */
static void run_until_signal(const sigset_t *signals)
{
	struct arena arena;
	arena_init(&arena, 16 << 20);
	for (;;) {
		struct timespec minute = {.tv_sec = TICK_S};
		tick_governments(&arena);
		arena_reset(&arena);
		int s;
		do
			s = sigtimedwait(signals, NULL, &minute);
		while (s < 0 && errno == EINTR);
		if (s > 0)
			break;
	}
	arena_release(&arena);
}

int verb_serve(int argc, char **argv)
{
	struct arena arena;
	sigset_t signals;
	int port = 0;
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	arena_init(&arena, 64 << 20);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	luwes_wire();
	if (!read_settings() || !open_signer(&arena) || !prepare_store(&arena)) {
		arena_release(&arena);
		return EXIT_FAILED;
	}
	if (!start_everything(&arena, &port))
		return EXIT_FAILED;
	auth_origin = *config_text(SET_ORIGIN) ? config_text(SET_ORIGIN)
					       : arena_printf(&arena, "http://localhost:%d", port);
	const char *listen_on = config_text(SET_LISTEN);
	printf("listening http://%.*s:%d\n", (int)(strrchr(listen_on, ':') - listen_on), listen_on,
		port);
	fflush(stdout);
	run_until_signal(&signals);
	log_event(LOG_INFO, "draining", "queue %lld", (long long)committer_stats().queued);
	stop_everything();
	signer_close_internal();
	arena_release(&arena);
	return EXIT_DONE;
}
