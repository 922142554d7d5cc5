package dev.weir.query.server;

import dev.weir.query.SharedKey;
import dev.weir.store.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds addresses of a node that cannot work, alone or together. */
final class Addresses {

  private static final int PEER_DISTANCE = 100;
  private static final int HIGHEST = 65_535;

  private Addresses() {}

  /** The peer endpoint's place if none was named. */
  static HostPort peerOf(HostPort listen) {
    int port = listen.port() == 0 ? 0 : listen.port() + PEER_DISTANCE;
    return new HostPort(listen.host(), port > HIGHEST ? listen.port() - PEER_DISTANCE : port);
  }

  static void check(WeirConfig.Node node, List<Fault> faults) {
    HostPort listen = node.listen();
    HostPort peer = node.peer().listen();
    if (listen.port() != 0
        && listen.port() == peer.port()
        && (listen.host().equals(peer.host()) || listen.isWildcard() || peer.isWildcard())) {
      faults.add(
          new Fault(
              Setting.PEER_LISTEN.path(),
              peer + " has the port of " + Setting.LISTEN.path(),
              "give it a port of its own"));
    }
    checkSecret(node.peer(), faults);
    checkUrl(node.url(), faults);
    checkPeer(node.peer().advertised(), faults);
    if (listen.isWildcard() && node.url().isEmpty()) {
      faults.add(
          new Fault(
              Setting.ADVERTISED.path(),
              "missing, and '" + listen + "' is not where others reach this node",
              "add it, such as http://" + exampleHost() + ":" + listen.port()));
    }
    if (peer.isWildcard() && node.peer().advertised().isEmpty()) {
      faults.add(
          new Fault(
              Setting.PEER_ADVERTISED.path(),
              "missing, and '" + peer + "' is not where other nodes reach this one",
              "add it, such as " + exampleHost() + ":" + peer.port()));
    }
  }

  private static void checkSecret(WeirConfig.Peer peer, List<Fault> faults) {
    int bytes = peer.secret().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > 0 && bytes < SharedKey.MIN_BYTES) {
      faults.add(
          new Fault(
              Setting.PEER_SECRET.path(),
              "only " + bytes + " bytes long",
              "use at least " + SharedKey.MIN_BYTES + ", such as from 'openssl rand -hex 24'"));
    }
    if (bytes == 0 && !peer.listen().isLoopback()) {
      faults.add(
          new Fault(
              Setting.PEER_SECRET.path(),
              "missing, and '" + peer.listen() + "' can be reached from other machines",
              "give all nodes the same, best as " + Setting.PEER_SECRET.variable()));
    }
  }

  private static void checkUrl(String url, List<Fault> faults) {
    if (url.isEmpty()) {
      return;
    }
    String advice = "write http://host:port, as other machines reach it";
    try {
      URI uri = URI.create(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getQuery() == null && uri.getFragment() == null;
      String path = uri.getPath();
      boolean root = path == null || path.isEmpty() || path.equals("/");
      if (!web || uri.getHost() == null || uri.getUserInfo() != null || !bare || !root) {
        faults.add(new Fault(Setting.ADVERTISED.path(), "'" + url + "' is no base URL", advice));
      } else if (new HostPort(uri.getHost(), Math.max(0, uri.getPort())).isWildcard()) {
        faults.add(
            new Fault(Setting.ADVERTISED.path(), "'" + url + "' reaches no machine", advice));
      }
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(Setting.ADVERTISED.path(), "'" + url + "' is no URL", advice));
    }
  }

  private static void checkPeer(String advertised, List<Fault> faults) {
    if (advertised.isEmpty()) {
      return;
    }
    try {
      HostPort address = HostPort.parse(advertised);
      if (!address.isWildcard() && address.port() != 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the same advice as an address of the wrong kind.
    }
    faults.add(
        new Fault(
            Setting.PEER_ADVERTISED.path(),
            "'" + advertised + "' is not where other nodes reach this one",
            "write host:port, as other machines reach it"));
  }

  private static String exampleHost() {
    return "node-1.example.org";
  }
}
