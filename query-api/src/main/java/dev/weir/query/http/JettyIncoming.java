package dev.weir.query.http;

import java.io.InputStream;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request ahead of the servlet layer. */
final class JettyIncoming implements Incoming {
  private final Request request;
  private final String rawPath;
  private final Client client;

  JettyIncoming(Request request) {
    this.request = request;
    String path = request.getHttpURI().getPath();
    this.rawPath = path == null ? "" : Connections.asSent(path);
    this.client = new Client();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String rawPath() {
    return rawPath;
  }

  @Override
  public @Nullable String rawQuery() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public @Nullable String headerList(String name) {
    List<String> lines = request.getHeaders().getValuesList(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  @Override
  public Client client() {
    return client;
  }

  @Override
  public long contentLength() {
    return request.getLength();
  }

  @Override
  public InputStream body() {
    return Content.Source.asInputStream(request);
  }
}
