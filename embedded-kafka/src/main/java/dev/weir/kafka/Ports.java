package dev.weir.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses listener ports. They lie below the range from which systems take the local ports of
 * outgoing connections, so that a port stays free while its broker is restarted.
 */
final class Ports {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_999;
  private static final int NONE = -1;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private Ports() {}

  static int free() {
    return freeExcept(NONE);
  }

  static int freeExcept(int taken) {
    int count = HIGHEST - LOWEST + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int port = LOWEST + (start + i) % count;
      if (port != taken && isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedKafkaException(
        "no port from " + LOWEST + " to " + HIGHEST + " is free on 127.0.0.1: name one", null);
  }

  static int requireFree(int port) {
    if (!isFree(port)) {
      throw new EmbeddedKafkaException(
          "port "
              + port
              + " on 127.0.0.1 cannot be listened on: stop the process that has it,"
              + " or choose another port (0 chooses a free one)",
          null);
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As Kafka does: connections of an earlier run that linger do not keep a port taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
