package dev.weir.store.bootstrap;

import dev.weir.store.snapshot.Transfer;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how far everything is that takes long. */
final class ProgressLines {
  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
  private static final int SECONDS = 10;

  private final Map<Integer, Shipment> shipments;

  ProgressLines(Map<Integer, Shipment> shipments) {
    this.shipments = shipments;
  }

  void start(ScheduledExecutorService scheduler) {
    Future<?> unused =
        scheduler.scheduleWithFixedDelay(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void tell() {
    shipments.forEach(
        (shard, shipment) -> {
          Transfer transfer = shipment.transfer;
          if (!shipment.settled() && transfer.total() > 0) {
            LOG.info(
                "The state of shard {} is on its way from {}: {} of {} bytes, {} a second",
                shard,
                transfer.from(),
                transfer.fetched() + transfer.kept(),
                transfer.total(),
                transfer.bytesPerSecond());
          }
        });
  }
}
