/*
 * Fuzz target: any bytes as a bundle of evidence. What is read is written again as the same, and
 * checking it comes to an end whatever it holds. Seeds: test/fuzz/corpus/bundle.
 */
#include "attendance/attendance_bundle.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;

static struct bytes write_bundle(const struct bundle *b)
{
	struct buf out;

	buf_init(&out, &arena, 8192);
	attendance_write_bundle(b, NULL, &out);
	return (struct bytes){(const uint8_t *)out.p, out.n};
}

static void check_findings(const struct bundle *b)
{
	static const struct bundle_trust nothing;
	struct bundle_findings f;

	attendance_check_bundle(b, &nothing, &f);
	assert(f.count > 0 && f.count <= FINDINGS_MAX);
	for (int i = 0; i < f.count; i++) {
		assert(f.found[i].what >= 0 && f.found[i].what < FINDING_COUNT);
		assert(f.found[i].witness < BUNDLE_WITNESSES_MAX);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bundle b, again;
	int line = 0;

	arena_init(&arena, (size_t)64 << 20);
	if (attendance_read_bundle((struct bytes){data, size}, &arena, &b, &line)) {
		struct bytes first = write_bundle(&b);
		assert(attendance_read_bundle(first, &arena, &again, &line));
		struct bytes second = write_bundle(&again);
		assert(first.n == second.n && memcmp(first.p, second.p, first.n) == 0);
		check_findings(&b);
	}
	arena_release(&arena);
	return 0;
}
