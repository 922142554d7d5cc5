package dev.weir.query.server;

/**
 * Where to listen or to connect.
 *
 * @param host name or address; IPv6 addresses without brackets
 * @param port 0 to 65535; 0 = any free one, to listen on only
 */
public record HostPort(String host, int port) {

  private static final int HIGHEST = 65_535;

  public HostPort {
    if (host.isBlank() || port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          "'" + host + ":" + port + "' is not host:port with a port from 0 to " + HIGHEST);
    }
  }

  /**
   * Reads {@code host:port} or {@code [v6]:port}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon)).strip();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (colon < 1 || (host.indexOf(':') >= 0 && !bracketed)) {
      throw new IllegalArgumentException("'" + text + "' is not host:port");
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1).strip());
      return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' has no port after its last colon", e);
    }
  }

  /** Whether this means every address of the machine. */
  public boolean isWildcard() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  /** Whether this is the machine itself, unreachable from others. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  /** {@code host:port}, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
