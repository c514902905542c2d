/*
 * Prepared HTTP/1.1 texts of a phone's requests, and the one answer they need: the server's time.
 */
#include "punch_request.h"

#include "base/put.h"
#include "base/str.h"

#include <sodium.h>
#include <string.h>

#define ANSWER_LIMIT_US (INT64_C(10) * 1000000)
#define INSTANT_CHARS   24

static void make_event_id(const struct punch_request *p, char text[37])
{
	struct uuid id;
	memcpy(id.b, p->chance, sizeof id.b);
	put_number(id.b, p->at_ms, 6);
	id.b[6] = (uint8_t)(0x70 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	uuid_format(&id, text);
}

static void write_post(const struct load_address *address, const char *token, const char *body,
	int n, struct load_request *request)
{
	int all = snprintf(request->bytes, sizeof request->bytes,
		"POST /api/v1/attendance/punches HTTP/1.1\r\nHost: %s:%d\r\nX-Luwes: "
		"1\r\nContent-Type: application/json\r\n"
		"Cookie: luwes_session=%s\r\nContent-Length: %d\r\n\r\n%s",
		address->host, address->port, token, n, body);
	request->n = (size_t)all;
}

void punch_write(const struct load_address *address, const struct punch_request *p,
	struct load_request *request)
{
	char id[37], at[25], place[96] = "", body[512];
	make_event_id(p, id);
	instant_format(p->at_ms, at);
	if (p->place.lat_e7 != NO_COORDINATE)
		snprintf(place, sizeof place, ",\"lat_e7\":%d,\"lon_e7\":%d,\"accuracy_metres\":20",
			p->place.lat_e7, p->place.lon_e7);
	int n = snprintf(body, sizeof body,
		"{\"events\":[{\"id\":\"%s\",\"direction\":\"%s\",\"phone_at\":\"%s\",\"offset_"
		"ms\":0%s}]}",
		id, direction_names[p->direction], at, place);
	write_post(address, p->token, body, n, request);
}

static void encode(const uint8_t *p, size_t n, char *ret, size_t room)
{
	sodium_bin2base64(ret, room, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void punch_write_signed(const struct load_address *address, const char *token,
	const struct phone_event *event, int64_t sent_at, struct load_request *request)
{
	char at[25], bytes[256], signature[96], body[600];
	instant_format(sent_at, at);
	encode(event->bytes, sizeof event->bytes, bytes, sizeof bytes);
	encode(event->signature, sizeof event->signature, signature, sizeof signature);
	int n = snprintf(body, sizeof body,
		"{\"events\":[{\"bytes\":\"%s\",\"signature\":\"%s\"}],\"sent_at\":\"%s\"}", bytes,
		signature, at);
	write_post(address, token, body, n, request);
}

void punch_write_get(const struct load_address *address, const char *path, const char *token,
	struct load_request *request)
{
	int n = snprintf(request->bytes, sizeof request->bytes,
		"GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s%s%s\r\n", path, address->host, address->port,
		token ? "Cookie: luwes_session=" : "", token ? token : "", token ? "\r\n" : "");
	request->n = (size_t)n;
}

/* ---- the server's clock ---- */

struct question {
	const struct load_address *address;
	bool is_asked;
	int64_t now_ms;
};

static enum load_next ask(
	void *context, int64_t now_us, struct load_request *request, int64_t *ret_wait_us)
{
	struct question *q = context;
	(void)now_us, (void)ret_wait_us;
	if (q->is_asked)
		return LOAD_DONE;
	q->is_asked = true;
	punch_write_get(q->address, "/api/v1/demo", NULL, request);
	request->due_us = 0;
	return LOAD_SEND;
}

static void hear(void *context, const struct load_answer *answer)
{
	static const char key[] = "\"now\":\"";
	struct question *q = context;
	const char *now = answer->status == 200 ? strstr(answer->body, key) : NULL;
	char text[INSTANT_CHARS + 1];
	if (!now || strlen(now) < strlen(key) + INSTANT_CHARS ||
		!strstr(answer->body, "\"is_demo\":true"))
		return;
	memcpy(text, now + strlen(key), INSTANT_CHARS);
	text[INSTANT_CHARS] = '\0';
	if (!instant_parse(text, &q->now_ms))
		q->now_ms = 0;
}

bool punch_ask_now(const struct load_address *address, int64_t *ret_ms)
{
	struct question q = {.address = address};
	const struct load_source source = {&q, ask, hear};
	if (!load_run(address, 1, &source, ANSWER_LIMIT_US) || q.now_ms == 0)
		return false;
	*ret_ms = q.now_ms;
	return true;
}
