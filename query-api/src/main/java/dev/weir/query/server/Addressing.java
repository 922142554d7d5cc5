package dev.weir.query.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Where a node really listens and what it tells others, with free ports chosen where none was
 * named: it must tell its address before it can listen. Until it does, the chosen ports are kept
 * from all others; see {@link #releaseListen}. Not thread-safe.
 */
final class Addressing implements AutoCloseable {
  private final Choice listen;
  private final Choice peer;
  private final String url;
  private final String peerAdvertised;

  /** A port, and what keeps it until somebody listens there; whoever connects is refused. */
  private record Choice(HostPort address, Socket keeper) {

    static Choice of(HostPort wanted) {
      Socket keeper = new Socket();
      if (wanted.port() != 0) {
        return new Choice(wanted, keeper);
      }
      try {
        keeper.bind(new InetSocketAddress(InetAddress.getByName(wanted.host()), 0));
        return new Choice(new HostPort(wanted.host(), keeper.getLocalPort()), keeper);
      } catch (IOException e) {
        throw new UncheckedIOException("there is no free port at " + wanted.host(), e);
      }
    }

    void release() {
      try {
        keeper.close();
      } catch (IOException e) {
        throw new UncheckedIOException(address + " cannot be given free", e);
      }
    }
  }

  private Addressing(Choice listen, String url, Choice peer, String peerAdvertised) {
    this.listen = listen;
    this.url = url;
    this.peer = peer;
    this.peerAdvertised = peerAdvertised;
  }

  static Addressing of(WeirConfig.Node node) {
    Choice listen = Choice.of(node.listen());
    Choice peer = Choice.of(node.peer().listen());
    String url =
        node.url().isEmpty() ? "http://" + listen.address : node.url().replaceAll("/+$", "");
    String advertised = node.peer().advertised();
    return new Addressing(
        listen, url, peer, advertised.isEmpty() ? peer.address.toString() : advertised);
  }

  /** Of the HTTP API. */
  HostPort listen() {
    return listen.address;
  }

  /** Of the HTTP API, for others. */
  String url() {
    return url;
  }

  /** Of the endpoint for nodes. */
  HostPort peer() {
    return peer.address;
  }

  /** Of that endpoint, for others. */
  String peerAdvertised() {
    return peerAdvertised;
  }

  /** The port of the HTTP API is about to be listened on. */
  HostPort releaseListen() {
    listen.release();
    return listen.address;
  }

  /** The port of the endpoint for nodes is about to be listened on. */
  HostPort releasePeer() {
    peer.release();
    return peer.address;
  }

  @Override
  public void close() {
    listen.release();
    peer.release();
  }
}
