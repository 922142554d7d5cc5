package dev.weir.cli.demo;

import dev.weir.cli.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds ports that nobody listens on. */
final class FreePorts {

  private static final int TRIES = 500;

  private FreePorts() {}

  /**
   * The first free ports from one upwards, each free together with the one {@code and} above it.
   */
  static List<Integer> from(int first, int count, int and) {
    List<Integer> ports = new ArrayList<>();
    for (int port = first; port < first + TRIES && ports.size() < count; port++) {
      if (isFree(port) && isFree(port + and)) {
        ports.add(port);
      }
    }
    if (ports.size() < count) {
      throw new CommandException(
          "there are no " + count + " free ports from " + first + " on: name another with --port");
    }
    return ports;
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
