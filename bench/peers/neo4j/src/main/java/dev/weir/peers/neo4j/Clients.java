package dev.weir.peers.neo4j;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Several threads that share a list of questions. */
final class Clients {
  private final Traversals traversals;
  private final List<String> sources;
  private final int hops;
  private final AtomicInteger next = new AtomicInteger();

  Clients(Traversals traversals, List<String> sources, int hops) {
    this.traversals = traversals;
    this.sources = sources;
    this.hops = hops;
  }

  /** Nanoseconds for all questions, and how many there were. */
  String run(int clients) {
    Thread[] threads = new Thread[clients];
    long start = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      threads[i] = new Thread(this::work, "client-" + i);
      threads[i].start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return System.nanoTime() - start + " " + sources.size();
  }

  private void work() {
    for (int i = next.getAndIncrement(); i < sources.size(); i = next.getAndIncrement()) {
      traversals.within(Long.parseLong(sources.get(i)), hops, true);
    }
  }
}
