package dev.weir.chaos.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Free ports below those that systems take for outgoing connections, so that a port stays free
 * while its owner is restarted. They come from a block that no other process takes ports from while
 * this one lives: a port whose owner is down just now is free to see, but not to take. Thread-safe.
 */
public final class Ports {

  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 19_999;
  private static final int BLOCK = 200;

  /** Bound as long as this process lives, so that others see that the block is taken. */
  private static final ServerSocket CLAIM = claim();

  private static int given;

  private Ports() {}

  private static ServerSocket claim() {
    int blocks = (HIGHEST + 1 - LOWEST) / BLOCK;
    int start = ThreadLocalRandom.current().nextInt(blocks);
    for (int i = 0; i < blocks; i++) {
      ServerSocket socket = listen(LOWEST + (start + i) % blocks * BLOCK);
      if (socket != null) {
        return socket;
      }
    }
    throw new IllegalStateException("no block from " + LOWEST + " to " + HIGHEST + " is free");
  }

  /**
   * A port that nobody listens on and that was not given before.
   *
   * @throws IllegalStateException if this process has taken all it may
   */
  public static synchronized int next() {
    while (++given < BLOCK) {
      int port = CLAIM.getLocalPort() + given;
      ServerSocket socket = listen(port);
      if (socket != null) {
        close(socket);
        return port;
      }
    }
    throw new IllegalStateException("all ports behind " + CLAIM.getLocalPort() + " were given");
  }

  private static @Nullable ServerSocket listen(int port) {
    ServerSocket socket = null;
    try {
      socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      close(socket);
      return null;
    }
  }

  private static void close(@Nullable ServerSocket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Nobody has connected: there is nothing to lose.
    }
  }
}
