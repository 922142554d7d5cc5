package dev.weir.bench.group;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of Kafka Streams that reach no broker: every partition has the same committed offset.
 * They keep the configuration of the main consumer, in which Kafka Streams hands its parts to the
 * assignor. Confined to one thread.
 */
final class OfflineClients implements KafkaClientSupplier {
  static final long COMMITTED = 1_000_000;

  private @Nullable Map<String, Object> mainConsumer;

  /** What the assignor of the last main consumer would be configured with. */
  Map<String, Object> assignorConfiguration() {
    if (mainConsumer == null) {
      throw new IllegalStateException("no stream thread was made");
    }
    return mainConsumer;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return idle(Admin.class);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return idle(Producer.class);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    mainConsumer = new HashMap<>(config);
    return idle(Consumer.class);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return idle(Consumer.class);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return idle(Consumer.class);
  }

  private static <T> T idle(Class<T> type) {
    Object client =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(proxy, method, arguments));
    return type.cast(client);
  }

  private static @Nullable Object answer(
      Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getName().equals("committed") && arguments != null) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      for (Object partition : (Collection<?>) arguments[0]) {
        offsets.put((TopicPartition) partition, new OffsetAndMetadata(COMMITTED));
      }
      return offsets;
    }
    Class<?> type = method.getReturnType();
    if (type == ConsumerGroupMetadata.class) {
      return new MockConsumer<byte[], byte[]>("none").groupMetadata();
    }
    if (method.getName().equals("hashCode")) {
      return System.identityHashCode(proxy);
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == Map.class
        ? Map.of()
        : type == Set.class ? Set.of() : type == List.class ? List.of() : null;
  }
}
