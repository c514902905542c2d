/*
 * How a request ends: a reply encoded by the row's shape, bytes as they are, or a problem document
 * (RFC 9457) whose code comes from errors.def and which names the faulty field where there is one.
 */
#include "platform/exchange_int.h"

#include "platform/export.h"
#include "platform/platform_db.h"

enum err reply(struct req *rq, int status, const void *out)
{
	if (rq->exporting && out)
		return export_add(rq, out);
	rq->status = out ? status : 204;
	buf_init(&rq->body, rq->tx->arena, 512);
	if (out)
		fields_encode(rq->route->output, out, &rq->body);
	rq->content_type = out ? "application/json; charset=utf-8" : NULL;
	return OK;
}

enum err reply_raw(struct req *rq, int status, const char *content_type, const char *body, size_t n)
{
	rq->status = status;
	rq->content_type = content_type;
	rq->body = (struct buf){
		.arena = rq->tx->arena, .p = (char *)(uintptr_t)body, .n = n, .cap = n};
	return OK;
}

enum err refuse(struct req *rq, enum err e, const char *pointer, const char *reason)
{
	rq->fault.pointer = pointer;
	rq->fault.reason = reason;
	return e;
}

enum err refuse_kept(struct req *rq, enum err e, const char *pointer, const char *reason)
{
	rq->kept = refuse(rq, e, pointer, reason);
	return OK;
}

int32_t req_today(const struct req *rq)
{
	enum zone zone;
	if (platform_load_zone(rq->tx, &zone))
		zone = ZONE_WIB;
	return instant_day(rq->tx->now_ms, zone);
}

static const char *problem_title(int status)
{
	switch (status) {
	case 400:
		return "Bad request";
	case 401:
		return "Not signed in";
	case 403:
		return "Not allowed";
	case 404:
		return "Not found";
	case 405:
		return "Method not allowed";
	case 409:
		return "Conflict";
	case 413:
		return "Too large";
	case 415:
		return "Unsupported media type";
	case 422:
		return "Refused";
	case 429:
		return "Too many attempts";
	case 503:
		return "Busy";
	case 507:
		return "Store full";
	default:
		return "Internal error";
	}
}

/* RFC 9457 */
void exchange_write_problem(struct exchange *x, enum err e)
{
	struct req *rq = &x->req;
	struct buf b;
	buf_init(&b, &x->arena, 256);
	x->status = err_status(e);
	buf_printf(&b, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"",
		problem_title(x->status), x->status, err_code(e));
	if (rq->fault.pointer) {
		buf_str(&b, ",\"pointer\":");
		fields_encode_text(&b, rq->fault.pointer);
	}
	if (rq->fault.reason) {
		buf_str(&b, ",\"reason\":");
		fields_encode_text(&b, rq->fault.reason);
	}
	buf_printf(&b, ",\"request_id\":\"%s\"}", x->request_id);
	x->reply = b.p;
	x->reply_bytes = b.n;
	x->content_type = "application/problem+json; charset=utf-8";
	if (e == E_BUSY && !rq->retry_after_seconds)
		rq->retry_after_seconds = 5 + (int)(x->started_us % 16);
}
