package dev.weir.chaos.cluster;

import dev.weir.chaos.process.ChildJvm;
import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.kafka.Options.Listener;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The process of a broker: directory, port, then {@code name:port:advertised} per listener and
 * {@code property=value} per setting.
 */
final class BrokerMain {

  private BrokerMain() {}

  public static void main(String[] arguments) {
    ChildJvm.main(() -> run(arguments));
  }

  private static void run(String[] arguments) throws IOException {
    Options options = Options.in(Path.of(arguments[0])).withPort(Integer.parseInt(arguments[1]));
    for (int i = 2; i < arguments.length; i++) {
      int equal = arguments[i].indexOf('=');
      if (equal > 0) {
        options =
            options.withBrokerProperty(
                arguments[i].substring(0, equal), arguments[i].substring(equal + 1));
        continue;
      }
      String[] parts = arguments[i].split(":", -1);
      options =
          options.withListener(
              new Listener(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(options)) {
      ChildJvm.readyUntilTold();
    }
  }
}
