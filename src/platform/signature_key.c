/*
 * Keys of signatures: two PEM files, opened at start and made by a verb.
 *
 * A key file is like that of the store (keys.h): its owner's alone, else it is refused. It has no
 * password, for nobody is there to type one when the server starts; what protects it is the file
 * system, or whatever hands the program its credentials.
 */
#include "platform/signature_int.h"

#include "base/hash.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#define RSA_BITS     3072
#define SERIAL_BYTES 16
#define YEAR_SECONDS (365 * 86400L + 86400L / 4)

/* ---- opening ---- */

static FILE *open_file(const char *path, bool is_private, struct arena *arena, const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	if (fd < 0 || fstat(fd, &st)) {
		*why = arena_printf(arena, "'%s' cannot be read: %s", path, strerror(errno));
	} else if (is_private && (st.st_mode & (S_IRWXG | S_IRWXO))) {
		*why = arena_printf(arena, "others may read the key file '%s': chmod 600", path);
	} else {
		return fdopen(fd, "r");
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* Never asks at the terminal: a key with a password is none. */
static int no_password(char *room, int n, int is_writing, void *arg)
{
	(void)room, (void)n, (void)is_writing, (void)arg;
	return -1;
}

static bool name_key(struct signature_key *key)
{
	X509_NAME *subject = X509_get_subject_name(key->certificate);
	unsigned char digest[32];
	unsigned n = 0;

	if (X509_NAME_get_text_by_NID(subject, NID_commonName, key->name, sizeof key->name) <= 0 ||
		X509_digest(key->certificate, EVP_sha256(), digest, &n) != 1)
		return false;
	hex_encode(digest, sizeof digest, key->fingerprint);
	return str_is_text(key->name, strlen(key->name));
}

struct signature_key *signature_open_certificate(
	const char *path, struct arena *arena, const char **why)
{
	struct signature_key *key = OPENSSL_zalloc(sizeof *key);
	FILE *f = key ? open_file(path, false, arena, why) : NULL;

	if (f) {
		key->certificate = PEM_read_X509(f, NULL, no_password, NULL);
		fclose(f);
		if (key->certificate && name_key(key))
			return key;
		*why = arena_printf(arena, "'%s' is no certificate in PEM with a name", path);
	}
	signature_close_key(key);
	ERR_clear_error();
	return NULL;
}

static bool open_private(
	struct signature_key *key, const char *path, struct arena *arena, const char **why)
{
	FILE *f = open_file(path, true, arena, why);

	if (!f)
		return false;
	key->pkey = PEM_read_PrivateKey(f, NULL, no_password, NULL);
	fclose(f);
	*why = key->pkey ? "the key is not that of the certificate"
			 : arena_printf(arena, "'%s' is no key in PEM without a password", path);
	return key->pkey && X509_check_private_key(key->certificate, key->pkey) == 1;
}

struct signature_key *signature_open_key(
	const char *key_path, const char *certificate_path, struct arena *arena, const char **why)
{
	struct signature_key *key = signature_open_certificate(certificate_path, arena, why);

	if (key && !open_private(key, key_path, arena, why)) {
		signature_close_key(key);
		key = NULL;
	}
	ERR_clear_error();
	return key;
}

void signature_close_key(struct signature_key *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->pkey);
	X509_free(key->certificate);
	OPENSSL_free(key);
}

const char *signature_name(const struct signature_key *key)
{
	return key->name;
}

const char *signature_fingerprint(const struct signature_key *key)
{
	return key->fingerprint;
}

bool signature_is_valid_at(const struct signature_key *key, int64_t at_ms)
{
	time_t t = (time_t)(at_ms / 1000);

	return X509_cmp_time(X509_get0_notBefore(key->certificate), &t) < 0 &&
	       X509_cmp_time(X509_get0_notAfter(key->certificate), &t) > 0;
}

/* ---- making ---- */

static bool add_extension(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	bool good = e && X509_add_ext(x, e, -1) == 1;

	X509_EXTENSION_free(e);
	return good;
}

static bool set_serial(X509 *x)
{
	unsigned char random[SERIAL_BYTES];
	BIGNUM *n = NULL;
	bool good = RAND_bytes(random, sizeof random) == 1;

	random[0] = (unsigned char)((random[0] & 0x7f) | 0x40); /* positive, of full length */
	n = good ? BN_bin2bn(random, sizeof random, NULL) : NULL;
	good = n && BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x));
	BN_free(n);
	return good;
}

static bool set_days(X509 *x, int64_t from_ms, int years)
{
	time_t from = (time_t)(from_ms / 1000);

	return ASN1_TIME_set(X509_getm_notBefore(x), from) &&
	       ASN1_TIME_set(X509_getm_notAfter(x), from + years * YEAR_SECONDS);
}

static X509 *make_certificate(EVP_PKEY *pkey, const char *name, int64_t from_ms, int years)
{
	X509 *x = X509_new();
	X509_NAME *subject = x ? X509_get_subject_name(x) : NULL;

	if (subject && X509_set_version(x, X509_VERSION_3) && set_serial(x) &&
		set_days(x, from_ms, years) &&
		X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
			(const unsigned char *)name, -1, -1, 0) &&
		X509_set_issuer_name(x, subject) && X509_set_pubkey(x, pkey) &&
		add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
		add_extension(x, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
		X509_sign(x, pkey, EVP_sha256()))
		return x;
	X509_free(x);
	return NULL;
}

static FILE *new_file(const char *path, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

	return fd < 0 ? NULL : fdopen(fd, "w");
}

static bool end_file(FILE *f, bool good)
{
	good = fflush(f) == 0 && fsync(fileno(f)) == 0 && good;
	return fclose(f) == 0 && good;
}

static bool write_key(const char *path, EVP_PKEY *pkey)
{
	FILE *f = new_file(path, 0600);

	return f && end_file(f, PEM_write_PKCS8PrivateKey(f, pkey, NULL, NULL, 0, NULL, NULL) == 1);
}

static bool write_certificate(const char *path, X509 *x)
{
	FILE *f = new_file(path, 0644);

	return f && end_file(f, PEM_write_X509(f, x) == 1);
}

/* Two new files or none. */
static bool write_pair(const char *key_path, const char *certificate_path, EVP_PKEY *pkey, X509 *x,
	struct arena *arena, const char **why)
{
	if (!write_key(key_path, pkey)) {
		*why = arena_printf(arena, "cannot write '%s': %s", key_path, strerror(errno));
		return false;
	}
	if (write_certificate(certificate_path, x))
		return true;
	*why = arena_printf(arena, "cannot write '%s': %s", certificate_path, strerror(errno));
	unlink(key_path);
	return false;
}

bool signature_make_key(const char *key_path, const char *certificate_path, const char *name,
	int64_t from_ms, int years, struct arena *arena, const char **why)
{
	EVP_PKEY *pkey = EVP_RSA_gen(RSA_BITS);
	X509 *x = pkey ? make_certificate(pkey, name, from_ms, years) : NULL;
	bool good = false;

	if (x)
		good = write_pair(key_path, certificate_path, pkey, x, arena, why);
	else
		*why = "cannot make the key: the name wants 1 to 64 letters";
	X509_free(x);
	EVP_PKEY_free(pkey);
	ERR_clear_error();
	return good;
}
