/*
 * The requests of a phone, made by a program: what `luwes replay` and the benchmark send.
 */
#ifndef LUWES_PUNCH_REQUEST_H
#define LUWES_PUNCH_REQUEST_H

#include "attendance/attendance.h"
#include "load.h"
#include "phone.h"

struct punch_request {
	const char *token; /* session of the person */
	enum direction direction;
	int64_t at_ms;          /* by the server's clock */
	struct geo_point place; /* NO_COORDINATE: none */
	uint64_t chance[2];     /* random bits of the event id */
};

/* POST attendance/punches with one event and a UUIDv7 of its own; due_us and tag are left alone. */
void punch_write(const struct load_address *address, const struct punch_request *punch,
	struct load_request *request);

/* The same with an event that a phone signed, sent at an instant of the server's clock. */
void punch_write_signed(const struct load_address *address, const char *token,
	const struct phone_event *event, int64_t sent_at, struct load_request *request);

/* GET of a path; `token` NULL: not signed in. */
void punch_write_get(const struct load_address *address, const char *path, const char *token,
	struct load_request *request);

/* What a demo server says the time is; false when none answers. */
bool punch_ask_now(const struct load_address *address, int64_t *ret_ms);

#endif
