package dev.weir.examples.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {

  private static final int ALL = SocialNetwork.SNAPSHOT_EVENTS + SocialNetwork.UPDATE_EVENTS;

  /** Stops a run in the middle, as a user's Ctrl-C would. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void publishesEachEventOnceAlsoAfterAnInterruption(@TempDir Path directory) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(directory))) {
      Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
      Publisher publisher = new Publisher(properties);
      publisher.createTopics();
      publisher.createTopics();

      assertThatThrownBy(
              () ->
                  publisher.publish(
                      n -> {
                        if (n == 20_000) {
                          throw new Interrupted();
                        }
                      }))
          .isInstanceOf(Interrupted.class);
      long first = written(properties);
      assertThat(first).isBetween(1L, (long) ALL - 1);

      assertThat(publisher.publish(n -> {})).isEqualTo(ALL - first);
      assertThat(publisher.publish(n -> {})).isZero();
      assertThat(written(properties)).isEqualTo(ALL);
    }
  }

  private static long written(Map<String, Object> properties)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(properties)) {
      Map<TopicPartition, Long> ends = Topics.ends(admin);
      assertThat(ends).hasSize(Kind.values().length * Publisher.PARTITIONS);
      return ends.values().stream().mapToLong(end -> end).sum();
    }
  }
}
