/*
 * /livez answers without the store; /readyz says whether the store can be written and how long the
 * queue is; /metrics is Prometheus text. None tells anything about people.
 */
#include "platform/health.h"

#include "platform/committer.h"
#include "platform/dispatch.h"
#include "platform/events_int.h"
#include "platform/slice.h"

static enum err get_livez(struct req *rq)
{
	return reply_raw(rq, 200, "text/plain; charset=utf-8", "ok\n", 3);
}

static enum err get_readyz(struct req *rq)
{
	struct committer_stats s = committer_stats();
	bool ready = s.writable && !dispatch_is_draining();
	struct buf b;
	buf_init(&b, rq->tx->arena, 128);
	buf_printf(&b, "{\"ready\":%s,\"store_writable\":%s,\"queue\":%lld,\"draining\":%s}\n",
		ready ? "true" : "false", s.writable ? "true" : "false", (long long)s.queued,
		dispatch_is_draining() ? "true" : "false");
	return reply_raw(rq, ready ? 200 : 503, "application/json; charset=utf-8", b.p, b.n);
}

static void add_metric(
	struct buf *b, const char *name, const char *type, const char *help, int64_t value)
{
	buf_printf(b, "# HELP luwes_%s %s\n# TYPE luwes_%s %s\nluwes_%s %lld\n", name, help, name,
		type, name, (long long)value);
}

static enum err get_metrics(struct req *rq)
{
	struct committer_stats c = committer_stats();
	struct dispatch_stats d = dispatch_stats();
	struct buf b;
	buf_init(&b, rq->tx->arena, 4096);
	add_metric(&b, "requests_total", "counter", "Requests answered.", d.requests);
	buf_str(&b, "# HELP luwes_replies_total Replies by class of status.\n# TYPE "
		    "luwes_replies_total counter\n");
	for (int i = 2; i < 6; i++)
		buf_printf(&b, "luwes_replies_total{class=\"%dxx\"} %lld\n", i,
			(long long)d.by_class[i]);
	add_metric(&b, "shed_total", "counter", "Requests answered 503.", d.shed);
	add_metric(&b, "write_queue", "gauge", "Writes waiting for the committer.", c.queued);
	add_metric(&b, "batches_total", "counter", "Transactions committed.", c.batches);
	add_metric(&b, "writes_total", "counter", "Writes committed.", c.requests);
	add_metric(&b, "writes_rejected_total", "counter",
		"Writes refused because the queue was full.", c.rejected);
	add_metric(&b, "batch_largest", "gauge", "Most writes in one transaction so far.",
		c.max_batch);
	add_metric(&b, "commit_microseconds", "gauge", "Duration of the last batch.",
		c.last_commit_us);
	add_metric(&b, "store_writable", "gauge", "1 while the store accepts writes.", c.writable);
	add_metric(&b, "streams", "gauge", "Open event streams.", events_streams());
	return reply_raw(rq, 200, "text/plain; version=0.0.4; charset=utf-8", b.p, b.n);
}

static const struct route routes[] = {
	{GET, "/livez", P_PUBLIC, TX_NONE, NULL, NULL, get_livez, .raw_type = "text/plain",
		.summary = "The program runs."},
	{GET, "/readyz", P_PUBLIC, TX_NONE, NULL, NULL, get_readyz, .raw_type = "application/json",
		.summary = "The store can be written and the queue moves."},
	{GET, "/metrics", P_PUBLIC, TX_NONE, NULL, NULL, get_metrics, .raw_type = "text/plain",
		.summary = "Prometheus metrics."},
};

const struct slice health_slice = {
	.name = "health", .routes = routes, .route_count = COUNT_OF(routes)};
