package dev.weir.query.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Result;
import dev.weir.store.Document;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Query;
import dev.weir.store.Refusal;
import dev.weir.store.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Write new documents at some nodes, one after the other at each, until closed. */
final class Writers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writers.class);
  private static final long PAUSE_NANOS = 2_000_000;

  private final String name;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Key, Version> acknowledged = new ConcurrentHashMap<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final List<String> unknown = new CopyOnWriteArrayList<>();
  private final AtomicLong slowest = new AtomicLong();
  private volatile boolean ending;

  /** Begins to write keys that contain this name. */
  Writers(String name, List<Weir> nodes) {
    this.name = name;
    nodes.forEach(node -> threads.add(new Thread(() -> write(node), "writer-" + node.nodeId())));
    threads.forEach(Thread::start);
  }

  private void write(Weir node) {
    int note = note(node);
    for (int i = 0; !ending; i++) {
      Key key = Key.ofEncoded((name + "-" + node.nodeId() + "-" + i).getBytes(UTF_8));
      long start = System.nanoTime();
      Result<Outcome> result =
          node.database().submit(new Operation.Put(note, key, value(key))).join();
      slowest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
      if (result instanceof Result.Success<Outcome> success
          && success.value() instanceof Outcome.Stored stored
          && stored.created()) {
        acknowledged.put(key, stored.version());
      } else if (result instanceof Result.Failure<Outcome> failure
          && !(failure.refusal() instanceof Refusal.LogUnavailable)) {
        refused.add(failure.toString());
      } else {
        unknown.add(result.toString());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** That each write has ended with an outcome, and each acknowledged one is there, once. */
  void expectEachOnce(Weir reader) throws InterruptedException {
    close();
    LOG.info(
        "{}: {} writes acknowledged, {} refused, the slowest took {} ms",
        name,
        acknowledged.size(),
        refused.size(),
        slowest);
    assertThat(unknown).isEmpty();
    assertThat(acknowledged).isNotEmpty();
    int note = note(reader);
    acknowledged.forEach(
        (key, version) -> {
          Result<Optional<Document>> read = reader.database().ask(new Query.Get(note, key)).join();
          assertThat(read).isInstanceOf(Result.Success.class);
          Document found = ((Result.Success<Optional<Document>>) read).value().orElseThrow();
          assertThat(found.version()).isEqualTo(version);
          assertThat(found.value()).isEqualTo(value(key));
        });
  }

  private static byte[] value(Key key) {
    return ("\"" + new String(key.bytes(), UTF_8) + "\"").getBytes(UTF_8);
  }

  private static int note(Weir node) {
    return node.database().catalogue().collection("note").orElseThrow().id();
  }

  @Override
  public void close() throws InterruptedException {
    ending = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
