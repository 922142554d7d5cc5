package dev.weir.examples.embedded;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** Runs the service with a broker of its own and a few orders, for trying it out. */
public final class Main {

  private static final int PORT = 8080;
  private static final int ORDERS = 25;

  private Main() {}

  /** Runs until Ctrl-C. */
  public static void main(String[] arguments)
      throws IOException, ExecutionException, InterruptedException {
    Path data = Files.createTempDirectory("weir-orders");
    EmbeddedKafka kafka = EmbeddedKafka.start(Options.in(data.resolve("kafka")));
    SampleOrders.publish(kafka.bootstrapServers(), ORDERS);
    OrderService service =
        OrderService.start(kafka.bootstrapServers(), data.resolve("state"), PORT);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.close();
                  kafka.close();
                }));
    System.out.println("curl " + service.url() + "/orders/7");
    System.out.println("curl -X PUT " + service.url() + "/orders/7/remark -d 'to the back door'");
    System.out.println("curl '" + service.url() + "/orders?from=20'");
    new CountDownLatch(1).await();
  }
}
