/* libcurl, one handle for each request: once a minute nothing needs to be kept open. */
#include "platform/fetch.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_MS 10000L
#define WHOLE_MS   30000L

struct answer {
	struct buf body;
	size_t max;
};

static size_t take_body(char *p, size_t size, size_t count, void *context)
{
	struct answer *a = context;
	size_t n = size * count;
	if (n > a->max - a->body.n)
		return 0; /* ends the transfer */
	buf_add(&a->body, p, n);
	return n;
}

static void set_common(CURL *curl, const char *url, struct answer *answer)
{
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, WHOLE_MS);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "luwes");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
}

static bool perform(CURL *curl, struct arena *arena, struct answer *answer, struct fetch_reply *ret,
	const char **why)
{
	long status = 0;
	CURLcode code = curl_easy_perform(curl);
	if (code != CURLE_OK) {
		*why = code == CURLE_WRITE_ERROR ? "the answer is too large"
						 : arena_strdup(arena, curl_easy_strerror(code));
		return false;
	}
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	ret->status = (int)status;
	ret->body = (struct bytes){(const uint8_t *)answer->body.p, answer->body.n};
	return true;
}

static bool run(const char *url, const struct bytes *json, size_t max, struct arena *arena,
	struct fetch_reply *ret, const char **why)
{
	struct answer answer = {.max = max};
	struct curl_slist *headers = curl_slist_append(NULL, "X-Luwes: 1");
	CURL *curl = curl_easy_init();
	bool done = false;
	*why = "out of memory";
	buf_init(&answer.body, arena, 1024);
	if (json && headers)
		headers = curl_slist_append(headers, "Content-Type: application/json");
	if (curl && headers) {
		set_common(curl, url, &answer);
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
		if (json) {
			curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)json->n);
			curl_easy_setopt(curl, CURLOPT_POSTFIELDS, (const char *)json->p);
		}
		done = perform(curl, arena, &answer, ret, why);
	}
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	return done;
}

bool fetch_get(
	const char *url, size_t max, struct arena *arena, struct fetch_reply *ret, const char **why)
{
	return run(url, NULL, max, arena, ret, why);
}

bool fetch_post(const char *url, struct bytes json, size_t max, struct arena *arena,
	struct fetch_reply *ret, const char **why)
{
	return run(url, &json, max, arena, ret, why);
}
