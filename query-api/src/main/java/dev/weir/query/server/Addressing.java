package dev.weir.query.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where a node really listens and what it tells others, with free ports chosen where none was
 * named: it must tell its address before it can listen.
 *
 * @param listen of the HTTP API
 * @param url of the HTTP API for others
 * @param peer of the endpoint for nodes
 * @param peerAdvertised of that endpoint for others
 */
record Addressing(HostPort listen, String url, HostPort peer, String peerAdvertised) {

  static Addressing of(WeirConfig.Node node) {
    HostPort listen = chosen(node.listen());
    HostPort peer = chosen(node.peer().listen());
    String url = node.url().isEmpty() ? "http://" + listen : node.url().replaceAll("/+$", "");
    String advertised = node.peer().advertised();
    return new Addressing(listen, url, peer, advertised.isEmpty() ? peer.toString() : advertised);
  }

  private static HostPort chosen(HostPort wanted) {
    if (wanted.port() != 0) {
      return wanted;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(wanted.host()), 0));
      return new HostPort(wanted.host(), socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port at " + wanted.host(), e);
    }
  }
}
