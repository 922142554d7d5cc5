package dev.weir.store.node;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * Whether the log is still the one that the state here was folded from. A topic that was deleted
 * and created anew has the same name and another id, which consumers do not look at: they go on at
 * the old offsets, or from the beginning. Once it was seen to be another one, it stays another one
 * until this process ends. Safe from any thread.
 */
final class SameLog {
  private final Admin admin;
  private final String topic;
  private final Uuid logId;
  private volatile Optional<String> known = Optional.empty();

  SameLog(Admin admin, String topic, Uuid logId) {
    this.admin = admin;
    this.topic = topic;
    this.logId = logId;
  }

  /** Why the state must not go on with this log, as far as was seen; empty if nothing was. */
  Optional<String> known() {
    return known;
  }

  /** Has Kafka asked; completes with what is known then. Fails if Kafka does not tell. */
  CompletionStage<Optional<String>> look() {
    return requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
        .toCompletionStage()
        .thenApply(this::compare);
  }

  private Optional<String> compare(TopicDescription found) {
    if (!found.topicId().equals(logId)) {
      known =
          Optional.of(
              "the topic %s was recreated (its id was %s and is %s now): the state belongs to the log"
                      .formatted(topic, logId, found.topicId())
                  + " that is gone; stop the nodes, keep their state directories, store what they"
                  + " have with 'weir snapshot save' on each, and use 'weir snapshot clone'");
    }
    return known;
  }
}
