/*
 * Finds the files that tools/embed put into the program (build/assets.S). The table is sorted by
 * path, lives in read-only memory and is never copied.
 */
#include "platform/assets.h"

#include <string.h>

extern const struct asset luwes_assets[];
extern const int32_t luwes_assets_count;

const struct asset *asset_find(const char *path)
{
	int low = 0, high = luwes_assets_count - 1;
	while (low <= high) {
		int middle = low + (high - low) / 2;
		int order = strcmp(path, luwes_assets[middle].path);
		if (order == 0)
			return &luwes_assets[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct asset *asset_list(int *ret_count)
{
	*ret_count = luwes_assets_count;
	return luwes_assets;
}
