package dev.weir.bench.http;

import dev.weir.bench.Documents;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The peer outside the JVM: Redis in memory, asked by its own benchmark tool. */
final class Redis implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final int ATTEMPTS = 200;

  private final Process process;
  private final int port;
  private final int documents;

  private Redis(Process process, int port, int documents) {
    this.process = process;
    this.port = port;
    this.documents = documents;
  }

  /** Starts a server that holds the documents. */
  static Redis start(Path directory, int documents) throws IOException {
    int port = freePort();
    Process process =
        new ProcessBuilder(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                directory.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Redis redis = new Redis(process, port, documents);
    try {
      redis.fill();
      return redis;
    } catch (IOException e) {
      redis.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  // Keys are what redis-benchmark makes of __rand_int__.
  private void fill() throws IOException {
    try (Socket socket = connect()) {
      Thread replies = new Thread(() -> drain(socket));
      replies.start();
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      for (int number = 0; number < documents; number++) {
        out.write(
            String.format(Locale.ROOT, "SET %012d ", number).getBytes(StandardCharsets.UTF_8));
        out.write('\'');
        out.write(Documents.json(number));
        out.write("'\r\n".getBytes(StandardCharsets.UTF_8));
      }
      out.write("QUIT\r\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      replies.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Socket connect() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !process.isAlive()) {
          throw new IOException("redis-server did not start", e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private static void drain(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      while (in.read(new byte[1 << 16]) >= 0) {
        // Only the end is of interest.
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gets of random documents a second, one request at a time on each of 64 connections. */
  double getsPerSecond(int requests) throws IOException, InterruptedException {
    Process benchmark =
        new ProcessBuilder(
                "redis-benchmark",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-c",
                Integer.toString(CONNECTIONS),
                "-n",
                Integer.toString(requests),
                "-r",
                Integer.toString(documents),
                "--csv",
                "GET",
                "__rand_int__")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String csv = new String(benchmark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    benchmark.waitFor();
    String last = csv.strip().lines().reduce((a, b) -> b).orElse("");
    return Double.parseDouble(last.split(",")[1].replace("\"", ""));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
