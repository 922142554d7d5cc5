package dev.weir.store.node;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A client of Kafka that is made when it is first needed. Used by one thread. */
final class OneAdmin implements Supplier<Admin>, AutoCloseable {
  private final Map<String, Object> settings;
  private @Nullable Admin admin;

  OneAdmin(Map<String, Object> settings) {
    this.settings = settings;
  }

  /** The client; throws what {@link Admin#create} throws. */
  @Override
  public Admin get() {
    Admin made = admin;
    if (made == null) {
      made = Admin.create(settings);
      admin = made;
    }
    return made;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
