package dev.weir.query.http;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * The threads of the servlet layer: virtual ones where they are good, else as many as the lanes let
 * requests in. The routes that are answered directly stay on the server's own threads: they never
 * block, and another thread for each costs more than the answer.
 */
final class ServletThreads extends AbstractLifeCycle implements Executor {
  /** Older ones have virtual threads too, but hold their carrier while they are in a monitor. */
  private static final int FIRST_JVM_WITHOUT_PINNING = 24;

  private final Optional<ExecutorService> pool;
  private final Executor threads;

  ServletThreads() {
    Executor virtual =
        Runtime.version().feature() < FIRST_JVM_WITHOUT_PINNING
            ? null
            : VirtualThreads.getNamedVirtualThreadsExecutor("weir-http-virtual-");
    pool = virtual == null ? Optional.of(platformThreads()) : Optional.empty();
    threads = virtual == null ? pool.orElseThrow() : virtual;
  }

  private static ExecutorService platformThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "weir-http-servlet-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Takes no more; what runs may end. */
  @Override
  protected void doStop() {
    pool.ifPresent(ExecutorService::shutdown);
  }
}
