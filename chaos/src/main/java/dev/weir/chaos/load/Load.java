package dev.weir.chaos.load;

import dev.weir.chaos.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** All clients of a run. Not thread-safe. */
public final class Load {

  private static final Duration END = Duration.ofSeconds(20);

  private final Recorder recorder = new Recorder();
  private final Keys keys = new Keys();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final LoadClient last;
  private final ScanLoop scans;

  /**
   * Clients that are not started yet.
   *
   * @param seed of their choices
   * @param clients number of them
   * @param pause between two calls of one client, on average
   * @param urls of the nodes at the moment
   */
  public Load(long seed, int clients, Duration pause, Supplier<List<String>> urls) {
    Random random = new Random(seed);
    LoadClient.Shared shared = new LoadClient.Shared(urls, keys, new NodeApi(), recorder, pause);
    for (int number = 1; number <= clients; number++) {
      LoadClient client =
          new LoadClient(number, new Random(random.nextLong()), shared, stopped::get);
      threads.add(new Thread(client, "client-" + number));
    }
    this.last = new LoadClient(0, new Random(random.nextLong()), shared, stopped::get);
    this.scans = new ScanLoop(urls, new Random(random.nextLong()), stopped::get);
    threads.add(new Thread(scans, "scans"));
  }

  /** The clock of the history. */
  public Recorder recorder() {
    return recorder;
  }

  /** Starts all clients. */
  public void start() {
    scans.prepare();
    threads.forEach(
        thread -> {
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Lets every client finish its call; nothing is called after that. */
  public void stop() {
    stopped.set(true);
    try {
      for (Thread thread : threads) {
        thread.join(END.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (threads.stream().anyMatch(Thread::isAlive)) {
      throw new IllegalStateException("a client does not end");
    }
  }

  /** Reads every key that was ever called; gives those that no node answered for. */
  public List<String> readAll(Duration patienceEach) {
    return keys.used().stream().filter(key -> !last.readAtLast(key, patienceEach)).toList();
  }

  /** What was called, by start. */
  public List<Op> ops() {
    return recorder.ops();
  }

  /** What scans got wrong. */
  public List<String> scanFaults() {
    return scans.faults();
  }

  /** How many scans there were. */
  public String scanSummary() {
    return scans.summary();
  }
}
