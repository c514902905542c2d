/*
 * Fuzz target: any bytes as what an office proves. The first byte says as what: a kiosk's record, a
 * screen's code, a witness, an officer's answer, a range of a network. What is read as good is
 * written again to the same bytes and keeps its bounds. Seeds: test/fuzz/corpus/office.
 */
#include "attendance/attendance_kiosk.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_record(struct bytes bytes)
{
	struct countersign c;
	uint8_t again[COUNTERSIGN_BYTES];

	if (attendance_read_countersign(bytes, &c) != EVENT_GOOD)
		return;
	attendance_write_countersign(&c, again);
	assert(bytes.n == sizeof(again) && memcmp(again, bytes.p, bytes.n) == 0);
	assert(c.seq > 0 && c.wall_at > 0 && c.officer >= 0 && c.officer != c.employee);
	assert(c.kind == COUNTERSIGN_QR || c.officer > 0);
}

static void try_display(struct bytes bytes)
{
	static const uint8_t key[DISPLAY_KEY_BYTES];
	struct display_proof proof;
	int64_t not_before;

	if (!attendance_read_display_proof(bytes, &proof))
		return;
	assert(bytes.n == DISPLAY_PROOF_BYTES && proof.display > 0 && proof.step >= 0);
	attendance_check_display(&proof, key, 0, &not_before);
	assert(not_before >= 0);
}

static void try_people(struct bytes bytes)
{
	struct witness_proof witness;
	struct duty_answer answer;

	if (attendance_read_witness_proof(bytes, &witness))
		assert(witness.employee > 0);
	if (attendance_read_duty_answer(bytes, &answer))
		assert(answer.officer > 0);
}

static void try_text(struct bytes bytes)
{
	char text[80] = "";
	struct network_range range;
	struct network_address address;

	if (bytes.n >= sizeof(text))
		return;
	memcpy(text, bytes.p, bytes.n);
	attendance_check_pin(text, text);
	if (attendance_parse_range(text, &range) == RANGE_GOOD) {
		assert(range.bits >= 32 && range.bits <= 128);
		assert(attendance_is_in_range(&range, &range.first));
	}
	if (attendance_parse_address(text, &address)) {
		range = (struct network_range){address, 128};
		assert(attendance_is_in_range(&range, &address));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const as[])(struct bytes bytes) = {
		try_record, try_display, try_people, try_text};

	if (size > 0)
		as[data[0] % 4]((struct bytes){data + 1, size - 1});
	return 0;
}
