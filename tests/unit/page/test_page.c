/* The table of the page's files, whichever of the two was built. */

#include "daemon/page/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_file_is_found_by_its_path(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct page_file *file = page_files; file->path != NULL; file++) {
        assert_ptr_equal(page_find(slice_text(file->path)), file);
        count++;
    }
    assert_true(count > 0);
    assert_non_null(page_find(slice_text("/")));
}

static void another_path_is_none(void **state)
{
    (void)state;
    static const char *const others[] = {"",         "/index.html",     "//",
                                         "/assets/", "/assets/app.js/", "/v1"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_null(page_find(slice_text(others[i])));
    }
    assert_null(page_find(slice_of(NULL, 0)));
}

static void a_file_is_what_its_head_says(void **state)
{
    (void)state;
    for (const struct page_file *file = page_files; file->path != NULL; file++) {
        size_t len = strlen(file->etag);
        assert_true(len > 2 && file->etag[0] == '"' && file->etag[len - 1] == '"');
        assert_non_null(strchr(file->content_type, '/'));
        assert_true(file->size > 20);
        bool compressed = file->bytes[0] == 0x1f && file->bytes[1] == 0x8b;
        assert_int_equal(file->gzip, compressed);
        for (const struct page_file *other = page_files; other != file; other++) {
            assert_string_not_equal(other->etag, file->etag);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_found_by_its_path),
        cmocka_unit_test(another_path_is_none),
        cmocka_unit_test(a_file_is_what_its_head_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
