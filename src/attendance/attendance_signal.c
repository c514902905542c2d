/*
 * The draw that samples events.
 */
#include "attendance/attendance_signal.h"

#include "base/put.h"
#include "platform/keys.h"

#include <assert.h>
#include <string.h>

int attendance_draw(const char *purpose, int32_t day, const void *p, size_t n)
{
	uint8_t subject[4 + 64], mac[32];
	uint64_t number = 0;

	assert(n <= 64);
	put_bytes(put_number(subject, day, 4), p, n);
	keys_mac(purpose, subject, 4 + n, mac);
	for (int i = 0; i < 8; i++)
		number = number << 8 | mac[i];
	return (int)(number % 100); /* of 2^64: no number is likelier than another by more than
				       1e-18 */
}
