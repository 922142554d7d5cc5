package dev.weir.bench.replica;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.query.ReadOptions;
import dev.weir.store.Consistency;
import dev.weir.store.InvalidKeyException;
import dev.weir.store.Key;
import dev.weir.store.KeyCodec;
import dev.weir.store.KeyType;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a slow replica costs those who read: one that is slow throughout, one that stalls at times.
 */
public final class ReplicaRun {
  private static final long SLOW_MILLIS = 100;
  private static final long FAR_MILLIS = 8;
  private static final int STALLS_OF = 50;
  private static final double WINDOW = 0.25;
  private static final ReadOptions EVENTUAL = ReadOptions.at(Consistency.EVENTUAL);
  private static final KeyCodec KEYS = KeyCodec.of(KeyType.Scalar.LONG);

  private ReplicaRun() {}

  /** One of two replicas gets 100 ms slower while it is read. */
  public static Figures slowNode(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    for (int round = 0; round < scale.rounds(); round++) {
      slowNode(figures, "eventual reads", EVENTUAL, scale.seconds());
      slowNode(figures, "reads of the active", ReadOptions.DEFAULTS, scale.seconds());
    }
    figures.note(
        "16 clients with 2 ms between their reads, two replicas in other nodes; from one moment on"
            + " every answer of one node comes 100 ms later. Windows of 250 ms; restored = the first"
            + " window after which all have a p99 below 20 ms. Reads of the active cannot choose.");
    return figures;
  }

  private static void slowNode(Figures figures, String name, ReadOptions options, int seconds)
      throws Exception {
    try (Replicas replicas = new Replicas(0.05)) {
      Latencies latencies = new Latencies();
      latencies.run(() -> replicas.get(key(), options), 2); // warms up
      long start = System.nanoTime();
      latencies.run(() -> replicas.get(key(), options), seconds);
      long slow = System.nanoTime();
      replicas.b.delay(() -> SLOW_MILLIS);
      latencies.run(() -> replicas.get(key(), options), seconds);
      long end = System.nanoTime();
      figures.add(name + ": p99 before", "ms", latencies.p99(start, slow));
      long window = (long) (WINDOW * 1e9);
      figures.add(name + ": p99 in the first 250 ms", "ms", latencies.p99(slow, slow + window));
      figures.add(name + ": p99 from 1 s on", "ms", latencies.p99(slow + 4 * window, end));
      double restored = 0;
      for (int i = 0; slow + (i + 1) * window <= end; i++) {
        if (latencies.p99(slow + i * window, slow + (i + 1) * window) > 20) {
          restored = (i + 1) * WINDOW;
        }
      }
      figures.add(name + ": restored within", "s", restored);
      System.err.println(name + ": " + latencies.count() + " reads, restored after " + restored);
    }
  }

  /** 2 % of the answers of the nearer of two replicas stall for 100 ms. */
  public static Figures hedge(Scale scale, Path directory) throws Exception {
    Figures figures = new Figures();
    String without = "p99 without hedging";
    String with = "p99 with hedging";
    for (int round = 0; round < scale.rounds(); round++) {
      hedge(figures, without, 0, scale.seconds());
      hedge(figures, with, 0.05, scale.seconds());
    }
    figures.ratio(without, with, ">= 3");
    figures.note(
        "16 clients with 2 ms between their reads; the other replica is 8 ms farther away, so that"
            + " the stalling one stays the first choice. Further requests: hedges and probes of 100"
            + " reads; bar <= 5.");
    return figures;
  }

  private static void hedge(Figures figures, String name, double share, int seconds)
      throws Exception {
    try (Replicas replicas = new Replicas(share)) {
      replicas.c.delay(() -> FAR_MILLIS);
      new Latencies().run(() -> replicas.get(key(), EVENTUAL), 2); // warms up
      replicas.b.delay(() -> ThreadLocalRandom.current().nextInt(STALLS_OF) == 0 ? SLOW_MILLIS : 0);
      double before = replicas.counter("hedges") + replicas.counter("probes");
      Latencies latencies = new Latencies();
      latencies.run(() -> replicas.get(key(), EVENTUAL), 2.0 * seconds);
      double further = replicas.counter("hedges") + replicas.counter("probes") - before;
      figures.add(name, "ms", latencies.p99());
      figures.add(name + ": further requests of 100", "", 100 * further / latencies.count());
      System.err.println(name + ": " + latencies.p99() + " ms, " + latencies.count() + " reads");
    }
  }

  private static Key key() {
    try {
      return KEYS.encode(ThreadLocalRandom.current().nextLong(1_000_000));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
