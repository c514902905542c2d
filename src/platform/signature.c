/*
 * Signing and checking with OpenSSL: CMS with one signer, its certificate and the instant of
 * signing.
 *
 * The instant is the caller's, not the library's clock; the certificate is bound to the signature
 * by its hash (RFC 5035), so that another one with the same key is not taken for it.
 */
#include "platform/signature_int.h"

#include <openssl/cms.h>
#include <openssl/err.h>

#define SIGN_FLAGS (CMS_BINARY | CMS_DETACHED | CMS_PARTIAL | CMS_NOSMIMECAP)

const char *const signature_fault_names[] = {
	"good", "none", "many", "malformed", "not_whole", "other_key", "broken", NULL};

static bool set_instant(CMS_SignerInfo *signer, int64_t at_ms)
{
	ASN1_TIME *t = ASN1_TIME_set(NULL, (time_t)(at_ms / 1000));
	bool good = t &&
		    CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, t->type, t, -1) == 1;

	ASN1_TIME_free(t);
	return good;
}

static CMS_ContentInfo *sign_content(const struct signature_key *key, BIO *content, int64_t at_ms)
{
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, SIGN_FLAGS);
	CMS_SignerInfo *signer = cms ? CMS_add1_signer(cms, key->certificate, key->pkey,
					       EVP_sha256(), SIGN_FLAGS | CMS_CADES)
				     : NULL;

	if (signer && set_instant(signer, at_ms) &&
		CMS_final(cms, content, NULL, CMS_BINARY | CMS_DETACHED) == 1)
		return cms;
	CMS_ContentInfo_free(cms);
	return NULL;
}

static struct bytes encode(const CMS_ContentInfo *cms, struct arena *arena)
{
	unsigned char *der = NULL;
	int n = i2d_CMS_ContentInfo(cms, &der);
	struct bytes out = n > 0 ? arena_bytes(arena, der, (size_t)n) : (struct bytes){0};

	OPENSSL_free(der);
	return out;
}

static struct bytes sign_bytes(
	const struct signature_key *key, struct bytes content, int64_t at_ms, struct arena *arena)
{
	BIO *in = BIO_new_mem_buf(content.p, (int)content.n);
	CMS_ContentInfo *cms = in ? sign_content(key, in, at_ms) : NULL;
	struct bytes der = cms ? encode(cms, arena) : (struct bytes){0};

	CMS_ContentInfo_free(cms);
	BIO_free(in);
	ERR_clear_error();
	return der;
}

enum err signature_add(const struct signature_key *key, struct bytes pdf, int64_t at_ms,
	const char *reason, struct arena *arena, struct bytes *ret_pdf)
{
	struct signature_hole hole;
	struct bytes der;
	struct buf out;
	enum err e = signature_make_room(pdf, at_ms, reason, arena, &out, &hole);

	if (e)
		return e;
	*ret_pdf = (struct bytes){(const uint8_t *)out.p, out.n};
	der = sign_bytes(key, signature_signed_bytes(*ret_pdf, hole, arena), at_ms, arena);
	if (der.n == 0 || der.n > SIGNATURE_DER_MAX)
		return E_INTERNAL;
	signature_fill(&out, hole, der);
	return signature_check(key, *ret_pdf, arena) == SIGNATURE_GOOD ? OK : E_INTERNAL;
}

/* ---- checking ---- */

/* One signer, and our certificate is his and the only one that comes along. */
static bool is_signer(CMS_ContentInfo *cms, X509 *certificate)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	STACK_OF(X509) *along = CMS_get1_certs(cms);
	bool is_his = signers && sk_CMS_SignerInfo_num(signers) == 1 && along &&
		      sk_X509_num(along) == 1 &&
		      X509_cmp(sk_X509_value(along, 0), certificate) == 0 &&
		      CMS_SignerInfo_cert_cmp(sk_CMS_SignerInfo_value(signers, 0), certificate) ==
			      0;

	sk_X509_pop_free(along, X509_free);
	return is_his;
}

/* Nothing is hidden behind the signature in its place. */
static bool is_zero(const unsigned char *p, const unsigned char *end)
{
	while (p < end && *p == 0)
		p++;
	return p == end;
}

static enum signature_fault verify(CMS_ContentInfo *cms, X509 *certificate, struct bytes content)
{
	STACK_OF(X509) *known = sk_X509_new_null();
	BIO *in = BIO_new_mem_buf(content.p, (int)content.n);
	enum signature_fault fault = SIGNATURE_OTHER_KEY;

	if (known && in && is_signer(cms, certificate) && sk_X509_push(known, certificate) > 0)
		fault = CMS_verify(cms, known, NULL, in, NULL,
				CMS_BINARY | CMS_DETACHED | CMS_NOINTERN |
					CMS_NO_SIGNER_CERT_VERIFY) == 1
				? SIGNATURE_GOOD
				: SIGNATURE_BROKEN;
	sk_X509_free(known);
	BIO_free(in);
	return fault;
}

enum signature_fault signature_check(
	const struct signature_key *key, struct bytes pdf, struct arena *arena)
{
	struct signature_hole hole;
	struct bytes der;
	CMS_ContentInfo *cms;
	enum signature_fault fault = signature_find(pdf, arena, &hole, &der);

	if (fault)
		return fault;
	const unsigned char *p = der.p;
	cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
	fault = cms && is_zero(p, der.p + der.n) &&
				OBJ_obj2nid(CMS_get0_type(cms)) == NID_pkcs7_signed
			? verify(cms, key->certificate, signature_signed_bytes(pdf, hole, arena))
			: SIGNATURE_MALFORMED;
	CMS_ContentInfo_free(cms);
	ERR_clear_error();
	return fault;
}
