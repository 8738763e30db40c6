/* SPDX-License-Identifier: MIT
 *
 * In: a key, slices. Out: a CMS signature. OpenSSL makes the structure; the attributes
 * are signed here, because CMS_final puts the time of the clock among them, which PAdES
 * forbids and which would make two runs differ. */
#include "mail/sign.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

struct sign_key {
    struct arena *arena;
    EVP_PKEY *key;
    X509 *cert;
    STACK_OF(X509) *others;
    size_t room;
};

/* --- Loading --- */

static const char *reason(struct arena *a, const char *what)
{
    unsigned long code = ERR_peek_last_error();
    const char *why = code ? ERR_reason_error_string(code) : NULL;
    ERR_clear_error();
    return str_format(a, "%s%s%s", what, why ? ": " : "", why ? why : "").p;
}

/* Never asks on the terminal. */
static int give_password(char *out, int size, int writing, void *user)
{
    const char *password = user;
    size_t n = password ? strlen(password) : 0;
    (void)writing;
    if (!password || n > (size_t)size) {
        return -1;
    }
    memcpy(out, password, n);
    return (int)n;
}

static BIO *open_file(const char *path, struct arena *a, const char **fault)
{
    struct file_result r = file_read(a, str_from(path), SIGN_MAX_FILE);
    if (r.status != FILE_OK) {
        *fault = str_format(a, "cannot read `%s`", path).p;
        return NULL;
    }
    BIO *bio = BIO_new_mem_buf(r.bytes.p, (int)r.bytes.n);
    if (!bio) {
        oom_report(1);
    }
    return bio;
}

static bool load_key(struct sign_key *k, const char *path, const char *password,
                     const char **fault)
{
    BIO *bio = open_file(path, k->arena, fault);
    if (!bio) {
        return false;
    }
    k->key = PEM_read_bio_PrivateKey(bio, NULL, give_password,
                                     (void *)(uintptr_t)password);
    BIO_free(bio);
    if (!k->key) {
        const char *what = str_format(k->arena, "`%s` holds no key that can be used",
                                      path).p;
        *fault = reason(k->arena, what);
    }
    return k->key != NULL;
}

/* The first certificate is the signer's. */
static bool load_certs(struct sign_key *k, const char *path, const char **fault)
{
    BIO *bio = open_file(path, k->arena, fault);
    X509 *cert;
    if (!bio) {
        return false;
    }
    k->others = sk_X509_new_null();
    while ((cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL) {
        if (!k->cert) {
            k->cert = cert;
        } else {
            sk_X509_push(k->others, cert);
        }
    }
    BIO_free(bio);
    ERR_clear_error(); /* the end of the file is one */
    if (!k->cert) {
        *fault = str_format(k->arena, "`%s` holds no certificate", path).p;
        return false;
    }
    if (!X509_check_private_key(k->cert, k->key)) {
        *fault = str_format(k->arena, "the certificate in `%s` is not the key's", path).p;
        ERR_clear_error();
        return false;
    }
    return true;
}

struct sign_key *sign_key_load(const char *key, const char *cert, const char *password,
                               struct arena *a, const char **fault)
{
    struct sign_key *k = NEW(a, struct sign_key);
    struct buf probe;
    k->arena = a;
    buf_init(&probe, a);
    if (!load_key(k, key, password, fault) || !load_certs(k, cert, fault) ||
        !sign_slices(k, NULL, 0, &probe, fault)) {
        sign_key_free(k);
        return NULL;
    }
    k->room = probe.n + 16; /* a signature on a curve may be some bytes longer */
    return k;
}

void sign_key_free(struct sign_key *k)
{
    if (k) {
        EVP_PKEY_free(k->key);
        X509_free(k->cert);
        sk_X509_pop_free(k->others, X509_free);
    }
}

size_t sign_room(const struct sign_key *k)
{
    return k->room;
}

/* --- Signing --- */

static bool digest_slices(const str *slices, size_t n, unsigned char out[32])
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good = ctx && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL);
    for (size_t i = 0; good && i < n; i++) {
        good = EVP_DigestUpdate(ctx, slices[i].p, slices[i].n);
    }
    good = good && EVP_DigestFinal_ex(ctx, out, NULL);
    EVP_MD_CTX_free(ctx);
    return good;
}

static int compare_encoded(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

/* What is signed: the attributes as a SET OF in DER, so in the order of their bytes. */
static str encode_attributes(const CMS_SignerInfo *si, struct arena *a)
{
    int n = CMS_signed_get_attr_count(si);
    str *encoded = NEW_ARRAY(a, str, n > 0 ? n : 1);
    struct buf out;
    size_t total = 0;
    for (int i = 0; i < n; i++) {
        unsigned char *p = NULL;
        int size = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &p);
        encoded[i] = str_copy(a, (str){(char *)p, size > 0 ? (size_t)size : 0});
        total += encoded[i].n;
        OPENSSL_free(p);
    }
    qsort(encoded, (size_t)(n > 0 ? n : 0), sizeof *encoded, compare_encoded);
    buf_init(&out, a);
    char *head = buf_room(&out, 16);
    unsigned char *end = (unsigned char *)head;
    ASN1_put_object(&end, 1, (int)total, V_ASN1_SET, V_ASN1_UNIVERSAL);
    out.n = (size_t)((char *)end - head);
    for (int i = 0; i < n; i++) {
        buf_put(&out, encoded[i]);
    }
    return buf_str(&out);
}

static bool sign_attributes(const struct sign_key *k, CMS_SignerInfo *si, struct arena *a)
{
    str bytes = encode_attributes(si, a);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t size = 0;
    unsigned char *signature = NULL;
    bool good = ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, k->key) > 0 &&
                EVP_DigestSign(ctx, NULL, &size, (const unsigned char *)bytes.p,
                               bytes.n) > 0;
    if (good) {
        signature = arena_alloc(a, size);
        good = EVP_DigestSign(ctx, signature, &size, (const unsigned char *)bytes.p,
                              bytes.n) > 0 &&
               ASN1_STRING_set(CMS_SignerInfo_get0_signature(si), signature, (int)size);
    }
    EVP_MD_CTX_free(ctx);
    return good;
}

static bool put_cms(CMS_ContentInfo *cms, struct buf *out)
{
    int size = i2d_CMS_ContentInfo(cms, NULL);
    if (size <= 0) {
        return false;
    }
    unsigned char *p = (unsigned char *)buf_room(out, (size_t)size);
    i2d_CMS_ContentInfo(cms, &p);
    out->n += (size_t)size;
    return true;
}

bool sign_slices(const struct sign_key *k, const str *slices, size_t n, struct buf *out,
                 const char **fault)
{
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP |
                           CMS_CADES;
    struct arena scratch;
    unsigned char digest[32];
    arena_init(&scratch);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, k->others, NULL, flags);
    CMS_SignerInfo *si = cms ? CMS_add1_signer(cms, k->cert, k->key, EVP_sha256(), flags)
                             : NULL;
    bool good = si && digest_slices(slices, n, digest) &&
                CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                            OBJ_nid2obj(NID_pkcs7_data), -1) &&
                CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest,
                                            V_ASN1_OCTET_STRING, digest, 32) &&
                sign_attributes(k, si, &scratch) && put_cms(cms, out);
    if (!good) {
        *fault = reason(k->arena, "OpenSSL cannot sign");
    }
    CMS_ContentInfo_free(cms);
    arena_done(&scratch);
    return good;
}
