/*
 * Serves web/dist from the program itself: "/pegawai/" is web/pegawai/index.html, "/" leads there.
 *
 * Files with a content hash in their name may be kept for a year; everything else is asked for
 * again with its ETag. The service worker must never be kept. Compressed once, at build time.
 */
#include "platform/pages.h"

#include "base/str.h"
#include "platform/assets.h"

static const struct {
	const char *ending, *type;
} types[] = {
	{".html", "text/html; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".woff2", "font/woff2"},
	{".svg", "image/svg+xml"},
	{".png", "image/png"},
	{".webmanifest", "application/manifest+json"},
	{".json", "application/json"},
	{".txt", "text/plain; charset=utf-8"},
	{".ico", "image/x-icon"},
	{".wasm", "application/wasm"},
};

static const char *type_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof types[0]; i++)
		if (str_eq(dot, types[i].ending))
			return types[i].type;
	return "application/octet-stream";
}

static const struct asset *find_page(struct exchange *x)
{
	size_t n = strcspn(x->target, "?");
	const char *path = arena_strndup(&x->arena, x->target, n);
	if (n > 256 || path[0] != '/' || strstr(path, ".."))
		return NULL;
	if (str_eq(path, "/"))
		path = "/pegawai/";
	return asset_find(arena_printf(
		&x->arena, "web%s%s", path, path[strlen(path) - 1] == '/' ? "index.html" : ""));
}

bool pages_serve(struct exchange *x)
{
	const struct asset *page = str_eq(x->method_name, "GET") ? find_page(x) : NULL;
	const char *have = page ? x->header(x, "If-None-Match") : NULL;
	const char *encodings = page ? x->header(x, "Accept-Encoding") : NULL;
	if (!page)
		return false;
	x->content_type = type_of(page->path);
	x->req.etag = page->etag;
	x->cache_forever = str_starts(page->path, "web/assets/");
	x->is_page = true;
	if (have && strstr(have, page->etag)) {
		x->status = 304;
	} else {
		x->status = 200;
		x->is_asset_gzip = page->gzip && encodings && strstr(encodings, "gzip");
		x->reply = x->is_asset_gzip ? page->gzip : page->bytes;
		x->reply_bytes = x->is_asset_gzip ? page->gzip_size : page->size;
	}
	x->state = EXCHANGE_DONE;
	return true;
}
