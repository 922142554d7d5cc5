package dev.weir.store.streams;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka's own clients, whose polls can find tasks to be corrupted. */
final class CorruptingClients extends DefaultKafkaClientSupplier {
  private final AtomicInteger corrupted = new AtomicInteger();
  private final AtomicInteger restoresLeft = new AtomicInteger(-1);

  /** The next poll of the main consumer finds the first tasks corrupted. */
  void corrupt(int tasks) {
    corrupted.set(tasks);
  }

  /** Once so many polls have brought something to restore, the next finds no such offset. */
  void corruptRestoreAfter(int polls) {
    restoresLeft.set(polls);
  }

  /** Whether what was asked for is still to come. */
  boolean isArmed() {
    return corrupted.get() > 0 || restoresLeft.get() >= 0;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return watched(super.getConsumer(config), this::failIfCorrupted, polled -> {});
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    Consumer<byte[], byte[]> restorer = super.getRestoreConsumer(config);
    return watched(
        restorer,
        () -> failRestore(restorer),
        polled -> {
          if (!polled.isEmpty()) {
            restoresLeft.updateAndGet(left -> Math.max(-1, left > 0 ? left - 1 : left));
          }
        });
  }

  private void failIfCorrupted() {
    int tasks = corrupted.getAndSet(0);
    if (tasks > 0) {
      throw new TaskCorruptedException(
          IntStream.range(0, tasks)
              .mapToObj(task -> new TaskId(0, task))
              .collect(Collectors.toSet()));
    }
  }

  private void failRestore(Consumer<byte[], byte[]> restorer) {
    if (restoresLeft.compareAndSet(0, -1)) {
      throw new OffsetOutOfRangeException(
          restorer.assignment().stream()
              .collect(Collectors.toMap(partition -> partition, partition -> 1L)));
    }
  }

  @SuppressWarnings("unchecked")
  private static Consumer<byte[], byte[]> watched(
      Consumer<byte[], byte[]> consumer,
      Runnable beforePoll,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> afterPoll) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          boolean isPoll = method.getName().equals("poll");
          if (isPoll) {
            beforePoll.run();
          }
          try {
            Object result = method.invoke(consumer, arguments);
            if (isPoll) {
              afterPoll.accept((ConsumerRecords<byte[], byte[]>) result);
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, handler);
  }
}
