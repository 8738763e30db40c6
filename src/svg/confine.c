/* SPDX-License-Identifier: MIT
 *
 * What a drawing may cost, and what this process gives up before it looks at one: it
 * changes no file, opens no connection and starts no program. The kernel holds it to
 * that; where a kernel cannot, the limits alone remain, and libraries that are told
 * nothing of where the drawing came from. */
#include "svg/svg.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

enum { SECONDS = 10, FILES = 64 };

#if defined(__SANITIZE_ADDRESS__)
#define MEMORY RLIM_INFINITY /* the sanitizer's own memory is more than any machine has */
#else
#define MEMORY ((rlim_t)2 << 30)
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static void limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) == 0 && now.rlim_max > most) {
        now.rlim_cur = now.rlim_max = most;
        setrlimit(what, &now);
    }
}

#ifdef ARCHITECTURE
#define LOAD(field) \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define REFUSE(number)                                        \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##number, 0, 1), \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

static void refuse_calls(void)
{
    static struct sock_filter rules[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        REFUSE(socket), REFUSE(connect), REFUSE(execve), REFUSE(execveat),
        REFUSE(ptrace), REFUSE(unlinkat), REFUSE(mkdirat), REFUSE(renameat2),
        REFUSE(linkat), REFUSE(symlinkat), REFUSE(process_vm_writev),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
    }
}
#else
static void refuse_calls(void)
{
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}
#endif

void svg_limit(void)
{
    limit(RLIMIT_CPU, SECONDS);
    limit(RLIMIT_AS, MEMORY);
    limit(RLIMIT_FSIZE, SVG_MAX_OUTPUT);
    limit(RLIMIT_NOFILE, FILES);
    limit(RLIMIT_CORE, 0);
    refuse_calls();
}
