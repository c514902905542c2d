/*
 * A store for one test: a SQLite file in a directory of its own, or a schema of its own in
 * PostgreSQL.
 *
 * PostgreSQL is the server of LUWES_TEST_PG, else a private cluster started once per test program
 * with tools/pg_private.sh. When neither is there the test fails; it is never passed over.
 */
#ifndef LUWES_PLATFORM_STORE_FIXTURE_H
#define LUWES_PLATFORM_STORE_FIXTURE_H

#include "platform/db_engine.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct store_fixture {
	enum db_engine engine;
	char url[512];
	char dir[64]; /* SQLite: the file and what lies beside it */
	int schema;   /* PostgreSQL: its number in this program */
	struct arena arena;
};

static struct {
	char url[256];
	char dir[64];  /* of the private cluster; empty when LUWES_TEST_PG is used */
	pid_t watcher; /* stops the private cluster when `leash` is let go */
	int leash;
	int schemas;
} fixture_postgres;

static inline bool fixture_shell(const char *command, char *out, size_t n)
{
	FILE *p = popen(command, "r");
	if (!p)
		return false;
	if (!fgets(out, (int)n, p))
		out[0] = '\0';
	out[strcspn(out, "\n")] = '\0';
	return pclose(p) == 0;
}

/*
 * A child that stops the cluster as soon as this program ends, however it ends: it waits for the
 * end of a pipe that nobody writes to.
 */
static inline bool fixture_watch_postgres(void)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return false;
	fixture_postgres.watcher = fork();
	if (fixture_postgres.watcher == 0) {
		char ignored;
		setsid();
		close(ends[1]);
		while (read(ends[0], &ignored, 1) > 0)
			;
		execl("tools/pg_private.sh", "pg_private.sh", "stop", fixture_postgres.dir,
			(char *)NULL);
		_exit(1);
	}
	close(ends[0]);
	fixture_postgres.leash = ends[1];
	return fixture_postgres.watcher > 0;
}

static inline const char *fixture_postgres_url(void)
{
	const char *given = getenv("LUWES_TEST_PG");
	char command[256];
	if (fixture_postgres.url[0])
		return fixture_postgres.url;
	if (given && *given) {
		snprintf(fixture_postgres.url, sizeof fixture_postgres.url, "%s", given);
		return fixture_postgres.url;
	}
	snprintf(fixture_postgres.dir, sizeof fixture_postgres.dir, "/tmp/luwes-pg-%ld",
		(long)getpid());
	snprintf(command, sizeof command, "tools/pg_private.sh start %s", fixture_postgres.dir);
	if (!fixture_shell(command, fixture_postgres.url, sizeof fixture_postgres.url) ||
		!fixture_watch_postgres())
		fprintf(stderr,
			"cannot start a private PostgreSQL, and LUWES_TEST_PG is not set\n");
	return fixture_postgres.url;
}

/* Runs statements apart from the code under test; false when the server refuses them. */
static inline bool fixture_postgres_run_in(const char *url, const char *sql)
{
	PGconn *connection = PQconnectdb(url);
	PQclear(PQexec(connection, "SET client_min_messages=warning"));
	PGresult *result = PQexec(connection, sql);
	bool good = PQresultStatus(result) == PGRES_COMMAND_OK ||
		    PQresultStatus(result) == PGRES_TUPLES_OK;
	PQclear(result);
	PQfinish(connection);
	return good;
}

static inline bool fixture_postgres_run(const char *sql)
{
	return fixture_postgres_run_in(fixture_postgres_url(), sql);
}

/* The server ends every connection of this program that is within a transaction; other programs
 * may use the same server. */
static inline bool fixture_postgres_lose(void)
{
	char sql[192];
	snprintf(sql, sizeof sql,
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
		" WHERE state = 'idle in transaction' AND application_name = 'test_%ld'",
		(long)getpid());
	return fixture_postgres_run(sql);
}

static inline bool fixture_open_postgres(struct store_fixture *f)
{
	char sql[128];
	const char *url = fixture_postgres_url();
	if (!url[0])
		return false;
	f->schema = ++fixture_postgres.schemas;
	snprintf(sql, sizeof sql, "CREATE SCHEMA test_%ld_%d", (long)getpid(), f->schema);
	snprintf(f->url, sizeof f->url,
		"%s%soptions=-csearch_path%%3Dtest_%ld_%d&application_name=test_%ld", url,
		strchr(url, '?') ? "&" : "?", (long)getpid(), f->schema, (long)getpid());
	return fixture_postgres_run(sql);
}

static inline bool fixture_open_sqlite(struct store_fixture *f)
{
	snprintf(f->dir, sizeof f->dir, "/tmp/luwes-store-XXXXXX");
	if (!mkdtemp(f->dir))
		return false;
	snprintf(f->url, sizeof f->url, "%s/test.db", f->dir);
	return true;
}

static inline struct store_fixture *fixture_open(enum db_engine engine)
{
	struct store_fixture *f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	f->engine = engine;
	arena_init(&f->arena, (size_t)64 * 1024 * 1024);
	if (engine == DB_POSTGRES ? fixture_open_postgres(f) : fixture_open_sqlite(f))
		return f;
	free(f);
	return NULL;
}

static inline void fixture_close(struct store_fixture *f)
{
	char command[128], ignored[8];
	if (f->dir[0]) {
		snprintf(command, sizeof command, "rm -rf %s", f->dir);
		fixture_shell(command, ignored, sizeof ignored);
	} else {
		snprintf(command, sizeof command,
			"DROP SCHEMA IF EXISTS test_%ld_%d, test_%ld_%d_kept CASCADE",
			(long)getpid(), f->schema, (long)getpid(), f->schema);
		fixture_postgres_run(command);
	}
	arena_release(&f->arena);
	free(f);
}

/* Stops the private cluster, once at the end of the program. */
static inline void fixture_end(void)
{
	if (fixture_postgres.watcher <= 0)
		return;
	close(fixture_postgres.leash);
	waitpid(fixture_postgres.watcher, NULL, 0);
}

#endif
