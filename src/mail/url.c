/* SPDX-License-Identifier: MIT
 *
 * In: the address of a server, as people write it. Out: a URL for libcurl and a user. */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <string.h>

static const char *no_url(const char *fault, CURLU *u)
{
    curl_url_cleanup(u);
    return fault;
}

/* An address as the user's name: its own @ is not the one before the host. */
static const char *escape_user(const char *url, struct arena *a)
{
    const char *start = strstr(url, "://");
    const char *end = start ? start + 3 + strcspn(start + 3, "/?#") : url;
    const char *last = start ? memrchr(start, '@', (size_t)(end - start)) : NULL;
    const char *first = start ? memchr(start, '@', (size_t)(end - start)) : NULL;
    if (first == last) {
        return url;
    }
    str head = {url, (size_t)(first - url)};
    return escape_user(str_format(a, "%.*s%%40%s", STR_ARG(head), first + 1).p, a);
}

static char *part_of(CURLU *u, CURLUPart part, unsigned flags, struct arena *a)
{
    char *text = NULL;
    if (curl_url_get(u, part, &text, flags) != CURLUE_OK) {
        return NULL;
    }
    char *copy = (char *)(uintptr_t)str_copy(a, str_from(text)).p;
    curl_free(text);
    return copy;
}

const char *smtp_read_url(const char *url, struct smtp_server *server, struct arena *a)
{
    CURLU *u = curl_url();
    if (curl_url_set(u, CURLUPART_URL, escape_user(url, a), 0) != CURLUE_OK) {
        return no_url("it is no address of a server", u);
    }
    const char *scheme = part_of(u, CURLUPART_SCHEME, 0, a);
    if (!scheme || (strcmp(scheme, "smtp") != 0 && strcmp(scheme, "smtps") != 0)) {
        return no_url("it must begin with smtp:// or smtps://", u);
    }
    if (part_of(u, CURLUPART_PASSWORD, 0, a)) {
        return no_url("a password has no place there, where others can read it", u);
    }
    const char *path = part_of(u, CURLUPART_PATH, 0, a);
    if ((path && strcmp(path, "/") != 0) || part_of(u, CURLUPART_QUERY, 0, a) ||
        part_of(u, CURLUPART_FRAGMENT, 0, a)) {
        return no_url("nothing may stand behind the host and its port", u);
    }
    server->user = part_of(u, CURLUPART_USER, CURLU_URLDECODE, a);
    if (server->user && !*server->user) {
        return no_url("the name before @ is empty", u);
    }
    curl_url_set(u, CURLUPART_USER, NULL, 0);
    server->url = part_of(u, CURLUPART_URL, 0, a);
    return no_url(server->url ? NULL : "it is no address of a server", u);
}

bool smtp_is_local(const char *url)
{
    static const char *const LOCAL[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t n = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/");
    for (size_t i = 0; i < sizeof LOCAL / sizeof *LOCAL; i++) {
        if (strlen(LOCAL[i]) == n && strncmp(host, LOCAL[i], n) == 0) {
            return true;
        }
    }
    return false;
}
