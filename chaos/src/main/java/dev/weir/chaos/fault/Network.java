package dev.weir.chaos.fault;

import dev.weir.chaos.net.Proxy;
import java.time.Duration;

/** Does harm to connections. */
final class Network {

  private Network() {}

  static void harm(Proxy proxy, Fault.Harm harm, Duration delay) {
    switch (harm) {
      case CUT -> proxy.cut();
      case HELD -> proxy.hold();
      case SLOW -> proxy.delay(delay);
    }
  }
}
