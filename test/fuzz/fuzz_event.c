/*
 * Fuzz target: any bytes as a signed event. What is accepted is written back to the same bytes, and
 * every number is within the bounds the rest of the program counts on. Seeds:
 * test/fuzz/corpus/event.
 */
#include "attendance/attendance_evidence.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_head(const struct signed_event *e)
{
	assert(e->employee > 0 && e->seq > 0 && e->wall_at > 0);
	assert(e->token_issued_at >= 0 && e->mono_ms >= 0);
}

static void check_good(struct bytes bytes, const struct signed_event *e)
{
	uint8_t again[EVENT_BYTES_MAX];

	assert(e->version == 1 && e->type >= EVENT_TYPE_IN && e->type <= EVENT_TYPE_ANSWER);
	assert(e->proof_type < PROOF_TYPES && e->proof.n <= EVENT_PROOF_MAX);
	assert(e->point.lat_e7 == NO_COORDINATE ? e->point.lon_e7 == NO_COORDINATE
						: geo_is_valid(e->point));
	assert(attendance_write_event(e, again) == bytes.n);
	assert(memcmp(again, bytes.p, bytes.n) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = {data, size};
	struct signed_event event;
	enum event_fault fault = attendance_read_event(bytes, &event);

	if (fault != EVENT_MALFORMED)
		check_head(&event);
	if (fault == EVENT_GOOD)
		check_good(bytes, &event);
	return 0;
}
