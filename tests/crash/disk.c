/* The model.
 *
 *   D1  A write is pending until its file is synced; until then any part of it, in units of a
 *       sector, may have reached the disk, in any combination with parts of other writes.
 *   D2  A write through O_DSYNC is durable for its own range once the call returns, and says
 *       nothing about the rest of the file.
 *   D3  A name is pending until its directory is synced. Names reach the disk in the order of
 *       the calls, as a journal does it, but independently of what is in the files.
 *   D4  A file is as long as what has reached the disk of it. */

#include "tests/crash/disk.h"

#include "tests/crash/story.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define NODES_MAX 1024u
#define NAMES_MAX 256u
#define UPDATES_MAX 65536u
#define NAME_BYTES 32u

/* Where a node hangs; parent 0 is the root, which is node 0. */
struct place {
    bool linked;
    size_t parent;
    char name[NAME_BYTES];
};

struct node {
    uint64_t inode;
    bool directory;
    uint8_t *bytes; /* durable */
    size_t len, room;
};

struct name_change {
    size_t node;
    struct place place;
};

struct update {
    size_t node;
    uint64_t at;
    struct slice bytes;
    bool truncate;
    bool settled; /* D2 */
};

struct disk {
    struct node nodes[NODES_MAX];
    struct place places[NODES_MAX]; /* durable */
    size_t node_count;
    struct name_change names[NAMES_MAX];
    size_t name_count;
    struct update updates[UPDATES_MAX];
    size_t update_count;
};

static void need(bool good, const char *what)
{
    if (!good) {
        (void)fprintf(stderr, "crash model: %s\n", what);
        abort();
    }
}

bool entry_next(struct slice *record, struct entry *ret_entry)
{
    if (record->len < RECORD_HEAD_LEN) {
        return false;
    }
    const uint8_t *head = record->data;
    size_t len = load_u32(head + 18);
    need(len <= record->len - RECORD_HEAD_LEN, "the record is cut");
    *ret_entry = (struct entry){.op = (enum record_op)head[0],
                                .durable = head[1] != 0,
                                .inode = load_u64(head + 2),
                                .other = load_u64(head + 10),
                                .bytes = slice_of(head + RECORD_HEAD_LEN, len)};
    record->data += RECORD_HEAD_LEN + len;
    record->len -= RECORD_HEAD_LEN + len;
    return true;
}

struct disk *disk_new(void)
{
    struct disk *disk = calloc(1, sizeof(*disk));
    need(disk != NULL, "no memory");
    return disk;
}

void disk_free(struct disk *disk)
{
    for (size_t i = 0; i < disk->node_count; i++) {
        free(disk->nodes[i].bytes);
    }
    free(disk);
}

/* Inodes are used again: the newest node is meant. NODES_MAX if it is none of ours. */
static size_t node_of(const struct disk *disk, uint64_t inode)
{
    for (size_t i = disk->node_count; i > 0; i--) {
        if (disk->nodes[i - 1].inode == inode) {
            return i - 1;
        }
    }
    return NODES_MAX;
}

static size_t add_node(struct disk *disk, uint64_t inode, bool directory)
{
    need(disk->node_count < NODES_MAX, "too many files");
    disk->nodes[disk->node_count] = (struct node){.inode = inode, .directory = directory};
    return disk->node_count++;
}

static void add_name(struct disk *disk, size_t node, const struct entry *entry, bool linked)
{
    struct name_change change = {.node = node, .place = {.linked = linked}};
    if (linked) {
        change.place.parent = node_of(disk, entry->other);
        need(change.place.parent < NODES_MAX, "a parent that is not known");
        need(entry->bytes.len < NAME_BYTES, "a long name");
        memcpy(change.place.name, entry->bytes.data, entry->bytes.len);
    }
    need(disk->name_count < NAMES_MAX, "too many pending names");
    disk->names[disk->name_count++] = change;
}

static void add_update(struct disk *disk, size_t node, const struct entry *entry)
{
    need(disk->update_count < UPDATES_MAX, "too many pending writes");
    disk->updates[disk->update_count++] = (struct update){.node = node,
                                                          .at = entry->other,
                                                          .bytes = entry->bytes,
                                                          .truncate = entry->op == RECORD_TRUNCATE};
}

void disk_change(struct disk *disk, const struct entry *entry)
{
    size_t node = node_of(disk, entry->inode);
    switch (entry->op) {
    case RECORD_ROOT:
        (void)add_node(disk, entry->inode, true);
        disk->places[0].linked = true;
        break;
    case RECORD_CREATE:
    case RECORD_MKDIR:
        node = add_node(disk, entry->inode, entry->op == RECORD_MKDIR);
        add_name(disk, node, entry, true);
        break;
    case RECORD_RENAME:
        need(node < NODES_MAX, "a rename of an unknown file");
        add_name(disk, node, entry, true);
        break;
    case RECORD_REMOVE:
        if (node < NODES_MAX) {
            add_name(disk, node, entry, false);
        }
        break;
    case RECORD_WRITE:
    case RECORD_TRUNCATE:
        if (node < NODES_MAX) {
            add_update(disk, node, entry);
        }
        break;
    case RECORD_SYNC:
    case RECORD_ACK:
        break;
    }
}

/* A name given to a node takes it from the node that had it. */
static void place_node(struct place *places, size_t count, const struct name_change *change)
{
    for (size_t i = 1; change->place.linked && i < count; i++) {
        if (places[i].linked && places[i].parent == change->place.parent &&
            strcmp(places[i].name, change->place.name) == 0) {
            places[i].linked = false;
        }
    }
    places[change->node] = change->place;
}

static void grow(struct node *node, size_t len)
{
    if (len > node->room) {
        size_t room = len * 2;
        need(room > len, "a long file");
        uint8_t *bytes = realloc(node->bytes, room);
        need(bytes != NULL, "no memory");
        memset(bytes + node->room, 0, room - node->room);
        node->bytes = bytes;
        node->room = room;
    }
    node->len = len > node->len ? len : node->len;
}

static void put(struct node *node, uint64_t at, struct slice bytes)
{
    grow(node, (size_t)at + bytes.len);
    memcpy(node->bytes + at, bytes.data, bytes.len);
}

static void cut(struct node *node, uint64_t len)
{
    grow(node, (size_t)len);
    memset(node->bytes + len, 0, node->len - (size_t)len);
    node->len = (size_t)len;
}

static void settle_file(struct disk *disk, size_t node) /* D1 */
{
    size_t kept = 0;
    for (size_t i = 0; i < disk->update_count; i++) {
        const struct update *update = &disk->updates[i];
        if (update->node != node) {
            disk->updates[kept++] = *update;
        } else if (update->truncate) {
            cut(&disk->nodes[node], update->at);
        } else {
            put(&disk->nodes[node], update->at, update->bytes);
        }
    }
    disk->update_count = kept;
}

static void settle_directory(struct disk *disk, size_t directory) /* D3 */
{
    struct place *places = disk->places;
    size_t kept = 0;

    for (size_t i = 0; i < disk->name_count; i++) {
        const struct name_change *change = &disk->names[i];
        bool here = change->place.linked
                        ? change->place.parent == directory
                        : places[change->node].linked && places[change->node].parent == directory;
        if (here) {
            place_node(places, disk->node_count, change);
        } else {
            disk->names[kept++] = *change;
        }
    }
    disk->name_count = kept;
}

void disk_settle(struct disk *disk, const struct entry *entry)
{
    size_t node = node_of(disk, entry->inode);
    if (node == NODES_MAX) {
        return;
    }
    if (entry->op == RECORD_WRITE && entry->durable) {
        disk->updates[disk->update_count - 1].settled = true; /* D2 */
    } else if (entry->op == RECORD_SYNC && disk->nodes[node].directory) {
        settle_directory(disk, node);
    } else if (entry->op == RECORD_SYNC) {
        settle_file(disk, node);
    }
}

/* Walks over the units of all pending writes and says of each whether it got through. */
struct sieve {
    const struct crash *crash;
    uint64_t random;
    size_t total, mark, at;
};

static size_t units_of(const struct update *update, size_t unit)
{
    if (update->truncate || update->bytes.len == 0) {
        return 1;
    }
    uint64_t first = update->at / unit;
    uint64_t last = (update->at + update->bytes.len - 1) / unit;
    return (size_t)(last - first) + 1;
}

static bool passes(struct sieve *sieve)
{
    size_t at = sieve->at++;
    switch (sieve->crash->reach) {
    case REACH_NONE:
        return false;
    case REACH_ALL:
        return true;
    case REACH_PREFIX:
        return at < sieve->mark;
    case REACH_SUFFIX:
        return at >= sieve->mark;
    case REACH_ALL_BUT_ONE:
        return at != sieve->mark;
    case REACH_ONLY_ONE:
        return at == sieve->mark;
    case REACH_HALF:
    case REACH_COUNT:
        break;
    }
    return (story_random(&sieve->random) & 1) != 0;
}

static void apply(struct node *files, const struct update *update, struct sieve *sieve)
{
    struct node *file = &files[update->node];
    size_t unit = sieve->crash->unit;

    if (update->truncate) {
        if (passes(sieve)) {
            cut(file, update->at);
        }
        return;
    }
    for (size_t done = 0; done < update->bytes.len;) {
        uint64_t at = update->at + done;
        size_t len = unit - (size_t)(at % unit);
        len = len < update->bytes.len - done ? len : update->bytes.len - done;
        if (passes(sieve) || update->settled) {
            put(file, at, slice_of(update->bytes.data + done, len)); /* D4 */
        }
        done += len;
    }
}

/* The path of a node below `root`; false if it hangs on nothing. */
static bool path_to(const struct place *places, size_t node, const char *root, char *out,
                    size_t size)
{
    char above[512];
    if (node == 0) {
        (void)snprintf(out, size, "%s", root);
        return true;
    }
    if (!places[node].linked || !path_to(places, places[node].parent, root, above, sizeof(above))) {
        return false;
    }
    size_t len = strlen(above);
    size_t name_len = strlen(places[node].name);
    if (len + 1 + name_len >= size) {
        return false;
    }
    memcpy(out, above, len + 1);
    out[len] = '/';
    memcpy(out + len + 1, places[node].name, name_len + 1);
    return true;
}

static bool write_file(const char *path, const struct node *file)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    bool good = fd >= 0 && write(fd, file->bytes, file->len) == (ssize_t)file->len;
    return fd >= 0 && close(fd) == 0 && good;
}

static bool write_node(const struct disk *disk, const struct place *places, struct node *files,
                       size_t node, const char *root)
{
    char path[640];
    if (node == 0 || !path_to(places, node, root, path, sizeof(path))) {
        return true;
    }
    return disk->nodes[node].directory ? mkdir(path, 0700) == 0 : write_file(path, &files[node]);
}

bool disk_image(const struct disk *disk, const struct crash *crash, const char *path)
{
    struct sieve sieve = {.crash = crash, .random = crash->seed};
    struct node *files = calloc(NODES_MAX, sizeof(*files));
    struct place *places = calloc(NODES_MAX, sizeof(*places));
    bool good = files != NULL && places != NULL;

    need(good, "no memory");
    for (size_t i = 0; i < disk->node_count; i++) {
        const struct node *node = &disk->nodes[i];
        places[i] = disk->places[i];
        if (node->len > 0) {
            put(&files[i], 0, slice_of(node->bytes, node->len));
        }
    }
    size_t names = (size_t)(story_random(&sieve.random) % (disk->name_count + 1));
    names = crash->reach == REACH_ALL ? disk->name_count : names;
    names = crash->reach == REACH_NONE ? 0 : names;
    for (size_t i = 0; i < names; i++) {
        place_node(places, disk->node_count, &disk->names[i]);
    }
    for (size_t i = 0; i < disk->update_count; i++) {
        sieve.total += units_of(&disk->updates[i], crash->unit);
    }
    sieve.mark = (size_t)(story_random(&sieve.random) % (sieve.total + 1));
    for (size_t i = 0; i < disk->update_count; i++) {
        apply(files, &disk->updates[i], &sieve);
    }
    for (size_t i = 0; i < disk->node_count; i++) { /* a directory is older than its files */
        good = write_node(disk, places, files, i, path) && good;
        free(files[i].bytes);
    }
    free(files);
    free(places);
    return good;
}
