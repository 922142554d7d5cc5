package dev.weir.store.node;

import dev.weir.store.log.TopicPlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Who is in the consumer group, as Kafka says. */
record GroupMembers(Admin admin, TopicPlan topics) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Whether one of these group instance ids belongs to a member. */
  boolean anyOf(List<String> instances)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin
        .describeConsumerGroups(List.of(topics.streamsApplicationId()))
        .all()
        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .flatMap(group -> group.members().stream())
        .anyMatch(member -> member.groupInstanceId().filter(instances::contains).isPresent());
  }
}
