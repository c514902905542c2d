/*
 * The PDF around a signature: an update with a signature field on the first page, and the way back.
 *
 * Writing reads only what cairo writes: a table of cross references of one section at the end, a
 * catalogue and a first page that are plain dictionaries. Reading trusts nothing: offsets and
 * numbers are bounded by the file. The field has no appearance; what people read of the signature
 * is printed on the paper, where a copy on paper shows it as well.
 */
#include "platform/signature_int.h"

#include "base/date.h"
#include "base/str.h"

#include <ctype.h>
#include <string.h>

#define OBJECTS_MAX 1000000
#define FIELD_FLAGS 132 /* printed, locked */

/* ---- reading ---- */

static const uint8_t *find_text(struct bytes in, const char *text)
{
	return memmem(in.p, in.n, text, strlen(text));
}

static const uint8_t *find_last(struct bytes in, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = in.n < n ? 0 : in.n - n + 1; i > 0; i--)
		if (memcmp(in.p + i - 1, text, n) == 0)
			return in.p + i - 1;
	return NULL;
}

/* What follows `text`, which must be there. */
static bool skip_to(struct bytes *in, const char *text)
{
	const uint8_t *at = find_text(*in, text);

	if (!at)
		return false;
	in->n -= (size_t)(at - in->p) + strlen(text);
	in->p = at + strlen(text);
	return true;
}

static bool take_number(struct bytes *in, int64_t max, int64_t *ret)
{
	int64_t v = 0;
	size_t digits = 0;

	while (in->n && isspace(*in->p))
		in->p++, in->n--;
	for (; in->n && isdigit(*in->p) && digits < 12; in->p++, in->n--, digits++)
		v = v * 10 + (*in->p - '0');
	*ret = v;
	return digits > 0 && v <= max;
}

static bool number_after(struct bytes in, const char *text, int64_t max, int64_t *ret)
{
	return skip_to(&in, text) && take_number(&in, max, ret);
}

struct layout {
	struct bytes pdf, table; /* table: lines of the cross references */
	int64_t xref, size, root, info, page;
	struct bytes catalogue, first; /* dictionaries of root and page */
};

/* The dictionary of object `n`, from after "obj" to its end. */
static bool find_object(const struct layout *l, int64_t n, struct bytes *ret)
{
	struct bytes line = l->table, rest = l->pdf;
	const uint8_t *end;
	int64_t offset, number;

	if (n <= 0 || n >= l->size || (size_t)n * 20 + 20 > line.n)
		return false;
	line.p += n * 20;
	line.n = 20;
	if (!take_number(&line, (int64_t)rest.n - 1, &offset))
		return false;
	rest.p += offset;
	rest.n -= (size_t)offset;
	if (!take_number(&rest, OBJECTS_MAX, &number) || number != n || !skip_to(&rest, "obj") ||
		!(end = find_text(rest, "endobj")))
		return false;
	*ret = (struct bytes){rest.p, (size_t)(end - rest.p)};
	return find_last(*ret, ">>") && !find_text(*ret, "stream");
}

static bool find_page(struct layout *l)
{
	struct bytes pages;
	int64_t n;

	return number_after(l->catalogue, "/Pages", OBJECTS_MAX, &n) && find_object(l, n, &pages) &&
	       number_after(pages, "/Kids [", OBJECTS_MAX, &l->page) &&
	       find_object(l, l->page, &l->first);
}

static bool read_layout(struct bytes pdf, struct layout *l)
{
	const uint8_t *last = find_last(pdf, "startxref");
	struct bytes tail, head;
	int64_t first;

	*l = (struct layout){.pdf = pdf};
	if (!last)
		return false;
	tail = (struct bytes){last, pdf.n - (size_t)(last - pdf.p)};
	if (!number_after(tail, "startxref", (int64_t)pdf.n - 1, &l->xref))
		return false;
	head = (struct bytes){pdf.p + l->xref, pdf.n - (size_t)l->xref};
	if (head.n < 4 || memcmp(head.p, "xref", 4) || !skip_to(&head, "xref") ||
		!take_number(&head, 0, &first) || !take_number(&head, OBJECTS_MAX, &l->size))
		return false;
	while (head.n && isspace(*head.p))
		head.p++, head.n--;
	l->table = head;
	return skip_to(&head, "trailer") && number_after(head, "/Root", OBJECTS_MAX, &l->root) &&
	       number_after(head, "/Info", OBJECTS_MAX, &l->info) && !find_text(head, "/Prev") &&
	       find_object(l, l->root, &l->catalogue) && find_page(l);
}

/* ---- writing ---- */

struct update {
	struct buf *out;
	int64_t number[4];
	size_t at[4];
	int count;
};

static void begin_object(struct update *u, int64_t number)
{
	u->number[u->count] = number;
	u->at[u->count++] = u->out->n;
	buf_printf(u->out, "%lld 0 obj\n", (long long)number);
}

/* An object again with one more entry in its dictionary. */
static void extend(struct update *u, int64_t number, struct bytes dictionary, const char *entry)
{
	size_t n = (size_t)(find_last(dictionary, ">>") - dictionary.p);

	while (n && isspace(dictionary.p[n - 1]))
		n--;
	begin_object(u, number);
	buf_add(u->out, dictionary.p, n);
	buf_printf(u->out, "\n   %s\n>>\nendobj\n", entry);
}

/* "D:20251201000000Z" of an instant "2025-12-01T00:00:00.000Z". */
static const char *pdf_date(struct arena *arena, int64_t at_ms)
{
	char text[25];

	instant_format(at_ms, text);
	return arena_printf(arena, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", text, text + 5, text + 8,
		text + 11, text + 14, text + 17);
}

/* Strings end at a parenthesis: the few that do not are left out. */
static const char *pdf_string(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text), *to = out;

	for (const char *p = text; *p; p++)
		if (*p >= ' ' && *p < 127 && !strchr("()\\", *p))
			*to++ = *p;
	*to = '\0';
	return out;
}

#define RANGE_ROOM "/ByteRange [0 0000000000 0000000000 0000000000]"

/* Returns where the range stands. */
static size_t put_signature(struct update *u, int64_t number, int64_t at_ms, const char *reason,
	struct signature_hole *ret_hole)
{
	struct arena *arena = u->out->arena;
	char *zeros = arena_alloc(arena, SIGNATURE_DER_MAX * 2);
	size_t range;

	memset(zeros, '0', SIGNATURE_DER_MAX * 2);
	begin_object(u, number);
	buf_str(u->out,
		"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached\n   ");
	range = u->out->n;
	buf_str(u->out, RANGE_ROOM "\n   /Contents ");
	ret_hole->from = u->out->n;
	buf_char(u->out, '<');
	buf_add(u->out, zeros, SIGNATURE_DER_MAX * 2);
	buf_char(u->out, '>');
	ret_hole->to = u->out->n;
	buf_printf(u->out, "\n   /M (%s) /Reason (%s)\n>>\nendobj\n", pdf_date(arena, at_ms),
		pdf_string(arena, reason));
	return range;
}

static void put_field(struct update *u, int64_t number, int64_t page, int64_t signature)
{
	begin_object(u, number);
	buf_printf(u->out,
		"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Luwes) /F %d /Rect [0 0 0 0]\n"
		"   /P %lld 0 R /V %lld 0 R\n>>\nendobj\n",
		FIELD_FLAGS, (long long)page, (long long)signature);
}

/* One subsection for each object, in the order of their numbers. */
static void put_references(struct update *u, const struct layout *l)
{
	size_t xref = u->out->n;

	buf_str(u->out, "xref\n");
	for (int64_t n = 0; n < l->size + 2; n++)
		for (int i = 0; i < u->count; i++)
			if (u->number[i] == n)
				buf_printf(u->out, "%lld 1\n%010zu 00000 n \n", (long long)n,
					u->at[i]);
	buf_printf(u->out,
		"trailer\n<< /Size %lld\n   /Root %lld 0 R\n   /Info %lld 0 R\n   /Prev %lld\n>>\n"
		"startxref\n%zu\n%%%%EOF\n",
		(long long)l->size + 2, (long long)l->root, (long long)l->info, (long long)l->xref,
		xref);
}

static void put_range(struct buf *out, size_t at, struct signature_hole hole)
{
	char text[sizeof RANGE_ROOM];

	snprintf(text, sizeof text, "/ByteRange [0 %010zu %010zu %010zu]", hole.from, hole.to,
		out->n - hole.to);
	memcpy(out->p + at, text, sizeof text - 1);
}

enum err signature_make_room(struct bytes pdf, int64_t at_ms, const char *reason,
	struct arena *arena, struct buf *ret, struct signature_hole *ret_hole)
{
	struct layout l;
	struct update u = {.out = ret};
	size_t range;

	if (find_text(pdf, "/ByteRange"))
		return E_CONFLICT;
	if (!read_layout(pdf, &l) || find_text(l.catalogue, "/AcroForm") ||
		find_text(l.first, "/Annots"))
		return E_INTERNAL;
	buf_init(ret, arena, pdf.n + SIGNATURE_DER_MAX * 2 + 4096);
	buf_add(ret, pdf.p, pdf.n);
	buf_char(ret, '\n');
	extend(&u, l.root, l.catalogue,
		arena_printf(arena, "/AcroForm << /Fields [%lld 0 R] /SigFlags 3 >>",
			(long long)l.size));
	extend(&u, l.page, l.first, arena_printf(arena, "/Annots [%lld 0 R]", (long long)l.size));
	put_field(&u, l.size, l.page, l.size + 1);
	range = put_signature(&u, l.size + 1, at_ms, reason, ret_hole);
	put_references(&u, &l);
	put_range(ret, range, *ret_hole);
	return OK;
}

void signature_fill(struct buf *pdf, struct signature_hole hole, struct bytes der)
{
	char *hex = arena_alloc(pdf->arena, der.n * 2 + 1);

	hex_encode(der.p, der.n, hex);
	memcpy(pdf->p + hole.from + 1, hex, der.n * 2);
}

/* ---- finding ---- */

/* Exactly: [0 from to rest], and nothing of the file beside it but the hole. */
static enum signature_fault read_range(struct bytes in, size_t n, struct signature_hole *ret)
{
	int64_t zero, from, to, rest;

	if (!skip_to(&in, "[") || !take_number(&in, 0, &zero) ||
		!take_number(&in, (int64_t)n, &from) || !take_number(&in, (int64_t)n, &to) ||
		!take_number(&in, (int64_t)n, &rest) || from + 2 > to)
		return SIGNATURE_MALFORMED;
	*ret = (struct signature_hole){(size_t)from, (size_t)to};
	return (size_t)to + (size_t)rest == n ? SIGNATURE_GOOD : SIGNATURE_NOT_WHOLE;
}

enum signature_fault signature_find(struct bytes pdf, struct arena *arena,
	struct signature_hole *ret_hole, struct bytes *ret_der)
{
	struct bytes in = pdf, more;
	enum signature_fault fault;
	const char *hex;
	size_t digits;
	uint8_t *der;

	if (!skip_to(&in, "/ByteRange"))
		return SIGNATURE_NONE;
	more = in;
	if (skip_to(&more, "/ByteRange"))
		return SIGNATURE_MANY;
	if ((fault = read_range(in, pdf.n, ret_hole)))
		return fault;
	digits = ret_hole->to - ret_hole->from - 2;
	if (pdf.p[ret_hole->from] != '<' || pdf.p[ret_hole->to - 1] != '>' || digits % 2)
		return SIGNATURE_MALFORMED;
	hex = arena_strndup(arena, (const char *)pdf.p + ret_hole->from + 1, digits);
	der = arena_alloc(arena, digits / 2 + 1);
	*ret_der = (struct bytes){der, digits / 2};
	return hex_decode(hex, der, digits / 2) ? SIGNATURE_GOOD : SIGNATURE_MALFORMED;
}

struct bytes signature_signed_bytes(
	struct bytes pdf, struct signature_hole hole, struct arena *arena)
{
	size_t after = pdf.n - hole.to;
	uint8_t *joined = arena_alloc(arena, hole.from + after + 1);

	memcpy(joined, pdf.p, hole.from);
	memcpy(joined + hole.from, pdf.p + hole.to, after);
	return (struct bytes){joined, hole.from + after};
}
