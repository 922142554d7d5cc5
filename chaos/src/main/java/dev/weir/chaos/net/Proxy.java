package dev.weir.chaos.net;

import dev.weir.chaos.process.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands in front of a port of 127.0.0.1 and passes bytes on, until it is told to cut connections,
 * to hold everything back, or to be slow. Thread-safe.
 */
public final class Proxy implements AutoCloseable {

  private static final int CHUNK = 16 * 1024;
  private static final int CONNECT_MILLIS = 1_000;

  private enum Mode {
    OPEN,
    CUT,
    HELD
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private Mode mode = Mode.OPEN; // guarded by gate
  private long delayNanos; // guarded by gate

  /** A connection and its continuation. */
  private record Pair(Socket near, Socket far) {}

  private Proxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on one port for another one, which need not be there yet. */
  public static Proxy start(int port, int target) {
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Proxy proxy = new Proxy(server, target);
      proxy.run("proxy-" + port, proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be listened on", e);
    }
  }

  /** Where clients connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** Resets all connections and every new one. */
  public void cut() {
    set(Mode.CUT, 0);
    pairs.forEach(Proxy::reset);
  }

  /** Lets no byte through, in either direction, without a word to anybody. */
  public void hold() {
    set(Mode.HELD, 0);
  }

  /** Lets everything through this much later. */
  public void delay(Duration time) {
    set(Mode.OPEN, time.toNanos());
  }

  /** Works again; what was held back is passed on. */
  public void heal() {
    set(Mode.OPEN, 0);
  }

  private void set(Mode newMode, long newDelay) {
    synchronized (gate) {
      mode = newMode;
      delayNanos = newDelay;
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        run("proxy-to-" + target, () -> connect(near));
      } catch (IOException e) {
        // Closed, or a caller that has gone.
      }
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    Pair pair = new Pair(near, far);
    try {
      if (pass() == Mode.CUT) {
        reset(pair);
        return;
      }
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    } catch (IOException e) {
      reset(pair);
      return;
    }
    pairs.add(pair);
    run("proxy-from-" + target, () -> pump(pair, far, near));
    pump(pair, near, far);
  }

  private void pump(Pair pair, Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n = from.getInputStream().read(chunk); n >= 0; ) {
        if (pass() == Mode.CUT) {
          break;
        }
        to.getOutputStream().write(chunk, 0, n);
        n = from.getInputStream().read(chunk);
      }
    } catch (IOException e) {
      // One end has gone: so does the other.
    } finally {
      pairs.remove(pair);
      reset(pair);
    }
  }

  /** Waits while bytes are held or late; says whether they may go on. */
  private Mode pass() {
    long delay;
    synchronized (gate) {
      while (mode == Mode.HELD && !server.isClosed()) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Mode.CUT;
        }
      }
      delay = delayNanos;
    }
    if (delay > 0) {
      Waiting.pass(Duration.ofNanos(delay));
    }
    synchronized (gate) {
      return mode;
    }
  }

  private static void reset(Pair pair) {
    close(pair.near());
    close(pair.far());
  }

  private static void close(Closeable socket) {
    try {
      if (socket instanceof Socket open && !open.isClosed()) {
        open.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // It is gone in any case.
    }
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    close(server);
    set(Mode.CUT, 0);
    pairs.forEach(Proxy::reset);
  }
}
