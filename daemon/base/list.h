#ifndef ACCRUE_DAEMON_BASE_LIST_H
#define ACCRUE_DAEMON_BASE_LIST_H

/* An intrusive ring: the element owns its link, so putting it in a list cannot fail. A head is a
 * node that is in no element. One thread at a time. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct list_node {
    struct list_node *next, *prev;
};

static inline void list_init(struct list_node *head)
{
    head->next = head;
    head->prev = head;
}

static inline bool list_empty(const struct list_node *head)
{
    return head->next == head;
}

static inline void list_push_back(struct list_node *head, struct list_node *node)
{
    node->next = head;
    node->prev = head->prev;
    head->prev->next = node;
    head->prev = node;
}

static inline void list_remove(struct list_node *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    list_init(node);
}

/* NULL if empty. Its ends are joined by way of the head, not as in list_remove, so that an
 * analyser sees that an element which is freed after it is not found again. */
static inline struct list_node *list_pop_front(struct list_node *head)
{
    if (list_empty(head)) {
        return NULL;
    }
    struct list_node *node = head->next;
    head->next = node->next;
    head->next->prev = head;
    list_init(node);
    return node;
}

/* The element that a node is part of. */
#define LIST_ELEMENT(node, type, member)                                                           \
    ((type *)(void *)((uint8_t *)(node)-offsetof(type, member)))

#endif
