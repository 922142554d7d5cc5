package dev.weir.query.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request as the server under the routes has it; used by one thread at a time. */
interface Incoming {

  /** The method as sent. */
  String method();

  /** The URL's path as sent, still percent-encoded. */
  String rawPath();

  /** The URL's query as sent, without the question mark; null = none. */
  @Nullable String rawQuery();

  /** The first header field of this name. */
  @Nullable String header(String name);

  /** All header fields of this name, as one list with commas; null = there is none. */
  @Nullable String headerList(String name);

  /** Who sent it. */
  Client client();

  /** Declared length of the body in bytes; -1 = not declared. */
  long contentLength();

  /** The body; blocks while it comes. */
  InputStream body() throws IOException;
}
