/*
 * Watchers of boards for `luwes-work-bench`: event streams that are read in a thread of their own
 * while reports are handed in, and what they showed against what the boards say at the end.
 */
#ifndef LUWES_BENCH_WATCH_H
#define LUWES_BENCH_WATCH_H

#include "load.h"

struct watch;

struct watched {
	int streams, wrong; /* wrong: what a stream showed last is not what its board says */
	int64_t messages;
	int64_t late_us; /* after the last report: when the last stream showed its final figures */
	int64_t lag_us;  /* the longest a report was not to be seen at the whole government's */
};

/*
 * Opens the streams of a file, a line each: path of the stream, tab, path of the board itself.
 * Returns when each has shown its board once; NULL when one does not within half a minute.
 */
struct watch *watch_start(const struct load_address *address, const char *file, const char *token,
	int64_t most_reports);

/* One more report was answered. */
void watch_note(struct watch *w, int64_t now_us);

/* Listens until `until_us`, asks every board what is right, and closes the streams. */
void watch_end(struct watch *w, int64_t until_us, struct watched *ret);

#endif
