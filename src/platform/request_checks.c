/*
 * What a message must bring before anything is looked up: its size, and for a write our header, our
 * media type and, where the browser tells, our origin (docs/SECURITY.md).
 */
#include "platform/exchange_int.h"

#include "base/str.h"
#include "platform/config.h"

#include <stdatomic.h>

static bool is_request_id(const char *s)
{
	size_t n = s ? strlen(s) : 0;
	return n >= 8 && n <= 64 &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == n;
}

void exchange_name(struct exchange *x)
{
	static _Atomic uint32_t serial;
	const char *given = x->header(x, "X-Request-Id");
	if (is_request_id(given))
		snprintf(x->request_id, sizeof x->request_id, "%s", given);
	else
		snprintf(x->request_id, sizeof x->request_id, "%08x%08x", (unsigned)x->started_us,
			(unsigned)atomic_fetch_add(&serial, 1));
}

/* Value of a cookie, copied; NULL when absent. */
const char *exchange_cookie(struct exchange *x, const char *name)
{
	const char *p = x->header(x, "Cookie");
	size_t n = strlen(name);
	while (p && *p) {
		p += strspn(p, " ;");
		size_t length = strcspn(p, ";");
		if (length > n && !strncmp(p, name, n) && p[n] == '=' && length - n < 200)
			return arena_strndup(&x->arena, p + n + 1, length - n - 1);
		p += length;
	}
	return NULL;
}

static bool same_host(const char *origin, const char *host)
{
	const char *p = strstr(origin, "://");
	return p && host && str_eq(p + 3, host);
}

/* security.md 3.1: a write needs our header, our media type and, where the browser tells, our
 * origin. */
static enum err check_cross_site(struct exchange *x)
{
	const char *site = x->header(x, "Sec-Fetch-Site"), *origin = x->header(x, "Origin");
	const char *own = config_text(SET_ORIGIN);
	if (!str_eq(x->header(x, "X-Luwes"), "1"))
		return E_CSRF;
	if (site && !str_eq(site, "same-origin") && !str_eq(site, "none"))
		return E_CSRF;
	if (origin && !str_eq(origin, own) &&
		!(*own == '\0' && same_host(origin, x->header(x, "Host"))))
		return E_CSRF;
	return OK;
}

static enum err check_media_type(struct exchange *x)
{
	const char *type = x->header(x, "Content-Type");
	if (x->req.route->raw_body_max || !x->body_bytes)
		return OK;
	return type && !strncasecmp(type, "application/json", 16) ? OK : E_MEDIA_TYPE;
}

enum err exchange_check_message(struct exchange *x)
{
	enum err e;
	if (x->body_too_large)
		return E_TOO_LARGE;
	if (x->req.route->method == GET)
		return x->body_bytes ? E_BAD_REQUEST : OK;
	if ((e = check_cross_site(x)) || (e = check_media_type(x)))
		return e;
	if (!route_is_write(x->req.route))
		return OK;
	return dispatch_is_draining() ? E_BUSY : OK;
}
