package dev.weir.bench.process;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One Kafka broker in a JVM of its own, as in any real deployment. */
public final class BrokerProcess implements AutoCloseable {
  private final ChildJvm jvm;

  private BrokerProcess(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Starts a broker on an empty or earlier directory. */
  public static BrokerProcess start(Path directory) throws IOException, InterruptedException {
    return new BrokerProcess(
        ChildJvm.start(BrokerProcess.class, List.of("-Xmx1g"), List.of(directory.toString())));
  }

  /** The process itself. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(Path.of(arguments[0])))) {
      ChildJvm.readyUntilTold(kafka.bootstrapServers());
    }
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return jvm.readyText();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
