package dev.weir.store.log;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flushes a producer without making the caller wait: Kafka's own flush does. Calls that come before
 * a flush has begun share it.
 */
final class Flusher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);

  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ExecutorService executor;

  Flusher(String threadName) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    executor = pool;
  }

  void flush(Producer<?, ?> producer) {
    if (!waiting.compareAndSet(false, true)) {
      return;
    }
    executor.execute(
        () -> {
          waiting.set(false);
          try {
            producer.flush();
          } catch (KafkaException | IllegalStateException e) {
            LOG.debug("Flush interrupted; the appends themselves say what became of them", e);
          }
        });
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
