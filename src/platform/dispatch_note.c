/*
 * Writes that nobody waits for: a session was seen, a person's data was shown, what a read left.
 * One note is one work of the committer; it is lost only when the queue is full, which the metrics
 * show.
 */
#include "platform/exchange_int.h"

#include "platform/auth_int.h"
#include "platform/clock.h"
#include "platform/platform_db.h"

#define NOTE_DEADLINE_MS 10000

struct note {
	struct work work;
	struct arena arena;
	struct actor actor;
	struct employee_id subject; /* 0: the session was seen */
	const char *route;
	enum err (*follow)(struct tx *tx, const struct actor *actor); /* instead; NULL: none */
};

static enum err run_note(struct tx *tx, struct work *work)
{
	struct note *note = (struct note *)(void *)((char *)work - offsetof(struct note, work));
	if (note->follow)
		return note->follow(tx, &note->actor);
	if (!note->subject.v)
		return auth_touch_session(tx, &note->actor);
	return platform_add_access(tx, note->actor.employee, note->subject, note->route);
}

static void free_note(struct work *work, enum err result)
{
	struct note *note = (struct note *)(void *)((char *)work - offsetof(struct note, work));
	(void)result;
	arena_release(&note->arena);
	free(note);
}

static void submit(const struct req *rq, struct employee_id subject,
	enum err (*follow)(struct tx *tx, const struct actor *actor))
{
	struct note *note = calloc(1, sizeof *note);
	if (!note)
		abort();
	arena_init(&note->arena, 1 << 20);
	note->actor = rq->actor;
	note->subject = subject;
	note->follow = follow;
	note->route = rq->route->path;
	note->work = (struct work){.government = rq->actor.government,
		.class = WORK_RECEIPT,
		.deadline_ms = clock_monotonic() + NOTE_DEADLINE_MS,
		.run = run_note,
		.done = free_note,
		.arena = &note->arena,
		.now_ms = rq->tx->now_ms};
	if (committer_submit(&note->work))
		free_note(&note->work, E_BUSY);
}

void exchange_note(const struct req *rq, struct employee_id subject)
{
	submit(rq, subject, NULL);
}

void exchange_follow(const struct req *rq)
{
	submit(rq, (struct employee_id){0}, rq->follow);
}
