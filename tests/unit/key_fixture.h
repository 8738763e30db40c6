/* key_fixture.h: a key and its certificate, made for one test, as PEM files. */
#ifndef INFONOTE_TESTS_KEY_FIXTURE_H
#define INFONOTE_TESTS_KEY_FIXTURE_H

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assertions.h"

struct key_files {
    char folder[32], key[48], cert[48];
    X509 *x509;
};

static X509 *self_signed(EVP_PKEY *key)
{
    X509 *x = X509_new();
    X509_NAME *name = X509_get_subject_name(x);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), 0);
    X509_gmtime_adj(X509_getm_notAfter(x), 86400);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"Ada", -1,
                               -1, 0);
    X509_set_issuer_name(x, name);
    assert_true(X509_sign(x, key, EVP_sha256()) > 0);
    return x;
}

/* `kind`: "EC" or "RSA"; `password` of the key's file, or NULL. */
static void key_files_make(struct key_files *k, const char *kind, const char *password)
{
    EVP_PKEY *key = kind[0] == 'E' ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048);
    assert_non_null(key);
    strcpy(k->folder, "/tmp/infonote-key-XXXXXX");
    assert_non_null(mkdtemp(k->folder));
    snprintf(k->key, sizeof k->key, "%s/key.pem", k->folder);
    snprintf(k->cert, sizeof k->cert, "%s/cert.pem", k->folder);
    k->x509 = self_signed(key);
    FILE *f = fopen(k->key, "w");
    assert_true(PEM_write_PrivateKey(f, key, password ? EVP_aes_128_cbc() : NULL, NULL, 0,
                                     NULL, (void *)(uintptr_t)password));
    fclose(f);
    f = fopen(k->cert, "w");
    assert_true(PEM_write_X509(f, k->x509));
    fclose(f);
    EVP_PKEY_free(key);
}

static void key_files_remove(struct key_files *k)
{
    unlink(k->key);
    unlink(k->cert);
    rmdir(k->folder);
    X509_free(k->x509);
}

/* Whether this is the certificate's signature over these bytes, as CAdES wants it. */
static bool is_signature(const struct key_files *k, str signature, str bytes)
{
    const unsigned char *p = (const unsigned char *)signature.p;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)signature.n);
    BIO *content = BIO_new_mem_buf(bytes.p, (int)bytes.n);
    X509_STORE *trusted = X509_STORE_new();
    X509_STORE_add_cert(trusted, k->x509);
    X509_STORE_set_purpose(trusted, X509_PURPOSE_ANY);
    bool good = cms && CMS_verify(cms, NULL, trusted, content, NULL,
                                  CMS_BINARY | CMS_CADES) > 0;
    X509_STORE_free(trusted);
    BIO_free(content);
    CMS_ContentInfo_free(cms);
    return good;
}

#endif
