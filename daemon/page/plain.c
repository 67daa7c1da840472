/* What stands in place of the page where it was not built. The ETag is not a hash: there is
 * one text. */

#include "daemon/page/page.h"

static const uint8_t text[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>accrued</title>"
    "<p>This accrued was built without its page. With npm installed, configure it with "
    "<code>cmake -DACCRUE_PAGE=ON</code> and build again. The interface is there all the same: "
    "<a href=\"/v1/status\">/v1/status</a>.</p>"
    "<p lang=\"zh\">此版本未包含网页。安装 npm 后以 <code>cmake -DACCRUE_PAGE=ON</code> "
    "重新配置并构建。接口可照常使用：<a href=\"/v1/status\">/v1/status</a>。</p></html>\n";

const struct page_file page_files[] = {
    {"/", "text/html; charset=utf-8", "\"plain\"", text, sizeof(text) - 1, false},
    {0},
};
