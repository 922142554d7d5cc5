package dev.weir.store.log;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as the application needs it.
 *
 * @param name its name
 * @param partitions number of partitions, at least 1; an existing topic must have as many
 * @param replication replicas of each partition that a new topic gets, at least 1
 * @param settings ordered by name
 * @param purpose what it is for, a few words
 */
public record TopicSpec(
    String name, int partitions, int replication, List<TopicSetting> settings, String purpose) {

  public TopicSpec {
    settings = List.copyOf(settings);
  }

  /** What Admin creates it from. */
  NewTopic newTopic() {
    Map<String, String> configs =
        settings.stream().collect(Collectors.toMap(TopicSetting::name, TopicSetting::value));
    return new NewTopic(name, partitions, (short) replication).configs(configs);
  }

  /**
   * The shell command that creates it, over several lines.
   *
   * @param bootstrapServers where the command connects
   */
  public String createCommand(String bootstrapServers) {
    StringBuilder command = new StringBuilder("kafka-topics.sh --create --topic ").append(name);
    next(command, "--bootstrap-server " + bootstrapServers);
    next(command, "--partitions " + partitions + " --replication-factor " + replication);
    settings.forEach(s -> next(command, "--config " + s.name() + "=" + s.value()));
    return command.toString();
  }

  /** The shell command that gives an existing topic one of the settings. */
  static String alterCommand(String topic, TopicSetting setting) {
    return "kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
        .formatted(topic, setting.name(), setting.value());
  }

  private static void next(StringBuilder command, String arguments) {
    command.append(" \\\n  ").append(arguments);
  }
}
