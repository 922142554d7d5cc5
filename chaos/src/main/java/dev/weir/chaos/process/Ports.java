package dev.weir.chaos.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below those that systems take for outgoing connections, so that a port stays free
 * while its owner is restarted. Thread-safe.
 */
public final class Ports {

  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 19_999;

  private final Set<Integer> given = new HashSet<>();

  /** A port that nobody listens on and that was not given before. */
  public synchronized int next() {
    for (int i = 0; i < HIGHEST - LOWEST; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (!given.contains(port) && isFree(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no port from " + LOWEST + " to " + HIGHEST + " is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
