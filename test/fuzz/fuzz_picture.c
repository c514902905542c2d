/*
 * Fuzz target: any bytes as a picture or a PDF that somebody shows as evidence. What is kept is of
 * the same type, no longer than what came but for the one segment that says which side is up, and
 * cleaned again it is the same. Seeds: test/fuzz/corpus/picture.
 */
#include "platform/blob.h"
#include "platform/picture.h"

#include "base/str.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *type = blob_type(data, size);
	struct bytes kept, again;
	struct arena arena;

	if (!type || size > 1 << 20)
		return 0;
	arena_init(&arena, 8 << 20);
	if (picture_clean(&arena, type, (struct bytes){data, size}, &kept) == PICTURE_SOUND) {
		assert(kept.n <= size + 36 && str_eq(blob_type(kept.p, kept.n), type));
		assert(picture_clean(&arena, type, kept, &again) == PICTURE_SOUND);
		assert(again.n == kept.n && !memcmp(again.p, kept.p, kept.n));
	}
	arena_release(&arena);
	return 0;
}
