package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** A real store of which some calls fail before they do anything. */
public final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final IntPredicate fails;
  private final Supplier<IOException> failure;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger puts = new AtomicInteger();

  /** Fails every call whose number, from 1, is one of these. */
  public FaultyStore(ObjectStore store, IntPredicate fails) {
    this(store, fails, () -> new IOException("the storage does not answer"));
  }

  /** Fails in a certain way. */
  public FaultyStore(ObjectStore store, IntPredicate fails, Supplier<IOException> failure) {
    this.store = store;
    this.fails = fails;
    this.failure = failure;
  }

  int calls() {
    return calls.get();
  }

  int puts() {
    return puts.get();
  }

  private void call() throws IOException {
    if (fails.test(calls.incrementAndGet())) {
      throw failure.get();
    }
  }

  @Override
  public void put(String name, Path file) throws IOException {
    call();
    puts.incrementAndGet();
    store.put(name, file);
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    call();
    puts.incrementAndGet();
    store.put(name, content);
  }

  @Override
  public Optional<InputStream> open(String name, long from) throws IOException {
    call();
    return store.open(name, from);
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    call();
    return store.list(prefix);
  }

  @Override
  public void delete(String name) throws IOException {
    call();
    store.delete(name);
  }

  @Override
  public String place() {
    return store.place();
  }

  @Override
  public void close() {
    store.close();
  }
}
