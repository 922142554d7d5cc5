/**
 * The HTTP API: routes, problem documents and the server; the only importer of Javalin and Jetty.
 */
@NullMarked
package dev.weir.query.http;

import org.jspecify.annotations.NullMarked;
