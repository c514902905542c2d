/*
 * Server-sent events: absolute counters, at most one message a second per stream, snapshot on
 * connect.
 *
 * A stream has a topic (government, kind, id). A batch that moved counters adds CHANGE_BOARD; after
 * its COMMIT the committer marks those topics; the broadcaster thread renders each marked topic
 * once a second on its own read connection and hands the text to every stream of the topic. No
 * replay.
 */
#ifndef LUWES_PLATFORM_EVENTS_H
#define LUWES_PLATFORM_EVENTS_H

#include "platform/http.h"

enum topic_kind { TOPIC_GOVERNMENT_BOARD, TOPIC_UNIT_BOARD, TOPIC_PERFORMANCE, TOPIC_JOB };

/* Renders the message of a topic as JSON; registered by the slice that owns it, called on a read
 * snapshot. */
typedef enum err (*events_render)(struct tx *tx, int64_t id, struct buf *out);
void events_register(enum topic_kind kind, const char *event_name, events_render render);

/* Ends a TX_STREAM handler: the connection becomes a stream of the topic, after permission was
 * decided. */
enum err reply_stream(struct req *rq, enum topic_kind kind, int64_t id);

/* Marks a topic as changed; it is rendered within a second. Thread-safe. */
void events_touch(struct government_id government, enum topic_kind kind, int64_t id);

#endif
