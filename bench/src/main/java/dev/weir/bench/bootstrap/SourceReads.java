package dev.weir.bench.bootstrap;

import dev.weir.bench.Documents;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A few clients that get random documents of a node over HTTP, until they are closed. */
final class SourceReads implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(3);
  private static final String PATH = "/v1/collections/document/documents/";

  private final int port;
  private final long documents;
  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final Thread[] clients = new Thread[CLIENTS];
  private volatile boolean over;
  private final AtomicInteger failures = new AtomicInteger();

  private record Sample(long start, long nanos) {}

  SourceReads(int port, long documents) {
    this.port = port;
    this.documents = documents;
    for (int i = 0; i < CLIENTS; i++) {
      clients[i] = new Thread(this::read, "reader-" + i);
      clients[i].start();
    }
  }

  private void read() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!over) {
        long number = ThreadLocalRandom.current().nextLong(documents);
        String request = "GET " + PATH + Documents.key(number) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        long start = System.nanoTime();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        if (answer(in) != 200) {
          failures.incrementAndGet();
        }
        samples.add(new Sample(start, System.nanoTime() - start));
        LockSupport.parkNanos(PAUSE);
      }
    } catch (IOException e) {
      failures.incrementAndGet();
      System.err.println("a reader has ended: " + e);
    }
  }

  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** Reads that failed. */
  int failures() {
    return failures.get();
  }

  /** Milliseconds that so many of 100 reads did not exceed which began within a time. */
  double percentile(double percent, long from, long to) {
    long[] nanos =
        List.copyOf(samples).stream()
            .filter(s -> s.start >= from && s.start < to)
            .mapToLong(Sample::nanos)
            .toArray();
    Arrays.sort(nanos);
    return nanos.length == 0 ? Double.NaN : nanos[(int) (percent / 100 * (nanos.length - 1))] / 1e6;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join();
    }
  }
}
