/*
 * Numbers and bytes one behind the other, the most significant byte first, as every text of ours
 * that is signed, hashed or sealed has them. The caller has made room; each returns where to go on.
 */
#ifndef LUWES_BASE_PUT_H
#define LUWES_BASE_PUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The last `bytes` (1 to 8) bytes of a number; a signed one in two's complement. */
static inline uint8_t *put_number(uint8_t *at, uint64_t value, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		*at++ = (uint8_t)(value >> (8 * i));
	return at;
}

/* `n` bytes of p, which may be NULL when n is 0. */
static inline uint8_t *put_bytes(uint8_t *at, const void *p, size_t n)
{
	if (n)
		memcpy(at, p, n);
	return at + n;
}

#endif
