/*
 * What a file is, by its first bytes: only types that reports and imports need, nothing that a
 * browser would run. A file is always served as an attachment of exactly this type.
 */
#include "platform/blob.h"

#include "base/str.h"

#include <string.h>

static bool starts(const struct bytes *b, size_t at, const char *magic, size_t n)
{
	return b->n >= at + n && !memcmp(b->p + at, magic, n);
}

/* A zip is a spreadsheet when it holds the two names every .xlsx has. */
static bool is_xlsx(const struct bytes *b)
{
	return starts(b, 0, "PK\x03\x04", 4) && memmem(b->p, b->n, "[Content_Types].xml", 19) &&
	       memmem(b->p, b->n, "xl/workbook.xml", 15);
}

/* Length of the UTF-8 sequence at `p`, 0 when it is none. */
static size_t utf8_length(const uint8_t *p, size_t left)
{
	uint32_t lead = *p, value;
	size_t n = lead < 0x80   ? 1
		   : lead < 0xc2 ? 0
		   : lead < 0xe0 ? 2
		   : lead < 0xf0 ? 3
		   : lead < 0xf5 ? 4
				 : 0;
	if (n <= 1 || n > left)
		return n <= 1 ? n : 0;
	value = lead & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3f);
	}
	bool is_overlong = (n == 3 && value < 0x800) || (n == 4 && value < 0x10000);
	bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
	return is_overlong || is_surrogate || value > 0x10ffff ? 0 : n;
}

static bool is_utf8(const struct bytes *b)
{
	for (size_t i = 0; i < b->n;) {
		size_t n = utf8_length(b->p + i, b->n - i);
		if (n == 0)
			return false;
		i += n;
	}
	return true;
}

/* The five bytes Windows-1252 leaves undefined appear in other encodings and in binary data. */
static bool is_windows_1252(const struct bytes *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (memchr("\x81\x8d\x8f\x90\x9d", b->p[i], 5))
			return false;
	}
	return true;
}

/* A spreadsheet's "Unicode text": kept, so that the import can say in words how to save it anew. */
static bool is_utf16(const struct bytes *b)
{
	return b->n % 2 == 0 && (starts(b, 0, "\xff\xfe", 2) || starts(b, 0, "\xfe\xff", 2));
}

static bool is_text(const struct bytes *b)
{
	for (size_t i = 0; i < b->n; i++) {
		uint8_t c = b->p[i];
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			return false;
	}
	return b->n > 0 && (is_utf8(b) || is_windows_1252(b));
}

const char *blob_type(const void *p, size_t n)
{
	struct bytes b = {p, n};
	if (starts(&b, 0, "\x89PNG\r\n\x1a\n", 8))
		return "image/png";
	if (starts(&b, 0, "\xff\xd8\xff", 3))
		return "image/jpeg";
	if (starts(&b, 0, "RIFF", 4) && starts(&b, 8, "WEBP", 4))
		return "image/webp";
	if (starts(&b, 0, "%PDF-", 5))
		return "application/pdf";
	if (is_xlsx(&b))
		return BLOB_XLSX;
	return is_utf16(&b) || is_text(&b) ? "text/csv" : NULL;
}

bool blob_is_evidence(const char *type)
{
	return strncmp(type, "image/", 6) == 0 || str_eq(type, "application/pdf");
}

const char *blob_extension(const char *type)
{
	static const char *const known[][2] = {{"image/png", "png"}, {"image/jpeg", "jpg"},
		{"image/webp", "webp"}, {"application/pdf", "pdf"}, {"text/csv", "csv"},
		{BLOB_XLSX, "xlsx"}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(known[i][0], type))
			return known[i][1];
	return "bin";
}
