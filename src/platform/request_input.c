/*
 * One struct from three places: placeholders of the path, the query string, the JSON body.
 *
 * Unknown and repeated query names are refused, so a misspelt filter never silently widens a list.
 */
#include "platform/request_input.h"

#include "base/str.h"
#include "platform/export.h"

#define QUERY_PAIRS_MAX 16

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent and plus decoding; NULL when malformed or not text. */
static const char *decode_percent(struct arena *arena, const char *p, size_t n, bool plus)
{
	char *out = arena_alloc(arena, n + 1);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		int high, low;
		if (p[i] != '%') {
			out[at++] = plus && p[i] == '+' ? ' ' : p[i];
			continue;
		}
		if (i + 2 >= n || (high = hex_digit(p[i + 1])) < 0 ||
			(low = hex_digit(p[i + 2])) < 0)
			return NULL;
		out[at++] = (char)(high * 16 + low);
		i += 2;
	}
	return str_is_text(out, at) ? out : NULL;
}

static const struct field *find_field(
	const struct shape *shape, enum field_from from, const char *name, size_t n)
{
	for (const struct field *f = shape ? shape->fields : NULL; f && f->name; f++)
		if (f->from == from && strlen(f->name) == n && !memcmp(f->name, name, n))
			return f;
	return NULL;
}

static enum err read_value(
	struct req *rq, const struct field *f, const char *p, size_t n, bool plus)
{
	const char *text = decode_percent(rq->tx->arena, p, n, plus);
	if (!text)
		return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/%s", f->name),
			"not valid text");
	return fields_decode_text(f, rq->tx->arena, text, rq->input, &rq->fault);
}

static enum err read_path(struct req *rq, const struct path_match *match)
{
	for (int i = 0; i < match->params; i++) {
		const struct field *f = find_field(rq->route->input, FROM_PATH,
			match->param[i].name, (size_t)match->param[i].name_bytes);
		/* a path that cannot be an id names nothing: the same answer as a missing thing */
		if (read_value(rq, f, match->param[i].value, (size_t)match->param[i].value_bytes,
			    false))
			return E_NOT_FOUND;
	}
	return OK;
}

/* A list as a table (export.h); a second one changes nothing. */
static enum err read_format(struct req *rq, const char *p, size_t n)
{
	if (!export_begin(rq, arena_strndup(rq->tx->arena, p, n)))
		return refuse(rq, E_BAD_FIELD, "/format", "must be csv or xlsx");
	return OK;
}

static enum err read_query_pair(
	struct req *rq, const char *pair, size_t n, const struct field **seen, int *seen_count)
{
	const char *eq = memchr(pair, '=', n);
	size_t name_bytes = eq ? (size_t)(eq - pair) : n;
	const struct field *f = find_field(rq->route->input, FROM_QUERY, pair, name_bytes);
	if (!f && rq->route->exports && name_bytes == 6 && !memcmp(pair, "format", 6))
		return read_format(rq, eq ? eq + 1 : "", eq ? n - name_bytes - 1 : 0);
	if (!f)
		return refuse(rq, E_BAD_FIELD,
			arena_printf(rq->tx->arena, "/%.*s",
				(int)(name_bytes > 40 ? 40 : name_bytes), pair),
			"unknown query parameter");
	for (int i = 0; i < *seen_count; i++)
		if (seen[i] == f)
			return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/%s", f->name),
				"given twice");
	seen[(*seen_count)++] = f;
	return read_value(rq, f, eq ? eq + 1 : "", eq ? n - name_bytes - 1 : 0, true);
}

static enum err check_required_query(
	struct req *rq, const struct field *const *seen, int seen_count)
{
	for (const struct field *f = rq->route->input ? rq->route->input->fields : NULL;
		f && f->name; f++) {
		bool found = f->from != FROM_QUERY || (f->flags & OPTIONAL);
		for (int i = 0; i < seen_count && !found; i++)
			found = seen[i] == f;
		if (!found)
			return refuse(rq, E_BAD_FIELD, arena_printf(rq->tx->arena, "/%s", f->name),
				"required");
	}
	return OK;
}

static enum err read_query(struct req *rq, const char *query)
{
	const struct field *seen[QUERY_PAIRS_MAX];
	int seen_count = 0;
	enum err e;
	while (query && *query) {
		const char *end = strchrnul(query, '&');
		if (seen_count == QUERY_PAIRS_MAX)
			return refuse(rq, E_BAD_REQUEST, "", "too many query parameters");
		if (end > query &&
			(e = read_query_pair(rq, query, (size_t)(end - query), seen, &seen_count)))
			return e;
		query = *end ? end + 1 : end;
	}
	return check_required_query(rq, seen, seen_count);
}

static bool has_body_fields(const struct shape *shape)
{
	for (const struct field *f = shape ? shape->fields : NULL; f && f->name; f++)
		if (f->from == FROM_BODY)
			return true;
	return false;
}

enum err request_read_input(struct req *rq, const struct path_match *match, const char *query,
	const char *body, size_t body_bytes)
{
	const struct shape *shape = rq->route->input;
	enum err e;
	rq->input = shape ? arena_alloc(rq->tx->arena, shape->size) : NULL;
	if (shape)
		fields_init(shape, rq->input);
	if ((e = read_path(rq, match)) || (e = read_query(rq, query)))
		return e;
	if (rq->route->raw_body_max) {
		rq->raw_body = body;
		rq->raw_body_bytes = body_bytes;
		return OK;
	}
	if (has_body_fields(shape))
		return fields_decode(shape, rq->tx->arena, body_bytes ? body : "", body_bytes,
			rq->input, &rq->fault);
	if (rq->route->method != GET && body_bytes > 2)
		return refuse(rq, E_BAD_FIELD, "", "this request takes no body");
	return OK;
}
