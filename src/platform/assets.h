/*
 * Files carried inside the program: migrations, the web app, data of the demo. tools/embed writes
 * them at build time, pre-compressed and with the SHA-256 that becomes their ETag.
 */
#ifndef LUWES_PLATFORM_ASSETS_H
#define LUWES_PLATFORM_ASSETS_H

#include <stddef.h>
#include <stdint.h>

struct asset {
	const char *path;     /* "migrations/0001_platform.sql", "web/pegawai/index.html",
				 "data/holidays.csv" */
	const uint8_t *bytes; /* as they are */
	size_t size;
	const uint8_t *gzip; /* compressed, or NULL when that saves nothing */
	size_t gzip_size;
	const char *etag; /* quoted, from the SHA-256 of the bytes */
};

/* NULL when there is no such file. */
const struct asset *asset_find(const char *path);

/* All files in path order. */
const struct asset *asset_list(int *ret_count);

#endif
