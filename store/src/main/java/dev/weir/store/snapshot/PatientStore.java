package dev.weir.store.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Makes calls again that failed, with growing pauses, but for failures that will not pass. */
public final class PatientStore implements ObjectStore {
  private final ObjectStore store;
  private final int attempts;
  private final Duration firstPause;

  /**
   * Patience with a store, which is closed with this one.
   *
   * @param attempts at least 1
   * @param firstPause doubled with every further failure
   */
  public PatientStore(ObjectStore store, int attempts, Duration firstPause) {
    this.store = store;
    this.attempts = attempts;
    this.firstPause = firstPause;
  }

  @FunctionalInterface
  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T patiently(Action<T> action) throws IOException {
    long pause = firstPause.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return action.run();
      } catch (AccessDeniedException | NoSuchFileException e) {
        throw e;
      } catch (ReadOnlyFileSystemException e) {
        throw new IOException("it is read-only", e);
      } catch (IOException e) {
        if (attempt >= attempts || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      LockSupport.parkNanos(pause);
      pause *= 2;
    }
  }

  @Override
  public void put(String name, Path file) throws IOException {
    patiently(
        () -> {
          store.put(name, file);
          return true;
        });
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    patiently(
        () -> {
          store.put(name, content);
          return true;
        });
  }

  @Override
  public Optional<InputStream> open(String name, long from) throws IOException {
    return patiently(() -> store.open(name, from));
  }

  @Override
  public List<Entry> list(String prefix) throws IOException {
    return patiently(() -> store.list(prefix));
  }

  @Override
  public void delete(String name) throws IOException {
    patiently(
        () -> {
          store.delete(name);
          return true;
        });
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
