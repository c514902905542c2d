/*
 * A route is one row; the dispatcher does everything a row says before and after its handler.
 *
 *   route row -> limits -> session -> fields into a struct -> object -> permission -> prepare
 *     read : this thread's read connection, one snapshot -> handler -> reply
 *     write: queue -> committer: savepoint, handler, release, ... projections, COMMIT -> reply
 *
 * The dispatcher (dispatch.c) knows nothing of libmicrohttpd, so tests and fuzzers call it with
 * bytes; server.c joins the two. Handlers get `struct req` and return `enum err`; a reply is only a
 * buffer until COMMIT returned.
 */
#ifndef LUWES_PLATFORM_HTTP_H
#define LUWES_PLATFORM_HTTP_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/ids.h"
#include "platform/db.h"
#include "platform/fields.h"

enum method { GET, POST, PUT, DELETE_, METHOD_COUNT };

enum permission {
#define X(name, code) name,
#include "base/permission.def"
#undef X
	PERMISSION_COUNT
};

/* "punch_self" etc. */
const char *permission_code(enum permission p);

enum tx_mode {
	TX_NONE, /* no store: health, assets */
	TX_READ,
	TX_WRITE,  /* through the committer; needs an Idempotency-Key */
	TX_EVENT,  /* as TX_WRITE, but the content carries its own keys (punches) or is a sign-in */
	TX_STREAM, /* server-sent events: the handler checks and names its topic (events.h) */
};

/* Who asks. Loaded from the session by auth.c; zero when nobody is signed in. */
struct actor {
	struct government_id government;
	struct employee_id employee; /* an operator has one too, without a placement */
	int64_t session_id;
};

/*
 * Whose or which thing a request is about; loaded by the row's .object before permission is asked.
 */
struct object {
	struct employee_id employee; /* 0: not about one person */
	struct unit_id unit; /* 0: the whole government, or with an employee his unit on `day` */
	int32_t day;         /* the day the relation must hold on; today when DAY_NONE */
};

struct upload { /* a raw body already on disk, of a route with .raw_body_max */
	struct hash_text {
		char hex[65];
	} sha256;
	int64_t size_bytes;
	const char *type; /* by content: "image/jpeg", "application/pdf", "text/csv", ... */
};

struct export_run;

/* How a list leaves as a table (export.h). */
struct list_export {
	const char *file;  /* name of the file without ending: "pegawai" */
	const char *title; /* line above the table: "Daftar pegawai" */
	const char *list;  /* member of the output that is the list; NULL: "items" */
	/* A text member of the items with one letter per day becomes a column per day, from the day
	 * member of the output on; NULL: none. */
	const char *letters, *first_day;
};
#define EXPORT(...)                                                                                \
	&(const struct list_export)                                                                \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

struct req {
	const struct route *route;
	struct tx *tx; /* store, arena, government, now, changes */
	struct actor actor;
	struct object object;
	void *input;          /* struct of route->input, or NULL */
	void *prepared;       /* what .prepare or .early left, or NULL */
	void *outcome;        /* what the handler left for .late, or NULL */
	const char *raw_body; /* only for routes with .raw_body_max */
	size_t raw_body_bytes;
	const char *token;          /* session token as sent, or NULL: for sign-out */
	const char *device_token;   /* trusted-browser cookie, or NULL */
	const char *client_address; /* for throttling of failed sign-ins only */
	const char *request_id;

	/* the reply, filled by reply() and friends */
	int status;
	struct buf body;
	const char *content_type;
	const char *etag;        /* set by a handler whose reply may be kept and asked for again */
	const char *disposition; /* Content-Disposition file name, ASCII, or NULL */
	const char *set_cookie[2];
	int retry_after_seconds;
	struct field_fault fault;     /* set before returning E_BAD_FIELD / E_REFUSED */
	struct export_run *exporting; /* the reply becomes a table: export.h; NULL: JSON */
	enum err kept;                /* a refusal whose writes stay: refuse_kept */
	/* Of a read: what it leaves to be written once it was answered with success (it was
	 * fetched). Nobody waits for it; it is lost when the queue is full. */
	enum err (*follow)(struct tx *tx, const struct actor *actor);
};

struct route {
	enum method method;
	const char *path; /* "/api/v1/attendance/days/{employee}/{day}" */
	enum permission permission;
	enum tx_mode tx;
	const struct shape *input;  /* body, query and path fields; NULL: none */
	const struct shape *output; /* reply to 200; NULL: none (204) or raw */
	enum err (*handler)(struct req *rq);

	/* Finds what the request is about; E_NOT_FOUND when there is none. Runs in the same
	 * snapshot as permission. */
	enum err (*object)(struct req *rq, struct object *ret_object);
	/* Of a TX_EVENT row: runs on the worker before the writer, without a store: what costs time
	 * and asks nothing. The writer, who runs the handler, gets what it left in `prepared`. */
	enum err (*early)(struct req *rq);
	/* The same after COMMIT: makes the reply of what the handler left in `outcome`. */
	enum err (*late)(struct req *rq);
	/* Runs before the transaction on a read snapshot; with .slow in the bounded pool (argon2,
	 * files). */
	enum err (*prepare)(struct req *rq);
	bool slow;
	bool sees; /* the reply shows data of rq->object.employee: writes one access row */
	const struct list_export *exports; /* the list may leave as a table (export.h); NULL: not */
	size_t body_max;                   /* 0: 64 KiB */
	size_t raw_body_max;  /* not 0: body is not JSON; .input then has only query/path fields */
	const char *raw_type; /* media type of a raw reply or of a raw body, for the document */
	const char *summary;  /* one English sentence, for the document */
	const char *example;  /* a valid body (or "{}"), used by the authorisation matrix */
	const char *example_path; /* path with the placeholders filled by fixture names:
				     "{employee:self}" */
};

/* Ends a handler: status and body (by route->output). `out` may be NULL for 204. */
enum err reply(struct req *rq, int status, const void *out);
/* Ends a handler of a raw reply (CSV, HTML): bytes stay owned by the arena. */
enum err reply_raw(
	struct req *rq, int status, const char *content_type, const char *body, size_t n);
/* Names the faulty field and refuses: return refuse(rq, E_BAD_FIELD, "/day", "in the future"). */
enum err refuse(struct req *rq, enum err e, const char *pointer, const char *reason);

/* The same for an event, but what the handler wrote is committed: the count of a wrong try. */
enum err refuse_kept(struct req *rq, enum err e, const char *pointer, const char *reason);

/* Today in the zone of the request's government. */
int32_t req_today(const struct req *rq);

#endif
