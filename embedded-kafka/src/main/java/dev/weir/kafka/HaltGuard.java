package dev.weir.kafka;

import org.apache.kafka.common.utils.Exit;

/**
 * Kafka ends the JVM when its controller cannot start. While a broker starts inside somebody else's
 * process, that is turned into an exception; afterwards Kafka's own behaviour is back, because a
 * broker that fails later must not go on half alive. One start at a time, as the switch is global.
 */
final class HaltGuard {

  private HaltGuard() {}

  static synchronized void run(Runnable startup) {
    Exit.setHaltProcedure(HaltGuard::refuse);
    Exit.setExitProcedure(HaltGuard::refuse);
    try {
      startup.run();
    } finally {
      Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
      Exit.setExitProcedure((status, message) -> System.exit(status));
    }
  }

  private static void refuse(int status, String message) {
    throw new IllegalStateException("a fatal fault, which Kafka has logged as an error");
  }
}
