package dev.weir.query.http;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Makes HTTP/1.1 connections whose paths Jetty carries but does not interpret. A key may hold
 * anything, but Jetty's reader of URLs throws at {@code %00} and at dots that climb above the root
 * before any of our code is asked. Percent signs, and dots that begin a segment, are hidden from it
 * behind characters that cannot stand in a request line, and shown again to the routes.
 */
final class Connections extends HttpConnectionFactory {
  private static final String PERCENT = "\u0001";

  /** Kept by a connection whose request had a body until it is answered, which may be for days. */
  private static final int INPUT_BYTES = 4 << 10;

  private static final String DOT = "\u0002";

  Connections(HttpConfiguration configuration) {
    super(configuration);
    setInputBufferSize(INPUT_BYTES);
  }

  /** A path of Jetty's as the client sent it. */
  static String asSent(String path) {
    return path.indexOf(PERCENT) < 0 && path.indexOf(DOT) < 0
        ? path
        : path.replace(PERCENT, "%").replace(DOT, ".");
  }

  private static String hidden(String path) {
    return path.replace("%", PERCENT).replace("/.", "/" + DOT);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection = new KeepingConnection(getHttpConfiguration(), connector, endPoint);
    connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
    return configure(connection, connector, endPoint);
  }

  /** Hides the escape in the path; what is behind the question mark is not read by Jetty. */
  private static final class KeepingConnection extends HttpConnection {
    KeepingConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
      return super.newHttpStream(method, hide(uri), version);
    }

    private static String hide(String uri) {
      if (uri == null || (uri.indexOf('%') < 0 && !uri.contains("/."))) {
        return uri;
      }
      int query = uri.indexOf('?');
      return query < 0 ? hidden(uri) : hidden(uri.substring(0, query)) + uri.substring(query);
    }
  }
}
