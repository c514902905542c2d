/*
 * JPEG (ITU T.81), PNG (ISO 15948), WebP (RFC 9649) and PDF (ISO 32000) as far as their outer form
 * goes: segments, chunks and names. Nothing is decompressed, so that no bomb goes off here.
 */
#include "platform/picture.h"

#include "base/str.h"

#include <string.h>
#include <zlib.h>

const char *const picture_fault_names[] = {
	"sound", "damaged or broken off", "too many pixels", "scripts or files inside"};

struct copy {
	struct bytes in;
	size_t at;
	struct buf out;
	uint32_t width, height;
};

static uint32_t be16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const uint8_t *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static uint32_t le24(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static bool is_size(uint32_t width, uint32_t height)
{
	return width <= PICTURE_SIDE_MAX && height <= PICTURE_SIDE_MAX &&
	       (uint64_t)width * height <= PICTURE_PIXELS_MAX;
}

/* ---- JPEG ---- */

enum {
	JPEG_SOI = 0xd8,
	JPEG_EOI = 0xd9,
	JPEG_SOS = 0xda,
	JPEG_DQT = 0xdb,
	JPEG_DRI = 0xdd,
	JPEG_DHT = 0xc4,
	JPEG_DAC = 0xcc,
	JPEG_APP0 = 0xe0,
	JPEG_APP1 = 0xe1,
	JPEG_APP2 = 0xe2,
	JPEG_APP14 = 0xee
};

static bool is_frame(int marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != JPEG_DHT && marker != JPEG_DAC &&
	       marker != 0xc8;
}

static bool is_named(const uint8_t *body, size_t n, const char *name, size_t name_bytes)
{
	return n >= name_bytes && !memcmp(body, name, name_bytes);
}

/* What a decoder needs; of application data the frame of JFIF, colours, and Adobe's transform. */
static bool is_needed(int marker, const uint8_t *body, size_t n)
{
	switch (marker) {
	case JPEG_APP0:
		return n == 14 && is_named(body, n, "JFIF", 5);
	case JPEG_APP2:
		return is_named(body, n, "ICC_PROFILE", 12);
	case JPEG_APP14:
		return n == 12 && is_named(body, n, "Adobe", 5);
	case JPEG_DQT:
	case JPEG_DHT:
	case JPEG_DAC:
	case JPEG_DRI:
	case JPEG_SOS:
		return true;
	default:
		return is_frame(marker);
	}
}

static uint32_t tiff16(const uint8_t *p, bool is_little)
{
	return is_little ? p[0] | (uint32_t)p[1] << 8 : be16(p);
}

static uint32_t tiff32(const uint8_t *p, bool is_little)
{
	return is_little ? tiff16(p, true) | tiff16(p + 2, true) << 16 : be32(p);
}

/* Which side is up, 2..8; 0 when the camera said nothing or the usual. */
static int find_orientation(const uint8_t *body, size_t n)
{
	const uint8_t *tiff = body + 6;
	size_t size = n < 6 ? 0 : n - 6, at;

	if (!is_named(body, n, "Exif\0", 6) || size < 14 ||
		(memcmp(tiff, "II*", 4) && memcmp(tiff, "MM\0*", 4)))
		return 0;
	const bool is_little = tiff[0] == 'I';
	at = tiff32(tiff + 4, is_little);
	if (at > size - 2)
		return 0;
	uint32_t entries = tiff16(tiff + at, is_little);
	for (at += 2; entries > 0 && at + 12 <= size; entries--, at += 12) {
		uint32_t value = tiff16(tiff + at + 8, is_little);

		if (tiff16(tiff + at, is_little) == 0x112)
			return tiff16(tiff + at + 2, is_little) == 3 && value >= 2 && value <= 8
				       ? (int)value
				       : 0;
	}
	return 0;
}

/* An Exif segment that says which side is up and nothing else. */
static void add_orientation(struct buf *out, int orientation)
{
	uint8_t segment[] = {0xff, JPEG_APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, '*', 0,
		0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};

	segment[29] = (uint8_t)orientation;
	buf_add(out, segment, sizeof(segment));
}

/* Copies the entropy-coded data behind a start of scan; false when it breaks off. */
static bool copy_scan(struct copy *c)
{
	size_t from = c->at;
	const uint8_t *p = c->in.p;

	for (; c->at + 1 < c->in.n; c->at++) {
		bool is_data = p[c->at] != 0xff || p[c->at + 1] == 0 ||
			       (p[c->at + 1] >= 0xd0 && p[c->at + 1] <= 0xd7);

		if (is_data)
			continue;
		buf_add(&c->out, p + from, c->at - from);
		return c->at > from;
	}
	return false;
}

struct jpeg {
	bool has_frame, has_scan, has_orientation;
};

/* One segment; `marker` was read. */
static enum picture_fault copy_segment(struct copy *c, int marker, struct jpeg *j)
{
	const uint8_t *body = c->in.p + c->at + 2;
	size_t n = c->at + 2 > c->in.n ? 0 : be16(c->in.p + c->at);

	if (n < 2 || c->at + n > c->in.n)
		return PICTURE_DAMAGED;
	c->at += n;
	n -= 2;
	if (is_frame(marker)) {
		if (j->has_frame || n < 6 || !be16(body + 1) || !be16(body + 3))
			return PICTURE_DAMAGED;
		if (!is_size(be16(body + 3), be16(body + 1)))
			return PICTURE_TOO_BIG;
		j->has_frame = true;
	}
	int orientation = marker == JPEG_APP1 && !j->has_orientation ? find_orientation(body, n)
								     : 0;
	if (orientation && !j->has_frame) {
		j->has_orientation = true;
		add_orientation(&c->out, orientation);
	}
	if (!is_needed(marker, body, n))
		return PICTURE_SOUND;
	const uint8_t head[] = {0xff, (uint8_t)marker};
	buf_add(&c->out, head, 2);
	buf_add(&c->out, body - 2, n + 2);
	if (marker != JPEG_SOS)
		return PICTURE_SOUND;
	j->has_scan = true;
	return j->has_frame && copy_scan(c) ? PICTURE_SOUND : PICTURE_DAMAGED;
}

static enum picture_fault clean_jpeg(struct copy *c)
{
	struct jpeg j = {0};
	enum picture_fault why = PICTURE_SOUND;

	buf_add(&c->out, "\xff\xd8", 2);
	for (c->at = 2; !why;) {
		if (c->at + 2 > c->in.n || c->in.p[c->at] != 0xff)
			return PICTURE_DAMAGED;
		int marker = c->in.p[++c->at];

		if (marker == 0xff)
			continue; /* filled up */
		c->at++;
		if (marker == JPEG_EOI)
			break;
		if (marker < 0xc0 || (marker >= 0xd0 && marker <= JPEG_SOI))
			return PICTURE_DAMAGED;
		why = copy_segment(c, marker, &j);
	}
	buf_add(&c->out, "\xff\xd9", 2);
	return why ? why : j.has_scan ? PICTURE_SOUND : PICTURE_DAMAGED;
}

/* ---- PNG ---- */

static bool is_chunk(const uint8_t *type, const char *names)
{
	for (const char *p = names; *p; p += 4)
		if (!memcmp(type, p, 4))
			return true;
	return false;
}

/* One chunk that is whole; false at the end or when it is not. */
static bool copy_chunk(struct copy *c, bool *ret_ended, bool *ret_pixels)
{
	const uint8_t *p = c->in.p + c->at;
	size_t left = c->in.n - c->at, n;

	if (left < 12 || (n = be32(p)) > left - 12 ||
		crc32(crc32(0, NULL, 0), p + 4, (uInt)n + 4) != be32(p + 8 + n))
		return false;
	c->at += n + 12;
	*ret_ended = is_chunk(p + 4, "IEND");
	*ret_pixels |= is_chunk(p + 4, "IDAT");
	if (is_chunk(p + 4, "IHDRPLTEIDATIENDtRNSgAMAcHRMsRGBsBITpHYs"))
		buf_add(&c->out, p, n + 12);
	else if (!(p[4] & 0x20))
		return false; /* needed to decode, and not known */
	return true;
}

static enum picture_fault clean_png(struct copy *c)
{
	bool is_ended = false, has_pixels = false;

	if (c->in.n < 33 || be32(c->in.p + 8) != 13 || memcmp(c->in.p + 12, "IHDR", 4) ||
		!be32(c->in.p + 16) || !be32(c->in.p + 20))
		return PICTURE_DAMAGED;
	if (!is_size(be32(c->in.p + 16), be32(c->in.p + 20)))
		return PICTURE_TOO_BIG;
	buf_add(&c->out, c->in.p, 8);
	for (c->at = 8; !is_ended;)
		if (!copy_chunk(c, &is_ended, &has_pixels))
			return PICTURE_DAMAGED;
	return has_pixels ? PICTURE_SOUND : PICTURE_DAMAGED;
}

/* ---- WebP ---- */

/* Width and height of the one picture inside; false when it has none of the known forms. */
static bool webp_size(const uint8_t *type, const uint8_t *body, size_t n, struct copy *c)
{
	if (is_chunk(type, "VP8 ") && n >= 10 && !memcmp(body + 3, "\x9d\x01\x2a", 3)) {
		c->width = (body[6] | (uint32_t)body[7] << 8) & 0x3fff;
		c->height = (body[8] | (uint32_t)body[9] << 8) & 0x3fff;
	} else if (is_chunk(type, "VP8L") && n >= 5 && body[0] == 0x2f) {
		uint32_t bits = le24(body + 1) | (uint32_t)body[4] << 24;

		c->width = (bits & 0x3fff) + 1;
		c->height = (bits >> 14 & 0x3fff) + 1;
	} else {
		return false;
	}
	return c->width && c->height;
}

static enum picture_fault copy_riff(struct copy *c)
{
	const uint8_t *p = c->in.p + c->at;
	size_t left = c->in.n - c->at, n, padded;

	if (left < 8)
		return PICTURE_DAMAGED;
	n = le24(p + 4) | (size_t)p[7] << 24;
	padded = n + (n & 1);
	if (padded > left - 8)
		return PICTURE_DAMAGED;
	c->at += 8 + padded;
	if (is_chunk(p, "VP8X")) {
		if (n != 10 || (p[8] & 0x02))
			return PICTURE_DAMAGED; /* a film is no evidence */
		if (!is_size(le24(p + 12) + 1, le24(p + 15) + 1))
			return PICTURE_TOO_BIG;
		buf_add(&c->out, p, 18);
		c->out.p[c->out.n - 10] &= 0x10; /* of its parts only transparency stays */
		return PICTURE_SOUND;
	}
	if (is_chunk(p, "ALPH")) {
		buf_add(&c->out, p, 8 + padded);
		return PICTURE_SOUND;
	}
	if (!is_chunk(p, "VP8 VP8L"))
		return PICTURE_SOUND;
	if (c->width || !webp_size(p, p + 8, n, c))
		return PICTURE_DAMAGED;
	buf_add(&c->out, p, 8 + padded);
	return is_size(c->width, c->height) ? PICTURE_SOUND : PICTURE_TOO_BIG;
}

static enum picture_fault clean_webp(struct copy *c)
{
	size_t inside = c->in.n < 12 ? 0 : le24(c->in.p + 4) | (size_t)c->in.p[7] << 24;
	enum picture_fault why = PICTURE_SOUND;

	if (inside < 4 || inside > c->in.n - 8)
		return PICTURE_DAMAGED;
	c->in.n = inside + 8; /* nothing behind its end */
	buf_add(&c->out, c->in.p, 12);
	for (c->at = 12; c->at < c->in.n && !why;)
		why = copy_riff(c);
	if (why || !c->width)
		return why ? why : PICTURE_DAMAGED;
	for (int i = 0; i < 4; i++)
		c->out.p[4 + i] = (char)((c->out.n - 8) >> 8 * i);
	return PICTURE_SOUND;
}

/* ---- PDF ---- */

static int hex_digit(uint8_t c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* A name behind '/', with its #xx as what they stand for; what is longer is none that is sought. */
static size_t read_name(const uint8_t *p, size_t n, char name[16])
{
	size_t at = 0, length = 0;

	while (at < n && length < 15 && p[at] > ' ' && !strchr("/()<>[]{}%", p[at])) {
		bool is_escaped = p[at] == '#' && at + 2 < n && hex_digit(p[at + 1]) >= 0 &&
				  hex_digit(p[at + 2]) >= 0;

		name[length++] = is_escaped
					 ? (char)(hex_digit(p[at + 1]) << 4 | hex_digit(p[at + 2]))
					 : (char)p[at];
		at += is_escaped ? 3 : 1;
	}
	name[length] = '\0';
	return at;
}

static bool is_active(const char *name)
{
	static const char *const names[] = {
		"JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(names[i], name))
			return true;
	return false;
}

/* Pixels and fonts between "stream" and "endstream" are no names. */
static size_t skip_stream(const struct bytes *b, size_t at, bool *is_open)
{
	const uint8_t *end;

	if (*is_open || b->n - at < 7 || memcmp(b->p + at, "stream", 6) ||
		(b->p[at + 6] != '\r' && b->p[at + 6] != '\n'))
		return at;
	end = memmem(b->p + at, b->n - at, "endstream", 9);
	*is_open = !end; /* there is none from here on: it is not looked for again */
	return end ? (size_t)(end - b->p) + 9 : at;
}

static enum picture_fault check_pdf(const struct bytes *b)
{
	size_t tail = b->n < 1024 ? 0 : b->n - 1024;
	bool is_open = false;

	if (!memmem(b->p + tail, b->n - tail, "%%EOF", 5))
		return PICTURE_DAMAGED;
	for (size_t at = 0; at < b->n; at++) {
		char name[16];

		at = skip_stream(b, at, &is_open);
		if (at >= b->n || b->p[at] != '/')
			continue;
		at += read_name(b->p + at + 1, b->n - at - 1, name);
		if (is_active(name))
			return PICTURE_ACTIVE;
	}
	return PICTURE_SOUND;
}

enum picture_fault picture_clean(
	struct arena *arena, const char *type, struct bytes file, struct bytes *ret)
{
	struct copy c = {.in = file};
	enum picture_fault why;

	*ret = file;
	if (str_eq(type, "application/pdf"))
		return check_pdf(&file);
	if (strncmp(type, "image/", 6))
		return PICTURE_SOUND;
	buf_init(&c.out, arena, file.n + 64);
	why = str_eq(type, "image/jpeg")  ? clean_jpeg(&c)
	      : str_eq(type, "image/png") ? clean_png(&c)
					  : clean_webp(&c);
	*ret = (struct bytes){(const uint8_t *)c.out.p, c.out.n};
	return why;
}
